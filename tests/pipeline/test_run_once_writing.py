"""A headless run that writes back: every caption once, nothing outside its roots, whatever was cut."""

import pytest
from pipeline_desk import Desk

from blipdesk.catalog import write_entry
from blipdesk.domain.errors import CatalogError, KnownError, Problem, ProblemKind
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import CATALOG_ONLY, WritePolicy


@pytest.fixture
def writing_desk(tmp_path):
    return Desk(tmp_path, WritePolicy(WriteTarget.EMBED))


def test_captions_are_written_and_the_own_write_is_not_captioned_again(writing_desk):
    path = writing_desk.put("a.jpg", b"a|")
    summary = writing_desk.run()
    assert (summary.captioned, summary.written) == (1, 1)
    assert path.read_bytes() == b"a|photo of a"
    before = path.stat()
    summary = writing_desk.run()
    assert (summary.captioned, summary.written, summary.unchanged) == (0, 0, 1)
    assert path.stat().st_ino == before.st_ino


def test_a_failing_write_neither_stops_captioning_nor_is_forgotten(writing_desk):
    for number in range(5):
        writing_desk.put(f"p{number}.jpg", b"%d|" % number)
    writing_desk.writer.problems["p2.jpg"] = Problem(ProblemKind.IO, "The disk is full.")
    summary = writing_desk.run()
    assert (summary.captioned, summary.written, len(summary.refused)) == (5, 4, 1)
    assert summary.refused == ((str(writing_desk.folder / "p2.jpg"), "The disk is full."),)
    writing_desk.writer.problems.clear()
    summary = writing_desk.run()
    assert (summary.captioned, summary.written) == (0, 1)


def test_a_refused_write_is_tried_once_more_in_each_run(writing_desk):
    writing_desk.put("a.jpg", b"a|")
    writing_desk.writer.refusals["a.jpg"] = "The file is read-only."
    assert writing_desk.run().refused == ((str(writing_desk.folder / "a.jpg"), "The file is read-only."),)
    assert writing_desk.writer.planned == 1
    writing_desk.writer.refusals.clear()
    assert writing_desk.run().written == 1


def cut_write(desk, reached_the_file):
    """A captioned photo whose write was journalled, and perhaps done, when the program was killed."""
    path = desk.put("a.jpg", b"a|")
    desk.write = CATALOG_ONLY
    desk.run()
    (due,) = desk.catalog.pending_writes(1, WriteTarget.EMBED)
    plan = desk.writer.plan(str(path), due.text, WritePolicy(WriteTarget.EMBED))
    desk.catalog.begin_writes([write_entry(due, plan, WriteTarget.EMBED)])
    if reached_the_file:
        desk.writer.apply(plan)
    return path


@pytest.mark.parametrize("reached_the_file", [True, False])
def test_a_write_cut_by_a_kill_is_settled_at_the_next_start(writing_desk, reached_the_file):
    desk = writing_desk
    path = cut_write(desk, reached_the_file)
    temp = desk.put(".blipdesk-ba9876543210.tmp", b"half")
    desk.write = WritePolicy(WriteTarget.EMBED)
    summary = desk.run()
    assert summary.captioned == 0
    assert summary.written == (0 if reached_the_file else 1)
    assert path.read_bytes() == b"a|photo of a"
    assert not temp.exists()
    assert not desk.catalog.open_writes()


def test_a_cut_write_on_a_drive_that_is_not_connected_is_settled_when_it_is_back(writing_desk, tmp_path):
    desk = writing_desk
    path = cut_write(desk, reached_the_file=True)
    desk.folder.rename(tmp_path / "unplugged")
    desk.folder.mkdir()  # its empty mount point stays
    desk.catalog.set_setting("mount.1", "/where/it/was")
    desk.run()
    assert desk.catalog.open_writes()
    desk.folder.rmdir()
    (tmp_path / "unplugged").rename(desk.folder)
    desk.run()
    assert not desk.catalog.open_writes()
    record = desk.catalog.by_path(path)
    assert record.settled and record.captioned_times == 1


def test_a_long_run_writes_by_rounds_and_keeps_the_thumbnails_good(writing_desk, monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.batches.ROUND", 8)
    for number in range(30):
        writing_desk.put(f"p{number}.jpg", b"%d|" % number)
    pipeline, written = writing_desk.pipeline(), []
    pipeline.on_captioned = lambda path: written.append(
        sum(file.read_bytes().endswith(b"|") for file in writing_desk.folder.iterdir())
    )
    summary = pipeline.run_once()
    pipeline.stop()
    assert (summary.captioned, summary.written) == (30, 30)
    assert written[-1] < 22  # most were written long before the end
    assert len(set(written)) < 6  # and by rounds, between which no file is touched
    for record in writing_desk.catalog.records.values():
        assert writing_desk.thumbnails.get(record.id, record.content_hash)


@pytest.mark.parametrize("by_file", [False, True])
def test_naming_a_root_writes_no_photo_outside_of_it(writing_desk, tmp_path, by_file):
    desk = writing_desk
    desk.write = CATALOG_ONLY
    other = tmp_path / "photos2"  # the root's name begins this one's, too
    desk.catalog.add_folder(str(other))
    outside = desk.put(str(other / "b.jpg"), b"b|")
    inside, beside = desk.put("a.jpg", b"a|"), desk.put("beside.jpg", b"c|")
    assert desk.run().captioned == 3
    desk.write = WritePolicy(WriteTarget.EMBED)
    before = outside.stat()

    summary = desk.run([str(inside if by_file else desk.folder)])

    assert summary.written == (1 if by_file else 2)
    assert inside.read_bytes() == b"a|photo of a"
    assert beside.read_bytes() == (b"c|" if by_file else b"c|photo of c")
    assert outside.read_bytes() == b"b|"
    assert outside.stat() == before
    desk.run()
    assert outside.read_bytes() == b"b|photo of b"  # it stayed pending


@pytest.mark.parametrize(
    "error, said",
    [
        (CatalogError("The disk with the catalog is full.", ""), "full"),
        (RuntimeError("a bug"), "bug"),
    ],
)
def test_a_pass_that_broke_off_makes_the_run_fail(writing_desk, monkeypatch, error, said):
    def broken(*_):
        raise error

    writing_desk.put("a.jpg", b"a|")
    monkeypatch.setattr(writing_desk.catalog, "end_writes", broken)
    with pytest.raises(KnownError, match=said):
        writing_desk.run()
    assert writing_desk.catalog.by_path(writing_desk.folder / "a.jpg").caption, "captioned all the same"
