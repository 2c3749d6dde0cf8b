from __future__ import annotations

from typing import Any

import pytest
from catalog_samples import add_photos, caption_all, photo_at, photo_of, result_of

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import AnswerResult, CaptionCommit, CaptionResult, ChoiceResult, Job
from blipdesk.domain.values import (
    Candidate,
    Choice,
    FileFacts,
    LibraryView,
    MatchScore,
    SortOrder,
    Source,
    Sureness,
    ViewKind,
)
from blipdesk.services.exchange import records

REVIEW = LibraryView(ViewKind.NEEDS_REVIEW)
SURE = MatchScore(0.98, 0.4, 3.5, Sureness.SURE)
UNSURE = MatchScore(0.2, 0.1, -1.5, Sureness.UNSURE)


def scored(text: str, match: MatchScore, *others: Candidate) -> CaptionResult:
    return CaptionResult(text, text, (Candidate(text, text, -0.5, match), *others), ("dog",))


def caption(catalog: Catalog, result: CaptionResult | None, **more: Any) -> None:
    """Caption everything that waits with one result."""
    catalog.enqueue_pending("m")
    commits: list[CaptionCommit] = []
    for job in catalog.claim("m", 16):
        commits.append(result_of(job, result=result, metadata_only=result is None, **more))
    catalog.commit_captions(commits)


def again(catalog: Catalog, photo_id: int) -> Job:
    catalog.enqueue_forced([photo_id], "m")
    (job,) = catalog.claim("m", 1)
    return job


