"""Suggestions while a query is typed: keywords, filters and their values, earlier and saved searches."""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from blipdesk.catalog import Catalog
from blipdesk.domain.filters import FILTERS, FilterSpec, filter_named
from blipdesk.domain.query import Completion, Span, complete_at
from blipdesk.domain.search import SavedSearch, Suggestion, SuggestionKind
from blipdesk.domain.words import fold_text
from blipdesk.services.days import DateOffers, Offer

_TELLING = 3
"""Letters from which on a word may be a filter's value."""
_PATIENCE = 60
"""What took a second to read is read anew after so many."""
_SLOW = 0.05
"""Seconds in which the keywords are read from a catalog that is not large."""


class Suggester:
    """What may be meant at the cursor; any thread.

    What the catalog has is read once and again after a while, in proportion to how long that takes: 0.4 s
    for the keywords of a million photos.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._dates = DateOffers(catalog)
        self._kept: dict[str, _Kept] = {}
        self._guards: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def suggestions(
        self, text: str, cursor: int, limit: int, history: Sequence[str], saved: Sequence[SavedSearch]
    ) -> list[Suggestion]:
        """What may be meant, the likeliest first.

        Args:
            text: what is typed.
            cursor: where the next letter would come.
            limit: the most suggestions.
            history: earlier queries, the last first.
            saved: the saved searches.
        """
        if not text.strip():
            kept = [_of_saved(search) for search in saved]
            earlier = [_of_history(query) for query in history]
            return [*earlier[: max(limit - len(kept), limit // 2)], *kept][:limit]
        typed = complete_at(text, cursor, self._catalog.search_index.has_value)
        earlier = [*_beginning_alike(text, history, saved)][:2] if cursor == len(text) else []
        found: Iterable[Suggestion] = ()
        if typed is not None:
            found = self._values(text, typed) if typed.filter is not None else self._terms(text, typed)
        dates = self.dates(text)[: min(limit, 1)]
        others = (suggestion for suggestion in found if suggestion.query not in {d.query for d in dates})
        return [*dates, *islice(others, max(0, limit - len(earlier) - len(dates))), *earlier][:limit]

    def dates(self, text: str) -> list[Suggestion]:
        """To take words of a query that are a date for one, as ``date:``; the last first."""
        return [
            _put(SuggestionKind.VALUE, text, span, _of_filter("date", offer), offer, f"date:{offer.value}")
            for span, offer in self._dates.among_words(text)
        ]

    # ------------------------------------------------------------------------------------ values

    def _values(self, text: str, typed: Completion) -> Iterator[Suggestion]:
        spec = filter_named(typed.filter or "")
        assert spec is not None
        kind = SuggestionKind.KEYWORD if spec.name == "keyword" else SuggestionKind.VALUE
        for offer in self._offers(spec, fold_text(typed.typed), typed.lead):
            yield _taken(kind, text, typed, _quoted(offer.value), offer)

    def _offers(self, spec: FilterSpec, typed: str, lead: str = "") -> Iterator[Offer]:
        """The values of a filter that begin with what is typed."""
        if spec.values:
            names = ((value, (value.name, *value.aliases)) for value in spec.values)
            yield from (
                Offer(str(value.name), help=value.help)
                for value, called in names
                if any(name.startswith(typed) for name in called)
            )
            return
        match spec.name:
            case "keyword":
                yield from _alike(self._keywords(), typed)
            case "folder":
                yield from _alike(self._folders(), typed)
            case "camera":
                yield from _alike(self._read("camera", lambda: _named(self._catalog.cameras())), typed)
            case "lens":
                yield from _alike(self._read("lens", lambda: _named(self._catalog.lenses())), typed)
            case "date":
                yield from self._dates.values(typed, lead)
            case _:
                yield from (Offer(phrase) for phrase in spec.phrases if phrase.startswith(typed))

    def _keywords(self) -> Sequence[tuple[str, Offer]]:
        def read() -> list[Offer]:
            return [Offer(name, count=count) for name, count in self._catalog.top_keywords(1_000_000)]

        return self._read("keyword", read)

    def _folders(self) -> Sequence[tuple[str, Offer]]:
        def read() -> list[Offer]:
            offers = []
            for path, count in self._catalog.directories():
                parent, name = os.path.split(path)
                offers.append(Offer(path, name or path, count, parent))
            return offers

        return self._read("folder", read)

    def _read(self, name: str, read: Callable[[], list[Offer]]) -> Sequence[tuple[str, Offer]]:
        """Values with their folded labels, kept for a while."""
        with self._guards[name]:
            kept = self._kept.get(name)
            if kept is None or time.monotonic() > kept.until:
                start = time.monotonic()
                offers = [(fold_text(offer.label or offer.value), offer) for offer in read()]
                took = time.monotonic() - start
                kept = self._kept[name] = _Kept(offers, took, start + (_PATIENCE + 1) * took)
            return kept.offers

    def _is_quick(self, spec: FilterSpec) -> bool:
        """Whether its values may be offered for a plain word: nobody waits for a second for those."""
        if spec.name not in ("camera", "lens"):
            return True
        return spec.name in self._kept or self._kept["keyword"].took < _SLOW

    # ------------------------------------------------------------------------------------ words

    def _terms(self, text: str, typed: Completion) -> Iterator[Suggestion]:
        """What a word that is typed may become: keywords first, filters and their values among them."""
        word = fold_text(typed.typed)
        keywords = (
            _taken(SuggestionKind.KEYWORD, text, typed, _of_filter("keyword", offer), offer)
            for offer in _alike(self._keywords(), word)
        )
        yield from islice(keywords, 4)
        for spec in FILTERS:
            if any(name.startswith(word) for name in (spec.name, *spec.aliases, *spec.leads)):
                yield _begun(text, typed, spec)
        if len(word) >= _TELLING:
            for spec in FILTERS:
                if spec.name not in ("keyword", "folder") and self._is_quick(spec):
                    for offer in islice(self._offers(spec, word), 2):
                        label = _of_filter(spec.name, offer)
                        yield _taken(SuggestionKind.VALUE, text, typed, label, offer, label)
        yield from keywords


@dataclass(frozen=True, slots=True)
class _Kept:
    offers: Sequence[tuple[str, Offer]]
    took: float
    until: float


def _named(names: Iterable[str]) -> list[Offer]:
    return [Offer(name) for name in names]


def _alike(offers: Sequence[tuple[str, Offer]], typed: str) -> Iterator[Offer]:
    """Those that begin with what is typed, then those in which another word does."""
    yield from (offer for folded, offer in offers if folded.startswith(typed))
    if typed:
        inner = f" {typed}"
        yield from (offer for folded, offer in offers if inner in folded and not folded.startswith(typed))


def _of_filter(name: str, offer: Offer) -> str:
    return f"{name}:{_quoted(offer.value)}"


def _quoted(value: str) -> str:
    """A value as it is typed."""
    value = value.replace('"', " ")
    is_plain = value and not any(character.isspace() or character in ",()“”„«»" for character in value)
    return value if is_plain and not value.endswith("*") else f'"{value}"'


def _taken(
    kind: SuggestionKind, text: str, typed: Completion, put: str, offer: Offer, label: str = ""
) -> Suggestion:
    """The suggestion to put something in the place of what is typed, and go on behind it."""
    return _put(kind, text, typed.span, put, offer, label)


def _put(kind: SuggestionKind, text: str, span: Span, put: str, offer: Offer, label: str = "") -> Suggestion:
    start, end = span
    space = "" if text[end:] else " "
    query = f"{text[:start]}{put}{space}{text[end:]}"
    shown = label or offer.label or offer.value
    return Suggestion(kind, shown, query, start + len(put) + len(space), offer.count, offer.help)


def _begun(text: str, typed: Completion, spec: FilterSpec) -> Suggestion:
    """The suggestion to begin a filter; its value is typed next."""
    start, end = typed.span
    put = f"{spec.name}:"
    query = f"{text[:start]}{put}{text[end:]}"
    return Suggestion(SuggestionKind.FILTER, put, query, start + len(put), None, spec.help)


def _beginning_alike(text: str, history: Sequence[str], saved: Sequence[SavedSearch]) -> Iterator[Suggestion]:
    """Saved searches by their names, and earlier queries, that begin as the text does."""
    typed = fold_text(text.strip())
    for search in saved:
        if fold_text(search.name).startswith(typed) or fold_text(search.query).startswith(typed):
            yield _of_saved(search)
    for query in history:
        folded = fold_text(query)
        if folded.startswith(typed) and folded != typed:
            yield _of_history(query)


def _of_history(query: str) -> Suggestion:
    return Suggestion(SuggestionKind.HISTORY, query, query, len(query))


def _of_saved(search: SavedSearch) -> Suggestion:
    return Suggestion(SuggestionKind.SAVED, search.name, search.query, len(search.query), help=search.query)
