"""Filters and their values as a person reads them on chips and in menus."""

from __future__ import annotations

import os
import re
from datetime import date

from blipdesk.domain.dates import parse_period
from blipdesk.domain.periods import Days
from blipdesk.domain.query import Piece, PieceKind
from blipdesk.domain.wording import later, tr
from blipdesk.ui.date_words import days_words

NAMES = {
    "folder": later("Folder"),
    "keyword": later("Tag"),
    "date": later("Date"),
    "camera": later("Camera"),
    "lens": later("Lens"),
    "type": later("File type"),
    "name": later("File name"),
    "rating": later("Stars"),
    "source": later("Caption by"),
    "sure": later("Caption fits"),
    "has": later("Has"),
    "asked": later("Asked"),
    "is": later("State"),
}
"""What each filter is called; said by :func:`filter_title`."""
_ICONS = {
    "folder": "folder",
    "keyword": "tag",
    "date": "clock",
    "camera": "camera",
    "lens": "camera",
    "type": "image",
    "name": "file",
    "rating": "star",
    "source": "pencil",
    "sure": "eye",
    "has": "check",
    "asked": "help",
    "is": "info",
}
_FIGURES = re.compile(r"[\d./\s-]+")
_TELLING = frozenset({"folder", "keyword", "date", "camera", "lens", "type", "is"})
"""Filters whose value says what it is of, beside their icon."""
_VALUES = {
    "has:caption": later("a caption"),
    "has:question": later("an asked question"),
    "has:gps": later("a place (GPS)"),
    "has:edited": later("your own changes"),
    "has:sidecar": later("a sidecar file"),
    "is:missing": later("Missing"),
    "is:failed": later("Could not be captioned"),
    "is:duplicate": later("Duplicate"),
    "is:favourite": later("Favourite"),
    "source:user": later("you"),
    "source:model": later("a model"),
    "source:file": later("the file"),
    "sure:sure": later("surely"),
    "sure:fair": later("perhaps"),
    "sure:unsure": later("probably not"),
    "rating:5": later("5"),
    "rating:>=4": later("4 or more"),
    "rating:>=3": later("3 or more"),
    "rating:none": later("none"),
    "rating:rejected": later("rejected"),
}
"""Values whose name alone would say too little."""


def filter_title(name: str) -> str:
    """What a filter is called."""
    return tr(NAMES[name]) if name in NAMES else name


def filter_icon(name: str) -> str:
    """The icon of a filter."""
    return _ICONS.get(name, "filter")


def value_words(name: str, value: str) -> str:
    """A value of a filter in words."""
    known = _VALUES.get(f"{name}:{value.casefold()}")
    if known is not None:
        return tr(known)
    if name == "folder":
        return os.path.basename(value.rstrip("/\\")) or value
    if name == "type":
        return value.removeprefix(".").upper()
    if name == "asked":
        question, _, answer = value.partition("=")
        return tr("{question} – {answer}", question=question, answer=answer) if answer else value
    return _date_words(value) if name == "date" else value


def _date_words(value: str) -> str:
    """A date in figures as the side bar says it; one in words, and one that is not understood, as it is."""
    period = parse_period(value, date.today()) if _FIGURES.fullmatch(value) else None
    if not isinstance(period, Days) or period.first is None or period.last is None:
        return value.replace("..", " – ")
    return days_words(period.first, period.last)


def piece_icon(piece: Piece) -> str:
    """The icon of a piece of a query."""
    if piece.problem:
        return "warning"
    return filter_icon(piece.name) if piece.kind is PieceKind.FILTER else "search"


def piece_words(piece: Piece) -> str:
    """A piece of a query on its chip.

    >>> from blipdesk.domain.query import query_pieces
    >>> [piece_words(piece) for piece in query_pieces("dog OR cat date:2024..2026 -has:gps type:png,gif")]
    ['dog or cat', '2024 – 2026', 'Not: Has: a place (GPS)', 'PNG or GIF']
    """
    if piece.kind is not PieceKind.FILTER:
        return piece.text.replace(" OR ", tr(" or "))
    words = tr(" or ").join(value_words(piece.name, value) for value in piece.values)
    if piece.name not in _TELLING:
        words = tr("{filter}: {value}", filter=filter_title(piece.name), value=words)
    return tr("Not: {filter}", filter=words) if piece.is_excluded else words


def piece_reading(piece: Piece) -> str:
    """A piece for a screen reader: its icon is said too."""
    if piece.kind is not PieceKind.FILTER or piece.name not in _TELLING:
        return piece_words(piece)
    return tr("{filter}: {value}", filter=filter_title(piece.name), value=piece_words(piece))
