from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from catalog_samples import add_photos, caption_all, photo_at, seen
from catalog_write_samples import note_write

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.values import FileFacts, Keyword, LibraryView, PhotoState, Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome

RECORD: dict[str, Any] = {
    "path": "/far/away/rex.jpg",
    "caption": "a dog on a beach",
    "source": "user",
    "user_caption": "Rex at the sea",
    "candidates": ["a dog on a beach", "a dog in the water"],
    "keywords": ["dog", "Rex"],
    "questions": [{"question": "what?", "answer": "a dog", "model": "q"}],
    "state": "done",
    "error": None,
}


def test_a_record_of_a_file_that_is_not_there_is_a_missing_photo(catalog: Catalog) -> None:
    assert catalog.import_records([RECORD]) == 1
    photo = photo_at(catalog, RECORD["path"])
    assert photo.state is PhotoState.MISSING
    assert (photo.caption, photo.source, photo.model_caption) == (
        "Rex at the sea",
        Source.USER,
        "a dog on a beach",
    )
    assert [candidate.text for candidate in photo.candidates] == RECORD["candidates"]
    assert [keyword.name for keyword in photo.keywords] == ["dog", "Rex"]
    assert [turn.answer for turn in catalog.questions(photo.id)] == ["a dog"]
    for query in ("rex", "water", "beach"):
        assert [hit.photo_id for hit in catalog.search(query)] == [photo.id]
    assert list(catalog.ids(LibraryView())) == [photo.id]
    assert (catalog.folders(), catalog.all_roots()) == ([], [])
    assert caption_all(catalog) == 0


def test_importing_twice_changes_nothing(catalog: Catalog) -> None:
    catalog.import_records([RECORD, RECORD])
    before = photo_at(catalog, RECORD["path"])
    assert catalog.import_records([RECORD]) == 1
    assert photo_at(catalog, RECORD["path"]) == before
    assert len(catalog.questions(before.id)) == 1
    assert catalog.counts().total == 1


def test_importing_twice_leaves_nothing_to_write(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, RECORD["path"], root="/far")
    caption_all(catalog, RECORD["caption"])
    for records, due in (([RECORD], 1), ([RECORD], 0), ([{**RECORD, "keywords": ["new"]}], 1)):
        catalog.import_records(records)
        pending = catalog.pending_writes(9, WriteTarget.EMBED)
        assert len(pending) == due
        for write in pending:
            note_write(catalog, photo_id, WriteOutcome.UNCHANGED, "", write.text, WriteTarget.EMBED)


def test_nothing_that_is_there_is_replaced(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, RECORD["path"], root="/far")
    caption_all(catalog, "a cat", keywords=("cat", "dog"))
    catalog.set_user_caption(photo_id, "my own words")
    catalog.remove_keyword(photo_id, "dog")
    catalog.import_records([RECORD])
    photo = photo_at(catalog, RECORD["path"])
    assert (photo.id, photo.caption, photo.model_caption) == (photo_id, "my own words", "a cat")
    assert photo.keywords == (Keyword("Rex", Source.USER), Keyword("cat", Source.MODEL))
    assert photo.state is PhotoState.DONE


def test_the_photo_is_found_when_its_folder_is_added(catalog: Catalog) -> None:
    catalog.import_records([RECORD])
    folder = catalog.add_folder("/far")
    (photo_id,) = catalog.register(folder.id, [seen(RECORD["path"])])
    photo = photo_at(catalog, RECORD["path"])
    assert (photo.id, photo.folder_id, photo.user_caption) == (photo_id, folder.id, "Rex at the sea")
    assert photo.state is PhotoState.DONE
    assert caption_all(catalog, "a fresh caption") == 1
    found = photo_at(catalog, RECORD["path"])
    assert (found.caption, found.model_caption) == ("Rex at the sea", "a dog on a beach")
    assert [candidate.text for candidate in found.candidates] == RECORD["candidates"]
    assert found.pixel_hash is not None  # the file itself was read
    assert caption_all(catalog) == 0


def test_an_imported_caption_gives_way_to_another_picture_and_to_a_wish(catalog: Catalog) -> None:
    catalog.import_records([RECORD])
    folder = catalog.add_folder("/far")
    (photo_id,) = catalog.register(folder.id, [seen(RECORD["path"])])
    catalog.enqueue_forced([photo_id], "m")
    caption_all(catalog, "a wet dog")
    assert photo_at(catalog, RECORD["path"]).model_caption == "a wet dog"
    other = {**RECORD, "path": "/far/other.jpg"}
    catalog.import_records([other])
    for content, caption in (("first", "a dog on a beach"), ("second", "a cat")):
        catalog.register(folder.id, [seen(other["path"], content)])
        caption_all(catalog, "a cat")
        assert photo_at(catalog, other["path"]).model_caption == caption


def test_records_of_all_kinds_of_folders(catalog: Catalog) -> None:
    add_photos(catalog, "/known/a.jpg", root="/known")
    records = [{"path": path} for path in ("/known/b.jpg", "/x/1.jpg", "/y/z/2.jpg", "relative.jpg", "")]
    assert catalog.import_records([*records, {"caption": "no path"}, {"path": 7}]) == 3
    assert catalog.counts().total == 4
    known = catalog.folders()[0]
    assert photo_at(catalog, "/known/b.jpg").folder_id == known.id


