"""Search by vectors: those of all photos, kept up with the catalog and with what was read."""

from __future__ import annotations

import logging
import sqlite3
import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from blipdesk.catalog.database import Database
from blipdesk.catalog.index.changes import changed_since
from blipdesk.catalog.index.making import SnapshotKind, Snapshots, named_snapshot
from blipdesk.catalog.index.nearest import Floats
from blipdesk.catalog.index.photo_rows import PhotoRows, RowMaker
from blipdesk.catalog.index.segment import last_change
from blipdesk.catalog.index.sizes import is_large, is_outgrown
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.catalog.index.vector_files import VectorBase
from blipdesk.catalog.index.vector_parts import AllRows, LaterRows, LostRowsError, Part
from blipdesk.catalog.vector_store import VectorStore

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")

_PAGE = 1000
_OUTGROWN, _OUTGROWN_READING = 0.1, 0.5
"""The later rows, as a part of the base's, with which a new snapshot is made; and while much is read."""
_MOST_AGAIN = 20_000
"""So many photos that a snapshot has as unread are looked up at a start (1 s), the newest."""
_UNUSED = 0.25
"""The vectors that no photo needs, as a part of the others, with which they go."""


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """How far the reading of the library is."""

    unread: int
    """Photos of which not all was read yet."""
    photos: int
    """Photos of which there is something to be read."""
    is_ready: bool = True
    """False while nothing is known of a large library yet."""


