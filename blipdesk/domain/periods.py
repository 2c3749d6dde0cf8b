"""Stretches of days, and what comes again each year; and which day a photo is of.

Seasons are those of the northern half of the earth, whole months each.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

from blipdesk.domain.wording import tr

_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
"""The months of a year."""
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month with which each begins."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to ``last``, both among them; None: without an end on that side."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        """Whether a day is one of them."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class EveryYear:
    """Days that come again each year: ``july``, ``christmas``, ``summer``."""

    name: str

    def of(self, year: int) -> Days | None:
        """The days that begin in a year; None where it has none (29 February)."""
        days = occasion(self.name)
        try:
            return days(year) if days is not None else None
        except (ValueError, OverflowError):
            return None

    def __contains__(self, day: date) -> bool:
        """Whether a day is one of them, of any year."""
        return any(days is not None and day in days for days in map(self.of, (day.year, day.year - 1)))


Period: TypeAlias = Days | EveryYear
"""What a date that was typed stands for."""


def in_words(period: Period) -> str:
    """What days a period is.

    >>> in_words(Days(date(2024, 7, 1), date(2024, 7, 31))), in_words(Days(None, date(2024, 7, 1)))
    ('2024-07-01 to 2024-07-31', 'until 2024-07-01')
    """
    if isinstance(period, EveryYear):
        return tr("{period} of any year", period=period.name)
    match period.first, period.last:
        case None, None:
            return tr("any day")
        case None, last:
            return tr("until {day}", day=last)
        case first, None:
            return tr("since {day}", day=first)
        case first, last:
            return f"{first}" if first == last else tr("{first} to {last}", first=first, last=last)


def clipped(period: Period, first: date, last: date) -> list[Days]:
    """The stretches of a period between two days, both ends of each known, the earliest first."""
    years = range(max(first.year - 1, 1), last.year + 1)
    found = [period] if isinstance(period, Days) else [days for days in map(period.of, years) if days]
    cut = (Days(max(days.first or first, first), min(days.last or last, last)) for days in found)
    return [days for days in cut if days.first and days.last and days.first <= days.last]


def local_day(seconds: float, is_camera_time: bool) -> date:
    """The day of a photo's sort time.

    Args:
        seconds: POSIX seconds; those of a camera's local time were read as UTC.
        is_camera_time: they are; else they are a file's, and the day is that of this computer's zone.
    """
    if not is_camera_time:
        try:
            return datetime.fromtimestamp(seconds).date()
        except (ValueError, OverflowError, OSError):
            pass
    try:
        return _EPOCH + timedelta(days=seconds // 86400)
    except (OverflowError, ValueError):
        return date.max if seconds > 0 else date.min


def day_start(day: date, is_camera_time: bool) -> float:
    """The first second of a day, as :func:`local_day` reads it."""
    if not is_camera_time:
        try:
            return time.mktime((day.year, day.month, day.day, 0, 0, 0, 0, 0, -1))
        except (ValueError, OverflowError):
            pass
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


# ---------------------------------------------------------------------------------------- occasions


def calendar_days(year: int, month: int = 0, day: int = 0) -> Days:
    """A year, a month or a day; 0: not told.

    Raises:
        ValueError: there is no such day.
    """
    if not month:
        return Days(date(year, 1, 1), date(year, 12, 31))
    if day:
        return Days(date(year, month, day), date(year, month, day))
    return months_from(year, date(year, month, 1).month, 1)


def months_from(year: int, month: int, months: int) -> Days:
    """So many whole months from one on; month 13 is January of the next year."""
    first, behind = (divmod(year * 12 + month - 1 + more, 12) for more in (0, months))
    return Days(date(first[0], first[1] + 1, 1), date(behind[0], behind[1] + 1, 1) - _DAY)


def position_of(name: str, names: tuple[str, ...]) -> int | None:
    """Which of the names it is, whole or its first three letters (``sept`` too)."""
    for number, whole in enumerate(names):
        if name == whole or (len(name) in (3, 4) and whole.startswith(name)):
            return number
    return None


@lru_cache(maxsize=256)  # it is asked for each year of the photos
def occasion(name: str) -> Callable[[int], Days] | None:
    """The days of an occasion by the year in which it begins; None where none has that name."""
    words = name.split()
    if not words or len(words) > 3:
        return None
    if len(words) == 1 and words[0] in SEASONS:
        return lambda year: months_from(year, SEASONS[words[0]], 3)
    if len(words) == 1 and re.fullmatch("q[1-4]", name):
        return lambda year: months_from(year, int(name[1]) * 3 - 2, 3)
    holiday = HOLIDAYS.get(name.removesuffix(" day"))
    if holiday is not None:
        return holiday
    month = next((n for word in words if (n := position_of(word, MONTHS)) is not None), None)
    others = [word for word in words if position_of(word, MONTHS) is None]
    if month is None or len(words) - len(others) != 1 or len(others) > 1:
        return None
    if not others:
        return lambda year: calendar_days(year, month + 1)
    if not others[0].isdigit() or not 1 <= int(others[0]) <= 31:
        return None
    return lambda year: calendar_days(year, month + 1, int(others[0]))


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (the anonymous algorithm in Meeus, Astronomical Algorithms, 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _easter(year: int) -> Days:
    return Days(easter_sunday(year) - 2 * _DAY, easter_sunday(year) + _DAY)


def _thanksgiving(year: int) -> Days:
    first = date(year, 11, 1)
    day = first + ((3 - first.weekday()) % 7 + 21) * _DAY
    return Days(day, day)


HOLIDAYS: dict[str, Callable[[int], Days]] = {
    "christmas": lambda year: Days(date(year, 12, 24), date(year, 12, 26)),
    "xmas": lambda year: Days(date(year, 12, 24), date(year, 12, 26)),
    "christmas eve": lambda year: calendar_days(year, 12, 24),
    "new year": lambda year: Days(date(year, 1, 1), date(year, 1, 1)),
    "new years": lambda year: Days(date(year, 1, 1), date(year, 1, 1)),
    "new year eve": lambda year: calendar_days(year, 12, 31),
    "new years eve": lambda year: calendar_days(year, 12, 31),
    "halloween": lambda year: calendar_days(year, 10, 31),
    "valentine": lambda year: calendar_days(year, 2, 14),
    "valentines": lambda year: calendar_days(year, 2, 14),
    "easter": _easter,
    "easter sunday": lambda year: Days(easter_sunday(year), easter_sunday(year)),
    "thanksgiving": _thanksgiving,
}
OCCASIONS = ("spring", "summer", "autumn", "winter", *MONTHS, "christmas", "new year", "easter", "halloween")
"""What may be suggested, of a year or with "last" before it."""
