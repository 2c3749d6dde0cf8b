"""Captions in the photos' own metadata: the policy, a run, and what a run would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import PhotoError
from blipdesk.domain.paths import is_under
from blipdesk.domain.ports import MetadataWriter
from blipdesk.domain.writes import PendingWrite, WriteOutcome, WritePolicy, WriteReport
from blipdesk.pipeline import Pipeline
from blipdesk.services.run_options import write_policy
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
    def policy(self) -> WritePolicy:
        """What the settings say; immediate."""
        return write_policy(self._settings.values)

    def run(self, policy: WritePolicy, paths: Sequence[str] = ()) -> list[WriteReport]:
        """Write what is pending now, photo by photo; a failing one is reported and stays pending.

        What was refused before is tried once more: whoever asks may have removed the reason, and must not
        hear that there is nothing to do while there is.
        """
        self._catalog.retry_refused()
        pending = self._catalog.pending_paths(policy.target)
        ids = [number for number, path in pending if _in_scope(path, paths)]
        return self._pipeline().write_pending(policy, ids)

    def dry_run(self, policy: WritePolicy, paths: Sequence[str] = ()) -> Iterator[WriteReport]:
        """What :meth:`run` would do, photo by photo; no file is touched."""
        self._catalog.retry_refused()
        after = 0
        while page := self._catalog.pending_writes(_PAGE, policy.target, after_id=after):
            after = page[-1].photo_id
            yield from (self._plan(pending, policy) for pending in page if _in_scope(pending.path, paths))

    def _plan(self, pending: PendingWrite, policy: WritePolicy) -> WriteReport:
        try:
            plan = self._writer.plan(pending.path, pending.text, policy)
        except PhotoError as error:
            return WriteReport(pending.path, WriteOutcome.REFUSED, str(error), None, None)
        return WriteReport(pending.path, plan.outcome, plan.note, plan.before, plan.after)


def _in_scope(path: str, tops: Sequence[str]) -> bool:
    return not tops or any(is_under(path, top) for top in tops)
