"""A person's caption that replaces another goes into the sidecar that shows that one, whoever wrote it."""

import pytest
from pipeline_shelf import SIDECAR
from undo_desk import BESIDE, EMBED, Desk, bytes_in, outcomes

from blipdesk.domain.errors import ProblemKind, photo_error
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import KeepText, UndoOutcome, WriteOutcome
from blipdesk.metadata import FileMetadataWriter, read_facts
from blipdesk.metadata.sidecar_patch import caption_of

THEIRS = "Anna and the old boat"
LATER = "Anna, later"
EMPTY = SIDECAR.replace(THEIRS, "")


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.writer = desk.back._writer = FileMetadataWriter()
    yield desk
    desk.close()


@pytest.fixture
def beside(desk):
    """A photo with the sidecar of another program, and what a person typed here instead of its caption."""
    (photo,) = desk.captioned("a.jpg", sidecar=SIDECAR)
    desk.write(EMBED)
    typed(desk, photo, "Rex")
    return photo, desk.photos / "a.jpg.xmp"


def typed(desk, photo, text):
    desk.catalog.set_user_caption(desk.photo(photo).id, text)


def said(sidecar):
    return caption_of(sidecar.read_bytes())


def test_the_caption_of_another_program_gives_way_beside_the_photo_too(desk, beside):
    photo, sidecar = beside
    before = bytes_in(desk.photos)
    (report,) = desk.write(EMBED)
    assert report.outcome is WriteOutcome.EMBEDDED
    assert "sidecar" in report.note
    assert (said(sidecar), b"Rex" in photo.read_bytes()) == ("Rex", True)
    assert b"<rdf:li>Anna</rdf:li>" in sidecar.read_bytes()
    written = bytes_in(desk.photos)
    assert outcomes(desk.write(EMBED)) == [WriteOutcome.UNCHANGED]
    assert bytes_in(desk.photos) == written
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED] * 2
    assert bytes_in(desk.photos) == before


def test_each_later_edit_reaches_both_and_a_withdrawn_one_leaves_what_was_there(desk, beside):
    photo, sidecar = beside
    for text in ("Rex", "Rex at sea"):
        typed(desk, photo, text)
        desk.write(EMBED)
        assert (said(sidecar), text.encode() in photo.read_bytes()) == (text, True)
    typed(desk, photo, None)
    desk.write(EMBED)
    assert said(sidecar) == THEIRS
    assert b"Rex" not in photo.read_bytes()
    assert list(desk.catalog.pending_paths(WriteTarget.EMBED)) == []


def test_a_withdrawn_caption_goes_from_both_where_a_machines_takes_its_place(desk):
    (photo,) = desk.captioned("a.jpg", sidecar=EMPTY)
    sidecar = desk.photos / "a.jpg.xmp"
    desk.write(BESIDE)
    for text, shown in (("Rex", "Rex"), (None, "a boat")):
        typed(desk, photo, text)
        desk.write(EMBED)
        assert (said(sidecar), shown.encode() in photo.read_bytes()) == (shown, True)
    assert b"Rex" not in photo.read_bytes() + sidecar.read_bytes()


def test_a_photo_that_says_it_already_has_the_sidecar_follow_each_time(desk):
    (photo,) = desk.captioned("a.jpg", caption="Rex", sidecar=SIDECAR)
    sidecar = desk.photos / "a.jpg.xmp"
    for text in ("Rex", "Rex at sea"):
        typed(desk, photo, text)
        desk.write(EMBED)
        assert (said(sidecar), text.encode() in photo.read_bytes()) == (text, True)


def test_words_that_the_catalog_did_not_know_stay_and_are_said(desk, beside):
    _, sidecar = beside
    sidecar.write_text(SIDECAR.replace(THEIRS, LATER))
    before = bytes_in(desk.photos)
    (report,) = desk.write(EMBED)
    assert report.outcome is WriteOutcome.KEPT and "its sidecar" in report.note
    assert bytes_in(desk.photos) == before
    assert [(conflict.mine, conflict.file) for conflict in desk.catalog.conflicts()] == [("Rex", LATER)]


@pytest.mark.parametrize("keep, stays", [(KeepText.MINE, "Rex"), (KeepText.BOTH, LATER)])
def test_words_that_came_meanwhile_give_way_only_where_a_person_decides_so(desk, beside, keep, stays):
    photo, sidecar = beside
    sidecar.write_text(SIDECAR.replace(THEIRS, LATER))
    facts = read_facts(photo.read_bytes(), "JPEG", sidecar.read_bytes())
    desk.catalog.store_facts(desk.photo(photo).id, desk.photo(photo).content_hash, facts)
    assert desk.write(EMBED) == []
    desk.catalog.decide([desk.photo(photo).id], keep)
    (report,) = desk.write(EMBED)
    assert (said(sidecar), "something else" in report.note) == (stays, False)


def test_a_sidecar_that_cannot_be_written_now_is_when_it_can_be(desk, beside):
    _, sidecar = beside
    fail_at(desk, str(sidecar))
    (report,) = desk.write(EMBED)
    assert (report.outcome, said(sidecar)) == (WriteOutcome.EMBEDDED, THEIRS)
    assert "still says something else" in report.note
    del desk.writer.apply_all
    desk.back._write_pass(EMBED)
    assert said(sidecar) == THEIRS, "not at once"
    desk.back._retry_at.clear()
    desk.back._write_pass(EMBED)
    assert (said(sidecar), list(desk.catalog.pending_paths(WriteTarget.EMBED))) == ("Rex", [])


def fail_at(desk, path):
    apply_all = desk.writer.apply_all

    def apply(plans):
        results = apply_all([plan for plan in plans if plan.target_path != path])
        return [*results, photo_error(ProblemKind.IO, "The disk is full.")]

    desk.writer.apply_all = apply


@pytest.mark.parametrize("reached", ["neither", "photo", "sidecar", "both"])
def test_a_kill_between_the_two_files_is_mended_at_the_next_start(desk, beside, reached):
    photo, sidecar = beside
    before = bytes_in(desk.photos)
    files = {"neither": (), "photo": (photo,), "sidecar": (sidecar,), "both": beside}[reached]
    assert desk.write_and_be_killed(files) == {str(photo), str(sidecar)}
    assert len(desk.catalog.open_writes()) == 2
    desk.start_again()
    assert desk.catalog.open_writes() == []
    assert bool(list(desk.catalog.pending_paths(WriteTarget.EMBED))) == (reached != "both")
    desk.back._write_pass(EMBED)
    assert (said(sidecar), b"Rex" in photo.read_bytes()) == ("Rex", True)
    assert list(desk.catalog.pending_paths(WriteTarget.EMBED)) == []
    desk.undo()
    if reached not in ("neither", "both"):
        desk.undo()
    assert bytes_in(desk.photos) == before


def test_a_photo_with_older_words_of_ours_is_named_when_a_sidecar_gets_the_new_ones(desk):
    (photo,) = desk.captioned("a.jpg")
    desk.write(EMBED)
    before = photo.read_bytes()
    (report,) = desk.write(BESIDE)
    assert "still says" not in report.note, "they are the same"
    typed(desk, photo, "Rex")
    (report,) = desk.write(BESIDE)
    assert report.outcome is WriteOutcome.SIDECAR
    assert "still says what BlipDesk wrote into it" in report.note
    assert photo.read_bytes() == before, "it is left alone all the same"
    desk.write(EMBED)
    (report,) = desk.write(BESIDE)
    assert "still says" not in report.note
