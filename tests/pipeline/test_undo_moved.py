"""Undo where photos have moved, and others stand where they were: each photo's own files, and no others."""

import os
import shutil

import pytest
from pipeline_shelf import SIDECAR
from undo_desk import BESIDE, EMBED, EVERYTHING, LAST_RUN, Desk, bytes_in, outcomes

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import ExistingText, UndoOutcome, UndoSelection, WritePolicy

ADOBE = WritePolicy(WriteTarget.SIDECAR, adobe_names=True)
RATED = SIDECAR.replace("Anna and the old boat", "")
WAYS = {
    "into the photo": (EMBED, "a.jpg", None, None),
    "a.jpg.xmp made": (BESIDE, "a.jpg", None, "a.jpg.xmp"),
    "a.jpg.xmp patched": (BESIDE, "a.jpg", "a.jpg.xmp", "a.jpg.xmp"),
    "a.JPG.XMP patched": (BESIDE, "a.JPG", "a.JPG.XMP", "a.JPG.XMP"),
    "a.xmp made": (ADOBE, "a.cr2", None, "a.xmp"),
    "a.xmp patched": (BESIDE, "a.jpg", "a.xmp", "a.xmp"),
}
SELECTED = {
    "a run": (lambda first, second: UndoSelection(1), "first"),
    "a photo": (lambda first, second: UndoSelection(photo_ids=(second,)), "second"),
    "nothing": (lambda first, second: LAST_RUN, "second"),
    "everything": (lambda first, second: EVERYTHING, "both"),
}


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def back_from(way):
    return UndoOutcome.REMOVED if way.endswith("made") else UndoOutcome.RESTORED


def put(desk, way, camera):
    """A photo in the folder x, captioned, with the sidecar that stands there before; and what it is then."""
    _, name, beside, _ = WAYS[way]
    folder = desk.photos / "x"
    folder.mkdir(exist_ok=True)
    if beside is not None:
        (folder / beside).write_text(RATED.replace(">Anna<", f">{camera}<"))
    (path,) = desk.captioned(f"x/{name}", camera=camera)
    return desk.photo(path).id, bytes_in(folder)


def write(desk, way, folder="x"):
    policy, name, _, _ = WAYS[way]
    before = bytes_in(desk.photos)
    desk.write(policy, desk.photos / folder / name)
    assert bytes_in(desk.photos) != before


def move(desk, old="x", new="y"):
    os.rename(desk.photos / old, desk.photos / new)
    assert desk.catalog.rename_tree(str(desk.photos / old), str(desk.photos / new)) > 0


def names(reports, desk):
    return [os.path.relpath(report.target_path, desk.photos) for report in reports]


def written_where(desk, way):
    _, name, _, beside = WAYS[way]
    return beside or name


@pytest.mark.parametrize("selected", SELECTED)
@pytest.mark.parametrize("way", WAYS)
def test_a_photo_that_moved_and_one_that_took_its_path_are_taken_back_each_for_itself(desk, way, selected):
    first, first_was = put(desk, way, "One")
    write(desk, way)
    first_is = bytes_in(desk.photos / "x")
    move(desk)
    second, second_was = put(desk, way, "Two")
    write(desk, way)
    second_is = bytes_in(desk.photos / "x")
    selection, whose = SELECTED[selected]
    selection = selection(first, second)
    planned = desk.undo(selection, dry_run=True)
    reports = desk.undo(selection)
    assert reports == planned or desk.catalog.runs(1)[0].id == reports[0].run_id
    folders = {"first": ["y"], "second": ["x"], "both": ["y", "x"]}[whose]
    assert names(reports, desk) == [os.path.join(folder, written_where(desk, way)) for folder in folders]
    assert outcomes(planned) == outcomes(reports) == [back_from(way)] * len(folders)
    assert all(not report.note for report in reports), "no other run goes with it"
    assert bytes_in(desk.photos / "y") == (first_is if whose == "second" else first_was)
    assert bytes_in(desk.photos / "x") == (second_is if whose == "first" else second_was)
    (one,), (two,) = desk.catalog.photos([first]), desk.catalog.photos([second])
    assert (one.written is WriteTarget.NONE) == (whose != "second")
    assert (two.written is WriteTarget.NONE) == (whose != "first")
    desk.undo(EVERYTHING)
    assert (bytes_in(desk.photos / "y"), bytes_in(desk.photos / "x")) == (first_was, second_was)


