"""Rows of vectors: the signs in memory, the numbers on the disk or, of few, in memory too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np

from blipdesk.catalog.index.nearest import WORD, Codes, Floats, Rows, codes_of, estimated, nearest, unit
from blipdesk.catalog.index.ranges import spread
from blipdesk.catalog.index.stored import SnapshotError, StoredFile
from blipdesk.catalog.index.tokens import Bools, Integers

_FIRST_ROOM = 256


class RowSource(Protocol):
    """The numbers of rows."""

    def read(self, rows: Integers) -> Rows:
        """Those of some rows, in this order; a :class:`SnapshotError` where they cannot be read."""
        ...


class RowsInMemory:
    """The numbers of few rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def read(self, rows: Integers) -> Rows:
        """See the protocol."""
        return self._rows[rows]


class RowsInFile:
    """The numbers of many rows, read where they are asked for: 1,000 in 3 ms.

    Not mapped: scattered rows of a map take longer (a page comes for each, with fifteen beside it), and all
    400 MB of a million would be this process's memory in the end.

    Args:
        file: where they are.
        start: where the rows begin in it.
        width: numbers of a row.
    """

    def __init__(self, file: StoredFile, start: int, width: int) -> None:
        self._file, self._start, self._width = file, start, width

    def read(self, rows: Integers) -> Rows:
        """See the protocol.

        Raises:
            SnapshotError: the file is no longer what it was.
        """
        starts = (rows.astype(np.int64) * self._width + self._start).tolist()
        return np.frombuffer(self._file.read(starts, self._width), np.int8).reshape(-1, self._width)


_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows; never changes."""

    ids: Integers
    """The photo of each row."""
    codes: Codes
    source: RowSource
    alive: Bools
    """Of each row: it is the newest of its photo."""
    starts: Integers | None = None
    """Of many rows, in the order of the photos' ids: where those of each id begin, and behind the last one
    where they end."""

    @property
    def width(self) -> int:
        """Numbers of a row."""
        return len(self.codes) * WORD

    def of_photos(self, photo_ids: Integers) -> Integers:
        """The living rows of photos."""
        if not len(self.ids) or not len(photo_ids):
            return np.zeros(0, np.int64)
        if self.starts is not None:
            known = np.unique(photo_ids[(photo_ids >= 0) & (photo_ids < len(self.starts) - 1)])
            rows = spread(self.starts[known], self.starts[known + 1])[1]
            return rows[self.alive[rows]]
        chosen = np.zeros(max(int(self.ids.max()), int(photo_ids.max())) + 1, np.bool_)
        chosen[photo_ids] = True
        found: Integers = np.flatnonzero(chosen[self.ids] & self.alive)
        return found

    def without(self, photo_ids: Integers) -> Part:
        """The same, but these photos' rows stand for nothing any more."""
        gone = self.of_photos(photo_ids)
        if not len(gone):
            return self
        alive = self.alive.copy()
        alive[gone] = False
        return replace(self, alive=alive)

    def nearest(self, query: Floats, count: int, among: Bools | None) -> tuple[Integers, Floats]:
        """The photos of the rows nearest to a query, and their cosines (see :func:`nearest`).

        Rows that stand for nothing and photos that are not asked for are none of those that are compared:
        however many there are, as many others are found.

        Args:
            query: a unit vector.
            count: how many are wanted.
            among: of each photo id whether the photo is in question, none behind its end; None: all are.
        """
        rows, cosines = nearest(query, self.codes, self._chosen(among), self.source.read, count)
        return self.ids[rows].astype(np.int64), cosines

    def _chosen(self, among: Bools | None) -> Bools | None:
        """Which rows are in question; None: all."""
        if among is None or not len(self.ids):
            return None if self.alive.all() else self.alive
        chosen: Bools = among.take(self.ids, mode="clip")
        if int(self.ids.max()) >= len(among):
            chosen &= self.ids < len(among)
        chosen &= self.alive
        return chosen

    def cosines(self, query: Floats, photo_ids: Integers, exact: int) -> tuple[Integers, Floats]:
        """About how near each row of photos is to a query; those of the first photos exactly."""
        rows = self.of_photos(photo_ids)
        ids = self.ids[rows].astype(np.int64)
        cosines = estimated(query, self.codes[:, rows])
        first = np.flatnonzero(np.isin(ids, photo_ids[:exact]))
        cosines[first] = unit(self.source.read(rows[first])) @ query
        return ids, cosines

    def vectors(self, photo_ids: Integers) -> tuple[Integers, Floats]:
        """All rows of photos: the photo, and the unit vector."""
        rows = self.of_photos(photo_ids)
        return self.ids[rows].astype(np.int64), unit(self.source.read(rows))


