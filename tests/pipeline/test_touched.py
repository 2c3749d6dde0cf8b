"""Files of which only the time changed: the same picture still, and what it says of itself is read."""

import os

import pytest
from PIL import Image

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.jobs import CaptionCommit, CaptionResult
from blipdesk.domain.values import FileStamp, PhotoState, SeenFile, Source
from blipdesk.pipeline.decoder import LocalDecoder
from blipdesk.pipeline.touched import Touched

SIDECAR = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt>"
    "<rdf:li xml:lang='x-default'>Anna and the old boat</rdf:li></rdf:Alt></dc:description>"
    "<dc:subject><rdf:Bag><rdf:li>Anna</rdf:li></rdf:Bag></dc:subject>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


class Desk:
    """A real catalog with one real photo, captioned (or not) by hand; decoded in this process."""

    def __init__(self, tmp_path) -> None:
        self.path = tmp_path / "a.jpg"
        self.catalog = Catalog.open(tmp_path / "data")
        self.folder = self.catalog.add_folder(str(tmp_path))
        self.again: list[int] = []
        self.touched = Touched(self.catalog, LocalDecoder(), self.again.extend)
        self.save()
        (self.photo_id,) = self.catalog.register(self.folder.id, [self.seen()])
        self.catalog.enqueue_pending("m")
        (self.job,) = self.catalog.claim("m", 1)
        self.decoded = LocalDecoder().decode(self.path.read_bytes(), str(self.path), 32)

    def save(self, caption=None):
        exif = Image.Exif()
        if caption is not None:
            exif[0x010E] = caption
        picture = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
        picture.save(self.path, "JPEG", exif=exif)

    def seen(self, content="the same ends and size"):
        status = os.stat(self.path)
        return SeenFile(str(self.path), FileStamp(status.st_size, status.st_mtime_ns, status.st_ino), content)

    def caption(self):
        decoded, job = self.decoded, self.job
        self.catalog.commit_captions([
            CaptionCommit(
                job.id, job.photo_id, job.content_hash, "m", decoded.format, decoded.width, decoded.height,
                decoded.pixel_hash, decoded.damaged, decoded.facts, CaptionResult(text="a boat"),
            )
        ])  # fmt: skip

    def touch(self):
        """The file's time changes, and the program looks at it."""
        os.utime(self.path, (1_800_000_000, 1_800_000_000))
        self.touched.note(self.folder.id, self.photo_id, self.seen())
        self.touched.look_at_next()

    @property
    def photo(self):
        return self.catalog.photo(self.photo_id)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    assert desk.catalog.check() == []
    desk.catalog.close()


def test_a_caption_given_by_another_program_is_read_though_no_pixel_changed(desk):
    desk.caption()
    desk.save(caption="Anna and the boat, Lisbon")
    desk.touch()
    assert (desk.photo.caption, desk.photo.source) == ("Anna and the boat, Lisbon", Source.FILE)
    assert desk.photo.model_caption == "a boat"
    assert desk.photo.stamp.mtime_ns == 1_800_000_000 * 10**9
    assert [hit.photo_id for hit in desk.catalog.search("lisbon")] == [desk.photo_id]
    assert desk.again == [] and desk.catalog.enqueue_pending("m") == 0


def test_a_sidecar_that_came_beside_a_touched_photo_is_read(desk):
    desk.caption()
    desk.path.with_name("a.jpg.xmp").write_text(SIDECAR)
    desk.touch()
    assert desk.photo.caption == "Anna and the old boat"
    assert [keyword.name for keyword in desk.photo.keywords] == ["Anna"]


def test_a_touched_photo_that_got_no_caption_is_tried_again_and_not_taken_for_done(desk):
    desk.catalog.fail(desk.job.id, Problem(ProblemKind.DEGENERATE, "Nothing of use.", ""), desk.decoded)
    desk.save(caption="Anna and the boat")
    desk.touch()
    assert desk.again == [desk.photo_id]
    assert desk.photo.state is PhotoState.FAILED


def test_what_was_seen_before_the_content_changed_does_not_bring_the_old_content_back(desk):
    desk.caption()
    desk.save(caption="Anna and the boat")
    desk.touched.note(desk.folder.id, desk.photo_id, desk.seen())
    desk.catalog.register(desk.folder.id, [desk.seen("other bytes")])
    desk.touched.look_at_next()
    assert desk.photo.content_hash == "other bytes"
    assert desk.photo.caption == "Anna and the boat"
