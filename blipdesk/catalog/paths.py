"""Paths as the catalog compares them: bytes, by whole names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import InstrumentedAttribute

from blipdesk.catalog.schema import DirectoryRow, PhotoRow
from blipdesk.catalog.text import clean

_SEPARATOR = os.sep
_FEW = 5000  # photos that are rather looked up one by one than met in the order of the queue
_PAGE = 200  # SQLite parses a condition of at most 1000 levels


def normal(path: str) -> str:
    """A path without a separator at its end (but for the root itself)."""
    return path.rstrip(_SEPARATOR) or path[:1]


def bounds(top: str) -> tuple[str, str]:
    """All paths below ``top`` are at or after the first, and before the second."""
    start = normal(top).rstrip(_SEPARATOR) + _SEPARATOR
    return start, start[:-1] + chr(ord(_SEPARATOR) + 1)


def below(column: InstrumentedAttribute[str], top: str) -> ColumnElement[bool]:
    """The clause for paths at or below ``top``; a range of the path index."""
    start, end = bounds(top)
    return or_(column == normal(top), and_(column >= start, column < end))


def few_below(connection: Connection, tops: Sequence[str]) -> list[int] | None:
    """The photos at or below any of ``tops``; None where a condition (:func:`below_any`) serves better."""
    found: list[int] = []
    for start in range(0, len(tops), _PAGE):
        wanted = select(PhotoRow.id).where(below_any(tops[start : start + _PAGE]))
        found += connection.scalars(wanted if len(tops) > _PAGE else wanted.limit(_FEW + 1))
    return None if len(found) > _FEW and len(tops) <= _PAGE else found


def below_any(tops: Sequence[str]) -> ColumnElement[bool]:
    """The clause for photos at or below any of ``tops``."""
    return or_(false(), *(below(PhotoRow.path, top) for top in tops))


def sort_name(path: str) -> str:
    """A file name as the gallery sorts it."""
    return clean(os.path.basename(path)).casefold()


def directory_ids(connection: Connection, paths: Iterable[str]) -> dict[str, int]:
    """The ids of the directories of files, made where they are new; keyed by directory path."""
    wanted = sorted({os.path.dirname(path) for path in paths})
    if not wanted:
        return {}
    connection.execute(
        upsert(DirectoryRow).on_conflict_do_nothing(), [{"path": directory} for directory in wanted]
    )
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        page = wanted[start : start + 500]
        rows = connection.execute(
            select(DirectoryRow.path, DirectoryRow.id).where(DirectoryRow.path.in_(page))
        )
        found.update((directory, number) for directory, number in rows)
    return found
