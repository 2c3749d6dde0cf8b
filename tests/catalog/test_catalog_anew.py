"""A model's caption made anew: an edit, which is stopped or taken back without a trace."""

from __future__ import annotations

import pytest
from catalog_samples import add_photos, caption_all, photo_of, result_of, seen
from catalog_write_samples import embed, pending, take_in

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem, ProblemKind, UsageError
from blipdesk.domain.jobs import CaptionResult
from blipdesk.domain.values import Candidate, MatchScore, Photo, PhotoState, Sureness

FIRST = CaptionResult(
    "a dog", "arafed a dog", keywords=("dog", "beach"),
    candidates=(
        Candidate("a dog", "arafed a dog", -1.0, MatchScore(0.4, 0.2, 0.1, Sureness.UNSURE)),
        Candidate("a wolf", "a wolf", -2.0),
    ),
)  # fmt: skip


@pytest.fixture
def photo(catalog: Catalog) -> Photo:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, result=FIRST)
    return photo_of(catalog, photo_id)


def test_what_the_model_said_before_comes_back_with_all_that_belongs_to_it(
    catalog: Catalog, photo: Photo
) -> None:
    catalog.confirm_caption(photo.id)
    before = photo_of(catalog, photo.id)
    assert before.reviewed and before.sureness is Sureness.UNSURE
    catalog.caption_anew(photo.id)
    assert photo_of(catalog, photo.id).state is PhotoState.QUEUED
    assert caption_all(catalog, "a cat", keywords=("cat",)) == 1
    assert photo_of(catalog, photo.id).caption == "a cat"
    assert catalog.undo_edit() == photo.id
    assert photo_of(catalog, photo.id) == before
    assert [write.photo_id for write in pending(catalog)] == [photo.id]
    assert caption_all(catalog) == 0
    assert catalog.undo_edit() == photo.id and not photo_of(catalog, photo.id).reviewed
    assert catalog.check() == []


def test_it_is_captioned_by_the_model_in_use_though_another_one_did_before(
    catalog: Catalog, photo: Photo
) -> None:
    catalog.caption_anew(photo.id)
    assert caption_all(catalog, "a cat", model="other") == 1
    assert photo_of(catalog, photo.id).model_key == "other"
    catalog.undo_edit()
    assert photo_of(catalog, photo.id) == photo


def test_one_that_waits_is_not_captioned_any_more(catalog: Catalog, photo: Photo) -> None:
    catalog.caption_anew(photo.id)
    catalog.stop_anew(photo.id, photo.captioned_at)
    assert photo_of(catalog, photo.id) == photo
    assert catalog.undo_edit() is None
    assert caption_all(catalog) == 0


def test_one_that_waits_for_its_first_caption_goes_on_waiting(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    catalog.caption_anew(photo_id)
    catalog.undo_edit()
    assert photo_of(catalog, photo_id).state is PhotoState.QUEUED
    assert caption_all(catalog) == 1


def test_an_undo_while_it_waits_is_a_stop(catalog: Catalog, photo: Photo) -> None:
    catalog.caption_anew(photo.id)
    assert catalog.undo_edit() == photo.id
    assert photo_of(catalog, photo.id) == photo
    assert caption_all(catalog) == 0


def test_what_the_model_is_at_is_not_kept_once_it_was_stopped(catalog: Catalog, photo: Photo) -> None:
    catalog.caption_anew(photo.id)
    (job,) = catalog.claim("m", 1)
    assert catalog.stop_anew(photo.id, photo.captioned_at)
    assert not catalog.stop_anew(photo.id, photo.captioned_at)
    catalog.commit_captions([result_of(job, "a cat")])
    assert photo_of(catalog, photo.id) == photo


def test_one_that_failed_is_as_before_after_an_undo(catalog: Catalog, photo: Photo) -> None:
    catalog.caption_anew(photo.id)
    (job,) = catalog.claim("m", 1)
    catalog.fail(job.id, Problem(ProblemKind.DEGENERATE, "No words.", "Try another model."))
    assert photo_of(catalog, photo.id).state is PhotoState.FAILED
    catalog.undo_edit()
    assert photo_of(catalog, photo.id) == photo


def test_what_came_before_the_stop_was_heard_is_taken_out_again(catalog: Catalog, photo: Photo) -> None:
    catalog.caption_anew(photo.id)
    caption_all(catalog, "a cat", keywords=("cat",))
    assert catalog.stop_anew(photo.id, photo.captioned_at)
    assert photo_of(catalog, photo.id) == photo
    assert catalog.undo_edit() is None


def test_a_stop_leaves_alone_what_was_made_anew_before(catalog: Catalog, photo: Photo) -> None:
    catalog.caption_anew(photo.id)
    caption_all(catalog, "a cat")
    shown = photo_of(catalog, photo.id)
    catalog.enqueue_forced([photo.id], "m")  # with others, as no edit
    for _ in range(2):
        assert not catalog.stop_anew(photo.id, shown.captioned_at)
    assert photo_of(catalog, photo.id) == shown
    assert catalog.undo_edit() == photo.id
    assert photo_of(catalog, photo.id) == photo


def test_it_is_brought_back_also_where_its_file_was_written_since(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    catalog.add_keyword(photo_id, "Rex")
    caption_all(catalog, result=FIRST)
    before = photo_of(catalog, photo_id)
    catalog.caption_anew(photo_id)
    caption_all(catalog, "a cat", keywords=("cat",))
    embed(catalog)
    assert catalog.undo_edit() == photo_id
    (due,) = pending(catalog)
    assert due.text.caption == before.caption == photo_of(catalog, photo_id).caption
    assert photo_of(catalog, photo_id).keywords == before.keywords
    assert photo_of(catalog, photo_id).candidates == before.candidates
    assert caption_all(catalog) == 0


def test_a_persons_words_stay_over_both(catalog: Catalog, photo: Photo) -> None:
    catalog.set_user_caption(photo.id, "Rex")
    before = photo_of(catalog, photo.id)
    catalog.caption_anew(photo.id)
    caption_all(catalog, "a cat")
    assert photo_of(catalog, photo.id).caption == "Rex"
    catalog.undo_edit()
    assert photo_of(catalog, photo.id) == before


def test_the_caption_of_another_picture_does_not_come_back(catalog: Catalog, photo: Photo) -> None:
    catalog.add_keyword(photo.id, "Rex")
    catalog.caption_anew(photo.id)
    catalog.register(photo.folder_id, [seen("/photos/a.jpg", "other", mtime=2000)])
    caption_all(catalog, "a cat")
    assert catalog.undo_edit() == photo.id  # the keyword
    assert photo_of(catalog, photo.id).caption == "a cat"


def test_a_photo_that_is_gone_cannot_be(catalog: Catalog) -> None:
    with pytest.raises(UsageError):
        catalog.caption_anew(4711)
    assert not catalog.stop_anew(4711, None)
