from __future__ import annotations

import os

import pytest
from catalog_samples import add_photos, caption_all, photo_at, photo_of, result_of, seen, texts, with_texts
from catalog_write_samples import NEW, begin_write, file_of, pending, plan_of, take_in

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import UsageError
from blipdesk.domain.jobs import AnswerResult, Job
from blipdesk.domain.values import LibraryView, PhotoState, SortOrder, ViewKind, WriteTarget


def test_a_move_keeps_every_text(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    other = catalog.add_folder("/archive")
    catalog.mark_missing([photo.id])
    assert catalog.find_missing_twin(photo.content_hash) == [(photo.id, "/photos/a.jpg")]
    catalog.relocate(photo.id, other.id, seen("/archive/2024/rex.jpg", photo.content_hash))
    moved = photo_at(catalog, "/archive/2024/rex.jpg")
    assert texts(moved) == texts(photo)
    assert (moved.folder_id, moved.state) == (other.id, PhotoState.DONE)
    assert len(catalog.questions(photo.id)) == 1
    assert caption_all(catalog) == 0
    assert [hit.photo_id for hit in catalog.search("archive 2024 rex")][:1] == [photo.id]
    assert catalog.photo_by_path("/photos/a.jpg") is None


def test_a_move_onto_a_fresh_record_takes_its_place(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    add_photos(catalog, "/photos/b.jpg")
    catalog.relocate(photo.id, photo.folder_id, seen("/photos/b.jpg", photo.content_hash))
    assert texts(photo_at(catalog, "/photos/b.jpg")) == texts(photo)
    assert catalog.counts().total == 1


def test_a_move_onto_another_picture_loses_the_texts_of_neither(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    other = with_texts(catalog, "/photos/b.jpg")
    catalog.relocate(photo.id, photo.folder_id, seen("/photos/b.jpg", photo.content_hash))
    assert photo_at(catalog, "/photos/b.jpg").id == photo.id
    waiting = photo_at(catalog, "/photos/b (replaced).jpg")
    assert (waiting.id, waiting.state, texts(waiting)) == (other.id, PhotoState.MISSING, texts(other))
    catalog.relocate(other.id, other.folder_id, seen("/photos/c.jpg", other.content_hash))
    assert texts(photo_at(catalog, "/photos/c.jpg")) == texts(other)
    assert catalog.check() == []


def test_a_move_onto_the_same_content_with_a_persons_texts_leaves_both(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    catalog.register(photo.folder_id, [seen("/photos/b.jpg", photo.content_hash)])
    catalog.set_user_caption(photo_at(catalog, "/photos/b.jpg").id, "the copy")
    catalog.relocate(photo.id, photo.folder_id, seen("/photos/b.jpg", photo.content_hash))
    assert texts(photo_at(catalog, "/photos/a.jpg")) == texts(photo)
    assert photo_at(catalog, "/photos/b.jpg").user_caption == "the copy"


@pytest.mark.parametrize("edit", ["a keyword taken off", "an edit taken back by another"])
def test_what_a_person_took_back_is_theirs_too(catalog: Catalog, edit: str) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    (other,) = add_photos(catalog, "/photos/b.jpg")
    caption_all(catalog)
    if edit == "a keyword taken off":
        catalog.remove_keyword(other, "dog")
    else:
        catalog.set_user_caption(other, "Rex")
        catalog.set_user_caption(other, None)
    catalog.relocate(photo.id, photo.folder_id, seen("/photos/b.jpg", photo.content_hash))
    assert photo_at(catalog, "/photos/b (replaced).jpg").id == other


@pytest.mark.parametrize("embedded", [False, True], ids=["sidecar", "embedded"])
def test_a_photo_that_moved_away_from_its_sidecar_is_written_again(catalog: Catalog, embedded: bool) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    target = WriteTarget.EMBED if embedded else WriteTarget.SIDECAR
    (due,) = pending(catalog, target)
    plan = plan_of(due) if embedded else plan_of(due, None)
    written = file_of(NEW) if embedded else None
    catalog.finish_write(begin_write(catalog, due, plan, target), plan.outcome, "", written)
    photo = photo_of(catalog, photo_id)
    catalog.relocate(photo_id, photo.folder_id, seen(photo.path, photo.content_hash))
    assert pending(catalog, target) == []  # it is where it was
    catalog.relocate(photo_id, photo.folder_id, seen("/photos/renamed.jpg", photo.content_hash))
    assert [due.path for due in pending(catalog, target)] == ([] if embedded else ["/photos/renamed.jpg"])


# ---------------------------------------------------------------------------------------- the same picture


def decoded_anew(catalog: Catalog, path: str = "/photos/moved.jpg") -> Job:
    """A file came that nobody knew; it is being worked on."""
    add_photos(catalog, path)
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    return job


def test_a_picture_found_again_keeps_every_text_and_is_not_captioned_anew(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a/old.jpg")
    catalog.mark_missing([photo.id])
    assert photo.pixel_hash is not None
    assert catalog.find_missing_pixel_twin(photo.pixel_hash) == [(photo.id, "/photos/a/old.jpg")]
    assert catalog.find_missing_pixel_twin("") == []
    job = decoded_anew(catalog)
    assert catalog.adopt(job.photo_id, photo.id)
    moved = photo_at(catalog, "/photos/moved.jpg")
    assert texts(moved) == texts(photo)
    assert (moved.content_hash, moved.state) == ("hash of /photos/moved.jpg", PhotoState.DONE)
    assert catalog.photo(job.photo_id) is None
    assert catalog.photo_by_path("/photos/a/old.jpg") is None
    assert [hit.photo_id for hit in catalog.search("rex moved")] == [photo.id]
    assert len(catalog.questions(photo.id)) == 1
    catalog.commit_captions([result_of(job, "too late")])  # the batch was under way
    assert caption_all(catalog) == 0
    assert [due.photo_id for due in catalog.pending_writes(9, WriteTarget.EMBED)] == [photo.id]
    assert [catalog.undo_edit(), catalog.undo_edit()] == [photo.id, photo.id]
    assert catalog.queue_counts().done == 1


def test_a_picture_found_again_that_was_never_captioned_takes_over_the_job(catalog: Catalog) -> None:
    (old,) = add_photos(catalog, "/photos/old.jpg")
    catalog.set_user_caption(old, "Rex")
    catalog.enqueue_pending("m")
    catalog.mark_missing([old])
    job = decoded_anew(catalog)
    assert catalog.adopt(job.photo_id, old)
    assert [waiting.photo_id for waiting in catalog.claim("m", 9)] == [old]
    catalog.clear_claims()
    assert caption_all(catalog) == 1
    assert photo_at(catalog, "/photos/moved.jpg").caption == "Rex"


def test_a_wish_to_caption_again_outlives_the_move(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/old.jpg")
    catalog.mark_missing([photo.id])
    catalog.enqueue_forced([photo.id], "m")
    job = decoded_anew(catalog)
    assert catalog.adopt(job.photo_id, photo.id)
    assert caption_all(catalog, "a wet dog") == 1


def test_nothing_is_merged_over_a_persons_texts(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/old.jpg")
    catalog.mark_missing([photo.id])
    job = decoded_anew(catalog)
    catalog.add_question(job.photo_id, "who?", AnswerResult("Rex", "q", 1.0))
    assert not catalog.adopt(job.photo_id, photo.id)
    assert photo_at(catalog, "/photos/old.jpg").state is PhotoState.MISSING
    assert photo_at(catalog, "/photos/moved.jpg").id == job.photo_id
    for pair in ((photo.id, photo.id), (999, photo.id), (photo.id, 999)):
        with pytest.raises(UsageError):
            catalog.adopt(*pair)


# ---------------------------------------------------------------------------------------- directories


def test_a_renamed_directory_takes_its_photos_along(catalog: Catalog) -> None:
    ids = add_photos(catalog, "/photos/old/1.jpg", "/photos/old/deep/2.jpg", "/photos/older/3.jpg")
    assert catalog.rename_tree("/photos/old", "/photos/new") == 2
    assert photo_at(catalog, "/photos/new/1.jpg").id == ids[0]
    assert photo_at(catalog, "/photos/new/deep/2.jpg").id == ids[1]
    assert photo_at(catalog, "/photos/older/3.jpg").id == ids[2]
    assert sorted(catalog.ids(LibraryView(ViewKind.FOLDER, "/photos/new"))) == ids[:2]
    assert [hit.photo_id for hit in catalog.search("deep")] == [ids[1]]
    assert [hit.photo_id for hit in catalog.search("new")] == [ids[0]]
    assert [hit.photo_id for hit in catalog.search("old")] == [ids[2]]  # in "older"
    assert list(catalog.known_files_under("/photos/new/deep")) == ["/photos/new/deep/2.jpg"]
    assert [node.path for node in catalog.folder_tree()[0].children] == ["/photos/new", "/photos/older"]
    assert list(catalog.ids(LibraryView(order=SortOrder.NAME))) == ids


@pytest.mark.skipif(os.name == "nt", reason="file names of any bytes")
def test_a_renamed_directory_of_any_bytes_and_signs(catalog: Catalog) -> None:
    old, new = "/photos/50%_o\udcff", "/photos/\u7dd1\udcfe's [new]"
    paths = (f"{old}/\udcfd.jpg", f"{old}/d/\u00e4.jpg", "/photos/50x_o/3.jpg", f"{old}2/4.jpg")
    folder = catalog.add_folder("/photos")
    ids = catalog.register(folder.id, [seen(path, f"content {n}") for n, path in enumerate(paths)])
    assert catalog.rename_tree(f"{old}/", new) == 2
    assert photo_at(catalog, f"{new}/\udcfd.jpg").id == ids[0]
    assert photo_at(catalog, f"{new}/d/\u00e4.jpg").id == ids[1]
    assert [photo_at(catalog, path).id for path in ("/photos/50x_o/3.jpg", f"{old}2/4.jpg")] == ids[2:]


def test_a_renamed_directory_replaces_nothing(catalog: Catalog) -> None:
    moved, stays, there = add_photos(catalog, "/photos/old/1.jpg", "/photos/old/2.jpg", "/photos/new/2.jpg")
    assert catalog.rename_tree("/photos/old", "/photos/new") == 1
    assert photo_at(catalog, "/photos/new/1.jpg").id == moved
    assert photo_at(catalog, "/photos/new/2.jpg").id == there
    assert photo_at(catalog, "/photos/old/2.jpg").id == stays


def test_a_renamed_root_is_watched_under_its_new_name(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/1.jpg")
    catalog.rename_tree("/photos", "/pictures")
    assert [folder.path for folder in catalog.folders()] == ["/pictures"]
    assert photo_at(catalog, "/pictures/1.jpg").state is PhotoState.QUEUED


@pytest.mark.parametrize("watched", [True, False])
def test_a_renamed_root_becomes_one_with_the_root_that_is_there(catalog: Catalog, watched: bool) -> None:
    (photo_id,) = add_photos(catalog, "/photos/1.jpg")
    there = catalog.add_folder("/pictures", watched=watched)
    assert catalog.rename_tree("/photos", "/pictures") == 1
    assert [(folder.id, folder.path) for folder in catalog.folders()] == [(there.id, "/pictures")]
    assert photo_at(catalog, "/pictures/1.jpg").id == photo_id
    assert photo_at(catalog, "/pictures/1.jpg").folder_id == there.id
    assert photo_at(catalog, "/pictures/1.jpg").state is PhotoState.QUEUED


def test_a_renamed_root_whose_photos_found_their_places_taken_stays_with_them(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/1.jpg")
    there = catalog.add_folder("/pictures")
    catalog.register(there.id, [seen("/pictures/1.jpg", "another one")])
    assert catalog.rename_tree("/photos", "/pictures") == 0
    assert [folder.path for folder in catalog.folders()] == ["/photos", "/pictures"]
    assert photo_at(catalog, "/photos/1.jpg").id == photo_id
