"""Dates as people write them: ``2024-07``, ``2023..2025``, ``last summer``, ``christmas 2023``.

Weeks begin on Monday.  What is known is tried one after the other; nothing is guessed: 7/8/2024 is two days,
and a hyphen makes a range where no date has it and it has but one place: 2024-07 is a month.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from blipdesk.domain.cjk_dates import in_english
from blipdesk.domain.periods import (
    HOLIDAYS,
    OCCASIONS,
    SEASONS,
    Days,
    EveryYear,
    Period,
    calendar_days,
    months_from,
    occasion,
    position_of,
)
from blipdesk.domain.words import fold_text

_DAY = timedelta(days=1)
_LONGEST = 60
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_AMOUNTS = {word: n for n, word in enumerate(_NUMBERS)} | {"a": 1, "an": 1, "couple": 2, "few": 3}
_FILLERS = frozenset({"the", "of", "in", "on", "at", "during", "and"})
_SAME_SIGN = str.maketrans("\u2010\u2011\u2012\u2013\u2212\u2019\u02bc", "-----''")
PHRASES = (
    "today", "yesterday", "this week", "last week", "last weekend", "this month", "last month", "this year",
    "last year", *(f"last {name}" for name in OCCASIONS), *OCCASIONS,
)  # fmt: skip
"""What is suggested."""
LAST = frozenset({"last", "past", "previous"})
"""What says of a summer, a month or a week that it is the one before."""
_THIS = frozenset({"this", "current"})
_BEGINNINGS = frozenset(
    word[:3]
    for name in (*PHRASES, *SEASONS, *_WEEKDAYS, *HOLIDAYS, *LAST, *_THIS, "ago")
    for word in name.split()
)


def may_be_of_date(word: str) -> bool:
    """Whether a word, by its beginning, is one of those of which every date that is known has some."""
    return word[:3].casefold() in _BEGINNINGS or any(map(str.isdigit, word))


def parse_period(text: str, today: date) -> Period | None:
    """The days that a text stands for; None where it is no date that is known.

    >>> parse_period("2023..2024-02", date(2024, 5, 1))
    Days(first=datetime.date(2023, 1, 1), last=datetime.date(2024, 2, 29))

    Args:
        text: what was typed.
        today: what ``yesterday`` and ``last summer`` are told from.
    """
    text = fold_text(text[:_LONGEST]).translate(_SAME_SIGN)
    text = in_english(" ".join(text.replace("\u2026", "..").split()), today)
    for read in (_range, _period, _joined):
        try:
            period = read(text, today)
        except (ValueError, OverflowError):  # 30 February, the year 0, 99999 years ago
            continue
        if period is not None:
            return period
    return None


# ---------------------------------------------------------------------------------------- ranges

_BETWEEN = re.compile(
    r"(?:between (?P<a>.+) and (?P<b>.+)|(?:from )?(?P<c>.+?) (?:to|until|till|through|-) (?P<d>.+))"
)
_MONTH_NAME = re.compile("[a-z]{3}")
_SHORT_YEARS = re.compile(r"([12]\d)(\d\d)-(\d\d)")
_SIDES = re.compile(r"(.*?) ?\.{2,3} ?(.*)")
_OPEN = re.compile(r"(since|from|starting|after|before|until|till|up to|>=|<=|>|<) ?(.+)")


def _range(text: str, today: date) -> Days | None:
    sides = _SIDES.fullmatch(text)
    if sides is not None and all(sides.groups()):
        return _between(sides[1], sides[2], today)
    if sides is not None and any(sides.groups()):
        first, last = (_days(side, today) if side else Days() for side in sides.groups())
        return _from_to(first, last)
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        days = _between(between["a"] or between["c"], between["b"] or between["d"], today)
        if days is not None:
            return days
    opened = _OPEN.fullmatch(text)
    days = _days(opened[2], today) if opened is not None else None
    if opened is None or days is None or days.first is None or days.last is None:
        return None
    match opened[1]:
        case "since" | "from" | "starting" | ">=":
            return Days(days.first, None)
        case "after" | ">":
            return Days(days.last + _DAY, None)
        case "before" | "<":
            return Days(None, days.first - _DAY)
    return Days(None, days.last)


def _from_to(first: Days | None, last: Days | None) -> Days | None:
    if first is None or last is None:
        return None
    if first.first is not None and last.last is not None and first.first > last.last:
        first, last = last, first
    return Days(first.first, last.last)


def _between(start: str, end: str, today: date) -> Days | None:
    """From one period to another; what comes each year is of the other's year: ``june to august 2024``."""
    start, end = _with_month(start, end)
    first, last = _period(start, today), _period(end, today)
    if isinstance(first, EveryYear):
        first = _last_before(first, (last.last if isinstance(last, Days) else None) or today)
    if isinstance(last, EveryYear) and first is not None:
        since = first.first
        is_far = since is None or first.last is None or first.last - since >= 364 * _DAY
        # "2020 to july" ends this year; "nov 2023 to feb" with the winter, and so does what begins later
        until = _last_before(last, today) if is_far else None
        if since is not None and (until is None or until.last is None or until.last < since):
            until = _first_after(last, since)
        return None if until is None else Days(since, until.last)
    return _from_to(first, last) if isinstance(last, Days) else None


