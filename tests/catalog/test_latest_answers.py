"""Which answer to a question is the latest, and is found by ``asked:"…"=…``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, database_of

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.values import LibraryView

SMILING = "Is anyone smiling?"


def having(catalog: Catalog, answer: str) -> list[str]:
    """The names of the photos that have an answer."""
    ids = catalog.ids(LibraryView(query=f'asked:"is anyone smiling"={answer} '))
    return sorted(Path(photo.path).name for photo in catalog.photos(list(ids)))


def answered(catalog: Catalog) -> None:
    """Two photos more with one answer each: where no photo has one, any turn's would do."""
    for said, photo_id in zip(("yes", "no"), add_photos(catalog, "/more/yes", "/more/no"), strict=True):
        catalog.add_question(photo_id, SMILING, AnswerResult(said, "m", 1.0))


@pytest.fixture
def photo_id(catalog: Catalog) -> int:
    """A photo of which one question was asked twice, spelled otherwise the second time."""
    answered(catalog)
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.add_question(photo_id, SMILING, AnswerResult("yes", "m", 1.0))
    catalog.add_question(photo_id, "is anyone SMILING", AnswerResult("No.", "m", 1.0))
    catalog.add_question(photo_id, "Is it a dog?", AnswerResult("yes", "m", 1.0))
    return photo_id


def test_the_latest_answer_counts_in_whatever_spelling_it_was_asked(catalog: Catalog, photo_id: int) -> None:
    assert (having(catalog, "yes"), having(catalog, "no")) == (["yes"], ["a.jpg", "no"])


def test_the_one_before_counts_once_the_latest_is_deleted_and_no_more_once_that_is_back(
    catalog: Catalog, photo_id: int
) -> None:
    first, second, _ = catalog.questions(photo_id)
    catalog.delete_question(second.id)
    assert (having(catalog, "yes"), having(catalog, "no")) == (["a.jpg", "yes"], ["no"])
    catalog.delete_question(first.id)
    assert (having(catalog, "yes"), having(catalog, "no")) == (["yes"], ["no"])
    catalog.undo_edit()
    catalog.undo_edit()
    assert (having(catalog, "yes"), having(catalog, "no")) == (["yes"], ["a.jpg", "no"])


def test_imported_answers_are_found(catalog: Catalog) -> None:
    turns = [{"question": SMILING, "answer": answer} for answer in ("no", "yes")]
    catalog.import_records([{"path": "/far/a.jpg", "questions": turns}])
    answered(catalog)
    assert (having(catalog, "yes"), having(catalog, "no")) == (["a.jpg", "yes"], ["no"])


def test_the_answers_of_an_older_catalog_are_found(tmp_path: Path) -> None:
    database_of(tmp_path / "data", "0005").close()
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as database, database:
        (photo_id, name) = database.execute("SELECT id, name FROM photo WHERE hidden = 0 LIMIT 1").fetchone()
        for said in ("yes", "no"):
            database.execute(
                "INSERT INTO question (photo_id, question, answer, model_key, asked_at, seconds)"
                " VALUES (?, 'Is anyone smiling?', ?, 'm', 1, 1)",
                (photo_id, said),
            )
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        answered(catalog)
        assert having(catalog, "yes") == ["yes"] and set(having(catalog, "no")) == {name, "no"}
