"""Undo where another program wrote between two of our runs: as far back as nobody else wrote."""

import pytest
from undo_desk import BESIDE, EMBED, EVERYTHING, LAST_RUN, Desk, bytes_in, outcomes

from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import UndoOutcome, UndoSelection, WriteOutcome
from blipdesk.pipeline.scan import Scanner

FIRST, SECOND = UndoSelection(run_id=1), UndoSelection(run_id=2)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def say(desk, path, caption, policy=EMBED):
    desk.catalog.set_user_caption(desk.photo(path).id, caption)
    desk.write(policy, path)


def of_photo(desk, path):
    return UndoSelection(photo_ids=(desk.photo(path).id,))


@pytest.fixture(params=[EMBED, BESIDE], ids=["embedded", "beside"])
def between(desk, request):
    """A photo that we wrote, then another program, then we: the file, and what that program left."""
    (path,) = desk.captioned("a.jpg")
    target = path if request.param is EMBED else path.with_name("a.jpg.xmp")
    desk.write(request.param, path)
    target.write_bytes(target.read_bytes() + b"\n")
    theirs = target.read_bytes()
    say(desk, path, "Rex", request.param)
    assert target.read_bytes() != theirs
    return path, target, theirs


@pytest.mark.parametrize("select", [of_photo, lambda *_: EVERYTHING])
def test_the_newest_of_our_writes_is_taken_back_and_why_it_goes_no_further_is_said(desk, between, select):
    path, target, theirs = between
    planned = desk.undo(select(desk, path), dry_run=True)
    (report,) = desk.undo(select(desk, path))
    assert target.read_bytes() == theirs
    assert (report.outcome, report.run_id) == (UndoOutcome.PARTLY, 3)
    assert report.note == (
        "Another program changed it between run 1 and run 2: it goes back to what that one left, no further."
    )
    assert [(one.outcome, one.note) for one in planned] == [(report.outcome, report.note)]
    assert [run.taken_back for run in desk.catalog.runs(9)] == [0, 1, 0]
    assert desk.photo(path).written is not WriteTarget.NONE, "what the first run wrote stands"
    assert outcomes(desk.undo(select(desk, path))) == [UndoOutcome.CHANGED], "no more of it can be"
    assert target.read_bytes() == theirs


@pytest.mark.parametrize("policy", [EMBED, BESIDE], ids=["embedded", "beside"])
def test_where_that_program_had_dropped_our_caption_it_waits_to_be_asked_for_again(desk, policy):
    (path,) = desk.captioned("a.jpg")
    plain = path.read_bytes()
    desk.write(policy)
    if policy is EMBED:
        theirs = bytes_in(desk.photos) | {"a.jpg": plain + b"cropped"}
        path.write_bytes(theirs["a.jpg"])
    else:
        theirs = {"a.jpg": plain}
        path.with_name("a.jpg.xmp").unlink()
    desk.write(policy)
    desk.undo()
    photo = desk.photo(path)
    assert bytes_in(desk.photos) == theirs, "nothing of ours is there"
    assert (photo.state, photo.written) == (PhotoState.DONE, WriteTarget.NONE)
    assert list(desk.catalog.undone_paths()) == [(photo.id, str(path))]
    desk.undo(UndoSelection(run_id=3))
    photo = desk.photo(path)
    assert (photo.state, photo.written) == (PhotoState.WRITTEN, policy.target)


def test_a_caption_that_was_typed_again_does_not_stand_where_another_one_does(desk):
    (path,) = desk.captioned("a.jpg")
    for caption in ("Rex", "Rex II", "Rex"):
        say(desk, path, caption)
    desk.undo()
    assert desk.photo(path).written is WriteTarget.EMBED, "Rex II stands"
    assert list(desk.catalog.undone_paths()) == [(desk.photo(path).id, str(path))]


def test_the_run_before_alone_is_not_in_reach(desk, between):
    _, target, _ = between
    stands = target.read_bytes()
    assert outcomes(desk.undo(FIRST)) == [UndoOutcome.CHANGED]
    assert target.read_bytes() == stands


def test_such_an_undo_is_taken_back(desk, between):
    path, target, _ = between
    stands = target.read_bytes()
    desk.undo(of_photo(desk, path))
    assert outcomes(desk.undo(UndoSelection(run_id=3))) == [UndoOutcome.RESTORED]
    assert target.read_bytes() == stands
    assert outcomes(desk.undo(SECOND)) == [UndoOutcome.RESTORED]


def test_where_all_before_was_taken_back_already_nothing_of_ours_is_left(desk):
    (path,) = desk.captioned("a.jpg")
    desk.write()
    desk.undo()
    path.write_bytes(path.read_bytes() + b"cropped")
    theirs = path.read_bytes()
    say(desk, path, "Rex")
    assert outcomes(desk.undo(EVERYTHING)) == [UndoOutcome.RESTORED]
    assert path.read_bytes() == theirs
    assert desk.photo(path).written is WriteTarget.NONE


def test_where_somebody_wrote_last_nothing_is_touched(desk, between):
    path, target, _ = between
    target.write_bytes(target.read_bytes() + b"\n")
    stands = target.read_bytes()
    assert outcomes(desk.undo(of_photo(desk, path))) == [UndoOutcome.CHANGED]
    assert target.read_bytes() == stands


def test_the_run_that_is_gone_back_to_stays_where_nothing_is_older(desk):
    (path,) = desk.captioned("a.jpg")
    desk.write()
    path.write_bytes(path.read_bytes() + b"cropped")
    (report,) = desk.undo(LAST_RUN)
    assert report.outcome is UndoOutcome.CHANGED
    assert "passed over" not in report.note, "there is no run to go on with"


def test_a_photo_that_was_renamed_is_found_again_as_the_note_says(desk):
    (path,) = desk.captioned("a.jpg")
    before = path.read_bytes()
    desk.write()
    path.rename(path.with_name("b.jpg"))
    (report,) = desk.undo()
    assert report.outcome is UndoOutcome.GONE
    assert "blipdesk caption" in report.note and "undo again" in report.note
    Scanner(desk.catalog, lambda *_, **__: None).scan(desk.folder)
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]
    assert path.with_name("b.jpg").read_bytes() == before


def test_a_copy_that_came_with_our_caption_is_said_to_be_none_of_ours(desk):
    (path,) = desk.captioned("a.jpg")
    before = path.read_bytes()
    desk.write()
    copy, plain = path.with_name("copy.jpg"), path.with_name("plain.jpg")
    copy.write_bytes(path.read_bytes())
    plain.write_bytes(before)
    desk.caption(*desk.meet(copy))
    stands = copy.read_bytes()
    assert outcomes(desk.write(EMBED, copy)) == [WriteOutcome.UNCHANGED]
    ids = [desk.photo(copy).id, desk.register(plain)]
    for dry_run in (True, False):
        (report,) = desk.undo(UndoSelection(photo_ids=tuple(ids)), dry_run)
        assert (report.photo_path, report.outcome) == (str(copy), UndoOutcome.PRUNED)
        assert "did not write into this file" in report.note
    assert copy.read_bytes() == stands
    assert outcomes(desk.undo(of_photo(desk, path))) == [UndoOutcome.RESTORED]
