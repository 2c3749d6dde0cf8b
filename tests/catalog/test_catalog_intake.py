from __future__ import annotations

import os

import pytest
from catalog_samples import add_photos, caption_all, result_of, seen

from blipdesk.catalog import Catalog, intake
from blipdesk.domain.errors import UsageError
from blipdesk.domain.jobs import AnswerResult, Job
from blipdesk.domain.values import (
    FolderState,
    LibraryView,
    Photo,
    PhotoState,
    SortOrder,
    ViewKind,
    WriteTarget,
)


def photo_at(catalog: Catalog, path: str) -> Photo:
    photo = catalog.photo_by_path(path)
    assert photo is not None
    return photo


def with_texts(catalog: Catalog, path: str, root: str = "/photos") -> Photo:
    (photo_id,) = add_photos(catalog, path, root=root)
    caption_all(catalog, "a dog")
    catalog.set_user_caption(photo_id, "Rex at the sea")
    catalog.add_keyword(photo_id, "Rex")
    catalog.add_question(photo_id, "what?", AnswerResult("a dog", "q", 1.0))
    return photo_at(catalog, path)


def texts(photo: Photo) -> tuple[object, ...]:
    return photo.id, photo.user_caption, photo.model_caption, photo.candidates, photo.keywords


# ---------------------------------------------------------------------------------------- register


def test_registering_twice_makes_one_photo(catalog: Catalog) -> None:
    folder = catalog.add_folder("/photos")
    files = [seen("/photos/a.jpg"), seen("/photos/b.jpg"), seen("/photos/a.jpg")]
    ids = catalog.register(folder.id, files)
    assert ids[0] == ids[2] != ids[1]
    assert catalog.register(folder.id, files) == ids
    assert catalog.counts().total == 2


