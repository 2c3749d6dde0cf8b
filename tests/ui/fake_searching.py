"""Search over the invented library: words as the library finds them, in an order that a test decides."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from blipdesk.domain.filters import FILTERS
from blipdesk.domain.query import Piece, Query, parse_query, query_pieces
from blipdesk.domain.search import (
    Correction,
    SavedSearch,
    SearchAnswer,
    SearchHit,
    SearchReason,
    SearchRequest,
    Suggestion,
    SuggestionKind,
)
from blipdesk.domain.values import LibraryView, SortOrder

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace


class FakeSearching:
    """SearchService.  Ranked, photos are in the order of ``rank`` (the order of the library), with ``maybe``
    behind them; ``requests`` remembers what was asked, and a ranked answer waits for ``may_rank``.
    """

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.rank: Callable[[Sequence[int]], Sequence[int]] = list
        self.maybe: Sequence[int] = ()
        self.mends = {"mooon": "moon"}
        """Words that are taken for others."""
        self.missing = ""
        self.requests: list[SearchRequest] = []
        self.offers: Sequence[Suggestion] | None = None
        """What is suggested; None: tags and filters that begin with the last word."""
        self.meant: dict[str, tuple[Suggestion, ...]] = {}
        """What is asked about a query."""
        self.explained: list[list[int]] = []
        self.noted: list[str] = []
        self.prepared = 0
        self.kept: list[SavedSearch] = []
        self.may_rank = threading.Event()
        self.may_rank.set()
        self.may_answer = threading.Event()
        """No answer of any kind comes before."""
        self.may_answer.set()

    def answer(self, request: SearchRequest) -> SearchAnswer:
        self.requests.append(request)
        self.may_answer.wait(10)
        order = request.view.order
        best = order is SortOrder.RELEVANCE
        words = request.query.split()
        mended = [Correction(word, self.mends[word]) for word in words if word in self.mends]
        if not request.corrected:
            mended = []
        query = " ".join(self.mends.get(word, word) if mended else word for word in words)
        view = replace(request.view, query=query, order=SortOrder.NEWEST if best else order)
        ids: Sequence[int] = self._ws.library.ids(view)
        sure = len(ids)
        if request.ranked:
            self.may_rank.wait(10)
            ids = self.rank(ids) if best else ids
            sure = len(ids)
            ids = [*ids, *(photo_id for photo_id in self.maybe if photo_id not in ids)]
        return SearchAnswer(
            array("q", ids),
            sure=sure,
            corrections=tuple(mended),
            shown_query=query if mended else "",
            problems=parse_query(request.query).problems,
            missing=self.missing if request.ranked else "",
            meant=self.meant.get(request.query, ()) if request.ranked else (),
        )

    def parsed(self, text: str, is_whole: bool = False) -> Query:
        return parse_query(text, is_whole=is_whole)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        return query_pieces(text)

    def explain(self, request: SearchRequest, photo_ids: Sequence[int]) -> list[SearchHit]:
        self.explained.append(list(photo_ids))
        return [self._hit(request, photo_id) for photo_id in photo_ids]

    def _hit(self, request: SearchRequest, photo_id: int) -> SearchHit:
        caption = self._ws.library.photo_now(photo_id).caption or ""
        words = [word for (word,) in self._ws.library.marks(request.query) if word in caption]
        reasons = [SearchReason("caption", ", ".join(words))] if words else []
        if request.ranked:
            reasons.append(SearchReason("meaning", caption, 0.712))
        return SearchHit(photo_id, 0.0, "", tuple(words), tuple(reasons))

    def similar(self, photo_id: int, limit: int = 200) -> SearchAnswer:
        ids = self._ws.library.ids(LibraryView())[:limit]
        near = array("q", [photo_id, *(i for i in ids if (i - photo_id) % 9 == 0 and i != photo_id)])
        scores = array("d", [1.0 - place / 1000 for place in range(len(near))])
        return SearchAnswer(near, scores, sure=len(near))

    def note_searched(self, query: str) -> None:
        self.noted.append(query)

    def prepare(self) -> None:
        self.prepared += 1

    def suggestions(self, text: str, cursor: int, limit: int = 8) -> list[Suggestion]:
        if self.offers is not None:
            return list(self.offers)
        if not text:
            earlier = [Suggestion(SuggestionKind.HISTORY, q, q, len(q)) for q in reversed(self.noted)]
            return list(dict.fromkeys(earlier))[:limit]
        start = text[:cursor].rfind(" ") + 1
        word = text[start:cursor].lower()
        found: list[tuple[SuggestionKind, str, int | None, str]] = []
        if word and ":" not in word:
            found += [
                (SuggestionKind.KEYWORD, name, count, "")
                for name, count in self._ws.library.top_keywords()
                if name.startswith(word)
            ]
            found += [
                (SuggestionKind.FILTER, f"{spec.name}:", None, spec.help)
                for spec in FILTERS
                if spec.name.startswith(word)
            ]
        elif word.startswith("is:"):
            values = ("missing", "failed", "duplicate", "favourite")
            found += [(SuggestionKind.VALUE, f"is:{v}", 12, "") for v in values if v.startswith(word[3:])]
        made = []
        for kind, label, count, words in found[:limit]:
            query = text[:start] + label + text[cursor:]
            made.append(Suggestion(kind, label, query, start + len(label), count, words))
        return made

    def clear_history(self) -> None:
        self.noted.clear()

    def saved(self) -> list[SavedSearch]:
        return sorted(self.kept, key=lambda search: search.name.casefold())

    def save(self, name: str, query: str, instead: str | None = None) -> None:
        self.forget(name)
        self.forget(instead or name)
        self.kept.append(SavedSearch(name, query))

    def forget(self, name: str) -> None:
        self.kept = [search for search in self.kept if search.name.casefold() != name.casefold()]
