"""What a query finds while it is typed and once it is whole, as the search box asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.search import SearchAnswer, SearchRequest
from blipdesk.services.searching import SearchService

CAPTIONS = ("a red kite over the beach", "a red car", "a kitten sleeps", "a brown dog on a beach")


@pytest.fixture(scope="module")
def searching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    catalog = Catalog.open(tmp_path_factory.mktemp("queries") / "data")
    catalog.import_records(
        {
            "path": f"/photos/{n}.jpg",
            "caption": caption,
            "source": "model",
            "keywords": ["kite"] if "kite" in caption else [],
            "taken": f"{2021 + n}-07-01T10:00:00",
        }
        for n, caption in enumerate(CAPTIONS)
    )
    yield SearchService(catalog)
    catalog.close()


def asked(searching: SearchService, query: str, **how: bool) -> SearchAnswer:
    return searching.answer(SearchRequest(query, **how))


def sure(searching: SearchService, answer: SearchAnswer) -> set[str]:
    photos = searching._catalog.photos(answer.ids[: answer.sure])
    return {photo.caption or "" for photo in photos}


@pytest.mark.parametrize("ranked", [True, False])
def test_a_single_letter_that_is_typed_is_a_beginning(searching: SearchService, ranked: bool) -> None:
    assert sure(searching, asked(searching, "k", ranked=ranked)) == {CAPTIONS[0], CAPTIONS[2]}
    assert sure(searching, asked(searching, "red k", ranked=ranked)) == {CAPTIONS[0]}
    assert len(asked(searching, "2", ranked=ranked).ids) >= 1
    assert not asked(searching, "k ", ranked=ranked).ids
    assert not asked(searching, "k", ranked=ranked, is_whole=True).ids