def test_what_is_known_of_a_file(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a/1.jpg")
    known = catalog.known_file("/photos/a/1.jpg")
    assert known is not None
    assert (known.photo_id, known.content_hash, known.missing) == (photo_id, "hash of /photos/a/1.jpg", False)
    assert catalog.known_file("/photos/a") is None


def test_known_files_are_given_a_directory_at_a_time(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_PAGE", 2)
    names = ("1.jpg", "a/2.jpg", "a/3.jpg", "a/sub/4.jpg", "a.b/5.jpg", "ab/6.jpg", "c/7.jpg")
    ids = add_photos(catalog, *(f"/photos/{name}" for name in names))
    add_photos(catalog, "/other/8.jpg", root="/other")
    assert {path: known.photo_id for path, known in catalog.known_files_under("/photos/a/").items()} == {
        "/photos/a/2.jpg": ids[1],
        "/photos/a/3.jpg": ids[2],
    }
    assert list(catalog.known_files_under("/photos")) == ["/photos/1.jpg"]
    assert catalog.known_files_under("/photos/never") == {}
    everything = ["/photos", "/photos/a", "/photos/a.b", "/photos/a/sub", "/photos/ab", "/photos/c"]
    assert list(catalog.known_directories("/photos/")) == everything
    assert list(catalog.known_directories("/photos/a")) == ["/photos/a", "/photos/a/sub"]
    assert list(catalog.known_directories("/")) == ["/other", *everything]
    assert list(catalog.known_directories("/photos/never")) == []
    folder = catalog.add_folder("/other")
    catalog.remove_folder(folder.id, forget=False)
    assert list(catalog.known_files_under("/other")) == ["/other/8.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="file names of any bytes")
def test_a_file_name_of_any_bytes_survives(catalog: Catalog) -> None:
    path = os.fsdecode(b"/photos/caf\xe9 \xff\xfe/beach \xe9.jpg")
    (photo_id,) = catalog.register(catalog.add_folder("/photos").id, [seen(path, "its content")])
    photo = photo_at(catalog, path)
    assert (photo.id, photo.path) == (photo_id, path)
    assert [hit.photo_id for hit in catalog.search("beach")] == [photo_id]
    assert list(catalog.ids(LibraryView(ViewKind.FOLDER, os.path.dirname(path)))) == [photo_id]
    assert os.fsencode(catalog.folder_tree()[0].children[0].path) == b"/photos/caf\xe9 \xff\xfe"


def test_a_touched_file_is_not_captioned_again(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    catalog.register(photo.folder_id, [seen("/photos/a.jpg", mtime=5000)])
    assert photo_at(catalog, "/photos/a.jpg").stamp.mtime_ns == 5000 * 10**9
    assert caption_all(catalog) == 0


def test_a_changed_file_keeps_its_texts_and_is_captioned_once_more(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    catalog.register(photo.folder_id, [seen("/photos/a.jpg", "edited")])
    changed = photo_at(catalog, "/photos/a.jpg")
    assert texts(changed) == texts(photo)
    assert changed.content_hash == "edited"
    assert caption_all(catalog, "a wet dog") == 1
    assert photo_at(catalog, "/photos/a.jpg").caption == "Rex at the sea"
    assert photo_at(catalog, "/photos/a.jpg").model_caption == "a wet dog"
    catalog.register(photo.folder_id, [seen("/photos/a.jpg")])  # the old content is back
    assert caption_all(catalog, "a dog") == 1


def test_an_inode_beyond_the_integers_of_sqlite(catalog: Catalog) -> None:
    file = seen("/photos/a.jpg")
    object.__setattr__(file.stamp, "inode", 2**64 - 1)
    folder = catalog.add_folder("/photos")
    assert catalog.register(folder.id, [file]) == catalog.register(folder.id, [file])


def test_a_folder_that_is_gone_takes_no_files(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="not in the catalog"):
        catalog.register(99, [seen("/photos/a.jpg")])
    assert catalog.counts().total == 0


# ---------------------------------------------------------------------------------------- forgetting


def test_only_a_photo_that_is_certainly_gone_is_forgotten(catalog: Catalog) -> None:
    gone = with_texts(catalog, "/photos/gone.jpg")
    (there,) = add_photos(catalog, "/photos/there.jpg")
    away = with_texts(catalog, "/drive/away.jpg", root="/drive")
    catalog.mark_missing([gone.id, away.id])
    catalog.set_folder_state(away.folder_id, FolderState.OFFLINE)
    assert catalog.forget_missing([gone.id, there, away.id]) == 1
    assert catalog.photo(gone.id) is None
    assert catalog.questions(gone.id) == []
    assert catalog.search("Rex") and all(hit.photo_id == away.id for hit in catalog.search("Rex"))
    assert catalog.photo(there) is not None and catalog.photo(away.id) is not None
    assert catalog.check() == []


# ---------------------------------------------------------------------------------------- moves


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


# ---------------------------------------------------------------------------------------- missing, offline


def test_a_missing_photo_keeps_its_texts_and_comes_back(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    catalog.mark_missing([photo.id])
    gone = photo_at(catalog, "/photos/a.jpg")
    assert (gone.state, texts(gone)) == (PhotoState.MISSING, texts(photo))
    assert catalog.counts().missing == 1
    catalog.register(photo.folder_id, [seen("/photos/a.jpg", mtime=1000)])
    assert photo_at(catalog, "/photos/a.jpg").state is PhotoState.DONE
    assert caption_all(catalog) == 0


def test_an_offline_root_loses_nothing(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    catalog.set_folder_state(photo.folder_id, FolderState.OFFLINE, "The drive is not connected.")
    (folder,) = catalog.folders()
    assert (folder.state, folder.message) == (FolderState.OFFLINE, "The drive is not connected.")
    assert photo_at(catalog, "/photos/a.jpg").state is PhotoState.OFFLINE
    catalog.set_folder_state(photo.folder_id, FolderState.ONLINE)
    assert photo_at(catalog, "/photos/a.jpg") == photo


# ---------------------------------------------------------------------------------------- roots


def test_roots_inside_roots(catalog: Catalog) -> None:
    outer = catalog.add_folder("/photos/")
    assert catalog.add_folder("/photos").id == outer.id
    assert catalog.add_folder("/photos/2024").id == outer.id
    assert catalog.add_folder("/photos/2024", watched=False).id == outer.id
    assert catalog.add_folder("/photos2").id != outer.id
    assert [folder.path for folder in catalog.folders()] == ["/photos", "/photos2"]


def test_a_wider_root_takes_the_narrower_ones_over(catalog: Catalog) -> None:
    (named,) = add_photos(catalog, "/photos/2023/a.jpg", root="/photos/2023")
    (once,) = catalog.register(
        catalog.add_folder("/photos/2024", watched=False).id, [seen("/photos/2024/b.jpg")]
    )
    wide = catalog.add_folder("/photos")
    assert [folder.path for folder in catalog.all_roots()] == ["/photos"]
    assert {photo.folder_id for photo in catalog.photos([named, once])} == {wide.id}
    assert catalog.folders()[0].photo_count == 2


def test_a_path_named_once_is_no_watched_folder_until_it_is_added(catalog: Catalog) -> None:
    once = catalog.add_folder("/photos", watched=False)
    assert catalog.folders() == []
    assert [root.id for root in catalog.all_roots()] == [once.id]
    assert catalog.add_folder("/photos/sub", watched=False).id == once.id
    assert catalog.add_folder("/photos").watched
    assert [folder.path for folder in catalog.folders()] == ["/photos"]


def test_naming_an_outer_path_leaves_watched_folders_alone(catalog: Catalog) -> None:
    catalog.add_folder("/photos/2024")
    catalog.add_folder("/photos", watched=False)
    assert [folder.path for folder in catalog.folders()] == ["/photos/2024"]


def test_a_removed_folder_keeps_its_texts_out_of_sight(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    catalog.remove_folder(photo.folder_id, forget=False)
    assert (catalog.folders(), catalog.all_roots(), catalog.folder_tree()) == ([], [], [])
    assert (list(catalog.ids(LibraryView())), catalog.search("rex"), catalog.counts().total) == ([], [], 0)
    assert catalog.top_keywords() == []
    assert list(catalog.all_photo_ids()) == [photo.id]  # export still has it
    catalog.add_folder("/photos")
    assert texts(photo_at(catalog, "/photos/a.jpg")) == texts(photo)
    assert list(catalog.ids(LibraryView())) == [photo.id]
    assert caption_all(catalog) == 0


def test_naming_a_path_of_a_removed_folder_shows_it_again(catalog: Catalog) -> None:
    ids = add_photos(catalog, "/photos/x/a.jpg", "/photos/y/b.jpg")
    catalog.remove_folder(catalog.folders()[0].id, forget=False)
    catalog.add_folder("/photos/x", watched=False)
    assert list(catalog.ids(LibraryView())) == ids[:1]


def test_forgetting_a_folder_forgets_all_of_it(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    (kept,) = add_photos(catalog, "/other/b.jpg", root="/other")
    catalog.remove_folder(photo.folder_id, forget=True)
    assert list(catalog.all_photo_ids()) == [kept]
    assert catalog.search("rex") == []
    assert catalog.undo_edit() is None
    with pytest.raises(UsageError):
        catalog.remove_folder(photo.folder_id, forget=True)
