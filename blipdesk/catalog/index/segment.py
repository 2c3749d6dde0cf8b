"""Documents: photos as the index sees them, with their words, keywords and the columns that filters look at.

The documents of the first segment, the base, are numbered by time, so that the end of a list is the newest.
Those of a later one are numbered behind it, by time again, and know their place among those of the base.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.building import PostingsBuilder
from blipdesk.catalog.index.columns import NAMED, Bit, Columns, Names, NameTables, read_columns
from blipdesk.catalog.index.file_names import FileNames
from blipdesk.catalog.index.keyword_lists import read_keywords, read_levels
from blipdesk.catalog.index.postings import Lists, Postings
from blipdesk.catalog.index.tokens import Integers
from blipdesk.catalog.index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Segment:
    """Some documents: ``first`` is the number of the first of them; all arrays are by time."""

    first: int
    ids: Integers
    by_id: Integers
    """The documents (from 0) in the order of their ids."""
    columns: Mapping[str, npt.NDArray[Any]]
    """One value a document, see ``columns``; ``sort_time`` ascends.  ``by_picture``, ``by_name`` and
    ``by_added``: the documents (from 0) in the order of their pictures' digests, of their files' names, and
    as they were added."""
    places: Integers
    """Of a later segment: how many documents of the base are older."""
    postings: Postings
    keywords: Lists
    """The documents by number of a keyword that they show."""
    levels: Lists
    """The documents by name of a keyword that one of theirs stands in."""
    names: FileNames
    """Of the documents' files."""

    @property
    def size(self) -> int:
        """So many documents."""
        return len(self.ids)

    @property
    def end(self) -> int:
        """The number behind the last one's."""
        return self.first + self.size

    def documents(self, photo_ids: Integers) -> Integers:
        """The document of each of these photos; -1 for those that are not here."""
        if not self.size or not len(photo_ids):
            return np.full(len(photo_ids), -1, np.int64)
        # Of the same kind: else all of the ids are converted at each call.
        places = np.searchsorted(self.ids, photo_ids.astype(self.ids.dtype), sorter=self.by_id)
        docs = self.by_id[np.minimum(places, self.size - 1)].astype(np.int64)
        return np.where(self.ids[docs] == photo_ids, docs + self.first, -1)

    def with_pictures(self, pictures: npt.NDArray[np.uint64]) -> Integers:
        """The documents that have one of these pictures."""
        own = self.columns["picture"]
        order = self.columns["by_picture"]
        wanted = np.unique(pictures[pictures != 0])
        low = np.searchsorted(own, wanted, "left", sorter=order)
        high = np.searchsorted(own, wanted, "right", sorter=order)
        parts = [
            order[start:end] for start, end in zip(low.tolist(), high.tolist(), strict=True) if start < end
        ]
        return np.concatenate([np.zeros(0, np.int32), *parts]) + self.first


@dataclass(frozen=True)
class Base:
    """What a catalog holds, all in one segment, as of a change."""

    segment: Segment
    vocabulary: Vocabulary
    names: NameTables
    mean_length: float
    """Words in the captions of a photo."""
    seq: int
    """The last change that is in it."""

    def documents(self, photo_ids: Integers) -> Integers:
        """The document of each of these photos, looked up; -1 for those that are not here."""
        known = (photo_ids >= 0) & (photo_ids < len(self._numbers))
        return np.where(known, self._numbers[np.where(known, photo_ids, 0)], -1)

    @cached_property
    def _numbers(self) -> Integers:
        """The document of each photo id; to bisect a million ids for 800 takes 1 ms."""
        numbers = np.full(int(self.segment.ids.max(initial=0)) + 1, -1, np.int32)
        numbers[self.segment.ids] = np.arange(self.segment.size, dtype=np.int32)
        return numbers

    @cached_property
    def hidden(self) -> int:
        """How many photos are not shown."""
        return int(np.count_nonzero(self.segment.columns["flags"] & Bit.HIDDEN))

    @cached_property
    def twins(self) -> Integers:
        """The documents that have the same picture as another one; looked for once, in 30 ms at a million."""
        order = self.segment.columns["by_picture"]
        pictures = self.segment.columns["picture"][order]
        found: Integers = order[in_pairs(pictures) & (pictures != 0)]
        return found


