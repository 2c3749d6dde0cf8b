"""What an English word sounds like, roughly: people who do not know a word write what they hear.

Consonants are written as they are mostly spoken, and silent letters are left out.  A key says which words may
be the same to the ear, not that they are; the spelling (``spelling.py``) asks for few edits, too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        # at the beginning: knife, gnome, psalm; wrist, who; xylophone; yellow
        (r"^[kgp](?=n)|^p(?=s)|^w(?=r|ho)", ""),
        (r"^x", "s"),
        (r"^y(?=[aeiou])", "Y"),
        # several letters for one sound
        (r"sch(?=[ou])", "sk"),
        (r"tch|ch(?![rl])|t(?=ue|ure)", "C"),
        (r"sh|(?:[cst]|sc)i(?=[aou])", "S"),
        (r"th", "T"),
        (r"ph|(?<=[ao]u)gh(?=$|[eis])", "f"),
        (r"dg(?=[eiy])|dj", "j"),
        (r"(?<=[aeiouy])gh(?![aeiouy])", ""),
        (r"mb(?=s?$)", "m"),
        (r"(?<=s)t(?=le|m)", ""),
        (r"ck|cq|ch|cc(?![eiy])", "k"),
        (r"qu", "kw"),
        (r"x", "ks"),
        # one letter for another
        (r"s?c(?=[eiy])|z", "s"),
        (r"[cq]", "k"),
        (r"g(?=[eiy])", "j"),
        # letters that are not heard
        (r"(?<=[grwk])h|(?<=[aeiouy])h(?![aeiouy])", ""),
        (r"(?<=[aeiouy])w(?![aeiouy])", ""),
        # vowels that are mostly spoken alike: train and trane, boat and bote
        (r"(?:ey|ie)(?=s?$)|y", "i"),
        (r"a[iy]|a(?=[^aeiou]es?$)", "A"),
        (r"e[aei]|ie", "E"),
        (r"oa|o(?=[^aeiou]es?$)", "O"),
        (r"o[ou]|ue|ew", "U"),
        (r"(?<=[^aeiou])le(?=s?$)", "el"),
        (r"(?<=[aeiouAEOU][^aeiou])e(?=s?$)", ""),
        (r"([^aeiou])\1+", r"\1"),
    )
)
ALWAYS_HEARD = "lmnrv"
"""No rule takes one away, puts one in or makes it another: words that sound alike have the same of these."""
_VOWELS = re.compile("[aeiouAEOU]+")


class Sound(NamedTuple):
    """What a word sounds like."""

    heard: str
    """With its vowels."""
    consonants: str
    """With one mark for all vowels that stand together: which one an unstressed syllable has nobody hears."""


@lru_cache(maxsize=8192)
def sound_of(word: str) -> Sound | None:
    """How a word in small letters sounds; None for one of another script.

    >>> sound_of("elefant") == sound_of("elephant"), sound_of("elegant") == sound_of("elephant")
    (True, False)
    >>> sound_of("restaurent").consonants == sound_of("restaurant").consonants
    True
    """
    if not (word.isascii() and word.isalpha()):
        return None
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return Sound(word, _VOWELS.sub("a", word))
