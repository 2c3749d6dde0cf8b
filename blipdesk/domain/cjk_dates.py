"""Dates in Japanese and Chinese, said in English: what reads dates reads those."""

from __future__ import annotations

import re
from datetime import date

from blipdesk.domain.periods import MONTHS

_DIGITS = {letter: number for number, letter in enumerate("〇一二三四五六七八九")}
_NUMBER = re.compile("(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日号號])")
_YEAR_IN_LETTERS = re.compile("[〇一二三四五六七八九]{4}(?=年)")
_PART = "(?:の|的)?"
_NAMES = tuple(
    (re.compile(f"(?:{pattern}){_PART}"), english)
    for pattern, english in (
        ("おととい|一昨日|前天|前日", "day before yesterday"),
        ("昨日|昨天", "yesterday"),
        ("今日|今天", "today"),
        ("先週末|上周末|上個?週末", "last weekend"),
        ("先週|上[个個]?(?:周|週|星期)", "last week"),
        ("今週|[本这這][个個]?(?:周|週|星期)", "this week"),
        ("先月|上[个個]?月", "last month"),
        ("今月|[本这這][个個]?月", "this month"),
        ("春(?:季|天)?", "spring"),
        ("夏(?:季|天)?", "summer"),
        ("秋(?:季|天)?", "autumn"),
        ("冬(?:季|天)?", "winter"),
        ("クリスマス|圣诞节?|聖誕節?", "christmas"),
    )
)
_YEARS_BACK = (
    (re.compile(f"(?:一昨年|前年|おととし){_PART}"), 2),
    (re.compile(f"(?:去年|昨年){_PART}"), 1),
    (re.compile(f"今年{_PART}"), 0),
)
_DECADE = re.compile(r"(\d{2,4})年代")
_DAY = re.compile(r"(\d{4})年(\d\d?)月(\d\d?)[日号號]?")
_MONTH = re.compile(r"(\d{4})年(\d\d?)月(?:份)?")
_DAY_OF_YEAR = re.compile(r"(\d\d?)月(\d\d?)[日号號]?")
_MONTH_OF_YEAR = re.compile(r"(\d\d?)月(?:份)?")
_YEAR = re.compile(rf"(?<!\d)(\d{{4}}|\d\d)年{_PART}")
_OPEN = (
    (re.compile("(.+)(?:以降|以来|以後|以后|から)"), "since"),
    (re.compile("(.+)(?:より前|以前|之前)"), "before"),
    (re.compile("(.+)まで"), "until"),
)
_TO = re.compile("から|到|至|[~〜～]")
_ANY = re.compile("[年月日号號周週期春夏秋冬天昨今ク诞誕お]")


def in_english(text: str, today: date) -> str:
    """A date in Japanese or Chinese as people say it in English; any other text as it is.

    >>> in_english("2024年7月", date(2024, 5, 1)), in_english("去年の夏", date(2024, 5, 1))
    ('2024-7', '2023 summer')

    Args:
        text: what was typed, folded.
        today: what ``去年`` is told from.
    """
    if text.isascii() or not _ANY.search(text):
        return text
    for pattern, word in _OPEN:
        found = pattern.fullmatch(text)
        if found is not None:
            return f"{word} {in_english(found[1], today)}"
    said = _YEAR_IN_LETTERS.sub(lambda found: "".join(str(_DIGITS[letter]) for letter in found[0]), text)
    said = _NUMBER.sub(lambda found: str(_number(found[0])), said)
    for pattern, years in _YEARS_BACK:
        said = pattern.sub(f"{today.year - years}年", said)
    for pattern, english in _NAMES:
        said = pattern.sub(f" {english} ", said)
    said = _TO.sub(" to ", said)
    said = _DECADE.sub(r" \1s ", said)
    said = _DAY.sub(r" \1-\2-\3 ", said)
    said = _MONTH.sub(r" \1-\2 ", said)
    said = _DAY_OF_YEAR.sub(lambda found: f" {_month(found[1])} {found[2]} ", said)
    said = _MONTH_OF_YEAR.sub(lambda found: f" {_month(found[1])} ", said)
    said = " ".join(_YEAR.sub(r" \1 ", said).split())
    return said if said.isascii() else text


def _number(letters: str) -> int:
    """``十一``: 11, ``二十``: 20."""
    tens, ten, ones = letters.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _month(number: str) -> str:
    return MONTHS[int(number) - 1] if 1 <= int(number) <= 12 else number
