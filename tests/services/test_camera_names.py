"""A word that is a camera's name too: what photos show comes before what took them."""

from __future__ import annotations

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService
from tests.catalog.index.vector_steps import FakeSentences


@pytest.fixture
def searching(catalog: Catalog) -> SearchService:
    catalog.import_records(
        {"path": f"/photos/{n}.jpg", "caption": caption, "camera": camera, "taken": f"2021-07-0{n}T10:00:00"}
        for n, (caption, camera) in enumerate(
            [
                ("a red apple on a table", None),
                ("a dog on the beach", "Apple iPhone 12"),
                ("an apple pie", "Apple iPhone 12"),
                ("a cat in the snow", "Canon EOS R5"),
                ("a pie in a window", "Apple iPhone 12"),
            ],
            1,
        )
    )
    return SearchService(catalog, QueryReader(FakeSentences))


def answered(searching: SearchService, query: str, order: SortOrder) -> tuple[list[str], list[str]]:
    """The names of the photos that are sure, and of those that may fit."""
    answer = searching.answer(SearchRequest(query, LibraryView(order=order)))
    names = [photo.path[-5] for photo in searching._catalog.photos(list(answer.ids))]
    return names[: answer.sure], names[answer.sure :]


@pytest.mark.parametrize("order", [SortOrder.RELEVANCE, SortOrder.NEWEST])
def test_what_a_camera_of_that_name_took_may_fit_where_photos_show_it(
    searching: SearchService, order: SortOrder
) -> None:
    sure, maybe = answered(searching, "apple", order)
    assert (sorted(sure), sorted(maybe)) == (["1", "3"], ["2", "5"])
    sure, maybe = answered(searching, "apple pie", order)
    assert (sure, "5" in maybe) == (["3"], True)


def test_a_camera_is_found_by_its_name_where_no_photo_shows_what_it_says(searching: SearchService) -> None:
    assert answered(searching, "canon", SortOrder.RELEVANCE) == (["4"], [])
    assert answered(searching, "iphone", SortOrder.NEWEST) == (["5", "3", "2"], [])
    assert answered(searching, "apple iphone", SortOrder.NEWEST)[0] == ["5", "3", "2"]
