"""The index as of one change: the base, later segments, and which documents stand for no photo any more.

A state never changes, so that any number of searches may use one while the next is made.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.columns import Bit
from blipdesk.catalog.index.orders import Orders
from blipdesk.catalog.index.postings import Lists
from blipdesk.catalog.index.segment import Base, Segment, in_pairs
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.catalog.index.vocabulary import Vocabulary


@dataclass(frozen=True)
class State:
    """What is searched."""

    base: Base
    later: tuple[Segment, ...]
    alive: Bools
    """Of each document: it is the newest of its photo, which is not hidden."""
    seq: int
    """The last change that is in it."""
    order: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    """The later documents from the newest to the oldest, and behind them ..."""
    order_places: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    """... their places: so many documents of the base are older."""
    orders: Orders = field(default_factory=Orders, compare=False)
    """The orders that are not by time; those of the state before."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments; the documents of each follow on those of the one before."""
        return (self.base.segment, *self.later)

    @property
    def size(self) -> int:
        """Documents are numbered below this."""
        return self.segments[-1].end

    @property
    def photos(self) -> int:
        """Photos that can be found."""
        return int(np.count_nonzero(self.alive))

    @property
    def vocabulary(self) -> Vocabulary:
        """The words."""
        return self.base.vocabulary

    def documents(self, photo_ids: Integers) -> Integers:
        """The newest document of each of these photos; -1 where there is none."""
        found = self.base.documents(photo_ids)
        for segment in self.later:
            docs = segment.documents(photo_ids)
            found = np.where(docs >= 0, docs, found)
        return found

    def ids_of(self, docs: Integers) -> Integers:
        """The photo of each document."""
        found = np.empty(len(docs), np.int64)
        self._read_ids(docs, found)
        return found

    def others(self, mask: Bools) -> int:
        """How many photos have no document in a mask of living ones; hidden photos may count twice."""
        return int(np.count_nonzero(self.alive) - np.count_nonzero(mask)) + self._hidden

    @cached_property
    def _hidden(self) -> int:
        flags = [segment.columns["flags"] & Bit.HIDDEN for segment in self.later]
        return self.base.hidden + int(sum(map(np.count_nonzero, flags)))

    def photos_in(self, mask: Bools) -> Bools:
        """Of each photo id whether a document of it is in a mask; none behind the end is."""
        found: Bools = np.zeros(1 + max(int(one.ids.max(initial=0)) for one in self.segments), np.bool_)
        for segment in self.segments:
            found[segment.ids[mask[segment.first : segment.end]]] = True
        return found

    def photo_ids(self, docs: Integers) -> array[int]:
        """The photo of each document, as the windows take them."""
        found = array("q", [0]) * len(docs)
        if len(docs):
            self._read_ids(docs, np.frombuffer(found, np.int64))
        return found

    def _read_ids(self, docs: Integers, found: npt.NDArray[np.int64]) -> None:
        base = self.base.segment
        if base.size:
            found[:] = base.ids[np.minimum(docs, base.size - 1) if self.later else docs]
        behind = np.flatnonzero(docs >= base.size) if self.later else ()
        if len(behind):
            later = np.concatenate([segment.ids for segment in self.later])
            found[behind] = later[docs[behind] - base.size]

    def newest_first(self, mask: Bools) -> Integers:
        """The documents of a mask, by time."""
        split = self.base.segment.size
        docs = np.flatnonzero(mask[:split])[::-1]
        if self.later:
            kept = mask[self.order]
            later, places = self.order[kept], self.order_places[kept]
            # Of the base those come first that lie at or behind a document's place.
            before = len(docs) - np.searchsorted(docs[::-1], places)
            docs = np.insert(docs, before, later)
        return docs

    def nothing(self) -> Bools:
        """A mask of no document."""
        return np.zeros(self.size, np.bool_)

    def having(self, lists_of: Callable[[Segment], Lists], keys: Integers) -> Bools:
        """The documents that stand in the lists of any of these keys (ascending)."""
        mask = self.nothing()
        for segment in self.segments:
            lists = lists_of(segment)
            for part in lists.slices(keys):
                mask[lists.docs[part]] = True
        return mask

    def duplicates(self) -> Bools:
        """The documents with the same picture as another; both are there."""
        base = self.base.segment
        docs, pictures = [self.base.twins], [base.columns["picture"][self.base.twins]]
        for segment in self.later:
            own = segment.columns["picture"]
            docs.append(np.arange(segment.first, segment.end))
            pictures.append(own)
            matching = base.with_pictures(own)
            docs.append(matching)
            pictures.append(base.columns["picture"][matching])
        all_docs, first = np.unique(np.concatenate(docs), return_index=True)
        all_pictures = np.concatenate(pictures)[first]
        flags = np.concatenate([segment.columns["flags"] for segment in self.segments])
        here = self.alive[all_docs] & ((flags[all_docs] & Bit.MISSING) == 0) & (all_pictures != 0)
        mask = self.nothing()
        mask[all_docs[here][in_pairs(all_pictures[here])]] = True
        return mask

    def column(self, name: str) -> Sequence[tuple[slice, Integers]]:
        """A column, by segment: which documents, and the value of each."""
        return [(slice(part.first, part.end), part.columns[name]) for part in self.segments]


def state_of(
    base: Base, later: Sequence[Segment], seq: int, known: Bools, orders: Orders | None = None
) -> State:
    """The state with these segments.

    Args:
        base: the base.
        later: the other segments, in the order of their numbers.
        seq: the last change that is in them.
        known: ``alive`` of the first documents; the others are the newest of their photos.
        orders: of the state before, of the same base; None: there is none.
    """
    orders = orders or Orders()
    unknown = [segment for segment in (base.segment, *later) if segment.first >= len(known)]
    shown = [(segment.columns["flags"] & Bit.HIDDEN) == 0 for segment in unknown]
    alive = np.concatenate([known, *shown]) if shown else known
    if not later:
        return State(base, (), alive, seq, orders=orders)
    places = np.concatenate([segment.places for segment in later])
    times = np.concatenate([segment.columns["sort_time"] for segment in later])
    ids = np.concatenate([segment.ids for segment in later])
    order = np.lexsort((ids, times, places))[::-1]
    return State(base, tuple(later), alive, seq, order + base.segment.size, places[order], orders)
