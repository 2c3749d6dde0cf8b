from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, photo_of, result_of, seen

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem, ProblemKind, UsageError
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    ChoiceResult,
    DecodedPhoto,
    PixelImage,
)
from blipdesk.domain.values import Candidate, Choice, FileFacts, Keyword, Photo, PhotoState, Source


def names(photo: Photo) -> list[str]:
    return [keyword.name for keyword in photo.keywords]


# ---------------------------------------------------------------------------------------- results


def test_a_result_is_kept_whole(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    facts = FileFacts(
        taken_at="2024-05-06T07:08:09",
        camera="Canon EOS R6",
        lens="RF 35mm",
        exposure="1/250 s, f/2.8",
        latitude=1.5,
        longitude=-2.5,
        caption="At grandma's",
        keywords=("family", "beach"),
        problem="The maker note is cut off.",
    )
    candidates = (Candidate("a dog", "arafed a dog", -0.5), Candidate("a cat", "a cat", None))
    result = CaptionResult("a dog", "arafed a dog", candidates, ("dog", "Beach"))
    commit = result_of(job, facts=facts, result=result)
    catalog.commit_captions([commit])
    photo = photo_of(catalog, photo_id)
    assert (photo.caption, photo.source) == ("At grandma's", Source.FILE)
    assert (photo.model_caption, photo.model_key) == ("a dog", "m")
    assert photo.candidates == candidates
    assert photo.keywords == (
        Keyword("family", Source.FILE),
        Keyword("beach", Source.FILE),
        Keyword("dog", Source.MODEL),
    )
    assert photo.facts == facts
    assert (photo.format, photo.width, photo.height) == ("JPEG", 400, 300)
    assert photo.pixel_hash == commit.pixel_hash


def test_the_raw_text_is_kept_without_candidates(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, "a dog")
    assert photo_of(catalog, photo_id).candidates == (Candidate("a dog", "arafed a dog"),)


def test_a_commit_twice_changes_nothing(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    catalog.commit_captions([result_of(job)])
    before = photo_of(catalog, photo_id)
    catalog.commit_captions([result_of(job)])
    assert photo_of(catalog, photo_id) == before


def test_a_batch_with_a_bad_result_keeps_the_others(catalog: Catalog) -> None:
    good, bad = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    catalog.enqueue_pending("m")
    problem = Problem(ProblemKind.DEGENERATE, "No usable text.", "Caption it again.")
    commits = [
        result_of(job, result=CaptionResult(problem=problem) if job.photo_id == bad else None)
        for job in catalog.claim("m", 2)
    ]
    catalog.commit_captions(commits)
    assert photo_of(catalog, good).state is PhotoState.DONE
    failed = photo_of(catalog, bad)
    assert (failed.state, failed.problem, failed.caption) == (PhotoState.FAILED, problem, None)
    assert failed.width == 400


def test_a_failure_keeps_what_was_decoded(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    facts = FileFacts(camera="Nikon", caption="Oma", keywords=("family",))
    decoded = DecodedPhoto("PNG", 5, 6, PixelImage(1, 1, b"abc"), b"", "pixels", True, facts)
    changes: list[CatalogChange] = []
    catalog.subscribe(changes.append)
    catalog.fail(job.id, Problem(ProblemKind.ENGINE, "The model failed.", ""), decoded)
    assert changes == [CatalogChange(photos=frozenset({photo_id}), keywords=True)]
    photo = photo_of(catalog, photo_id)
    assert names(photo) == ["family"]
    assert (photo.format, photo.damaged, photo.facts.camera) == ("PNG", True, "Nikon")
    assert (photo.caption, photo.source) == ("Oma", Source.FILE)
    assert [hit.photo_id for hit in catalog.search("nikon")] == [photo_id]


def test_only_the_metadata_changed_leaves_every_text(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, "a dog")
    folder = catalog.folders()[0]
    catalog.register(folder.id, [seen("/photos/a.jpg", "rated five stars", mtime=2000)])
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    assert job.has_caption and job.pixel_hash == "pixels of hash of /photos/a.jpg"
    catalog.commit_captions([result_of(job, metadata_only=True, facts=FileFacts(camera="Nikon"))])
    photo = photo_of(catalog, photo_id)
    assert (photo.caption, names(photo), photo.facts.camera) == ("a dog", ["dog", "beach"], "Nikon")
    assert caption_all(catalog) == 0


def test_a_result_for_content_that_is_gone_is_dropped(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    catalog.register(catalog.folders()[0].id, [seen("/photos/a.jpg", "another picture")])
    catalog.commit_captions([result_of(job, "of the old picture")])
    assert photo_of(catalog, photo_id).caption is None
    assert caption_all(catalog, "of the new picture") == 1
    assert photo_of(catalog, photo_id).caption == "of the new picture"


def test_the_failure_of_content_that_is_gone_is_dropped(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    catalog.register(catalog.folders()[0].id, [seen("/photos/a.jpg", "mended")])
    catalog.fail(job.id, Problem(ProblemKind.UNREADABLE, "Cut off.", ""))
    assert photo_of(catalog, photo_id).problem is None
    assert caption_all(catalog) == 1


def test_what_the_model_was_asked_is_kept(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    options = CaptionOptions(prompt="a picture of", num_beams=3)
    catalog.commit_captions([replace(result_of(job), options=options)])
    with catalog._database.read() as connection:
        (kept,) = connection.exec_driver_sql("SELECT options FROM photo").one()
    assert '"prompt": "a picture of"' in kept and '"num_beams": 3' in kept


# ---------------------------------------------------------------------------------------- a person's words


def test_a_persons_caption_outlives_every_run(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.set_user_caption(photo_id, "Rex at the sea")
    assert caption_all(catalog, "a dog") == 1
    catalog.enqueue_forced([photo_id], "m")
    assert caption_all(catalog, "a wet dog") == 1
    photo = photo_of(catalog, photo_id)
    assert (photo.caption, photo.source, photo.model_caption) == (
        "Rex at the sea",
        Source.USER,
        "a wet dog",
    )
    catalog.set_user_caption(photo_id, " ")
    assert photo_of(catalog, photo_id).caption == "a wet dog"


def test_a_keyword_taken_off_stays_off(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, facts=FileFacts(keywords=("Summer",)))
    catalog.remove_keyword(photo_id, "DOG")
    catalog.remove_keyword(photo_id, "summer")
    catalog.add_keyword(photo_id, "Rex")
    catalog.enqueue_forced([photo_id], "m")
    caption_all(catalog, "a dog", keywords=("dog", "water"), facts=FileFacts(keywords=("Summer",)))
    assert names(photo_of(catalog, photo_id)) == ["Rex", "water"]
    assert dict(catalog.top_keywords()) == {"Rex": 1, "water": 1}
    catalog.add_keyword(photo_id, "dog")
    assert Keyword("dog", Source.USER) in photo_of(catalog, photo_id).keywords


def test_a_persons_spelling_is_shown(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, keywords=("hawaii",))
    catalog.add_keyword(photo_id, "  Hawaii ")
    assert photo_of(catalog, photo_id).keywords == (Keyword("Hawaii", Source.USER),)


def test_an_edit_that_changes_nothing_says_so_and_is_none_to_take_back(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog)
    for edit, value in (
        (catalog.set_user_caption, "Rex"),
        (catalog.add_keyword, "Rex"),
        (catalog.remove_keyword, "dog"),
        (lambda number, _: catalog.confirm_caption(number), None),
    ):
        assert edit(photo_id, value) is True
        assert edit(photo_id, value) is False
        assert catalog.undo_edit() == photo_id
        assert catalog.undo_edit() is None


def test_edits_are_undone_one_by_one_also_after_a_restart(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    first, second = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    caption_all(catalog)
    catalog.set_user_caption(first, "one")
    catalog.set_user_caption(first, "two")
    catalog.set_user_caption(first, "two")  # no change: nothing to undo
    catalog.remove_keyword(second, "dog")
    catalog.add_keyword(second, "Rex")
    catalog.close()
    catalog = Catalog.open(tmp_path / "data")
    assert catalog.undo_edit() == second
    assert names(photo_of(catalog, second)) == ["beach"]
    assert catalog.undo_edit() == second
    assert photo_of(catalog, second).keywords == (
        Keyword("dog", Source.MODEL),
        Keyword("beach", Source.MODEL),
    )
    assert catalog.undo_edit() == first
    assert photo_of(catalog, first).caption == "one"
    assert catalog.undo_edit() == first
    assert photo_of(catalog, first).caption == "a dog on a beach"
    assert catalog.undo_edit() is None
    assert catalog.check() == []
    catalog.close()


@pytest.mark.parametrize(
    "text", ["\x00 null", "lone \udcff surrogate", "\U0001f415 dog", "a\u0301\u202e", "x" * 100_000]
)
def test_any_text_is_kept_and_found(catalog: Catalog, text: str) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.set_user_caption(photo_id, f"{text} needle")
    catalog.add_keyword(photo_id, f"{text[:50]} key")
    catalog.add_question(photo_id, text, AnswerResult(text, "q", 1.0))
    expected = text.replace("\udcff", "\ufffd")
    assert photo_of(catalog, photo_id).caption == f"{expected} needle"
    assert [turn.question for turn in catalog.questions(photo_id)] == [expected]
    assert [hit.photo_id for hit in catalog.search("needle")] == [photo_id]
    catalog.search(text)


def test_a_photo_that_is_not_there_is_said(catalog: Catalog) -> None:
    for edit in (
        lambda: catalog.set_user_caption(7, "x"),
        lambda: catalog.add_keyword(7, "x"),
        lambda: catalog.remove_keyword(7, "x"),
        lambda: catalog.add_question(7, "?", AnswerResult("!", "q", 1.0)),
    ):
        with pytest.raises(UsageError, match="not in the catalog"):
            edit()
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    with pytest.raises(UsageError, match="at least one letter"):
        catalog.add_keyword(photo_id, " \t")


def test_the_chat_is_kept_in_order(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    first = catalog.add_question(photo_id, "what is it?", AnswerResult("a zebra", "q", 0.5))
    second = catalog.add_question(photo_id, "how many?", AnswerResult("two", "q", 0.25, stopped=True))
    assert catalog.questions(photo_id) == [first, second]
    assert [turn.stopped for turn in catalog.questions(photo_id)] == [False, True]
    assert [hit.photo_id for hit in catalog.search("zebra")] == [photo_id]
    catalog.delete_question(first.id)
    assert catalog.questions(photo_id) == [second]
    assert catalog.search("zebra") == []


def test_a_conversation_begins_where_it_began_when_its_first_turn_is_taken_out(catalog: Catalog) -> None:
    first, other = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    answer = AnswerResult("a dog", "q", 1.0)
    kept = [catalog.add_question(first, "what?", answer, is_new=number == 1).id for number in range(2)]
    catalog.add_question(other, "what?", answer)
    kept.append(catalog.add_question(first, "and?", answer).id)
    catalog.delete_question(kept[1])
    assert [(turn.id, turn.is_new) for turn in catalog.questions(first)] == [
        (kept[0], False),
        (kept[2], True),
    ]
    assert not catalog.questions(other)[0].is_new
    catalog.delete_question(kept[2])
    assert [turn.is_new for turn in catalog.questions(first)] == [False]
    assert [catalog.undo_edit(), catalog.undo_edit()] == [first, first]
    assert [(turn.id, turn.is_new) for turn in catalog.questions(first)] == [
        (kept[0], False),
        (kept[1], True),
        (kept[2], False),
    ]


def test_a_deleted_question_comes_back_whole(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    choices = (Choice("zebra", 0.9, 0.1), Choice("horse", 0.1, None))
    first = catalog.add_question(photo_id, "what is it?", ChoiceResult(choices, "q", 0.5))
    catalog.add_question(photo_id, "and?", AnswerResult("two", "q", 0.25, stopped=True))
    before = catalog.questions(photo_id)
    catalog.delete_question(first.id)
    assert catalog.search("zebra") == []
    assert catalog.undo_edit() == photo_id
    assert catalog.questions(photo_id) == before
    catalog.delete_question(before[1].id)
    newer = catalog.add_question(photo_id, "why?", AnswerResult("so", "q", 0.25))
    assert newer.id == before[1].id, "SQLite gave it the number of the one that was deleted"
    assert catalog.undo_edit() == photo_id
    assert [turn.question for turn in catalog.questions(photo_id)] == ["what is it?", "why?", "and?"]
    assert [hit.photo_id for hit in catalog.search("zebra")] == [photo_id]
