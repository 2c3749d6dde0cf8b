"""Small things that the tests of the search index are made of."""

from __future__ import annotations

from blipdesk.catalog import Catalog
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchAnswer, SearchHit, SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder


def answer(
    catalog: Catalog, query: str, view: LibraryView | None = None, *, typed: bool = False
) -> SearchAnswer:
    """What the index answers: by relevance, or in the view's order."""
    view = view or LibraryView(order=SortOrder.NEWEST if typed else SortOrder.RELEVANCE)
    return catalog.search_index.answer(SearchRequest(query, view, ranked=not typed), parse_query(query))


def found(catalog: Catalog, query: str, view: LibraryView | None = None) -> list[int]:
    """The photos of a query, the best first."""
    return list(answer(catalog, query, view).ids)


def typed(catalog: Catalog, query: str, view: LibraryView | None = None) -> list[int]:
    """The photos that are shown while a query is typed."""
    return list(answer(catalog, query, view, typed=True).ids)


def explained(catalog: Catalog, query: str) -> list[SearchHit]:
    """The photos of a query with what is said of them."""
    request = SearchRequest(query, LibraryView(order=SortOrder.RELEVANCE))
    parsed = parse_query(query)
    index = catalog.search_index
    return index.explain(request, parsed, index.answer(request, parsed).ids)
