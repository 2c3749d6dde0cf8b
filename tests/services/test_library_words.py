from contextlib import closing
from pathlib import Path

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.marks import marked_spans
from blipdesk.services.library import LibraryService
from blipdesk.services.searching import SearchService

CAPTION = "three ties on a truck, a dog and a cat in t-shirts, black and white"


@pytest.mark.parametrize(
    "query", ["t-shirt", "black-and-white", '"dog and a cat"', "cats black-and-white truck"]
)
def test_what_is_marked_is_what_the_reason_says(tmp_path: Path, query: str) -> None:
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        catalog.import_records([{"path": "/library/1.jpg", "caption": CAPTION}])
        library = LibraryService(catalog, lambda: None, SearchService(catalog))
        (hit,) = library.search(query)
        marked = [CAPTION[start:end] for start, end in marked_spans(CAPTION, library.marks(query))]
        assert marked and hit.reasons[0].text == ", ".join(marked)


def test_words_of_a_folder_are_none(tmp_path):
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        catalog.import_records([{"path": "/library/old town/1.jpg", "caption": "a dog in an old town"}])
        library = LibraryService(catalog, lambda: None, SearchService(catalog))
        assert library.marks("dog folder:old town") == (("dog",),)
        assert library.marks("dog folder:old house") == (("dog",), ("house",))