@pytest.mark.parametrize("moves", ["before the undo", "after the undo"])
@pytest.mark.parametrize("way", WAYS)
def test_an_undo_is_taken_back_where_the_photo_is_now(desk, way, moves):
    _, was = put(desk, way, "One")
    write(desk, way)
    written = bytes_in(desk.photos / "x")
    if moves == "before the undo":
        move(desk)
    desk.undo()
    if moves == "after the undo":
        move(desk)
    undo_run = desk.catalog.runs(1)[0].id
    put(desk, way, "Two")
    write(desk, way)
    second_is = bytes_in(desk.photos / "x")
    assert bytes_in(desk.photos / "y") == was
    assert outcomes(desk.undo(UndoSelection(1))) == [UndoOutcome.ALREADY]
    reports = desk.undo(UndoSelection(undo_run))
    assert names(reports, desk) == [os.path.join("y", written_where(desk, way))]
    assert outcomes(reports) == [UndoOutcome.RESTORED]
    assert (bytes_in(desk.photos / "y"), bytes_in(desk.photos / "x")) == (written, second_is)
    move(desk, "y", "z")
    assert outcomes(desk.undo(UndoSelection(1))) == [back_from(way)]
    assert (bytes_in(desk.photos / "z"), bytes_in(desk.photos / "x")) == (was, second_is)


@pytest.mark.parametrize("selection", [UndoSelection(1), UndoSelection(2)])
@pytest.mark.parametrize("way", WAYS)
def test_a_photo_that_was_written_before_and_after_its_move_goes_back_all_the_way(desk, way, selection):
    first, was = put(desk, way, "One")
    write(desk, way)
    between = bytes_in(desk.photos / "x")
    move(desk)
    desk.catalog.set_user_caption(first, "Rex")
    write(desk, way, "y")
    put(desk, way, "Two")
    beside = bytes_in(desk.photos / "x")
    reports = desk.undo(selection)
    assert names(reports, desk) == [os.path.join("y", written_where(desk, way))]
    stands = os.path.lexists(reports[0].target_path)
    assert outcomes(reports) == [UndoOutcome.RESTORED if stands else UndoOutcome.REMOVED]
    assert bytes_in(desk.photos / "y") == (between if selection.run_id == 2 else was)
    desk.undo(EVERYTHING)
    assert (bytes_in(desk.photos / "y"), bytes_in(desk.photos / "x")) == (was, beside)
    assert desk.catalog.last_run() is None


@pytest.mark.parametrize("way", ["a.jpg.xmp made", "a.xmp made"])
def test_a_sidecar_that_stayed_behind_is_taken_away_there(desk, way):
    _, name, _, beside = WAYS[way]
    put(desk, way, "One")
    write(desk, way)
    left = (desk.photos / "x" / beside).read_bytes()
    move(desk)
    (desk.photos / "x").mkdir()
    os.rename(desk.photos / "y" / beside, desk.photos / "x" / beside)
    assert outcomes(desk.undo(dry_run=True)) == [back_from(way)]
    put(desk, way, "Two")  # it has not been written: nobody but us wrote what lies beside it
    assert names(desk.undo(), desk) == [os.path.join("x", beside)]
    assert sorted(bytes_in(desk.photos)) == [os.path.join("x", name), os.path.join("y", name)]
    undo_run = desk.catalog.runs(1)[0].id
    assert names(desk.undo(UndoSelection(undo_run)), desk) == [os.path.join("y", beside)], "beside its photo"
    assert (desk.photos / "y" / beside).read_bytes() == left


def test_a_sidecar_that_stayed_behind_and_got_another_photos_caption_goes_back_through_both(desk):
    put(desk, "a.jpg.xmp made", "One")
    write(desk, "a.jpg.xmp made")
    move(desk)
    (desk.photos / "x").mkdir()
    os.rename(desk.photos / "y" / "a.jpg.xmp", desk.photos / "x" / "a.jpg.xmp")
    second, _ = put(desk, "a.jpg.xmp made", "Two")
    desk.catalog.set_user_caption(second, "Rex")
    policy = WritePolicy(WriteTarget.SIDECAR, ExistingText.REPLACE)
    desk.write(policy, desk.photos / "x" / "a.jpg")
    (report,) = desk.undo(UndoSelection(1))
    assert (report.outcome, report.note) == (
        UndoOutcome.REMOVED, "What run 2 wrote into it later goes with it.",
    )  # fmt: skip
    assert sorted(bytes_in(desk.photos)) == ["x/a.jpg", "y/a.jpg"]
    assert desk.catalog.last_run() is None


