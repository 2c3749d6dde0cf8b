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
        self._counts = dict.fromkeys(UndoOutcome, 0)

    def undo(
        self, selection: UndoSelection, dry_run: bool, on_progress: Callable[[int, int], object]
    ) -> list[UndoReport]:
        """Take back what is selected (in a dry run: say what would come of it), file by file.

        Args:
            selection: nothing given: the last run of which something stands.
            dry_run: touch nothing.
            on_progress: gets how many photos are done, and of how many; ends the undo between two photos by
                raising :class:`~blipdesk.domain.errors.Cancelled`.

        Raises:
            UsageError: there is no such run.
            CatalogError: the journal cannot be kept, so nothing more is restored.
        """
        if selection == UndoSelection():
            selection = replace(selection, run_id=self._catalog.last_run())
            if selection.run_id is None:
                return []
        photo_ids = self._catalog.undo_photos(selection)
        reports: list[UndoReport] = []
        try:
            for number, photo_id in enumerate(photo_ids):
                on_progress(number, len(photo_ids))
                for place in self._catalog.undo_places(photo_id, selection):
                    reports.append(self._take_back(place, dry_run))
            on_progress(len(photo_ids), len(photo_ids))
        except Cancelled:
            _log.info("an undo was stopped after %d files", len(reports))
        finally:
            self._end()
        return reports

    def _take_back(self, place: UndoPlace, dry_run: bool) -> UndoReport:
        path = self._where(place)
        try:
            with self._turn:
                self._turn.undone += 1
                outcome = self._one(place, path, dry_run)
            note = _NOTES.get(outcome, "")
        except CatalogError:
            raise
        except KnownError as error:
            _log.info("%r was not restored: %s", path, error)
            outcome, note = UndoOutcome.FAILED, str(error)
        self._counts[outcome] += 1
        return UndoReport(place.photo_path, path, outcome, note)

    def _one(self, place: UndoPlace, path: str, dry_run: bool) -> UndoOutcome:
        held = self._restorer.read(path)
        data, stamp = (None, None) if held is None else held
        outcome, back = place.way_back(data)
        if outcome is UndoOutcome.RESTORED and not dry_run:
            self._restore(place, path, (data, stamp), back)
        return outcome

    def _restore(
        self, place: UndoPlace, path: str, held: tuple[bytes | None, FileStamp | None], back: bytes | None
    ) -> None:
        data, stamp = held
        if self._run_id is None:
            self._run_id = self._catalog.begin_run(RunKind.UNDO, WriteTarget.NONE)
        write_id = self._catalog.begin_undo(place, path, data, back, self._run_id)
        keep_times = self._keep_times and place.embedded
        try:
            self._restorer.restore(path, back, stamp, like=place.photo_path, keep_times=keep_times)
        except BaseException as error:
            self._catalog.abandon_write(write_id, str(error) if isinstance(error, KnownError) else "")
            raise
        ended = WriteOutcome.EMBEDDED if place.embedded else WriteOutcome.SIDECAR
        new_file = identify_now(place.photo_path) if place.embedded else None
        self._catalog.finish_write(write_id, ended, "", new_file)
        if new_file is not None:
            self._on_rewritten(place.photo_id, place.content_hash, new_file.content_hash)

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
