"""What is marked in captions for a query: its words, and those of one term where they follow one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from blipdesk.domain.words import fold_text, words_of

if TYPE_CHECKING:  # captions are painted before the first search, which loads how queries are read
    from blipdesk.domain.query import Query, Span

Mark: TypeAlias = tuple[str, ...]
"""The words of a term without case, diacritics and endings; the last of them may go on in any way."""
# Stripped from the end of a query word before it is compared with a caption's words, so that "dogs"
# marks "dog" and "boating" marks "boat": endings that the index's Porter stemmer drops too.
_ENDINGS = ("ing", "es", "ed", "s")
_AFTER = ("", "e", *_ENDINGS)
_LEAST = 3
"""Letters that are left at least."""


def marks_of(query: Query) -> tuple[Mark, ...]:
    """What is marked for a query, each once.

    Words that tell nothing, that are excluded, and the values of filters are none.

    >>> from blipdesk.domain.query import parse_query
    >>> marks_of(parse_query("two of the Dogs t-shirt -cat type:png"))
    (('two',), ('dog',), ('t', 'shirt'))
    """
    found = (tuple(_without_ending(fold_text(part)) for part in term.parts) for term in query.wanted())
    return tuple(dict.fromkeys(mark for mark in found if mark))


def marked_spans(text: str, marks: Sequence[Mark]) -> list[Span]:
    """The places of a text that are marked, in order.

    >>> marked_spans("the tie of a T-shirt", [("t", "shirt")])
    [(13, 20)]
    """
    found: list[Span] = []
    words = [*words_of(text)] if marks else []
    folded = [fold_text(word.group()) for word in words]
    at = 0
    while at < len(words):
        size = max(_sizes_at(folded, at, marks), default=0)
        if size:
            start, end = words[at].start(), words[at + size - 1].end()
            if found and found[-1][1] == start:  # characters that are words of their own stand together
                start = found.pop()[0]
            found.append((start, end))
        at += size or 1
    return found


def _sizes_at(words: Sequence[str], at: int, marks: Sequence[Mark]) -> Iterator[int]:
    """How many words the marks that stand at a word have."""
    for mark in marks:
        *first, last = zip(words[at : at + len(mark)], mark, strict=False)
        if len(first) + 1 == len(mark) and last[0].startswith(last[1]) and all(_is(*each) for each in first):
            yield len(mark)


def _is(word: str, beginning: str) -> bool:
    """Whether a word is one without its ending."""
    rest = word.removeprefix(beginning)
    return word == beginning or (len(beginning) >= _LEAST and word != rest and rest in _AFTER)


def _without_ending(word: str) -> str:
    longest = (end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _LEAST)
    return word.removesuffix(next(longest, ""))
