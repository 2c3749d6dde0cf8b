"""Taking back what was written into files, a few at a time, in turn with the write-back.

What a file holds is read and the way back followed in memory; where that ends at the bytes which the journal
names, the undo is journalled (committed), the file replaced (or our sidecar taken away), and its new identity
noted (committed), for several files in one go (:mod:`blipdesk.pipeline.undo_batch`).  A kill between any two
of these steps is mended at the next start as a cut write is; the files that were not reached are still there
to be taken back.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.ports import FileRestorer
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import TAKEN_BACK, RunKind, UndoOutcome, UndoReport, UndoSelection
from blipdesk.pipeline.carry_out import MOST
from blipdesk.pipeline.open_writes import settle_all
from blipdesk.pipeline.turns import Turn
from blipdesk.pipeline.undo_batch import UndoBatch, Undone
from blipdesk.pipeline.undo_files import files_meant

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, UndoPlace

_log = logging.getLogger(__name__)

_NOTES = {
    UndoOutcome.CHANGED: later("Another program has written into it since: it was left as it is."),
    UndoOutcome.GONE: later(
        "It is not there. If it was moved or renamed, blipdesk caption or an open window finds it again: "
        "then undo again. If its drive is away, connect it."
    ),
    UndoOutcome.PRUNED: later(
        "What stood there before is no longer kept: the settings say for how long it is."
    ),
    UndoOutcome.ALREADY: later("It is as it was before already."),
    UndoOutcome.FAILED: later("What was kept of it is damaged: it was left as it is."),
}

_NOT_OURS = later(
    "BlipDesk did not write into this file: it came with what it holds, as a copy of a photo does that "
    "BlipDesk had written into. What stood there before is not known."
)


class TakeBack:
    """One undo: a run of its own, on the caller's thread.

    Args:
        catalog: knows what was written, and keeps the journal.
        restorer: reads and replaces.
        turn: held for each file, so that nobody else writes it meanwhile.
        on_rewritten: gets photo id, old and new content hash of a photo whose file was restored.
        keep_times: a photo keeps its time of modification.
    """

    def __init__(
        self,
        catalog: Catalog,
        restorer: FileRestorer,
        turn: Turn,
        on_rewritten: Callable[[int, str, str], object],
        keep_times: bool,
    ) -> None:
        self._catalog = catalog
        self._restorer = restorer
        self._turn = turn
        self._on_rewritten = on_rewritten
        self._keep_times = keep_times
        self._run_id: int | None = None
        self._did_something = False
        self._counts = dict.fromkeys(UndoOutcome, 0)

    def undo(
        self, selection: UndoSelection, dry_run: bool, on_progress: Callable[[int, int], object]
    ) -> list[UndoReport]:
        """Take back what is selected (in a dry run: say what would come of it), file by file.

        Args:
            selection: nothing given: the last run of which something can be taken back.
            dry_run: touch nothing.
            on_progress: gets how many photos are done, and of how many; ends the undo between two photos by
                raising :class:`~blipdesk.domain.errors.Cancelled`.

        Raises:
            UsageError: there is no such run.
            CatalogError: the journal cannot be kept, so nothing more is restored.
        """
        reports: list[UndoReport] = []
        try:
            with self._turn:
                settle_all(self._catalog)
            if selection == UndoSelection():
                self._undo_last(reports, dry_run, on_progress)
            else:
                self._undo(selection, reports, dry_run, on_progress)
        except Cancelled:
            _log.info("an undo was stopped after %d files", len(reports))
        finally:
            self._end()
        return reports

    def _undo_last(
        self, reports: list[UndoReport], dry_run: bool, on_progress: Callable[[int, int], object]
    ) -> None:
        """The last run of which something can be taken back; what is in the way of later ones is reported."""
        run_id = self._catalog.last_run()
        while run_id is not None:
            of_run: list[UndoReport] = []
            try:
                self._undo(UndoSelection(run_id), of_run, dry_run, on_progress)
            finally:
                reports += of_run
            if self._did_something:
                return
            earlier = self._catalog.last_run(before=run_id)
            passed = (
                later("Run {run_id} is passed over.").format(run_id=run_id) if earlier is not None else ""
            )
            reports[len(reports) - len(of_run) :] = [
                replace(report, note=f"{report.note} {passed}".strip())
                for report in of_run
                if report.outcome is not UndoOutcome.ALREADY
            ]
            run_id = earlier

    def _undo(
        self,
        selection: UndoSelection,
        reports: list[UndoReport],
        dry_run: bool,
        on_progress: Callable[[int, int], object],
    ) -> None:
        found = self._catalog.undo_photos(selection)
        if selection == UndoSelection(photo_ids=selection.photo_ids):
            reports += self._not_ours(set(selection.photo_ids).difference(found))
        photo_ids = deque(found)
        count = len(photo_ids)
        done: set[int] = set()
        stopped: Cancelled | None = None

        def goes_on() -> bool:
            nonlocal stopped
            try:
                on_progress(count - len(photo_ids), count)
            except Cancelled as cancelled:
                stopped = cancelled
            return stopped is None

        while photo_ids and stopped is None:
            with self._turn:  # what is written from now on is not taken for another program's
                reports += self._undo_some(photo_ids, selection, done, dry_run, goes_on)
        if stopped is not None:
            raise stopped
        on_progress(count, count)

    def _not_ours(self, photo_ids: Collection[int]) -> list[UndoReport]:
        """Those of photos into which nothing was written that hold what was written elsewhere."""
        photos = self._catalog.photos(sorted(photo_ids))
        return [
            UndoReport(photo.path, photo.path, UndoOutcome.PRUNED, _NOT_OURS)
            for photo in photos
            if photo.written is not WriteTarget.NONE
        ]

    def _undo_some(
        self,
        photo_ids: deque[int],
        selection: UndoSelection,
        done: set[int],
        dry_run: bool,
        goes_on: Callable[[], bool],
    ) -> list[UndoReport]:
        """Take the next photos' writes back together.

        Args:
            photo_ids: those that were taken up leave it.
            selection: what is taken back of them.
            done: writes that were taken up for a photo that shares their file; these come to it.
            dry_run: touch nothing.
            goes_on: asked before each photo whether to take that one up, too.
        """
        self._turn.undone += 1
        files = self._files_of(list(islice(photo_ids, MOST)), selection)
        if settle_all(self._catalog):
            files = self._files_of(list(files), selection)
        batch = UndoBatch(self._catalog, self._restorer, None if dry_run else self._run, self._keep_times)
        for found in files.values():
            left = {path: place for path, place in found.items() if not done.issuperset(place.chosen)}
            if batch.is_full or batch.has_one_of(left) or not goes_on():
                break
            photo_ids.popleft()
            for path, place in left.items():
                done.update(place.chosen)
                batch.take(place, path)
        return [self._report(file) for file in batch.restore()]

    def _files_of(self, photo_ids: list[int], selection: UndoSelection) -> dict[int, dict[str, UndoPlace]]:
        """The files of these photos that are meant, each with the writes of every photo it is a file of."""
        places = self._catalog.undo_places(photo_ids, selection)
        return {photo_id: files_meant(photo_id, found) for photo_id, found in places.items()}

    def _report(self, file: Undone) -> UndoReport:
        self._counts[file.outcome] += 1
        self._did_something |= file.matters
        if file.new_hash is not None:
            self._on_rewritten(file.place.photo_id, file.place.content_hash, file.new_hash)
        note = _besides(file) if file.outcome in TAKEN_BACK else _NOTES.get(file.outcome, "")
        run_id = self._run_id if file.outcome in TAKEN_BACK else None
        return UndoReport(file.place.photo_path, file.path, file.outcome, file.problem or note, run_id)

    def _run(self) -> int:
        if self._run_id is None:
            self._run_id = self._catalog.begin_run(RunKind.UNDO, WriteTarget.NONE)
        return self._run_id

    def _end(self) -> None:
        if self._run_id is None:
            return
        left = (UndoOutcome.CHANGED, UndoOutcome.GONE, UndoOutcome.PRUNED)
        kept = sum(self._counts[outcome] for outcome in left)
        self._catalog.end_run(self._run_id, kept, self._counts[UndoOutcome.FAILED])


def _besides(file: Undone) -> str:
    """What goes with what was asked for (all that was written into the file after it), and what does not."""
    said = []
    runs = sorted({step.run_id for step in file.place.besides if step.run_id is not None})
    if runs:
        named = ", ".join(str(run_id) for run_id in runs)
        words = later("What run {runs} wrote into it later goes with it.")
        if len(runs) > 1:
            words = later("What runs {runs} wrote into it later goes with it.")
        said.append(words.format(runs=named))
    if file.left:
        words = later(
            "Another program changed it between run {first} and run {last}: it goes back to what that one "
            "left, no further."
        )
        said.append(words.format(first=file.left[0].run_id, last=file.place.taken[-1].run_id))
    return " ".join(said)
