"""Knowing a text again that we wrote, after another program has rewritten the metadata around it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_CUTS = (2000, 256, 255, 64)
"""Where programs cut a text, in bytes: IPTC-IIM 4.2 takes 2,000 in a caption (2:120), 256 in a headline
(2:105) and 64 in an object name (2:05); fields of databases end at 255."""


def is_among(found: str, ours: Iterable[str]) -> bool:
    """Whether a text is one of ours: equal but for composed letters (NFC), line ends and blanks around it.

    Or one of ours that was cut where programs do it.  A person who shortens our text ends elsewhere.
    """
    found = _plain(found)
    return bool(found) and any(found == _plain(text) or found in _cut(_plain(text)) for text in ours)


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _cut(text: str) -> set[str]:
    """What programs leave of a text that is too long for them: so many bytes of UTF-8, or letters."""
    whole = text.encode("utf-8", "replace")
    sizes = [size for size in _CUTS if len(whole) > size]
    kept = {whole[:size].decode("utf-8", "ignore").strip() for size in sizes}
    return kept | {text[:size].strip() for size in sizes}


def leaf(keyword: str) -> str:
    """A keyword as lists without a hierarchy say it: of a path (``Places|France``) the last level."""
    levels = [level for part in keyword.split("|") if (level := part.strip())]
    return levels[-1] if levels else keyword
