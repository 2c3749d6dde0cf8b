"""Search by meaning: the vectors of all photos, kept up with the catalog and with what was read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from blipdesk.catalog.database import Database
from blipdesk.catalog.index.changes import changed_since
from blipdesk.catalog.index.nearest import Floats, rounded
from blipdesk.catalog.index.segment import last_change
from blipdesk.catalog.index.sentence_rows import Said, read_vectors, rows_of, said_by, said_by_all
from blipdesk.catalog.index.tokens import Integers
from blipdesk.catalog.index.vector_parts import LaterRows, Part
from blipdesk.catalog.meaning import MeaningStore
from blipdesk.domain.sentences import DIMENSIONS, sentence_of

_PAGE = 1000
_MANY = 1 << 40


@dataclass(frozen=True, slots=True)
class Unread:
    """A photo with sentences that were not read yet."""

    photo_id: int
    sentences: dict[int, str]
    """Those, by the key that the vector is kept under."""


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """How far the reading of the library is."""

    unread: int
    """Photos with sentences that were not read yet."""
    photos: int
    """Photos with sentences."""


class VectorIndex:
    """Finds photos by vectors.

    Any thread may ask.  What changed in the catalog is taken up before each answer, under a lock; an answer
    under way goes on with the rows that it began with.

    Args:
        database: the catalog's.
        store: the vectors of sentences; closed by its owner.
    """

    def __init__(self, database: Database, store: MeaningStore) -> None:
        self._database, self._store = database, store
        self._guard = threading.Lock()
        self._later = LaterRows()
        self._unread, self._speaking = _Flags(), _Flags()
        self._seq: int | None = None

    # ------------------------------------------------------------------------------------ answers

    def nearest(self, query: Floats, count: int, among: Integers | None = None) -> tuple[Integers, Floats]:
        """The photos that say what is nearest to a query.

        Args:
            query: a unit vector, ``[DIMENSIONS]``.
            count: the most photos.
            among: photos that are in question; None: all, hidden ones too.

        Returns:
            Photos and their cosines, the best first; a photo counts by what fits best of it.
        """
        found = [part.nearest(query, count, among) for part in self._parts()]
        ids, cosines = _best_of_each(*map(np.concatenate, zip(*found, strict=True)))
        return ids[:count], cosines[:count]

    def cosines(self, query: Floats, photo_ids: Integers) -> Floats:
        """How near each of these photos is to a query; NaN for one without a vector."""
        found = [part.vectors(photo_ids) for part in self._parts()]
        ids, cosines = _best_of_each(
            np.concatenate([ids for ids, _ in found]),
            np.concatenate([vectors @ query for _, vectors in found]),
        )
        return _looked_up(ids, cosines, photo_ids)

    def vector_of(self, photo_id: int) -> Floats | None:
        """What stands for a photo: the vector of its captions (or else of an answer); None: nothing does."""
        for part in self._parts():
            _, vectors = part.vectors(np.array([photo_id]))
            if len(vectors):
                first: Floats = vectors[0]
                return first
        return None

    def nearest_sentences(self, query: Floats, photo_ids: Sequence[int]) -> dict[int, tuple[str, float]]:
        """Of each of these photos the sentence that is nearest to a query, and its cosine."""
        with self._database.read_raw() as connection:
            said = said_by(connection, photo_ids)
        found = {}
        for photo in said:
            keys, vectors = read_vectors(photo.keys, self._store)
            if keys:
                cosines = vectors @ query
                best = int(cosines.argmax())
                found[photo.photo_id] = (photo.texts[keys[best]], float(cosines[best]))
        return found

    # ------------------------------------------------------------------------------------ reading

    def so_far(self) -> ReadSoFar:
        """How much of the library was read."""
        self._parts()
        with self._guard:
            return ReadSoFar(self._unread.count(), self._speaking.count())

    def unread(self, count: int) -> list[Unread]:
        """Some photos with sentences that were not read yet, the newest first."""
        self._parts()
        with self._guard:
            newest = self._unread.last(count)
        with self._database.read_raw() as connection:
            said = said_by(connection, newest)
        known = self._store.known([key for photo in said for key in photo.keys])
        return [
            Unread(
                photo.photo_id,
                {key: sentence_of(text) for key, text in photo.texts.items() if key not in known},
            )
            for photo in reversed(said)
        ]

    def keep(self, photo_ids: Sequence[int], vectors: Mapping[int, Floats]) -> bool:
        """Keep the vectors of sentences that were read, and let these photos be found by them.

        Returns:
            False where they could not be kept, so that the photos stay unread.
        """
        rows = rounded(np.array(list(vectors.values()), np.float32).reshape(-1, DIMENSIONS))
        kept = self._store.put({key: row.tobytes() for key, row in zip(vectors, rows, strict=True)})
        with self._guard, self._database.read_raw() as connection:
            self._take_in(connection, photo_ids)
        return kept

    # ------------------------------------------------------------------------------------ keeping up

    def _parts(self) -> tuple[Part, ...]:
        """The rows as of now."""
        with self._guard, self._database.read_raw() as connection:
            newest = last_change(connection)
            if self._seq is None:
                for page in said_by_all(connection, _PAGE):
                    self._add(page)
            elif newest > self._seq:
                self._take_in(connection, changed_since(connection, self._seq, _MANY).photo_ids)
            self._seq = newest
            return (self._later.part,)

    def _take_in(self, connection: sqlite3.Connection, photo_ids: Sequence[int]) -> None:
        """Read some photos anew; those that are no more go."""
        for start in range(0, len(photo_ids), _PAGE):
            page = photo_ids[start : start + _PAGE]
            self._later.drop(np.array(page, np.int64))
            self._unread.set(page, False)
            self._speaking.set(page, False)
            self._add(said_by(connection, page))

    def _add(self, said: Sequence[Said]) -> None:
        found = rows_of(said, self._store)
        self._later.add(found.ids, found.rows)
        self._unread.set(found.unread, True)
        self._speaking.set([photo.photo_id for photo in said if photo.keys], True)


class _Flags:
    """A bit for each photo id: a set of a million ids would take 60 MB."""

    def __init__(self) -> None:
        self._flags = np.zeros(1024, np.bool_)

    def set(self, photo_ids: Sequence[int], value: bool) -> None:
        """Set those of photos."""
        if not len(photo_ids):
            return
        size = max(photo_ids) + 1
        if size > len(self._flags):
            self._flags = np.concatenate([self._flags, np.zeros(size, np.bool_)])
        self._flags[np.asarray(photo_ids, np.int64)] = value

    def count(self) -> int:
        """How many are set."""
        return int(np.count_nonzero(self._flags))

    def last(self, count: int) -> list[int]:
        """The highest ids that are set."""
        found: list[int] = np.flatnonzero(self._flags)[-count:].tolist()
        return found


def _best_of_each(ids: Integers, cosines: Floats) -> tuple[Integers, Floats]:
    """Each photo once, with its highest cosine; the best photo first, the newer where they are equal."""
    order = np.lexsort((-ids, -cosines))
    ids, cosines = ids[order], cosines[order]
    _, first = np.unique(ids, return_index=True)
    first.sort()
    return ids[first], cosines[first]


def _looked_up(ids: Integers, values: Floats, wanted: Integers) -> Floats:
    """The value of each wanted photo; NaN where there is none."""
    out = np.full(len(wanted), np.nan, np.float32)
    if len(ids):
        order = np.argsort(ids)
        places = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
        found = ids[places] == wanted
        out[found] = values[places[found]]
    return out
