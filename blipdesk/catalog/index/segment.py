"""Documents: photos as the index sees them, with their words, keywords and the columns that filters look at.

The documents of the first segment, the base, are numbered by time, so that the end of a list is the newest.
Those of a later one are numbered behind it, by time again, and know their place among those of the base.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.postings import Lists, Postings, PostingsBuilder
from blipdesk.catalog.index.tokens import Integers
from blipdesk.catalog.index.vocabulary import Vocabulary

HIDDEN, MISSING, NEEDS_REVIEW, FAILED = 1, 2, 4, 8
_PAGE = 20_000
_SELECT = """SELECT photo.id, photo.sort_time, photo.added_at, photo.directory_id,
       photo.hidden * 1 + photo.missing * 2 + photo.needs_review * 4, photo_text.search_text
  FROM photo JOIN photo_text ON photo_text.photo_id = photo.id"""
_FEW = "IN (SELECT value FROM json_each(?))"
Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Segment:
    """Some documents: ``first`` is the number of the first of them; all arrays are by time."""

    first: int
    ids: Integers
    by_id: Integers
    """The documents (from 0) in the order of their ids."""
    columns: Columns
    """``sort_time``, ``added_at``, ``directory``, ``flags``; one value a document."""
    places: Integers
    """Of a later segment: how many documents of the base are older."""
    postings: Postings
    keywords: Lists
    """The documents by number of a keyword that they show."""

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
        places = np.searchsorted(self.ids, photo_ids, sorter=self.by_id)
        docs = self.by_id[np.minimum(places, self.size - 1)].astype(np.int64)
        return np.where(self.ids[docs] == photo_ids, docs + self.first, -1)


@dataclass(frozen=True, slots=True)
class Base:
    """What a catalog holds, all in one segment, as of a change."""

    segment: Segment
    vocabulary: Vocabulary
    mean_length: float
    """Words in the captions of a photo."""
    seq: int
    """The last change that is in it."""


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the last change that was noted in the catalog."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'search_change'").fetchone()
    return 0 if row is None else int(row[0])


def read_base(connection: sqlite3.Connection) -> Base:
    """Read the whole catalog, in the snapshot of a reading connection."""
    vocabulary = Vocabulary.empty()
    builder = PostingsBuilder(vocabulary)
    columns = _read_columns(connection, None, builder)
    order, rank = _by_time(columns)
    builder.count_words()
    mean_length = builder.mean_length()
    vocabulary, terms = vocabulary.sorted()
    postings = builder.built(rank, mean_length, terms)
    segment = _segment(connection, None, columns, order, postings, 0, None)
    return Base(segment, vocabulary, mean_length, last_change(connection))


def read_later(connection: sqlite3.Connection, photo_ids: Sequence[int], base: Base, first: int) -> Segment:
    """Read these photos, those of them that there are, into a segment behind the base."""
    chosen = json.dumps(list(photo_ids))
    builder = PostingsBuilder(base.vocabulary)
    columns = _read_columns(connection, chosen, builder)
    order, rank = _by_time(columns)
    builder.count_words()
    postings = builder.built(rank + first, base.mean_length)
    return _segment(connection, chosen, columns, order, postings, first, base.segment)


def _read_columns(connection: sqlite3.Connection, chosen: str | None, builder: PostingsBuilder) -> Columns:
    pages: list[tuple[Any, ...]] = []
    for page in _pages(connection, chosen):
        *values, texts = zip(*page, strict=True)
        builder.add(texts)
        pages.append(tuple(map(np.array, values)))
    ids, sort_time, added_at, directory, flags = (
        (np.concatenate(column) for column in zip(*pages, strict=True))
        if pages
        else (np.zeros(0, np.int64) for _ in range(5))
    )
    statement = "SELECT DISTINCT photo_id FROM job WHERE state = 'failed'"
    failed = connection.execute(
        f"{statement} AND photo_id {_FEW}" if chosen else statement, (chosen,) if chosen else ()
    )
    flags = flags.astype(np.uint8)
    flags[np.isin(ids, np.fromiter(chain.from_iterable(failed), np.int64))] |= FAILED
    return {
        "ids": ids.astype(np.int64 if len(ids) and ids.max() >= 1 << 31 else np.int32),
        "sort_time": sort_time.astype(np.float64),
        "added_at": added_at.astype(np.float64),
        "directory": directory.astype(np.int32),
        "flags": flags,
    }


def _pages(connection: sqlite3.Connection, chosen: str | None) -> Iterator[list[tuple[Any, ...]]]:
    if chosen is None:
        rows = connection.execute(f"{_SELECT} ORDER BY photo.id")
    else:
        rows = connection.execute(f"{_SELECT} WHERE photo.id {_FEW} ORDER BY photo.id", (chosen,))
    while page := rows.fetchmany(_PAGE):
        yield page


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
    first: int,
    base: Segment | None,
) -> Segment:
    columns = {name: column[order] for name, column in columns.items()}
    ids = columns.pop("ids")
    by_id = np.argsort(ids, kind="stable").astype(np.int32)
    places = np.zeros(0, np.int64) if base is None else _places(base, columns["sort_time"], ids)
    made = Segment(first, ids, by_id, columns, places, postings, Lists.of_sorted(*_NOTHING))
    keywords = _keywords(connection, chosen, made)
    return Segment(first, ids, by_id, columns, places, postings, keywords)


_NOTHING = (np.zeros(0, np.int32), np.zeros(0, np.int32))


def _keywords(connection: sqlite3.Connection, chosen: str | None, segment: Segment) -> Lists:
    # SQLite gathers them in a fifth of the time of as many rows.
    statement = "SELECT keyword_id, group_concat(photo_id) FROM photo_keyword WHERE {} GROUP BY keyword_id"
    if chosen is not None:
        rows = connection.execute(statement.format(f"+shown = 1 AND photo_id {_FEW}"), (chosen,))
    else:
        rows = connection.execute(statement.format("shown = 1"))
    keys: list[Integers] = [np.zeros(0, np.int64)]
    photos: list[Integers] = [np.zeros(0, np.int64)]
    for keyword_id, gathered in rows:
        photos.append(np.fromstring(gathered, np.int64, sep=","))
        keys.append(np.full(len(photos[-1]), keyword_id))
    docs = segment.documents(np.concatenate(photos))
    here = docs >= 0
    return Lists.of(np.concatenate(keys)[here], docs[here])


def _places(base: Segment, times: npt.NDArray[Any], ids: Integers) -> Integers:
    """How many documents of the base come before each of these, by time and id."""
    known = base.columns["sort_time"]
    low = np.searchsorted(known, times, "left")
    high = np.searchsorted(known, times, "right")
    for number in np.flatnonzero(high > low):  # photos of one second, by id
        low[number] += np.searchsorted(base.ids[low[number] : high[number]], ids[number])
    return low
