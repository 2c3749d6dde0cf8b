"""Files of which only the time changed: the same picture still, and what it says of itself is read."""

import os

import pytest
from pipeline_shelf import SIDECAR, Shelf

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import PhotoState, Source
from blipdesk.pipeline.decoder import LocalDecoder
from blipdesk.pipeline.touched import Touched

TOUCHED_AT = 1_800_000_000


class Desk(Shelf):
    """One photo, which was met and may be captioned."""

    def __init__(self, tmp_path) -> None:
        super().__init__(tmp_path)
        self.again: list[int] = []
        self.decoder = LocalDecoder()
        self.touched = Touched(self.catalog, self, self.again.extend)
        self.before_decode = lambda: None
        self.path = self.save()
        self.met = self.meet(self.path)
        self.photo_id = self.met[0].photo_id

    def decode(self, *given):
        self.before_decode()
        return self.decoder.decode(*given)

    def read_facts(self, *given):
        return self.decoder.read_facts(*given)

    def save(self, caption=None):
        """A file of ever the same size and ends: what it says stands in between."""
        path = self.put("a.jpg", caption=caption)
        data = path.read_bytes()
        comment = b"\xff\xfe" + (40_000).to_bytes(2, "big") + b"c" * 39_998
        path.write_bytes((data[:2] + comment + comment + data[2:]).ljust(200_000, b"\0"))
        return path

    def touch(self):
        """The file's time changes, and the program looks at it."""
        os.utime(self.path, (TOUCHED_AT, TOUCHED_AT))
        self.touched.note(self.photo_id)
        self.touched.look_at_next()

    @property
    def now(self):
        return self.catalog.photo(self.photo_id)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def test_a_caption_given_by_another_program_is_read_though_no_pixel_changed(desk):
    desk.caption(*desk.met)
    desk.save(caption="Anna and the boat, Lisbon")
    desk.touch()
    assert (desk.now.caption, desk.now.source) == ("Anna and the boat, Lisbon", Source.FILE)
    assert desk.now.model_caption == "a boat"
    assert desk.now.stamp.mtime_ns == TOUCHED_AT * 10**9
    assert [hit.photo_id for hit in desk.catalog.search("lisbon")] == [desk.photo_id]
    assert desk.again == [] and desk.catalog.enqueue_pending("m") == 0


def test_a_sidecar_that_came_beside_a_touched_photo_is_read(desk):
    desk.caption(*desk.met)
    desk.path.with_name("a.jpg.xmp").write_text(SIDECAR)
    desk.touch()
    assert desk.now.caption == "Anna and the old boat"
    assert [keyword.name for keyword in desk.now.keywords if keyword.source is Source.FILE] == ["Anna"]


def test_a_touched_photo_that_got_no_caption_is_tried_again_and_not_taken_for_done(desk):
    job, decoded = desk.met
    desk.catalog.fail(job.id, Problem(ProblemKind.DEGENERATE, "Nothing of use.", ""), decoded)
    desk.save(caption="Anna and the boat")
    desk.touch()
    assert desk.again == [desk.photo_id]
    assert desk.now.state is PhotoState.FAILED


def test_a_file_written_since_it_was_touched_is_left_to_the_next_scan(desk):
    desk.caption(*desk.met)
    before = desk.now.stamp
    desk.put("a.jpg", caption="other ends, another size")
    desk.touch()
    assert (desk.now.stamp, desk.now.caption, desk.again) == (before, "a boat", [])


def test_a_file_written_while_it_is_looked_at_keeps_what_was_registered_of_it_then(desk):
    desk.caption(*desk.met)

    def write():
        desk.put("a.jpg", caption="Anna and the boat")
        desk.register(desk.path)

    desk.before_decode = write
    desk.touch()
    assert desk.now.content_hash == content_hash_of(desk.path.read_bytes())
    assert desk.now.stamp.mtime_ns == desk.path.stat().st_mtime_ns


def test_a_link_to_a_touched_photo_is_registered_with_the_time_of_the_photo(desk):
    """As a scan sees it: else every scan would find it touched."""
    desk.caption(*desk.met)
    target = desk.path.rename(desk.photos / ".annexed")
    desk.path.symlink_to(target)
    desk.touch()
    assert desk.now.stamp.mtime_ns == TOUCHED_AT * 10**9
