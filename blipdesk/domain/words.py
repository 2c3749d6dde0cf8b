"""What a word is, in queries and in the texts that they search: as SQLite's ``unicode61`` has it.

Letters and digits of any script make words.  A character of a script written without spaces is a word of
its own, so that a run of them is found as a phrase at any length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3100-\u318f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
"""Scripts written without spaces (and Hangul, whose words carry their particles), for a regex's class."""
_STOP_WORDS = """
    a an and are as at be been being but by can do does for from had has have he her hers him his how i if
    in into is it its me my of off on onto or our out over she so some than that the their them then there
    these they this those through to under up upon was we were what when where which while who whom whose
    why will with you your"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""English words that tell nothing of a photo."""

_LETTER = "[^\\W_]|[\ue000-\uf8ff]"
_MARKS = "\u0300-\u036f"
_WORD = re.compile(f"[{CJK}]|(?:(?![{CJK}])(?:{_LETTER}))(?:(?![{CJK}])(?:{_LETTER}|[{_MARKS}]))*")
_IS_CJK = re.compile(f"[{CJK}]")
_HIDDEN = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words of a text, or of a part of it, with their places, as they are spelled.

    >>> [word.group() for word in words_of("IMG_12 of \u72acdog, caf\u00e9")]
    ['IMG', '12', 'of', '犬', 'dog', 'café']
    """
    return _WORD.finditer(text, start, len(text) if end is None else end)


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

    >>> fold_text("Ｃafé ÉTÉ")
    'cafe ete'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", narrow(text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))