def test_scores_are_kept_with_every_candidate(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption(catalog, scored("a dog", SURE, Candidate("a cat", "a cat", -0.7, UNSURE)))
    photo = photo_of(catalog, photo_id)
    assert [candidate.match for candidate in photo.candidates] == [SURE, UNSURE]
    assert photo.sureness is Sureness.SURE
    assert list(catalog.ids(REVIEW)) == []


def test_an_unsure_caption_needs_review_until_it_is_confirmed(catalog: Catalog) -> None:
    first, second = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    caption(catalog, scored("a dog", UNSURE))
    assert set(catalog.ids(REVIEW)) == {first, second}
    assert catalog.counts().needs_review == 2
    assert [tile.needs_review for tile in catalog.tiles([first])] == [True]
    catalog.confirm_caption(first)
    assert (list(catalog.ids(REVIEW)), catalog.counts().needs_review) == ([second], 1)
    photo = photo_of(catalog, first)
    assert (photo.caption, photo.source, photo.sureness) == ("a dog", Source.MODEL, Sureness.UNSURE)
    assert (photo.reviewed, photo.needs_review) == (True, False)
    assert catalog.undo_edit() == first
    assert set(catalog.ids(REVIEW)) == {first, second}


def test_a_person_s_own_caption_is_not_for_review(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption(catalog, scored("a dog", UNSURE))
    catalog.set_user_caption(photo_id, "Rex")
    assert list(catalog.ids(REVIEW)) == []
    catalog.set_user_caption(photo_id, None)
    assert list(catalog.ids(REVIEW)) == [photo_id]


def test_the_words_of_a_file_are_not_for_review(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a.jpg")
    caption(catalog, scored("a dog", UNSURE), facts=FileFacts(caption="At grandma's"))
    assert list(catalog.ids(REVIEW)) == []


def test_a_confirmation_holds_for_the_caption_that_was_confirmed(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption(catalog, scored("a dog", UNSURE))
    catalog.confirm_caption(photo_id)
    catalog.commit_captions([result_of(again(catalog, photo_id), result=scored("a dog", UNSURE))])
    assert list(catalog.ids(REVIEW)) == []
    catalog.commit_captions([result_of(again(catalog, photo_id), result=scored("a cat", UNSURE))])
    assert list(catalog.ids(REVIEW)) == [photo_id]


def test_a_photo_of_a_removed_folder_is_not_for_review(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a.jpg")
    caption(catalog, scored("a dog", UNSURE))
    catalog.remove_folder(catalog.folders()[0].id, False)
    assert (list(catalog.ids(REVIEW)), catalog.counts().needs_review) == ([], 0)


def test_captions_that_were_there_are_kept_with_their_scores(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.set_user_caption(photo_id, "Rex")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    existing = (
        Candidate("Rex", "Rex", None, SURE, Source.USER),
        Candidate("At grandma's", "At grandma's", None, UNSURE, Source.FILE),
    )
    facts = FileFacts(caption="At grandma's")
    commit = result_of(job, facts=facts, result=scored("a dog", UNSURE))
    catalog.commit_captions([CaptionCommit(**{**_fields(commit), "existing": existing})])
    photo = photo_of(catalog, photo_id)
    assert photo.candidates[1:] == existing
    assert photo.sureness is Sureness.SURE  # of the person's caption, which people see
    catalog.set_user_caption(photo_id, "Max")
    assert [candidate.source for candidate in photo_of(catalog, photo_id).candidates] == [
        Source.MODEL,
        Source.FILE,
    ]
    assert catalog.search("Rex") == []  # what a person took back is found no more


def _fields(commit: CaptionCommit) -> dict[str, Any]:
    return {name: getattr(commit, name) for name in commit.__dataclass_fields__}


def test_a_score_of_our_own_words_in_the_file_is_dropped(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    stale = (Candidate("what stood there", "what stood there", None, SURE, Source.FILE),)
    commit = result_of(job, result=scored("a dog", SURE))
    catalog.commit_captions([CaptionCommit(**{**_fields(commit), "existing": stale})])
    assert [candidate.text for candidate in photo_of(catalog, photo_id).candidates] == ["a dog"]


def test_an_imported_caption_is_scored_without_being_captioned_again(catalog: Catalog) -> None:
    catalog.import_records([{"path": "/photos/a.jpg", "caption": "a dog", "candidates": ["a dog", "a cat"]}])
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    commit = result_of(job, metadata_only=True)
    existing = (Candidate("a dog", "a dog", None, UNSURE),)
    catalog.commit_captions([CaptionCommit(**{**_fields(commit), "existing": existing})])
    photo = photo_of(catalog, photo_id)
    assert [(candidate.text, candidate.match) for candidate in photo.candidates] == [
        ("a dog", UNSURE),
        ("a cat", None),
    ]
    assert list(catalog.ids(REVIEW)) == [photo_id]


def test_a_search_finds_what_fits_and_not_what_was_turned_down(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    others = (Candidate("a puppy", "a puppy", -0.6, SURE), Candidate("a kite", "a kite", -0.7, UNSURE))
    caption(catalog, scored("a hound", UNSURE, *others))
    found = {query: [hit.photo_id for hit in catalog.search(query)] for query in ("hound", "puppy", "kite")}
    assert found == {"hound": [photo_id], "puppy": [photo_id], "kite": []}


def test_captions_without_scores_need_no_review(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog)
    assert photo_of(catalog, photo_id).sureness is None
    assert catalog.counts().needs_review == 0


def test_scores_choices_and_confirmations_survive_an_export(catalog: Catalog, tmp_path: Any) -> None:
    first, second = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    caption(catalog, scored("a dog", UNSURE, Candidate("a cat", "a cat", -0.7, SURE)))
    catalog.confirm_caption(first)
    choices = (Choice("yes", 0.9, 0.6), Choice("no", 0.1))
    catalog.add_question(second, "a dog?", ChoiceResult(choices, "q", 0.5))
    exported = list(records(catalog))
    assert [record["sureness"] for record in exported] == ["unsure", "unsure"]
    other = Catalog.open(tmp_path / "other")
    other.import_records(exported)
    assert list(records(other)) == [{**record, "state": "missing"} for record in exported]
    assert other.counts().needs_review == 1
    (turn,) = other.questions(photo_at(other, "/photos/b.jpg").id)
    assert (turn.answer, turn.choices) == ("yes", choices)
    other.close()


def test_scored_captions_of_a_person_and_a_file_are_imported_while_they_are_theirs(catalog: Catalog) -> None:
    listed = [
        {"text": "a dog", "source": "model"},
        {"text": "Rex", "source": "user"},
        {"text": "Max", "source": "user"},
        {"text": "At grandma's", "source": "file"},
    ]
    record = {"path": "/photos/a.jpg", "caption": "a dog", "user_caption": "Rex", "candidates": listed}
    catalog.import_records([record])
    texts = [candidate.text for candidate in photo_at(catalog, "/photos/a.jpg").candidates]
    assert texts == ["a dog", "Rex", "At grandma's"]
    add_photos(catalog, "/photos/a.jpg")
    caption(catalog, None, facts=FileFacts())  # the file is read, and says nothing
    texts = [candidate.text for candidate in photo_at(catalog, "/photos/a.jpg").candidates]
    assert texts == ["a dog", "Rex"]


@pytest.mark.parametrize(
    "odd",
    [
        {"text": "a dog", "itm": "0.5", "itc": 0.1, "margin": 1, "sureness": "sure"},
        {"text": "a dog", "itm": 0.5, "itc": float("nan"), "margin": 1, "sureness": "sure"},
        {"text": "a dog", "itm": 0.5, "itc": 0.1, "margin": 1, "sureness": ["unsure"]},
        {"text": "a dog", "score": 10**400},
        {"text": "a dog", "score": True, "source": {"user": 1}},
    ],
)
def test_scores_that_are_none_are_left_out(catalog: Catalog, odd: dict[str, Any]) -> None:
    catalog.import_records([{"path": "/photos/a.jpg", "caption": "a dog", "candidates": [odd]}])
    assert photo_at(catalog, "/photos/a.jpg").candidates == (Candidate("a dog", "a dog"),)


def test_what_a_turn_left_out_and_the_choices_of_a_question_are_kept(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    open_turn = catalog.add_question(photo_id, "what?", AnswerResult("a dog", "q", 1.0, turns_left_out=3))
    closed = catalog.add_question(
        photo_id, "red?", ChoiceResult((Choice("yes", 0.75), Choice("no", 0.25, 1e-9)), "q", 0.5)
    )
    assert catalog.questions(photo_id) == [open_turn, closed]
    assert open_turn.turns_left_out == 3
    assert (closed.answer, closed.choices[1]) == ("yes", Choice("no", 0.25, 1e-9))
    assert [hit.photo_id for hit in catalog.search("red yes")] == [photo_id]


def test_the_least_sure_come_first_and_what_nobody_looked_at_last(catalog: Catalog) -> None:
    (sure,) = add_photos(catalog, "/photos/a.jpg")
    caption(catalog, scored("a dog", SURE))
    (unsure,) = add_photos(catalog, "/photos/b.jpg")
    caption(catalog, scored("a dog", UNSURE))
    (unknown,) = add_photos(catalog, "/photos/c.jpg")
    assert list(catalog.ids(LibraryView(order=SortOrder.SURENESS))) == [unsure, sure, unknown]
    catalog.set_user_caption(unsure, "Rex")  # of the person's own caption nothing is known
    assert list(catalog.ids(LibraryView(order=SortOrder.SURENESS)))[:1] == [sure]
