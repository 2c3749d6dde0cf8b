"""Making postings of texts: a page of them at a time, sorted at the end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.postings import DOCUMENT_BITS, LAST_PLACE, Lists, Postings
from blipdesk.catalog.index.tokens import Integers, Keys, Words, read_words
from blipdesk.catalog.index.vocabulary import Vocabulary
from blipdesk.catalog.searchtext import FIELDS

_K1, _B = 1.2, 0.75
_WEIGHTS = np.array([20, 20, 24, 12, 6, 8, 6, 20])
"""Of a word in each field (``searchtext.FIELDS``), in twentieths."""
OF_A_NAME = round(255 * _WEIGHTS[FIELDS.index("camera")] / (_WEIGHTS[FIELDS.index("camera")] + 20 * _K1))
"""The impact of a word that stands in the name of the camera (or of the file) alone, and there once."""
_CAPTIONS = 2
"""So many fields, the first, are captions: they are normalised by their length, the others are short."""
_FEW, _USUAL_LENGTH = 100, 10.0
"""Fewer captions tell no mean length: a catalog that is searched before its first caption would keep it."""
_FIELD, _PLACE, _TERM = 3, 8, 28
"""Bits of a word's field, of its place in the text and of its term; the text's number is above them."""


class PostingsBuilder:
    """Collects the words of documents, page by page."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._term_of_key: dict[int, int] = {}
        self._counts: dict[int, int] = {}
        self._words: dict[int, bytes] = {}
        self._documents = 0
        self._pages: list[tuple[Integers, ...]] = []
        self._again: list[tuple[Integers, ...]] = []
        self._serials: list[tuple[Keys, Integers, Integers]] = []
        self._lengths: list[Integers] = []

    def add(self, texts: Sequence[str]) -> None:
        """Take up the next documents: the search text of each."""
        words = read_words(texts)
        places = np.minimum(words.place, LAST_PLACE)
        line = np.minimum(words.line, len(_WEIGHTS) - 1)
        self._lengths.append(np.bincount(words.text[line < _CAPTIONS], minlength=len(texts)))
        serial = np.flatnonzero(words.serial)
        self._serials.append((words.head[serial], words.text[serial] + self._documents, places[serial]))
        plain = np.flatnonzero(~words.serial)
        packed = (words.text[plain] << _TERM) | self._terms(words, plain)
        packed = ((packed << _PLACE | places[plain]) << _FIELD) | line[plain]
        self._gather(packed)
        self._documents += len(texts)

    def _gather(self, packed: Integers) -> None:
        """Sort the words of a page by text, term and place, and sum up what each term weighs in a text."""
        packed.sort()
        line, place = packed & ((1 << _FIELD) - 1), packed >> _FIELD & LAST_PLACE
        pair = packed >> (_FIELD + _PLACE)
        is_first = np.ones(len(pair), np.bool_)
        is_first[1:] = pair[1:] != pair[:-1]
        first, again = np.flatnonzero(is_first), np.flatnonzero(~is_first)
        weight = _WEIGHTS[line]
        both = np.stack([np.where(line < _CAPTIONS, weight, 0), np.where(line < _CAPTIONS, 0, weight)])
        sums = np.minimum(np.add.reduceat(both, first, axis=1), 65535) if len(first) else both
        terms, rows = pair & ((1 << _TERM) - 1), (pair >> _TERM) + self._documents
        self._again.append(tuple(map(_small, (terms[again], rows[again], place[again]))))
        self._pages.append(tuple(map(_small, (terms[first], rows[first], place[first], *sums))))

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
        """Words in the captions of a photo that has some; what is usual where few have."""
        lengths = np.concatenate([*self._lengths, np.zeros(0, np.int64)])
        lengths = lengths[lengths > 0]
        return float(lengths.mean()) if len(lengths) >= _FEW else _USUAL_LENGTH

    def built(self, numbers: Integers, mean_length: float, terms: Integers | None = None) -> Postings:
        """The postings of all that was added.

        Args:
            numbers: the number of each document, in the order in which they were added.
            mean_length: words in the captions of a photo that has some.
            terms: the new number of each term, where they were sorted.
        """
        if not self._pages:
            self.add([])
        of_term, rows, places, captions, others = map(np.concatenate, zip(*self._pages, strict=True))
        self._pages.clear()
        lengths = np.concatenate(self._lengths)
        norm = (1.0 - _B + _B * lengths / mean_length).astype(np.float32)
        weight = (captions / norm[rows] + others) / 20.0
        impact = np.maximum(np.rint(255.0 * weight / (weight + _K1)), 1).astype(np.uint8)
        del captions, others, weight
        of_term = of_term if terms is None else terms[of_term]
        lists, both = _sorted(of_term, numbers[rows], impact.astype(np.int64) << _PLACE | places, 16)
        del of_term, rows, impact, places
        again, again_places = self._again_lists(numbers, terms)
        serials, serial_places = self._serial_lists(numbers)
        return Postings(
            terms=lists,
            impacts=(both >> _PLACE).astype(np.uint8),
            places=(both & LAST_PLACE).astype(np.uint8),
            again=again,
            again_places=again_places,
            serials=serials,
            serial_places=serial_places,
        )

    def _again_lists(self, numbers: Integers, terms: Integers | None) -> tuple[Lists, npt.NDArray[np.uint8]]:
        of_term, rows, places = map(np.concatenate, zip(*self._again, strict=True))
        self._again.clear()
        lists, places = _sorted(of_term if terms is None else terms[of_term], numbers[rows], places, _PLACE)
        return lists, places.astype(np.uint8)

    def _serial_lists(self, numbers: Integers) -> tuple[Lists, npt.NDArray[np.uint8]]:
        heads, rows, places = map(np.concatenate, zip(*self._serials, strict=True))
        docs = numbers[rows]
        order = np.lexsort((places, docs, heads))
        return Lists.of_sorted(heads[order], docs[order]), places[order].astype(np.uint8)


def _small(numbers: Integers) -> Integers:
    """In half the room: a million photos have 15 million of them."""
    return numbers.astype(np.int32)


def _sorted(terms: Integers, docs: Integers, rest: Integers, bits: int) -> tuple[Lists, Integers]:
    """Lists by term and document, and what belongs to each pair.

    One number a pair is sorted four times as quickly as the order of the pairs.
    """
    document_bits = min(DOCUMENT_BITS, int(docs.max(initial=0)).bit_length())
    packed = terms.astype(np.int64) << (document_bits + bits)
    packed |= docs.astype(np.int64) << bits
    packed |= rest
    packed.sort()
    rest = packed & ((1 << bits) - 1)
    packed >>= bits
    docs = packed & ((1 << document_bits) - 1)
    return Lists.of_sorted((packed >> document_bits).astype(np.int32), docs), rest
