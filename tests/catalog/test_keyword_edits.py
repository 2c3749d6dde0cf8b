"""Keywords of the whole library: renamed, merged, hidden, and all of it taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, database_of, photo_of
from catalog_write_samples import pending
from keyword_samples import again, having, names

from blipdesk.catalog import Catalog, keyword_edits
from blipdesk.domain.errors import Cancelled, UsageError
from blipdesk.domain.values import FileFacts, Keyword, Source

MODEL, FILE, USER = Source.MODEL, Source.FILE, Source.USER


@pytest.fixture
def photos(catalog: Catalog) -> list[int]:
    """Two photos of dogs by the model; the second one's file says Puppy."""
    ids = add_photos(catalog, "/photos/1.jpg", "/photos/2.jpg")
    caption_all(catalog, keywords=("dog", "beach"))
    photo = photo_of(catalog, ids[1])
    catalog.store_facts(photo.id, photo.content_hash, FileFacts(keywords=("Puppy",)))
    return ids


def test_a_renamed_keyword_is_called_so_everywhere(catalog: Catalog, photos: list[int]) -> None:
    catalog.rename_keyword("DOG", "Rex")
    assert having(catalog, "rex") == photos and having(catalog, "dog") == []
    assert Keyword("Rex", MODEL) in photo_of(catalog, photos[0]).keywords
    assert dict(catalog.top_keywords()) == {"Rex": 2, "beach": 2, "Puppy": 1}
    assert [hit.photo_id for hit in catalog.search("rex")] != []


def test_later_runs_call_it_by_its_new_name(catalog: Catalog, photos: list[int]) -> None:
    catalog.rename_keyword("dog", "Rex")
    again(catalog, photos[0], "Dog", "sea")
    assert names(catalog, photos[0]) == {"Rex", "sea"}
    (new,) = add_photos(catalog, "/photos/3.jpg")
    caption_all(catalog, keywords=("dog",))
    assert names(catalog, new) == {"Rex"}
    assert Keyword("Rex", MODEL) in photo_of(catalog, new).keywords


def test_merging_gives_one_keyword_and_one_count(catalog: Catalog, photos: list[int]) -> None:
    catalog.rename_keyword("puppy", "dog")
    assert names(catalog, photos[1]) == {"dog", "beach"}
    assert having(catalog, "dog") == photos and having(catalog, "puppy") == []


def test_what_a_file_calls_so_is_the_persons_by_its_new_name(catalog: Catalog, photos: list[int]) -> None:
    """So that a write back puts it beside the other program's."""
    catalog.rename_keyword("puppy", "Rex")
    assert Keyword("Rex", USER) in photo_of(catalog, photos[1]).keywords
    (due,) = (due for due in pending(catalog) if due.photo_id == photos[1])
    assert due.text.user_keywords == ("Rex",)
    photo = photo_of(catalog, photos[1])
    catalog.store_facts(photo.id, photo.content_hash, FileFacts(keywords=("Puppy", "Rex")))
    assert names(catalog, photos[1]) == {"Rex", "dog", "beach"}


def test_a_write_back_is_due_then(catalog: Catalog, photos: list[int]) -> None:
    before = {due.photo_id: due.text.keywords for due in pending(catalog)}
    catalog.rename_keyword("beach", "sea")
    after = {due.photo_id: due.text.keywords for due in pending(catalog)}
    assert "beach" in before[photos[0]] and set(after[photos[0]]) == {"dog", "sea"}


def test_what_was_taken_off_stays_off(catalog: Catalog, photos: list[int]) -> None:
    catalog.remove_keyword(photos[0], "dog")
    catalog.rename_keyword("dog", "Rex")
    again(catalog, photos[0], "dog")
    assert names(catalog, photos[0]) == set()
    assert names(catalog, photos[1]) == {"Rex", "beach", "Puppy"}


def test_what_a_person_types_is_never_called_otherwise(catalog: Catalog, photos: list[int]) -> None:
    catalog.rename_keyword("dog", "Rex")
    catalog.add_keyword(photos[0], "dog")
    assert names(catalog, photos[0]) == {"dog", "Rex", "beach"}


