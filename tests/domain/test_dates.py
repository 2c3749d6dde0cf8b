from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blipdesk.domain.dates import may_be_of_date, parse_period
from blipdesk.domain.periods import Days, EveryYear, clipped, day_start, easter_sunday, local_day

TODAY = date(2024, 10, 9)  # a Wednesday
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def spelled(period: Days | EveryYear | None) -> str:
    if isinstance(period, Days):
        return f"{period.first or ''}..{period.last or ''}"
    return f"every {period.name}" if period is not None else "?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024-01-01..2024-12-31"),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("2024/7", "2024-07-01..2024-07-31"),
        ("2024-07-15", "2024-07-15..2024-07-15"),
        ("20240715", "2024-07-15..2024-07-15"),
        ("15.7.2024", "2024-07-15..2024-07-15"),
        ("7.2024", "2024-07-01..2024-07-31"),
        ("7/2024", "2024-07-01..2024-07-31"),
        ("7/15/2024", "2024-07-15..2024-07-15"),
        ("15/7/2024", "2024-07-15..2024-07-15"),
        ("7/8/2024", "?"),  # in July or in August?
        ("8/8/2024", "2024-08-08..2024-08-08"),
        ("2024-02-30", "?"),
        ("2024-13", "?"),
        ("0999", "?"),
        ("1990s", "1990-01-01..1999-12-31"),
        ("the 90s", "1990-01-01..1999-12-31"),
        ("20's", "2020-01-01..2029-12-31"),
        ("2023..2025", "2023-01-01..2025-12-31"),
        ("2023 .. 2024-02", "2023-01-01..2024-02-29"),
        ("2023\u2026", "2023-01-01.."),
        ("2023..", "2023-01-01.."),
        ("..2023", "..2023-12-31"),
        ("2025..2023", "2023-01-01..2025-12-31"),
        ("..", "?"),
        ("2023..someday", "?"),
        ("2023 to 2025", "2023-01-01..2025-12-31"),
        ("2023 \u2013 2025", "2023-01-01..2025-12-31"),
        ("2023-2025", "2023-01-01..2025-12-31"),
        ("2023\u20132025", "2023-01-01..2025-12-31"),
        ("2023-24", "2023-01-01..2024-12-31"),
        ("2024-2025-2026", "?"),
        ("2024-07-2024-09", "2024-07-01..2024-09-30"),
        ("2024-07-15-2024-07-20", "2024-07-15..2024-07-20"),
        ("15.7.2024-20.7.2024", "2024-07-15..2024-07-20"),
        ("july-august", "2024-07-01..2024-08-31"),
        ("july\u2013august 2022", "2022-07-01..2022-08-31"),
        ("december to february 2022", "2021-12-01..2022-02-28"),
        ("july..august 2022", "2022-07-01..2022-08-31"),
        ("from may 2023 until yesterday", "2023-05-01..2024-10-08"),
        ("between june and august", "2024-06-01..2024-08-31"),
        ("november..february", "2023-11-01..2024-02-29"),
        ("november to february 2024", "2023-11-01..2024-02-29"),
        ("nov 2023 to feb", "2023-11-01..2024-02-29"),
        ("july 2022 to august", "2022-07-01..2022-08-31"),
        ("2020 to july", "2020-01-01..2024-07-31"),
        ("2030 to july", "2030-01-01..2030-07-31"),
        ("july to today", "2024-07-01..2024-10-09"),
        ("september to february", "2024-09-01..2025-02-28"),
        ("december 30 2022 to january 2", "2022-12-30..2023-01-02"),
        ("between christmas and new year 2024", "2023-12-24..2024-01-01"),
        ("10 to 15 july 2022", "2022-07-10..2022-07-15"),
        ("july 10-15 2022", "2022-07-10..2022-07-15"),
        ("july 10th to 15th", "2024-07-10..2024-07-15"),
        ("10 to july 2022", "?"),
        ("since 2023", "2023-01-01.."),
        (">=2023", "2023-01-01.."),
        ("after 2023", "2024-01-01.."),
        ("> 2023-12-30", "2023-12-31.."),
        ("before 2023", "..2022-12-31"),
        ("<2023", "..2022-12-31"),
        ("until 2023", "..2023-12-31"),
        ("today", "2024-10-09..2024-10-09"),
        ("Yesterday", "2024-10-08..2024-10-08"),
        ("the day before yesterday", "2024-10-07..2024-10-07"),
        ("this week", "2024-10-07..2024-10-13"),
        ("last week", "2024-09-30..2024-10-06"),
        ("past week", "2024-10-03..2024-10-09"),
        ("last weekend", "2024-10-05..2024-10-06"),
        ("this month", "2024-10-01..2024-10-31"),
        ("last month", "2024-09-01..2024-09-30"),
        ("last year", "2023-01-01..2023-12-31"),
        ("previous year", "2023-01-01..2023-12-31"),
        ("last decade", "2010-01-01..2019-12-31"),
        ("last 3 days", "2024-10-07..2024-10-09"),
        ("the last two weeks", "2024-09-26..2024-10-09"),
        ("last 12 months", "2023-10-10..2024-10-09"),
        ("past 2 years", "2022-10-10..2024-10-09"),
        ("last 0 days", "?"),
        ("3 days ago", "2024-10-06..2024-10-06"),
        ("a week ago", "2024-09-30..2024-10-06"),
        ("10 months ago", "2023-12-01..2023-12-31"),
        ("two years ago", "2022-01-01..2022-12-31"),
        ("99999 years ago", "?"),
        ("monday", "2024-10-07..2024-10-07"),
        ("Wednesday", "2024-10-09..2024-10-09"),
        ("last wednesday", "2024-10-02..2024-10-02"),
        ("on thu", "2024-10-03..2024-10-03"),
        ("july", "every july"),
        ("in Sept.", "every sept"),
        ("July 2023", "2023-07-01..2023-07-31"),
        ("2023 july", "2023-07-01..2023-07-31"),
        ("july 4", "every july 4"),
        ("4th of July", "every 4 july"),
        ("July 4th, 2023", "2023-07-04..2023-07-04"),
        ("4 july 2023", "2023-07-04..2023-07-04"),
        ("february 30 2023", "?"),
        ("last july", "2024-07-01..2024-07-31"),
        ("last november", "2023-11-01..2023-11-30"),
        ("this november", "2024-11-01..2024-11-30"),
        ("q3 2023", "2023-07-01..2023-09-30"),
        ("summer", "every summer"),
        ("summer 2023", "2023-06-01..2023-08-31"),
        ("the summer of '23", "2023-06-01..2023-08-31"),
        ("last summer", "2024-06-01..2024-08-31"),
        ("last winter", "2023-12-01..2024-02-29"),
        ("last autumn", "2023-09-01..2023-11-30"),
        ("last fall", "2023-09-01..2023-11-30"),
        ("this autumn", "2024-09-01..2024-11-30"),
        ("winter 2023", "2023-12-01..2024-02-29"),
        ("winter 2023/24", "2023-12-01..2024-02-29"),
        ("christmas", "every christmas"),
        ("Christmas 2023", "2023-12-24..2023-12-26"),
        ("last christmas", "2023-12-24..2023-12-26"),
        ("christmas eve 2023", "2023-12-24..2023-12-24"),
        ("New Year\u2019s Eve 2023", "2023-12-31..2023-12-31"),
        ("new year 2024", "2024-01-01..2024-01-01"),
        ("easter 2024", "2024-03-29..2024-04-01"),
        ("thanksgiving 2023", "2023-11-23..2023-11-23"),
        ("valentine's day 2024", "2024-02-14..2024-02-14"),
        ("halloween", "every halloween"),
        ("", "?"),
        ("last", "?"),
        ("someday", "?"),
        ("last dog", "?"),
        ("12 dogs ago", "?"),
        ("july august", "?"),
        ("x" * 10_000, "?"),
    ],
)
def test_dates_in_plain_english(text: str, expected: str) -> None:
    assert spelled(parse_period(text, TODAY)) == expected
    assert expected == "?" or any(map(may_be_of_date, re.findall(r"\w+", text)))


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("7月", "july"),
        ("７月", "july"),
        ("七月", "july"),
        ("十二月", "december"),
        ("7月3日", "july 3"),
        ("十一月二十三号", "november 23"),
        ("2024年", "2024"),
        ("二〇二三年", "2023"),
        ("2024年7月", "2024-07"),
        ("2024年7月15日", "2024-07-15"),
        ("夏", "summer"),
        ("春天", "spring"),
        ("秋季", "autumn"),
        ("冬", "winter"),
        ("2023年夏", "summer 2023"),
        ("2023年の秋", "autumn 2023"),
        ("去年の夏", "summer 2023"),
        ("去年", "2023"),
        ("昨年7月", "july 2023"),
        ("今年", "2024"),
        ("先月", "last month"),
        ("上个月", "last month"),
        ("這個月", "this month"),
        ("今週", "this week"),
        ("上周", "last week"),
        ("昨日", "yesterday"),
        ("今天", "today"),
        ("1990年代", "1990s"),
        ("2023年クリスマス", "christmas 2023"),
        ("2022年から2023年", "2022 to 2023"),
        ("2023年7月～9月", "2023-07 to september"),
        ("2023年至2024年2月", "2023 to 2024-02"),
        ("2023年以降", "since 2023"),
        ("2023年以前", "before 2023"),
    ],
)
def test_dates_in_japanese_and_chinese(text: str, english: str) -> None:
    assert spelled(parse_period(text, TODAY)) == spelled(parse_period(english, TODAY)) != "?"


