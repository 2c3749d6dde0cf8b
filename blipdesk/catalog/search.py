"""Search by SQL alone: photos with all the words first, then those with any, each ranked by BM25.

This is what the index in memory has to agree with, and what answers while there is none.  A common word in a
large library has too many hits to rank (SQLite looks each of them up: 80-160 ms for 225,000 of a million);
beyond :data:`GATE` hits only the newest of them are ranked.  Measured in the search study: 12 ms instead of
82-161.
"""

from __future__ import annotations

import logging
import sqlite3
from array import array
from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from blipdesk.catalog.clauses import SHOWN, Selection, photos_of, view_clause
from blipdesk.catalog.database import Database
from blipdesk.catalog.filter_clauses import SURENESS
from blipdesk.catalog.search_clauses import Wanted
from blipdesk.domain.query import Query, parse_query
from blipdesk.domain.search import SearchAnswer, SearchHit, SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder

_log = logging.getLogger(__name__)

_DOUBT = f"CASE {SURENESS} WHEN 'unsure' THEN 0 WHEN 'fair' THEN 1 WHEN 'sure' THEN 2 ELSE 3 END"
GATE = 8000
"""More hits than this are not ranked one by one."""
RELEVANT = 2000
"""Photos of a view in order of relevance; whoever scrolls further sorts by date."""
ORDERS = {
    SortOrder.NEWEST: "photo.sort_time DESC, photo.id DESC",
    SortOrder.OLDEST: "photo.sort_time, photo.id",
    SortOrder.ADDED: "photo.added_at DESC, photo.id DESC",
    SortOrder.NAME: "photo.name, photo.id",
    SortOrder.SURENESS: f"{_DOUBT}, photo.sort_time DESC, photo.id DESC",
    SortOrder.RELEVANCE: "photo.sort_time DESC, photo.id DESC",
}
_NEWEST = 4000


