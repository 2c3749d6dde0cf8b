from contextlib import closing

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.query import parse_query
from blipdesk.services.library import LibraryService, highlight_words
from blipdesk.services.searching import SearchService


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("two Dogs -cat", ("two", "dog")),
        ('"sandy beach" OR sunset', ("sandy", "beach", "sunset")),
        ("c++ 50% ' \" (", ("c", "50")),
        ("", ()),
        ("\ud800 \x00", ()),
        ("海辺", ("海", "辺")),
        ("Café folder:Dogs a cat", ("cafe", "cat")),
        ("a", ("a",)),
    ],
)
def test_words_to_highlight(query, words):
    assert highlight_words(parse_query(query)) == words


def test_words_of_a_folder_are_none(tmp_path):
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        catalog.import_records([{"path": "/library/old town/1.jpg", "caption": "a dog in an old town"}])
        library = LibraryService(catalog, lambda: None, SearchService(catalog))
        assert library.highlight_words("dog folder:old town") == ("dog",)
        assert library.highlight_words("dog folder:old house") == ("dog", "house")