def in_pairs(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Which of some numbers are there twice or more."""
    order = np.argsort(numbers, kind="stable")
    ascending = numbers[order]
    same = np.zeros(len(numbers) + 1, np.bool_)
    same[1:-1] = ascending[1:] == ascending[:-1]
    found = np.empty(len(numbers), np.bool_)
    found[order] = same[1:] | same[:-1]
    return found


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the last change that was noted in the catalog."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'search_change'").fetchone()
    return 0 if row is None else int(row[0])


def read_base(connection: sqlite3.Connection) -> Base:
    """Read the whole catalog, in the snapshot of a reading connection."""
    vocabulary = Vocabulary.empty()
    names = {name: Names() for name in NAMED}
    builder, files = PostingsBuilder(vocabulary), Names()
    columns = read_columns(connection, None, names | {"name": files}, builder.add)
    order, rank = _by_time(columns)
    builder.count_words()
    mean_length = builder.mean_length()
    vocabulary, terms = vocabulary.sorted()
    postings = builder.built(rank, mean_length, terms)
    segment = _segment(connection, None, columns, order, postings, names, files, 0, None)
    return Base(segment, vocabulary, names, mean_length, last_change(connection))


def read_later(connection: sqlite3.Connection, photo_ids: Sequence[int], base: Base, first: int) -> Segment:
    """Read these photos, those of them that there are, into a segment behind the base."""
    chosen = json.dumps(list(photo_ids))
    builder, files = PostingsBuilder(base.vocabulary), Names()
    columns = read_columns(connection, chosen, base.names | {"name": files}, builder.add)
    order, rank = _by_time(columns)
    builder.count_words()
    postings = builder.built(rank + first, base.mean_length)
    return _segment(connection, chosen, columns, order, postings, base.names, files, first, base.segment)


def _by_time(columns: Columns) -> tuple[Integers, Integers]:
    """The rows in the order of documents, and the document of each row."""
    order = np.lexsort((columns["ids"], columns["sort_time"]))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _segment(
    connection: sqlite3.Connection,
    chosen: str | None,
    columns: Columns,
    order: Integers,
    postings: Postings,
    names: NameTables,
    files: Names,
    first: int,
    base: Segment | None,
) -> Segment:
    columns = {name: column[order] for name, column in columns.items()}
    ids = columns.pop("ids")
    by_id = np.argsort(ids, kind="stable").astype(np.int32)
    columns["by_picture"] = np.argsort(columns["picture"], kind="stable").astype(np.int32)
    columns["by_added"] = np.lexsort((ids, columns["added_at"])).astype(np.int32)
    file_names, columns["by_name"] = FileNames.of(files.names, columns.pop("name"), ids)
    places = np.zeros(0, np.int64) if base is None else _places(base, columns["sort_time"], ids)
    none = Lists.of_sorted(np.zeros(0, np.int32), np.zeros(0, np.int32))
    segment = Segment(first, ids, by_id, columns, places, postings, none, none, file_names)
    keywords = _lists(segment, read_keywords(connection, chosen))
    levels = _lists(segment, read_levels(connection, chosen, names["levels"]))
    return replace(segment, keywords=keywords, levels=levels)


def _lists(segment: Segment, pairs: tuple[Integers, Integers]) -> Lists:
    keys, photo_ids = pairs
    docs = segment.documents(photo_ids)
    here = docs >= 0
    return Lists.of(keys[here], docs[here])


def _places(base: Segment, times: npt.NDArray[Any], ids: Integers) -> Integers:
    """How many documents of the base come before each of these, by time and id."""
    known = base.columns["sort_time"]
    low = np.searchsorted(known, times, "left")
    high = np.searchsorted(known, times, "right")
    for number in np.flatnonzero(high > low):  # photos of one second, by id
        low[number] += np.searchsorted(base.ids[low[number] : high[number]], ids[number])
    return low
