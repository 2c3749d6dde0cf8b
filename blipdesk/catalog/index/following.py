"""Words that stand one after the other, told by the places of each.

The rarest word is looked at first, and of the others only where they stand in the documents that are left: at
a million photos a phrase takes 1 to 5 ms; SQLite's full-text index tells the same in 10 to 40 where the words
are common ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.postings import HEAD, LAST_PLACE, Bytes, Standing
from blipdesk.catalog.index.ranges import standing_in
from blipdesk.catalog.index.segment import Segment
from blipdesk.catalog.index.tokens import Bools, Integers, is_serial

_BITS = 64
_FEW = 1 / 16
"""So much shorter lists are looked up in others one by one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the words: a beginning of one where ``prefix``."""

    word: bytes
    prefix: bool
    terms: Integers
    """Those of the word, ascending; none for one with a digit."""

    @property
    def is_vague(self) -> bool:
        """Whether its list has other words too: of those with digits only eight bytes are known."""
        return is_serial(self.word) and len(self.word) >= HEAD + self.prefix

    def standing(self, segment: Segment) -> list[Standing]:
        """Where it stands in the documents of a segment."""
        serial = self.serial(segment)
        return serial if is_serial(self.word) else segment.postings.standing(self.terms) + serial

    def serial(self, segment: Segment) -> list[Standing]:
        """Where it stands, or begins what stands, with a digit in it: DSC01234 begins with "dsc"."""
        if is_serial(self.word) or (self.prefix and len(self.word) <= HEAD):
            return segment.postings.standing_serial(self.word, self.prefix)
        return []


def following(
    segment: Segment,
    parts: Sequence[Part],
    read: Callable[[Integers], Integers],
    among: Integers | None = None,
) -> Integers:
    """The documents of a segment in which these words stand one after the other.

    Args:
        segment: the documents.
        parts: the words.
        read: gets documents whose places do not tell, and gives back those whose text does.
        among: documents, ascending, of which those of the segment are in question; None: all are.
    """
    pieces = [(part.standing(segment), offset) for offset, part in enumerate(parts)]
    pieces.sort(key=lambda piece: sum(own.count for own in piece[0]))
    if among is None:
        docs = _having_any(pieces[0][0], segment)
    else:
        docs = among[slice(*np.searchsorted(among, [segment.first, segment.end]))].astype(np.int64)
    unsure = np.zeros(len(docs), np.bool_)
    stands: npt.NDArray[np.uint64] | None = None
    for standing, offset in pieces:
        if not len(docs):
            return docs
        rows, places = _within(standing, docs, segment)
        having = np.zeros(len(docs), np.bool_)
        having[rows] = True
        unsure[rows[places == LAST_PLACE]] = True
        bits = _bits(rows, places, offset, len(docs))
        stands = bits if stands is None else stands[: len(bits)] & bits[: len(stands)]
        kept = having & (unsure | (np.bitwise_or.reduce(stands) != 0))
        if not kept.all():
            docs, unsure, stands = docs[kept], unsure[kept], stands[:, kept]
    assert stands is not None
    found: Bools = np.bitwise_or.reduce(stands) != 0
    if any(part.is_vague for part in parts):
        found[:] = False
    return docs if found.all() else np.union1d(docs[found], read(docs[~found]))


def _having_any(standing: Sequence[Standing], segment: Segment) -> Integers:
    """The documents of a segment that have a word."""
    mask = np.zeros(segment.size, np.bool_)
    for own in standing:
        mask[own.docs - segment.first if segment.first else own.docs] = True
    return np.flatnonzero(mask) + segment.first


def _within(standing: Sequence[Standing], docs: Integers, segment: Segment) -> tuple[Integers, Bytes]:
    """Which of some documents of a segment, ascending, have a word, by their number among them, and where."""
    rows: list[Integers] = [np.zeros(0, np.int64)]
    places: list[Bytes] = [np.zeros(0, np.uint8)]
    numbers: npt.NDArray[np.int32] | None = None
    for own in standing:
        having = own.docs
        if own.ascends and len(docs) < _FEW * len(having):
            found, here = standing_in(having, docs)
            rows.append(found)
            places.append(own.places[here])
            continue
        if numbers is None:
            numbers = np.full(segment.size, -1, np.int32)
            numbers[docs - segment.first] = np.arange(len(docs), dtype=np.int32)
        found = numbers[having - segment.first if segment.first else having]
        here = np.flatnonzero(found >= 0)
        rows.append(found[here])
        places.append(own.places[here])
    return np.concatenate(rows), np.concatenate(places)


def _bits(rows: Integers, places: Bytes, offset: int, count: int) -> npt.NDArray[np.uint64]:
    """``[layers, count]``: for each document a bit for each place where a word stands, so many earlier."""
    known = (places != LAST_PLACE) & (places >= offset)
    rows, at = rows[known], places[known].astype(np.int64) - offset
    # At each place of a text stands one word, so that no bit is added twice.
    bits = np.zeros((1 + int(at.max(initial=0)) // _BITS, count), np.uint64)
    np.add.at(
        bits.reshape(-1), rows + (at >> 6) * count, np.uint64(1) << (at & (_BITS - 1)).astype(np.uint64)
    )
    return bits
