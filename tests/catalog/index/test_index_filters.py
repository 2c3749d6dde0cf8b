"""Filters in memory: the same photos as by SQL and as one photo's facts say, before and after changes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, fresh_catalog
from hypothesis import given, settings
from index_steps import found, typed
from random_library import TREES, TYPED, VALUES, RandomLibrary

from blipdesk.catalog.index.filters import FilterMasks, Tables
from blipdesk.catalog.index.lexical import Lookup
from blipdesk.catalog.index.texts import Texts
from blipdesk.domain.query import And, Filter, Node, Or, parse_query, to_text
from blipdesk.domain.values import LibraryView, SortOrder


@pytest.fixture(scope="module", params=["read at once", "followed"])
def library(request: pytest.FixtureRequest) -> Iterator[RandomLibrary]:
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = fresh_catalog(Path(folder) / "data")
        if request.param == "followed":
            catalog.search_index.ready()
        yield RandomLibrary(catalog, 3)
        catalog.close()


def masked(library: RandomLibrary, node: Node) -> list[int]:
    """The photos of a node's mask."""
    index = library.catalog.search_index
    with library.catalog._database.read_raw() as connection:
        state = index._keeper.current(connection)
        assert state is not None
        filters = FilterMasks(state, connection, Tables())
        lookup = Lookup(state, Texts(connection))
        docs = (lookup.mask(node, filters.of) & state.alive).nonzero()[0]
        return sorted(state.ids_of(docs).tolist())


@pytest.mark.parametrize("name", VALUES)
def test_each_value_finds_what_the_photos_say(library: RandomLibrary, name: str) -> None:
    for value in VALUES[name]:
        node = Filter(name, value, value in TYPED)
        assert masked(library, node) == library.found(node), value


@given(TREES)
@settings(max_examples=150, deadline=None)
def test_a_query_finds_what_the_photos_say(library: RandomLibrary, tree: Node) -> None:
    assert masked(library, tree) == library.found(tree)


@given(TREES)
@settings(max_examples=80, deadline=None)
def test_it_answers_as_the_database_does(library: RandomLibrary, tree: Node) -> None:
    query = parse_query(to_text(tree))
    for order in (SortOrder.NEWEST, SortOrder.OLDEST, SortOrder.NAME, SortOrder.ADDED):
        view = LibraryView(query=query.text, order=order)
        assert typed(library.catalog, query.text, view) == list(library.catalog.ids(view)), order
    ranked = found(library.catalog, query.text)
    soft = query.soft
    full = library.found(query.tree) if query.tree is not None else []
    some = And((query.hard, Or(soft))) if query.hard is not None else Or(soft)
    expected = library.found(some) if len(soft) > 1 else full
    assert sorted(ranked) == expected


def test_the_day_of_a_file_is_that_of_this_zone(library: RandomLibrary) -> None:
    days = {photo.id: library._fields[photo.id].day for photo in library.photos}
    for day in set(days.values()):
        node = Filter("date", day.isoformat())
        assert masked(library, node) == sorted(photo for photo, its in days.items() if its == day)
