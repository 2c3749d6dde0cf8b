"""The way back through the writes of the journal into one file.

It is followed from the file's present bytes, write by write, each of which must have left exactly what the
next one found: anything else was somebody else's doing, and is never touched.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, replace

from blipdesk.catalog.difference import restored
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import RunKind, UndoOutcome

GONE = ""
"""The sha256 of a file that is not there."""


@dataclass(frozen=True, slots=True)
class WriteStep:
    """One write into a file, or an undo; ``chosen``: it was selected.

    ``proven`` False: nobody can tell whether it happened.
    """

    write_id: int
    run_id: int | None
    photo_path: str
    kind: RunKind
    before_sha256: str
    after_sha256: str
    parts: str
    old_part: bytes
    pruned: bool
    undone: bool
    undoes: tuple[int, ...]
    chosen: bool
    proven: bool

    def before(self, after: bytes | None) -> bytes | None:
        """The content before this write; None: there was no file.

        Raises:
            ValueError: what was kept of it is damaged.
        """
        if self.before_sha256 == GONE:
            return None
        try:
            back = restored(after or b"", json.loads(self.parts), zlib.decompress(self.old_part))
        except (zlib.error, TypeError, AssertionError) as error:
            raise ValueError("the journal is damaged") from error
        if sha256_of(back) != self.before_sha256:
            raise ValueError("the journal is damaged")
        return back


@dataclass(frozen=True, slots=True)
class UndoPlace:
    """A photo's own file, or a sidecar beside it, and all our writes into it, the newest first.

    ``paths``: where it was written, the last one first; the photo may have moved since.  ``content_hash`` is
    that of the photo's own file, as the catalog knows it.
    """

    photo_id: int
    photo_path: str
    content_hash: str
    embedded: bool
    paths: tuple[str, ...]
    target: WriteTarget
    steps: tuple[WriteStep, ...]

    @property
    def target_path(self) -> str:
        """Where it was written last."""
        return self.paths[0]

    @property
    def newest(self) -> str:
        """The sha256 that our last write left; empty: no file."""
        return self.steps[0].after_sha256

    @property
    def chosen(self) -> frozenset[int]:
        """The writes that were selected."""
        return frozenset(step.write_id for step in self.steps if step.chosen)

    @property
    def taken(self) -> tuple[WriteStep, ...]:
        """What an undo takes back, newest first: the earliest that was selected, and all since.

        One that may not have happened is nothing to go back to, where another was selected.
        """
        chosen = [step for step in self.steps if step.chosen]
        surely = [step for step in chosen if step.proven] or chosen
        earliest = min((step.write_id for step in surely), default=None)
        return tuple(step for step in self.steps if earliest is not None and step.write_id >= earliest)

    @property
    def stands(self) -> bool:
        """Whether an undo changes what the journal says of any write, although the file is as before."""
        ids = {step.write_id for step in self.taken}
        return any(
            not step.undone and (step.kind is RunKind.WRITE or not ids.issuperset(step.undoes))
            for step in self.taken
        )

    @property
    def besides(self) -> tuple[WriteStep, ...]:
        """Standing writes that were not selected and go all the same, for they came after."""
        return tuple(
            step for step in self.taken if step.kind is RunKind.WRITE and not step.undone and not step.chosen
        )

    def joined(self, other: UndoPlace) -> UndoPlace:
        """With the writes of another photo into the same file (a link, or a sidecar that two share)."""
        steps = sorted((*self.steps, *other.steps), key=lambda step: -step.write_id)
        return replace(self, steps=tuple(steps))

    def way_back(self, data: bytes | None) -> tuple[UndoOutcome, bytes | None]:
        """What the file is to hold again, from what it holds (None: it is not there), or why it cannot.

        The way goes through the newest write that left just this content, each time, until the one that was
        there before the earliest selected write.
        """
        present, goal = sha256_of(data), self.taken[-1].before_sha256
        if present == goal:
            return UndoOutcome.ALREADY, data
        if self._last_passed(present) is None:
            return (UndoOutcome.GONE if data is None else UndoOutcome.CHANGED), None
        for step in self.taken:
            if present != step.after_sha256:
                continue
            if step.pruned:
                return UndoOutcome.PRUNED, None
            try:
                data = step.before(data)
            except ValueError:
                return UndoOutcome.FAILED, None
            present = step.before_sha256
            if present == goal:
                return UndoOutcome.REMOVED if data is None else UndoOutcome.RESTORED, data
        return UndoOutcome.CHANGED, None

    def part_of_the_way(self, data: bytes | None) -> UndoPlace | None:
        """The same with no more selected than what we wrote since somebody else did; None: nothing is."""
        last = self._last_passed(sha256_of(data))
        if last is None:
            return None
        steps = [replace(step, chosen=step.chosen and step.write_id >= last.write_id) for step in self.steps]
        return replace(self, steps=tuple(steps))

    def standing_behind(self, part: UndoPlace) -> tuple[WriteStep, ...]:
        """The selected writes that stay where only a part of the way is gone, newest first."""
        return tuple(
            step
            for step in self.steps
            if step.chosen
            and step.write_id not in part.chosen
            and step.kind is RunKind.WRITE
            and step.proven
            and not step.undone
        )

    def _last_passed(self, present: str) -> WriteStep | None:
        """The earliest selected write that the way back from a content passes, if any.

        Where a sidecar of ours was carried off, and a later run made another one, there was none before
        either of them: that one has nothing of the first in it.
        """
        passed = None
        for step in self.taken:
            if present == step.after_sha256:
                passed = step if step.chosen else passed
                present = step.before_sha256
        return passed


def sha256_of(data: bytes | None) -> str:
    """In hex; of no file what is noted of one that is not there."""
    return GONE if data is None else hashlib.sha256(data).hexdigest()
