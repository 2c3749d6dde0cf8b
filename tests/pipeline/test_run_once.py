"""A headless run over a folder, with in-memory neighbours: everything captioned or refused, once."""

import os
import shutil
import threading

import pytest
from pipeline_fakes import (
    BROKEN,
    DEGENERATE,
    KILLS_DECODER,
    KILLS_ENGINE,
    FakeCatalog,
    FakeDecoder,
    FakeModel,
    FakeThumbnails,
    FakeWriter,
)

from blipdesk.domain.errors import CatalogError, ModelError, Problem, ProblemKind
from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.values import WriteTarget
from blipdesk.pipeline import Pipeline, PipelineOptions


class Desk:
    """A pipeline over fakes and a folder of made-up photos."""

    def __init__(self, tmp_path, write=WriteTarget.NONE) -> None:
        self.folder = tmp_path / "photos"
        self.folder.mkdir()
        self.catalog = FakeCatalog()
        self.catalog.add_folder(str(self.folder))
        self.thumbnails, self.writer = FakeThumbnails(), FakeWriter()
        self.model, self.decoder = FakeModel(), FakeDecoder()
        self.write = write
        self.acknowledged: list[str] = []

    def put(self, name, content, old=True):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if old:
            os.utime(path, (1_700_000_000, 1_700_000_000))
        return path

    def pipeline(self, **options):
        return Pipeline(
            self.catalog, self.thumbnails, self.model, self.decoder, self.writer,
            PipelineOptions(engine=EngineSettings("fake"), write=self.write, watch=False, **options),
            on_captioned=self.acknowledge,
        )  # fmt: skip

    def acknowledge(self, path):
        assert self.catalog.by_path(path).caption, "acknowledged before the commit"
        self.acknowledged.append(os.path.basename(path))

    def run(self, roots=None, again_from_start=True):
        if again_from_start:
            self.model, self.decoder = FakeModel(), FakeDecoder()
        pipeline = self.pipeline()
        try:
            return pipeline.run_once(roots)
        finally:
            pipeline.stop()

    def caption(self, name):
        record = self.catalog.by_path(self.folder / name)
        return record and record.caption


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_every_photo_is_captioned_or_refused_with_its_reason(desk):
    for number in range(10):
        desk.put(f"roll{number % 3}/p{number}.jpg", b"scene %d|" % number)
    desk.put("broken.jpg", BROKEN + b"|")
    desk.put("dull.png", DEGENERATE + b"|")
    desk.put("notes.txt", b"no photo")
    desk.put(".hidden.jpg", b"hidden|")
    os.mkfifo(desk.folder / "pipe.jpg")

    summary = desk.run()

    assert summary.captioned == 10 == len(desk.acknowledged)
    reasons = {os.path.basename(path): problem.kind for path, problem in summary.failed}
    assert reasons == {
        "broken.jpg": ProblemKind.UNREADABLE,
        "dull.png": ProblemKind.DEGENERATE,
        "pipe.jpg": ProblemKind.NOT_REGULAR,
    }
    assert desk.caption("roll1/p1.jpg") == "photo of scene 1"
    assert len(desk.thumbnails.kept) == 11  # all that could be decoded


def test_batches_are_committed_whole(desk):
    for number in range(9):
        desk.put(f"p{number}.jpg", b"scene %d|" % number)
    desk.run()
    assert sum(desk.catalog.commit_sizes) == 9
    assert desk.catalog.commit_sizes == [size for size in desk.model.batches if size]


def test_a_second_run_loads_no_model_and_captions_nothing(desk):
    desk.put("a.jpg", b"a|")
    desk.put("broken.jpg", BROKEN)
    desk.run()
    summary = desk.run()
    assert (summary.captioned, summary.failed, desk.model.loads) == (0, (), 0)
    assert summary.unchanged == 2


def test_a_changed_picture_is_captioned_again_but_changed_metadata_is_not(desk):
    desk.put("a.jpg", b"a|")
    desk.put("b.jpg", b"b|")
    desk.run()
    desk.put("a.jpg", b"other|")
    desk.put("b.jpg", b"b|rated five stars")
    summary = desk.run()
    assert summary.captioned == 1
    assert desk.caption("a.jpg") == "photo of other"
    assert desk.catalog.by_path(desk.folder / "b.jpg").captioned_times == 1


