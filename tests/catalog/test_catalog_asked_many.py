"""Questions to many photos in the catalog: nothing is lost, nothing is asked twice, answers are turns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, database_of, photo_of

from blipdesk.catalog import Catalog, asked_many
from blipdesk.domain.asked import AskedRun, AskedState, PhotoAnswer, PhotoAsked, groups_of, same_answer
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.jobs import AnswerResult, ChoiceResult
from blipdesk.domain.values import Choice, LibraryView

SMILING = "Is anyone smiling?"
BROKEN = Problem(ProblemKind.UNREADABLE, "It is broken.", "Mend it.")
Ask = Callable[..., AskedRun]


@pytest.fixture
def photos(catalog: Catalog) -> list[int]:
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(5)))
    caption_all(catalog)
    return ids


@pytest.fixture
def ask(catalog: Catalog) -> Ask:
    def ask(question: str, ids: list[int], *choices: str, again: bool = False) -> AskedRun:
        return run_of(catalog, catalog.begin_asking(question, ids, choices, again=again))

    return ask


def run_of(catalog: Catalog, run_id: int) -> AskedRun:
    run = catalog.asked_run(run_id)
    assert run is not None
    return run


def said(catalog: Catalog, photo_id: int, text: str, model: str = "vqa") -> PhotoAnswer:
    pixels = photo_of(catalog, photo_id).pixel_hash
    return PhotoAnswer(photo_id, AnswerResult(text, model, 0.5), pixels or "")


def counts(run: AskedRun) -> tuple[int, int, int, int]:
    return run.waiting, run.answered, run.kept, run.failed


def test_answers_are_turns_of_their_photos_and_end_the_run(
    catalog: Catalog, photos: list[int], ask: Ask
) -> None:
    run = ask(SMILING, photos[::-1])
    assert catalog.open_asking() == run and run.total == 5
    assert catalog.waiting_for(run.id, 3) == photos[:1:-1]
    heard: list[CatalogChange] = []
    catalog.subscribe(heard.append)
    catalog.keep_answers(run, [said(catalog, photos[4], "yes"), said(catalog, photos[3], "No.")], {})
    assert heard[-1].questions == {photos[3], photos[4]}
    assert [turn.answer for turn in catalog.questions(photos[3])] == ["No."]
    assert [hit.photo_id for hit in catalog.search("smiling")] == [photos[4]]
    assert counts(run_of(catalog, run.id)) == (3, 2, 0, 0)
    failed = {photos[0]: BROKEN}
    catalog.keep_answers(run, [said(catalog, photos[n], "yes!") for n in (1, 2)], failed)
    run = run_of(catalog, run.id)
    assert (run.state, counts(run)) == (AskedState.DONE, (0, 4, 0, 1))
    assert run.ended_at is not None and catalog.open_asking() is None
    assert [(group.answer, group.count) for group in groups_of(catalog.asked_answers(run.id))] == [
        ("yes!", 3), ("No.", 1),
    ]  # fmt: skip
    assert catalog.asked_failures(run.id) == [(BROKEN, 1)]
    listed = list(catalog.asked_photos(run.id))
    assert [photo.photo_id for photo in listed] == photos[::-1]
    assert [photo.state for photo in listed] == [PhotoAsked.ANSWERED] * 4 + [PhotoAsked.FAILED]


def test_an_answer_that_comes_twice_is_kept_once(catalog: Catalog, photos: list[int], ask: Ask) -> None:
    """The stretch that was cut after its commit is asked no second time, and committed no second time."""
    run = ask(SMILING, photos)
    for _ in range(2):
        catalog.keep_answers(run, [said(catalog, photos[0], "yes")], {})
    assert len(catalog.questions(photos[0])) == 1 and run_of(catalog, run.id).answered == 1


def test_what_waits_outlives_the_program(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    ids = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    run = run_of(catalog, catalog.begin_asking(SMILING, ids))
    catalog.keep_answers(run, [said(catalog, ids[0], "yes")], {})
    catalog.close()
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        again = catalog.open_asking()
        assert again is not None and counts(again) == (1, 1, 0, 0)
        assert catalog.waiting_for(again.id, 9) == [ids[1]]


def test_what_the_model_answered_before_is_not_asked_again(
    catalog: Catalog, photos: list[int], ask: Ask
) -> None:
    """In whatever spelling, by itself or with others; only of the same picture, and by the same model."""
    catalog.add_question(photos[0], "is anyone SMILING", AnswerResult("yes", "vqa", 1.0))
    catalog.add_question(photos[1], SMILING, AnswerResult("yes", "another", 1.0))
    catalog.add_question(photos[2], SMILING, AnswerResult("ye", "vqa", 1.0, stopped=True))
    first = ask(SMILING, photos[3:4])
    catalog.keep_answers(first, [PhotoAnswer(photos[3], AnswerResult("no", "vqa", 1.0), "other pixels")], {})
    closed = ChoiceResult((Choice("yes", 0.9), Choice("no", 0.1)), "vqa", 1.0)
    catalog.add_question(photos[4], SMILING, closed)
    run = ask(SMILING, photos)
    assert catalog.keep_known(run, "vqa") == 1
    assert counts(run_of(catalog, run.id)) == (4, 0, 1, 0)
    assert catalog.waiting_for(run.id, 9) == photos[1:]
    either = ask(SMILING, photos, "no", "yes")
    assert catalog.keep_known(either, "vqa") == 1
    assert [photo.answer for photo in catalog.asked_photos(either.id)][-1] == "yes"


def test_a_run_whose_answers_are_all_known_is_over(catalog: Catalog, photos: list[int], ask: Ask) -> None:
    for photo_id in photos:
        catalog.add_question(photo_id, SMILING, AnswerResult("yes", "vqa", 1.0))
    run = ask(SMILING, photos)
    assert catalog.keep_known(run, "vqa") == 5
    run = run_of(catalog, run.id)
    assert run.is_over and groups_of(catalog.asked_answers(run.id))[0].count == 5


def test_it_rests_ends_and_begins_again_as_it_is_told(catalog: Catalog, photos: list[int], ask: Ask) -> None:
    run, later = ask("what?", photos), ask("where?", photos)
    assert catalog.open_asking() == later  # what was asked last is waited for
    catalog.set_asking(later.id, AskedState.PAUSED)
    assert catalog.open_asking() == run
    catalog.set_asking(later.id, AskedState.OPEN)
    catalog.note_asking(later.id, "There is no model.")
    assert run_of(catalog, later.id).note == "There is no model."
    catalog.set_asking(later.id, AskedState.CANCELLED)
    assert run_of(catalog, later.id).is_over and catalog.open_asking() == run
    catalog.keep_answers(run, [said(catalog, n, "yes") for n in photos[1:]], {photos[0]: BROKEN})
    assert catalog.open_asking() is None
    assert catalog.retry_asked(run.id) == 1 and catalog.waiting_for(run.id, 9) == photos[:1]
    catalog.forget_asking(run.id)
    assert catalog.asked_run(run.id) is None and len(catalog.questions(photos[1])) == 1


def test_one_that_cannot_go_on_keeps_no_other_waiting(catalog: Catalog, photos: list[int], ask: Ask) -> None:
    """The model that it was to be answered by was removed; the earlier one is of another."""
    run, later = ask("what?", photos), ask("where?", photos)
    catalog.note_asking(later.id, "There is no such model.")
    assert catalog.open_asking() == run
    catalog.set_asking(run.id, AskedState.CANCELLED)
    tried_again = catalog.open_asking()
    assert tried_again is not None and tried_again.id == later.id


@pytest.mark.parametrize("decided", [AskedState.PAUSED, AskedState.CANCELLED])
def test_a_model_that_fails_then_does_not_undo_what_a_person_decided(
    catalog: Catalog, photos: list[int], ask: Ask, decided: AskedState
) -> None:
    run = ask(SMILING, photos)
    catalog.set_asking(run.id, decided)
    catalog.note_asking(run.id, "There is no memory left.")
    assert run_of(catalog, run.id).state is decided and catalog.open_asking() is None


def test_what_was_done_in_the_meantime_is_not_paused(catalog: Catalog, photos: list[int], ask: Ask) -> None:
    run = ask(SMILING, photos[:1])
    catalog.keep_answers(run, [said(catalog, photos[0], "yes")], {})
    catalog.set_asking(run.id, AskedState.PAUSED)
    assert run_of(catalog, run.id).state is AskedState.DONE and run_of(catalog, run.id).ended_at is not None


def test_an_earlier_answer_that_is_taken_out_meanwhile_is_asked_for(
    catalog: Catalog, photos: list[int], ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = catalog.add_question(photos[0], SMILING, AnswerResult("yes", "vqa", 1.0))
    catalog.add_question(photos[1], SMILING, AnswerResult("no", "vqa", 1.0))

    seen: list[str] = []

    def taken_out(text: str) -> str:
        seen.append(text)
        if len(seen) == 2:  # the first is what is asked, the second what was answered and is read
            catalog.delete_question(turn.id)
        return same_answer(text)

    monkeypatch.setattr(asked_many, "same_answer", taken_out)
    run = ask(SMILING, photos[:2])
    catalog.keep_known(run, "vqa")
    assert catalog.waiting_for(run.id, 9) == photos[:1]


def test_photos_and_turns_that_go_take_their_place_with_them(
    catalog: Catalog, photos: list[int], ask: Ask
) -> None:
    run = ask(SMILING, photos)
    catalog.keep_answers(run, [said(catalog, photos[0], "yes")], {})
    catalog.delete_question(catalog.questions(photos[0])[0].id)
    assert catalog.asked_answers(run.id) == []
    catalog.mark_missing(photos[1:])
    catalog.forget_missing(photos[1:])
    assert counts(run_of(catalog, run.id)) == (0, 1, 0, 0)
    catalog.keep_answers(run, [PhotoAnswer(photos[1], AnswerResult("yes", "vqa", 1.0), "")], {})
    assert run_of(catalog, run.id).state is AskedState.DONE


def test_each_group_is_found_by_its_filter(catalog: Catalog, photos: list[int], ask: Ask) -> None:
    run = ask(SMILING, photos)
    answers = ("Yes.", "yes", "no", "not sure", "No")
    catalog.keep_answers(run, [said(catalog, n, text) for n, text in zip(photos, answers, strict=True)], {})
    longer = ask("Is anyone smiling at the dog?", photos[2:3])
    catalog.keep_answers(longer, [said(catalog, photos[2], "yes")], {})

    def found(query: str) -> list[int]:
        return sorted(catalog.ids(LibraryView(query=query)))

    assert found('asked:"is anyone smiling"=yes ') == photos[:2]
    assert found('asked:"is anyone smiling"="no"') == [photos[2], photos[4]]
    assert found("asked:smiling=yes ") == photos[:3]  # none was asked just this
    assert found('asked:"is anyone smiling"=') == photos
    catalog.add_question(photos[0], SMILING, AnswerResult("no", "another", 1.0))
    assert found('asked:"is anyone smiling"=yes ') == photos[1:2]  # the latest answer counts


def test_turns_of_an_older_catalog_are_found_and_asked_again(tmp_path: Path) -> None:
    """Nobody knows of which picture they are."""
    database_of(tmp_path / "data", "0005").close()
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as old:
        photo_id, question, answer, key = old.execute(
            "SELECT photo_id, question, answer, model_key FROM question LIMIT 1"
        ).fetchone()
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        assert catalog.check() == []
        assert photo_id in catalog.ids(LibraryView(query=f'asked:"{question}"="{answer}"'))
        run = run_of(catalog, catalog.begin_asking(question, [photo_id]))
        assert catalog.keep_known(run, key) == 0


def test_a_deleted_answer_that_is_undone_is_on_its_list_again(
    catalog: Catalog, photos: list[int], ask: Ask
) -> None:
    run = ask(SMILING, photos[:2])
    catalog.keep_answers(run, [said(catalog, n, "yes") for n in photos[:2]], {})
    for newer in (False, True):
        (turn,) = catalog.questions(photos[0])
        catalog.delete_question(turn.id)
        assert catalog.asked_answers(run.id) == [("yes", 1)]
        if newer:
            catalog.add_question(photos[1], "what?", AnswerResult("a boat", "vqa", 0.5))  # takes its number
        assert catalog.undo_edit() == photos[0]
        assert catalog.asked_answers(run.id) == [("yes", 2)]


def test_of_a_run_that_was_ended_only_what_failed_is_asked_again(
    catalog: Catalog, photos: list[int], ask: Ask
) -> None:
    run = ask(SMILING, photos)
    catalog.keep_answers(run, [said(catalog, photos[0], "yes")], {photos[1]: BROKEN})
    catalog.set_asking(run.id, AskedState.CANCELLED)
    assert catalog.retry_asked(run.id) == 1
    assert catalog.waiting_for(run.id, 9) == [photos[1]]
    again = run_of(catalog, run.id)
    assert (again.state, again.done, again.total) == (AskedState.OPEN, 1, 5)
    catalog.keep_answers(again, [said(catalog, photos[1], "no")], {})
    ended = run_of(catalog, run.id)
    assert (ended.state, ended.done, ended.left) == (AskedState.CANCELLED, 2, 3)
    assert [photo.state for photo in catalog.asked_photos(run.id)][2:] == [PhotoAsked.LEFT] * 3
    assert catalog.retry_asked(run.id) == 0 and run_of(catalog, run.id).is_over
    catalog.set_asking(run.id, AskedState.OPEN)
    assert catalog.waiting_for(run.id, 9) == photos[2:]


def test_a_group_lists_its_photos_however_the_answer_is_spelled(
    catalog: Catalog, photos: list[int], ask: Ask
) -> None:
    run = ask(SMILING, photos)
    for photo_id, answer in zip(photos, ("yes", "no", "Yes.", "no", "yes"), strict=True):
        catalog.keep_answers(run, [said(catalog, photo_id, answer)], {})
    listed = catalog.asked_group(run.id, ["yes", "Yes."], 2)
    assert [(photo.photo_id, photo.answer) for photo in listed] == [(photos[0], "yes"), (photos[2], "Yes.")]
