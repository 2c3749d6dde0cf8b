"""An undo beside the writing, of many files together, and where it cannot go on."""

import errno
import os

import pytest
from undo_desk import EMBED, Desk, bytes_in, outcomes

from blipdesk.domain.errors import Cancelled, CatalogError
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import (
    UndoOutcome,
    UndoSelection,
    WritePolicy,
)
from blipdesk.metadata import FileMetadataWriter
from blipdesk.pipeline import turns, undo, undo_batch, write_batch
from blipdesk.pipeline.turns import Turn

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def test_what_was_waiting_to_be_written_is_not_written_over_an_undo(desk, monkeypatch):
    first, second = desk.captioned("a.jpg", "b.jpg")
    desk.write()
    for path in (first, second):
        desk.catalog.set_user_caption(desk.photo(path).id, "Rex")
    writer = FileMetadataWriter()
    desk.back._writer = writer
    apply_all = writer.apply_all

    def apply_and_undo_the_rest(plans):
        results = apply_all(plans)
        if plans[0].photo_path == str(first):
            desk.undo(UndoSelection(photo_ids=(desk.photo(second).id,)))
        return results

    writer.apply_all = apply_and_undo_the_rest
    monkeypatch.setattr(write_batch, "MOST", 1)
    desk.back._write_pass(EMBED)
    assert b"Rex" in first.read_bytes()
    assert b"Rex" not in second.read_bytes() and b"a boat" not in second.read_bytes()


def test_an_hour_without_writes_or_another_policy_begins_a_new_run(desk, monkeypatch):
    for number in range(4):
        desk.captioned(f"{number}.jpg")
        if number == 2:
            monkeypatch.setattr(turns, "RUN_SECONDS", -1.0)
        desk.back._write_pass(EMBED)
    assert [run.embedded for run in desk.catalog.runs(9)] == [1, 1, 2]
    monkeypatch.undo()
    desk.captioned("4.jpg")
    other = WritePolicy(WriteTarget.EMBED, keep_times=False)
    desk.back.set_policy(other)
    desk.back._write_pass(other)
    assert len(desk.catalog.runs(9)) == 4


def test_a_run_counts_what_it_left_alone_and_forgets_itself_when_that_is_all(desk):
    desk.captioned("theirs.jpg", caption="Anna, 1950")
    desk.back._write_pass(EMBED)
    assert desk.catalog.runs(9) == []
    desk.captioned("a.jpg", "b.jpg")
    desk.captioned("also theirs.jpg", caption="Anna, 1951")
    desk.back._write_pass(EMBED)
    (run,) = desk.catalog.runs(9)
    assert (run.embedded, run.kept, run.refused) == (2, 1, 0)


def test_what_was_written_while_the_undo_waited_for_its_turn_is_ours(desk):
    (path,) = desk.captioned("a.jpg")
    original = path.read_bytes()
    desk.write()
    desk.catalog.set_user_caption(desk.photo(path).id, "Rex")

    class WaitingTurn(Turn):
        """Taken when the write-back has written once more."""

        def __enter__(self):
            if b"Rex" not in path.read_bytes():
                desk.write()
            super().__enter__()

    desk.turn = WaitingTurn()
    assert outcomes(desk.undo(UndoSelection(photo_ids=(desk.photo(path).id,)))) == [UndoOutcome.RESTORED]
    assert path.read_bytes() == original


def test_an_undo_can_be_stopped_between_two_photos(desk):
    desk.captioned("a.jpg", "b.jpg", "c.jpg")
    desk.write()

    def stop(done, total):
        assert total == 3
        if done == 2:
            raise Cancelled

    assert outcomes(desk.undo(on_progress=stop)) == [UndoOutcome.RESTORED] * 2
    assert [run.taken_back for run in desk.catalog.runs(9)] == [0, 2]
    assert outcomes(desk.undo()) == [UndoOutcome.ALREADY] * 2 + [UndoOutcome.RESTORED]


def test_a_full_disk_leaves_the_file_as_it_is_and_is_said(desk, monkeypatch):
    (path,) = desk.captioned("a.jpg")
    desk.write()
    written = path.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        (report,) = desk.undo()
    assert (report.outcome, "No space left" in report.note) == (UndoOutcome.FAILED, True)
    assert bytes_in(desk.photos) == {"a.jpg": written}
    assert desk.catalog.open_writes() == []
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]


def test_a_catalog_that_cannot_be_written_ends_the_undo(desk, monkeypatch):
    desk.captioned("a.jpg", "b.jpg")
    desk.write()
    before = desk.files()

    def fail(*_):
        raise CatalogError("The disk with the catalog is full.", "")

    with monkeypatch.context() as patch, pytest.raises(CatalogError, match="full"):
        patch.setattr(desk.catalog, "begin_undos", fail)
        desk.undo()
    assert desk.files() == before


# ---------------------------------------------------------------------------------------- together


def test_a_batch_is_begun_in_one_commit_and_ended_in_another(desk, monkeypatch):
    monkeypatch.setattr(undo, "MOST", 2)
    desk.captioned("a.jpg", "b.jpg", "c.jpg")
    original = bytes_in(desk.photos)
    desk.write()
    calls = []

    def noted(name, call):
        return lambda which, *more: calls.append((name, len(which))) or call(which, *more)

    for name in ("begin_undos", "end_writes"):
        monkeypatch.setattr(desk.catalog, name, noted(name, getattr(desk.catalog, name)))
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED] * 3
    assert calls == [("begin_undos", 2), ("end_writes", 2), ("begin_undos", 1), ("end_writes", 1)]
    assert bytes_in(desk.photos) == original


def test_many_bytes_end_a_batch(desk, monkeypatch):
    monkeypatch.setattr(undo_batch, "MOST_BYTES", 1)
    desk.captioned("a.jpg", "b.jpg", "c.jpg")
    original = bytes_in(desk.photos)
    desk.write()
    sizes = []
    restore_all = desk.restorer.restore_all
    desk.restorer.restore_all = lambda which: sizes.append(len(which)) or restore_all(which)
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED] * 3
    assert sizes == [1, 1, 1]
    assert bytes_in(desk.photos) == original


def test_a_file_that_cannot_be_restored_leaves_the_others_of_its_batch_restored(desk):
    paths = desk.captioned("a.jpg", "b.jpg", "c.jpg")
    original = bytes_in(desk.photos)
    desk.write()
    restore_all = desk.restorer.restore_all

    def spoil(which):
        if any(one.path == str(paths[1]) for one in which):
            raise ZeroDivisionError
        return restore_all(which)

    desk.restorer.restore_all = spoil
    reports = desk.undo()
    assert outcomes(reports) == [UndoOutcome.RESTORED, UndoOutcome.FAILED, UndoOutcome.RESTORED]
    assert "a bug in BlipDesk (ZeroDivisionError)" in reports[1].note
    assert desk.catalog.open_writes() == []
    desk.restorer.restore_all = restore_all
    assert bytes_in(desk.photos) != original
    assert outcomes(desk.undo()) == [UndoOutcome.ALREADY, UndoOutcome.RESTORED, UndoOutcome.ALREADY]
    assert bytes_in(desk.photos) == original