def test_a_moved_photo_keeps_its_caption_and_a_deleted_one_becomes_missing(desk):
    moved, deleted = desk.put("a.jpg", b"a|"), desk.put("b.jpg", b"b|")
    desk.run()
    (desk.folder / "album").mkdir()
    moved.rename(desk.folder / "album" / "renamed.jpg")
    deleted.unlink()
    summary = desk.run()
    assert (summary.moved, summary.missing, summary.captioned) == (1, 1, 0)
    assert desk.caption("album/renamed.jpg") == "photo of a"
    record = desk.catalog.by_path(deleted)
    assert record.missing and record.caption == "photo of b"


def test_a_cancelled_run_ends_although_the_model_hangs_while_it_is_loaded(desk, monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.worker._LONGEST_TOKEN_SECONDS", 0.1)
    desk.put("a.jpg", b"a|")
    desk.model.load_gate.clear()
    pipeline = desk.pipeline()
    summaries = []
    run = threading.Thread(target=lambda: summaries.append(pipeline.run_once()), daemon=True)
    run.start()
    assert desk.model.in_load.wait(30)
    pipeline.cancel_run()
    run.join(30)
    desk.model.load_gate.set()
    pipeline.stop()
    assert summaries and summaries[0].interrupted and summaries[0].captioned == 0


def test_a_change_in_the_middle_of_a_file_of_equal_size_is_noticed(desk):
    left, right = b"l" * 70_000, b"r" * 70_000  # more than is hashed at either end
    path = desk.put("a.jpg", left + b"cat" + right + b"|")
    other = desk.put("b.jpg", left + b"cow" + right + b"|")
    desk.run()
    path.write_bytes(left + b"dog" + right + b"|")
    for each in (path, other):
        os.utime(each, (1_800_000_000, 1_800_000_000))
    assert desk.run().captioned == 1
    assert "dog" in desk.caption("a.jpg") and "cow" in desk.caption("b.jpg")
    assert desk.run().captioned == 0  # takes the time of the first one over
    assert desk.run().captioned == 0
    assert sum(desk.decoder.seen.values()) == 0, "what was looked at once is looked at again"


def test_a_damaged_middle_is_said_once(desk):
    left, right = b"l" * 70_000, b"r" * 70_000
    path = desk.put("a.jpg", left + b"ok" + right)
    desk.run()
    desk.model, desk.decoder = FakeModel(), FakeDecoder()
    desk.decoder.refuses = left + b"no"
    path.write_bytes(left + b"no" + right)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    assert [problem.kind for _, problem in desk.run(again_from_start=False).failed] == [
        ProblemKind.UNREADABLE
    ]
    assert desk.caption("a.jpg")
    assert desk.run().failed == ()


def test_a_photo_moved_and_touched_by_another_program_keeps_its_texts(desk):
    path = desk.put("a.jpg", b"a|")
    desk.put("b.jpg", b"b|")
    desk.run()
    desk.catalog.by_path(path).user_caption = "my own words"
    path.unlink()
    desk.put("album/renamed.jpg", b"a|rated five stars")
    assert desk.run().captioned == 0
    record = desk.catalog.by_path(desk.folder / "album" / "renamed.jpg")
    assert (record.user_caption, record.captioned_times) == ("my own words", 1)
    assert len(desk.catalog.records) == 2
    assert desk.run().unchanged == 2


def test_of_two_missing_photos_of_one_picture_none_is_preferred_by_chance(desk):
    paths = [desk.put("a.jpg", b"blank|1"), desk.put("b.jpg", b"blank|2")]
    desk.run()
    for path in paths:
        path.unlink()
    desk.put("c.jpg", b"blank|3")
    summary = desk.run()
    assert (summary.captioned, summary.missing) == (1, 2)
    assert len(desk.catalog.records) == 3


def test_a_scan_holds_one_directory_at_a_time_and_misses_nothing(desk):
    for number in range(12):
        desk.put(f"year{number % 4}/month/p{number}.jpg", b"scene %d|" % number)
    desk.run()
    shutil.rmtree(desk.folder / "year1")
    (desk.folder / "year2" / "month" / "p2.jpg").unlink()
    (desk.folder / "year3" / "month" / "p3.jpg").rename(desk.folder / "p3.jpg")
    summary = desk.run()
    assert (summary.missing, summary.moved, summary.unchanged) == (4, 1, 7)
    assert desk.catalog.most_known == 3


def test_the_catalog_is_backed_up_once_at_the_end_of_a_run(desk):
    desk.put("a.jpg", b"a|")
    desk.run()
    assert desk.catalog.backups == [(86400, 3, 1)]


def test_a_copy_is_a_photo_of_its_own(desk):
    desk.put("a.jpg", b"a|")
    desk.run()
    desk.put("copy.jpg", b"a|")
    assert desk.run().captioned == 1
    assert len(desk.catalog.records) == 2


def test_a_root_that_is_gone_loses_nothing(desk, tmp_path):
    desk.put("a.jpg", b"a|")
    desk.run()
    desk.folder.rename(tmp_path / "unplugged")
    summary = desk.run()
    assert summary.missing == 0
    assert "nothing is lost" in summary.skipped[0][1].lower()
    (tmp_path / "unplugged").rename(desk.folder)
    assert desk.run().unchanged == 1


def test_a_photo_that_kills_the_decoder_twice_costs_only_itself(desk):
    for number in range(6):
        desk.put(f"p{number}.jpg", b"scene %d|" % number)
    desk.put("killer.jpg", KILLS_DECODER + b"|")
    summary = desk.run()
    assert summary.captioned == 6
    assert [(os.path.basename(p), problem.kind) for p, problem in summary.failed] == [
        ("killer.jpg", ProblemKind.CRASHED)
    ]
    assert desk.decoder.seen[KILLS_DECODER] == 2


def test_no_photo_is_blamed_when_the_decoder_dies_on_everything(desk):
    desk.put("a.jpg", b"a|")
    desk.decoder.sick = True
    with pytest.raises(ModelError):
        desk.run(again_from_start=False)
    assert desk.catalog.deaths_recorded == 0
    assert desk.run().captioned == 1


def test_a_photo_that_kills_the_engine_costs_only_itself(desk):
    for number in range(7):
        desk.put(f"p{number}.jpg", b"scene %d|" % number)
    desk.put("killer.jpg", KILLS_ENGINE + b"|")
    summary = desk.run()
    assert summary.captioned == 7
    assert [problem.kind for _, problem in summary.failed] == [ProblemKind.CRASHED]


def test_no_photo_is_blamed_when_the_engine_cannot_run_at_all(desk):
    desk.put("a.jpg", b"a|")
    desk.model.dead = True
    with pytest.raises(ModelError):
        desk.run(again_from_start=False)
    assert desk.catalog.deaths_recorded == 0
    assert desk.run().captioned == 1


def test_a_model_that_cannot_be_loaded_ends_the_run_and_keeps_the_queue(desk):
    desk.put("a.jpg", b"a|")
    desk.model.load_error = ModelError("The checkpoint is damaged.")
    with pytest.raises(ModelError, match="damaged"):
        desk.run(again_from_start=False)
    assert desk.run().captioned == 1


def test_a_full_disk_ends_the_run_in_words_and_the_next_run_heals(desk):
    for number in range(12):
        desk.put(f"p{number}.jpg", b"scene %d|" % number)
    pipeline = desk.pipeline()
    pipeline.on_captioned = lambda path: setattr(desk.catalog, "broken", True)
    with pytest.raises(CatalogError):
        pipeline.run_once()
    pipeline.stop()
    desk.catalog.broken = False
    before = sum(r.caption is not None for r in desk.catalog.records.values())
    assert desk.run().captioned == 12 - before
    assert all(r.captioned_times == 1 for r in desk.catalog.records.values())


def test_cancelling_releases_what_is_in_hand(desk):
    for number in range(12):
        desk.put(f"p{number}.jpg", b"scene %d|" % number)
    desk.model.gate.clear()
    pipeline = desk.pipeline()
    summaries = []
    thread = threading.Thread(target=lambda: summaries.append(pipeline.run_once()))
    thread.start()
    assert desk.model.in_batch.wait(30)
    pipeline.cancel_run()
    thread.join(30)
    pipeline.stop()
    assert summaries[0].interrupted and not summaries[0].failed
    assert not any(job["state"] == "claimed" for job in desk.catalog.jobs.values())
    assert desk.run().captioned == 12


def test_a_file_or_a_subfolder_can_be_named(desk):
    desk.put("a.jpg", b"a|")
    desk.put("sub/b.jpg", b"b|")
    desk.put("sub/c.jpg", b"c|")
    assert desk.run([str(desk.folder / "a.jpg")]).captioned == 1
    assert desk.run([str(desk.folder / "sub")]).captioned == 2


def test_a_named_folder_leaves_what_waits_elsewhere_alone(desk):
    desk.put("a.jpg", b"a|")
    desk.put("sub/b.jpg", b"b|")
    desk.put("sub2/c.jpg", b"c|")
    desk.model.load_error = ModelError("The checkpoint is damaged.")
    with pytest.raises(ModelError):
        desk.run(again_from_start=False)  # all three are in the catalog, and wait
    assert desk.run([str(desk.folder / "sub")]).captioned == 1
    assert desk.caption("sub/b.jpg") and not desk.caption("a.jpg") and not desk.caption("sub2/c.jpg")
    assert desk.run([str(desk.folder / "sub")]).captioned == 0
    assert desk.model.loads == 0
    assert desk.run([str(desk.folder / "a.jpg")]).captioned == 1
    assert desk.run().captioned == 1


def test_young_files_are_taken_in_once_they_have_settled(desk):
    desk.put("new.jpg", b"new|", old=False)
    assert desk.run().captioned == 1


# ---------------------------------------------------------------------------------- write back


@pytest.fixture
def writing_desk(tmp_path):
    return Desk(tmp_path, WriteTarget.EMBED)


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


@pytest.mark.parametrize("reached_the_file", [True, False])
def test_a_write_cut_by_a_kill_is_settled_at_the_next_start(writing_desk, reached_the_file):
    desk = writing_desk
    path = desk.put("a.jpg", b"a|")
    desk.write = WriteTarget.NONE
    desk.run()
    record = desk.catalog.by_path(path)
    plan = desk.writer.plan(str(path), desk.catalog._text(record), WriteTarget.EMBED)
    desk.catalog.begin_write(record.id, plan)
    if reached_the_file:
        desk.writer.apply(plan)
    desk.write = WriteTarget.EMBED
    summary = desk.run()
    assert summary.captioned == 0
    assert summary.written == (0 if reached_the_file else 1)
    assert path.read_bytes() == b"a|photo of a"
    assert not desk.catalog.open_writes()


def test_a_cut_write_on_a_drive_that_is_not_connected_is_settled_when_it_is_back(writing_desk, tmp_path):
    desk = writing_desk
    path = desk.put("a.jpg", b"a|")
    desk.write = WriteTarget.NONE
    desk.run()
    record = desk.catalog.by_path(path)
    plan = desk.writer.plan(str(path), desk.catalog._text(record), WriteTarget.EMBED)
    desk.catalog.begin_write(record.id, plan)
    desk.writer.apply(plan)
    desk.folder.rename(tmp_path / "unplugged")
    desk.folder.mkdir()  # its empty mount point stays
    desk.catalog.set_setting("mount.1", "/where/it/was")
    desk.run()
    assert desk.catalog.open_writes()
    desk.folder.rmdir()
    (tmp_path / "unplugged").rename(desk.folder)
    desk.run()
    assert not desk.catalog.open_writes()
    assert record.settled and record.captioned_times == 1


def test_a_long_run_writes_by_rounds_and_keeps_the_thumbnails_good(writing_desk, monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.runner.ROUND", 8)
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
    desk.write = WriteTarget.NONE
    other = tmp_path / "photos2"  # the root's name begins this one's, too
    desk.catalog.add_folder(str(other))
    outside = desk.put(str(other / "b.jpg"), b"b|")
    inside, beside = desk.put("a.jpg", b"a|"), desk.put("beside.jpg", b"c|")
    assert desk.run().captioned == 3
    desk.write = WriteTarget.EMBED
    before = outside.stat()

    summary = desk.run([str(inside if by_file else desk.folder)])

    assert summary.written == (1 if by_file else 2)
    assert inside.read_bytes() == b"a|photo of a"
    assert beside.read_bytes() == (b"c|" if by_file else b"c|photo of c")
    assert outside.read_bytes() == b"b|"
    assert outside.stat() == before
    desk.run()
    assert outside.read_bytes() == b"b|photo of b"  # it stayed pending
