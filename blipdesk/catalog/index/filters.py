"""Filters as masks: their own tests, asked once for each text that a column's numbers stand for."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np

from blipdesk.catalog.filter_clauses import asked_photos
from blipdesk.catalog.index.columns import PHOTO_TYPES, SOURCES, SURENESSES, Bit
from blipdesk.catalog.index.postings import Lists
from blipdesk.catalog.index.segment import Segment
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.domain.filter_tests import (
    RATINGS,
    AskedTest,
    DateTest,
    FilterTest,
    Flag,
    FlagTest,
    KeywordTest,
    OneOfTest,
    RatingTest,
    WithinTest,
    WordsTest,
    hint_of,
)
from blipdesk.domain.filters import filter_test
from blipdesk.domain.periods import EveryYear, clipped
from blipdesk.domain.query import Filter

Passes: TypeAlias = Callable[[Any], bool]
_BITS = {
    Flag.QUESTION: Bit.QUESTION,
    Flag.GPS: Bit.GPS,
    Flag.EDITED: Bit.EDITED,
    Flag.SIDECAR: Bit.SIDECAR,
    Flag.MISSING: Bit.MISSING,
    Flag.FAVOURITE: Bit.FAVOURITE,
}
_ONE_OF: dict[str, Sequence[str | None]] = {"type": PHOTO_TYPES, "source": SOURCES, "sureness": SURENESSES}
_FIRST_OF_1970 = date(1970, 1, 1).toordinal()
_LISTED = "SELECT coalesce(group_concat(photo_id), '-1') FROM ({})"
"""A million photos as one text: as rows they take three times as long."""
_REMEMBERED = 64
_COMPARED = 8
"""Up to so many numbers it is quicker to compare a column with each than to look each of its values up."""


class Tables:
    """The folders and keywords of a catalog by number, and which of them pass a test.

    Rows of both tables are only added, so that those that are known are never read again.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._folders: dict[int, str] = {}
        self._keywords: dict[int, str] = {}
        self._passed: OrderedDict[tuple[str, FilterTest, int], Integers] = OrderedDict()

    def folders(self, connection: sqlite3.Connection, test: WordsTest | WithinTest) -> Integers:
        """The numbers of the folders that pass, ascending."""
        with self._guard:
            rows = connection.execute(
                "SELECT id, path FROM directory WHERE id > ?", (max(self._folders, default=0),)
            )
            self._folders.update((number, os.fsdecode(path)) for number, path in rows)
            return self._passing("folder", self._folders, test)

    def keywords(self, connection: sqlite3.Connection, test: KeywordTest) -> Integers:
        """The numbers of the keywords that pass, ascending."""
        with self._guard:
            rows = connection.execute(
                "SELECT id, folded FROM keyword WHERE id > ?", (max(self._keywords, default=0),)
            )
            # The catalog folds case alone.
            self._keywords.update((number, KeywordTest.folded(text)) for number, text in rows)
            return self._passing("keyword", self._keywords, test)

    def _passing(
        self, kind: str, table: dict[int, str], test: WordsTest | WithinTest | KeywordTest
    ) -> Integers:
        key = (kind, test, len(table))
        found = self._passed.get(key)
        if found is None:
            passes: Passes = test.match_value
            if isinstance(test, KeywordTest):
                numbers = _keywords_that_pass(table, test)
            else:
                numbers = [number for number, text in table.items() if passes(text)]
            found = np.array(numbers, np.int64)
            self._passed[key] = found
            if len(self._passed) > _REMEMBERED:
                self._passed.popitem(last=False)
        return found


def _keywords_that_pass(folded: dict[int, str], test: KeywordTest) -> list[int]:
    """To cut 10,000 keywords into words takes longer than a key may: most are told by a few letters."""
    hint, passes = hint_of(test.keyword) if test.is_part else "", test.match_folded
    return [
        number for number, text in folded.items() if (hint in text or not text.isascii()) and passes(text)
    ]


def passing_days(period: EveryYear, columns: Sequence[Integers]) -> Bools:
    """Of each day up to the last one here whether it is of a period that comes again each year.

    The period is asked for the years that are here alone: a camera whose clock was never set says year 1.

    Args:
        period: the period.
        columns: days, by their number (:meth:`~datetime.date.toordinal`), in any order; quick where most
            of them stand beside their like.
    """
    is_here = np.zeros(1 + max(int(days.max(initial=0)) for days in columns), np.bool_)
    for days in columns:
        is_here[days[:1]] = True
        is_here[days[1:][days[1:] != days[:-1]]] = True
    passes = np.zeros_like(is_here)
    since_1970 = (np.flatnonzero(is_here) - _FIRST_OF_1970).astype("datetime64[D]").astype("datetime64[Y]")
    for year in (1970 + np.unique(since_1970).astype(np.int64)).tolist():
        for part in clipped(period, date(year, 1, 1), date(year, 12, 31)):
            assert part.first is not None and part.last is not None
            passes[part.first.toordinal() : part.last.toordinal() + 1] = True
    return passes


