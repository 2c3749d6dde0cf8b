"""Small text rules that several modules of the catalog share."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime

_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text as SQLite can store it: lone surrogates, which no UTF-8 has, become U+FFFD."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def clean_or_none(text: str | None) -> str | None:
    """As :func:`clean`; a blank text is no text."""
    return clean(text) if text is not None and text.strip() else None


def fold(keyword: str) -> str:
    """What makes two spellings the same keyword."""
    return " ".join(keyword.casefold().split())


def clean_keywords(names: Sequence[str]) -> list[str]:
    """Keywords tidied: spaces joined, blank ones and repetitions dropped, order kept."""
    found: dict[str, str] = {}
    for name in names:
        tidy = " ".join(clean(name).replace("\x00", " ").split())
        if tidy:
            found.setdefault(fold(tidy), tidy)
    return list(found.values())


def text_key(
    caption: str, source: str, keywords: Sequence[str], user_keywords: Sequence[str], rating: int | None
) -> str:
    """A digest of what a write back puts into a file, to see later whether it is still the same."""
    digest = hashlib.sha256()
    stars = () if rating is None else ("", str(rating))
    for part in (source, caption, *sorted(keywords), "", *sorted(user_keywords), *stars):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.hexdigest()


def sort_time(taken_at: str | None, mtime_ns: int) -> float:
    """Seconds to sort by: the date taken, else the file's.  Camera time has no zone and is read as UTC."""
    if taken_at:
        try:
            when = datetime.fromisoformat(taken_at)
            return when.replace(tzinfo=when.tzinfo or UTC).timestamp()
        except (ValueError, OverflowError):
            pass
    return mtime_ns / 1e9


def now() -> float:
    """Seconds since the epoch."""
    return time.time()