_DAY_ALONE = re.compile(r"(\d\d?)(?:st|nd|rd|th)?(,? [12]\d{3})?")
_DAY_OF_MONTH = re.compile(r"(?<![\d./-])\d\d?(?:st|nd|rd|th)?(?![\d./-])")


def _with_month(start: str, end: str) -> tuple[str, str]:
    """Both sides, where one is a day with the other's month: ``10 to 15 july``, ``july 10 to 15 2024``."""
    alone = _DAY_ALONE.fullmatch(start)
    if alone is not None and alone[2] is None and _MONTH_NAME.search(end):
        return _DAY_OF_MONTH.sub(alone[1], end, count=1) if _DAY_OF_MONTH.search(end) else start, end
    alone = _DAY_ALONE.fullmatch(end)
    if alone is not None and _MONTH_NAME.search(start) and _DAY_OF_MONTH.search(start):
        return start, _DAY_OF_MONTH.sub(alone[1], start, count=1) + (alone[2] or "")
    return start, end


def _last_before(period: EveryYear, day: date) -> Days | None:
    """The last time that it began by a day."""
    found = map(period.of, range(day.year, max(day.year - 5, 0), -1))
    return next((days for days in found if days and days.first and days.first <= day), None)


def _first_after(period: EveryYear, day: date) -> Days | None:
    """The first time that it begins on a day or later."""
    found = map(period.of, range(day.year, day.year + 9))
    return next((days for days in found if days and days.first and days.first >= day), None)


def _joined(text: str, today: date) -> Days | None:
    """Two periods with a hyphen between, where that is their only place: ``2024-07-2024-09``."""
    short = _SHORT_YEARS.fullmatch(text)
    if short is not None and int(short[3]) == int(short[2]) + 1:
        return Days(date(int(short[1] + short[2]), 1, 1), date(int(short[1] + short[3]), 12, 31))
    found = []
    for hyphen in re.finditer("-", text):
        start, end = text[: hyphen.start()].strip(), text[hyphen.end() :].strip()
        days = _between(start, end, today) if start and end else None
        found += [days] if days is not None else []
    return found[0] if len(found) == 1 else None


def _days(text: str, today: date) -> Days | None:
    """One period; of what comes each year the one that began last."""
    period = _period(text, today)
    return _last_before(period, today) if isinstance(period, EveryYear) else period


# ---------------------------------------------------------------------------------------- one period

_YEAR = r"(?P<y>[12]\d{3})"
_NUMERIC = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}([-/.](?P<m>\d\d?)([-/.](?P<d>\d\d?))?)?",
        rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)",
        rf"((?P<d>\d\d?)\.)?(?P<m>\d\d?)\.{_YEAR}",
        rf"(?P<m>\d\d?)/{_YEAR}",
    )
)
_SLASHES = re.compile(rf"(\d\d?)/(\d\d?)/{_YEAR}")
_DECADE = re.compile(r"(?:the )?(?P<century>\d\d)?'?(?P<decade>\d)0'?s")
_WORD = re.compile(r"q[1-4]\b|[a-z]+|\d+")


