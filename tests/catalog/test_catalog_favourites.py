"""Favourites: a person's stars beside those of the file, listed, counted, found, and taken back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, database_of, photo_at, photo_of, seen
from catalog_write_samples import pending
from index.index_steps import typed

from blipdesk.catalog import Catalog, WriteNote, opening, undo_stack
from blipdesk.domain.ratings import rating_of
from blipdesk.domain.values import FileFacts, LibraryView, ViewKind, WriteTarget
from blipdesk.domain.writes import WriteOutcome

FAVOURITES = LibraryView(ViewKind.FAVOURITES)
EMBED = WriteTarget.EMBED


def rated(catalog: Catalog, *ratings: int | None) -> list[int]:
    """Photos whose files say these stars."""
    ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(len(ratings))))
    caption_all(catalog)
    for photo_id, rating in zip(ids, ratings, strict=True):
        read(catalog, photo_id, rating)
    return ids


def read(catalog: Catalog, photo_id: int, rating: int | None) -> None:
    """The file is read, and says so many stars."""
    catalog.store_facts(photo_id, photo_of(catalog, photo_id).content_hash, FileFacts(rating=rating))


def favourites(catalog: Catalog) -> set[int]:
    """The favourites; the list, the count, both searches and the tiles say the same."""
    found = set(catalog.ids(FAVOURITES))
    assert catalog.counts().favourites == len(found)
    assert set(catalog.ids(LibraryView(query="is:favourite"))) == found
    assert set(catalog.ids(LibraryView(ViewKind.FAVOURITES, query="dog"))) == found
    assert set(typed(catalog, "is:favourite")) == set(typed(catalog, "dog", FAVOURITES)) == found
    ids = list(catalog.all_photo_ids())
    assert {tile.id for tile in catalog.tiles(ids) if tile.favourite} == found
    return found


def test_a_persons_choice_comes_before_the_files_and_stays_when_that_is_read_again(catalog: Catalog) -> None:
    plain, three, five = rated(catalog, None, 3, 5)
    assert favourites(catalog) == {five}
    assert catalog.set_favourite([plain, three, five], True) == 2
    assert favourites(catalog) == {plain, three, five}
    for photo_id in (plain, three):
        read(catalog, photo_id, 2)
    assert favourites(catalog) == {plain, three, five}
    assert catalog.set_favourite([three, five], False) == 2
    assert [rating_of(photo_of(catalog, photo_id)) for photo_id in (plain, three, five)] == [5, 2, 0]
    read(catalog, five, 5)
    assert favourites(catalog) == {plain}
    assert list(catalog.ids(LibraryView(query="rating:none"))) == [five]


def test_many_are_one_edit_and_come_back_as_they_were(catalog: Catalog) -> None:
    plain, three, five, other = rated(catalog, None, 3, 5, None)
    catalog.set_favourite([five], False)
    assert catalog.toggle_favourite([plain, three, five]) == (True, 3)
    assert catalog.toggle_favourite([plain, three, five]) == (False, 3)
    assert catalog.toggle_favourite([plain]) == (True, 1)
    assert catalog.toggle_favourite([plain, other]) == (True, 1)
    assert favourites(catalog) == {plain, other}
    seen_after = []
    while catalog.undo_edit() is not None:
        seen_after.append(favourites(catalog))
    assert seen_after == [{plain}, set(), {plain, three, five}, set(), {five}]


def test_an_edit_of_many_is_taken_back_though_the_first_of_them_is_forgotten(catalog: Catalog) -> None:
    first, second, third = rated(catalog, None, 3, None)
    catalog.set_favourite([first, second, third], True)
    catalog.mark_missing([first])
    assert catalog.forget_missing([first]) == 1
    assert catalog.undo_edit() == second
    assert favourites(catalog) == set()


def test_an_edit_of_which_all_photos_are_forgotten_is_passed_over(catalog: Catalog) -> None:
    gone, other = rated(catalog, None, None)
    catalog.set_favourite([other], True)
    catalog.set_favourite([gone], True)
    catalog.mark_missing([gone])
    catalog.forget_missing([gone])
    assert catalog.undo_edit() == other
    assert favourites(catalog) == set()
    assert catalog.undo_edit() is None


def test_edits_of_very_many_do_not_pile_up(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_stack, "UNDO_PHOTOS", 5)
    monkeypatch.setattr(undo_stack, "MANY", 2)
    ids = rated(catalog, None, None, None, None)
    for _ in range(4):
        catalog.toggle_favourite(ids)
    taken_back = 0
    while catalog.undo_edit() is not None:
        taken_back += 1
    assert taken_back == 2
    assert favourites(catalog) == set()


def test_a_star_makes_a_written_photo_due_and_one_without_a_caption(catalog: Catalog) -> None:
    (captioned,) = rated(catalog, 3)
    catalog.end_writes(
        [], [WriteNote(due.photo_id, WriteOutcome.UNCHANGED, "", due.text, EMBED) for due in pending(catalog)]
    )
    assert pending(catalog) == []
    (bare,) = add_photos(catalog, "/photos/bare.jpg")
    assert pending(catalog) == []
    assert catalog.set_favourite([captioned, bare], True) == 2
    first, second = pending(catalog)
    assert (first.text.rating, first.text.file_rating, first.text.wrote_rating) == (5, 3, None)
    assert (second.photo_id, second.text.rating, second.text.caption) == (bare, 5, "")
    catalog.undo_edit()
    assert [due.photo_id for due in pending(catalog)] == [captioned]


def test_what_is_one_already_is_no_edit(catalog: Catalog) -> None:
    (five,) = rated(catalog, 5)
    assert catalog.set_favourite([five, 999], True) == 0
    assert catalog.toggle_favourite([]) == (False, 0)
    assert catalog.undo_edit() is None


@pytest.mark.parametrize("is_favourite", [True, False])
def test_another_picture_where_one_is_gone_takes_its_record_only_if_nobody_starred_it(
    catalog: Catalog, is_favourite: bool
) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog)
    if is_favourite:
        catalog.set_favourite([photo_id], True)
    catalog.mark_missing([photo_id])
    folder_id = photo_of(catalog, photo_id).folder_id
    (now,) = catalog.register(folder_id, [seen("/photos/a.jpg", "another picture")])
    assert (now != photo_id) == is_favourite


def test_a_favourite_is_not_given_up_to_a_photo_that_takes_its_place(catalog: Catalog) -> None:
    moved, there = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    catalog.set_favourite([moved, there], True)  # the edit is the other's
    catalog.set_favourite([moved], False)
    folder = photo_of(catalog, moved).folder_id
    catalog.relocate(moved, folder, seen("/photos/b.jpg", "hash of /photos/a.jpg"))
    assert set(catalog.ids(FAVOURITES)) == {there}
    assert photo_at(catalog, "/photos/b.jpg").id == moved


@pytest.mark.parametrize("revision", ["0005", "0012"])
def test_a_catalog_from_before_has_them_after_its_upgrade(tmp_path: Path, revision: str) -> None:
    database = database_of(tmp_path / "data", "0005")
    with database:
        database.execute("UPDATE photo SET rating = 5 WHERE id = 2")
    database.close()
    opening.migrate(tmp_path / "data" / "catalog.db", revision)
    with closing(Catalog.open(tmp_path / "data")) as upgraded:
        assert set(upgraded.ids(FAVOURITES)) == {2}
        upgraded.set_favourite([1], True)
        assert set(upgraded.ids(LibraryView(query="is:favourite"))) == {1, 2}
        assert upgraded.counts().favourites == 2
        assert upgraded.check() == []


def test_edits_from_before_are_taken_back_after_the_upgrade(tmp_path: Path) -> None:
    data = tmp_path / "data"
    database = database_of(data, "0005")
    database.close()
    opening.migrate(data / "catalog.db", "0014")
    before = json.dumps({"ratings": [[None, [2, 1]], [0, [3]], [None, [999]]]})
    with sqlite3.connect(data / "catalog.db") as older:
        older.execute("UPDATE photo SET user_rating = 5, settled_version = text_version WHERE id < 4")
        older.execute("UPDATE photo SET settled_outcome = 'undone' WHERE id = 2")
        older.execute(
            "INSERT INTO edit (photo_id, kind, before, edited_at) VALUES (2, 'rating', ?, 1)", [before]
        )
    older.close()
    with closing(Catalog.open(data)) as upgraded:
        due = {write.photo_id for write in pending(upgraded) if write.text.rating == 5}
        assert 1 in due and 2 not in due  # what a person took back stays so
        assert upgraded.undo_edit() == 1
        assert [upgraded.photo(number).user_rating for number in (1, 2, 3)] == [None, None, 0]
        assert upgraded.check() == []
