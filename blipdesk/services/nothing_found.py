"""Why a query finds no photo: which part of it no photo fits, and what values there are instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from blipdesk.domain.filters import filter_named
from blipdesk.domain.query import Filter, Node, Not, Phrase, Query, days_searched
from blipdesk.domain.search import SearchAnswer, SearchRequest, Suggestion, SuggestionKind
from blipdesk.domain.values import ViewKind
from blipdesk.domain.wording import filled, joined, later, listed, number, plural, tr

_MOST, _EARLIER = 6, 2
"""Values that are named; so many earlier searches may be suggested in the place of some."""
_QUOTES = later("the quotes")
_PLAIN = later("there is {names}"), later("there are {names}")
_KINDS = {
    "folder": (later("there is the folder {names}"), later("there are the folders {names}")),
    "keyword": (later("there is the tag {names}"), later("there are the tags {names}")),
    "camera": (later("there is the camera {names}"), later("there are the cameras {names}")),
    "lens": (later("there is the lens {names}"), later("there are the lenses {names}")),
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
        words = joined(*_nothing_left(searching, query, count(query.text)))
        return NothingFound(words, is_unasked=True)
    if request.view.kind is not ViewKind.ALL and (elsewhere := count(query.text)):
        one, many = tr("Elsewhere there is 1 photo."), tr("Elsewhere there are {n} photos.")
        return NothingFound(plural(elsewhere, one, many))
    said = [days_searched(query)]
    parts = [_Part(query, term) for term in query.terms if isinstance(term, Filter | Phrase | Not)]
    for part in parts:
        if not count(part.text):
            name = part.term.name if isinstance(part.term, Filter) else ""
            names = [*_values_there_are(searching, name, count)]
            said.append(_none_fits(part.text, _listed(names, _KINDS.get(name, _PLAIN))))
    for part in parts:
        for left_out, rest in ((_QUOTES, part.unquoted), (part.text, part.rest)):
            if rest and (left := count(rest)):
                named = tr(left_out) if left_out == _QUOTES else left_out
                one = tr("Without {words} there is 1 photo.", words=named)
                many = tr("Without {words} there are {n} photos.")
                said.append(one if left == 1 else filled(many, {"words": named, "n": number(left)}))
                return NothingFound(joined(*said), named, rest)
    return NothingFound(joined(*said))


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
    one = tr("That leaves nothing to look for; without it there is 1 photo.")
    many = tr("That leaves nothing to look for; without it there are {n} photos.")
    yield plural(photos, one, many)
    for start, end in query.passed_over:
        spec = filter_named(query.text[start:end].partition(":")[0].strip())
        # What the others take is said with what could not be followed.
        names = [*_values_offered(searching, spec.name)] if spec is not None and not spec.values else []
        if spec is not None and names:
            yield tr("For {filter}: {there_are}.", filter=spec.name, there_are=_listed(names, _PLAIN))


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


def _none_fits(part: str, there_are: str) -> str:
    if there_are:
        return tr("No photo fits {part}; {there_are}.", part=part, there_are=there_are)
    return tr("No photo fits {part}.", part=part)


def _listed(names: list[str], kind: tuple[str, str]) -> str:
    """Names as the end of a sentence, behind what they are.

    >>> _listed([], _PLAIN), _listed(["a"], _PLAIN), _listed(["a", "b"], _KINDS["lens"])
    ('', 'there is “a”', 'there are the lenses “a” and “b”')
    """
    if not names:
        return ""
    quoted = [tr("“{words}”", words=name) for name in names[:_MOST]]
    *first, last = [*quoted, *([tr("others")] if len(names) > _MOST else [])]
    one, many = (tr(words) for words in kind)
    if not first:
        return filled(one, {"names": last})
    return filled(many, {"names": tr("{names} and {last}", names=listed(first), last=last)})
