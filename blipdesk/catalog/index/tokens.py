"""The words of texts, many texts at a time: what SQLite's ``unicode61 remove_diacritics 2`` takes for words.

Letters and digits make words (so does what is of private use), all else parts them; case and diacritics are
folded.  A million texts are cut in 4 s with numpy, in 9 s one by one.  A word counts up to its 64th byte.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.searchtext import ANSWER_MARK, SEPARATOR
from blipdesk.domain.words import FILLER, fold_text, lettered, words_of

Integers: TypeAlias = "npt.NDArray[np.signedinteger[Any]]"
Keys: TypeAlias = "npt.NDArray[np.uint64]"
Bools: TypeAlias = "npt.NDArray[np.bool_]"

LONGEST = 64
"""Bytes of a word that count."""
_MARKS = range(0x300, 0x370)
"""Combining marks: diacritics, which do not count."""


_ENDS = ("\n", ANSWER_MARK)
"""What ends a single text: with its line, and within one."""


class _Folding(dict[int, str]):
    """Each character as an index has it: letters and digits, nothing for a mark, a space for the rest."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        return folded

    @staticmethod
    def _fold(character: str) -> str:
        if character in _ENDS:
            return character
        if ord(character) in _MARKS:
            return ""
        category = unicodedata.category(character)
        if category.startswith("M"):  # a vowel sign is a letter, other marks part words
            sign = lettered(character)
            return "" if sign == FILLER else " " if sign == character else sign
        return fold_text(character) if character.isalnum() or category == "Co" else " "


_FOLDING = _Folding()


def words_in(text: str) -> list[bytes]:
    """The words of one text as the index has them, each CJK character by itself.

    >>> words_in("Café-Bar, IMG_12")
    [b'cafe', b'bar', b'img', b'12']
    """
    return [index_word(word.group()) for word in words_of(text)]


def index_word(word: str) -> bytes:
    """One word as the index has it."""
    return _without_plural(word.translate(_FOLDING).encode("utf-8", "ignore")[:LONGEST])


def is_serial(word: bytes) -> bool:
    """Whether a word has a digit: there may be as many of those as photos, and nobody misspells them."""
    return any(48 <= byte <= 57 for byte in word)


def _without_plural(word: bytes) -> bytes:
    """``1990s`` is ``1990``, as the stemmer has it; other words with digits stay."""
    if len(word) > 2 and word.endswith(b"s") and 48 <= word[-2] <= 57:
        return word[:-1]
    return word


_of_thread = threading.local()


@lru_cache(maxsize=65536)
def stem(word: bytes) -> bytes:
    """The Porter stem of a word, as SQLite's ``porter`` has it; a word with a digit is its own."""
    if not 3 <= len(word) <= LONGEST or is_serial(word):
        return word
    found: str = _stemmer().stemWord(word.decode("utf-8", "ignore"))
    return found.encode()


def _stemmer() -> Any:
    """This thread's own: a stemmer keeps the word it works at, and gave two threads each other's stems."""
    if not hasattr(_of_thread, "stemmer"):
        import snowballstemmer

        _of_thread.stemmer = snowballstemmer.stemmer("porter")
    return _of_thread.stemmer


# ---------------------------------------------------------------------------------------- many at a time


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, in their order; all arrays are as long as there are words."""

    buffer: npt.NDArray[np.uint8]
    """All the texts, folded, one after the other."""
    start: Integers
    end: Integers
    text: Integers
    """Number of the text."""
    line: Integers
    """Number of the line in it."""
    place: Integers
    """Its place in the text, from 0; between single texts one is left out, so that no phrase is in two."""
    key: Keys
    """A number that only the same word has (64 bits of hash)."""
    head: Keys
    """The first eight bytes: ascends as the words do."""
    serial: Bools
    """It has a digit."""

    def word(self, number: int) -> bytes:
        """One word."""
        return self.buffer[self.start[number] : self.end[number]].tobytes()


def _table() -> npt.NDArray[np.uint8]:
    table = np.zeros(256, np.uint8)
    table[128:] = np.arange(128, 256)
    for codes in (range(48, 58), range(97, 123)):
        table[codes.start : codes.stop] = codes
    table[65:91] = np.arange(97, 123)
    return table


_BYTES = _table()
_HEADS = np.array([0, *((~0 << (8 * (8 - size))) & 0xFFFFFFFFFFFFFFFF for size in range(1, 9))], np.uint64)
"""What of eight bytes counts where a word has fewer."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


