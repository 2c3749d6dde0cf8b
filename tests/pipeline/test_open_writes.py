"""Writes whose end is not noted: nothing is given up of them, and they are taken back like any other."""

import errno
import os
from dataclasses import replace

import pytest
from undo_desk import BESIDE, EMBED, EVERYTHING, LAST_RUN, Desk, bytes_in, outcomes

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.values import FolderState, PhotoState
from blipdesk.domain.writes import ExistingText, UndoOutcome, WriteOutcome
from blipdesk.metadata import replace as replacing
from blipdesk.pipeline import open_writes, whereabouts
from blipdesk.pipeline.scan import Scanner

OVER = replace(EMBED, existing=ExistingText.REPLACE)
ANNA = "Anna in Lviv, 1931"


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def away(folder):
    return folder.with_name(folder.name + " away")


@pytest.fixture
def drive_goes_after_the_rename(desk, monkeypatch):
    """The rename is done, but nobody hears of it: the drive with the folder "x" is gone."""
    folder, rename, link = desk.photos / "x", os.replace, os.link

    def gone(step):
        def do(source, target):
            step(source, target)
            rename(folder, away(folder))
            raise OSError(errno.ETIMEDOUT, "Connection timed out")

        return do

    with monkeypatch.context() as patch:
        patch.setattr(replacing.os, "replace", gone(rename))
        patch.setattr(replacing.os, "link", gone(link))
        yield patch


@pytest.mark.parametrize("mount_point", ["none", "empty"])
@pytest.mark.parametrize("policy", [OVER, BESIDE])
def test_a_drive_that_goes_during_the_rename_gives_nothing_up(
    desk, drive_goes_after_the_rename, policy, mount_point
):
    folder = desk.photos / "x"
    desk.captioned("x/a.jpg", caption=ANNA if policy is OVER else None)
    before = bytes_in(desk.photos)
    assert outcomes(desk.write(policy)) == [WriteOutcome.REFUSED]
    drive_goes_after_the_rename.undo()
    if mount_point == "empty":
        folder.mkdir()
    assert outcomes(desk.undo(EVERYTHING)) == [UndoOutcome.GONE], "it is counted, and nothing is touched"
    desk.start_again()
    assert len(desk.catalog.open_writes()) == 1
    if mount_point == "empty":
        folder.rmdir()
    away(folder).rename(folder)
    desk.back.recover()
    assert bytes_in(desk.photos) != before
    taken_back = UndoOutcome.RESTORED if policy is OVER else UndoOutcome.REMOVED
    assert outcomes(desk.undo(EVERYTHING)) == [taken_back]
    assert bytes_in(desk.photos) == before
    assert desk.catalog.open_writes() == []


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOTCONN, errno.ESTALE])
def test_a_file_that_cannot_be_asked_for_is_not_taken_for_one_that_is_not_there(desk, monkeypatch, code):
    (path,) = desk.captioned("a.jpg")
    lstat = os.lstat

    def silent(asked, **named):
        if asked == f"{path}.xmp":
            raise OSError(code, os.strerror(code))
        return lstat(asked, **named)

    assert whereabouts.digest_of(f"{path}.xmp") == ""
    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", silent)
        assert whereabouts.digest_of(f"{path}.xmp") is None


def test_a_sidecar_on_a_drive_that_is_away_is_not_taken_for_taken_back(desk):
    desk.captioned("x/a.jpg")
    before = bytes_in(desk.photos)
    desk.write(BESIDE)
    folder = desk.photos / "x"
    folder.rename(away(folder))
    assert outcomes(desk.undo()) == [UndoOutcome.GONE]
    away(folder).rename(folder)
    assert outcomes(desk.undo()) == [UndoOutcome.REMOVED]
    assert bytes_in(desk.photos) == before


def test_a_sidecar_that_moved_with_its_photo_is_not_taken_for_taken_back(desk):
    (path,) = desk.captioned("a.jpg")
    (desk.photos / "note.txt").write_text("the folder is not empty")
    desk.write(BESIDE)
    for name in ("a.jpg", "a.jpg.xmp"):
        path.with_name(name).rename(path.with_name(name.replace("a", "x", 1)))
    assert outcomes(desk.undo(dry_run=True)) == outcomes(desk.undo()) == [UndoOutcome.GONE]
    Scanner(desk.catalog, lambda *_, **__: None).scan(desk.folder)
    assert outcomes(desk.undo()) == [UndoOutcome.REMOVED]
    assert sorted(bytes_in(desk.photos)) == ["note.txt", "x.jpg"]


@pytest.mark.parametrize("policy", [OVER, BESIDE])
def test_a_drive_that_is_offline_is_not_asked_at_each_pass_what_became_of_a_write(desk, monkeypatch, policy):
    (path,) = desk.captioned("a.jpg", caption=ANNA if policy is OVER else None)
    desk.write_and_be_killed([path if policy is OVER else path.with_name("a.jpg.xmp")], policy)
    (write,) = desk.catalog.open_writes()
    desk.catalog.set_folder_state(desk.folder.id, FolderState.OFFLINE)
    asked = []

    def digest_of(path):
        asked.append(path)
        return None

    with monkeypatch.context() as patch:
        patch.setattr(open_writes, "digest_of", digest_of)
        patch.setattr(desk.back, "sweep", asked.append)
        desk.write(policy)
        desk.back.start(by_rounds=True)
        desk.back.write_round()
        desk.back.finish()
    assert (asked, desk.back.error, desk.catalog.open_writes()) == ([], None, [write])
    desk.catalog.set_folder_state(desk.folder.id, FolderState.ONLINE)
    desk.write(policy)
    assert desk.catalog.open_writes() == []


# ---------------------------------------------------------------------------------------- found later


