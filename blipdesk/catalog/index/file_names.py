"""The names of files, each once and sorted: a part of a name is looked for in all, and names have an order.

A million photos have a million names at most, 25 MB of them.  They stay in the snapshot's file and are read
through at each key, in pieces that a processor's cache holds: 4 to 11 ms for 400,000 names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.postings import Sliced
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.domain.filter_tests import folded_words

_PIECE = 8192
"""So many names are looked through at a time."""
_SAMPLED = 64
"""One of so many names is kept in memory, to find the others by."""
_TOGETHER = 3
"""So many letters are compared in all places, the others where these stand."""
_DENSE = 0.75
"""A digit stands in most names, and in some twice: then each name is asked, not each place."""
_NO_WORD = re.compile(rb"[^a-z0-9\n\x80-\xff]+")
_BREAK = re.compile(rb" ?\n ?")


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts one after the other, in memory or in a file."""

    letters: Sliced
    ends: Sliced
    """Where each ends; the first begins at 0."""

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> Texts:
        """These texts."""
        ends = np.cumsum([len(text) for text in texts], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(texts), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def piece(self, first: int, count: int) -> tuple[npt.NDArray[np.uint8], Integers]:
        """The letters of some texts, and where each of them ends in these."""
        before = max(0, first - 1)
        ends = self.ends[before : first + count].astype(np.int64)
        start = int(ends[0]) if first else 0
        ends = ends[first - before :] - start
        return self.letters[start : start + int(ends[-1]) if len(ends) else start], ends

    def some(self, first: int, count: int) -> list[bytes]:
        """Some texts."""
        letters, ends = self.piece(first, count)
        data, places = letters.tobytes(), [0, *ends.tolist()]
        return [data[start:end] for start, end in pairwise(places)]


class FileNames:
    """The names of the files of a segment; any thread may ask.

    Args:
        names: as SQLite sorts them, by the bytes of their UTF-8.
        words: their words (``folded_words``), a line each.
        ends: of documents by name: so many have each name or one before it.
    """

    def __init__(self, names: Texts, words: Texts, ends: Sliced) -> None:
        self.names = names
        self.words = words
        self.ends = ends
        self._last: tuple[bytes, Bools] | None = None
        """What was last looked for, and of each name whether it has it."""

    @classmethod
    def of(cls, names: Sequence[str], numbers: Integers, ids: Integers) -> tuple[FileNames, Integers]:
        """The names of documents.

        Args:
            names: each once, in any order.
            numbers: which of them each document has.
            ids: the photo of each document.

        Returns:
            The names, and the documents by name and id.
        """
        keys = [name.encode() for name in names]
        order = sorted(range(len(names)), key=keys.__getitem__)
        ranks = np.empty(len(names), np.int64)
        ranks[order] = np.arange(len(names))
        of_documents = ranks[numbers]
        ends = np.cumsum(np.bincount(of_documents, minlength=len(names))).astype(np.uint32)
        lines = _lines([names[number] for number in order])
        made = cls(Texts.of([keys[number] for number in order]), lines, ends)
        return made, np.lexsort((ids, of_documents)).astype(np.int32)

    def having(self, part: str) -> Bools:
        """Of each document, by name, whether a part (words with a space between) is in its name's words."""
        return np.repeat(self._with(part.encode("utf-8", "surrogatepass")), self._counts())

    def _with(self, part: bytes) -> Bools:
        """The same of each name: with each letter that is typed it is looked for where that was found."""
        last, among = self._last or (b"", np.zeros(0, np.bool_))
        if last == part:
            return among
        narrows = last != b"" and last in part
        found = np.zeros(len(self.words), np.bool_)
        for first in range(0, len(found), _PIECE):
            if not narrows or among[first : first + _PIECE].any():
                found[first : first + _PIECE] = _having(part, *self.words.piece(first, _PIECE))
        self._last = part, found
        return found

    def _counts(self) -> Integers:
        """How many documents have each name."""
        return np.diff(self.ends[:], prepend=np.uint32(0))

    def of_documents(self) -> list[bytes]:
        """The name of each document, by name."""
        counts = self._counts().tolist()
        names = self.names.some(0, len(self.names))
        return [name for name, count in zip(names, counts, strict=True) for _ in range(count)]

    def places(self, names: Sequence[bytes]) -> tuple[Integers, Integers]:
        """Where documents with these names (ascending) stand among those by name: from where to where."""
        numbers = np.zeros(len(names), np.int64)
        known = np.zeros(len(names), np.bool_)
        block, texts = -1, self.names.some(0, 0)
        for at, name in enumerate(names):
            number = max(0, bisect_right(self._sample, name) - 1)
            if number != block:
                block, texts = number, self.names.some(number * _SAMPLED, _SAMPLED)
            place = bisect_left(texts, name)
            numbers[at] = block * _SAMPLED + place
            known[at] = place < len(texts) and texts[place] == name
        ends = np.concatenate([[0], self.ends[:]]).astype(np.int64)
        return ends[numbers], ends[numbers + known]

    @cached_property
    def _sample(self) -> list[bytes]:
        letters, ends = self.names.piece(0, len(self.names))
        starts = np.concatenate([[0], ends])
        chosen = range(0, len(self.names), _SAMPLED)
        return [letters[starts[number] : ends[number]].tobytes() for number in chosen]


def _lines(names: Sequence[str]) -> Texts:
    """The words of names: those in ASCII are cut all at once, the others one by one."""
    one_by_one = [
        name.lower() if name.isascii() and "\n" not in name else folded_words(name) for name in names
    ]
    words = _NO_WORD.sub(b" ", "\n".join(["", *one_by_one, ""]).encode("utf-8", "surrogatepass"))
    letters = np.frombuffer(_BREAK.sub(b"\n ", words)[1:-1], np.uint8)
    return Texts(letters, (np.flatnonzero(letters == ord("\n")) + 1).astype(np.uint32))


def _having(part: bytes, letters: npt.NDArray[np.uint8], ends: Integers) -> Bools:
    """Which of some texts, each of which has its break at its end, have a part."""
    begins = letters == part[0]
    begins[max(0, len(letters) + 1 - len(part)) :] = False
    for at in range(1, min(len(part), _TOGETHER)):
        begins[:-at] &= letters[at:] == part[at]
    if len(part) <= _TOGETHER and np.count_nonzero(begins) > _DENSE * len(ends):
        return np.logical_or.reduceat(begins, np.concatenate([[0], ends[:-1]]))
    places = np.flatnonzero(begins)
    for at in range(_TOGETHER, len(part)):
        places = places[letters[places + at] == part[at]]
    if len(places) < len(ends) // 4:
        found = np.zeros(len(ends), np.bool_)
        found[np.searchsorted(ends, places, "right")] = True
        return found
    before = np.searchsorted(places, ends)
    has: Bools = np.empty(len(ends), np.bool_)
    has[:1] = before[:1] > 0
    np.not_equal(before[1:], before[:-1], out=has[1:])
    return has
