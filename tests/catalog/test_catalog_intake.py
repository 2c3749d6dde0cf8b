from __future__ import annotations

import os
from dataclasses import replace

import pytest
from catalog_samples import add_photos, caption_all, photo_at, seen, texts, with_texts

from blipdesk.catalog import Catalog, intake
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import FolderState, LibraryView, PhotoState, ViewKind

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
    file = replace(file, stamp=replace(file.stamp, inode=2**64 - 1))
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