def _period(text: str, today: date) -> Period | None:
    for pattern in _NUMERIC:
        found = pattern.fullmatch(text)
        if found is not None:
            parts = found.groupdict()
            return calendar_days(int(parts["y"]), int(parts.get("m") or 0), int(parts.get("d") or 0))
    slashes = _SLASHES.fullmatch(text)
    if slashes is not None:
        month, day = sorted((int(slashes[1]), int(slashes[2])))
        # 15/7/2024 and 7/15/2024 are the same day
        return calendar_days(int(slashes["y"]), month, day) if day > 12 or day == month else None
    decade = _DECADE.fullmatch(text)
    if decade is not None:
        tens = int(decade["decade"])
        century = int(decade["century"] or today.year // 100 - (tens > today.year % 100 // 10))
        first = century * 100 + tens * 10
        return Days(date(first, 1, 1), date(first + 9, 12, 31))
    text = text.replace("new year's", "new year")
    words = _WORD.findall(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|'s?\b|[.,]", " ", text))
    return _spoken([word for word in words if word not in _FILLERS], today)


def _spoken(words: list[str], today: date) -> Period | None:
    for read in (_named_day, _ago, _stretch, _weekday, _occasion):
        found = read(words, today)
        if found is not None:
            return found
    return None


def _named_day(words: list[str], today: date) -> Days | None:
    back = {"today": 0, "yesterday": 1, "day before yesterday": 2, "last night": 1}.get(" ".join(words))
    return None if back is None else Days(today - back * _DAY, today - back * _DAY)


def _amount(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) <= 5 else _AMOUNTS.get(word)


def _ago(words: list[str], today: date) -> Days | None:
    """``3 weeks ago``: that calendar week."""
    if len(words) != 3 or words[2] != "ago":
        return None
    amount = _amount(words[0])
    return None if amount is None else _unit(words[1], -amount, today)


def _stretch(words: list[str], today: date) -> Days | None:
    """``this year``, ``last week``, ``last 3 weeks``."""
    if len(words) not in (2, 3) or words[0] not in LAST | _THIS:
        return None
    if len(words) == 2 and words[0] != "past":
        return _unit(words[1], -1 if words[0] in LAST else 0, today)
    amount = _amount(words[1]) if len(words) == 3 else 1
    if not amount or words[0] in _THIS:
        return None
    match words[-1].removesuffix("s"):
        case "day":
            first = today - (amount - 1) * _DAY
        case "week":
            first = today - (7 * amount - 1) * _DAY
        case "month":
            first = _months_before(today, amount) + _DAY
        case "year":
            first = _months_before(today, 12 * amount) + _DAY
        case _:
            return None
    return Days(first, today)


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last one."""
    month = months_from(day.year, day.month - months, 1)
    assert month.first is not None and month.last is not None
    return min(month.first + (day.day - 1) * _DAY, month.last)


def _unit(unit: str, distance: int, today: date) -> Days | None:
    """A calendar unit so far from that of today."""
    monday = today - today.weekday() * _DAY + distance * 7 * _DAY
    match unit.removesuffix("s"):
        case "day":
            return Days(today + distance * _DAY, today + distance * _DAY)
        case "week":
            return Days(monday, monday + 6 * _DAY)
        case "weekend":
            return Days(monday + 5 * _DAY, monday + 6 * _DAY)
        case "month":
            return months_from(today.year, today.month + distance, 1)
        case "year":
            return calendar_days(today.year + distance)
        case "decade":
            first = (today.year // 10 + distance) * 10
            return Days(date(first, 1, 1), date(first + 9, 12, 31))
    return None


def _weekday(words: list[str], today: date) -> Days | None:
    """``monday``: the last one, today among them; ``last monday``: before today."""
    name = words[-1] if words else ""
    if not 1 <= len(words) <= 2 or (len(words) == 2 and words[0] not in LAST):
        return None
    number = position_of(name, _WEEKDAYS)
    if number is None:
        return None
    back = (today.weekday() - number) % 7
    day = today - (back or 7 * (len(words) == 2)) * _DAY
    return Days(day, day)


def _occasion(words: list[str], today: date) -> Period | None:
    """What comes every year: of a year, the last one, this year's, or of any year."""
    if words and words[0] in LAST | _THIS:
        days = occasion(" ".join(words[1:]))
        if days is None:
            return None
        years = (today.year, today.year - 1)
        if words[0] in LAST:
            return next((d for d in map(days, (*years, today.year - 2)) if d.last and d.last < today), None)
        return next((d for d in map(days, years) if today in d), days(today.year))
    if occasion(" ".join(words)) is not None:
        return EveryYear(" ".join(words))
    for at in (-1, 0):
        rest = words[:-1] if at else words[1:]
        days = occasion(" ".join(rest)) if rest else None
        if days is not None and words[at].isdigit():
            year = _full_year(words[at], today)
            return None if year is None else days(year)
    if len(words) == 3 and words[0] in SEASONS and words[1].isdigit() and words[2].isdigit():
        return _split_winter(words, today)
    return None


def _full_year(digits: str, today: date) -> int | None:
    if len(digits) == 2:
        year = today.year // 100 * 100 + int(digits)
        return year if year <= today.year + 1 else year - 100
    return int(digits) if len(digits) == 4 else None


def _split_winter(words: list[str], today: date) -> Days | None:
    """``winter 2023/24``."""
    year, behind = (_full_year(word, today) for word in words[1:])
    days = occasion(words[0])
    return days(year) if days and year and behind == year + 1 and words[0] == "winter" else None
