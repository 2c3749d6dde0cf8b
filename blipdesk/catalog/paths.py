"""Paths as the catalog compares them: bytes, by whole names."""

from __future__ import annotations

import os
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import InstrumentedAttribute

from blipdesk.catalog.schema import DirectoryRow
from blipdesk.catalog.text import clean

_SEPARATOR = os.sep


def normal(path: str) -> str:
    """A path without a separator at its end (but for the root itself)."""
    return path.rstrip(_SEPARATOR) or path[:1]


def within(path: str, top: str) -> bool:
    """True when ``path`` is ``top`` or lies below it."""
    return path == top or path.startswith(top.rstrip(_SEPARATOR) + _SEPARATOR)


def below(column: InstrumentedAttribute[str], top: str) -> ColumnElement[bool]:
    """The clause for :func:`within`; a range of the path index."""
    start = normal(top).rstrip(_SEPARATOR) + _SEPARATOR
    end = start[:-1] + chr(ord(_SEPARATOR) + 1)
    return or_(column == normal(top), and_(column >= start, column < end))


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