class AllRows:
    """All rows as they are at a time: what an answer asks of them one after the other.

    Args:
        parts: the rows.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts

    def each(self, ask: Callable[[Part], _Answer]) -> list[_Answer]:
        """Ask the parts one after the other.

        Raises:
            LostRowsError: the file of these rows cannot be read any more.
        """
        try:
            return [ask(part) for part in self.parts]
        except SnapshotError as error:
            raise LostRowsError(self, str(error)) from error

    def nearest(self, query: Floats, count: int, among: Bools | None) -> tuple[Integers, Floats]:
        """See :meth:`VectorIndex.nearest`."""
        found = _joined(self.each(lambda part: part.nearest(query, count, among)))
        ids, cosines = _best_of_each(*found)
        return ids[:count], cosines[:count]

    def cosines(self, query: Floats, photo_ids: Integers, exact: int) -> Floats:
        """See :meth:`VectorIndex.cosines`."""
        found = _joined(self.each(lambda part: part.cosines(query, photo_ids, exact)))
        return looked_up(*_best_of_each(*found), photo_ids)

    def of(self, photo_ids: Integers) -> Floats:
        """See :meth:`VectorIndex.vectors_of`."""
        ids, vectors = _joined(self.each(lambda part: part.vectors(photo_ids)))
        known, first = np.unique(ids, return_index=True)
        out = np.zeros((len(photo_ids), vectors.shape[1]), np.float32)
        here = np.isin(photo_ids, known)
        out[here] = vectors[first[np.searchsorted(known, photo_ids[here])]]
        return out


class LostRowsError(SnapshotError):
    """The file of some rows cannot be read any more: of these, where an answer asks two kinds of them."""

    def __init__(self, rows: AllRows, reason: str) -> None:
        super().__init__(reason)
        self.rows = rows


def _joined(found: Iterable[tuple[Integers, Floats]]) -> tuple[Integers, Floats]:
    ids, values = map(np.concatenate, zip(*found, strict=True))
    return ids, values


def _best_of_each(ids: Integers, cosines: Floats) -> tuple[Integers, Floats]:
    """Each photo once, with its highest cosine; the best photo first, the newer where they are equal."""
    order = np.lexsort((-ids, -cosines))
    ids, cosines = ids[order], cosines[order]
    _, first = np.unique(ids, return_index=True)
    first.sort()
    return ids[first], cosines[first]


def looked_up(ids: Integers, values: Floats, wanted: Integers) -> Floats:
    """The value of each wanted photo; NaN where there is none."""
    out = np.full(len(wanted), np.nan, np.float32)
    if len(ids):
        order = np.argsort(ids)
        places = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
        found = ids[places] == wanted
        out[found] = values[places[found]]
    return out


class LaterRows:
    """Rows that are added to; the owner locks.  A part of it that was handed out stays as it is.

    Args:
        width: numbers of a row, a multiple of 64.
    """

    def __init__(self, width: int) -> None:
        self._ids = np.zeros(_FIRST_ROOM, np.int64)
        self._rows = np.zeros((_FIRST_ROOM, width), np.int8)
        self._codes = codes_of(self._rows)
        self._alive = np.zeros(0, np.bool_)

    @property
    def part(self) -> Part:
        """What is there now."""
        size = len(self._alive)
        rows = RowsInMemory(self._rows[:size])
        return Part(self._ids[:size], self._codes[:, :size], rows, self._alive)

    def add(self, ids: Integers, rows: Rows) -> None:
        """Put rows behind the others; where most of those stand for nothing any more, they go first."""
        if _FIRST_ROOM + 2 * np.count_nonzero(self._alive) < len(self._alive):
            self._keep_living()
        size, end = len(self._alive), len(self._alive) + len(ids)
        if end > len(self._ids):
            more = max(end, 2 * len(self._ids)) - len(self._ids)
            self._ids = np.concatenate([self._ids, np.zeros(more, np.int64)])
            self._rows = np.concatenate([self._rows, np.zeros((more, self._rows.shape[1]), np.int8)])
            self._codes = np.concatenate([self._codes, np.zeros((len(self._codes), more), np.uint64)], axis=1)
        self._ids[size:end], self._rows[size:end], self._codes[:, size:end] = ids, rows, codes_of(rows)
        self._alive = np.concatenate([self._alive, np.ones(len(ids), np.bool_)])

    def _keep_living(self) -> None:
        living = np.flatnonzero(self._alive)
        self._ids, self._rows, self._codes = self._ids[living], self._rows[living], self._codes[:, living]
        self._alive = self._alive[living]

    def drop(self, photo_ids: Integers) -> None:
        """Let the rows of photos stand for nothing any more."""
        self._alive = self.part.without(photo_ids).alive