def test_a_name_is_followed_through_and_back(catalog: Catalog, photos: list[int]) -> None:
    catalog.rename_keyword("dog", "Rex")
    catalog.rename_keyword("rex", "Bello")
    again(catalog, photos[0], "dog", "rex")
    assert names(catalog, photos[0]) == {"Bello"}
    catalog.rename_keyword("Bello", "dog")
    again(catalog, photos[0], "dog", "rex", "bello")
    assert names(catalog, photos[0]) == {"dog"}


@pytest.mark.parametrize(("old", "new"), [("dog", "Dog"), ("beach", "bêach"), ("dog", "İ 犬 straße")])
def test_letters_of_any_kind(catalog: Catalog, photos: list[int], old: str, new: str) -> None:
    edit = catalog.rename_keyword(old, f"  {new} ")
    assert new in names(catalog, photos[0]) and old not in names(catalog, photos[0])
    again(catalog, photos[0], old)
    assert names(catalog, photos[0]) == {new}
    catalog.undo_rename(edit)
    again(catalog, photos[1], old)
    assert old in names(catalog, photos[1])


def test_all_is_as_it_was_after_undo(catalog: Catalog, photos: list[int]) -> None:
    catalog.remove_keyword(photos[0], "Puppy")
    before = [photo_of(catalog, photo_id).keywords for photo_id in photos]
    edit = catalog.rename_keyword("dog", "Puppy")
    assert "Puppy" in names(catalog, photos[0])
    assert catalog.undo_rename(edit) == 2
    assert [photo_of(catalog, photo_id).keywords for photo_id in photos] == before
    assert catalog.removed_keywords(photos) == {photos[0]: ["puppy"]}
    again(catalog, photos[0], "dog", "puppy")
    assert names(catalog, photos[0]) == {"dog"}
    assert catalog.undo_rename(edit) == 0


def test_undo_leaves_alone_what_was_changed_since(catalog: Catalog, photos: list[int]) -> None:
    edit = catalog.rename_keyword("dog", "Rex")
    catalog.remove_keyword(photos[0], "Rex")
    assert catalog.undo_rename(edit) == 1
    assert names(catalog, photos[0]) == {"beach"}
    assert "dog" in names(catalog, photos[1])


def test_undo_of_the_first_of_two_leaves_the_second(catalog: Catalog, photos: list[int]) -> None:
    first = catalog.rename_keyword("dog", "Rex")
    catalog.rename_keyword("Rex", "Bello")
    assert catalog.undo_rename(first) == 0
    again(catalog, photos[0], "dog", "rex")
    assert names(catalog, photos[0]) == {"Bello"}


def test_photos_that_were_captioned_since_have_the_old_name_again(
    catalog: Catalog, photos: list[int]
) -> None:
    edit = catalog.rename_keyword("dog", "Rex")
    (new,) = add_photos(catalog, "/photos/3.jpg")
    caption_all(catalog, keywords=("dog", "sea"))
    again(catalog, photos[0], "sea", "dog")
    assert names(catalog, new) == names(catalog, photos[0]) == {"Rex", "sea"}
    assert catalog.undo_rename(edit) == 3
    assert names(catalog, new) == names(catalog, photos[0]) == {"dog", "sea"}
    assert names(catalog, photos[1]) == {"dog", "beach", "Puppy"}


def test_what_a_model_calls_by_the_new_name_itself_keeps_it(catalog: Catalog, photos: list[int]) -> None:
    edit = catalog.rename_keyword("dog", "Rex")
    again(catalog, photos[0], "Rex")
    catalog.undo_rename(edit)
    assert names(catalog, photos[0]) == {"Rex"}


def test_a_tag_that_was_added_before_a_renaming_is_taken_back_by_its_new_name(
    catalog: Catalog, photos: list[int]
) -> None:
    catalog.add_keyword(photos[0], "boat")
    catalog.rename_keyword("boat", "ship")
    catalog.undo_edit()
    assert names(catalog, photos[0]) == {"dog", "beach"}