class VectorIndex:
    """Finds photos by the vectors of one kind: see :class:`SentenceIndex` and :class:`PictureIndex`.

    Any thread may ask.  What changed in the catalog is taken up before each answer, under a lock; an answer
    under way goes on with the rows that it began with.

    Args:
        database: the catalog's.
        store: the vectors; closed by its owner.
        kind: of its snapshots.
        data_dir: where they lie.
        maker: makes the rows.
        writer: whether this process makes snapshots.
    """

    def __init__(
        self,
        database: Database,
        store: VectorStore,
        kind: SnapshotKind[VectorBase],
        data_dir: Path,
        maker: RowMaker,
        *,
        writer: bool,
    ) -> None:
        self._database, self._store, self._kind = database, store, kind
        self._snapshots = Snapshots(kind, database, data_dir)
        self._maker = maker
        self._writer = writer
        self._guard = threading.Lock()
        """Held to change what follows."""
        self._base: Part | None = None
        self._later = LaterRows(maker.width)
        self._unread, self._readable = Flags(), Flags()
        self._seq: int | None = None
        """The last change that is in them; None: nothing is."""
        self._again: Integers = np.zeros(0, np.int64)
        """Photos that were unread when the snapshot was made, to be looked at again."""
        self._missed = 0
        """How many were unread then."""
        self._meanwhile: list[int] | None = None
        """Photos of which something was read while a snapshot is made, which has that perhaps not."""
        self.on_lost: Callable[[], None] = lambda: None
        """Called on any thread when the snapshot cannot be read any more, so that :meth:`keep_up` is due."""

    # ------------------------------------------------------------------------------------ answers

    def nearest(self, query: Floats, count: int, among: Bools | None = None) -> tuple[Integers, Floats]:
        """The photos that are nearest to a query.

        Args:
            query: a unit vector, ``[width]``.
            count: the most photos.
            among: of each photo id whether it is in question, none behind its end; None: all are, hidden
                ones too.

        Returns:
            Photos and their cosines, the best first; a photo counts by what fits best of it.
        """
        return self.asked(lambda rows: rows.nearest(query, count, among))

    def cosines(self, query: Floats, photo_ids: Integers, exact: int) -> Floats:
        """How near each of these photos is to a query; NaN for one without a vector.

        Args:
            query: a unit vector.
            photo_ids: the photos.
            exact: for so many of the first it is exact, for the others by the signs alone.
        """
        return self.asked(lambda rows: rows.cosines(query, photo_ids, exact))

    def vector_of(self, photo_id: int) -> Floats | None:
        """The first vector that stands for a photo; None: nothing does."""
        found = self.vectors_of(np.array([photo_id]))[0]
        return found if found.any() else None

    def vectors_of(self, photo_ids: Integers) -> Floats:
        """The first vector that stands for each of these photos, ``[n, width]``; zeros where none does."""
        return self.asked(lambda rows: rows.of(photo_ids))

    def asked(self, ask: Callable[[AllRows], _Answer]) -> _Answer:
        """Ask the rows as they are now; where the file cannot be read, once more with what there is then."""
        for _ in range(2):
            rows = AllRows(self._parts())
            try:
                return ask(rows)
            except LostRowsError as error:
                if error.rows is not rows:
                    raise
                self._lose(rows.parts, error)
        return ask(AllRows((LaterRows(self._maker.width).part,)))

    def _lose(self, parts: Sequence[Part], error: LostRowsError) -> None:
        """Let a snapshot go that cannot be read any more; it is made anew."""
        with self._guard:
            if self._base is None or self._base.source is not parts[0].source:
                return
            _log.warning("%s was lost: %s", self._kind.title, error)
            self._use(self._maker)
        self.on_lost()

    # ------------------------------------------------------------------------------------ reading

    def so_far(self) -> ReadSoFar:
        """How much of the library was read."""
        self._parts()
        with self._guard:
            return ReadSoFar(self._unread.count(), self._readable.count(), self._seq is not None)

    def _newest_unread(self, count: int, but: Flags | None = None) -> list[int]:
        """Some photos of which not all was read yet, ``but`` not these."""
        self._parts()
        with self._guard:
            return (self._unread if but is None else self._unread.without(but)).last(count)

    def _take_in_read(self, photo_ids: Sequence[int]) -> None:
        """Let photos be found by what was read of them just now."""
        with self._guard, self._database.read_raw() as connection:
            self._take_in(connection, photo_ids)
            if self._meanwhile is not None:
                self._meanwhile += photo_ids

    # ------------------------------------------------------------------------------------ keeping up

    def keep_up(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Take up all that changed; for a writer, make a snapshot where one is due.  May take long.

        Args:
            is_over: asked now and then, ends it.
        """
        while not is_over() and (self._take_up() or self._look_again()):
            pass
        if not self._writer or is_over():
            return
        if self._is_due():
            meanwhile: list[int] = []
            with self._guard:
                self._meanwhile = meanwhile
            try:
                base = self._snapshots.make()
                with self._guard:
                    if base is None or base.model != self._maker.model:
                        return
                    self._begin(base)
                    self._meanwhile = None  # what is read from here on is taken in beside the new base
            finally:
                with self._guard:
                    self._meanwhile = None
            self._take_in_read(meanwhile)
            while not is_over() and self._take_up():
                pass
            self._drop_unused(base, is_over)
        elif not self._is_large():
            self._snapshots.drop()

    def _is_large(self) -> bool:
        with self._database.read_raw() as connection:
            return is_large(connection)

    def _parts(self) -> tuple[Part, ...]:
        """The rows that are searched; where very much changed at once not all of it is in them yet."""
        while self._take_up() and not self._writer:
            pass  # nobody else takes it up
        while not self._writer and self._look_again():
            pass
        with self._guard:
            later = self._later.part
            return (later,) if self._base is None else (self._base, later)

    def _take_up(self) -> bool:
        """Take up the next changes; whether there are more."""
        with self._guard, self._database.read_raw() as connection:
            self._choose_model(connection)
            if self._seq is None and not self._load(connection):
                return False
            assert self._seq is not None
            if self._seq >= last_change(connection):
                return False
            changed = changed_since(connection, self._seq, _PAGE)
            self._take_in(connection, changed.photo_ids)
            self._seq = changed.seq
            return changed.seq < last_change(connection)

    def _look_again(self) -> bool:
        """Take up what was read of the next photos since the snapshot was made; whether there are more.

        There are no more than these once all is read: a new snapshot is made then.
        """
        if not len(self._again):
            return False
        with self._guard, self._database.read_raw() as connection:
            page, self._again = self._again[-_PAGE:], self._again[:-_PAGE]
            self._take_in(connection, page[self._unread.of(page)].tolist())
            return len(self._again) > 0

    def _choose_model(self, connection: sqlite3.Connection) -> None:
        """Take another maker of rows, by :meth:`_use`, where another model is the one to search by now."""

    def _use(self, maker: RowMaker) -> None:
        """Begin anew with the rows of another model; the owner holds the guard."""
        self._maker = maker
        self._base, self._later, self._seq = None, LaterRows(maker.width), None
        self._unread, self._readable = Flags(), Flags()
        self._again, self._missed = np.zeros(0, np.int64), 0

    def _load(self, connection: sqlite3.Connection) -> bool:
        """Begin with the snapshot, or with the rows of a small catalog; False where there is neither."""
        if not is_large(connection):
            self._seq = last_change(connection)
            for page in self._maker.all_rows(connection, _PAGE):
                self._add(page)
            return True
        base = self._snapshots.read(named_snapshot(connection, self._kind.setting))
        if base is not None and base.model == self._maker.model:
            self._begin(base)
            self._again = base.unread[-_MOST_AGAIN:]
        return self._seq is not None

    def _begin(self, base: VectorBase) -> None:
        self._base, self._later, self._seq = base.part, LaterRows(self._maker.width), base.seq
        self._missed = len(base.unread)
        self._unread, self._readable = Flags(), Flags()
        self._unread.set(base.unread, True)
        self._readable.set(base.photos, True)
        self._again = np.zeros(0, np.int64)

    def _is_due(self) -> bool:
        """Whether a large catalog has no snapshot, or has changed or been read much since, or wholly."""
        with self._guard, self._database.read_raw() as connection:
            if self._seq is None:
                return True
            if self._unread.count() == 0 and self._missed > _MOST_AGAIN:
                return is_large(connection)
            later = len(self._later.part.ids)
            base = 0 if self._base is None else len(self._base.ids)
            part = _OUTGROWN if self._unread.count() == 0 else _OUTGROWN_READING
            return is_outgrown(later, base, part) and is_large(connection)

    def _drop_unused(self, base: VectorBase, is_over: Callable[[], bool]) -> None:
        """Let go of the vectors that no photo needs any more, where there are many."""
        if not is_outgrown(self._store.count() - base.keys, base.keys, _UNUSED):
            return
        kept: list[array[int]] = []
        with self._database.read_raw() as connection:
            for page in self._maker.all_rows(connection, _PAGE):
                kept.append(array("q", page.keys))
                if is_over():
                    return
        self._store.keep_only(kept)

    def _take_in(self, connection: sqlite3.Connection, photo_ids: Sequence[int]) -> None:
        """Read some photos anew; those that are no more go."""
        for start in range(0, len(photo_ids), _PAGE):
            page = photo_ids[start : start + _PAGE]
            chosen = np.array(page, np.int64)
            self._later.drop(chosen)
            if self._base is not None:
                self._base = self._base.without(chosen)
            self._unread.set(chosen, False)
            self._readable.set(chosen, False)
            self._add(self._maker.rows_of(connection, page))

    def _add(self, found: PhotoRows) -> None:
        self._later.add(found.ids, found.rows)
        self._unread.set(np.array(found.unread, np.int64), True)
        self._readable.set(np.array(found.photos, np.int64), True)

    def check(self) -> list[str]:
        """What is wrong with the file of a large catalog, a sentence; its writer makes it anew then."""
        with self._database.read_raw() as connection:
            named = named_snapshot(connection, self._kind.setting)
        if not self._writer or not named.name or self._snapshots.read(named) is not None:
            return []
        self._snapshots.forget()
        with self._guard:
            self._use(self._maker)
        self.keep_up()
        return [f"{self._kind.title[0].upper()}{self._kind.title[1:]} could not be read, and was made anew."]

    def close(self) -> None:
        """End the making of a snapshot that is under way."""
        self._snapshots.end()


class Flags:
    """A bit for each photo id: a set of a million ids would take 60 MB."""

    def __init__(self) -> None:
        self._flags = np.zeros(1024, np.bool_)

    def set(self, photo_ids: Integers, value: bool) -> None:
        """Set those of photos."""
        size = int(photo_ids.max(initial=0)) + 1
        if size > len(self._flags):
            self._flags = np.concatenate([self._flags, np.zeros(size, np.bool_)])
        self._flags[photo_ids] = value

    def of(self, photo_ids: Integers) -> Bools:
        """Those of photos."""
        found: Bools = self._flags.take(photo_ids, mode="clip") & (photo_ids < len(self._flags))
        return found

    def without(self, others: Flags) -> Flags:
        """Those that are set here and not there."""
        left = Flags()
        left._flags = self._flags.copy()
        size = min(len(self._flags), len(others._flags))
        left._flags[:size] &= ~others._flags[:size]
        return left

    def count(self) -> int:
        """How many are set."""
        return int(np.count_nonzero(self._flags))

    def last(self, count: int) -> list[int]:
        """The highest ids that are set."""
        found: list[int] = np.flatnonzero(self._flags)[-count:].tolist()
        return found
