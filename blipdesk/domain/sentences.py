"""What of a text is read by meaning: the sentence model knows English alone."""

from __future__ import annotations

import re

from blipdesk.domain.words import is_cjk

SENTENCE_MODEL = "all-minilm-l6-v2@53aa51172d14+3f4286e48a53"
"""The model key; vectors of different ones have nothing to do with each other."""
DIMENSIONS = 384
_FEWEST, _SENTENCE = 3, 6
_LONGEST = 2000
"""Characters; the model reads the first 128 word pieces, some 600 characters."""
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_LETTER = re.compile(f"[{_LATIN}]")
_OTHER_LETTERS = re.compile(f"(?:(?![{_LATIN}])[^\\W\\d_])+")


def sentence_of(text: str) -> str:
    """The part of a text that the sentence model is given, on one line and in lower case.

    Letters of other scripts than the Latin one are left out: the model has no meaning for them, and beside
    English words they would only blur it.  Two texts with the same sentence mean the same to search.  A text
    that has more of them than Latin ones has none: a name in it says nothing of what the whole means.

    >>> sentence_of("A Dog  on the beach. "), sentence_of("京都 at night"), sentence_of("海辺で犬が走る Kobe")
    ('a dog on the beach.', 'at night', '')

    Returns:
        Empty where nothing is left that has a letter.
    """
    text = text[:_LONGEST]
    latin = len(_LETTER.findall(text))
    if latin <= sum(map(len, _OTHER_LETTERS.findall(text))):
        return ""
    return " ".join(_OTHER_LETTERS.sub(" ", text).lower().split())


def sentence_of_query(text: str) -> str:
    """The part of a query that the models are given; of one with Chinese, Japanese or Korean nothing is.

    They know English alone, and what a person typed beside it is no name that may be left out.

    >>> sentence_of_query("A dog at sea"), sentence_of_query("京都 at night")
    ('a dog at sea', '')
    """
    return "" if any(map(is_cjk, text)) else sentence_of(text)


def has_other_letters(text: str) -> bool:
    """Whether some of a text is of a script that the models do not know.

    >>> has_other_letters("caf\u00e9 2024"), has_other_letters("\u05e9\u05dc\u05d5\u05dd")
    (False, True)
    """
    return _OTHER_LETTERS.search(text) is not None


def wholeness(query: str) -> float:
    """How far a query is a whole sentence: 0 for three words, 1 for six or more.

    Of a sentence one photo is meant, of a word or two any that has to do with them.

    >>> wholeness("dog on beach"), wholeness("a dog runs on the beach")
    (0.0, 1.0)
    """
    return min(1.0, max(0.0, (len(query.split()) - _FEWEST) / (_SENTENCE - _FEWEST)))
