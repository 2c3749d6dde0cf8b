from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER
from hypothesis import given, settings
from random_library import PHOTOS, TODAY, TREES, TYPED, VALUES, RandomLibrary

from blipdesk.catalog import Catalog
from blipdesk.catalog.filter_clauses import CLAUSES, FLAGS
from blipdesk.catalog.search_clauses import node_clause
from blipdesk.domain.filter_tests import Flag
from blipdesk.domain.filters import FILTERS
from blipdesk.domain.query import And, Filter, Node, Or, parse_query, to_text
from blipdesk.domain.values import LibraryView, SortOrder

HOSTILE = ("'; DROP TABLE photo;--", '" OR 1=1', "\x00", "\ud800", "?", "%", "x') OR 1", "(" * 99)


@pytest.fixture(scope="module", params=[1, 2])
def library(request: pytest.FixtureRequest) -> Iterator[RandomLibrary]:
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = Catalog.open(Path(folder) / "data")
        yield RandomLibrary(catalog, request.param)
        catalog.close()


def test_every_filter_has_its_clause_and_every_flag_its_sql() -> None:
    assert list(CLAUSES) == [spec.name for spec in FILTERS] == list(VALUES)
    assert set(FLAGS) == set(Flag)


def sql_found(library: RandomLibrary, node: Node) -> list[int]:
    with library.catalog._database.read_raw() as raw:
        clause = node_clause(raw, node, TODAY)
        statement = f"SELECT photo.id FROM photo WHERE photo.hidden = 0 AND ({clause.sql}) ORDER BY photo.id"
        return [photo_id for (photo_id,) in raw.execute(statement, clause.values)]


@pytest.mark.parametrize("name", VALUES)
def test_each_value_finds_by_sql_what_it_finds_in_memory(library: RandomLibrary, name: str) -> None:
    sizes = set()
    for value in VALUES[name]:
        node = Filter(name, value, value in TYPED)
        assert sql_found(library, node) == library.found(node), value
        sizes.add(len(library.found(node)))
    assert sizes - {0, len(library.photos)}  # some photos were told from others


@given(TREES)
@settings(max_examples=150, deadline=None)
def test_a_query_finds_by_sql_what_it_finds_in_memory(library: RandomLibrary, tree: Node) -> None:
    assert sql_found(library, tree) == library.found(tree)


@given(TREES)
@settings(max_examples=80, deadline=None)
def test_the_gallery_shows_what_the_query_says(library: RandomLibrary, tree: Node) -> None:
    query = parse_query(to_text(tree))
    full = library.found(query.tree) if query.tree is not None else []
    soft = query.soft
    some = And((query.hard, Or(soft))) if query.hard is not None else Or(soft)
    expected = full or (library.found(some) if len(soft) > 1 else [])
    view = LibraryView(query=query.text, order=SortOrder.NEWEST)
    assert sorted(library.catalog.ids(view)) == expected
    ranked = [hit.photo_id for hit in library.catalog.search(query.text)]
    assert sorted(ranked[: len(full)]) == full
    if len(soft) > 1:
        assert sorted(ranked) == library.found(some)


def test_no_photo_of_a_removed_folder_is_found(library: RandomLibrary) -> None:
    catalog = library.catalog
    visible = {photo.id for photo in library.photos}
    assert 0 < len(visible) < PHOTOS
    for query in ("-zebra", "folder:/gone", "-is:missing", "date:..2100", "img", "-(dog cat)"):
        assert set(catalog.ids(LibraryView(query=query))) <= visible
        assert {hit.photo_id for hit in catalog.search(query)} <= visible


def test_what_is_not_finished_narrows_nothing(library: RandomLibrary) -> None:
    everything = list(library.catalog.ids(LibraryView()))
    for query in ("date:", "has:x", "keyword: ", "date:20", "???", "(", "-", "has:faces "):
        assert list(library.catalog.ids(LibraryView(query=query))) == everything


def test_what_was_typed_never_changes_the_catalog(library: RandomLibrary) -> None:
    with library.catalog._database.read_raw() as raw:
        before = tables(raw)
        for name in CLAUSES:
            for value in (
                "'; DROP TABLE photo;--",
                '" OR 1=1',
                "\x00",
                "\ud800",
                "?",
                "%",
                "x') OR 1",
                "(" * 99,
            ):
                library.catalog.search(f'{name}:"{value}" {name}:{value} dog')
        assert tables(raw) == before


def tables(raw: sqlite3.Connection) -> list[tuple[str, int]]:
    names = [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [(name, raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names]