def test_records_of_the_wrong_shape_do_no_harm(catalog: Catalog) -> None:
    odd = {
        "path": "/far/odd.jpg",
        "caption": 7,
        "user_caption": ["x"],
        "candidates": [None, {"text": "kept"}],
        "keywords": [1, {"name": "kept", "source": "file"}, {"name": "lost", "source": "nobody"}, None],
        "questions": [
            "?",
            {"question": "?"},
            {"question": 1, "answer": 2},
            {"question": "q", "answer": "a", "model": "m\ud800"},
        ],
    }
    assert catalog.import_records([odd]) == 1
    photo = photo_at(catalog, "/far/odd.jpg")
    assert (photo.caption, photo.keywords) == (None, (Keyword("kept", Source.FILE),))
    assert [turn.answer for turn in catalog.questions(photo.id)] == ["a"]


@pytest.mark.parametrize("path", ["far/a.jpg", "/far/a\0.jpg", "/far/a\ud800.jpg", "/far/", "/"])
def test_a_path_that_no_photo_can_have_is_left_out_and_the_rest_goes_on(catalog: Catalog, path: str) -> None:
    left: list[tuple[str, str]] = []
    records = [{"path": path, "caption": "a dog"}, RECORD]
    assert catalog.import_records(records, lambda *what: left.append(what)) == 1
    assert left == [(path, "path")]
    assert catalog.counts().total == 1


def test_an_older_record_with_a_persons_caption_alone(catalog: Catalog) -> None:
    catalog.import_records([{"path": "/far/a.jpg", "caption": "Rex", "source": "user"}])
    assert photo_at(catalog, "/far/a.jpg").source is Source.USER


@pytest.mark.parametrize("name", ["caption", "user_caption"])
def test_words_found_in_a_file_are_a_persons_where_the_file_has_none(catalog: Catalog, name: str) -> None:
    record = {"path": "/photos/a.jpg", "source": "file", name: "Grandma"}
    (photo_id,) = add_photos(catalog, record["path"])
    caption_all(catalog, "a woman")
    for _ in range(2):
        assert catalog.import_records([record], lambda *left: pytest.fail(str(left))) == 1
        photo = photo_at(catalog, record["path"])
        assert (photo.id, photo.caption, photo.source) == (photo_id, "Grandma", Source.USER)
        assert photo.model_caption == "a woman"


def test_words_found_in_a_file_give_way_to_those_in_it_now(catalog: Catalog) -> None:
    record = {"path": "/far/a.jpg", "source": "file", "user_caption": "Grandma", "caption": "a woman"}
    left: list[tuple[str, str]] = []
    catalog.import_records([record])
    photo = photo_at(catalog, record["path"])
    assert (photo.caption, photo.source, photo.model_caption) == ("Grandma", Source.FILE, "a woman")
    (photo_id,) = catalog.register(catalog.add_folder("/far").id, [seen(record["path"])])
    caption_all(catalog, facts=FileFacts(caption="Grandma in 1950"))
    for source, field in (("file", "file_caption"), ("user", "")):
        catalog.import_records([{**record, "source": source}], lambda *what: left.append(what))
        assert left == ([(record["path"], field)] if field else [])
        left.clear()
    photo = photo_at(catalog, record["path"])
    assert (photo.id, photo.file_caption, photo.user_caption) == (photo_id, "Grandma in 1950", "Grandma")


def test_from_one_catalog_into_another(tmp_path: Path) -> None:
    first, second = Catalog.open(tmp_path / "one"), Catalog.open(tmp_path / "two")
    ids = add_photos(first, *(f"/photos/{n}.jpg" for n in range(3)))
    caption_all(first)
    first.set_user_caption(ids[0], "Rex \x00 \U0001f415 'quoted'")
    first.add_question(ids[1], "what?", AnswerResult("a dog", "q", 1.0))
    records = [
        {
            "path": photo.path,
            "caption": photo.model_caption,
            "user_caption": photo.user_caption,
            "keywords": [{"name": word.name, "source": word.source.value} for word in photo.keywords],
            "questions": [
                {"question": turn.question, "answer": turn.answer} for turn in first.questions(photo.id)
            ],
        }
        for photo in first.photos(ids)
    ]
    assert second.import_records(iter(records)) == 3
    for photo in first.photos(ids):
        copy = photo_at(second, photo.path)
        assert (copy.caption, copy.source, copy.keywords) == (photo.caption, photo.source, photo.keywords)
    assert second.check() == []
    first.close()
    second.close()


def test_records_of_one_photo_at_once_are_as_good_as_one_after_the_other(tmp_path: Path) -> None:
    path = RECORD["path"]
    records: list[dict[str, Any]] = [
        {"path": path, "caption": "a dog", "keywords": ["dog", "sea"], "user_keywords": ["sea"]},
        RECORD,
        {"path": path, "removed_keywords": ["Dog", "sea", "cat"], "keywords": ["dog"], "user_keywords": []},
        {"path": path, "user_caption": "another", "keywords": [{"name": "DOG", "source": "user"}, "Sea"]},
    ]
    found = []

    def note(fields: list[str], path: str, field: str) -> None:
        fields.append(field)

    for name, pages in (("one", [records]), ("two", [[record] for record in records])):
        catalog = Catalog.open(tmp_path / name)
        left_out: list[str] = []
        for page in pages:
            catalog.import_records(page, partial(note, left_out))
        photo = photo_at(catalog, path)
        turns = [(turn.question, turn.answer) for turn in catalog.questions(photo.id)]
        texts = (photo.caption, photo.model_caption, photo.candidates, set(photo.keywords))
        found.append((*texts, turns, left_out))
        assert catalog.check() == []
        catalog.close()
    assert found[0] == found[1]
    assert left_out == ["caption", "removed_keywords", "keywords", "user_caption", "keywords"]
