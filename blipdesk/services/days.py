"""Dates that may be meant, by the days of which there are photos."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from blipdesk.catalog import Catalog
from blipdesk.domain.dates import LAST, PHRASES, parse_period
from blipdesk.domain.periods import MONTHS, Days, EveryYear, Period, clipped, in_words
from blipdesk.domain.query import Span, dates_among_words
from blipdesk.domain.words import fold_text
from blipdesk.services.kept import Kept

_FIRST_YEARS, _FIRST_PHRASES = 3, 6
"""So many are offered where nothing is typed yet."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that may be meant."""

    value: str
    label: str = ""
    count: int | None = None
    help: str = ""


class PhotoDays:
    """The days of a catalog's photos.

    Args:
        counted: each day, the first first, and how many photos are of it.
    """

    def __init__(self, counted: Sequence[tuple[date, int]]) -> None:
        self._counted = counted
        self._days = [day for day, _ in counted]
        self._before = [0, *accumulate(count for _, count in counted)]

    def count(self, period: Period) -> int:
        """The photos of a period."""
        if not self._days:
            return 0
        return sum(map(self._within, clipped(period, self._days[0], self._days[-1])))

    def _within(self, days: Days) -> int:
        assert days.first is not None and days.last is not None
        start, end = bisect_left(self._days, days.first), bisect_right(self._days, days.last)
        return self._before[end] - self._before[start]

    @cached_property
    def years(self) -> list[str]:
        """The years that have photos, the last first."""
        return [f"{year}" for year in sorted({day.year for day in self._days}, reverse=True)]

    @cached_property
    def months(self) -> list[date]:
        """The first days of the months that have photos, the last first."""
        return sorted({day.replace(day=1) for day in self._days}, reverse=True)


class DateOffers:
    """Says which dates may be meant; none without photos.  Any thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._days = Kept(self._read_days)
        """None while they are not known."""

    def values(self, typed: str, lead: str = "") -> Iterator[Offer]:
        """The values of a date filter that begin with what is typed, folded; ``before `` may lead them."""
        known = self._days.get()
        years = known.years if known is not None else []
        phrases = PHRASES if typed else PHRASES[:_FIRST_PHRASES]
        first = () if typed else years[:_FIRST_YEARS]
        for value in (*first, *phrases, *years[len(first) :]):
            offer = self._offer(value, known, lead) if value.startswith(typed) else None
            if offer is not None:
                yield offer
        for month in known.months if known is not None else ():
            name = f"{MONTHS[month.month - 1]} {month.year}"
            value = name if typed and name.startswith(typed) else f"{month:%Y-%m}"
            offer = self._offer(value, known, lead) if value.startswith(typed) else None
            if offer is not None:
                yield offer

    def among_words(self, text: str) -> Iterator[tuple[Span, Offer]]:
        """The dates that stand among the plain words of a query, the last first."""
        known, has_value = self._days.get(), self._catalog.search_index.has_value
        for span, value in reversed(dates_among_words(text, None, has_value)):
            offer = self._offer(value, known) or self._latest(value, known)
            if offer is not None:
                yield span, offer

    def _latest(self, value: str, known: PhotoDays | None) -> Offer | None:
        """Where the last summer has no photos, the last one that has; likewise of months and the like."""
        which, _, name = fold_text(value).partition(" ")
        is_yearly = which in LAST and isinstance(parse_period(name, date.today()), EveryYear)
        if known is None or not is_yearly:
            return None
        offers = (self._offer(f"{name} {year}", known) for year in known.years)
        return next((offer for offer in offers if offer is not None), None)

    def _offer(self, value: str, known: PhotoDays | None, lead: str = "") -> Offer | None:
        """A date with the number of its photos; None where it has none."""
        period = parse_period(lead + value, date.today())
        if period is None:
            return None
        count = known.count(period) if known is not None else None
        is_plain = value.isdigit() and not lead
        says = in_words(period) if isinstance(period, Days) and not is_plain else ""
        return None if count == 0 else Offer(value, count=count, help=says)

    def _read_days(self) -> PhotoDays | None:
        counted = self._catalog.search_index.days()
        return PhotoDays(counted) if counted is not None else None