@pytest.mark.parametrize("text", ["13月", "月", "海", "夏の海", "年", "七"])
def test_what_is_no_date_in_japanese_and_chinese(text: str) -> None:
    assert parse_period(text, TODAY) is None


def test_a_winter_that_is_not_over_is_not_the_last_one() -> None:
    assert spelled(parse_period("last winter", date(2024, 1, 20))) == "2022-12-01..2023-02-28"
    assert spelled(parse_period("this winter", date(2024, 1, 20))) == "2023-12-01..2024-02-29"
    assert spelled(parse_period("last christmas", date(2024, 12, 25))) == "2023-12-24..2023-12-26"


PIECES = st.sampled_from(
    ["last", "this", "july", "summer", "2024", "..", "-", "4", "30", "february", "99999", "days", "ago",
     "winter", "since", "29", "9999", "0001", "christmas", "to", "a", "'", "weekend", "/", "."]
)  # fmt: skip


@given(st.text(max_size=40) | st.lists(PIECES).map(" ".join), DAYS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_date_or_is_not(text: str, today: date) -> None:
    period = parse_period(text, today)
    assert period is None or any(map(may_be_of_date, re.findall(r"\w+", text)))
    if isinstance(period, Days):
        assert period.first or period.last
        assert not (period.first and period.last) or period.first <= period.last
    if period is not None:
        for days in clipped(period, date(2020, 1, 1), date(2024, 12, 31)):
            assert days.first is not None and days.last is not None
            assert days.first in period and days.last in period


@given(DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_what_is_written_out_is_read_back(first: date, last: date) -> None:
    american, british = f"{first:%B} {first.day}, {first.year}", f"{first.day} {first:%b} {first.year}"
    for text in (f"{first}", f"{first:%d.%m.%Y}", f"{first:%Y/%m/%d}", american, british, f"{first:%Y%m%d}"):
        assert parse_period(text, TODAY) == Days(first, first), text
    assert parse_period(f"{first}..{last}", TODAY) == Days(min(first, last), max(first, last))
    assert parse_period(f"since {first}", TODAY) == Days(first, None)
    month = parse_period(f"{first:%B %Y}", TODAY)
    assert month == Days(
        first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1])
    )


