"""Our captions after another program has rewritten the metadata and dropped our marks with it."""

import re
import shutil
import subprocess

import pytest
from PIL import Image
from undo_desk import BESIDE, Desk, outcomes

from blipdesk.domain.jobs import CaptionOptions, CaptionResult
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import UndoOutcome, WriteOutcome
from blipdesk.metadata import read_facts
from blipdesk.pipeline.captioner import Captioned, commit_of

MARKS = re.compile(rb"<!--/?BlipDesk.*?-->")


def with_exiftool(path, *more):
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-Rating=5", *more, str(path)], check=True, timeout=60
    )


def by_hand(path, *more):
    """What such a program leaves: the same fields in a block and a packet of its own."""
    with Image.open(path) as image:
        exif, packet = image.getexif(), MARKS.sub(b"", image.info["xmp"])
        exif[0x4746] = 5
        image.save(path, "JPEG", quality="keep", exif=exif, xmp=packet)


@pytest.fixture(params=["exiftool", "by hand"])
def rewrite(request):
    if request.param == "by hand":
        return by_hand
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    return with_exiftool


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def caption(desk, path, text):
    """A run meets the file as it is now, and the model says this of it."""
    job, decoded = desk.meet(path)
    result = Captioned(CaptionResult(text=text, keywords=("boat",)))
    desk.catalog.commit_captions([commit_of(job, decoded, result, CaptionOptions())])
    return desk.photo(path)


def said(path):
    with Image.open(path) as image:
        exif = image.getexif()
        return exif.get(0x010E), exif.get(0x9C9C), image.info.get("xmp", b"")


def test_a_machines_caption_stays_one_and_gives_way_to_the_next(desk, rewrite):
    (path,) = desk.captioned("a.jpg")
    desk.write()
    rewrite(path)
    theirs = path.read_bytes()
    assert b"BlipDesk machine" not in theirs
    assert read_facts(theirs, "JPEG").caption == "a boat", "to somebody who does not know what we wrote"
    photo = caption(desk, path, "a ship at sea")
    assert (photo.facts.caption, photo.caption) == (None, "a ship at sea")
    assert outcomes(desk.write()) == [WriteOutcome.EMBEDDED]
    described, commented, packet = said(path)
    assert described == "a ship at sea"
    assert "a ship" in str(commented if isinstance(commented, str) else commented.decode("utf-16-le"))
    assert b"a ship at sea" in packet and b">a boat<" not in packet
    assert outcomes(desk.write()) == [WriteOutcome.UNCHANGED]
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]
    assert path.read_bytes() == theirs


def test_a_persons_edit_replaces_it_as_well_and_then_gives_way_again(desk, rewrite):
    (path,) = desk.captioned("a.jpg")
    desk.write()
    rewrite(path)
    photo = caption(desk, path, "a boat")
    desk.catalog.set_user_caption(photo.id, "Rex")
    assert outcomes(desk.write()) == [WriteOutcome.EMBEDDED]
    assert said(path)[0] == "Rex"


def test_what_a_person_writes_beside_it_is_theirs(desk):
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    (path,) = desk.captioned("a.jpg")
    desk.write()
    with_exiftool(path, "-IPTC:Caption-Abstract=Anna, 1950")
    photo = caption(desk, path, "a ship at sea")
    assert (photo.facts.caption, photo.caption) == ("Anna, 1950", "Anna, 1950")
    before = path.read_bytes()
    desk.write()
    assert b"Anna, 1950" in path.read_bytes() and b"a ship" not in path.read_bytes()
    (plan,) = desk.write()
    assert plan.outcome is not WriteOutcome.EMBEDDED
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]
    assert path.read_bytes() == before


def test_a_sidecar_whose_marks_were_dropped_is_known_too(desk):
    (path,) = desk.captioned("a.jpg")
    desk.write(BESIDE)
    sidecar = desk.photos / "a.jpg.xmp"
    packet = MARKS.sub(b"", sidecar.read_bytes())
    packet = re.sub(rb' (xmlns:)?blipdesk(:\w+)?="[^"]*"', b"", packet)
    assert b"a boat" in packet and b"lipdesk" not in packet.replace(b'xmptk="BlipDesk"', b"")
    sidecar.write_bytes(packet)
    desk.catalog.enqueue_forced([desk.photo(path).id], "m")
    photo = caption(desk, path, "a ship at sea")
    assert (photo.facts.caption, photo.caption) == (None, "a ship at sea")
    assert outcomes(desk.write(BESIDE)) == [WriteOutcome.SIDECAR]
    assert b"a ship at sea" in sidecar.read_bytes() and b"a boat" not in MARKS.sub(b"", sidecar.read_bytes())
    assert desk.photo(path).written is WriteTarget.SIDECAR
