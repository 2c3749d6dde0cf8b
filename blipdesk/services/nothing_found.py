"""Why a query finds no photo: which part of it no photo fits, and what values there are instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from blipdesk.domain.filters import filter_named
from blipdesk.domain.query import Filter, Node, Not, Phrase, Query, days_searched
from blipdesk.domain.search import SearchAnswer, SearchRequest, Suggestion, SuggestionKind
from blipdesk.domain.values import ViewKind

_MOST, _EARLIER = 6, 2
"""Values that are named; so many earlier searches may be suggested in the place of some."""
_QUOTES = "the quotes"
_KINDS = {
    "folder": ("the folder ", "the folders "),
    "keyword": ("the tag ", "the tags "),
    "camera": ("the camera ", "the cameras "),
    "lens": ("the lens ", "the lenses "),
}
"""What the values of a filter are, one and more: names of a person's own could be words of the sentence."""
_VALUES = (SuggestionKind.VALUE, SuggestionKind.KEYWORD)


class Searching(Protocol):
    """What it takes of the search service."""

    def parsed(self, text: str, is_whole: bool = False) -> Query:
        """A query as answers read it."""
        ...

    def answer(self, request: SearchRequest) -> SearchAnswer:
        """The photos of a query."""
        ...

    def suggestions(self, text: str, cursor: int, limit: int = 8) -> list[Suggestion]:
        """What may be meant at the cursor."""
        ...


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Why there is nothing, and a query that finds something."""

    words: str
    """Sentences; empty where nothing better is known than to try other words."""
    left_out: str = ""
    """The part of the query without which photos are found; empty where there is none such."""
    query: str = ""
    """The query without it."""
    is_unasked: bool = False
    """Nothing of the query is understood: no photo was looked for."""


def why_nothing(searching: Searching, request: SearchRequest) -> NothingFound:
    """Why a request found no photo, or, where nothing of it is understood, why it looks for none.

    Takes an answer for each filter of the query, without ranking.
    """

    def count(text: str) -> int:
        return len(searching.answer(SearchRequest(text, ranked=False, is_whole=True)).ids)

    query = searching.parsed(request.query, is_whole=True)
    if query.tree is None:
        words = " ".join(_nothing_left(searching, query, count(query.text)))
        return NothingFound(words, is_unasked=True)
    if request.view.kind is not ViewKind.ALL and (elsewhere := count(query.text)):
        return NothingFound(f"Elsewhere {_there_are(elsewhere)}.")
    said = [days_searched(query)]
    parts = [_Part(query, term) for term in query.terms if isinstance(term, Filter | Phrase | Not)]
    for part in parts:
        if not count(part.text):
            name = part.term.name if isinstance(part.term, Filter) else ""
            names = [*_values_there_are(searching, name, count)]
            said.append(f"No photo fits {part.text}{_listed(names, *_KINDS.get(name, ()))}.")
    for part in parts:
        for left_out, rest in ((_QUOTES, part.unquoted), (part.text, part.rest)):
            if rest and (left := count(rest)):
                said.append(f"Without {left_out} {_there_are(left)}.")
                return NothingFound(" ".join(filter(None, said)), left_out, rest)
    return NothingFound(" ".join(filter(None, said)))


class _Part:
    """A condition of a query as it was typed, and the rest of the query."""

    def __init__(self, query: Query, term: Node) -> None:
        start, end = term.span
        self.term, self.text = term, query.text[start:end].strip()
        self.rest = " ".join(f"{query.text[:start]} {query.text[end:]}".split())
        self.unquoted = ""
        """The query with the words of a phrase by themselves; empty where it is none."""
        if isinstance(term, Phrase):
            self.unquoted = " ".join(f"{query.text[:start]} {term.text} {query.text[end:]}".split())


def _nothing_left(searching: Searching, query: Query, photos: int) -> Iterator[str]:
    """What to say of a query that narrows nothing: sentences."""
    yield f"That leaves nothing to look for; without it {_there_are(photos)}."
    for start, end in query.passed_over:
        spec = filter_named(query.text[start:end].partition(":")[0].strip())
        # What the others take is said with what could not be followed.
        names = [*_values_offered(searching, spec.name)] if spec is not None and not spec.values else []
        if spec is not None and names:
            yield f"For {spec.name}:{_listed(names).removeprefix(';')}."


def _values_there_are(searching: Searching, name: str, count: _Count) -> Iterator[str]:
    """Values of a filter that photos have; one more than are named."""
    spec = filter_named(name)
    if spec is not None and spec.values:
        yield from (value.name for value in spec.values if count(f"{name}:{value.name}"))
    elif spec is not None:
        yield from _values_offered(searching, name)


def _values_offered(searching: Searching, name: str) -> Iterator[str]:
    typed = f"{name}:"
    offered = searching.suggestions(typed, len(typed), _MOST + 1 + _EARLIER)
    yield from (offer.label for offer in offered if offer.kind in _VALUES)


class _Count(Protocol):
    def __call__(self, text: str, /) -> int: ...


def _there_are(count: int) -> str:
    return "there is 1 photo" if count == 1 else f"there are {count:,} photos"


def _listed(names: list[str], one: str = "", more: str = "") -> str:
    """Names as the end of a sentence, behind what they are.

    >>> _listed([]), _listed(["a"]), _listed(["a", "b"], "the lens ", "the lenses ")
    ('', '; there is “a”', '; there are the lenses “a” and “b”')
    """
    if not names:
        return ""
    *first, last = [*(f"“{name}”" for name in names[:_MOST]), *(["others"] if len(names) > _MOST else [])]
    return f"; there are {more}{', '.join(first)} and {last}" if first else f"; there is {one}{last}"
