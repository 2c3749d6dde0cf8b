"""What a person is in the middle of typing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from blipdesk.domain.dates import may_be_of_date, parse_period
from blipdesk.domain.filters import filter_named
from blipdesk.domain.query.tokens import HasValue, Scanner, Token, TokenKind, plain_text
from blipdesk.domain.query.tree import Span, Word
from blipdesk.domain.words import STOP_WORDS

_REST = re.compile(r'[^\s"(),]*')
_LEADING = re.compile(r"^(?:(?:in|on|at|during|of|the)\s+)+", re.IGNORECASE)
_OF_TIME = re.compile(r"(?:in|on|at|during)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Completion:
    """A word, or a filter's value, that is being typed."""

    typed: str
    """The part before the cursor, without quotes; may be empty for a value."""
    span: Span
    """What a suggestion takes the place of: the word that the cursor is in, or the value with its quotes."""
    filter: str | None = None
    """The name of the filter whose value it is; None: a word, which may begin a filter's name too."""
    is_excluded: bool = False
    lead: str = ""
    """What the filter's name puts before the value: ``before`` and the like, with a space."""


def complete_at(text: str, cursor: int, has_value: HasValue | None = None) -> Completion | None:
    """What is being typed at the cursor; None between words and within phrases.

    >>> complete_at("dog tag:gol", 11)
    Completion(typed='gol', span=(8, 11), filter='keyword', is_excluded=False, lead='')
    """
    cursor = max(0, min(cursor, len(text)))
    tokens = Scanner(text[:cursor], date.today(), has_value=has_value).tokens
    if not tokens or tokens[-1].span[1] != cursor:
        return None
    last = tokens[-1]
    is_excluded = len(tokens) > 1 and tokens[-2].kind is TokenKind.NOT and tokens[-2].span[1] == last.span[0]
    if last.kind is TokenKind.WORDS:
        word = last.words[-1]
        if word.span[1] != cursor or text[cursor - 1] == "*":
            return None
        span = word.span[0], _word_end(text, cursor)
        return Completion(text[word.span[0] : cursor], span, None, is_excluded)
    if last.filter is None:
        return None
    if not last.values or last.values[-1].span[1] < cursor:
        if text[cursor - 1] in ')"':
            return None
        return Completion("", (cursor, cursor), last.filter.name, is_excluded, last.lead)
    value = last.values[-1]
    if not value.is_typed:
        return None
    end = _word_end(text, cursor)
    plain = plain_text(text)
    if plain[value.span[0]] == '"':
        close = plain.find('"', cursor)
        end = close + 1 if close >= 0 else end
    return Completion(value.text, (value.span[0], end), last.filter.name, is_excluded, last.lead)


def dates_among_words(
    text: str, today: date | None = None, has_value: HasValue | None = None
) -> list[tuple[Span, str]]:
    """The dates that stand among the plain words of a query: which part of the text, and as a filter has it.

    A single word is one where it has digits, or behind "in" and the like where it is said of no other word:
    "may" and "fall" mean other things too, and leaves may be fall leaves.

    >>> dates_among_words("kites in july 2025 OR -2024 may"), dates_among_words("a dog in july")
    ([((6, 18), 'july 2025')], [((6, 13), 'july')])
    >>> dates_among_words("a dog in fall leaves"), dates_among_words("a dog in fall, leaves")
    ([], [((6, 13), 'fall')])
    """
    spec = filter_named("date")
    assert spec is not None
    today = today or date.today()
    found: list[tuple[Span, str]] = []
    for words in runs_of_words(Scanner(text, today, has_value=has_value).tokens):
        at = 0
        while at < len(words):
            some = words[at : at + spec.most_words + 1]  # not all that follow: pasted texts are long
            length = next((n for n in range(spec.most_words, 0, -1) if _is_date(text, some, n, today)), 0)
            if length:
                start, end = words[at].span[0], words[at + length - 1].span[1]
                found.append(((start, end), _LEADING.sub("", text[start:end])))
            at += length or 1
    return found


def last_words(text: str) -> list[Word]:
    """The words that a query ends with, none that is excluded.

    >>> [word.text for word in last_words("a kite (red) -sea on  holidays")]
    ['on', 'holidays']
    """
    *_, last = runs_of_words(Scanner(text, date.today()).tokens)
    return last


def runs_of_words(tokens: Sequence[Token]) -> Iterator[list[Word]]:
    """The words that follow one another, none that is excluded."""
    run: list[Word] = []
    is_excluded = False
    for token in tokens:
        if token.kind is TokenKind.WORDS and not is_excluded:
            run += token.words
        else:
            yield run
            run = []
        is_excluded = token.kind is TokenKind.NOT
    yield run


def _is_date(text: str, words: Sequence[Word], number: int, today: date) -> bool:
    """Whether the first so many of words that follow one another are a date."""
    date_words, behind = words[:number], words[number : number + 1]
    if len(date_words) < number or not any(may_be_of_date(word.text) for word in date_words):
        return False
    end = date_words[-1].span[1]
    typed = text[date_words[0].span[0] : end]
    value = _LEADING.sub("", typed)
    is_telling = any(map(str.isdigit, value)) or len(value.split()) > 1
    if not is_telling and not (_OF_TIME.match(typed) and _is_last_of_part(text, end, behind)):
        return False
    return not _tells_nothing(date_words[-1]) and parse_period(value, today) is not None


def _is_last_of_part(text: str, end: int, behind: Sequence[Word]) -> bool:
    """Whether what ends there is not said of the next word: "in fall, leaves", "in fall on a beach"."""
    return not behind or bool(text[end : behind[0].span[0]].strip()) or _tells_nothing(behind[0])


def _tells_nothing(word: Word) -> bool:
    return word.text.casefold() in STOP_WORDS


def _word_end(text: str, cursor: int) -> int:
    rest = _REST.match(text, cursor)
    assert rest is not None
    return rest.end()
