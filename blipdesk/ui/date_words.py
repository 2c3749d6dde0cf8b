"""Stretches of days as the window says them, in the person's language."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QLocale

from blipdesk.domain.wording import tr
from blipdesk.ui.pane.texts import day_of


def days_words(first: date, last: date) -> str:
    """``2024``, ``2019 – 2024``, ``Jul 2024``, ``Jul 2024 – Feb 2025``, ``4 Jul 2024``."""
    behind = last + timedelta(1)
    by_month = first.day == 1 and behind.day == 1
    if by_month and first.month == 1 and behind.month == 1:
        said = f"{first.year}", f"{last.year}"
    elif by_month:
        said = _month_words(first), _month_words(last)
    else:
        said = day_of(first), day_of(last)
    return said[0] if said[0] == said[1] else tr("{first} – {last}", first=said[0], last=said[1])


def _month_words(day: date) -> str:
    month = QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)
    return tr("{month} {year}", month=month, year=day.year)
