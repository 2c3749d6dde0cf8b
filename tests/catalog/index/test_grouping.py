"""Groups by day, month and folder: whole, in order, and the same from the index and from the database."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, seen
from random_library import RandomLibrary

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import grouping
from blipdesk.catalog.index.grouping import grouped
from blipdesk.domain.grouping import Grouping, Groups
from blipdesk.domain.values import LibraryView, SortOrder


@pytest.fixture(scope="module")
def library() -> Iterator[RandomLibrary]:
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = Catalog.open(Path(folder) / "data")
        catalog.search_index.ready()
        yield RandomLibrary(catalog, 11)
        catalog.close()


def key_of(library: RandomLibrary, photo_id: int, by: Grouping) -> str:
    fields = library.fields[photo_id]
    day = fields.day.isoformat()
    return {Grouping.DAY: day, Grouping.MONTH: day[:7], Grouping.FOLDER: fields.folder}[by]


@pytest.mark.parametrize("by", [Grouping.DAY, Grouping.MONTH, Grouping.FOLDER])
@pytest.mark.parametrize("order", [SortOrder.NEWEST, SortOrder.OLDEST, SortOrder.NAME, SortOrder.SURENESS])
def test_photos_of_a_group_stand_together_in_the_order_of_the_list(
    library: RandomLibrary, by: Grouping, order: SortOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "_PAGE", 7)
    listed = library.catalog.ids(LibraryView(order=order))
    oldest_first = order is SortOrder.OLDEST
    ids, groups = library.catalog.search_index.grouped(listed, by, oldest_first)
    rows: dict[str, list[int]] = {}
    for photo_id in listed:
        rows.setdefault(key_of(library, photo_id, by), []).append(photo_id)
    forward = by is Grouping.FOLDER or oldest_first
    keys = sorted(rows, key=str.casefold, reverse=not forward)
    assert groups.by is by
    assert list(groups.keys) == keys
    ends = [*groups.starts[1:], len(ids)]
    assert [list(ids[a:b]) for a, b in zip(groups.starts, ends, strict=True)] == [rows[key] for key in keys]
    with library.catalog._database.read_raw() as connection:  # while there is no index
        assert grouped(None, connection, listed, by, oldest_first) == (ids, groups)


def test_no_photos_have_no_groups(library: RandomLibrary) -> None:
    empty = array("q")
    for by in (Grouping.DAY, Grouping.FOLDER):
        assert library.catalog.search_index.grouped(empty, by, False) == (empty, Groups(by, empty, ()))


def test_what_changed_since_the_index_was_brought_up_is_looked_up(library: RandomLibrary) -> None:
    catalog = library.catalog
    catalog.search_index.ready()
    photo = library.photos[0]
    catalog.relocate(photo.id, photo.folder_id, seen("/photos/zz/new.jpg", photo.content_hash))
    ids, groups = catalog.search_index.grouped(array("q", [photo.id]), Grouping.FOLDER, False)
    assert (list(ids), groups.keys) == ([photo.id], ("/photos/zz",))


def test_what_was_forgotten_meanwhile_is_no_error(library: RandomLibrary) -> None:
    listed = array("q", [*library.catalog.ids(LibraryView())[:5], 10**6])
    for by in (Grouping.DAY, Grouping.MONTH, Grouping.FOLDER):
        ids, groups = library.catalog.search_index.grouped(listed, by, False)
        assert sorted(ids) == sorted(listed)
        assert len(groups.keys) == len(groups.starts)
