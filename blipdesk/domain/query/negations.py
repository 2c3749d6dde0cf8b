"""Words that say what a photo should not show, as people write: ``a dog not on the beach``."""

from __future__ import annotations

from datetime import date

from blipdesk.domain.query.completing import runs_of_words
from blipdesk.domain.query.tokens import HasValue, Scanner
from blipdesk.domain.query.tree import Word
from blipdesk.domain.words import STOP_WORDS, fold_text

_NEGATIONS = frozenset({"not", "no", "without"})
_PASSED_OVER = STOP_WORDS | {"any"}


def negated_words(text: str, has_value: HasValue | None = None) -> tuple[str, tuple[str, ...]]:
    """A query with the words behind ``not``, ``no`` and ``without`` excluded, and these words.

    >>> negated_words("dog not on the beach"), negated_words("dog -beach")
    (('dog -beach', ('beach',)), ('dog -beach', ()))
    """
    excluded: list[str] = []
    pieces: list[str] = []
    at = 0
    for words in runs_of_words(Scanner(text, date.today(), has_value=has_value).tokens):
        negation: Word | None = None
        for word in words:
            folded = fold_text(word.text)
            if folded in _NEGATIONS:
                negation = word
            elif negation is not None and folded not in _PASSED_OVER:
                pieces += [text[at : negation.span[0]], "-"]
                at = word.span[0]
                excluded.append(word.text)
                negation = None
    return "".join([*pieces, text[at:]]), tuple(excluded)
