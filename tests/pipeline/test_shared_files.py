"""Photos that are one file: what is written or taken back for one of them is no change of the other."""

import os

import pytest
from undo_desk import EMBED, Desk, outcomes

from blipdesk.domain.writes import UndoOutcome
from blipdesk.pipeline.scan import Scanner

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links of POSIX")


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def due_for_captioning(desk):
    """What a scan finds changed and the model is asked for again."""
    Scanner(desk.catalog, lambda *_, **__: None).scan(desk.folder)
    return desk.catalog.enqueue_pending("m")


def test_a_link_is_not_captioned_again_for_what_was_written_through_another(desk):
    """As git-annex keeps photos: names that lead to objects in a hidden folder."""
    (photo,) = desk.captioned("a.jpg")
    held = desk.photos / ".objects" / "content"
    held.parent.mkdir()
    photo.rename(held)
    links = [photo, desk.photos / "b.jpg"]
    for link in links:
        link.symlink_to(held)
    desk.caption(*desk.meet(links[1]))
    assert due_for_captioning(desk) == 0
    desk.write(EMBED, photo)
    assert b"a boat" in held.read_bytes()
    assert due_for_captioning(desk) == 0
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]
    assert due_for_captioning(desk) == 0
    held.write_bytes(held.read_bytes() + b"cropped")
    os.utime(held, (2000, 2000))
    assert due_for_captioning(desk) == 2, "what somebody else changes still counts"


def test_a_copy_of_what_was_written_is_looked_at(desk):
    photo, copy = desk.captioned("a.jpg", "b.jpg")
    desk.write(EMBED, photo)
    copy.write_bytes(photo.read_bytes())
    os.utime(copy, (2000, 2000))
    assert due_for_captioning(desk) == 1
