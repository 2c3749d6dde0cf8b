"""Captions in the photos' own metadata: the policy, a run, and what a run would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import PhotoError
from blipdesk.domain.paths import is_under
from blipdesk.domain.ports import MetadataWriter
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import PendingWrite, WriteOutcome, WriteReport
from blipdesk.pipeline import Pipeline
from blipdesk.services.settings import SettingsService

_PAGE = 200


class WritingService:
    """Where captions go besides the catalog."""

    def __init__(
        self,
        catalog: Catalog,
        pipeline: Callable[[], Pipeline],
        writer: MetadataWriter,
        settings: SettingsService,
    ) -> None:
        self._catalog = catalog
        self._pipeline = pipeline
        self._writer = writer
        self._settings = settings

    @property
    def target(self) -> WriteTarget:
        """The policy in force; immediate."""
        return WriteTarget(self._settings.values.write_target)

    def run(self, target: WriteTarget, paths: Sequence[str] = ()) -> list[WriteReport]:
        """Write what is pending now, photo by photo; a failing one is reported and stays pending.

        What was refused before is tried once more: whoever asks may have removed the reason, and must not
        hear that there is nothing to do while there is.
        """
        self._catalog.retry_refused()
        ids = [number for number, path in self._catalog.pending_paths(target) if _in_scope(path, paths)]
        return self._pipeline().write_pending(target, ids)

    def dry_run(self, target: WriteTarget, paths: Sequence[str] = ()) -> Iterator[WriteReport]:
        """What :meth:`run` would do, photo by photo; no file is touched."""
        self._catalog.retry_refused()
        after = 0
        while page := self._catalog.pending_writes(_PAGE, target, after_id=after):
            after = page[-1].photo_id
            yield from (self._plan(pending, target) for pending in page if _in_scope(pending.path, paths))

    def _plan(self, pending: PendingWrite, target: WriteTarget) -> WriteReport:
        try:
            plan = self._writer.plan(pending.path, pending.text, target)
        except PhotoError as error:
            return WriteReport(pending.path, WriteOutcome.REFUSED, str(error), None, None)
        return WriteReport(pending.path, plan.outcome, plan.note, plan.before, plan.after)


def _in_scope(path: str, tops: Sequence[str]) -> bool:
    return not tops or any(is_under(path, top) for top in tops)
