"""Words that nobody knows, taken for the nearest that the catalog knows.

A word is left alone when the catalog has it (as any surface word: of captions, keywords, names of people,
folders) or the dictionary does: unguarded, two thirds of good words that no caption holds are rewritten.
The nearest word is that with the fewest edits (optimal string alignment, so that two letters that changed
places count once), and of those the most frequent one, one with the same first letter counted thrice.

People who never saw a word written write what they hear.  What sounds the same (``sounds.py``) is meant five
times as likely as its edits say and may be two away (``elefant`` elephant, not elegant; three in seven
letters), what has the same consonants to the ear three times.  Of 124 words that people often misspell
(``tests/bench/misspelt.txt``) and that 20,000 captions have, 101 are mended, 5 asked about and 7 found by
their stems; by edits alone 86, 3 and 7, and 9 were taken for other words.

What may as well be a word of another language is not taken for an English one: two edits are a mistake in a
long word alone (``katze`` is no kite), another letter in a word of four is asked about (``hund``, hand), and
where half the words of a query are known to nobody and few are plain mistakes, none is mended.

Measured on 2,500 photos' captions and queries with one random edit in a content word
(``tests/bench/search_quality.py``): 95 % of the queries that are mended become the right one, to the letter;
of 1,584 well spelt words that no caption holds 19 are rewritten, nearly all mistakes of the people who
wrote them.  A word is looked at in 1.2 ms (p95 2.6) where the catalog has 92,000.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from blipdesk.catalog.index.dictionary import is_english
from blipdesk.catalog.index.sounds import ALWAYS_HEARD, sound_of
from blipdesk.domain.search import Correction
from blipdesk.domain.words import STOP_WORDS

_LONG = 8
"""Two edits are a mistake in a word that has, or should have, so many letters; in a shorter one one is."""
_SHORT = 4
"""Another letter in a word of so many makes another word as often as a mistake."""
_SIX = 6
"""A letter more or less makes another English word too easily in a shorter one (``strand``, stand)."""
_SAME_LETTER = 3
"""A word with the same first letter is as likely as one so many times as frequent."""
_HEARD, _CONSONANTS = 5, 3
"""Likewise one that sounds the same, or has the same consonants to the ear."""
SHORTEST, _LONGEST = 3, 40
"""Nothing shorter or longer is looked at."""
_REMEMBERED = 4096
_NONE = np.uint32(0)
_VOWELS = frozenset("aeiou")


class Speller:
    """Mends words over the vocabulary of a catalog; made anew when that has changed much.

    Args:
        vocabulary: the words of the catalog, in lower case, and how often each stands there.
    """

    def __init__(self, vocabulary: Iterable[tuple[str, int]]) -> None:
        self._counts = {word: count for word, count in vocabulary if word.isalpha()}
        self._found: dict[str, str | None] = {}

    def correct(self, word: str) -> Correction | None:
        """What a typed word is taken for; None where it is left as it is."""
        near = self._near(word)
        if near is None or is_english(word) or _is_other_word(word.lower(), near):
            return None
        return Correction(word, near)

    def corrections(self, unknown: Iterable[str], words: int = 0) -> tuple[Correction, ...]:
        """What words are taken for, each once, in their order.

        Args:
            unknown: those words of a query that the catalog does not know.
            words: how many telling ones of three letters or more it has in all.
        """
        unknown = tuple(dict.fromkeys(unknown))
        if self._may_be_foreign(unknown, words):
            return ()
        return tuple(correction for word in unknown if (correction := self.correct(word)) is not None)

    def likely(self, unknown: Iterable[str], words: int = 0) -> tuple[Correction, ...]:
        """What words may stand for that are not mended: ``beech``, the beach; arguments as before.

        Nothing is taken for them; it is a question to the person.
        """
        unknown = tuple(dict.fromkeys(unknown))
        is_foreign = self._may_be_foreign(unknown, words)
        if is_foreign and None in map(self._near, _strangers(unknown)):
            return ()
        asked = ((word, self._near(word)) for word in unknown if is_foreign or self.correct(word) is None)
        return tuple(Correction(word, near) for word, near in asked if near is not None)

    def _may_be_foreign(self, unknown: Sequence[str], words: int) -> bool:
        """Whether half the words of a query are known to nobody, and most of those are no plain mistakes."""
        strangers = _strangers(unknown)
        if len(strangers) < 2 or 2 * len(strangers) < words:
            return False
        near = ((word, self._near(word)) for word in strangers)
        plain = sum(other is not None and _is_plain_mistake(word.lower(), other) for word, other in near)
        return 2 * plain < len(strangers)

    def _near(self, word: str) -> str | None:
        """The word of the catalog that a word may be, as the mistake that most people make is."""
        if word not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[word] = self._nearest(word.lower())
        return self._found[word]

    def _can_be_mended(self, word: str) -> bool:
        is_fit = word.isalpha() and SHORTEST <= len(word) <= _LONGEST
        return bool(self._counts) and is_fit and word not in self._counts

    def _nearest(self, word: str) -> str | None:
        if not self._can_be_mended(word):
            return None
        if is_english(word):
            near = [other for other in self._within(word, 1) if _are_confused(word, other)]
        else:
            near = self._mistaken_for(word)
        return min(near, key=lambda other: (-self._weight(word, other), other), default=None)

    def _mistaken_for(self, word: str) -> list[str]:
        """The words that one may be that nobody knows: by ear, by a slip of the finger, then by more."""
        alike = self._sounding_like(word)
        heard = [other for other in alike if _likeness(word, other) == _HEARD]
        slips = [other for other in self._within(word, 1) if _may_be_meant(word, other)]
        if heard or slips:
            return [*heard, *slips]
        if len(word) < _LONG - 1:
            return []
        return alike or [
            other
            for other in self._within(word, 2)
            if other[0] == word[0] and max(len(word), len(other)) >= _LONG
        ]

    def _sounding_like(self, word: str) -> list[str]:
        """The words that sound like one: ``elefant`` elephant, ``kwilt`` quilt, ``resteraunt`` restaurant."""
        edits = 2 if len(word) < _LONG - 1 else 3
        near = self._within(word, edits, _letters([ALWAYS_HEARD])[0])
        return [other for other in near if _likeness(word, other) > 1]

    def _within(self, word: str, edits: int, same: np.uint32 = _NONE) -> list[str]:
        """The words so many edits away, or fewer; with the same ones of some letters."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        words, lengths, letters = self._vocabulary
        own = _letters([word])[0]
        # An edit takes a letter away, puts one in, or both: most words are ruled out by their letters alone.
        near = np.abs(lengths - len(word)) <= edits
        near &= np.bitwise_count(letters & ~own) <= edits
        near &= np.bitwise_count(own & ~letters) <= edits
        near &= ((letters ^ own) & same) == 0
        likely = [words[place] for place in np.flatnonzero(near)]
        found = process.extract(word, likely, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [other for other, _, _ in found]

    @cached_property
    def _vocabulary(self) -> tuple[list[str], NDArray[np.int32], NDArray[np.uint32]]:
        """The words, how long they are, and which letters they have."""
        words = list(self._counts)
        return words, np.fromiter(map(len, words), np.int32, len(words)), _letters(words)

    def _weight(self, word: str, other: str) -> int:
        factor = _SAME_LETTER if other[0] == word[0] else 1
        return self._counts[other] * factor * _likeness(word, other)


class _Slip(Enum):
    """What makes one word of another."""

    SWAPPED = "two letters changed places"
    DOUBLED = "a letter stands there once or twice"
    MORE = "a letter more or less"
    OTHER = "another letter"


def _slip(word: str, other: str) -> tuple[_Slip, int]:
    """The edit between two words that are one apart, and at which letter it is."""
    long, short = (word, other) if len(word) > len(other) else (other, word)
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    if len(long) == len(short):
        return (_Slip.OTHER if long[at + 1 :] == short[at + 1 :] else _Slip.SWAPPED), at
    return (_Slip.DOUBLED if long[at] == long[at - 1 : at] else _Slip.MORE), at


def _strangers(unknown: Sequence[str]) -> list[str]:
    """The words that the dictionary does not know either."""
    return [word for word in unknown if len(word) >= SHORTEST and not is_english(word)]


def _is_plain_mistake(word: str, other: str) -> bool:
    """Whether a word is hardly one of another language: a long one, or with its very letters."""
    if len(word) >= _SIX or _is_far(word, other):
        return len(word) >= _SIX
    return _slip(word, other)[0] in (_Slip.SWAPPED, _Slip.DOUBLED)


def _is_other_word(word: str, other: str) -> bool:
    """Whether a short word has another letter, or two edits: ``hund``, hand; ``foto``, photo."""
    if len(word) > _SHORT:
        return False
    return _is_far(word, other) or (len(word) == len(other) and _slip(word, other)[0] is _Slip.OTHER)


def _is_far(word: str, other: str) -> bool:
    """Whether there is more than one edit between two words."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other) > 1


def _likeness(word: str, other: str) -> int:
    """How many times likelier the one is written for the other for what they sound like."""
    sound, its = sound_of(word), sound_of(other)
    if sound is None or its is None or sound.consonants != its.consonants:
        return 1
    return _HEARD if sound.heard == its.heard else _CONSONANTS


def _may_be_meant(word: str, other: str) -> bool:
    """Whether an unknown word may be one that is one edit away: ``teh`` the, but ``haus`` not has."""
    return other not in STOP_WORDS or _slip(word, other)[0] in (_Slip.SWAPPED, _Slip.DOUBLED)


def _are_confused(word: str, other: str) -> bool:
    """Whether people type one English word for another that is one edit away.

    >>> _are_confused("beech", "beach"), _are_confused("desert", "dessert"), _are_confused("trial", "trail")
    (True, True, True)
    >>> _are_confused("bank", "back"), _are_confused("dusk", "desk"), _are_confused("strand", "stand")
    (False, False, False)
    """
    if word[0] != other[0] or min(len(word), len(other)) < _SHORT or other in STOP_WORDS:
        return False
    slip, at = _slip(word, other)
    if slip is _Slip.OTHER:
        return {word[at], other[at]} <= _VOWELS and not _VOWELS.isdisjoint(
            word[at - 1] + word[at + 1 : at + 2]
        )
    return slip is not _Slip.MORE or min(len(word), len(other)) >= _SIX


def _letters(words: Sequence[str]) -> NDArray[np.uint32]:
    """A bit for each letter that a word has, by its code's last five bits."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    codes = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    return np.bitwise_or.reduceat(np.uint32(1) << (codes & np.uint32(31)), starts)
