"""A parsed query as SQL: words and phrases are asked of FTS5, filters of their clauses.

Each word is quoted by itself, so nothing typed is ever read as FTS5 syntax, and all of it is bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blipdesk.catalog.clauses import Selection
from blipdesk.catalog.filter_clauses import Clause, filter_clause
from blipdesk.catalog.searchtext import spaced
from blipdesk.domain.query import And, Filter, Node, Not, Or, Phrase, Query, Word

_MATCHING = "photo.id IN (SELECT rowid FROM photo_fts WHERE photo_fts MATCH ?)"
_FOUND = "photo_fts CROSS JOIN photo ON photo.id = photo_fts.rowid"


def term_expression(term: Word | Phrase) -> str:
    """A word or phrase as an FTS5 string."""
    words = " ".join(spaced(" ".join(term.parts)).split())
    return '"' + words.replace('"', '""') + '"' + (" *" if term.prefix else "")


def text_expression(node: Node) -> str | None:
    """A node as an FTS5 expression; None where FTS5 alone cannot tell."""
    match node:
        case Word() | Phrase():
            return term_expression(node)
        case Or():
            found = [text_expression(term) for term in node.terms]
            return None if None in found else _joined(" OR ", [one for one in found if one])
        case And():
            wanted = [text_expression(term) for term in node.terms if not isinstance(term, Not)]
            unwanted = [text_expression(term.term) for term in node.terms if isinstance(term, Not)]
            if not wanted or None in wanted or None in unwanted:
                return None
            return _without([one for one in wanted if one], [one for one in unwanted if one])
    return None


def _joined(operator: str, expressions: Sequence[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({operator.join(expressions)})"


def _without(wanted: Sequence[str], unwanted: Sequence[str]) -> str:
    found = _joined(" AND ", wanted)
    return f"({found} NOT {_joined(' OR ', unwanted)})" if unwanted else found


def node_clause(connection: sqlite3.Connection, node: Node, today: date) -> Clause:
    """The condition on ``photo`` for a part of a query."""
    expression = text_expression(node)
    if expression is not None:
        return Clause(_MATCHING, (expression,))
    match node:
        case Filter():
            return filter_clause(connection, node, today)
        case Not():
            inner = node_clause(connection, node.term, today)
            return Clause(f"({inner.sql}) IS NOT TRUE", inner.values)  # what is NULL is not so either
        case And():
            return _all(node_clause(connection, term, today) for term in node.terms)
        case Or():
            return _any(node_clause(connection, term, today) for term in node.terms)
    raise TypeError(f"{type(node).__name__} is no part of a query")


def _all(clauses: Iterable[Clause]) -> Clause:
    listed = list(clauses)
    return Clause(" AND ".join(f"({c.sql})" for c in listed), tuple(v for c in listed for v in c.values))


def _any(clauses: Iterable[Clause]) -> Clause:
    listed = list(clauses)
    return Clause(" OR ".join(f"({c.sql})" for c in listed), tuple(v for c in listed for v in c.values))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as it is asked of SQL: soft terms, and conditions that always hold."""

    soft: tuple[str, ...] = ()
    """FTS5 expressions: a photo has all, or, further down, some."""
    required: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    """FTS5 expressions that always, and never, match."""
    conditions: tuple[Clause, ...] = field(default=())

    @classmethod
    def of(cls, connection: sqlite3.Connection, query: Query, today: date) -> Wanted:
        """Take a query apart."""
        soft = [expression for term in query.soft if (expression := text_expression(term)) is not None]
        required: list[str] = []
        unwanted: list[str] = []
        conditions: list[Clause] = []
        hard = query.hard
        terms = hard.terms if isinstance(hard, And) else [hard] if hard is not None else []
        for term in terms:
            expression = text_expression(term)
            negative = text_expression(term.term) if isinstance(term, Not) else None
            if expression is not None:
                required.append(expression)
            elif negative is not None:
                unwanted.append(negative)
            else:
                conditions.append(node_clause(connection, term, today))
        return cls(tuple(soft), tuple(required), tuple(unwanted), tuple(conditions))

    def all_words(self) -> str:
        """The expression for photos that have every soft term; empty where FTS5 is not needed."""
        return self._expression(self.soft)

    def any_word(self, soft: Sequence[str] | None = None) -> str:
        """The expression for photos that have any of the soft terms."""
        return self._expression((_joined(" OR ", self.soft if soft is None else soft),))

    def _expression(self, soft: Sequence[str]) -> str:
        wanted = (*soft, *self.required)
        return _without(wanted, self.unwanted) if wanted else ""

    def selections(self) -> Iterator[Selection]:
        """What to look for, one after the other until one has photos."""
        expression = self.all_words()
        if expression:
            yield self.found_by(expression)
            if len(self.soft) > 1:
                yield self.found_by(self.any_word())
        elif self.unwanted:
            without = Clause(f"({_MATCHING}) IS NOT TRUE", (_joined(" OR ", self.unwanted),))
            yield self._selected("photo", without)
        else:
            yield self._selected("photo")

    def found_by(self, expression: str) -> Selection:
        """The photos of an FTS5 expression under the conditions."""
        return self._selected(_FOUND, Clause("photo_fts MATCH ?", (expression,)))

    def _selected(self, tables: str, *first: Clause) -> Selection:
        clauses = (*first, *self.conditions)
        values: tuple[Any, ...] = tuple(value for clause in clauses for value in clause.values)
        return Selection(tables, " AND ".join(f"({c.sql})" for c in clauses) or "TRUE", values)
