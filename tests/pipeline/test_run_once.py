"""A headless run over a folder, with in-memory neighbours: everything captioned or refused, once."""

import os
import shutil
import threading

import pytest
from pipeline_desk import Desk
from pipeline_fakes import BROKEN, DEGENERATE, KILLS_DECODER, KILLS_ENGINE, FakeDecoder, FakeModel

from blipdesk.domain.errors import CatalogError, KnownError, ModelError, ProblemKind
from blipdesk.domain.jobs import CaptionOptions


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


def test_other_options_load_a_model_only_where_something_is_to_be_captioned(desk):
    def run_with(prompt):
        captioned = desk.run(caption=CaptionOptions(prompt=prompt)).captioned
        return captioned, desk.model.loads

    desk.put("a.jpg", b"a|")
    assert run_with("a photo of") == (1, 1)
    assert run_with("a drawing of") == (0, 0)
    desk.put("b.jpg", b"b|")
    assert run_with("a picture of") == (1, 1)
    desk.put("c.jpg", DEGENERATE)
    assert run_with("a sketch of") == (0, 1)
    assert run_with("a sketch of") == (0, 0)
    assert run_with("a view of") == (0, 1)  # what failed with one may succeed with another


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
    desk.put("album/a.jpg", b"a|rated five stars")
    assert desk.run().captioned == 0
    record = desk.catalog.by_path(desk.folder / "album" / "a.jpg")
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


@pytest.mark.parametrize(("killer", "decodes"), [(KILLS_DECODER, 2), (KILLS_ENGINE, 1)])
def test_a_photo_that_kills_its_process_twice_costs_only_itself(desk, killer, decodes):
    for number in range(6):
        desk.put(f"p{number}.jpg", b"scene %d|" % number)
    desk.put("killer.jpg", killer + b"|")
    summary = desk.run()
    assert summary.captioned == 6
    assert [(os.path.basename(p), problem.kind) for p, problem in summary.failed] == [
        ("killer.jpg", ProblemKind.CRASHED)
    ]
    assert desk.catalog.deaths_recorded == 2
    assert desk.decoder.seen[killer] == decodes


@pytest.mark.parametrize(("process", "words"), [("decoder", "reads photos"), ("model", "The model died")])
def test_no_photo_is_blamed_when_a_process_dies_on_everything(desk, process, words):
    desk.put("a.jpg", b"a|")
    getattr(desk, process).sick = True
    with pytest.raises(KnownError, match=words):
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


def test_a_listener_that_is_gone_does_not_stop_the_run(desk):
    for number in range(6):
        desk.put(f"p{number}.jpg", b"scene %d|" % number)

    def say(path):
        raise BrokenPipeError

    pipeline = desk.pipeline()
    pipeline.on_captioned = say
    assert pipeline.run_once().captioned == 6
    pipeline.stop()


def test_a_fault_in_a_listener_is_not_hushed_up(desk):
    """What :class:`Desk` asserts at each acknowledgement would else hold whatever happens."""
    desk.put("a.jpg", b"a|")

    def say(path):
        raise AssertionError

    pipeline = desk.pipeline()
    pipeline.on_captioned = say
    with pytest.raises(KnownError, match="AssertionError"):
        pipeline.run_once()
    pipeline.stop()


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
