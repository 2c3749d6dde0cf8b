"""Writes into real files, taken back: every byte, and what somebody else did meanwhile."""

import os

import pytest
from pipeline_shelf import SIDECAR
from undo_desk import BESIDE, EMBED, EVERYTHING, Desk, bytes_in, outcomes

from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import (
    ExistingText,
    RunKind,
    UndoOutcome,
    UndoSelection,
    WriteOutcome,
    WritePolicy,
)

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


# ---------------------------------------------------------------------------------------- exactly


def test_photos_and_sidecars_are_exactly_as_before(desk):
    desk.captioned("a.jpg", "b.jpg", "sub/c.jpg")
    desk.captioned("with.jpg", sidecar=SIDECAR.replace("Anna and the old boat", ""))
    os.chmod(desk.photos / "a.jpg", 0o640)
    before = desk.files()
    desk.write(EMBED, desk.photos / "a.jpg", desk.photos / "sub" / "c.jpg")
    desk.write(BESIDE, desk.photos / "b.jpg", desk.photos / "with.jpg")
    written = desk.files()
    assert sorted(written.keys() - before.keys()) == ["b.jpg.xmp"]
    assert [name for name in before if before[name][0] != written[name][0]] == [
        "a.jpg", "sub/c.jpg", "with.jpg.xmp",
    ]  # fmt: skip
    reports = desk.undo(UndoSelection(photo_ids=tuple(desk.catalog.all_photo_ids())))
    assert {os.path.basename(report.target_path): report.outcome for report in reports} == {
        "a.jpg": UndoOutcome.RESTORED, "b.jpg.xmp": UndoOutcome.REMOVED,
        "c.jpg": UndoOutcome.RESTORED, "with.jpg.xmp": UndoOutcome.RESTORED,
    }  # fmt: skip
    after = desk.files()
    assert bytes_in(desk.photos) == {name: content for name, (content, _, _) in before.items()}
    for name in ("a.jpg", "b.jpg", "sub/c.jpg"):
        assert after[name] == before[name], "its time and mode, too"
    for path in (desk.photos / "a.jpg", desk.photos / "b.jpg"):
        assert (desk.photo(path).written, desk.photo(path).state) == (WriteTarget.NONE, PhotoState.DONE)
        assert desk.photo(path).stamp.mtime_ns == 1000 * 10**9
    assert list(desk.catalog.pending_paths(WriteTarget.EMBED)) == []
    assert len(desk.rewritten) == 2, "their thumbnails go along"


def test_without_a_selection_the_last_run_is_taken_back_and_then_the_one_before(desk):
    first, second = desk.captioned("a.jpg", "b.jpg")
    original = bytes_in(desk.photos)
    desk.write(EMBED, first)
    between = bytes_in(desk.photos)
    desk.write(EMBED, second)
    assert [report.photo_path for report in desk.undo()] == [str(second)]
    assert bytes_in(desk.photos) == between
    desk.undo()
    assert bytes_in(desk.photos) == original
    assert desk.undo() == []


def test_a_dry_run_says_the_same_and_touches_nothing(desk):
    changed, stays = desk.captioned("a.jpg", "b.jpg")
    desk.write()
    changed.write_bytes(changed.read_bytes() + b"!")
    before, runs = desk.files(), desk.catalog.runs(9)
    planned = desk.undo(dry_run=True)
    assert outcomes(planned) == [UndoOutcome.CHANGED, UndoOutcome.RESTORED]
    assert (desk.files(), desk.catalog.runs(9)) == (before, runs)
    assert desk.undo() == planned
    assert stays.read_bytes() != before["b.jpg"][0]


def test_what_was_taken_back_is_written_again_when_a_person_asks(desk):
    (path,) = desk.captioned("a.jpg")
    desk.write()
    written = path.read_bytes()
    (run,) = desk.catalog.runs(9)
    desk.undo()
    (report,) = desk.write()
    assert report.outcome is WriteOutcome.EMBEDDED
    assert len(path.read_bytes()) == len(written)
    assert [each.kind for each in desk.catalog.runs(9)] == [RunKind.WRITE, RunKind.UNDO, RunKind.WRITE]
    assert outcomes(desk.undo(UndoSelection(run.id))) == [UndoOutcome.RESTORED]
    assert b"a boat" not in path.read_bytes()


def test_an_undo_is_taken_back_byte_for_byte(desk):
    desk.captioned("a.jpg", "b.jpg")
    desk.write(EMBED, desk.photos / "a.jpg")
    desk.write(BESIDE, desk.photos / "b.jpg")
    written = bytes_in(desk.photos)
    desk.undo(EVERYTHING)
    assert "b.jpg.xmp" not in bytes_in(desk.photos)
    (last, *_) = desk.catalog.runs(1)
    assert outcomes(desk.undo(UndoSelection(last.id))) == [UndoOutcome.RESTORED] * 2
    assert bytes_in(desk.photos) == written
    assert desk.photo(desk.photos / "a.jpg").state is PhotoState.WRITTEN


