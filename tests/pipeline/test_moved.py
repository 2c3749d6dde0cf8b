"""Which folder became which, by one file that was found again: the paths of files that exist nowhere."""

import os

import pytest
from pipeline_fake_catalog import FakeCatalog

from blipdesk.domain.values import FileStamp, Folder, FolderState, SeenFile
from blipdesk.pipeline.moved import MovedFiles
from blipdesk.pipeline.roots import Roots
from blipdesk.pipeline.walk import Found

pytestmark = pytest.mark.skipif(os.sep != "/", reason="written for these paths")


def stamp(number):
    return FileStamp(100 + number, 1000 + number, 7000 + number)


def moved_files(*paths):
    """What a scan knows of photos that were registered at these paths, none of which is there."""
    catalog = FakeCatalog()
    for number, path in enumerate(paths):
        catalog.register(1, [SeenFile(path, stamp(number), f"content {number}")])
    return MovedFiles(catalog, Roots(catalog))


@pytest.mark.parametrize(
    "old, new",
    [
        ("/gone/photos", "/gone/pictures"),
        ("/gone/photos", "/gone/all/photos"),
        ("/gone/all/photos", "/gone/photos"),
        ("/gone-a/photos", "/gone-b/photos"),
        ("/gone-a", "/gone-b/gone-a"),  # what is the same at the end reaches up to the root
        ("/gone-b/gone-a", "/gone-a"),
    ],
)
def test_the_neighbours_of_a_file_that_was_found_again_are_looked_for_by_their_names(old, new):
    names = ("1.jpg", "2.jpg", "trip/3.jpg")
    moved = moved_files(*(f"{old}/{name}" for name in names))
    assert moved.find_along(Found(f"{new}/{names[1]}", stamp(1))) is None
    assert moved.find(SeenFile(f"{new}/{names[0]}", stamp(0), "content 0")) == 1
    for number in (1, 2):
        along = moved.find_along(Found(f"{new}/{names[number]}", stamp(number)))
        assert (along.photo_id, along.file.content_hash) == (number + 1, f"content {number}")
    assert moved.find_along(Found(f"{new}/{names[1]}", stamp(2))) is None  # another file of that name
    assert moved.find_along(Found("/gone/elsewhere/2.jpg", stamp(1))) is None
    root = Folder(5, old, True, FolderState.ONLINE, 2)
    assert moved.place_of(root) is None  # nothing says that it is gone
    moved.from_roots[5] = 2
    assert moved.place_of(root) == new


def test_of_two_copies_one_alone_is_the_photo_that_moved():
    moved = moved_files("/gone/a/1.jpg", "/gone/a/2.jpg")
    assert moved.find(SeenFile("/gone/b/1.jpg", stamp(0), "content 0")) == 1
    assert moved.find_along(Found("/gone/b/2.jpg", stamp(1))).photo_id == 2
    assert moved.find_along(Found("/gone/b/2.jpg", stamp(1))) is None


def test_a_file_that_got_another_name_says_nothing_of_its_neighbours():
    moved = moved_files("/gone/a/1.jpg", "/gone/a/2.jpg")
    assert moved.find(SeenFile("/gone/b/one.jpg", stamp(0), "content 0")) == 1
    assert moved.find_along(Found("/gone/b/2.jpg", stamp(1))) is None
