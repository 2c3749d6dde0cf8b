"""Keywords of the whole library: renamed, merged, hidden, and all of it taken back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, add_photos, caption_all, database_of, photo_of
from catalog_write_samples import pending
from hypothesis import given, settings
from hypothesis import strategies as st

from blipdesk.catalog import Catalog, keyword_edits
from blipdesk.domain.errors import Cancelled, UsageError
from blipdesk.domain.values import FileFacts, Keyword, LibraryView, Source, ViewKind

MODEL, FILE, USER = Source.MODEL, Source.FILE, Source.USER


@pytest.fixture
def photos(catalog: Catalog) -> list[int]:
    """Two photos of dogs by the model; the second one's file says Puppy."""
    ids = add_photos(catalog, "/photos/1.jpg", "/photos/2.jpg")
    caption_all(catalog, keywords=("dog", "beach"))
    photo = photo_of(catalog, ids[1])
    catalog.store_facts(photo.id, photo.content_hash, FileFacts(keywords=("Puppy",)))
    return ids


def names(catalog: Catalog, photo_id: int) -> set[str]:
    return {keyword.name for keyword in photo_of(catalog, photo_id).keywords}


def having(catalog: Catalog, name: str) -> list[int]:
    return sorted(catalog.ids(LibraryView(ViewKind.KEYWORD, name)))


def again(catalog: Catalog, photo_id: int, *keywords: str) -> None:
    """Another run captions the photo anew."""
    catalog.enqueue_forced([photo_id], "another model")
    caption_all(catalog, model="another model", keywords=keywords)


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


NAMES = st.sampled_from(["dog", "Dog", "puppy", "Rex", "hot dog", "İ", "straße", "STRASSE"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("rename"), NAMES, NAMES),
        st.tuples(st.just("add"), st.integers(0, 2), NAMES),
        st.tuples(st.just("remove"), st.integers(0, 2), NAMES),
        st.tuples(st.just("caption"), st.integers(0, 2), NAMES),
        st.tuples(st.just("read"), st.integers(0, 2), NAMES),
    ),
    max_size=8,
)


def step(catalog: Catalog, ids: list[int], kind: str, one: object, name: str) -> list[int]:
    """Take one of the steps; the renaming that it was, where it was one."""
    if kind == "rename":
        try:
            return [catalog.rename_keyword(str(one), name)]
        except UsageError:
            return []
    assert isinstance(one, int)
    photo = photo_of(catalog, ids[one])
    if kind == "caption":
        again(catalog, photo.id, name)
    elif kind == "read":
        catalog.store_facts(photo.id, photo.content_hash, FileFacts(keywords=(name,)))
    else:
        (catalog.add_keyword if kind == "add" else catalog.remove_keyword)(photo.id, name)
    return []


@settings(max_examples=25, deadline=None)
@given(steps=STEPS, last=st.tuples(NAMES, NAMES))
def test_undo_is_exact_whatever_came_before(
    steps: list[tuple[str, object, str]], last: tuple[str, str]
) -> None:
    with (
        tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder,
        closing(Catalog.open(Path(folder) / "data")) as catalog,
    ):
        ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(3)))
        caption_all(catalog, keywords=("dog", "puppy"))
        for each in steps:
            step(catalog, ids, *each)
        before = [photo_of(catalog, photo_id).keywords for photo_id in ids], catalog.removed_keywords(ids)
        for edit in step(catalog, ids, "rename", *last):
            old, new = last
            if old.casefold() != new.casefold():
                assert having(catalog, old) == []
            assert {name for name, _ in catalog.top_keywords() if name.casefold() == new.casefold()} <= {
                new, *(k.name for keywords in before[0] for k in keywords)
            }  # fmt: skip
            catalog.undo_rename(edit)
        after = [photo_of(catalog, photo_id).keywords for photo_id in ids], catalog.removed_keywords(ids)
        assert after == before
        assert catalog.check() == []


def all_of(catalog: Catalog, ids: list[int]) -> object:
    """What photos show, by name and source, and what people took off; the places within a photo aside."""
    shown = [{(k.name, k.source) for k in photo_of(catalog, photo_id).keywords} for photo_id in ids]
    return shown, catalog.removed_keywords(ids)


@contextmanager
def twins() -> Iterator[tuple[Catalog, Catalog, list[int]]]:
    """Two catalogs of the same three photos, for what is done in one and not in the other."""
    with (
        tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder,
        closing(Catalog.open(Path(folder) / "one")) as one,
        closing(Catalog.open(Path(folder) / "other")) as other,
    ):
        for catalog in (one, other):
            ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(3)))
            caption_all(catalog, keywords=("dog", "puppy"))
        yield one, other, ids


RENAMES = st.tuples(st.just("rename"), NAMES, NAMES)
COMING = st.tuples(st.sampled_from(["caption", "read"]), st.integers(0, 2), NAMES)


@settings(max_examples=4, deadline=None)
@given(
    steps=STEPS,
    edit=st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 2), NAMES),
    renames=st.lists(RENAMES, min_size=1, max_size=3),
)
def test_an_edit_before_renamings_is_taken_back_as_if_it_had_never_been(
    steps: list[tuple[str, object, str]],
    edit: tuple[str, object, str],
    renames: list[tuple[str, object, str]],
) -> None:
    with twins() as (with_edit, without, ids):
        for each in steps:
            step(with_edit, ids, *each)
            step(without, ids, *each)
        before = all_of(without, ids)
        step(with_edit, ids, *edit)
        if all_of(with_edit, ids) == before:
            return  # nothing changed: nothing to take back
        done = [number for each in renames for number in step(with_edit, ids, *each)]
        for each in renames:
            step(without, ids, *each)
        with_edit.undo_edit()
        assert all_of(with_edit, ids) == all_of(without, ids)
        for number in reversed(done):
            with_edit.undo_rename(number)
        assert all_of(with_edit, ids) == before


@settings(max_examples=4, deadline=None)
@given(steps=STEPS, rename=RENAMES, coming=st.lists(COMING, min_size=1, max_size=4))
def test_what_came_after_a_renaming_is_as_if_that_had_never_been_once_it_is_taken_back(
    steps: list[tuple[str, object, str]],
    rename: tuple[str, object, str],
    coming: list[tuple[str, object, str]],
) -> None:
    with twins() as (with_rename, without, ids):
        for each in steps:
            step(with_rename, ids, *each)
            step(without, ids, *each)
        edits = step(with_rename, ids, *rename)
        for each in coming:
            step(with_rename, ids, *each)
            step(without, ids, *each)
        for edit in edits:
            with_rename.undo_rename(edit)
        assert all_of(with_rename, ids) == all_of(without, ids)
