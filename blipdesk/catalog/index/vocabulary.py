"""The words of the catalog without digits, sorted, with their stems: a stem's number is a *term*.

Most words lie in arrays of a snapshot; those that came later, in dictionaries.  Terms are
numbered in the order of their stems, so that what begins alike lies together in the postings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.tokens import Integers, stem

_AFTER = b"\xff"
"""No UTF-8 has this byte: behind a prefix it comes after all that begins so."""


@dataclass(frozen=True, slots=True)
class SortedWords:
    """Words in ascending order of their bytes, one after the other in one array."""

    letters: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.uint32]
    """Where each word ends; the first begins at 0."""

    @classmethod
    def of(cls, words: Sequence[bytes]) -> SortedWords:
        """Words that are sorted already."""
        ends = np.cumsum([len(word) for word in words], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(words), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        start = int(self.ends[number - 1]) if number else 0
        return self.letters[start : int(self.ends[number])].tobytes()

    def place(self, word: bytes) -> int:
        """How many words come before this one."""
        return bisect_left(range(len(self)), word, key=self.__getitem__)

    def find(self, word: bytes) -> int:
        """The number of a word; -1 where it is none of them."""
        number = self.place(word)
        return number if number < len(self) and self[number] == word else -1

    def beginning(self, prefix: bytes) -> slice:
        """The numbers of all words that begin so."""
        return slice(self.place(prefix), self.place(prefix + _AFTER))


class Vocabulary:
    """Words and terms.

    Words are added by one thread at a time (the index locks); others may look up meanwhile.
    """

    def __init__(
        self,
        words: SortedWords,
        term_of_word: Integers,
        counts: npt.NDArray[np.uint32],
        stems: SortedWords,
    ) -> None:
        self.words = words
        self.term_of_word = term_of_word
        self.counts = counts
        self.stems = stems
        self._new_words: dict[bytes, int] = {}
        self._new_stems: dict[bytes, int] = {}
        self._new_counts: dict[bytes, int] = {}

    @classmethod
    def empty(cls) -> Vocabulary:
        """Without any word."""
        none = SortedWords.of([])
        return cls(none, np.zeros(0, np.int32), np.zeros(0, np.uint32), none)

    @property
    def terms(self) -> int:
        """How many terms there are; they are numbered from 0."""
        return len(self.stems) + len(self._new_stems)

    def add(self, word: bytes, count: int = 1) -> int:
        """Take a word up; returns its term."""
        number = self.words.find(word)
        if number >= 0:
            return int(self.term_of_word[number])
        self._new_counts[word] = self._new_counts.get(word, 0) + count
        term = self._new_words.get(word)
        if term is None:
            root = stem(word)
            term = self._term(root)
            if term < 0:
                term = self._new_stems[root] = self.terms
            self._new_words[word] = term
        return term

    def term_of(self, word: bytes) -> int:
        """The term of a word, whether or not the catalog has it in this form; -1: it has it in none."""
        number = self.words.find(word)
        return int(self.term_of_word[number]) if number >= 0 else self._term(stem(word))

    def _term(self, root: bytes) -> int:
        number = self.stems.find(root)
        return number if number >= 0 else self._new_stems.get(root, -1)

    def has(self, word: bytes) -> bool:
        """Whether a photo has just this word."""
        return word in self._new_words or self.words.find(word) >= 0

    def terms_with(self, prefix: bytes) -> Integers:
        """The terms of all words that begin so, ascending."""
        found = self.term_of_word[self.words.beginning(prefix)]
        new = [term for word, term in tuple(self._new_words.items()) if word.startswith(prefix)]
        return np.unique(np.concatenate([found, np.array(new, np.int32)]))

    def counted(self) -> Iterator[tuple[str, int]]:
        """Each word and how often it stands in the photos' texts; words of photos that changed count on."""
        for number in range(len(self.words)):
            yield self.words[number].decode("utf-8", "ignore"), int(self.counts[number])
        for word, count in tuple(self._new_counts.items()):
            yield word.decode("utf-8", "ignore"), count

    def sorted(self) -> tuple[Vocabulary, Integers]:
        """All in arrays, and for each term its new number; of one without arrays."""
        words = sorted(self._new_words)
        stems = sorted(self._new_stems)
        numbers = np.zeros(len(stems), np.int32)
        for new, root in enumerate(stems):
            numbers[self._new_stems[root]] = new
        terms = np.fromiter((self._new_words[word] for word in words), np.int32, len(words))
        counts = np.fromiter((self._new_counts[word] for word in words), np.uint32, len(words))
        made = Vocabulary(SortedWords.of(words), numbers[terms], counts, SortedWords.of(stems))
        return made, numbers
