"""Captions in the photos' own metadata: the policy, a run, what it would do, and how it is taken back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import PhotoError, UsageError
from blipdesk.domain.paths import is_under
from blipdesk.domain.ports import MetadataWriter
from blipdesk.domain.values import Folder, LibraryView, ViewKind, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import (
    Conflict,
    ExistingText,
    JournalSize,
    KeepText,
    PendingWrite,
    UndoReport,
    UndoSelection,
    WriteOutcome,
    WritePolicy,
    WriteReport,
    WriteRun,
)
from blipdesk.metadata import name_of_holder, report_of
from blipdesk.pipeline import Pipeline
from blipdesk.pipeline.roots import Roots
from blipdesk.services.control import OnProgress
from blipdesk.services.run_options import journal_limits, write_policy
from blipdesk.services.settings import SettingsService

_log = logging.getLogger(__name__)

_PAGE = 200
OnSkipped = Callable[[str, str], object]
"""Gets a folder that is not there now, with its photos, and why."""


class WritingService:
    """Where captions go besides the catalog.

    Everything that writes or reads files takes as long as that takes: not for the GUI's thread.
    """

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

    # ------------------------------------------------------------------------------------ writing

    def run(
        self,
        policy: WritePolicy,
        paths: Sequence[str] = (),
        on_progress: OnProgress = lambda *_: None,
        *,
        whole: bool = False,
        on_skipped: OnSkipped = lambda *_: None,
    ) -> list[WriteReport]:
        """Write what is pending now, photo by photo; a failing one is reported and stays pending.

        Whoever asks hears of everything: what was refused or taken back before is tried once more, and with
        any policy for a person's caption but to skip, what was left alone for one, or written beside one by
        another choice.  Photos of a folder that is not there (an unplugged drive's) wait until it is.

        Args:
            policy: where and how.
            paths: the photos, or folders of them; none: every photo.
            on_progress: gets how many are done, and of how many.
            whole: the reports tell the keywords and the comment too, as those of a dry run do.
            on_skipped: told of each folder that is not there.
        """
        asked_for = self._asked_for(policy, paths, on_skipped)
        reports = self._pipeline().write_asked_for(policy, asked_for, on_progress, whole=whole)
        self.prune()
        return reports

    def dry_run(
        self,
        policy: WritePolicy,
        paths: Sequence[str] = (),
        on_progress: OnProgress = lambda *_: None,
        *,
        by_itself: bool = False,
        on_skipped: OnSkipped = lambda *_: None,
    ) -> Iterator[WriteReport]:
        """What :meth:`run` would do, photo by photo; nothing is touched.

        Args:
            policy: where and how.
            paths: as for :meth:`run`.
            on_progress: as for :meth:`run`.
            by_itself: what is written without anybody asking, once the policy holds, instead: nothing that
                was taken back, or left alone for a person's caption.
            on_skipped: as for :meth:`run`.
        """
        if by_itself:
            due = self._catalog.pending_paths(policy.target, policy.embed_heif)
            ids = self._in_reach(due, paths, on_skipped)
        else:
            ids = self._asked_for(policy, paths, on_skipped)
        for start in range(0, len(ids), _PAGE):
            page = self._catalog.writes_of(ids[start : start + _PAGE], policy.target, policy.existing)
            for place, pending in enumerate(page, start):
                on_progress(place, len(ids))
                yield self._plan(pending, policy)

    def _asked_for(self, policy: WritePolicy, paths: Sequence[str], on_skipped: OnSkipped) -> list[int]:
        photos = [
            self._catalog.pending_paths(policy.target, policy.embed_heif),
            self._catalog.refused_paths(),
            self._catalog.undone_paths(),
        ]
        if policy.existing is not ExistingText.SKIP:
            photos += [self._catalog.kept_paths(), self._catalog.chosen_otherwise_paths(policy.existing)]
        return self._in_reach(chain(*photos), paths, on_skipped)

    def _in_reach(
        self, photos: Iterable[tuple[int, str]], paths: Sequence[str], on_skipped: OnSkipped
    ) -> list[int]:
        """The ids of those photos (id, path) at or below ``paths`` whose folder is there, each once.

        A watched folder that is not is told even where a scan knows, so that none of its photos is due.
        """
        named = (photo for photo in photos if _in_scope(photo[1], paths))
        return self._there(named, on_skipped, lambda root: root.watched and _meet(root.path, paths))

    def _there(
        self,
        photos: Iterable[tuple[int, str]],
        on_skipped: OnSkipped,
        is_told: Callable[[Folder], bool] = lambda _: False,
    ) -> list[int]:
        """The ids of those photos (id, path) whose folder is there, each once.

        Args:
            photos: to be written.
            on_skipped: told of each folder that is not there and holds some of them.
            is_told: says of other folders whether they are told as well where they are not there.
        """
        roots = Roots(self._catalog)
        roots.refresh()
        offline = roots.offline()
        skipped = {root.path for root, _ in offline if is_told(root)}
        ids: set[int] = set()
        for photo_id, path in photos:
            away = [root.path for root, _ in offline if is_under(path, root.path)]
            skipped.update(away)
            if not away:
                ids.add(photo_id)
        for root, reason in offline:
            if root.path in skipped:
                on_skipped(root.path, reason)
        return sorted(ids)

    def _plan(self, pending: PendingWrite, policy: WritePolicy) -> WriteReport:
        try:
            plan = self._writer.plan(pending.path, pending.text, policy)
        except PhotoError as error:
            return WriteReport(pending.path, WriteOutcome.REFUSED, str(error), None, None)
        return report_of(plan, whole=True)

    # ------------------------------------------------------------------------------------ taking back

    def runs(self, limit: int) -> list[WriteRun]:
        """The newest runs that changed files, newest first."""
        return self._catalog.runs(limit)

    def undo(
        self,
        selection: UndoSelection,
        dry_run: bool = False,
        on_progress: OnProgress = lambda *_: None,
    ) -> list[UndoReport]:
        """Give files and sidecars the bytes again that they had before the writes of a selection.

        Where somebody else wrote since, nothing is touched and the report says so.  Captions stay in the
        catalog, and these photos are not written again by themselves.

        Args:
            selection: nothing given: the last run of which something stands.
            dry_run: say what would come of it, and touch nothing.
            on_progress: gets how many photos are done, and of how many.

        Raises:
            UsageError: there is no such run.
        """
        return self._pipeline().undo(selection, dry_run, on_progress)

    def photos_at(self, paths: Iterable[str]) -> tuple[int, ...]:
        """The ids of the photos at or below these absolute paths, also of those whose files are gone.

        Raises:
            UsageError: the catalog knows none at one of them.
        """
        found: dict[int, None] = {}
        for path in paths:
            alone = self._catalog.photo_by_path(path)
            ids = [alone.id] if alone else self._catalog.ids(LibraryView(ViewKind.FOLDER, path)).tolist()
            if not ids:
                raise UsageError(
                    later("The catalog knows no photo at {path}.").format(path=path),
                    later("Check the spelling."),
                )
            found.update(dict.fromkeys(ids))
        return tuple(found)

    # ------------------------------------------------------------------------------------ conflicts

    def conflicts(self) -> list[Conflict]:
        """The photos of which a person's caption here and the file's own say different things."""
        return [
            replace(conflict, where=name_of_holder(conflict.path, conflict.file))
            for conflict in self._catalog.conflicts()
        ]

    def conflicts_at(self, paths: Sequence[str]) -> list[Conflict]:
        """Those of the photos at or below these absolute paths; of all where none is named."""
        return [conflict for conflict in self.conflicts() if _in_scope(conflict.path, paths)]

    def decide(
        self,
        photo_ids: Sequence[int],
        keep: KeepText,
        policy: WritePolicy | None = None,
        on_progress: OnProgress = lambda *_: None,
        *,
        on_skipped: OnSkipped = lambda *_: None,
    ) -> list[WriteReport]:
        """End conflicts as a person decided, and write what follows from it, where captions are written.

        Args:
            photo_ids: the photos.
            keep: whose caption stays.
            policy: instead of that of the settings.
            on_progress: gets how many photos are written, and of how many; a stop leaves all of them decided.
            on_skipped: told of each folder that is not there, whose photos wait.
        """
        decided = self._catalog.decide(photo_ids, keep)
        policy = policy or self.policy
        if not decided or policy.target is WriteTarget.NONE:
            return []
        photos = ((photo.id, photo.path) for photo in self._catalog.photos(decided))
        return self._pipeline().write_asked_for(policy, self._there(photos, on_skipped), on_progress)

    # ------------------------------------------------------------------------------------ what is kept

    def journal_size(self) -> JournalSize:
        """What is kept to take writes back."""
        return self._catalog.journal_size()

    def prune(self) -> JournalSize:
        """Give up what is older or more than the settings say is kept; what is left."""
        given_up = self._catalog.prune_journal(journal_limits(self._settings.values))
        if given_up:
            _log.info("%d writes can no longer be taken back: they are too old, or too many", given_up)
        return self._catalog.journal_size()


def _in_scope(path: str, tops: Sequence[str]) -> bool:
    return not tops or any(is_under(path, top) for top in tops)


def _meet(root: str, tops: Sequence[str]) -> bool:
    """Whether a root holds one of ``tops``, or lies in one; none: it does."""
    return _in_scope(root, tops) or any(is_under(top, root) for top in tops)
