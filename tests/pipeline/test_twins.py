"""A photo moved and changed by another program: known by its picture, told by its new file."""

import pytest
from pipeline_shelf import SIDECAR, Shelf

from blipdesk.domain.values import Source
from blipdesk.pipeline.twins import Twins

TAKEN = "2020:01:02 03:04:05"


class TwinShelf(Shelf):
    """Photos that are captioned, lost, and found again."""

    def __init__(self, tmp_path) -> None:
        super().__init__(tmp_path)
        self.twins = Twins(self.catalog)

    def add(self, path):
        """Caption the file's photo; the person then adds words of their own."""
        job, decoded = self.meet(path)
        self.caption(job, decoded)
        self.catalog.add_keyword(job.photo_id, "private")
        return job.photo_id

    def lose(self, path):
        """The file is gone."""
        path.unlink()
        self.catalog.mark_missing([self.photo(path).id])

    def adopt(self, path):
        """What became of a new file: True when it was given to the photo that it was before."""
        return self.twins.adopt(*self.meet(path))


@pytest.fixture
def shelf(tmp_path):
    shelf = TwinShelf(tmp_path)
    yield shelf
    shelf.close()


def keywords(photo, source):
    return [keyword.name for keyword in photo.keywords if keyword.source is source]


def test_a_caption_given_to_a_photo_on_its_way_is_read_with_its_new_file(shelf):
    old = shelf.put("a.jpg", taken=TAKEN, camera="X100")
    photo_id = shelf.add(old)
    shelf.lose(old)
    new = shelf.put("album/b.jpg", taken=TAKEN, camera="X100", caption="Anna and the boat, Lisbon")
    assert shelf.adopt(new)
    photo = shelf.photo(new)
    assert (photo.id, photo.caption, photo.source) == (photo_id, "Anna and the boat, Lisbon", Source.FILE)
    assert (photo.model_caption, keywords(photo, Source.USER)) == ("a boat", ["private"])
    assert [hit.photo_id for hit in shelf.catalog.search("lisbon")] == [photo_id]


def test_the_sidecar_beside_the_new_place_is_read_with_it(shelf):
    old = shelf.put("a.jpg", taken=TAKEN)
    photo_id = shelf.add(old)
    shelf.lose(old)
    new = shelf.put("album/a.jpg", taken=TAKEN, sidecar=SIDECAR)
    assert shelf.adopt(new)
    photo = shelf.photo(new)
    assert (photo.id, photo.facts.taken_at) == (photo_id, "2020-01-02T03:04:05")
    assert photo.file_caption == "Anna and the old boat"
    assert keywords(photo, Source.FILE) == ["Anna"]
    assert [hit.photo_id for hit in shelf.catalog.search("anna")] == [photo_id]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"taken": TAKEN, "camera": "X100"}, {"taken": TAKEN, "camera": "EOS R5"}),
        ({"taken": TAKEN, "camera": "X100"}, {"taken": "2020:01:02 03:04:06", "camera": "X100"}),
        ({"taken": TAKEN}, {}),
        ({}, {"camera": "X100"}),
        ({"camera": "ScanSnap"}, {"camera": "ScanSnap"}),  # a scanner without a clock
        ({}, {}),
    ],
    ids=["another camera", "another second", "time lost", "camera found", "no time", "nothing known"],
)
def test_a_photo_that_merely_looks_the_same_gets_no_one_elses_words(shelf, old, new):
    gone = shelf.put("a.jpg", **old)
    photo_id = shelf.add(gone)
    shelf.catalog.set_user_caption(photo_id, "private")
    shelf.lose(gone)
    other = shelf.put("b.jpg", **new)
    assert not shelf.adopt(other)
    assert shelf.photo(gone).id == photo_id
    assert shelf.photo(other).caption is None


@pytest.mark.parametrize("facts", [{}, {"camera": "ScanSnap"}], ids=["nothing known", "no time"])
def test_without_a_time_the_name_says_that_it_is_the_same_photo(shelf, facts):
    old = shelf.put("a.jpg", **facts)
    photo_id = shelf.add(old)
    shelf.lose(old)
    new = shelf.put("album/a.jpg", **facts)
    assert shelf.adopt(new)
    assert shelf.photo(new).id == photo_id


def test_a_picture_of_nothing_is_no_ones_twin(shelf):
    old = shelf.put("a.jpg", taken=TAKEN, camera="X100", black=True)
    shelf.add(old)
    shelf.lose(old)
    assert not shelf.adopt(shelf.put("album/a.jpg", taken=TAKEN, camera="X100", black=True))


def test_of_two_lost_photos_of_one_picture_neither_is_chosen(shelf):
    for name in ("x/a.jpg", "y/a.jpg"):
        path = shelf.put(name, taken=TAKEN)
        shelf.add(path)
    for name in ("x/a.jpg", "y/a.jpg"):
        shelf.lose(shelf.photos / name)
    assert not shelf.adopt(shelf.put("z/a.jpg", taken=TAKEN))
