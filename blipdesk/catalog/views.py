"""The gallery's rows: which photos a view has, in which order, a million of them in under a second."""

from __future__ import annotations

import sqlite3
from array import array
from itertools import chain
from typing import Any

from blipdesk.catalog.clauses import Selection, photos_of, view_clause
from blipdesk.catalog.database import Database
from blipdesk.catalog.query import parse_query
from blipdesk.catalog.search import matching, ranked_ids
from blipdesk.domain.values import LibraryView, SortOrder

RELEVANT = 2000
"""Photos of a view in order of relevance; whoever scrolls further sorts by date."""

_ORDERS = {
    SortOrder.NEWEST: "photo.sort_time DESC, photo.id DESC",
    SortOrder.OLDEST: "photo.sort_time, photo.id",
    SortOrder.ADDED: "photo.added_at DESC, photo.id DESC",
    SortOrder.NAME: "photo.name, photo.id",
    SortOrder.RELEVANCE: "photo.sort_time DESC, photo.id DESC",
}


class Views:
    """Answers the gallery."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, view: LibraryView) -> array[int]:
        """The photos of a view in order, as an array of 64-bit ids.

        A query shows the photos that have all its words, or, where none has, those with any of them.
        """
        where, values = view_clause(view)
        with self._database.read_raw() as connection:
            if not view.query.strip():
                return _ids(connection, photos_of(Selection(), where, _ORDERS[view.order]), values)
            query = parse_query(view.query)
            if view.order is SortOrder.RELEVANCE:
                return array("q", ranked_ids(connection, query, RELEVANT, where, values))
            for selection in matching(query):
                statement = photos_of(selection, where, _ORDERS[view.order])
                found = _ids(connection, statement, (*selection.values, *values))
                if found:
                    return found
        return array("q")


def _ids(connection: sqlite3.Connection, statement: str, values: tuple[Any, ...]) -> array[int]:
    return array("q", chain.from_iterable(connection.execute(statement, values)))
