"""What a walk yields, notes and leaves alone."""

import os

import pytest

from blipdesk.pipeline.walk import Walk, count_directories, is_candidate, is_ignored, is_photo_name


def names_in(folder, roots=None):
    walk = Walk(str(folder), roots or [str(folder)])
    found = [os.path.relpath(f.path, folder) for f in walk]
    return found, {os.path.relpath(path, folder): reason for path, reason in walk.notes}, walk


@pytest.mark.parametrize(
    "name",
    [
        ".a.jpg",
        "._a.jpg",
        ".DS_Store",
        "Thumbs.db",
        "@eaDir",
        "a.jpg~",
        "a.jpg.part",
        "a.jpg.crdownload",
        "a.tmp",
    ],
)
def test_hidden_and_temporary_names_are_passed_over(name):
    assert is_ignored(name) and not is_photo_name(name)


@pytest.mark.parametrize(
    "name", ["a.jpg", "A.JPG", "x.y.HeIc", "file_exiftool_tmp.jpg", "..a.jpg", "-rf.jpg", " .png"]
)
def test_photos_are_told_by_their_last_suffix(name):
    assert is_photo_name(name)


@pytest.mark.parametrize("name", ["jpg", "noext", "a.jpg.", "a.jpg ", "a.xmp", "a.jpg.xmp", "a.txt"])
def test_other_names_are_no_photos(name):
    assert not is_photo_name(name)


def test_order_is_fixed_and_depth_has_no_limit(tmp_path):
    for name in ("b/2.jpg", "a/9.jpg", "1.jpg", "a/b/c.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    deep = tmp_path / "d"
    descriptor = os.open(tmp_path, os.O_RDONLY)
    os.mkdir("d", dir_fd=descriptor)
    folder = os.open(deep, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("e", dir_fd=folder)
        deeper = os.open("e", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = deeper
    os.close(os.open("x.jpg", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)
    os.close(descriptor)
    found, _, walk = names_in(tmp_path)
    assert found[:4] == ["1.jpg", "a/9.jpg", "a/b/c.jpg", "b/2.jpg"]
    assert found[4] == "d/" + "e/" * 300 + "x.jpg"
    assert walk.complete


def test_names_of_any_bytes_survive(tmp_path):
    raw = os.fsencode(tmp_path) + b"/latin-\xe9.jpg"
    with open(raw, "wb"):
        pass
    assert [os.fsencode(f.path) for f in Walk(str(tmp_path), [])] == [raw]


def test_links_are_not_followed_out_of_the_library_nor_twice(tmp_path):
    library, outside = tmp_path / "library", tmp_path / "outside"
    (library / ".annex").mkdir(parents=True)
    outside.mkdir()
    (library / "photo.jpg").write_bytes(b"x")
    (library / ".annex" / "object").write_bytes(b"y")
    (outside / "secret.jpg").write_bytes(b"z")
    links = {
        "again.jpg": "photo.jpg",
        "out.jpg": str(outside / "secret.jpg"),
        "broken.jpg": "nowhere",
        "self.jpg": "self.jpg",
        "zero.jpg": "/dev/zero",
        "folder": str(outside),
        "loop": ".",
        "annexed.jpg": ".annex/object",
    }
    for name, target in links.items():
        (library / name).symlink_to(target)
    found, notes, walk = names_in(library)
    assert found == ["annexed.jpg", "photo.jpg"]
    assert set(notes) == {"again.jpg", "out.jpg", "broken.jpg", "self.jpg", "zero.jpg"}
    assert "already" in notes["again.jpg"] and "out of the library" in notes["out.jpg"]
    assert walk.complete


def test_special_files_are_named_for_what_they_are(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "folder.jpg" / "inside.jpg").write_bytes(b"x")
    found = {os.path.basename(f.path): f.special for f in Walk(str(tmp_path), [])}
    assert found == {"pipe.jpg": "fifo", "inside.jpg": None}


def test_a_folder_that_cannot_be_read_is_noted_and_the_walk_goes_on(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b.jpg").write_bytes(b"x")
    walk = Walk(str(tmp_path), [])
    found = []
    for entry in walk:
        found.append(os.path.basename(entry.path))
        (tmp_path / "a").rmdir()
        (tmp_path / "a").write_bytes(b"now a file")
    assert found == ["b.jpg"]
    assert walk.unread == [str(tmp_path / "a")] and "cannot be read" in walk.notes[0][1]


def test_pictures_of_kinds_that_are_not_read_are_named_other_files_are_not(tmp_path):
    for name in ("a.jpg", "IMG_1.CR2", "b.psd", "c.txt", ".hidden.psd", "movie.mp4"):
        (tmp_path / name).touch()
    found, notes, _ = names_in(tmp_path)
    assert found == ["IMG_1.CR2", "a.jpg"]
    assert notes == {
        "b.psd": "Passed over: it is a Photoshop document. "
        "Save a copy as JPEG, PNG or TIFF, and that copy is captioned.",
    }


def test_a_library_of_nothing_but_links_fills_no_memory_with_notes(tmp_path, monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.walk._MOST_PASSED_OVER", 5)
    for number in range(9):
        (tmp_path / f"{number}.jpg").symlink_to("nowhere")
    (tmp_path / "photo.jpg").write_bytes(b"x")
    found, notes, _ = names_in(tmp_path)
    assert found == ["photo.jpg"]
    assert len(notes) == 5


def test_a_stopped_walk_says_that_it_is_not_complete(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"x")
    walk = Walk(str(tmp_path), [], stop=lambda: True)
    assert list(walk) == [] and not walk.complete


def test_candidates_are_judged_by_every_part_of_their_path():
    assert is_candidate("/p/a/b.jpg", "/p") and is_candidate("/b.jpg", "/")
    assert not is_candidate("/p/.git/b.jpg", "/p")
    assert not is_candidate("/p/@eaDir/b.jpg", "/p")
    assert not is_candidate("/pp/b.jpg", "/p")


def test_counting_folders_stops_at_the_limit(tmp_path):
    for number in range(10):
        (tmp_path / str(number)).mkdir()
    assert count_directories([str(tmp_path)], 100) == 11
    assert count_directories([str(tmp_path)], 3) == 4