class FilterMasks:
    """The documents of filters in one state."""

    def __init__(self, state: State, connection: sqlite3.Connection, tables: Tables) -> None:
        self._state = state
        self._connection = connection
        self._tables = tables

    def of(self, node: Filter) -> Bools:
        """The documents that pass a filter of a parsed query."""
        test = filter_test(node.name, node.value, date.today(), node.prefix)
        if isinstance(test, FlagTest):
            return self._flags(test)
        if isinstance(test, KeywordTest):
            return self._keyword(test)
        if isinstance(test, OneOfTest):
            return self._numbered(test.field, _ONE_OF[test.field], test.match_value)
        if isinstance(test, RatingTest):
            return self._numbered(test.field, RATINGS, test.match_value)
        if isinstance(test, DateTest):
            return self._days(test)
        if isinstance(test, WordsTest) and test.field in ("camera", "lens"):
            names = self._state.base.names[test.field].names
            return self._numbered(test.field, [None, *names[1:]], test.match_value)
        if isinstance(test, WithinTest | WordsTest) and test.field == "folder":
            return self.among("directory", self._tables.folders(self._connection, test))
        if isinstance(test, WordsTest) and test.field == "name":
            return self._name(test)
        assert isinstance(test, AskedTest | WordsTest)
        return self._asked(test)

    def among(self, column: str, numbers: Integers) -> Bools:
        """The documents of which a column has one of some numbers."""
        mask = self._state.nothing()
        if not len(numbers):
            return mask
        table = np.zeros(int(numbers.max()) + 2, np.bool_)
        table[numbers] = True
        for part, values in self._state.column(column):
            if len(numbers) > _COMPARED:
                mask[part] = table.take(values, mode="clip")
                continue
            for number in numbers.tolist():
                mask[part] |= values == number
        return mask

    def _numbered(self, column: str, values: Sequence[Any], passes: Passes) -> Bools:
        return self.among(column, np.flatnonzero([passes(value) for value in values]))

    def _keyword(self, test: KeywordTest) -> Bools:
        mask = self._keywords(test)
        return mask if (mask & self._state.alive).any() else self._keywords(test.loosened())

    def _keywords(self, test: KeywordTest) -> Bools:
        shown = self._tables.keywords(self._connection, test)
        levels = self._state.base.names["levels"].names
        above = np.flatnonzero([number > 0 and test.match_value(name) for number, name in enumerate(levels)])
        mask = self._state.having(keywords_of, shown)
        return mask | self._state.having(_levels_of, above) if len(above) else mask

    def _name(self, test: WordsTest) -> Bools:
        mask = self._state.nothing()
        for segment in self._state.segments:
            docs = segment.columns["by_name"][segment.names.having(test.words)]
            mask[docs + segment.first if segment.first else docs] = True
        return mask

    def _days(self, test: DateTest) -> Bools:
        mask, columns = self._state.nothing(), self._state.column("day")
        period = test.period
        if isinstance(period, EveryYear):
            passes = passing_days(period, [days for _, days in columns])
            for part, days in columns:
                mask[part] = passes.take(days)
            return mask
        first = 0 if period.first is None else period.first.toordinal()
        last = date.max.toordinal() if period.last is None else period.last.toordinal()
        for part, days in columns:
            mask[part] = (days >= first) & (days <= last)
        return mask

    def _flags(self, test: FlagTest) -> Bools:
        mask = self._state.nothing()
        bits = np.uint16(sum(bit for flag, bit in _BITS.items() if test.match_value(flag)))
        for part, flags in self._state.column("flags"):
            mask[part] = (flags & bits) != 0
            if test.match_value(Flag.FAILED):
                mask[part] |= (flags & (Bit.FAILED | Bit.MISSING)) == Bit.FAILED
        if test.match_value(Flag.CAPTION):
            for part, sources in self._state.column("source"):
                mask[part] |= sources > 0
        if test.match_value(Flag.DUPLICATE):
            mask |= self._state.duplicates()
        return mask

    def _asked(self, test: AskedTest | WordsTest) -> Bools:
        found = asked_photos(self._connection, test)
        (ids,) = self._connection.execute(_LISTED.format(found.sql), found.values).fetchone()
        docs = self._state.documents(np.fromstring(ids, np.int64, sep=","))
        mask = self._state.nothing()
        mask[docs[docs >= 0]] = True
        return mask


def keywords_of(segment: Segment) -> Lists:
    """The documents that show each keyword."""
    return segment.keywords


def _levels_of(segment: Segment) -> Lists:
    return segment.levels
