"""Bars of dates: all photos are in them, few enough to be seen, and each can be typed."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from blipdesk.domain.dates import parse_period
from blipdesk.domain.periods import Days
from blipdesk.domain.timeline import MOST, Bar, as_typed, bars_of_days, bars_of_months, chosen, is_short

TODAY = date(2026, 11, 22)
MONTHS = st.dates(date(1826, 1, 1), date(2026, 12, 31)).map(lambda day: day.replace(day=1))
COUNTED = st.dictionaries(MONTHS, st.integers(1, 5000), min_size=1, max_size=30).map(
    lambda counts: sorted(counts.items())
)


@given(COUNTED)
def test_every_photo_is_in_one_of_few_bars_without_gaps(counted):
    bars = bars_of_months(counted, TODAY)
    assert sum(bar.count for bar in bars) == sum(count for _, count in counted)
    assert len(bars) <= MOST
    assert bars[0].count and bars[-1].count
    for one, next_one in itertools.pairwise(bars):
        assert next_one.first == one.last + timedelta(1)


@given(COUNTED)
def test_what_is_typed_for_a_bar_means_its_days(counted):
    for bar in bars_of_months(counted, TODAY):
        assert parse_period(as_typed(bar.first, bar.last), TODAY) == Days(bar.first, bar.last)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_any_stretch_of_days_can_be_typed(first, days):
    last = first + timedelta(days)
    assert parse_period(as_typed(first, last), TODAY) == Days(first, last)


def test_a_clock_that_was_never_set_does_not_flatten_the_rest():
    counted = [(date(1, 1, 1), 3), (date(2024, 5, 1), 7), (date(2024, 7, 1), 1), (date(9999, 12, 1), 2)]
    assert [(bar.first, bar.count) for bar in bars_of_months(counted, TODAY)] == [
        (date(2024, 5, 1), 7), (date(2024, 6, 1), 0), (date(2024, 7, 1), 1),
    ]  # fmt: skip
    assert bars_of_months(counted[:1], TODAY) == ()


def test_a_holiday_has_a_bar_a_day():
    assert is_short([(date(2024, 7, 1), 3), (date(2024, 8, 1), 3)])
    assert not is_short([(date(2024, 7, 1), 3), (date(2024, 9, 1), 3)])
    bars = bars_of_days([(date(2024, 7, 30), 3), (date(2024, 8, 1), 4)])
    assert [(bar.first.day, bar.count) for bar in bars] == [(30, 3), (31, 0), (1, 4)]


def test_a_period_takes_the_bars_that_it_touches():
    bars = tuple(Bar(date(year, 1, 1), date(year, 12, 31), 1) for year in (2022, 2023, 2024))
    assert chosen(bars, Days(date(2023, 6, 1), None)) == (1, 2)
    assert chosen(bars, Days(None, date(2022, 1, 1))) == (0, 0)
    assert chosen(bars, Days(date(2025, 1, 1), None)) is None
    assert chosen(bars, None) is None
