"""Folders that hold folders: no photo's text has their names, but people look for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from blipdesk.catalog import Catalog
from blipdesk.domain.query import Span, last_words
from blipdesk.domain.words import fold_text, words_of
from blipdesk.services.kept import Kept

_MOST_WORDS = 6
"""A name of more words is not looked for."""
_KEPT = 60.0
"""Seconds that the names are kept: each ranked answer asks for them, and one in six paid for the reading."""
_BETWEEN = re.compile(r"[/\\]+")
_Name = tuple[str, ...]


class OuterFolders:
    """Knows the names of folders that are not the innermost of the photos in them; any thread.

    They are read of the folders alone, once and again after a while: 0.03 s for 20,000.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._names = Kept(lambda: frozenset(_outer_names(catalog.directory_paths())), _KEPT)

    def at_end(self, text: str) -> Span | None:
        """Which part of a query, at its end, is the name of such a folder; None: there is none."""
        words = last_words(text)[-_MOST_WORDS:]
        for first in range(len(words)):
            span = words[first].span[0], words[-1].span[1]
            if _words(text[slice(*span)]) in self._names.get():
                return span
        return None


def _outer_names(paths: Sequence[str]) -> Iterator[_Name]:
    """The names of folders in which others are, as words; not of one in which all photos are.

    >>> sorted(_outer_names(["/home/anna/Big Trips/Rome", "/home/anna/Big Trips/Oslo", "/home/anna/Cats"]))
    [('big', 'trips')]
    """
    parts = [_BETWEEN.split(path) for path in paths]
    low, high = min(parts, default=[]), max(parts, default=[])
    # What the first and the last in order begin with, all others do.
    apart = (n for n, (one, other) in enumerate(zip(low, high, strict=False)) if one != other)
    shared = next(apart, len(low))
    yield from map(_words, {name for folders in parts for name in folders[shared:-1]})


def _words(text: str) -> _Name:
    return tuple(fold_text(word.group()) for word in words_of(text))
