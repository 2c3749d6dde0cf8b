"""Files that are restored together: one commit begins them all, one flush of the disk holds most.

The counterpart of :mod:`blipdesk.pipeline.write_batch`, by the same steps.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blipdesk.catalog import BegunUndo, OpenWrite
from blipdesk.domain.errors import CatalogError
from blipdesk.domain.ports import FileRestorer
from blipdesk.domain.writes import TAKEN_BACK, Restoration, UndoOutcome
from blipdesk.pipeline.carry_out import MOST_BYTES, begin, carry_out, problem_of
from blipdesk.pipeline.whereabouts import digest_of

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, UndoPlace, WriteStep

_log = logging.getLogger(__name__)


@dataclass
class Undone:
    """A file of a batch and what became of it.

    Attributes:
        place: what was taken back there.
        path: where the file is.
        outcome: what became of it.
        problem: why it failed, where that is known.
        matters: something was done; in a dry run, something can be.
        left: the selected writes that stay, newest first, where another program wrote after them.
        new_hash: the content of the photo's own file now; None: it is as it was.
    """

    place: UndoPlace
    path: str
    outcome: UndoOutcome = UndoOutcome.FAILED
    problem: str = ""
    matters: bool = False
    left: tuple[WriteStep, ...] = ()
    new_hash: str | None = None

    def fail(self, problem: str) -> None:
        """It could not be restored."""
        _log.info("%r was not restored: %s", self.path, problem)
        self.outcome, self.problem, self.matters = UndoOutcome.FAILED, problem, False


class UndoBatch:
    """Files that are looked at one by one, and then restored together.

    Whoever uses it holds the turn from the first look until they are restored.

    Args:
        catalog: keeps the journal.
        restorer: reads and replaces.
        run: begins the run of this undo, if need be, and gives its id; None: nothing is touched.
        keep_times: a photo keeps its time of modification.
    """

    def __init__(
        self, catalog: Catalog, restorer: FileRestorer, run: Callable[[], int] | None, keep_times: bool
    ) -> None:
        self._catalog = catalog
        self._restorer = restorer
        self._run = run
        self._keep_times = keep_times
        self._files: list[Undone] = []
        self._todo: list[tuple[Undone, BegunUndo, Restoration]] = []
        self._bytes = 0

    @property
    def is_full(self) -> bool:
        """Whether these are restored before another is looked at."""
        return self._bytes >= MOST_BYTES

    def has_one_of(self, paths: Collection[str]) -> bool:
        """Whether one of these files is restored with the batch."""
        return any(file.path in paths for file in self._files)

    def take(self, place: UndoPlace, path: str) -> None:
        """Look at a file, and follow the way back in memory.

        Raises:
            CatalogError: the journal cannot be kept.
        """
        file = Undone(place, path)
        self._files.append(file)
        try:
            self._look(file)
        except CatalogError:
            raise
        except Exception as error:  # noqa: BLE001 - one file's bug: the others are restored
            file.fail(problem_of(error, path, "looking at it"))

    def _look(self, file: Undone) -> None:
        held = self._restorer.read(file.path)
        data, stamp = (None, None) if held is None else held
        if held is None and (digest_of(file.path) is None or not os.path.lexists(file.place.photo_path)):
            # A sidecar may have moved with its photo, which a scan finds again.
            file.outcome = UndoOutcome.GONE
            return
        back = _way_back(file, data)
        place = file.place
        marks = file.outcome is UndoOutcome.ALREADY and place.stands
        file.matters = marks or file.outcome in TAKEN_BACK
        if marks and self._run is not None:
            self._catalog.note_undone(place, file.path, self._run())
        if file.outcome in TAKEN_BACK:
            keep_times = self._keep_times and place.embedded
            restoration = Restoration(file.path, back, stamp, place.photo_path, keep_times)
            problem = self._restorer.refusal(restoration)
            if problem is not None:
                file.fail(str(problem))
                return
            self._todo.append((file, BegunUndo(place, file.path, data, back), restoration))
            self._bytes += len(data or b"") + len(back or b"")

    def restore(self) -> list[Undone]:
        """Restore what can be; returns what became of each file, in their order.

        Raises:
            CatalogError: the journal cannot be kept.
        """
        if self._todo and self._run is not None:
            run_id = self._run()
            begun = begin(
                lambda undos: self._catalog.begin_undos(undos, run_id),
                [(file.path, undo) for file, undo, _ in self._todo],
            )
            writes = [
                (write, what)
                for write, (_, _, what) in zip(begun, self._todo, strict=True)
                if isinstance(write, OpenWrite)
            ]
            results = iter(carry_out(self._catalog, writes, self._restorer.restore_all))
            ends = []
            for write, (file, _, _) in zip(begun, self._todo, strict=True):
                if isinstance(write, str):
                    file.fail(write)
                    continue
                result = next(results)
                if result.problem is not None:
                    file.fail(result.problem)
                elif file.place.embedded:
                    file.new_hash = write.after_hash
                if result.end is not None:
                    ends.append(result.end)
            self._catalog.end_writes(ends)
        return self._files


def _way_back(file: Undone, data: bytes | None) -> bytes | None:
    """What a file is to hold again; where another program wrote between our writes, what that one left."""
    file.outcome, back = file.place.way_back(data)
    part = file.place.part_of_the_way(data) if file.outcome is UndoOutcome.CHANGED else None
    if part is not None:
        outcome, left_between = part.way_back(data)
        if outcome in TAKEN_BACK:
            file.left = file.place.standing_behind(part)
            file.place, file.outcome = part, UndoOutcome.PARTLY if file.left else outcome
            return left_between
    return back
