"""Photos that a person put into the trash: out of sight until their files are there again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, database_of, photo_of, seen

from blipdesk.catalog import Catalog, opening
from blipdesk.domain.values import LibraryView, ViewKind

MISSING = LibraryView(ViewKind.MISSING)


@pytest.fixture
def photos(catalog: Catalog) -> list[int]:
    """One in the trash, one that is missing, one that is there."""
    ids = add_photos(catalog, "/photos/trashed.jpg", "/photos/missing.jpg", "/photos/there.jpg")
    catalog.mark_trashed(ids[:1])
    catalog.mark_missing(ids[1:2])
    return ids


def in_sight(catalog: Catalog) -> tuple[set[int], list[int]]:
    """The photos that are seen, and those of them that are missing."""
    return set(catalog.ids(LibraryView())), list(catalog.ids(MISSING))


def test_their_folder_does_not_count_them(catalog: Catalog, photos: list[int]) -> None:
    catalog.add_folder("/none")
    assert [folder.photo_count for folder in catalog.folders()] == [0, 2]
    catalog.mark_present(photos[:1])
    assert [folder.photo_count for folder in catalog.folders()] == [0, 3]


@pytest.mark.parametrize("added", ["/photos", "/"])
def test_they_stay_so_when_their_removed_folder_is_added_again(
    catalog: Catalog, photos: list[int], added: str
) -> None:
    trashed, missing, there = photos
    catalog.remove_folder(catalog.folders()[0].id, forget=False)
    catalog.add_folder(added)
    assert in_sight(catalog) == ({missing, there}, [missing])
    catalog.mark_present([trashed])
    assert in_sight(catalog) == ({trashed, missing, there}, [missing])
    catalog.mark_missing([trashed])
    catalog.remove_folder(catalog.folders()[0].id, forget=False)
    catalog.add_folder(added)
    assert in_sight(catalog) == ({trashed, missing, there}, [missing, trashed])


def test_they_stay_so_when_their_folder_becomes_a_part_of_another(
    catalog: Catalog, photos: list[int]
) -> None:
    _, missing, there = photos
    catalog.add_folder("/all")
    catalog.rename_tree("/photos", "/all/photos")
    assert in_sight(catalog) == ({missing, there}, [missing])


def test_they_stay_so_when_another_picture_takes_their_place(catalog: Catalog, photos: list[int]) -> None:
    trashed, missing, there = photos
    catalog.set_user_caption(trashed, "Rex at the sea")
    folder_id = photo_of(catalog, there).folder_id
    (other,) = catalog.register(folder_id, [seen("/photos/trashed.jpg", "another picture")])
    assert in_sight(catalog) == ({missing, there, other}, [missing])


@pytest.mark.parametrize("place", ["/photos/trashed.jpg", "/photos/elsewhere.jpg"])
def test_one_that_comes_back_is_missing_and_no_more_in_the_trash_once_it_is_gone(
    catalog: Catalog, photos: list[int], place: str
) -> None:
    trashed, missing, there = photos
    folder_id = photo_of(catalog, there).folder_id
    back = seen(place, "hash of /photos/trashed.jpg")
    if place == "/photos/trashed.jpg":
        catalog.register(folder_id, [back])
    else:
        catalog.relocate(trashed, folder_id, back)
    catalog.mark_missing([trashed])
    catalog.remove_folder(folder_id, forget=False)
    catalog.add_folder("/photos")
    assert in_sight(catalog) == ({trashed, missing, there}, [missing, trashed])


def test_they_are_known_in_an_older_catalog_whose_folder_is_in_sight(tmp_path: Path) -> None:
    database_of(tmp_path / "data", "0005").close()
    path = tmp_path / "data" / "catalog.db"
    opening.migrate(path, "0018")
    with closing(sqlite3.connect(path)) as database, database:
        trashed, folder_id = database.execute(
            "SELECT photo.id, folder_id FROM photo JOIN folder ON folder.id = folder_id"
            " WHERE photo.hidden = 0 AND folder.hidden = 0 AND missing = 0 LIMIT 1"
        ).fetchone()
        database.execute("UPDATE photo SET hidden = 1, missing = 1 WHERE id = ?", (trashed,))
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        (root,) = (root for root in catalog.all_roots() if root.id == folder_id)
        before = in_sight(catalog)
        catalog.remove_folder(folder_id, forget=False)
        assert in_sight(catalog) != before
        catalog.add_folder(root.path)
        assert in_sight(catalog) == before and trashed not in before[0]
        assert catalog.check() == []
