"""Photos that are written together: each as safely as alone, whatever happens to the others."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from undo_desk import BESIDE, EMBED, EVERYTHING, Desk, bytes_in

from blipdesk.catalog import write_entry
from blipdesk.domain.errors import Cancelled, ProblemKind, UsageError, photo_error
from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import UndoOutcome, UndoSelection, WriteOutcome
from blipdesk.metadata import FileMetadataWriter
from blipdesk.pipeline import whereabouts, write_batch

NAMES = tuple(f"{number}.jpg" for number in range(6))


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.writer = FileMetadataWriter()
    desk.back._writer = desk.writer
    yield desk
    desk.close()


def commits_of(desk):
    """The calls that commit to the journal, by name."""
    calls = []

    def noted(name):
        function = getattr(desk.catalog, name)

        def call(*arguments):
            calls.append(name)
            return function(*arguments)

        return call

    for name in ("begin_writes", "end_writes"):
        setattr(desk.catalog, name, noted(name))
    return calls


def test_a_batch_is_begun_in_one_commit_and_ended_in_another(desk, monkeypatch):
    monkeypatch.setattr(write_batch, "MOST", 4)
    desk.captioned(*NAMES)
    calls = commits_of(desk)
    reports = desk.write()
    assert calls == ["begin_writes", "end_writes"] * 2
    assert [report.path for report in reports] == [str(desk.photos / name) for name in NAMES]
    assert {report.outcome for report in reports} == {WriteOutcome.EMBEDDED}
    assert desk.catalog.open_writes() == []
    del calls[:]
    assert {report.outcome for report in desk.write()} == {WriteOutcome.UNCHANGED}
    assert calls == ["end_writes"] * 2


def test_a_batch_holds_no_more_than_so_many_bytes(desk, monkeypatch):
    desk.captioned(*NAMES)
    monkeypatch.setattr(write_batch, "MOST_BYTES", (desk.photos / NAMES[0]).stat().st_size + 1)
    calls = commits_of(desk)
    desk.write()
    assert calls == ["begin_writes", "end_writes"] * len(NAMES)


def test_photos_of_a_batch_that_fail_are_refused_alone_and_stay_pending(desk):
    paths = desk.captioned(*NAMES)
    plan, changed = desk.writer.plan, {}

    def plan_and_change(path, *rest):
        made = plan(path, *rest)
        if path == str(paths[2]):
            with open(path, "ab") as file:
                file.write(b"another program was here")
            changed[path] = Path(path).read_bytes()
        if path == str(paths[4]):
            os.unlink(path)
        return made

    desk.writer.plan = plan_and_change
    reports = desk.write()
    refused = [report.path for report in reports if report.outcome is WriteOutcome.REFUSED]
    assert refused == [str(paths[2]), str(paths[4])]
    assert [report.outcome for report in reports].count(WriteOutcome.EMBEDDED) == 4
    assert paths[2].read_bytes() == changed[str(paths[2])]
    assert not paths[4].exists()
    assert "changed by another program" in reports[2].note
    assert desk.catalog.open_writes() == []
    assert {path for _, path in desk.catalog.pending_paths(WriteTarget.EMBED)} == set(refused)
    (run,) = desk.catalog.runs(9)
    assert (run.embedded, run.refused) == (4, 2)


def test_photos_that_share_a_sidecar_are_written_one_after_the_other(desk):
    """Both captions have to stand in it as if each photo had been written alone."""
    for suffix in (".jpg", ".png"):
        desk.captioned(f"a{suffix}")
    (desk.photos / "a.xmp").write_bytes(
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about=""/></rdf:RDF></x:xmpmeta>'
    )
    kept = bytes_in(desk.photos)
    reports = desk.write(BESIDE)
    assert WriteOutcome.REFUSED not in {report.outcome for report in reports}
    together = bytes_in(desk.photos)
    desk.undo(EVERYTHING)
    assert bytes_in(desk.photos) == kept
    for suffix in (".jpg", ".png"):
        desk.write(BESIDE, desk.photos / f"a{suffix}")
    assert bytes_in(desk.photos).keys() == together.keys()


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_photo_and_a_link_to_it_are_not_written_over_one_another(desk):
    (path,) = desk.captioned("a.jpg")
    link = desk.photos / "b.jpg"
    link.symlink_to(path)
    desk.caption(*desk.meet(link))
    reports = desk.write()
    assert [report.outcome for report in reports] == [WriteOutcome.EMBEDDED, WriteOutcome.UNCHANGED]
    assert link.is_symlink()


def test_stopping_ends_the_writing_between_two_photos(desk):
    desk.captioned(*NAMES)

    def stop_at_the_fourth(place, count):
        assert count == len(NAMES)
        if place == 3:
            raise Cancelled

    ids = list(desk.catalog.all_photo_ids())
    reports = desk.back.write_asked_for(EMBED, ids, stop_at_the_fourth)
    assert [report.outcome for report in reports] == [WriteOutcome.EMBEDDED] * 3
    assert len(list(desk.catalog.pending_paths(WriteTarget.EMBED))) == 3


def test_an_unforeseen_end_leaves_a_journal_that_says_what_was_written(desk):
    paths = desk.captioned(*NAMES)
    original = bytes_in(desk.photos)
    apply_all = desk.writer.apply_all

    def fail_after_two(plans):
        apply_all(plans[:2])
        raise KeyboardInterrupt

    desk.writer.apply_all = fail_after_two
    with pytest.raises(KeyboardInterrupt):
        desk.write()
    assert desk.catalog.open_writes() == []
    assert {path for _, path in desk.catalog.pending_paths(WriteTarget.EMBED)} == set(map(str, paths[2:]))
    desk.undo()
    assert bytes_in(desk.photos) == original


@pytest.mark.parametrize("step", ["plan", "apply_all", "apply_all, and done"])
def test_a_photo_with_a_bug_is_refused_alone_and_the_log_has_its_trace(desk, caplog, step):
    paths = desk.captioned(*NAMES)
    poison = str(paths[2])
    plan, apply_all = desk.writer.plan, desk.writer.apply_all

    def failing_plan(path, *rest):
        if step == "plan" and path == poison:
            raise RuntimeError("a bug")
        return plan(path, *rest)

    def failing_apply(plans):
        done = [apply_all([one]) for one in plans if step.endswith("done") or one.photo_path != poison]
        if len(done) < len(plans) or any(one.photo_path == poison for one in plans):
            raise RuntimeError("a bug")
        return [result for (result,) in done]

    desk.writer.plan = failing_plan
    if step != "plan":
        desk.writer.apply_all = failing_apply
    reports = {report.path: report for report in desk.write()}
    refused = {path for path, report in reports.items() if report.outcome is WriteOutcome.REFUSED}
    assert refused == (set() if step.endswith("done") else {poison})
    assert "RuntimeError: a bug" in caplog.text
    assert desk.catalog.open_writes() == []
    assert {path for _, path in desk.catalog.pending_paths(WriteTarget.EMBED)} == refused
    assert b"a boat" in paths[-1].read_bytes()


@pytest.mark.parametrize("error", [RuntimeError("a bug"), UsageError("This plan writes nothing.")])
def test_a_photo_that_cannot_be_journalled_is_refused_alone(desk, error):
    paths = desk.captioned(*NAMES)
    begin_writes = desk.catalog.begin_writes

    def failing(entries):
        if any(entry.pending.path == str(paths[2]) for entry in entries):
            raise error
        return begin_writes(entries)

    desk.catalog.begin_writes = failing
    reports = {report.path: report for report in desk.write()}
    refused = [path for path, report in reports.items() if report.outcome is WriteOutcome.REFUSED]
    assert refused == [str(paths[2])]
    assert ("bug in BlipDesk" if isinstance(error, RuntimeError) else str(error)) in reports[refused[0]].note
    assert [path for _, path in desk.catalog.pending_paths(WriteTarget.EMBED)] == refused
    assert b"a boat" in paths[-1].read_bytes()


def test_a_write_that_was_done_although_the_disk_said_no_is_known_to_be(desk):
    (path,) = desk.captioned("a.jpg")
    original = path.read_bytes()
    apply_all = desk.writer.apply_all

    def do_and_complain(plans):
        apply_all(plans)
        return [photo_error(ProblemKind.IO, "The network broke off.")]

    desk.writer.apply_all = do_and_complain
    (report,) = desk.write()
    assert report.outcome is WriteOutcome.EMBEDDED
    assert list(desk.catalog.pending_paths(WriteTarget.EMBED)) == []
    desk.undo()
    assert path.read_bytes() == original


@pytest.fixture
def broken_off(desk, monkeypatch):
    """A write that was done when the program was interrupted, on a drive that did not answer any more."""
    desk.captioned("a.jpg")
    apply_all = desk.writer.apply_all

    def do_and_die(plans):
        apply_all(plans)
        raise KeyboardInterrupt

    def silent(path):
        raise photo_error(ProblemKind.IO, "The drive does not answer.")

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(whereabouts, "whole_hash", silent)
        patch.setattr(desk.writer, "apply_all", do_and_die)
        desk.write()
    return desk


def test_what_cannot_be_read_stays_open_until_it_can(broken_off, monkeypatch):
    desk = broken_off
    (path,) = desk.photos.iterdir()

    def silent(path):
        raise photo_error(ProblemKind.IO, "The drive does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(whereabouts, "whole_hash", silent)
        desk.back.recover()
        assert len(desk.catalog.open_writes()) == 1
    elsewhere = path.rename(path.parent.parent / "elsewhere.jpg")
    desk.back.recover()
    assert len(desk.catalog.open_writes()) == 1
    elsewhere.rename(path)
    desk.back.recover()
    assert desk.catalog.open_writes() == []
    assert [report.outcome for report in desk.undo()] == [UndoOutcome.RESTORED]
    assert b"a boat" not in path.read_bytes()


def test_a_cut_write_whose_file_somebody_changed_ends_and_its_old_bytes_are_kept(broken_off, caplog):
    desk = broken_off
    (path,) = desk.photos.iterdir()
    photo_id, written = desk.photo(path).id, path.read_bytes()
    kept = desk.catalog.journal_size().bytes
    path.write_bytes(written + b"cropped")  # neither the old bytes nor the new ones
    desk.back.recover()
    assert desk.catalog.open_writes() == []
    assert "another program has changed the file since" in caplog.text
    assert "another program has changed the file since" in desk.photo(path).write_note
    assert [path for _, path in desk.catalog.pending_paths(WriteTarget.EMBED)] == [str(path)]
    of_photo = UndoSelection(photo_ids=(photo_id,))
    assert [report.outcome for report in desk.undo(of_photo)] == [UndoOutcome.CHANGED]
    assert desk.catalog.journal_size().bytes > kept == 0
    path.write_bytes(written)
    assert [report.outcome for report in desk.undo(of_photo)] == [UndoOutcome.RESTORED]
    assert b"a boat" not in path.read_bytes()


def test_what_was_written_after_an_unproven_write_is_taken_back_to_what_it_found(broken_off):
    desk = broken_off
    (path,) = desk.photos.iterdir()
    path.write_bytes(path.read_bytes() + b"cropped")
    theirs = path.read_bytes()
    desk.back.recover()
    desk.catalog.set_user_caption(desk.photo(path).id, "Rex")
    desk.write()
    assert b"Rex" in path.read_bytes()
    assert [report.outcome for report in desk.undo(EVERYTHING)] == [UndoOutcome.RESTORED]
    assert path.read_bytes() == theirs
    assert [run.left for run in desk.catalog.runs(9)] == [1, 0]


def test_what_a_later_write_found_there_tells_what_happened(broken_off):
    desk = broken_off
    (path,) = desk.photos.iterdir()
    (left,) = desk.catalog.open_writes()
    (due,) = desk.catalog.writes_of([desk.photo(path).id], WriteTarget.EMBED, EMBED.existing)
    plan = FileMetadataWriter().plan(str(path), replace(due.text, caption="Rex", source=Source.USER), EMBED)
    (later,) = desk.catalog.begin_writes([write_entry(due, plan, WriteTarget.EMBED)])
    FileMetadataWriter().apply_all([plan])
    desk.catalog.finish_write(later.write_id, plan.outcome, "", None)
    desk.back.recover()
    assert desk.catalog.open_writes() == []
    assert [report.outcome for report in desk.undo(EVERYTHING)] == [UndoOutcome.RESTORED]
    assert b"a boat" not in path.read_bytes() and b"Rex" not in path.read_bytes()
    assert left.write_id != later.write_id


def test_what_is_open_is_settled_before_the_file_is_written_again(broken_off):
    desk = broken_off
    (path,) = desk.photos.iterdir()
    desk.catalog.set_user_caption(desk.photo(path).id, "Rex")
    desk.write()
    assert desk.catalog.open_writes() == []
    assert b"Rex" in path.read_bytes()
    assert [report.outcome for report in desk.undo(EVERYTHING)] == [UndoOutcome.RESTORED]
    assert b"a boat" not in path.read_bytes() and b"Rex" not in path.read_bytes()


def test_an_undo_that_is_interrupted_after_the_file_was_restored_is_known_to_be_done(desk):
    (path,) = desk.captioned("a.jpg")
    original = path.read_bytes()
    desk.write()
    restore = desk.restorer.restore_all

    def do_and_die(*arguments, **named):
        restore(*arguments, **named)
        raise KeyboardInterrupt

    desk.restorer.restore_all = do_and_die
    with pytest.raises(KeyboardInterrupt):
        desk.undo()
    assert path.read_bytes() == original
    assert desk.catalog.open_writes() == []
    assert desk.catalog.last_run() is None
    desk.restorer.restore_all = restore
    (undo_run, *_) = desk.catalog.runs(1)
    assert [report.outcome for report in desk.undo(UndoSelection(undo_run.id))] == [UndoOutcome.RESTORED]
    assert b"a boat" in path.read_bytes()
