"""A person's keywords of many photos: one edit, taken back to the row, whatever came before and after."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, add_photos, caption_all, photo_of
from catalog_write_samples import pending
from hypothesis import given, settings
from hypothesis import strategies as st
from keyword_samples import again, all_of, having, names

from blipdesk.catalog import Catalog, keywords_of_many
from blipdesk.catalog.database import Database, Transaction
from blipdesk.domain.errors import Cancelled
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.tagging import KeywordCount, KeywordsAmong, Tagged
from blipdesk.domain.values import FileFacts, Keyword, Source, WriteTarget

NAMES = st.sampled_from(["dog", "Dog", "puppy", "Rex", "hot dog", "straße", "STRASSE"])


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keywords_of_many, "PAGE", 3)
    monkeypatch.setattr(keywords_of_many, "_LOOKED_THROUGH", 4)


def rows(catalog: Catalog) -> object:
    """All that is stored of keywords, their order and their sources."""
    with closing(sqlite3.connect(catalog.data_dir / "catalog.db")) as connection:
        given_ = connection.execute(
            "SELECT photo_id, name, source, position, shown"
            " FROM photo_keyword JOIN keyword ON id = keyword_id"
        )
        off = connection.execute("SELECT photo_id, folded FROM removed_keyword")
        return sorted(given_.fetchall()), sorted(off.fetchall())


def library(catalog: Catalog, photos: int = 10) -> list[int]:
    """Photos with "dog" from the model; one from its file, one from the person, from one taken off."""
    ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(photos)))
    caption_all(catalog, keywords=("dog", "grass"))
    catalog.store_facts(ids[1], photo_of(catalog, ids[1]).content_hash, FileFacts(keywords=("sea", "Dog")))
    catalog.add_keyword(ids[2], "dog")
    catalog.remove_keyword(ids[3], "dog")
    return ids


def test_keywords_are_given_to_all_as_one_edit_that_is_taken_back_to_the_row(catalog: Catalog) -> None:
    ids = library(catalog)
    before = rows(catalog)
    tagged = catalog.change_keywords([*ids[:8], 999_999], [" Sea ", "dog", "beach", "beach"])
    assert tagged.changed == 8 and tagged.is_whole and tagged.edit is not None
    for name in ("sea", "dog", "beach"):
        assert having(catalog, name)[:8] == ids[:8]
    assert Keyword("sea", Source.FILE) in photo_of(catalog, ids[1]).keywords, "the file's stays the file's"
    assert Keyword("dog", Source.USER) in photo_of(catalog, ids[0]).keywords, "and the person's"
    again(catalog, ids[0], "cat")
    assert names(catalog, ids[0]) == {"Sea", "dog", "beach", "cat"}, "no later run takes it off again"
    again(catalog, ids[0], "dog", "grass")
    assert catalog.undo_edit() in ids
    assert rows(catalog) == before
    assert catalog.undo_edit() == ids[3], "the edits before it are there still"


def test_a_keyword_is_taken_off_those_that_show_it_and_no_run_brings_it_back(catalog: Catalog) -> None:
    ids = library(catalog)
    catalog.change_keywords(ids[4:6], remove=["grass"])
    before = rows(catalog)
    tagged = catalog.change_keywords(ids, remove=["DOG"])
    assert (tagged.changed, having(catalog, "dog")) == (9, [])
    again(catalog, ids[0], "dog", "cat")
    assert names(catalog, ids[0]) == {"cat"}
    again(catalog, ids[0], "dog", "grass")
    assert tagged.edit is not None
    assert catalog.undo_keywords(tagged.edit) == 9
    assert rows(catalog) == before
    catalog.undo_edit()
    assert having(catalog, "grass") == ids


def test_nothing_that_changes_is_no_edit(catalog: Catalog) -> None:
    ids = library(catalog, 4)
    caption = "mine"
    catalog.set_user_caption(ids[0], caption)
    assert catalog.change_keywords(ids, remove=["horse"]) == Tagged()
    assert catalog.change_keywords([], ["horse"]) == Tagged()
    assert catalog.change_keywords(ids, [" "]) == Tagged()
    assert catalog.change_keywords([ids[2]], ["DOG"]) == Tagged()
    catalog.undo_edit()
    assert photo_of(catalog, ids[0]).user_caption is None


def stop_at(photos: int) -> Callable[[int, int], None]:
    def on_photos(done: int, total: int) -> None:
        assert done < total
        if done >= photos:
            raise Cancelled

    return on_photos


def test_what_was_stopped_keeps_what_is_done_and_is_taken_back_as_far(catalog: Catalog) -> None:
    ids = library(catalog)
    before = rows(catalog)
    tagged = catalog.change_keywords(ids, ["beach"], on_photos=stop_at(6))
    assert (having(catalog, "beach"), tagged.changed, tagged.is_whole) == (ids[:7], 7, False)
    assert tagged.edit is not None
    with pytest.raises(Cancelled):
        catalog.undo_keywords(tagged.edit, stop_at(1))
    assert having(catalog, "beach") == ids[3:7]
    catalog.undo_edit()  # whoever is killed, too, finds the rest on the stack
    assert rows(catalog) == before


@pytest.mark.parametrize("way", ["by its number", "as the newest"])
def test_an_edit_made_just_after_the_last_photos_were_taken_back_stays_on_the_stack(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    ids = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    tagged = catalog.change_keywords(ids, ["sea"])
    edits = [lambda: catalog.set_user_caption(ids[1], "mine")]

    def write(database: Database, work: Callable[[Transaction], object]) -> object:
        done = in_one_transaction(database, work)
        if edits and not having(catalog, "sea"):
            edits.pop()()
        return done

    in_one_transaction = Database.write
    monkeypatch.setattr(Database, "write", write)
    assert tagged.edit is not None
    if way == "by its number":
        catalog.undo_keywords(tagged.edit)
    else:
        catalog.undo_edit()
    assert photo_of(catalog, ids[1]).caption == "mine"
    assert catalog.undo_edit() == ids[1] and photo_of(catalog, ids[1]).caption is None


def test_what_is_taken_back_while_it_goes_on_leaves_the_edits_that_come_then_alone(catalog: Catalog) -> None:
    ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(8)))

    def take_back(done: int, _: int) -> None:
        if done == 3:
            assert catalog.undo_edit() in ids
            catalog.set_user_caption(ids[0], "mine")

    tagged = catalog.change_keywords(ids, ["sea"], on_photos=take_back)
    assert (having(catalog, "sea"), tagged.is_whole) == (ids[3:], True)
    assert catalog.undo_edit() in ids and having(catalog, "sea") == []
    assert catalog.undo_edit() == ids[0] and photo_of(catalog, ids[0]).caption is None


def test_each_commit_is_one_change_and_a_write_back_is_due_of_what_changed(catalog: Catalog) -> None:
    ids = library(catalog)
    changes: list[CatalogChange] = []
    catalog.subscribe(changes.append)
    version = {photo_id: photo_of(catalog, photo_id) for photo_id in ids}
    catalog.change_keywords(ids[2:6], ["dog"])
    assert [change.photos for change in changes] == [frozenset(ids[3:5]), frozenset(ids[5:6])]
    assert all(change.keywords for change in changes)
    assert version[ids[2]] == photo_of(catalog, ids[2]), "the person had called it so before"
    texts = {each.photo_id: each.text for each in pending(catalog, WriteTarget.EMBED)}
    assert "dog" in texts[ids[3]].user_keywords and "dog" not in texts[ids[6]].user_keywords


def test_keywords_of_some_photos_are_counted_by_what_they_show(catalog: Catalog) -> None:
    ids = library(catalog)
    catalog.hide_keyword("grass")
    assert catalog.keywords_among(ids[:6], 5) == KeywordsAmong(
        6, (KeywordCount("dog", 5), KeywordCount("sea", 1), KeywordCount("grass", 6, hidden=True)), 0
    )
    assert catalog.keywords_among(ids[:6], 1) == KeywordsAmong(6, (KeywordCount("dog", 5),), 2)
    assert catalog.keywords_among([], 5) == KeywordsAmong()
    with pytest.raises(Cancelled):
        catalog.keywords_among(ids, 5, stop_at(4))


def test_the_stack_keeps_the_newest_photos_of_such_edits(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = library(catalog)
    monkeypatch.setattr("blipdesk.catalog.undo_stack.UNDO_PHOTOS", 5)
    for name in ("one", "two", "three"):
        catalog.change_keywords(ids[:4], [name])
    for expected in ({"two", "one"}, {"one"}):
        catalog.undo_edit()
        assert names(catalog, ids[0]) - {"dog", "grass"} == expected
    assert catalog.undo_edit() is None


@settings(max_examples=12, deadline=None)
@given(
    edits=st.lists(st.tuples(st.booleans(), st.integers(0, 4), NAMES), max_size=4),
    add=st.lists(NAMES, max_size=3),
    remove=st.lists(NAMES, max_size=1),
    rename=st.none() | st.tuples(NAMES, NAMES),
    coming=st.none() | st.tuples(st.sampled_from((0, 2, 3, 4)), NAMES),
)
def test_it_is_taken_back_as_if_it_had_never_been(
    edits: list[tuple[bool, int, str]],
    add: list[str],
    remove: list[str],
    rename: tuple[str, str] | None,
    coming: tuple[int, str] | None,
) -> None:
    with (
        tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder,
        closing(Catalog.open(Path(folder) / "one")) as one,
        closing(Catalog.open(Path(folder) / "other")) as other,
    ):
        for catalog in (one, other):
            ids = library(catalog, 5)
            for is_added, which, name in edits:
                (catalog.add_keyword if is_added else catalog.remove_keyword)(ids[which], name)
        tagged = one.change_keywords(ids, add, remove)
        for catalog in (one, other):
            if rename is not None and rename[0] != rename[1]:
                catalog.rename_keyword(*rename)
            if coming is not None:
                again(catalog, ids[coming[0]], "dog", "grass", coming[1])
        if tagged.edit is not None:
            one.undo_keywords(tagged.edit)
        assert all_of(one, ids) == all_of(other, ids)
        assert one.check() == []
