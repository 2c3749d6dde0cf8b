"""The gallery's rows: which photos a view has, in which order, a million of them in under a second."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import chain

from blipdesk.catalog.clauses import Selection, photos_of, view_clause
from blipdesk.catalog.database import Database
from blipdesk.catalog.search import ORDERS, Search
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, ViewKind


class Views:
    """Answers the gallery."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._search = Search(database)

    def first_ids(self, view: LibraryView, most: int) -> array[int]:
        """So many photos that a view without a query begins with: a millisecond, however many it has."""
        where, values = view_clause(view)
        with self._database.read_raw() as connection:
            statement = f"{photos_of(Selection(), where, ORDERS[view.order])} LIMIT {most:d}"
            return array("q", chain.from_iterable(connection.execute(statement, values)))

    def ids(self, view: LibraryView) -> array[int]:
        """The photos of a view in order, as an array of 64-bit ids.

        A query shows the photos that have all its words, or, where none has, those with any of them.
        """
        query = parse_query(view.query)
        if query.tree is not None:
            return self._search.answer(SearchRequest(view.query, view), query).ids
        where, values = view_clause(view)
        with self._database.read_raw() as connection:
            if view.kind is ViewKind.DUPLICATES:
                columns = "photo.pixel_hash, photo.id"
                return _by_picture(
                    connection.execute(photos_of(Selection(), where, ORDERS[view.order], columns), values)
                )
            statement = photos_of(Selection(), where, ORDERS[view.order])
            return array("q", chain.from_iterable(connection.execute(statement, values)))


def _by_picture(rows: Iterable[tuple[str, int]]) -> array[int]:
    """Copies beside each other, each picture where the first of its photos stands."""
    pictures: dict[str, list[int]] = {}
    for picture, photo_id in rows:
        pictures.setdefault(picture, []).append(photo_id)
    return array("q", chain.from_iterable(pictures.values()))
