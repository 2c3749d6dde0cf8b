"""A question that is answered by no finds no photo by its words; ``asked:`` does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import captioned, database_of
from index_steps import found, typed

from blipdesk.catalog import Catalog, opening
from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.values import LibraryView


def photos_with(catalog: Catalog, query: str) -> set[int]:
    """What both faces of search find."""
    photos = set(found(catalog, query))
    assert set(typed(catalog, query)) == photos
    assert {hit.photo_id for hit in catalog.search(query)} == photos
    assert set(catalog.ids(LibraryView(query=query))) == photos
    return photos


@pytest.mark.parametrize(
    ("answer", "is_found"),
    [
        ("no", False),
        ("No.", False),
        ("No, there is no boat in the picture.", False),
        ("none", False),
        ("0", False),
        ("yes", True),
        ("2", True),
        ("a red one", True),
        ("not sure", True),
    ],
)
def test_what_a_photo_is_said_not_to_show_does_not_find_it(
    catalog: Catalog, answer: str, is_found: bool
) -> None:
    asked, boat = captioned(catalog, "a harbour", "a boat at sea")
    turn = catalog.add_question(asked, "Is there a boat?", AnswerResult(answer, "vqa", 1.0))
    assert photos_with(catalog, "boat") == ({asked, boat} if is_found else {boat})
    assert photos_with(catalog, f'asked:"is there a boat"="{answer}"') == {asked}
    assert photos_with(catalog, "asked:boat ") == {asked}
    catalog.delete_question(turn.id)
    assert photos_with(catalog, "boat") == {boat}
    catalog.undo_edit()
    assert photos_with(catalog, "boat") == ({asked, boat} if is_found else {boat})


@pytest.mark.parametrize(("answers", "is_found"), [(("yes", "No."), False), (("no", "yes"), True)])
def test_the_latest_answer_to_a_question_counts(
    catalog: Catalog, answers: tuple[str, str], is_found: bool
) -> None:
    (photo_id,) = captioned(catalog, "a harbour")
    for question, answer in zip(("Is there a boat?", "is there a BOAT"), answers, strict=True):
        catalog.add_question(photo_id, question, AnswerResult(answer, "vqa", 1.0))
    assert photos_with(catalog, "boat") == ({photo_id} if is_found else set())


def test_what_an_older_catalog_was_told_is_not_there_finds_no_photo_after_its_upgrade(tmp_path: Path) -> None:
    database_of(tmp_path / "data", "0005").close()
    path = tmp_path / "data" / "catalog.db"
    opening.migrate(path, "0017")
    with closing(sqlite3.connect(path)) as database, database:
        (photo_id, text) = database.execute(
            "SELECT photo_id, search_text FROM photo_text JOIN photo ON photo.id = photo_id"
            " WHERE hidden = 0 AND photo_id NOT IN (SELECT photo_id FROM question) LIMIT 1"
        ).fetchone()
        lines = text.split("\n")
        lines[3] = "is there a zebra?\x1fno . which animal?\x1fan okapi"
        database.execute(
            "UPDATE photo_text SET search_text = ? WHERE photo_id = ?", ("\n".join(lines), photo_id)
        )
        for turn in (("is there a zebra?", "no"), ("which animal?", "an okapi")):
            database.execute(
                "INSERT INTO question (photo_id, question, answer, model_key, asked_at, seconds)"
                " VALUES (?, ?, ?, 'm', 1, 1)",
                (photo_id, *turn),
            )
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        assert photos_with(catalog, "zebra") == set()
        assert photos_with(catalog, "okapi") == {photo_id}
        assert photos_with(catalog, "asked:zebra ") == {photo_id}
        assert catalog.check() == []
