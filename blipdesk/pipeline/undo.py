"""Taking back what was written into files, one at a time, in turn with the write-back.

For each file: what it holds is read and the way back followed in memory; where that ends at the bytes which
the journal names, the undo is journalled (committed), the file replaced (or our sidecar taken away), and its
new identity noted (committed).  A kill between any two of these steps is mended at the next start as a cut
write is; the files that were not reached are still there to be taken back.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, CatalogError, KnownError, PhotoError
from blipdesk.domain.ports import FileRestorer
from blipdesk.domain.values import FileStamp, WriteTarget
from blipdesk.domain.writes import RunKind, UndoOutcome, UndoReport, UndoSelection, WriteOutcome
from blipdesk.pipeline.open_writes import settle, settle_at
from blipdesk.pipeline.scan import identify_now
from blipdesk.pipeline.turns import Turn

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, UndoPlace

_log = logging.getLogger(__name__)

_NOTES = {
    UndoOutcome.CHANGED: "Another program has written into it since: it was left as it is.",
    UndoOutcome.GONE: "The file is not there: it was moved or deleted, or its drive is not connected.",
    UndoOutcome.PRUNED: "What stood there before is no longer kept: the settings say for how long it is.",
    UndoOutcome.ALREADY: "It is as it was before already.",
    UndoOutcome.FAILED: "What was kept of it is damaged: it was left as it is.",
}


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
            passed = f"Run {run_id} is passed over."
            reports[len(reports) - len(of_run) :] = [
                replace(report, note=f"{report.note} {passed}")
                for report in of_run
                if report.outcome is not UndoOutcome.ALREADY
            ]
            run_id = self._catalog.last_run(before=run_id)

    def _undo(
        self,
        selection: UndoSelection,
        reports: list[UndoReport],
        dry_run: bool,
        on_progress: Callable[[int, int], object],
    ) -> None:
        photo_ids = self._catalog.undo_photos(selection)
        done: set[str] = set()
        for number, photo_id in enumerate(photo_ids):
            on_progress(number, len(photo_ids))
            with self._turn:  # what is written from now on is not taken for another program's
                self._turn.undone += 1
                files = self._files_of(photo_id, selection)
                if not dry_run and settle_at(self._catalog, [path for path, _ in files]):
                    files = self._files_of(photo_id, selection)
                for path, place in files:
                    if path not in done:  # photos may share a file
                        done.add(path)
                        reports.append(self._take_back(place, path, dry_run))
        on_progress(len(photo_ids), len(photo_ids))

    def _files_of(self, photo_id: int, selection: UndoSelection) -> list[tuple[str, UndoPlace]]:
        """A photo's files that are meant, each with the writes of every photo that it is a file of."""
        files: dict[str, UndoPlace] = {}
        for place in self._catalog.undo_places(photo_id, selection):
            path = self._where(place)
            if path in files:
                files[path] = files[path].joined(place)
            elif place.photo_id == photo_id:
                files[path] = place
        return list(files.items())

    def _take_back(self, place: UndoPlace, path: str, dry_run: bool) -> UndoReport:
        try:
            outcome = self._one(place, path, dry_run)
            note = _besides(place) if outcome is UndoOutcome.RESTORED else _NOTES.get(outcome, "")
        except CatalogError:
            raise
        except KnownError as error:
            _log.info("%r was not restored: %s", path, error)
            outcome, note = UndoOutcome.FAILED, str(error)
            self._did_something = True  # it may be possible later
        self._counts[outcome] += 1
        return UndoReport(place.photo_path, path, outcome, note)

    def _one(self, place: UndoPlace, path: str, dry_run: bool) -> UndoOutcome:
        held = self._restorer.read(path)
        data, stamp = (None, None) if held is None else held
        outcome, back = place.way_back(data)
        marks = outcome is UndoOutcome.ALREADY and place.stands
        if marks and not dry_run:
            self._catalog.note_undone(place, self._run())
        if outcome is UndoOutcome.RESTORED and not dry_run:
            self._restore(place, path, (data, stamp), back)
        self._did_something |= marks or outcome is UndoOutcome.RESTORED
        return outcome

    def _run(self) -> int:
        if self._run_id is None:
            self._run_id = self._catalog.begin_run(RunKind.UNDO, WriteTarget.NONE)
        return self._run_id

    def _restore(
        self, place: UndoPlace, path: str, held: tuple[bytes | None, FileStamp | None], back: bytes | None
    ) -> None:
        data, stamp = held
        write_id = self._catalog.begin_undo(place, path, data, back, self._run())
        keep_times = self._keep_times and place.embedded
        try:
            self._restorer.restore(path, back, stamp, like=place.photo_path, keep_times=keep_times)
        except BaseException as error:  # whatever it was, the file may be replaced
            if not self._happened(write_id, error) or not isinstance(error, Exception):
                raise
            return
        ended = WriteOutcome.EMBEDDED if place.embedded else WriteOutcome.SIDECAR
        new_file = identify_now(place.photo_path) if place.embedded else None
        self._catalog.finish_write(write_id, ended, "", new_file)
        if new_file is not None:
            self._on_rewritten(place.photo_id, place.content_hash, new_file.content_hash)

    def _happened(self, write_id: int, error: BaseException) -> bool:
        """Settle an undo that was broken off; says whether the file was restored all the same."""
        known = isinstance(error, KnownError)
        note = str(error) if known else ""
        try:
            writes = [write for write in self._catalog.open_writes() if write.write_id == write_id]
            ended = [settle(self._catalog, write, note, untouched=known) for write in writes]
        except CatalogError as failed:  # the next start settles it
            _log.warning("a journal entry stays open: %s", failed)
            return False
        return any(ended)

    def _where(self, place: UndoPlace) -> str:
        """Where the file is now; a sidecar that moved with its photo is known by what it holds."""
        if place.embedded:
            return os.path.realpath(place.photo_path)
        stem = os.path.splitext(place.photo_path)[0]
        for path in (place.photo_path + ".xmp", stem + ".xmp"):
            if os.path.lexists(place.target_path):
                break
            if self._holds(os.path.realpath(path), place.newest):
                return os.path.realpath(path)
        return place.target_path

    def _holds(self, path: str, digest: str) -> bool:
        try:
            held = self._restorer.read(path)
        except PhotoError:
            return False
        return held is not None and sha256(held[0]).hexdigest() == digest

    def _end(self) -> None:
        if self._run_id is None:
            return
        left = (UndoOutcome.CHANGED, UndoOutcome.GONE, UndoOutcome.PRUNED)
        kept = sum(self._counts[outcome] for outcome in left)
        self._catalog.end_run(self._run_id, kept, self._counts[UndoOutcome.FAILED])


def _besides(place: UndoPlace) -> str:
    """What goes with what was asked for: all that was written into the file after it."""
    runs = sorted({step.run_id for step in place.besides if step.run_id is not None})
    if not runs:
        return ""
    named = " and ".join(str(run_id) for run_id in runs)
    return f"What run{'s'[: len(runs) > 1]} {named} wrote into it later goes with it."
