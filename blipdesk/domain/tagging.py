"""Keywords of many photos at once: what was changed, and what they have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tagged:
    """What an edit of the keywords of many photos has done."""

    edit: int | None = None
    """What takes it back; None: nothing changed."""
    changed: int = 0
    """How many photos have other keywords now."""
    is_whole: bool = True
    """False: it was stopped before it came to all photos."""


@dataclass(frozen=True, slots=True)
class KeywordCount:
    """A keyword in its most frequent spelling, and how many of some photos show it."""

    name: str
    count: int
    hidden: bool = False
    """A person chose not to have it offered."""


@dataclass(frozen=True, slots=True)
class KeywordsAmong:
    """The keywords that some photos show, the most frequent first, those that are hidden last."""

    photos: int = 0
    """How many photos were looked at."""
    keywords: tuple[KeywordCount, ...] = ()
    others: int = 0
    """How many keywords there are beside these."""