def read_words(texts: Sequence[str]) -> Words:
    """Cut texts into words.

    Args:
        texts: their lines are the fields; each CJK character stands by itself (``searchtext.spaced``).
    """
    pieces = [
        text.encode("ascii") if text.isascii() else text.translate(_FOLDING).encode("utf-8", "ignore")
        for text in (text.replace(SEPARATOR, ANSWER_MARK) for text in texts)
    ]
    sizes = np.fromiter((len(piece) + 1 for piece in pieces), np.int64, len(pieces))
    firsts = np.cumsum(sizes) - sizes
    raw = np.frombuffer(b"\x00" + b"\x00".join([*pieces, bytes(LONGEST + 16)]), np.uint8)
    buffer = _BYTES[raw]
    inside = buffer != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    start, end = edges[0::2], edges[1::2]
    end = np.minimum(end, start + LONGEST)

    # Each text begins a line, and so does what follows a break.
    begun = np.cumsum(inside[1:] > inside[:-1], dtype=np.int32)  # words that began up to each byte
    is_break = raw == ord("\n")
    is_break[firsts] = True
    borders = np.flatnonzero(is_break)
    first_words = begun[firsts] - inside[firsts + 1]
    text = np.repeat(np.arange(len(pieces)), np.diff(first_words, append=start.size))
    lines = np.cumsum(is_break, dtype=np.int32)
    line_of_border = np.arange(borders.size) - np.repeat(
        lines[firsts] - 1, np.diff(lines[firsts] - 1, append=borders.size)
    )
    line = np.repeat(line_of_border, np.diff(begun[borders] - inside[borders + 1], append=start.size))

    ends = np.flatnonzero(is_break | (raw == ord(ANSWER_MARK)))
    place = _places(begun[ends] - inside[ends + 1], first_words, text)

    digits = np.cumsum((raw >= 48) & (raw <= 57), dtype=np.int32)
    serial = digits[end - 1] != digits[start - 1]
    plural = serial & (end - start > 2) & (raw[end - 1] | 32 == ord("s")) & (raw[end - 2] - np.uint8(48) < 10)
    end = end - plural
    head, key = _keys(buffer, start, end - start)
    return Words(buffer, start, end, text, line, place, key, head, serial)


def _places(first_in_single: Integers, first_in_text: Integers, text: Integers) -> Integers:
    """The place of each word in its text, of the first words of single texts and of whole ones."""
    is_first = np.zeros(len(text) + 1, np.int32)
    is_first[first_in_single] = 1
    places: Integers = np.arange(len(text) + 1, dtype=np.int32) + np.cumsum(is_first, dtype=np.int32)
    return places[:-1] - places[first_in_text][text]


def _keys(buffer: npt.NDArray[np.uint8], start: Integers, size: Integers) -> tuple[Keys, Keys]:
    eights = np.ndarray((buffer.size - 7,), ">u8", buffer, strides=(1,))
    head = eights[start].astype(np.uint64) & _HEADS[np.minimum(size, 8)]
    key = _mixed(head ^ size.astype(np.uint64) * _MIX)
    longer = np.flatnonzero(size > 8)
    at = 8
    while longer.size:
        piece = eights[start[longer] + at].astype(np.uint64) & _HEADS[np.minimum(size[longer] - at, 8)]
        key[longer] = _mixed(key[longer] ^ piece)
        at += 8
        longer = longer[size[longer] > at]
    return head, key


def _mixed(key: Keys) -> Keys:
    key = (key ^ (key >> np.uint64(32))) * _MIX
    key = (key ^ (key >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return key ^ (key >> np.uint64(32))


def head_of(word: bytes) -> int:
    """As :attr:`Words.head`, of one word."""
    return int.from_bytes(word[:8].ljust(8, b"\x00"), "big")
