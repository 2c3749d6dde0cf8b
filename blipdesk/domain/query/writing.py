"""Trees and corrections back into text that can be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from blipdesk.domain.filter_tests import DateTest
from blipdesk.domain.filters import filter_test
from blipdesk.domain.periods import Period, in_words
from blipdesk.domain.query.tokens import Scanner, plain_text
from blipdesk.domain.query.tree import And, Filter, Node, Not, Or, Phrase, Query, Span, Word
from blipdesk.domain.wording import joined, tr
from blipdesk.domain.words import fold_text

_OPERATORS = re.compile(r"(?<!\S)(?:OR|AND|NOT)(?!\S)")
_SIGNS = re.compile(r'[()"*]')


def to_text(tree: Node | None) -> str:
    """Text that parses to the tree: to a tree that was parsed from any text, that is.

    >>> from blipdesk.domain.query import parse_query
    >>> to_text(parse_query("two  Dogs OR cat tag:Rex -(blue sea").tree)
    'two (Dogs OR cat) keyword:"Rex" -(blue sea)'
    """
    if tree is None:
        return ""
    if isinstance(tree, And):
        text = " ".join(_inside(term) for term in tree.terms)
    elif isinstance(tree, Or):
        text = " OR ".join(_inside(term) for term in tree.terms)
    else:
        text = _inside(tree)
    # A word at the very end would be taken for the beginning of one.
    return text if text[-1] in '")*' else f"{text} "


def _inside(node: Node) -> str:
    match node:
        case Word():
            return node.text + "*" * node.prefix
        case Phrase():
            return f'"{node.text}"' + "*" * node.prefix
        case Filter():
            return f'{node.name}:"{node.value}"' + "*" * node.prefix
        case Not():
            return f"-{_inside(node.term)}"
        case And():
            return "(" + " ".join(_inside(term) for term in node.terms) + ")"
        case Or():
            return "(" + " OR ".join(_inside(term) for term in node.terms) + ")"


def quoted(value: str) -> str:
    """A filter's value as it is typed: no sign in it ends it, whatever quotation marks it has of its own.

    >>> quoted("boat"), quoted("golden retriever"), quoted("“Mona Lisa”")
    ('boat', '"golden retriever"', '" Mona Lisa "')
    """
    signs = plain_text(value)
    value = "".join(" " if sign == '"' else character for character, sign in zip(value, signs, strict=True))
    is_bare = value and not any(sign.isspace() or sign in ',()"' for sign in signs) and signs[-1] != "*"
    return value if is_bare else f'"{value}"'


def spoken(query: Query) -> str:
    """What was typed without filters, exclusions, signs and what was passed over: what the words mean.

    Without a single letter that is the beginning of a word, too.

    >>> from blipdesk.domain.query import parse_query
    >>> spoken(parse_query('(man OR woman) on a "red bike" date:2024 -rain'))
    'man woman on a red bike'
    """
    text = query.text
    for start, end in (*_silent(query.tree), *query.passed_over):
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join(_SIGNS.sub(" ", _OPERATORS.sub(" ", text)).split())


def _silent(node: Node | None) -> Iterator[Span]:
    if isinstance(node, Filter | Not) or (isinstance(node, Word) and node.prefix and len(node.text) == 1):
        yield node.span
    elif isinstance(node, And | Or):
        for term in node.terms:
            yield from _silent(term)


def days_searched(query: Query, today: date | None = None) -> str:
    """What days the date filters of a query stand for, a sentence; empty where there is none.

    >>> from blipdesk.domain.query import parse_query
    >>> days_searched(parse_query("kite date:last summer "), date(2026, 5, 1))
    'date:last summer is 2025-06-01 to 2025-08-31.'
    """
    today = today or date.today()
    said = (
        tr("{filter} is {days}", filter=f"{node.name}:{node.value}", days=in_words(period))
        for node, period in _periods(query, today)
    )
    return joined(*(tr("{sentence}.", sentence=days) for days in dict.fromkeys(said)))


def _periods(query: Query, today: date) -> Iterator[tuple[Filter, Period]]:
    for node in query.filters():
        test = filter_test(node.name, node.value, today, node.prefix)
        if isinstance(test, DateTest):
            yield node, test.period


def with_corrections(text: str, used: Mapping[str, str]) -> str:
    """What was typed with some of its plain words spelled otherwise; phrases and filters stay.

    Args:
        text: what was typed.
        used: by word without case and diacritics, what takes its place.
    """
    pieces: list[str] = []
    at = 0
    for token in Scanner(text, date.today()).tokens:
        for word in token.words:
            better = used.get(fold_text(word.text))
            if better is not None:
                start = word.span[0]
                pieces += [text[at:start], better]
                at = start + len(word.text)
    return "".join([*pieces, text[at:]])
