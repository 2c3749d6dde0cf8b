"""The photos of a library by when they were taken, as bars: of a day, a month, or so many years each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from blipdesk.domain.periods import Days, months_from

MOST = 40
"""So many bars a side bar has room for ..."""
MOST_DAYS = 62
"""... or days, which are narrow: those of two months."""
_MONTHS = (1, 3, 12, 60, 120, 1200)
"""What a bar may stand for, the least first."""
_FIRST_PHOTO = 1826
"""Nothing was photographed before: a camera whose clock was never set says year 1."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days, both ends among them, and how many photos are of it."""

    first: date
    last: date
    count: int


def bars_of_days(counted: Sequence[tuple[date, int]]) -> tuple[Bar, ...]:
    """A bar for each day from the first to the last; those without photos too.

    Args:
        counted: days and their photos, the first first; of two months at most.
    """
    counts = dict(counted)
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    return tuple(Bar(day, day, counts.get(day, 0)) for day in days)


def bars_of_months(counted: Sequence[tuple[date, int]], today: date) -> tuple[Bar, ...]:
    """Bars of equal length from the first photo to the last, :data:`MOST` at most; those without photos too.

    What no camera can have taken, before there was one or after this year, is left out.

    Args:
        counted: the first days of months and their photos, the first first.
        today: after the next new year nothing was taken.
    """
    counts = {
        12 * day.year + day.month - 1: count
        for day, count in counted
        if _FIRST_PHOTO <= day.year <= today.year
    }
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    each = next(months for months in _MONTHS if last // months - first // months < MOST)
    places = range(first // each, last // each + 1)
    sums = dict.fromkeys(places, 0)
    for month, count in counts.items():
        sums[month // each] += count
    return tuple(_bar(place * each, each, sums[place]) for place in places)


def _bar(month: int, months: int, count: int) -> Bar:
    days = months_from(month // 12, month % 12 + 1, months)
    assert days.first is not None and days.last is not None
    return Bar(days.first, days.last, count)


def is_short(counted: Sequence[tuple[date, int]]) -> bool:
    """Whether there are so few months, by their first days, that a bar may be a day."""
    return bool(counted) and (counted[-1][0] - counted[0][0]).days < 32


def as_typed(first: date, last: date) -> str:
    """A stretch of days as the value of a date filter, as short as it can be.

    >>> as_typed(date(2024, 1, 1), date(2025, 12, 31)), as_typed(date(2024, 7, 1), date(2024, 7, 31))
    ('2024..2025', '2024-07')
    """
    for form, begin, months in (
        ("%Y", first.replace(month=1, day=1), 12),
        ("%Y-%m", first.replace(day=1), 1),
    ):
        behind = last + timedelta(1)
        is_whole = behind.day == 1 and (months == 1 or behind.month == 1)
        if first == begin and is_whole:
            ends = first.strftime(form), last.strftime(form)
            return ends[0] if ends[0] == ends[1] else "..".join(ends)
    return f"{first}" if first == last else f"{first}..{last}"


def chosen(bars: Sequence[Bar], days: Days | None) -> tuple[int, int] | None:
    """Which bars a period takes, the first and the last of them; None where it takes none."""
    if days is None:
        return None
    inside = [
        number
        for number, bar in enumerate(bars)
        if (days.first is None or bar.last >= days.first) and (days.last is None or bar.first <= days.last)
    ]
    return (inside[0], inside[-1]) if inside else None