@pytest.mark.parametrize("policy", [OVER, BESIDE])
@pytest.mark.parametrize("selection", [LAST_RUN, EVERYTHING])
@pytest.mark.parametrize("reached", [True, False])
def test_a_cut_write_is_taken_back_where_its_folder_is_now(desk, policy, selection, reached):
    (path,) = desk.captioned("old/a.jpg", caption=ANNA if policy is OVER else None)
    (desk.photos / "new").mkdir()
    (before,) = bytes_in(desk.photos).values()
    target = path if policy is OVER else path.with_name("a.jpg.xmp")
    desk.write_and_be_killed([target] if reached else [], policy)
    new = desk.photos / "new" / "old"
    path.parent.rename(new)
    desk.start_again()
    Scanner(desk.catalog, lambda *_, **__: None).scan(desk.folder)
    taken_back = UndoOutcome.RESTORED if policy is OVER else UndoOutcome.REMOVED
    assert outcomes(desk.undo(selection)) == [taken_back] * reached
    assert bytes_in(desk.photos) == {"new/old/a.jpg": before}
    assert desk.catalog.open_writes() == []
    assert desk.photo(new / "a.jpg").caption == (ANNA if policy is OVER else "a boat")


@pytest.mark.parametrize("sidecar", ["moved", "left", "not made"])
@pytest.mark.parametrize("seen", ["next start", "dry run"])
def test_a_new_sidecar_is_ours_where_its_photo_is_found_again(desk, sidecar, seen):
    (path,) = desk.captioned("a.jpg")
    (desk.photos / "note.txt").write_text("the folder is not empty")
    before = path.read_bytes()
    made = path.with_name("a.jpg.xmp")
    desk.write_and_be_killed([made] if sidecar != "not made" else [], BESIDE)
    new = desk.photos / "k" / "x.jpg"
    new.parent.mkdir()
    path.rename(new)
    if sidecar == "moved":
        made.rename(new.with_name("x.jpg.xmp"))
    if seen == "next start":
        desk.start_again()
    else:
        desk.undo(dry_run=True)
    Scanner(desk.catalog, lambda *_, **__: None).scan(desk.folder)
    assert outcomes(desk.undo()) == [UndoOutcome.REMOVED] * (sidecar != "not made")
    assert bytes_in(desk.photos) == {"k/x.jpg": before, "note.txt": b"the folder is not empty"}
    assert desk.catalog.open_writes() == []
    assert desk.photo(new).caption == "a boat"


@pytest.mark.parametrize("reached", [True, False])
def test_a_cut_undo_of_a_new_sidecar_is_told_where_its_photo_is_found_again(desk, reached):
    (path,) = desk.captioned("a.jpg")
    (desk.photos / "note.txt").write_text("the folder is not empty")
    made, new = path.with_name("a.jpg.xmp"), path.with_name("x.jpg")
    desk.write(BESIDE)
    desk.undo_and_be_killed([made] if reached else [])
    path.rename(new)
    if not reached:
        made.rename(path.with_name("x.jpg.xmp"))
    desk.start_again()
    Scanner(desk.catalog, lambda *_, **__: None).scan(desk.folder)
    assert outcomes(desk.undo()) == [UndoOutcome.REMOVED] * (not reached)
    assert sorted(bytes_in(desk.photos)) == ["note.txt", "x.jpg"]
    assert desk.catalog.open_writes() == []


@pytest.mark.parametrize("selection", [LAST_RUN, EVERYTHING])
def test_a_write_whose_end_could_not_be_noted_is_taken_back_in_the_same_session(desk, selection):
    (path,) = desk.captioned("a.jpg", caption=ANNA)
    before = path.read_bytes()
    full_once(desk)
    with pytest.raises(CatalogError):
        desk.write(OVER)
    assert path.read_bytes() != before
    assert [run.id for run in desk.catalog.runs(9)] == [1], "it is listed, for it can be taken back"
    assert outcomes(desk.undo(selection, dry_run=True)) == [UndoOutcome.RESTORED]
    assert outcomes(desk.undo(selection)) == [UndoOutcome.RESTORED]
    assert path.read_bytes() == before


def test_the_next_write_notes_what_became_of_one_whose_end_could_not_be_noted(desk):
    (path,) = desk.captioned("a.jpg", caption=ANNA)
    before = path.read_bytes()
    full_once(desk)
    with pytest.raises(CatalogError):
        desk.write(OVER)
    desk.write(OVER)
    assert desk.catalog.open_writes() == []
    assert [run.embedded for run in desk.catalog.runs(9)] == [1]
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]
    assert path.read_bytes() == before


def test_a_write_that_a_scan_has_ended_meanwhile_counts_once(desk):
    (path,) = desk.captioned("old/a.jpg")
    before, end_writes = path.read_bytes(), desk.catalog.end_writes

    def rename_and_end(*ends):
        desk.catalog.end_writes = end_writes
        path.parent.rename(desk.photos / "new")
        Scanner(desk.catalog, lambda *_, **__: None).scan(desk.folder)
        end_writes(*ends)

    desk.catalog.end_writes = rename_and_end
    desk.write()
    (run,) = desk.catalog.runs(9)
    assert (run.embedded, desk.photo(desk.photos / "new" / "a.jpg").state) == (1, PhotoState.WRITTEN)
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]
    assert bytes_in(desk.photos) == {"new/a.jpg": before}
    assert desk.catalog.last_run() is None


def full_once(desk):
    """The catalog's disk has no room for the next note of what a write did."""
    end_writes = desk.catalog.end_writes

    def refuse(*_):
        desk.catalog.end_writes = end_writes
        raise CatalogError("The disk is full.", "Free some space.")

    desk.catalog.end_writes = refuse
