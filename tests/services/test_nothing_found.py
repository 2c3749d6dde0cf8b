"""Where a query finds nothing, the part that no photo fits is named, with the values that there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.services.meaning import QueryReader
from blipdesk.services.nothing_found import NothingFound, why_nothing
from blipdesk.services.searching import SearchService
from tests.catalog.index.vector_steps import FakeSentences

CAMERAS = ("NIKON D750", "Pixel 7")


@pytest.fixture(scope="module")
def searching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    catalog = Catalog.open(tmp_path_factory.mktemp("nothing") / "data")
    catalog.import_records(
        {
            "path": f"/library/{'summer' if n % 2 else 'winter'}/{n}.jpg",
            "caption": "a dog on the beach" if n % 2 else "a cat in the snow",
            "source": "model",
            "keywords": ["dog" if n % 2 else "cat", f"tag {n}"],
            "camera": CAMERAS[n % 2],
            "taken": f"2021-07-{n + 1:02}T10:00:00",
        }
        for n in range(8)
    )
    yield SearchService(catalog, QueryReader(FakeSentences))
    catalog.close()


def why(searching: SearchService, query: str, view: LibraryView | None = None) -> NothingFound:
    request = SearchRequest(query, view or LibraryView(), is_whole=True)
    assert not searching.answer(request).ids
    return why_nothing(searching, request)


def test_a_value_that_no_photo_has_is_answered_with_those_that_there_are(searching: SearchService) -> None:
    assert why(searching, "camera:canon") == NothingFound(
        "No photo fits camera:canon; there are the cameras “NIKON D750” and “Pixel 7”."
    )
    assert why(searching, "type:png").words == "No photo fits type:png; there is “jpeg”."
    many = why(searching, "keyword:zebra").words
    assert many.startswith("No photo fits keyword:zebra; there are the tags “cat”, “dog”, ")
    assert many.endswith(" and others.")
    assert many.count(",") == 5
    for query in ("keyword:no", "keyword:zebra"):  # what was searched for takes no value's place
        searching.note_searched(query)
    assert why(searching, "keyword:zebra").words == many
    searching.clear_history()
    assert why(searching, "folder:nowhere").words == (
        "No photo fits folder:nowhere; there are the folders “library”, “summer” and “winter”."
    )


def test_several_words_behind_a_filter_are_one_value_as_in_the_answer(searching: SearchService) -> None:
    assert why(searching, "camera:pixel 7 keyword:cat") == NothingFound(
        "Without camera:pixel 7 there are 4 photos.", "camera:pixel 7", "keyword:cat"
    )


def test_the_part_that_no_photo_fits_can_be_left_out(searching: SearchService) -> None:
    found = why(searching, "dog camera:canon date:2021")
    assert found.words.startswith("date:2021 is 2021")
    assert "No photo fits camera:canon; there are the cameras" in found.words
    assert found.words.endswith("Without camera:canon there are 4 photos.")
    assert (found.left_out, found.query) == ("camera:canon", "dog date:2021")
    assert searching.answer(SearchRequest(found.query)).ids


def test_parts_that_photos_fit_but_none_all_are_told_apart(searching: SearchService) -> None:
    found = why(searching, "keyword:dog camera:nikon")
    assert found.words == "Without keyword:dog there are 4 photos."
    assert found.query == "camera:nikon"
    assert why(searching, "-type:jpeg").words == "No photo fits -type:jpeg."


def test_words_that_do_not_follow_one_another_may_stand_apart(searching: SearchService) -> None:
    found = why(searching, '"dog beach" camera:pixel')
    assert found.words == 'No photo fits "dog beach". Without the quotes there are 4 photos.'
    assert found.query == "dog beach camera:pixel"
    assert why(searching, '"unicorn rug"') == NothingFound('No photo fits "unicorn rug".')
    assert why(searching, '-"dog" -"cat"').query == '-"cat"'


def test_a_query_of_which_nothing_is_left_is_told_so(searching: SearchService) -> None:
    def told(query: str) -> str:
        return why_nothing(searching, SearchRequest(query, is_whole=True)).words

    assert told("camera:") == (
        "That leaves nothing to look for; without it there are 8 photos."
        " For camera: there are “NIKON D750” and “Pixel 7”."
    )
    assert told("date:foo").startswith(
        "That leaves nothing to look for; without it there are 8 photos. For date:"
    )
    assert told("*") == told("type:xyz") == "That leaves nothing to look for; without it there are 8 photos."


def test_what_a_folder_has_not_may_be_elsewhere(searching: SearchService) -> None:
    winter = LibraryView(ViewKind.FOLDER, "/library/winter")
    assert why(searching, "keyword:dog", winter) == NothingFound("Elsewhere there are 4 photos.")


def test_of_words_alone_nothing_more_is_known(searching: SearchService) -> None:
    assert why(searching, "zzyzx") == NothingFound("")
