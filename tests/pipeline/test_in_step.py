"""A sidecar that we wrote earlier says what its photo says, or programs that read it first show old words."""

import os

import pytest
from pipeline_shelf import SIDECAR
from undo_desk import BESIDE, EMBED, Desk, bytes_in, outcomes

from blipdesk.domain.jobs import CaptionOptions, CaptionResult
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import UndoOutcome, WriteOutcome
from blipdesk.metadata import FileMetadataWriter, read_facts
from blipdesk.metadata.sidecar_patch import caption_of
from blipdesk.metadata.xmp import Xmp
from blipdesk.pipeline.captioner import Captioned, commit_of

EMPTY = SIDECAR.replace("Anna and the old boat", "")


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.writer = desk.back._writer = FileMetadataWriter()
    yield desk
    desk.close()


def again(desk, path, text):
    """The photo is captioned again, with another word for it."""
    desk.catalog.enqueue_forced([desk.photo(path).id], "m")
    job, decoded = desk.meet(path)
    result = Captioned(CaptionResult(text=text, keywords=("boat", "sea")))
    desk.catalog.commit_captions([commit_of(job, decoded, result, CaptionOptions())])


def keywords_of(sidecar):
    return Xmp(sidecar.read_bytes()).keywords()


def said(path):
    return caption_of(path.read_bytes())


@pytest.fixture(params=["ours", "patched"])
def beside(request, desk):
    """A photo with an older sidecar, made by us or by another program and patched, that holds our caption."""
    (photo,) = desk.captioned("a.jpg", sidecar=EMPTY if request.param == "patched" else None)
    desk.write(BESIDE)
    sidecar = desk.photos / "a.jpg.xmp"
    assert said(sidecar) == "a boat"
    return photo, sidecar


def test_captioned_again_and_embedded_the_sidecar_says_the_same(desk, beside):
    photo, sidecar = beside
    before = bytes_in(desk.photos)
    again(desk, photo, "a ship at sea")
    (report,) = desk.write(EMBED)
    assert (report.outcome, report.after) == (WriteOutcome.EMBEDDED, "a ship at sea")
    assert "sidecar" in report.note
    assert b"a ship at sea" in photo.read_bytes()
    assert said(sidecar) == "a ship at sea"
    assert "sea" in keywords_of(sidecar)
    assert ("Anna" in keywords_of(sidecar)) == (b"Anna" in before["a.jpg.xmp"])
    assert read_facts(photo.read_bytes(), "JPEG", sidecar.read_bytes()).caption is None
    assert desk.photo(photo).written is WriteTarget.EMBED
    written = bytes_in(desk.photos)
    assert outcomes(desk.write(EMBED)) == [WriteOutcome.UNCHANGED]
    assert bytes_in(desk.photos) == written
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED] * 2
    assert bytes_in(desk.photos) == before
    assert desk.photo(photo).written is WriteTarget.SIDECAR


def test_a_caption_edited_in_the_app_reaches_both_files_each_time(desk, beside):
    photo, sidecar = beside
    for text in ("Rex", "Rex at sea"):
        desk.catalog.set_user_caption(desk.photo(photo).id, text)
        assert outcomes(desk.write(EMBED)) == [WriteOutcome.EMBEDDED]
        assert (said(sidecar), text.encode() in photo.read_bytes()) == (text, True)
    assert desk.catalog.runs(1)[0].sidecars == 1


def test_a_caption_that_was_typed_for_the_sidecar_gives_way_as_well(desk, beside):
    photo, sidecar = beside
    desk.catalog.set_user_caption(desk.photo(photo).id, "Rex")
    desk.write(BESIDE)
    assert said(sidecar) == "Rex"
    desk.catalog.set_user_caption(desk.photo(photo).id, "Max")
    desk.write(EMBED)
    assert said(sidecar) == "Max"


def test_words_of_another_program_in_the_sidecar_stay(desk, beside):
    photo, sidecar = beside
    sidecar.write_bytes(sidecar.read_bytes().replace(b">a boat<", b">Anna's boat<"))
    theirs = sidecar.read_bytes()
    desk.catalog.set_user_caption(desk.photo(photo).id, "Rex")
    desk.write(EMBED)
    assert sidecar.read_bytes() == theirs


def test_a_photo_that_says_it_already_has_its_older_sidecar_mended(desk):
    """As versions left it that embedded and forgot the sidecar."""
    (photo,) = desk.captioned("a.jpg")
    desk.write(BESIDE)
    sidecar = desk.photos / "a.jpg.xmp"
    older = sidecar.read_bytes()
    again(desk, photo, "a ship at sea")
    desk.write(EMBED)
    sidecar.write_bytes(older)
    (report,) = desk.write(EMBED)
    assert report.outcome is WriteOutcome.SIDECAR
    assert said(sidecar) == "a ship at sea"
    assert desk.photo(photo).written is WriteTarget.EMBED
    desk.undo()
    assert sidecar.read_bytes() == older


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_sidecar_that_cannot_be_written_is_said_and_the_photo_is_embedded(desk, beside):
    photo, sidecar = beside
    sidecar.chmod(0o444)
    again(desk, photo, "a ship at sea")
    (report,) = desk.write(EMBED)
    assert report.outcome is WriteOutcome.EMBEDDED
    assert "read-only" in report.note
    assert said(sidecar) == "a boat"


@pytest.mark.parametrize("reached", ["neither", "photo", "sidecar", "both"])
def test_a_kill_between_the_two_files_is_mended_at_the_next_start(desk, beside, reached):
    photo, sidecar = beside
    before = bytes_in(desk.photos)
    again(desk, photo, "a ship at sea")
    files = {"neither": (), "photo": (photo,), "sidecar": (sidecar,), "both": beside}[reached]
    assert desk.write_and_be_killed(files) == {str(photo), str(sidecar)}
    assert len(desk.catalog.open_writes()) == 2
    desk.start_again()
    assert desk.catalog.open_writes() == []
    assert bool(list(desk.catalog.pending_paths(WriteTarget.EMBED))) == (reached != "both")
    desk.back._write_pass(EMBED)
    assert (said(sidecar), b"a ship at sea" in photo.read_bytes()) == ("a ship at sea", True)
    assert list(desk.catalog.pending_paths(WriteTarget.EMBED)) == []
    desk.undo()
    if reached not in ("neither", "both"):
        desk.undo()
    assert bytes_in(desk.photos) == before
