"""Parts of file names: found as the filter's own test finds them, and names where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from catalog_samples import captioned
from hypothesis import given, settings
from hypothesis import strategies as st
from index_steps import typed

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import file_names, sizes
from blipdesk.catalog.index.file_names import FileNames
from blipdesk.domain.filter_tests import WordsTest

LETTERS = st.sampled_from("aab01 _-.\n\u00e9\u72ac\U00020000")
TEXTS = st.one_of(
    st.text(LETTERS, max_size=9),
    st.text(st.characters(codec="utf-8"), max_size=9),
    st.sampled_from(["img_0001.jpg", "img 2.jpg", ""]),
)


@pytest.fixture(autouse=True)
def in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_names, "_PIECE", 5)
    monkeypatch.setattr(file_names, "_SAMPLED", 3)


def of(documents: list[str]) -> tuple[FileNames, list[int]]:
    names = list(dict.fromkeys(documents))
    numbers = np.array([names.index(name) for name in documents], np.int64)
    made, by_name = FileNames.of(names, numbers, np.arange(len(documents)))
    return made, by_name.tolist()


@given(st.lists(TEXTS, max_size=30), st.lists(TEXTS, min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_a_part_is_found_in_the_names_in_which_the_test_finds_it(
    documents: list[str], wanted: list[str]
) -> None:
    names, by_name = of(documents)
    for text in wanted:
        for end in range(1, len(text) + 1):  # as it is typed
            test = WordsTest.inside("name", text[:end])
            if test is not None:
                having = names.having(test.words)
                found = [document for document, has in zip(by_name, having, strict=True) if has]
                expected = [number for number, name in enumerate(documents) if test.match_value(name)]
                assert sorted(found) == expected


@given(st.lists(TEXTS, max_size=30), st.lists(TEXTS, max_size=8))
@settings(max_examples=200, deadline=None)
def test_names_are_sorted_as_the_database_sorts_them(documents: list[str], wanted: list[str]) -> None:
    names, by_name = of(documents)
    keys = [(name.encode(), number) for number, name in enumerate(documents)]
    assert by_name == [number for _, number in sorted(keys)]
    ascending = sorted(name.encode() for name in documents)
    assert names.of_documents() == ascending
    looked_up = sorted(name.encode() for name in wanted)
    low, high = names.places(looked_up)
    assert low.tolist() == [sum(own < name for own in ascending) for name in looked_up]
    assert high.tolist() == [sum(own <= name for own in ascending) for name in looked_up]


def test_a_name_is_found_in_a_snapshot_and_behind_it(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "SMALL", 2)
    ids = captioned(catalog, *["a dog"] * 12)  # 0.jpg to 11.jpg
    catalog.search_index.ready()
    catalog.set_user_caption(ids[1], "a cat")
    assert catalog.search_index._keeper._named.name
    assert typed(catalog, "name:1") == [ids[11], ids[10], ids[1]]
    assert typed(catalog, "name:1.jpg") == [ids[11], ids[1]]
    assert typed(catalog, "name:1.png") == []