def test_a_persons_caption_that_a_run_replaced_comes_back(desk):
    (path,) = desk.captioned("a.jpg", caption="Anna, 1950")
    original = path.read_bytes()
    assert outcomes(desk.write()) == [WriteOutcome.KEPT]
    assert list(desk.catalog.kept_paths())
    (report,) = desk.write(WritePolicy(WriteTarget.EMBED, ExistingText.REPLACE))
    assert (report.outcome, report.after) == (WriteOutcome.EMBEDDED, "a boat")
    assert b"Anna" not in path.read_bytes().partition(b"BlipDesk")[2]
    desk.undo()
    assert path.read_bytes() == original
    assert desk.photo(path).caption == "Anna, 1950"


# ---------------------------------------------------------------------------------------- somebody else


def test_a_file_that_another_program_has_written_since_is_left_alone_and_named(desk):
    path, other = desk.captioned("a.jpg", "b.jpg")
    desk.write(EMBED, path)
    desk.write(BESIDE, other)
    beside = desk.photos / "b.jpg.xmp"
    for each in (path, beside):
        each.write_bytes(each.read_bytes() + b"\n")
    before = desk.files()
    reports = desk.undo(EVERYTHING)
    assert outcomes(reports) == [UndoOutcome.CHANGED] * 2
    assert {report.target_path for report in reports} == {str(path), str(beside)}
    assert all("Another program" in report.note for report in reports)
    assert desk.files() == before
    assert [run.kind for run in desk.catalog.runs(9)] == [RunKind.WRITE] * 2


def test_a_file_that_changes_between_the_look_and_the_replace_is_left_alone(desk):
    (path,) = desk.captioned("a.jpg")
    desk.write()
    read = desk.restorer.read

    def read_and_change(target):
        held = read(target)
        path.write_bytes(held[0] + b"cropped meanwhile")
        return held

    desk.restorer.read = read_and_change
    (report,) = desk.undo()
    assert (report.outcome, "meanwhile" in report.note) == (UndoOutcome.FAILED, True)
    assert path.read_bytes().endswith(b"cropped meanwhile")
    assert desk.catalog.open_writes() == []


def test_what_is_not_there_and_what_came_back_by_itself_is_said(desk):
    gone, back = desk.captioned("a.jpg", "b.jpg")
    original = back.read_bytes()
    desk.write()
    gone.unlink()
    back.write_bytes(original)
    assert outcomes(desk.undo()) == [UndoOutcome.GONE, UndoOutcome.ALREADY]
    assert back.read_bytes() == original and not gone.exists()


@posix
def test_links_and_read_only_files_are_left_alone(desk):
    linked, locked = desk.captioned("a.jpg", "b.jpg")
    desk.write()
    os.link(linked, desk.photos / "second name.jpg")
    locked.chmod(0o444)
    before = desk.files()
    reports = desk.undo()
    assert outcomes(reports) == [UndoOutcome.FAILED] * 2
    assert "several names" in reports[0].note and "read-only" in reports[1].note
    assert desk.files() == before
    assert all(not run.taken_back for run in desk.catalog.runs(9))


def test_a_photo_that_moved_with_its_sidecar_is_restored_where_it_is(desk):
    desk.captioned("a.jpg", "b.jpg")
    original = bytes_in(desk.photos)
    desk.write(EMBED, desk.photos / "a.jpg")
    desk.write(BESIDE, desk.photos / "b.jpg")
    (desk.photos / "moved").mkdir()
    for name in ("a.jpg", "b.jpg", "b.jpg.xmp"):
        (desk.photos / name).rename(desk.photos / "moved" / name)
    assert desk.catalog.rename_tree(str(desk.photos), str(desk.photos / "moved")) == 2
    assert outcomes(desk.undo(EVERYTHING)) == [UndoOutcome.RESTORED, UndoOutcome.REMOVED]
    assert bytes_in(desk.photos / "moved") == original
    assert [run.taken_back for run in desk.catalog.runs(9)] == [0, 1, 1]


# ---------------------------------------------------------------------------------------- more than one


