"""Which photos have a word, where it stands and how much it says: an inverted index in a few arrays.

A document's score for a term is BM25 (k1 1.2, b 0.75, over the captions of a photo together) of the field
weights' sum, computed when the arrays are made (``building``) and kept as one byte, its *impact*: 255 is what
a document could reach at most.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.tokens import Integers, head_of

DOCUMENT_BITS = 30
LAST_PLACE = 255
"""Of a word that has this place or one behind it nobody knows where it stands."""
HEAD = 8
"""So many bytes of a word with a digit are known."""
_MOST = (1 << 64) - 1
_NONE = np.zeros(0, np.int64)
Bytes: TypeAlias = "npt.NDArray[np.uint8]"


class Sliced(Protocol):
    """An array in memory, or one of which parts are read from a file."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> npt.NDArray[Any]: ...


def _at(array: Sliced, number: int) -> int:
    return int(array[number : number + 1][0])


@dataclass(frozen=True, slots=True)
class Lists:
    """Documents by number: those of ``keys[n]`` end at ``ends[n]`` in ``docs``, and ascend."""

    keys: Sliced
    ends: Sliced
    docs: Sliced

    @classmethod
    def of(cls, keys: Integers, docs: Integers) -> Lists:
        """Of pairs of a key and a document, in any order."""
        packed = (keys.astype(np.int64) << DOCUMENT_BITS) | docs.astype(np.int64)
        packed.sort()
        return cls.of_sorted((packed >> DOCUMENT_BITS).astype(np.int32), packed & ((1 << DOCUMENT_BITS) - 1))

    @classmethod
    def of_sorted(cls, keys: npt.NDArray[Any], docs: Integers) -> Lists:
        """Of pairs that ascend."""
        ends = np.append(np.flatnonzero(keys[1:] != keys[:-1]) + 1, len(keys)) if len(keys) else _NONE
        return cls(keys[ends - 1], ends.astype(np.uint32), docs.astype(np.int32))

    def between(self, first: int, last: int) -> slice:
        """Where the lists of all keys from one to another lie."""
        numbers = range(len(self.keys))
        low = bisect_left(numbers, first, key=lambda number: _at(self.keys, number))
        high = bisect_right(numbers, last, key=lambda number: _at(self.keys, number))
        return slice(_at(self.ends, low - 1) if low else 0, _at(self.ends, high - 1) if high else 0)

    def slices(self, keys: Integers) -> list[slice]:
        """Where the lists of these keys (ascending) lie; neighbours are one slice."""
        if not len(keys) or not len(self.keys):
            return []
        own, ends = self.keys[:], self.ends[:]
        places = np.searchsorted(own, keys.astype(own.dtype))
        places = places[own[np.minimum(places, len(own) - 1)] == keys]
        if not len(places):
            return []
        gaps = np.flatnonzero(np.diff(places) != 1)
        firsts = places[np.concatenate([[0], gaps + 1])]
        lasts = places[np.concatenate([gaps, [len(places) - 1]])]
        return [
            slice(int(ends[first - 1]) if first else 0, int(ends[last]))
            for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Standing:
    """A part of a list, read when it is asked for: the documents in which a word stands."""

    lists: Lists
    all_places: Sliced
    part: slice
    ascends: bool
    """Whether the documents ascend: those of several words do so word by word."""

    @property
    def count(self) -> int:
        """How many documents, each as often as it has the word here."""
        return int(self.part.stop - self.part.start)

    @property
    def docs(self) -> Integers:
        """The documents."""
        return self.lists.docs[self.part]

    @property
    def places(self) -> Bytes:
        """Where in the text of each the word stands."""
        return self.all_places[self.part]


@dataclass(frozen=True, slots=True)
class Postings:
    """The words of some documents: terms, and serials (words with a digit)."""

    terms: Lists
    """The documents of each term, each once."""
    impacts: Sliced
    """Of each of those."""
    places: Sliced
    """Where in its text the term stands first."""
    again: Lists
    """The documents in which a term stands more than once, ..."""
    again_places: Sliced
    """... and where else."""
    serials: Lists
    """The documents by the first eight bytes of a serial; one comes as often as it has some."""
    serial_places: Sliced

    def standing(self, terms: Integers) -> list[Standing]:
        """Where any of some terms (ascending) stands."""
        return [
            Standing(lists, places, part, len(terms) == 1)
            for lists, places in ((self.terms, self.places), (self.again, self.again_places))
            for part in lists.slices(terms)
        ]

    def standing_serial(self, word: bytes, prefix: bool) -> list[Standing]:
        """Where a serial stands, or one that begins so; told by up to eight bytes."""
        low = head_of(word)
        part = self.serials.between(low, low | (_MOST >> (8 * min(len(word), HEAD))) if prefix else low)
        return [Standing(self.serials, self.serial_places, part, not prefix)]
