"""Full-text search: photos with all the words first, then those with any, each ranked by BM25.

A common word in a large library has too many hits to rank (SQLite looks each of them up: 80-160 ms for
225,000 of a million); beyond :data:`GATE` hits only the newest of them are ranked.  Measured in the search
study: 12 ms instead of 82-161.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from blipdesk.catalog.clauses import SHOWN, Selection, photos_of, view_clause
from blipdesk.catalog.database import Database
from blipdesk.catalog.query import Query, parse_query
from blipdesk.catalog.searchtext import FIELDS
from blipdesk.domain.values import LibraryView, SearchHit
from blipdesk.domain.words import CJK

_log = logging.getLogger(__name__)

GATE = 8000
"""More hits than this are not ranked one by one."""
_NEWEST = 4000
_START, _END = "\x02", "\x03"
_MARKED = re.compile(f"{_START}(.*?){_END}", re.DOTALL)
_CJK_GAP = re.compile(f"(?<=[{CJK}])\\s+(?=[{CJK}])")
_WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")


class Search:
    """Answers the search box; any string is a query."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, query: str, limit: int = 200, view: LibraryView | None = None) -> list[SearchHit]:
        """The best photos for a query, with what matched in words.

        Args:
            query: what was typed; never raises, nothing in it is syntax but ``-``, quotes and ``OR``.
            limit: the most hits.
            view: a side-bar row that the hits have to be of (its own query is not looked at).
        """
        parsed = parse_query(query)
        where, values = view_clause(view)
        with self._database.read_raw() as connection:
            hits = _ranked(connection, parsed, limit, where, values)
            return _explained(connection, parsed, hits)


def matching(query: Query) -> Iterator[Selection]:
    """What to look for, one after the other until one has photos."""
    if query.groups:
        yield _found_by(query.all_words())
        yield _found_by(query.any_word())
    elif query.excluded:
        unwanted = "SELECT rowid FROM photo_fts WHERE photo_fts MATCH ?"
        yield Selection(condition=f"photo.id NOT IN ({unwanted})", values=(query.unwanted(),))


def _found_by(expression: str) -> Selection:
    tables = "photo_fts CROSS JOIN photo ON photo.id = photo_fts.rowid"
    return Selection(tables, "photo_fts MATCH ?", (expression,))


def ranked_ids(
    connection: sqlite3.Connection, query: Query, limit: int, where: str, values: tuple[Any, ...]
) -> list[int]:
    """The best photos for a query, best first."""
    return [photo_id for photo_id, _ in _ranked(connection, query, limit, where, values)]


def _ranked(
    connection: sqlite3.Connection, query: Query, limit: int, where: str, values: tuple[Any, ...]
) -> list[tuple[int, float]]:
    if query.empty or limit <= 0:
        return []
    try:
        if not query.groups:
            selection = next(matching(query))
            statement = photos_of(selection, where, "photo.id DESC LIMIT ?")
            rows = connection.execute(statement, (*selection.values, *values, limit))
            return [(photo_id, 1.0) for (photo_id,) in rows]
        hits = _best(connection, query.all_words(), limit, where, values)
        found = [(photo_id, 2.0 + score) for photo_id, score in hits]
        if len(found) < limit and len(query.terms()) > 1:
            having_all = {photo_id for photo_id, _ in found}
            more = _best(connection, _telling(connection, query), limit, where, values)
            found += [(photo_id, 1.0 + score) for photo_id, score in more if photo_id not in having_all]
        return found[:limit]
    except sqlite3.OperationalError as error:
        # The expression is built of quoted strings alone; should FTS5 still refuse one, nothing was found.
        if "fts5" not in str(error):
            raise
        _log.warning("full-text search refused an expression: %s", error)
        return []


def _count(connection: sqlite3.Connection, expression: str) -> int:
    row = connection.execute(
        "SELECT count(*) FROM (SELECT rowid FROM photo_fts WHERE photo_fts MATCH ? LIMIT ?)",
        (expression, GATE + 1),
    ).fetchone()
    return int(row[0])


def _telling(connection: sqlite3.Connection, query: Query) -> str:
    """Any of the words; where some are rare, the common ones tell nothing and are left out."""
    rare = [term for term in query.terms() if _count(connection, term.expression) <= GATE]
    return query.any_word(rare or None)


def _best(
    connection: sqlite3.Connection, expression: str, limit: int, where: str, values: tuple[Any, ...]
) -> list[tuple[int, float]]:
    """Photo ids with a score in 0..1, best first."""
    floor = 0
    if _count(connection, expression) > GATE:
        if where != SHOWN:  # the newest hits may all be outside of the view
            statement = photos_of(_found_by(expression), where, "photo_fts.rowid DESC LIMIT ?")
            rows = connection.execute(statement, (expression, *values, limit))
            return [(photo_id, 0.5) for (photo_id,) in rows]
        row = connection.execute(
            "SELECT rowid FROM photo_fts WHERE photo_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
            (expression, max(_NEWEST, limit)),
        ).fetchone()
        floor = 0 if row is None else row[0]
    if where == SHOWN and not connection.execute("SELECT 1 FROM photo WHERE hidden = 1 LIMIT 1").fetchall():
        rows = connection.execute(
            "SELECT rowid, bm25(photo_fts) AS score FROM photo_fts WHERE photo_fts MATCH ? AND rowid >= ?"
            " ORDER BY score, rowid DESC LIMIT ?",
            (expression, floor, limit),
        )
        return [(photo_id, -score / (1.0 - score)) for photo_id, score in rows]
    statement = photos_of(
        _found_by(expression),
        f"photo_fts.rowid >= ? AND {where}",
        "score, photo.id DESC LIMIT ?",
        columns="photo.id, bm25(photo_fts) AS score",
    )
    rows = connection.execute(statement, (expression, floor, *values, limit))
    return [(photo_id, -score / (1.0 - score)) for photo_id, score in rows]


def _explained(
    connection: sqlite3.Connection, query: Query, hits: Sequence[tuple[int, float]]
) -> list[SearchHit]:
    if not query.groups:
        return [SearchHit(photo_id, score, "without the excluded words") for photo_id, score in hits]
    expression = query.any_word()
    marked: dict[int, str] = {}
    for start in range(0, len(hits), 500):
        page = [photo_id for photo_id, _ in hits[start : start + 500]]
        rows = connection.execute(
            "SELECT rowid, highlight(photo_fts, 0, ?, ?) FROM photo_fts"
            " WHERE photo_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))",
            (_START, _END, expression, json.dumps(page)),
        )
        marked.update(rows.fetchall())
    return [_hit(photo_id, score, marked.get(photo_id, "")) for photo_id, score in hits]


def _hit(photo_id: int, score: float, marked: str) -> SearchHit:
    """Say in words where the marked text matched: its lines are the fields of the photo."""
    reasons: list[str] = []
    words: dict[str, None] = {}
    for field, line in zip(FIELDS, marked.split("\n"), strict=False):
        spans = dict.fromkeys(_CJK_GAP.sub("", span.strip()).lower() for span in _MARKED.findall(line))
        if spans:
            reasons.append(f"{field}: {', '.join(spans)}")
        for span in spans:
            words.update(dict.fromkeys(_WORD.findall(span)))
    return SearchHit(photo_id, score, "; ".join(reasons), tuple(words))
