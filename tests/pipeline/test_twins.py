"""A photo moved and changed by another program: known by its picture, told by its new file."""

import os

import pytest
from PIL import Image

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import CaptionCommit, CaptionResult
from blipdesk.domain.values import FileStamp, SeenFile, Source
from blipdesk.metadata import read_sidecar
from blipdesk.pipeline.decoder import LocalDecoder
from blipdesk.pipeline.twins import Twins

TAKEN = "2020:01:02 03:04:05"
SIDECAR = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt>"
    "<rdf:li xml:lang='x-default'>Anna and the old boat</rdf:li></rdf:Alt></dc:description>"
    "<dc:subject><rdf:Bag><rdf:li>Anna</rdf:li></rdf:Bag></dc:subject>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


class Shelf:
    """A real catalog over a folder of real photos; decoded in this process, captioned by hand."""

    def __init__(self, tmp_path) -> None:
        self.photos = tmp_path / "photos"
        self.photos.mkdir()
        self.catalog = Catalog.open(tmp_path / "data")
        self.folder = self.catalog.add_folder(str(self.photos))
        self.twins = Twins(self.catalog)

    def put(self, name, *, taken=None, camera=None, caption=None, black=False, sidecar=None):
        """A photo file; all of them show the same picture, or nothing at all."""
        path = self.photos / name
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.new("L", (64, 48)) if black else Image.linear_gradient("L").resize((64, 48))
        exif = Image.Exif()
        if caption is not None:
            exif[0x010E] = caption
        if camera is not None:
            exif[0x0110] = camera
        if taken is not None:
            exif.get_ifd(0x8769)[0x9003] = taken
        picture.convert("RGB").save(path, "JPEG", exif=exif)
        if sidecar is not None:
            path.with_name(path.name + ".xmp").write_text(sidecar)
        return path

    def meet(self, path):
        """Register the file, claim its job and decode it, as a run does."""
        status = os.stat(path)
        stamp = FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)
        self.catalog.register(self.folder.id, [SeenFile(str(path), stamp, f"bytes of {path}")])
        self.catalog.enqueue_pending("m")
        (job,) = self.catalog.claim("m", 1)
        return job, LocalDecoder().decode(path.read_bytes(), str(path), 32, read_sidecar(str(path)))

    def caption(self, path):
        """Caption the file's photo; the person then adds words of their own."""
        job, photo = self.meet(path)
        self.catalog.commit_captions([
            CaptionCommit(
                job.id, job.photo_id, job.content_hash, "m", photo.format, photo.width, photo.height,
                photo.pixel_hash, photo.damaged, photo.facts,
                CaptionResult(text="a boat", keywords=("boat",)),
            )
        ])  # fmt: skip
        self.catalog.add_keyword(job.photo_id, "private")
        return job.photo_id

    def lose(self, path):
        """The file is gone."""
        path.unlink()
        self.catalog.mark_missing([self.catalog.photo_by_path(str(path)).id])

    def adopt(self, path):
        """What became of a new file: True when it was given to the photo that it was before."""
        return self.twins.adopt(*self.meet(path))

    def photo(self, path):
        return self.catalog.photo_by_path(str(path))


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf(tmp_path)
    yield shelf
    assert shelf.catalog.check() == []
    shelf.catalog.close()


def keywords(photo, source):
    return [keyword.name for keyword in photo.keywords if keyword.source is source]


def test_a_caption_given_to_a_photo_on_its_way_is_read_with_its_new_file(shelf):
    old = shelf.put("a.jpg", taken=TAKEN, camera="X100")
    photo_id = shelf.caption(old)
    shelf.lose(old)
    new = shelf.put("album/b.jpg", taken=TAKEN, camera="X100", caption="Anna and the boat, Lisbon")
    assert shelf.adopt(new)
    photo = shelf.photo(new)
    assert (photo.id, photo.caption, photo.source) == (photo_id, "Anna and the boat, Lisbon", Source.FILE)
    assert (photo.model_caption, keywords(photo, Source.USER)) == ("a boat", ["private"])
    assert [hit.photo_id for hit in shelf.catalog.search("lisbon")] == [photo_id]


def test_the_sidecar_beside_the_new_place_is_read_with_it(shelf):
    old = shelf.put("a.jpg", taken=TAKEN)
    photo_id = shelf.caption(old)
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
    photo_id = shelf.caption(gone)
    shelf.catalog.set_user_caption(photo_id, "private")
    shelf.lose(gone)
    other = shelf.put("b.jpg", **new)
    assert not shelf.adopt(other)
    assert shelf.photo(gone).id == photo_id
    assert shelf.photo(other).caption is None


@pytest.mark.parametrize("facts", [{}, {"camera": "ScanSnap"}], ids=["nothing known", "no time"])
def test_without_a_time_the_name_says_that_it_is_the_same_photo(shelf, facts):
    old = shelf.put("a.jpg", **facts)
    photo_id = shelf.caption(old)
    shelf.lose(old)
    new = shelf.put("album/a.jpg", **facts)
    assert shelf.adopt(new)
    assert shelf.photo(new).id == photo_id


def test_a_picture_of_nothing_is_no_ones_twin(shelf):
    old = shelf.put("a.jpg", taken=TAKEN, camera="X100", black=True)
    shelf.caption(old)
    shelf.lose(old)
    assert not shelf.adopt(shelf.put("album/a.jpg", taken=TAKEN, camera="X100", black=True))


def test_of_two_lost_photos_of_one_picture_neither_is_chosen(shelf):
    for name in ("x/a.jpg", "y/a.jpg"):
        path = shelf.put(name, taken=TAKEN)
        shelf.caption(path)
    for name in ("x/a.jpg", "y/a.jpg"):
        shelf.lose(shelf.photos / name)
    assert not shelf.adopt(shelf.put("z/a.jpg", taken=TAKEN))
