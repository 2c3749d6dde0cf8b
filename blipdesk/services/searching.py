"""The search box: answers, reasons, suggestions, what was searched for before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from blipdesk.catalog import Catalog
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SavedSearch, SearchAnswer, SearchRequest, Suggestion
from blipdesk.domain.values import SearchHit
from blipdesk.services.suggesting import Suggester

HISTORY = 100
"""So many queries are remembered."""
_SAVED, _HISTORY = "saved_searches", "search_history"


class SearchService:
    """Finds photos; every method may be called from any thread and raises nothing for what was typed."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._suggester = Suggester(catalog)

    # ------------------------------------------------------------------------------------ answers

    def answer(self, request: SearchRequest) -> SearchAnswer:
        """The photos of a query."""
        query = parse_query(request.query, is_whole=request.is_whole)
        if query.tree is None and query.is_unfinished:
            ids = self._catalog.ids(replace(request.view, query=""))[: request.limit]
            return SearchAnswer(ids, sure=len(ids), problems=query.problems)
        found = self._catalog.search_index.answer(request, query)
        return found if found is not None else self._catalog.answer(request, query)  # there is none yet

    def explain(self, request: SearchRequest, photo_ids: Sequence[int]) -> list[SearchHit]:
        """Why each of these photos is in the answer to a request; for the few that are looked at."""
        return self._catalog.search_index.explain(
            request, parse_query(request.query, is_whole=request.is_whole), photo_ids
        )

    def similar(self, photo_id: int, limit: int = 200) -> SearchAnswer:
        """The photos whose captions are nearest to a photo's; itself is the first."""
        return SearchAnswer()

    # ------------------------------------------------------------------------------------ typing

    def suggestions(self, text: str, cursor: int, limit: int = 8) -> list[Suggestion]:
        """What may be meant at the cursor: keywords, filters and their values, earlier queries."""
        return self._suggester.suggestions(text, cursor, limit, self.history(), self.saved())

    # ------------------------------------------------------------------------------------ kept

    def saved(self) -> list[SavedSearch]:
        """The saved searches, in the order of their names."""
        kept = self._catalog.setting(_SAVED, [])
        return sorted((SavedSearch(**search) for search in kept), key=lambda search: search.name.casefold())

    def save(self, name: str, query: str) -> None:
        """Keep a query under a name; an earlier one of that name is replaced."""
        kept = [search for search in self.saved() if search.name.casefold() != name.casefold()]
        self._keep([*kept, SavedSearch(name, query)])

    def forget(self, name: str) -> None:
        """Let a saved search go."""
        self._keep([search for search in self.saved() if search.name != name])

    def _keep(self, searches: Sequence[SavedSearch]) -> None:
        self._catalog.set_setting(_SAVED, [asdict(search) for search in searches])

    def history(self) -> list[str]:
        """What was searched for, the last first."""
        return [str(query) for query in self._catalog.setting(_HISTORY, [])]

    def note_searched(self, query: str) -> None:
        """Remember a query that a person looked at the answer of."""
        query = query.strip()
        if query:
            earlier = [other for other in self.history() if other != query]
            self._catalog.set_setting(_HISTORY, [query, *earlier][:HISTORY])

    def clear_history(self) -> None:
        """Forget what was searched for."""
        self._catalog.set_setting(_HISTORY, [])