class Search:
    """Answers the search box; any string is a query."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, query: str, limit: int = 200, view: LibraryView | None = None) -> list[SearchHit]:
        """The best photos for a query, with what matched in words.

        Args:
            query: what was typed; never raises.
            limit: the most hits.
            view: a side-bar row that the hits have to be of (its own query is not looked at).
        """
        from blipdesk.catalog.index.explain import Explainer  # with numpy, which no start needs
        from blipdesk.catalog.index.texts import Texts

        parsed = parse_query(query)
        where, values = view_clause(view)
        with self._database.read_raw() as connection:
            hits = _ranked(connection, parsed, limit, where, values)
            texts = Texts(connection).of([photo_id for photo_id, _ in hits])
        explainer = Explainer(parsed)
        return [explainer.hit(photo_id, texts.get(photo_id, ""), score) for photo_id, score in hits]

    def answer(self, request: SearchRequest, query: Query) -> SearchAnswer:
        """The photos of a query: by relevance, or in the order of the view those with all words, else any."""
        view = request.view
        where, values = view_clause(view)
        scores = array("d")
        with self._database.read_raw() as connection:
            if request.ranked and view.order is SortOrder.RELEVANCE and query.soft:
                limit = RELEVANT if request.limit is None else min(request.limit, RELEVANT)
                hits = _ranked(connection, query, limit, where, values)
                ids = array("q", [photo_id for photo_id, _ in hits])
                scores = array("d", [score for _, score in hits])
            else:
                ids = _listed(connection, query, request, where, values)
        return SearchAnswer(ids, scores, len(ids), len(ids), problems=query.problems)


def _listed(
    connection: sqlite3.Connection, query: Query, request: SearchRequest, where: str, values: tuple[Any, ...]
) -> array[int]:
    order = ORDERS[request.view.order] + ("" if request.limit is None else " LIMIT ?")
    last = () if request.limit is None else (request.limit,)
    if query.tree is None:
        return array("q")
    for selection in Wanted.of(connection, query, date.today()).selections():
        found = _ids(connection, selection, where, order, (*values, *last))
        if found:
            return found
    return array("q")


def _ids(
    connection: sqlite3.Connection, selection: Selection, where: str, order: str, values: tuple[Any, ...]
) -> array[int]:
    rows = connection.execute(photos_of(selection, where, order), (*selection.values, *values))
    return array("q", chain.from_iterable(rows))


def _ranked(
    connection: sqlite3.Connection, query: Query, limit: int, where: str, values: tuple[Any, ...]
) -> list[tuple[int, float]]:
    """The best photos with their scores: 2 to 3 with all the words, 1 to 2 with some."""
    if query.tree is None or limit <= 0:
        return []
    wanted = Wanted.of(connection, query, date.today())
    if not wanted.soft:
        order = ORDERS[SortOrder.NEWEST] + " LIMIT ?"
        found = _ids(connection, next(wanted.selections()), where, order, (*values, limit))
        return [(photo_id, 1.0) for photo_id in found]
    try:
        best = _Best(connection, wanted, limit, where, values)
        hits = [(photo_id, 2.0 + score) for photo_id, score in best.of(wanted.all_words())]
        if len(hits) < limit and len(wanted.soft) > 1:
            having_all = {photo_id for photo_id, _ in hits}
            more = best.of(wanted.any_word(best.telling()))
            hits += [(photo_id, 1.0 + score) for photo_id, score in more if photo_id not in having_all]
        return hits[:limit]
    except sqlite3.OperationalError as error:
        # The expression is built of quoted strings alone; should FTS5 still refuse one, nothing was found.
        if "fts5" not in str(error):
            raise
        _log.warning("full-text search refused an expression: %s", error)
        return []


class _Best:
    """Ranks the photos of one query that are in a view."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        wanted: Wanted,
        limit: int,
        where: str,
        values: tuple[Any, ...],
    ) -> None:
        self._connection = connection
        self._wanted = wanted
        self._limit = limit
        self._where = where
        self._values = values
        self._is_narrowed = where != SHOWN or bool(wanted.conditions)

    def _count(self, expression: str) -> int:
        row = self._connection.execute(
            "SELECT count(*) FROM (SELECT rowid FROM photo_fts WHERE photo_fts MATCH ? LIMIT ?)",
            (expression, GATE + 1),
        ).fetchone()
        return int(row[0])

    def telling(self) -> Sequence[str]:
        """The words; where some are rare, the common ones tell nothing and are left out."""
        rare = [expression for expression in self._wanted.soft if self._count(expression) <= GATE]
        return rare or self._wanted.soft

    def of(self, expression: str) -> list[tuple[int, float]]:
        """Photo ids with a score in 0..1, best first."""
        floor = 0
        if self._count(expression) > GATE:
            if self._is_narrowed:  # the newest hits may all be outside of the view
                rows = self._rows(expression, "photo.id, -1.0", "photo_fts.rowid DESC", 0)
                return [(photo_id, 0.5) for photo_id, _ in rows]
            row = self._connection.execute(
                "SELECT rowid FROM photo_fts WHERE photo_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
                (expression, max(_NEWEST, self._limit)),
            ).fetchone()
            floor = 0 if row is None else row[0]
        hidden = "SELECT 1 FROM photo WHERE hidden = 1 LIMIT 1"
        if not self._is_narrowed and not self._connection.execute(hidden).fetchall():
            rows = self._connection.execute(
                "SELECT rowid, bm25(photo_fts) AS score FROM photo_fts WHERE photo_fts MATCH ?"
                " AND rowid >= ? ORDER BY score, rowid DESC LIMIT ?",
                (expression, floor, self._limit),
            ).fetchall()
        else:
            columns = "photo.id, bm25(photo_fts) AS score"
            rows = self._rows(expression, columns, "score, photo.id DESC", floor)
        return [(photo_id, -score / (1.0 - score)) for photo_id, score in rows]

    def _rows(self, expression: str, columns: str, order: str, floor: int) -> list[tuple[int, float]]:
        selection = self._wanted.found_by(expression)
        where = f"photo_fts.rowid >= ? AND {self._where}"
        statement = photos_of(selection, where, f"{order} LIMIT ?", columns)
        values = (*selection.values, floor, *self._values, self._limit)
        return self._connection.execute(statement, values).fetchall()