@given(
    DAYS,
    st.sampled_from(["week", "month", "year", "weekend", "summer", "winter", "easter", "july", "tuesday"]),
)
@settings(max_examples=200, deadline=None)
def test_the_last_one_is_over_and_the_next_would_not_be(today: date, unit: str) -> None:
    last = parse_period(f"last {unit}", today)
    assert isinstance(last, Days) and last.first and last.last
    assert last.last < today
    assert (today - last.first).days <= 2 * 366 + 92
    if unit in ("week", "month", "year"):
        assert parse_period(f"this {unit}", today) == Days(
            last.last + timedelta(1), getattr(parse_period(f"this {unit}", today), "last", None)
        )
        assert today in (parse_period(f"this {unit}", today) or ())


def test_what_comes_every_year_is_found_in_each() -> None:
    winter = parse_period("winter", TODAY)
    assert isinstance(winter, EveryYear)
    assert [str(days.last) for days in clipped(winter, date(2022, 1, 15), date(2024, 1, 10))] == [
        "2022-02-28", "2023-02-28", "2024-01-10",
    ]  # fmt: skip
    leap = parse_period("29 february", TODAY)
    assert leap is not None
    assert [d.first for d in clipped(leap, date(2019, 1, 1), date(2025, 1, 1))] == [
        date(2020, 2, 29),
        date(2024, 2, 29),
    ]
    assert date(2023, 2, 28) not in leap


def test_easter() -> None:
    known = {1818: (3, 22), 1943: (4, 25), 2000: (4, 23), 2024: (3, 31), 2025: (4, 20), 2038: (4, 25)}
    assert {year: easter_sunday(year) for year in known} == {
        year: date(year, month, day) for year, (month, day) in known.items()
    }


@given(st.dates(date(1971, 1, 2), date(2100, 1, 1)), st.booleans(), st.integers(0, 86399))
@settings(max_examples=200, deadline=None)
def test_the_day_of_a_photo(day: date, is_camera_time: bool, second: int) -> None:
    start, end = day_start(day, is_camera_time), day_start(day + timedelta(1), is_camera_time)
    assert local_day(start, is_camera_time) == day
    assert local_day(min(start + second, end - 1), is_camera_time) == day
    assert local_day(start - 1, is_camera_time) == day - timedelta(1)


def test_a_time_that_no_calendar_has_is_some_day() -> None:
    assert local_day(1e18, True) == date.max
    assert local_day(-1e18, False) == date.min
