"""Search over the invented library: words as the library finds them, in an order that a test decides."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from blipdesk.domain.search import SearchAnswer, SearchRequest
from blipdesk.domain.values import LibraryView, SearchHit, SortOrder

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
        self.said = SearchAnswer()
        """Corrections, problems and what is missing of each answer."""
        self.requests: list[SearchRequest] = []
        self.noted: list[str] = []
        self.may_rank = threading.Event()
        self.may_rank.set()

    def answer(self, request: SearchRequest) -> SearchAnswer:
        self.requests.append(request)
        order = request.view.order
        best = order is SortOrder.RELEVANCE
        query = request.query
        if request.corrected:
            for mended in self.said.corrections:
                query = query.replace(mended.typed, mended.used)
        view = replace(request.view, query=query, order=SortOrder.NEWEST if best else order)
        ids: Sequence[int] = self._ws.library.ids(view)
        sure = len(ids)
        if request.ranked:
            self.may_rank.wait(10)
            ids = self.rank(ids) if best else ids
            sure = len(ids)
            ids = [*ids, *(photo_id for photo_id in self.maybe if photo_id not in ids)]
        said = self.said if request.corrected else replace(self.said, corrections=(), shown_query="")
        return replace(said, ids=array("q", ids), sure=sure)

    def explain(self, request: SearchRequest, photo_ids: Sequence[int]) -> list[SearchHit]:
        return [SearchHit(photo_id, 0.0, "") for photo_id in photo_ids]

    def similar(self, photo_id: int, limit: int = 200) -> SearchAnswer:
        ids = self._ws.library.ids(LibraryView())[:limit]
        near = array("q", [photo_id, *(i for i in ids if (i - photo_id) % 9 == 0 and i != photo_id)])
        return SearchAnswer(near, sure=len(near))

    def note_searched(self, query: str) -> None:
        self.noted.append(query)
