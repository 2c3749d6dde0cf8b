"""What a word is, in queries and in the texts that they search: as SQLite's ``unicode61`` has it.

Letters and digits of any script make words.  A character of a script written without spaces is a word of
its own, so that a run of them is found as a phrase at any length.

Vowel signs of Hindi, Tamil, Thai and other scripts are marks, at which ``unicode61`` cuts words: a Hindi word
would be as many as it has consonants.  Where words are looked for, such a sign is a letter for private use
(:func:`lettered`), which ``unicode61`` leaves in the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SIGN = 0xF0000
"""Added to the code of a vowel sign: a letter for private use."""
_SIGNS_WITHOUT_SPACES = "\U000f0e31-\U000f0ece\U000f102b-\U000f109d\U000f17b4-\U000f17dd\U000faa7b-\U000faa7d"
CJK = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u109a-\u109d"
    "\u1780-\u17d3\u17d7\u17dc\u17dd\uaa60-\uaa7f"
    + _SIGNS_WITHOUT_SPACES
    + "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3100-\u318f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
"""Scripts written without spaces: Chinese, Japanese, Thai, Lao, Burmese, Khmer (and Hangul, whose words carry
their particles), for a regex's class."""
_STOP_WORDS = """
    a an and are as at be been being but by can do does for from had has have he her hers him his how i if
    in into is it its me my of off on onto or our out over she so some than that the their them then there
    these they this those through to under up upon was we were what when where which while who whom whose
    why will with you your"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""English words that tell nothing of a photo."""

FILLER = "\u034f"
"""Stands where a letter was joined with the one before it: it counts for nothing, and keeps later places."""
LETTER = "[^\\W_]|[\ue000-\uf8ff\U000f0000-\U000ffffd]"
"""A letter or digit, for a regex; of private use too."""
_MARKS = "\u0300-\u036f"
_WORD = re.compile(f"[{CJK}]{FILLER}*|(?:(?![{CJK}])(?:{LETTER}))(?:(?![{CJK}])(?:{LETTER}|[{_MARKS}]))*")
_STOOD_FOR = re.compile("[\U000f0483-\U000ffffd]")
_APART = re.compile(
    "[^\u0300-\u036f\u1160-\u11ff\u3099\u309a][\u0300-\u036f\u0591-\u0dff\u0f71-\u0fbc\u102b-\u109d\u1160-\u11ff\u1b34-\u1b44\u3099\u309a]+"
)
_IS_CJK = re.compile(f"[{CJK}]")
_HIDDEN = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAY_BE_SIGN = re.compile(
    "[\u0483-\u0489\u0591-\u1cff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff"
    "\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U00010100-\U0001efff]"
)
_JOINERS = re.compile("(?<=[^\\W_]|[\U000f0000-\U000ffffd])[\u200c\u200d]")
_POINTS = (
    range(0x591, 0x5C8), range(0x610, 0x61B), range(0x640, 0x641), range(0x64B, 0x660), range(0x670, 0x671),
    range(0x6D6, 0x6EE), range(0x711, 0x712), range(0x730, 0x74B), range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00), range(0x20D0, 0x2100), range(0xFE20, 0xFE30),
)  # fmt: skip
"""Points of Hebrew and Arabic, a line that stretches words, rare diacritics: people leave them out."""
_OWN_LETTERS = str.maketrans(
    {"\u0142": "l", "\u00f8": "o", "\u00e6": "ae", "\u0153": "oe", "\u0111": "d", "\u00f0": "d",
     "\u00fe": "th", "\u0127": "h", "\u0131": "i", "\u0167": "t", "\u014b": "n", "\u0268": "i"}
)  # fmt: skip
"""Letters with a stroke and the like, which Unicode does not take apart, as people type them."""
_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}


class _Lettered(dict[int, int | str]):
    """What stands for each character: signs of vowels are letters, points count for nothing."""

    def __missing__(self, code: int) -> int | str:
        found: int | str = code
        if any(code in points for points in _POINTS):
            found = FILLER
        elif code > 0x36F and unicodedata.category(chr(code)) in ("Mn", "Mc") and code not in _SELECTORS:
            found = code + _SIGN if code <= 0xFFFD else FILLER
        self[code] = found
        return found


_SELECTORS = range(0xFE00, 0xFE10)
_LETTERED = _Lettered()


def lettered(text: str) -> str:
    """The text with a letter for each sign of a vowel, and fillers for points; as long as before."""
    if text.isascii() or _MAY_BE_SIGN.search(text) is None:
        return text
    return _JOINERS.sub(FILLER, text.translate(_LETTERED))


def has_whole_letters(text: str) -> bool:
    """Whether each letter stands for itself: none is taken apart, or of a script with vowel signs."""
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and _MAY_BE_SIGN.search(text) is None)


def readable(text: str) -> str:
    """A text that was lettered, as people read it."""
    if text.isascii():
        return text
    return _STOOD_FOR.sub(_sign, text)


def _sign(letter: re.Match[str]) -> str:
    sign = chr(ord(letter.group()) - _SIGN)
    return sign if _LETTERED[ord(sign)] == ord(letter.group()) else letter.group()  # else an icon's


def composed(text: str) -> str:
    """The text with each letter and its marks as one character (NFC) and fillers behind; as long as before.

    Macs take the letters of file names apart.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return _APART.sub(_joined, text)


def _joined(apart: re.Match[str]) -> str:
    found = unicodedata.normalize("NFC", apart.group())
    size = len(apart.group())
    return found.ljust(size, FILLER) if len(found) <= size else apart.group()


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words of a text, or of a part of it, with their places, as they are spelled.

    >>> [word.group() for word in words_of("IMG_12 of \u72acdog, caf\u00e9")]
    ['IMG', '12', 'of', '犬', 'dog', 'café']
    """
    return _WORD.finditer(lettered(text), start, len(text) if end is None else end)


def is_cjk(character: str) -> bool:
    """Whether a character is a word of its own."""
    return _IS_CJK.match(character) is not None


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as plain ones; as long as before.

    >>> narrow("ｄｏｇ　１２")
    'dog 12'
    """
    return text if text.isascii() else text.translate(_NARROW)


def storable(text: str) -> str:
    """The text without lone surrogates, which no UTF-8 has, and control characters; as long as before."""
    text = _HIDDEN.sub(" ", text)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def fold_text(text: str) -> str:
    """The text without case, diacritics and width: what is compared.

    >>> fold_text("Ｃafé ÉTÉ Łódź")
    'cafe ete lodz'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", narrow(text).casefold())
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return lettered(unicodedata.normalize("NFC", bare)).replace(FILLER, "").translate(_OWN_LETTERS)