def test_a_tag_that_was_taken_off_before_a_renaming_comes_back_by_its_new_name(
    catalog: Catalog, photos: list[int]
) -> None:
    catalog.remove_keyword(photos[0], "dog")
    first = catalog.rename_keyword("dog", "Rex")
    second = catalog.rename_keyword("rex", "Max")
    catalog.undo_edit()
    assert names(catalog, photos[0]) == {"Max", "beach"} and catalog.removed_keywords(photos) == {}
    assert catalog.undo_rename(second) == 2 and catalog.undo_rename(first) == 2
    assert names(catalog, photos[0]) == {"dog", "beach"}


def test_a_tag_edit_stays_where_nobody_knows_any_more_what_was_renamed(
    catalog: Catalog, photos: list[int]
) -> None:
    catalog.set_user_caption(photos[1], "A quiet beach")
    catalog.add_keyword(photos[0], "boat")
    for number in range(21):
        catalog.rename_keyword(f"boat{number}" if number else "boat", f"boat{number + 1}")
    assert catalog.undo_edit() == photos[1]
    assert "boat21" in names(catalog, photos[0])


def test_names_that_change_nothing_are_refused(catalog: Catalog, photos: list[int]) -> None:
    for old, new in (("dog", " dog "), ("dog", " "), ("", "dog")):
        with pytest.raises(UsageError):
            catalog.rename_keyword(old, new)
    assert names(catalog, photos[0]) == {"dog", "beach"}


def test_what_a_forced_end_cut_is_finished(
    catalog: Catalog, photos: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyword_edits, "_PAGE", 1)

    def stop(done: int, total: int) -> None:
        assert total == 2
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        catalog.rename_keyword("dog", "Rex", stop)
    assert len(having(catalog, "rex")) == 1 and catalog.waiting_for_names() == 1
    told: list[tuple[int, int]] = []
    assert catalog.finish_renames(lambda *far: told.append(far)) == 1
    assert having(catalog, "rex") == photos
    assert told == [(0, 1), (1, 1)] and catalog.waiting_for_names() == 0


def test_what_was_cut_while_it_was_taken_back_is_finished(
    catalog: Catalog, photos: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyword_edits, "_PAGE", 1)
    edit = catalog.rename_keyword("dog", "Rex")

    def stop(done: int, _: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        catalog.undo_rename(edit, stop)
    assert len(having(catalog, "rex")) == 1 and catalog.undo_rename(edit) == 0
    catalog.finish_renames()
    assert having(catalog, "dog") == photos and having(catalog, "rex") == []


def test_what_was_renamed_twice_has_the_last_name_though_the_first_was_cut(
    catalog: Catalog, photos: list[int]
) -> None:
    catalog.begin_rename("dog", "Rex")
    catalog.rename_keyword("rex", "Max")
    catalog.finish_renames()
    assert having(catalog, "max") == photos and having(catalog, "rex") == []


def test_a_hidden_keyword_is_nowhere_offered_and_not_lost(catalog: Catalog, photos: list[int]) -> None:
    catalog.hide_keyword("DOG")
    assert [name for name, _ in catalog.top_keywords()] == ["beach", "Puppy"]
    assert catalog.hidden_keywords() == [("dog", 2)]
    assert Keyword("dog", MODEL, hidden=True) in photo_of(catalog, photos[0]).keywords
    assert having(catalog, "dog") == photos
    assert any("dog" in due.text.keywords for due in pending(catalog))
    catalog.rename_keyword("beach", "sea")
    catalog.hide_keyword("dog", False)
    assert catalog.hidden_keywords() == [] and ("dog", 2) in catalog.top_keywords()


def test_an_older_catalog_gets_the_tables(tmp_path: Path) -> None:
    database_of(tmp_path / "data", "0005").close()
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        name, count = catalog.top_keywords()[0]
        catalog.rename_keyword(name, "renamed")
        assert ("renamed", count) in catalog.top_keywords()
        assert catalog.check() == []
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as database:
        assert database.execute("SELECT count(*) FROM keyword_rule").fetchone() == (1,)
