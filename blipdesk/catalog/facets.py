"""What the side bar shows of all photos beside their number: days, cameras, copies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from sqlalchemy import text

from blipdesk.catalog.database import Database
from blipdesk.catalog.filter_clauses import CAMERA_TIME
from blipdesk.domain.periods import day_start, local_day, months_from

_BETWEEN = "SELECT count(*) FROM photo WHERE hidden = 0 AND sort_time >= ? AND sort_time < ?"
"""From an index alone: 40 ms for a million photos."""
_OF_FILES = f"{_BETWEEN} AND NOT ({CAMERA_TIME})"
_NEXT = "SELECT min(sort_time) FROM photo WHERE hidden = 0 AND sort_time >= ?"
_EVER = 1e18
_CAMERAS = """SELECT camera, count(*) AS photos FROM photo WHERE hidden = 0 AND camera IS NOT NULL
    GROUP BY camera ORDER BY photos DESC, camera"""
_ANY_CAMERA = "SELECT EXISTS (SELECT 1 FROM photo WHERE hidden = 0 AND camera > '')"
_COPIES = """SELECT count(*) FROM photo WHERE twin = 1 AND +hidden = 0 AND missing = 0 GROUP BY pixel_hash
    HAVING count(*) > 1"""
"""Of each picture that several photos show, how many there are."""


class Facets:
    """Reads that take up to a second in a large catalog: whoever asks waits in between."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def months(self) -> list[tuple[date, int]]:
        """The months of which there are photos, by their first days, and how many; the first first."""
        return self._counted(lambda day: day.replace(day=1), _last_of_month)

    def days(self) -> list[tuple[date, int]]:
        """The days of which there are photos, and how many; for a library of few days."""
        return self._counted(lambda day: day, lambda day: day)

    def _counted(
        self, begin: Callable[[date], date], end: Callable[[date], date | None]
    ) -> list[tuple[date, int]]:
        with self._database.read_raw() as connection:
            return [(first, count) for first, count in _periods(connection, begin, end) if count]

    def camera_counts(self) -> list[tuple[str, int]]:
        """The cameras and how many photos are of each, the most used first."""
        with self._database.read() as connection:
            return [(camera, count) for camera, count in connection.execute(text(_CAMERAS)) if camera]

    def has_cameras(self) -> bool:
        """Whether any photo says what took it; from an index, at once."""
        with self._database.read() as connection:
            return bool(connection.scalar(text(_ANY_CAMERA)))

    def duplicates(self) -> int:
        """How many photos show the same picture as another; both are there."""
        with self._database.read() as connection:
            return sum(connection.scalars(text(_COPIES)))


def _last_of_month(first: date) -> date | None:
    """None: no calendar goes on behind it."""
    return months_from(first.year, first.month, 1).last if (first.year, first.month) < (9999, 12) else None


def _periods(
    connection: sqlite3.Connection, begin: Callable[[date], date], end: Callable[[date], date | None]
) -> Iterator[tuple[date, int]]:
    """The first day of each stretch that may have photos, and how many it has.

    The days of photos without a camera's time are those of this computer's zone (``local_day``): few of them
    stand on the other side of an edge, and these alone are looked up.
    """
    found = _one(connection, _NEXT, -_EVER)
    first = date.min
    while found is not None:
        first = max(first, begin(min(local_day(found, True), local_day(found, False))))
        last = end(first)
        behind = None if last is None or last >= date.max else last + timedelta(1)
        starts, ends = _seconds(first), _seconds(behind)
        count = _one(connection, _BETWEEN, starts[0], ends[0])
        yield first, int(count or 0) + _shifted(connection, *ends) - _shifted(connection, *starts)
        if behind is None:
            return
        found, first = _one(connection, _NEXT, min(ends)), behind


def _seconds(day: date | None) -> tuple[float, float]:
    """When a day begins, by camera time and by file time; None: never."""
    return (_EVER, _EVER) if day is None else (day_start(day, True), day_start(day, False))


def _shifted(connection: sqlite3.Connection, camera: float, file: float) -> int:
    """How many photos without a camera's time are before an edge for that alone."""
    count = int(_one(connection, _OF_FILES, min(camera, file), max(camera, file)) or 0)
    return count if file > camera else -count


def _one(connection: sqlite3.Connection, statement: str, *values: float) -> float | None:
    row: tuple[float | None] = connection.execute(statement, values).fetchone()
    return row[0]