def test_a_sidecar_with_the_same_bytes_beside_another_photo_is_not_taken_for_the_one_that_is_gone(desk):
    put(desk, "a.jpg.xmp made", "One")
    write(desk, "a.jpg.xmp made")
    move(desk)
    ours = desk.photos / "y" / "a.jpg.xmp"
    put(desk, "a.jpg.xmp made", "Two")
    write(desk, "a.jpg.xmp made")
    theirs = desk.photos / "x" / "a.jpg.xmp"
    desk.catalog._database.write(  # the two runs are one second and one number apart
        lambda tx: tx.connection.exec_driver_sql(
            'UPDATE "write" SET after_sha256 = (SELECT after_sha256 FROM "write" WHERE id = 2)'
        )
    )
    ours.unlink()
    before = bytes_in(desk.photos)
    reports = desk.undo(UndoSelection(1))
    assert (names(reports, desk), outcomes(reports)) == (["y/a.jpg.xmp"], [UndoOutcome.ALREADY])
    assert bytes_in(desk.photos) == before and theirs.exists()


def test_a_sidecar_that_moved_and_was_changed_by_another_program_is_left_alone_and_named(desk):
    put(desk, "a.jpg.xmp made", "One")
    write(desk, "a.jpg.xmp made")
    move(desk)
    put(desk, "a.jpg.xmp made", "Two")
    write(desk, "a.jpg.xmp made")
    moved = desk.photos / "y" / "a.jpg.xmp"
    moved.write_bytes(moved.read_bytes() + b"\n")
    before = bytes_in(desk.photos)
    reports = desk.undo(UndoSelection(1))
    assert (names(reports, desk), outcomes(reports)) == (["y/a.jpg.xmp"], [UndoOutcome.CHANGED])
    assert bytes_in(desk.photos) == before


@pytest.mark.parametrize("selection", [EVERYTHING, UndoSelection(1)])
def test_a_sidecar_of_two_photos_that_moved_with_both_is_one_file(desk, selection):
    shared = desk.photos / "x" / "a.xmp"
    shared.parent.mkdir()
    shared.write_text(RATED)
    before = shared.read_bytes()
    policy = WritePolicy(WriteTarget.SIDECAR, ExistingText.REPLACE)
    for name, caption in (("x/a.jpg", "Rex"), ("x/a.cr2", "Max")):
        (path,) = desk.captioned(name)
        desk.catalog.set_user_caption(desk.photo(path).id, caption)
        desk.write(policy, path)
    move(desk)
    shared.parent.mkdir()
    shutil.copy(desk.photos / "y" / "a.jpg", desk.photos / "x" / "b.jpg")
    shared.write_text("of somebody else")
    reports = desk.undo(selection)
    assert (names(reports, desk), outcomes(reports)) == (["y/a.xmp"], [UndoOutcome.RESTORED])
    assert (desk.photos / "y" / "a.xmp").read_bytes() == before
    assert shared.read_text() == "of somebody else"
    assert desk.catalog.last_run() is None


def test_a_run_whose_sidecar_was_carried_off_takes_none_back_that_was_made_in_its_place(desk):
    first, _ = put(desk, "a.jpg.xmp made", "One")
    write(desk, "a.jpg.xmp made")
    shutil.move(desk.photos / "x" / "a.jpg.xmp", desk.photos / "elsewhere.xmp")
    desk.catalog.set_user_caption(first, "Rex")
    write(desk, "a.jpg.xmp made")
    before = bytes_in(desk.photos)
    assert outcomes(desk.undo(UndoSelection(1))) == [UndoOutcome.CHANGED]
    assert bytes_in(desk.photos) == before, "what run 2 made has nothing of run 1 in it"
    assert outcomes(desk.undo(EVERYTHING)) == [UndoOutcome.REMOVED]
    assert sorted(bytes_in(desk.photos)) == ["elsewhere.xmp", "x/a.jpg"]


def test_a_run_that_was_put_back_is_taken_back_again_although_its_undo_keeps_nothing(desk):
    put(desk, "a.jpg.xmp made", "One")
    write(desk, "a.jpg.xmp made")
    for run in (1, 2):
        desk.undo(UndoSelection(run))
    desk.catalog._database.write(
        lambda tx: tx.connection.exec_driver_sql('UPDATE "write" SET pruned = 1 WHERE id < 3')
    )
    assert outcomes(desk.undo(UndoSelection(1))) == [UndoOutcome.REMOVED]
