"""Texts of metadata fields: cleaning what is written, telling boilerplate apart."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
MAX_TEXT = 20_000
"""Characters of what is written."""


def clean(text: str) -> str:
    """A text as it may stand in EXIF and XMP alike: no control characters, no lone surrogates, trimmed."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", text).strip()[:MAX_TEXT].strip()


def clean_keywords(keywords: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords on one line each, without repetitions."""
    cleaned = (" ".join(clean(k).split()) for k in keywords)
    return tuple(dict.fromkeys(k for k in cleaned if k))


def merge(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """``old`` and what of ``new`` is not in it yet, letter case aside: keyword lists only grow."""
    known = {k.casefold() for k in old}
    added: dict[str, str] = {}
    for keyword in new:
        if keyword.casefold() not in known:
            added.setdefault(keyword.casefold(), keyword)
    return (*old, *added.values())


@cache
def _rules(section: str) -> re.Pattern[str]:
    """The patterns of a section of ``boilerplate.txt`` as one."""
    lines = resources.files(__package__).joinpath("boilerplate.txt").read_text("utf-8").splitlines()
    rules: dict[str, list[str]] = {}
    current = "replace"
    for line in map(str.strip, lines):
        if line in ("[replace]", "[data]", "[keep]"):
            current = line.strip("[]")
        elif line and not line.startswith("#"):
            rules.setdefault(current, []).append(f"(?:{line})")
    return re.compile("|".join(rules.get(section, ["(?!)"])), re.DOTALL)


def is_boilerplate(text: str) -> bool:
    """True for blanks and for what cameras and programs put in place of a caption: it may be replaced."""
    text = text.strip("\0 \t\r\n")
    if len(text) > 200:  # every rule is about short texts; also bounds the matching
        return not text.strip("\0 \t\r\n0")
    return _rules("replace").fullmatch(text) is not None


def is_technical(text: str) -> bool:
    """True for a program's own data in a caption field: no person's words, but not ours to replace."""
    return is_data(text) or _rules("keep").fullmatch(_beginning(text)) is not None


def is_data(text: str) -> bool:
    """True for those that a program reads again: no person's caption takes their place either."""
    return _rules("data").fullmatch(_beginning(text)) is not None


def _beginning(text: str) -> str:
    return text.strip("\0 \t\r\n")[:2000]


def encode_xp(text: str) -> bytes:
    """The bytes of an XP tag, with its double NUL."""
    return text.encode("utf-16-le") + b"\0\0"
