"""Words that nobody knows are taken for the nearest that the catalog knows, and it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import ModelError
from blipdesk.domain.search import Correction, SearchAnswer, SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService
from tests.catalog.index.vector_steps import add

CAPTIONS = ("a zebra under an umbrella", "two dogs on the beach", "a giraffe", "東京 at night")


def no_model() -> None:
    raise ModelError("There is none.", "")


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    add(catalog, *CAPTIONS)
    return catalog


@pytest.fixture
def searching(catalog: Catalog) -> SearchService:
    return SearchService(catalog, QueryReader(no_model))


def request(query: str) -> SearchRequest:
    return SearchRequest(query, LibraryView(order=SortOrder.RELEVANCE))


def found(searching: SearchService, query: str) -> SearchAnswer:
    return searching.answer(request(query))


@pytest.mark.parametrize(
    ("query", "shown", "ids"),
    [
        ("umbrela", "umbrella", [1]),
        ("zebar umbrela ", "zebra umbrella ", [1]),
        ("girafe -dog has:caption", "giraffe -dog has:caption", [3]),
    ],
)
def test_a_mistyped_word_finds_what_was_meant(
    searching: SearchService, query: str, shown: str, ids: list[int]
) -> None:
    answer = found(searching, query)
    assert (list(answer.ids), answer.shown_query) == (ids, shown)
    assert answer.corrections[-1].typed in query
    (hit,) = searching.explain(request(query), ids)
    assert hit.words


@pytest.mark.parametrize(
    "query",
    [
        "umbrel",  # is being typed
        "beaches dog ",  # the catalog has another form
        "elephant ",  # a word, if of no photo
        '"umbrela"',  # meant as it stands
        "keyword:umbrela",
        "東亰",
        "1234",
    ],
)
def test_what_is_no_mistake_is_left_alone(searching: SearchService, query: str) -> None:
    answer = found(searching, query)
    assert (answer.corrections, answer.shown_query) == ((), "")


def test_what_may_be_another_language_is_asked_about_at_most(
    catalog: Catalog, searching: SearchService
) -> None:
    catalog.set_user_caption(3, "a hand holds a kite on a sofa, in a den")
    (meant,) = found(searching, "my hund").meant
    assert meant.query == "my hand"
    for query in ("katze", "katze auf dem sofa"):
        answer = found(searching, query)
        assert (answer.corrections, answer.meant) == ((), ())


def test_what_was_typed_may_be_insisted_on(searching: SearchService) -> None:
    assert found(searching, "umbrela").corrections == (Correction("umbrela", "umbrella"),)
    assert list(searching.answer(replace(request("umbrela"), corrected=False)).ids) == []


def test_nothing_is_mended_while_it_is_typed(searching: SearchService) -> None:
    assert list(searching.answer(SearchRequest("umbrela", ranked=False)).ids) == []


def test_new_words_are_known_at_once(catalog: Catalog, searching: SearchService) -> None:
    assert found(searching, "umbrela").corrections
    catalog.set_user_caption(2, "umbrela, as Anna spells it")
    assert not found(searching, "umbrela").corrections


def test_a_mistyped_filter_is_told_once_and_not_taken_for_a_word_too(
    catalog: Catalog, searching: SearchService
) -> None:
    catalog.set_user_caption(3, "a red folder")
    assert found(searching, "foldr").corrections
    answer = found(searching, "foldr:dogs")
    assert [problem.message for problem in answer.problems]
    assert (answer.corrections, list(answer.ids)) == ((), [2])
