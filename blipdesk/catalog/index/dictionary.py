"""Is it an English word?  Asked of what spelling might otherwise "mend".

WordNet 3.0's words and some younger ones (``resources/lexicon/words.txt.gz``, 0.3 MB, made by
``packaging/lexicon/build_words.py``), with the forms that a rule makes of them.  They are kept as one text of
1 MB in which a word is looked for among those of its first letter, not as a set of 90,000 strings (9 MB).

Source of the rules: WordNet's morphy(7WN), turned round where English doubles a consonant: "runing" is no
word because the list holds "running".
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase

from blipdesk.domain.resources import find_resources

_NOUN_ENDINGS = (
    ("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("oes", "o"),
    ("ies", "y"), ("men", "man"),
)  # fmt: skip
_VERB_ENDINGS = (
    ("s", ""), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("zes", "z"),
    ("oes", "o"), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""),
)  # fmt: skip
_ADJECTIVE_ENDINGS = (("er", "e"), ("est", "e"), ("er", ""), ("est", ""), ("ier", "y"), ("iest", "y"))
_ENDINGS = {"n": _NOUN_ENDINGS, "v": _VERB_ENDINGS, "a": _ADJECTIVE_ENDINGS}
_HISSING = ("s", "x", "z", "ch", "sh")


def is_english(word: str) -> bool:
    """True for a word of the dictionary, or a regular form of one.

    >>> [is_english(word) for word in ("dogs", "running", "runing", "himself", "beech", "beeech")]
    [True, True, False, True, True, False]
    """
    word = word.lower()
    if not (word.isascii() and word.isalpha()):
        return False
    return len(word) == 1 or _flags(word) is not None or any(_is_regular(*form) for form in _forms(word))


def _forms(word: str) -> Iterator[tuple[str, str, str, str]]:
    """The lemmas that a word may be a form of: lemma, its flag, what the lemma lost, what it got."""
    for flag, endings in _ENDINGS.items():
        for ending, replaced in endings:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                yield word[: -len(ending)] + replaced, flag, replaced, ending


def _is_regular(lemma: str, flag: str, lost: str, got: str) -> bool:
    if flag not in (_flags(lemma) or ""):
        return False
    if lost:
        return True
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" and got != "ing":
        return False  # ladies and happier, which are found by what they lost
    if got == "s":
        return not lemma.endswith(_HISSING)
    # "smile" makes smiling, not smileing; "run" running, which the list holds as it does all such forms.
    # British English doubles each final l, American does not always: the list holds "shovelling" alone.
    keeps_e = lemma.endswith(("ee", "oe", "ye")) and got == "ing"
    doubles = not lemma.endswith("l") and _flags(lemma + lemma[-1] + got) is not None
    return (not lemma.endswith("e") or keeps_e) and not doubles


def _flags(word: str) -> str | None:
    """What a word of the list may be (n, v, a; else no form is made of it); None: it is not there."""
    text, starts = _words()
    end = starts.get(chr(ord(word[0]) + 1), len(text))
    start = text.find(f"\n{word}\t".encode(), starts[word[0]], end)
    if start < 0:
        return None
    start += len(word) + 2
    return text[start : text.index(b"\n", start)].decode()


@cache
def _words() -> tuple[bytes, dict[str, int]]:
    """The sorted lines, and where those of each first letter start."""
    with gzip.open(os.path.join(find_resources(), "lexicon", "words.txt.gz")) as file:
        text = b"\n" + file.read()
    return text, {letter: text.index(f"\n{letter}".encode()) for letter in ascii_lowercase}