@posix
@pytest.mark.parametrize("run", [None, 2, 1])
def test_a_photo_and_a_link_to_it_are_one_file(desk, run):
    photo, link = desk.photos / "b.jpg", desk.photos / "a.jpg"
    desk.captioned("b.jpg")
    link.symlink_to(photo)
    desk.caption(*desk.meet(link))
    original = photo.read_bytes()
    desk.write(EMBED, photo)
    first = photo.read_bytes()
    desk.catalog.set_user_caption(desk.photo(link).id, "Rex")
    desk.write(EMBED, link)
    assert b"Rex" in photo.read_bytes()
    selection = EVERYTHING if run is None else UndoSelection(run)
    planned = desk.undo(selection, dry_run=True)
    reports = desk.undo(selection)
    assert planned == reports
    assert outcomes(reports) == [UndoOutcome.RESTORED]
    assert photo.read_bytes() == (first if run == 2 else original)
    assert link.is_symlink()
    standing = 1 if run == 2 else None
    assert desk.catalog.last_run() == standing
    assert desk.photo(link).written is WriteTarget.NONE
    assert desk.photo(photo).written is (WriteTarget.EMBED if standing else WriteTarget.NONE)


def test_a_sidecar_of_two_photos_is_one_file(desk):
    shared = desk.photos / "a.xmp"
    shared.write_text(SIDECAR.replace("Anna and the old boat", ""))
    before = shared.read_bytes()
    for name, caption in (("a.jpg", "Rex"), ("a.cr2", "Max")):  # whose it is changes when the RAW photo comes
        (path,) = desk.captioned(name)
        desk.catalog.set_user_caption(desk.photo(path).id, caption)
        desk.write(WritePolicy(WriteTarget.SIDECAR, ExistingText.REPLACE), path)
    assert b"Max" in shared.read_bytes()
    reports = desk.undo(EVERYTHING)
    assert outcomes(reports) == [UndoOutcome.RESTORED]
    assert shared.read_bytes() == before
    assert desk.catalog.last_run() is None


def test_an_earlier_run_takes_later_ones_along_and_says_so(desk):
    (path,) = desk.captioned("a.jpg")
    original = path.read_bytes()
    desk.write()
    desk.catalog.set_user_caption(desk.photo(path).id, "Rex")
    desk.write()
    planned = desk.undo(UndoSelection(1), dry_run=True)
    assert planned[0].note == "What run 2 wrote into it later goes with it."
    assert desk.undo(UndoSelection(1)) == planned
    assert path.read_bytes() == original
    desk.write()
    assert [report.note for report in desk.undo()] == [""], "it was all that was asked for"


def test_the_run_before_is_taken_back_where_nothing_can_be_done_of_the_last(desk):
    first, changed, gone, back = desk.captioned("a.jpg", "b.jpg", "c.jpg", "d.jpg")
    original = {path: path.read_bytes() for path in (first, back)}
    desk.write(EMBED, first)
    desk.write(EMBED, changed, gone)
    changed.write_bytes(changed.read_bytes() + b"!")
    gone.unlink()
    planned = desk.undo(dry_run=True)
    assert outcomes(planned) == [UndoOutcome.CHANGED, UndoOutcome.GONE, UndoOutcome.RESTORED]
    assert all("Run 2 is passed over." in report.note for report in planned[:2])
    assert desk.undo() == planned
    assert first.read_bytes() == original[first]
    desk.write(EMBED, back)
    back.write_bytes(original[back])
    assert outcomes(desk.undo()) == [UndoOutcome.ALREADY]
    assert [run.taken_back for run in desk.catalog.runs(9) if run.kind is RunKind.WRITE] == [1, 0, 1]
    assert desk.photo(back).written is WriteTarget.NONE
    assert outcomes(desk.undo()) == [UndoOutcome.CHANGED, UndoOutcome.GONE]


@posix
def test_the_run_before_is_taken_back_where_the_last_cannot_be_now(desk):
    first, locked = desk.captioned("a.jpg", "b.jpg")
    original = first.read_bytes()
    desk.write(EMBED, first)
    desk.write(EMBED, locked)
    locked.chmod(0o444)
    planned = desk.undo(dry_run=True)
    assert outcomes(planned) == [UndoOutcome.FAILED, UndoOutcome.RESTORED]
    assert "read-only" in planned[0].note and "Run 2 is passed over." in planned[0].note
    assert desk.undo() == planned
    assert first.read_bytes() == original
    locked.chmod(0o644)
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED], "it is still there to be taken back"


@pytest.mark.parametrize("column, damage", [("old_part", "x'00'"), ("parts", "'[['"), ("parts", "'[[1]]'")])
def test_a_damaged_journal_fails_for_that_file_alone(desk, column, damage):
    damaged, other = desk.captioned("a.jpg", "b.jpg")
    original = other.read_bytes()
    desk.write()
    desk.catalog._database.write(
        lambda tx: tx.connection.exec_driver_sql(f'UPDATE "write" SET {column} = {damage} WHERE id = 1')
    )
    before = damaged.read_bytes()
    reports = desk.undo()
    assert outcomes(reports) == [UndoOutcome.FAILED, UndoOutcome.RESTORED]
    assert "damaged" in reports[0].note
    assert (damaged.read_bytes(), other.read_bytes()) == (before, original)
