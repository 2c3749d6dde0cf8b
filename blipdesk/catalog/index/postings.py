"""Which photos have a term, and how much it says about each: an inverted index in a few arrays.

A document's score for a term is BM25 (k1 1.2, b 0.75, over the captions of a photo together) of the field
weights' sum, computed when the arrays are made and kept as one byte, its *impact*: 255 is what a document
could reach at most.  Captions are normalised by their length, the other fields are short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.tokens import Integers, Keys, Words, head_of, read_words
from blipdesk.catalog.index.vocabulary import Vocabulary

_K1, _B = 1.2, 0.75
_WEIGHTS = np.array([20, 20, 24, 12, 6, 8, 6, 20])
"""Of a word in each field (``searchtext.FIELDS``), in twentieths."""
_CAPTIONS = 2
"""So many fields, the first, are captions."""
_DOCUMENT_BITS, _FIELD_BITS = 30, 8
_MOST = (1 << 64) - 1
_NONE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Lists:
    """Documents by number: those of ``keys[n]`` end at ``ends[n]`` in ``docs``, and ascend."""

    keys: npt.NDArray[Any]
    ends: npt.NDArray[np.uint32]
    docs: Integers

    @classmethod
    def of(cls, keys: Integers, docs: Integers) -> Lists:
        """Of pairs of a key and a document, in any order."""
        packed = (keys.astype(np.int64) << _DOCUMENT_BITS) | docs.astype(np.int64)
        packed.sort()
        return cls.of_sorted(
            (packed >> _DOCUMENT_BITS).astype(np.int32), packed & ((1 << _DOCUMENT_BITS) - 1)
        )

    @classmethod
    def of_sorted(cls, keys: npt.NDArray[Any], docs: Integers) -> Lists:
        """Of pairs that ascend."""
        ends = np.append(np.flatnonzero(keys[1:] != keys[:-1]) + 1, len(keys)) if len(keys) else _NONE
        return cls(keys[ends - 1], ends.astype(np.uint32), docs.astype(np.int32))

    def between(self, first: int, last: int) -> Integers:
        """The documents of all keys from one to another; of one key they ascend."""
        low, high = np.searchsorted(self.keys, np.array([first, last], self.keys.dtype))
        high += high < len(self.keys) and int(self.keys[high]) == last
        return self.docs[int(self.ends[low - 1]) if low else 0 : int(self.ends[high - 1]) if high else 0]

    def slices(self, keys: Integers) -> list[slice]:
        """Where the lists of these keys (ascending) lie; neighbours are one slice."""
        if not len(keys) or not len(self.keys):
            return []
        places = np.searchsorted(self.keys, keys.astype(self.keys.dtype))
        places = places[self.keys[np.minimum(places, len(self.keys) - 1)] == keys]
        if not len(places):
            return []
        gaps = np.flatnonzero(np.diff(places) != 1)
        firsts = places[np.concatenate([[0], gaps + 1])]
        lasts = places[np.concatenate([gaps, [len(places) - 1]])]
        return [
            slice(int(self.ends[first - 1]) if first else 0, int(self.ends[last]))
            for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Postings:
    """The terms and serials (words with a digit) of some documents.

    ``impacts`` goes with the documents of ``lists``, whose keys are terms.  Those of ``serials`` are the
    first eight bytes of words.
    """

    lists: Lists
    impacts: npt.NDArray[np.uint8]
    serials: Lists

    def with_digits(self, word: bytes, prefix: bool) -> Integers:
        """The documents with a word that has a digit, or with one that begins so; up to eight bytes.

        A document may come twice where there are several such words.
        """
        low = head_of(word)
        return self.serials.between(low, low | (_MOST >> (8 * min(len(word), 8))) if prefix else low)


class PostingsBuilder:
    """Collects the words of documents, page by page."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._term_of_key: dict[int, int] = {}
        self._counts: dict[int, int] = {}
        self._words: dict[int, bytes] = {}
        self._documents = 0
        self._pages: list[tuple[Integers, Integers, Integers, Integers]] = []
        self._serials: list[tuple[Keys, Integers]] = []
        self._lengths: list[Integers] = []

    def add(self, texts: Sequence[str]) -> None:
        """Take up the next documents: the search text of each."""
        words = read_words(texts)
        serial = np.flatnonzero(words.serial)
        self._serials.append((words.head[serial], (words.text[serial] + self._documents).astype(np.int32)))
        plain = np.flatnonzero(~words.serial)
        terms = self._terms(words, plain)
        text, line = words.text[plain], np.minimum(words.line[plain], len(_WEIGHTS) - 1)
        captions = np.flatnonzero(words.line < _CAPTIONS)
        self._lengths.append(np.bincount(words.text[captions], minlength=len(texts)))

        packed = (text << 40) | (terms << _FIELD_BITS) | line
        packed.sort()
        line = packed & ((1 << _FIELD_BITS) - 1)
        pair = packed >> _FIELD_BITS
        first = np.flatnonzero(np.diff(pair, prepend=-1))
        weight = _WEIGHTS[line]
        both = np.stack([np.where(line < _CAPTIONS, weight, 0), np.where(line < _CAPTIONS, 0, weight)])
        sums = np.minimum(np.add.reduceat(both, first, axis=1), 65535) if len(first) else both
        pair = pair[first]
        mask = (1 << (40 - _FIELD_BITS)) - 1
        self._pages.append(
            (
                (pair & mask).astype(np.int32),
                ((pair >> (40 - _FIELD_BITS)) + self._documents).astype(np.int32),
                sums[0].astype(np.uint16),
                sums[1].astype(np.uint16),
            )
        )
        self._documents += len(texts)

    def _terms(self, words: Words, plain: Integers) -> Integers:
        """The term of each word; a word is looked up once a page."""
        keys, first, back, counts = np.unique(
            words.key[plain], return_index=True, return_inverse=True, return_counts=True
        )
        found = np.empty(len(keys), np.int64)
        for number, (key, count) in enumerate(zip(keys.tolist(), counts.tolist(), strict=True)):
            term = self._term_of_key.get(key)
            if term is None:
                word = words.word(int(plain[first[number]]))
                term = self._term_of_key[key] = self._vocabulary.add(word, 0)
                self._words[key] = word
            self._counts[key] = self._counts.get(key, 0) + count
            found[number] = term
        return found[back]

    def count_words(self) -> None:
        """Note in the vocabulary how often each word was met; once, when all is added."""
        for key, count in self._counts.items():
            self._vocabulary.add(self._words[key], count)

    def mean_length(self) -> float:
        """Words in the captions of a photo that has some."""
        lengths = np.concatenate([*self._lengths, np.zeros(0, np.int64)])
        return float(lengths[lengths > 0].mean()) if (lengths > 0).any() else 1.0

    def built(self, numbers: Integers, mean_length: float, terms: Integers | None = None) -> Postings:
        """The postings of all that was added.

        Args:
            numbers: the number of each document, in the order in which they were added.
            mean_length: words in the captions of a photo that has some.
            terms: the new number of each term, where they were sorted.
        """
        if not self._pages:
            self.add([])
        of_term, rows, captions, others = (
            np.concatenate(column) for column in zip(*self._pages, strict=True)
        )
        self._pages.clear()
        lengths = np.concatenate(self._lengths)
        norm = (1.0 - _B + _B * lengths / mean_length).astype(np.float32)
        weight = (captions / norm[rows] + others) / 20.0
        impact = np.maximum(np.rint(255.0 * weight / (weight + _K1)), 1).astype(np.int64)
        del captions, others, weight
        if terms is not None:
            of_term = terms[of_term]
        packed = of_term.astype(np.int64) << (_DOCUMENT_BITS + 8)
        packed |= numbers[rows].astype(np.int64) << 8
        packed |= impact
        del of_term, rows, impact
        packed.sort()
        impacts = (packed & 255).astype(np.uint8)
        packed >>= 8
        of_term = (packed >> _DOCUMENT_BITS).astype(np.int32)
        lists = Lists.of_sorted(of_term, packed & ((1 << _DOCUMENT_BITS) - 1))
        return Postings(lists, impacts, self._serial_lists(numbers))

    def _serial_lists(self, numbers: Integers) -> Lists:
        heads = np.concatenate([page[0] for page in self._serials])
        docs = numbers[np.concatenate([page[1] for page in self._serials])].astype(np.int32)
        order = np.lexsort((docs, heads))
        heads, docs = heads[order], docs[order]
        fresh = np.ones(len(heads), np.bool_)  # a word may stand in a text twice
        fresh[1:] = (heads[1:] != heads[:-1]) | (docs[1:] != docs[:-1])
        return Lists.of_sorted(heads[fresh], docs[fresh])
