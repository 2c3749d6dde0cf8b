"""Suggestions while a query is typed: keywords, filters and their values, earlier and saved searches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from blipdesk.catalog import Catalog
from blipdesk.domain.dates import parse_period
from blipdesk.domain.filters import FILTERS, FilterSpec, filter_named
from blipdesk.domain.periods import Days, EveryYear
from blipdesk.domain.query import Completion, Span, complete_at, dates_among_words, quoted
from blipdesk.domain.search import SavedSearch, Suggestion, SuggestionKind
from blipdesk.domain.words import fold_text
from blipdesk.services.days import DateOffers, Offer
from blipdesk.services.kept import Kept
from blipdesk.services.outer_folders import OuterFolders

_TELLING = 3
"""Letters from which on a word may be a filter's value."""
_SLOW = 0.05
"""Seconds in which the keywords are read from a catalog that is not large."""
_Labelled = tuple[str, Offer]
"""A value with its label, folded."""


class Suggester:
    """What may be meant at the cursor; any thread.

    What the catalog has is read once and again after a while, in proportion to how long that takes: 0.4 s
    for the keywords of a million photos.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._dates = DateOffers(catalog)
        self._keywords = Kept(self._read_keywords)
        self._folders = Kept(self._read_folders)
        self._outer_folders = OuterFolders(catalog)
        self._cameras = Kept(lambda: _named(catalog.cameras()))
        self._lenses = Kept(lambda: _named(catalog.lenses()))

    def prepare(self) -> None:
        """Read the keywords, which are offered for every word."""
        self._keywords.get()

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
        among = [*self._dates.among_words(text)][: min(limit, 1)]
        found: Iterable[Suggestion] = ()
        if typed is not None:
            is_value = typed.filter is not None
            found = self._values(text, typed) if is_value else self._terms(text, typed, [o for _, o in among])
        dates = [_of_date(text, *each) for each in among]
        return [*dates, *islice(found, max(0, limit - len(earlier) - len(dates))), *earlier][:limit]

    def dates(self, text: str) -> list[Suggestion]:
        """To take words of a query that are a date for one, as ``date:``; the last first."""
        return [_of_date(text, *each) for each in self._dates.among_words(text)]

    def folders(self, text: str) -> list[Suggestion]:
        """To take the last words of a query for ``folder:``, where they name one that holds folders."""
        span = self._outer_folders.at_end(text)
        if span is None:
            return []
        offer = Offer(text[slice(*span)])
        put = _of_filter("folder", offer)
        return [_put(SuggestionKind.VALUE, text, span, put, offer, f"folder:{offer.value}")]

    # ------------------------------------------------------------------------------------ values

    def _values(self, text: str, typed: Completion) -> Iterator[Suggestion]:
        spec = filter_named(typed.filter or "")
        assert spec is not None
        kind = SuggestionKind.KEYWORD if spec.name == "keyword" else SuggestionKind.VALUE
        for offer in self._offers(spec, fold_text(typed.typed), typed.lead):
            yield _taken(kind, text, typed, quoted(offer.value), offer)

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
                yield from _alike(self._keywords.get(), typed)
            case "folder":
                yield from _alike(self._folders.get(), typed)
            case "camera":
                yield from _alike(self._cameras.get(), typed)
            case "lens":
                yield from _alike(self._lenses.get(), typed)
            case "date":
                yield from self._dates.values(typed, lead)
            case _:
                yield from (Offer(phrase) for phrase in spec.phrases if phrase.startswith(typed))

    def _read_keywords(self) -> list[_Labelled]:
        return _labelled(Offer(name, count=count) for name, count in self._catalog.top_keywords(1_000_000))

    def _read_folders(self) -> list[_Labelled]:
        parts = ((path, *os.path.split(path), count) for path, count in self._catalog.directories())
        return _labelled(Offer(path, name or path, count, parent) for path, parent, name, count in parts)

    def _is_quick(self, spec: FilterSpec) -> bool:
        """Whether its values may be offered for a plain word: nobody waits for a second for those."""
        values = {"camera": self._cameras, "lens": self._lenses}.get(spec.name)
        is_small = self._keywords.took is not None and self._keywords.took < _SLOW
        return values is None or values.took is not None or is_small

    # ------------------------------------------------------------------------------------ words

    def _terms(self, text: str, typed: Completion, dates: Sequence[Offer]) -> Iterator[Suggestion]:
        """What a word that is typed may become: keywords first, filters and their values among them.

        Args:
            text: the query.
            typed: the word.
            dates: those that are offered already for words of the query.
        """
        word = fold_text(typed.typed)
        keywords = (
            _taken(SuggestionKind.KEYWORD, text, typed, _of_filter("keyword", offer), offer)
            for offer in _alike(self._keywords.get(), word)
        )
        yield from islice(keywords, 4)
        for spec in FILTERS:
            if any(name.startswith(word) for name in (spec.name, *spec.aliases, *spec.leads)):
                yield _begun(text, typed, spec)
        if len(word) >= _TELLING:
            for spec in FILTERS:
                if spec.name == "date":
                    yield from islice(self._dates_begun(text, typed, dates), 2)
                elif spec.name not in ("keyword", "folder") and self._is_quick(spec):
                    for offer in islice(self._offers(spec, word), 2):
                        label = _of_filter(spec.name, offer)
                        yield _taken(SuggestionKind.VALUE, text, typed, label, offer, label)
        yield from keywords

    def _dates_begun(self, text: str, typed: Completion, dates: Sequence[Offer]) -> Iterator[Suggestion]:
        """The dates that a word begins, with the "in" before it, but those offered already."""
        today, (start, end) = date.today(), typed.span
        known = [_days_of(offer.value, today) for offer in dates]
        for offer in self._dates.values(fold_text(typed.typed)):
            if _days_of(offer.value, today) in known:
                continue
            spelled, stop = f"{text[:start]}{offer.value}{text[end:]}", start + len(offer.value)
            among = dates_among_words(spelled, today, self._catalog.search_index.has_value)
            first = next((a for (a, b), value in among if b == stop and value == offer.value), start)
            label = _of_filter("date", offer)
            yield _taken(SuggestionKind.VALUE, text, replace(typed, span=(first, end)), label, offer, label)


def _labelled(offers: Iterable[Offer]) -> list[_Labelled]:
    return [(fold_text(offer.label or offer.value), offer) for offer in offers]


def _named(names: Iterable[str]) -> list[_Labelled]:
    return _labelled(map(Offer, names))


def _alike(offers: Sequence[_Labelled], typed: str) -> Iterator[Offer]:
    """Those that begin with what is typed, then those in which another word does."""
    yield from (offer for folded, offer in offers if folded.startswith(typed))
    if typed:
        inner = f" {typed}"
        yield from (offer for folded, offer in offers if inner in folded and not folded.startswith(typed))


def _of_date(text: str, span: Span, offer: Offer) -> Suggestion:
    """The suggestion to take words for a date."""
    return _put(SuggestionKind.VALUE, text, span, _of_filter("date", offer), offer, f"date:{offer.value}")


def _days_of(value: str, today: date) -> tuple[bool, Days | None]:
    """Whether a date comes each year, and its days: ``jul`` has those of ``july``."""
    period = parse_period(value, today)
    return (True, period.of(today.year)) if isinstance(period, EveryYear) else (False, period)


def _of_filter(name: str, offer: Offer) -> str:
    return f"{name}:{quoted(offer.value)}"


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
