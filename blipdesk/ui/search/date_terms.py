"""Dates as a term of a query: what the bars of the side bar put there, and what they show of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from blipdesk.domain.dates import parse_period
from blipdesk.domain.periods import Days
from blipdesk.domain.query import Filter, Node, Or, Span, leaves, parse_query


def with_dates(query: str, value: str) -> str:
    """The query with this value of a date filter instead of those that it has; empty: without any.

    >>> with_dates("dog date:2023 beach", "2024-07"), with_dates("dog date:2023,2021", "")
    ('dog beach date:2024-07', 'dog')
    """
    for start, end in sorted((_whole(query, span) for span in _spans(query)), reverse=True):
        query = f"{query[:start].rstrip()} {query[end:].lstrip()}"
    return f"{query.strip()} date:{value}".strip() if value else query.strip()


def days_of(query: str, today: date) -> Days | None:
    """The days that the date filter of a query stands for; None where it has none, or several.

    >>> days_of("dog date:2024-07", date(2026, 1, 1))
    Days(first=datetime.date(2024, 7, 1), last=datetime.date(2024, 7, 31))
    """
    terms = [*_terms(query)]
    if len(terms) != 1 or not isinstance(terms[0], Filter):
        return None
    period = parse_period(terms[0].value, today)
    return period if isinstance(period, Days) else None


def _terms(query: str) -> Iterator[Node]:
    """The terms that only ask for dates."""
    for term in parse_query(query, is_whole=True).terms if "date:" in query.lower() else ():
        parts = [*leaves(term)] if isinstance(term, Or) else [term]
        if parts and all(isinstance(part, Filter) and part.name == "date" for part in parts):
            yield term


def _spans(query: str) -> Iterator[Span]:
    return (term.span for term in _terms(query))


def _whole(query: str, span: Span) -> Span:
    """A term with the brackets around its values, and a comma that was left."""
    start, end = span
    while end < len(query) and not query[end].isspace():
        end += 1
    while start > 0 and not query[start - 1].isspace():
        start -= 1
    return start, end
