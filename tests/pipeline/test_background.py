"""The background worker as the window uses it: pause, forced captions, errors, an orderly end."""

import os
import threading
from dataclasses import replace

import pytest
from pipeline_fakes import BROKEN, put_file
from pipeline_waiting import PATIENCE

from blipdesk.domain.errors import ModelError, ProblemKind
from blipdesk.domain.events import RunState
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.pipeline import PipelineOptions


def test_it_captions_what_is_there_and_rests(worker):
    worker.put("a.jpg", "b.jpg", "c.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 3)
    worker.wait(lambda: worker.states[-1] is RunState.IDLE)
    assert RunState.LOADING_MODEL in worker.states and RunState.CAPTIONING in worker.states
    assert worker.engine.model_key == "fake@1/caption"


def test_the_catalog_is_asked_for_a_daily_backup_after_every_look(worker):
    worker.pipeline.start()
    worker.wait(lambda: len(worker.catalog.backups) == 1)
    worker.pipeline.request_scan()
    worker.wait(lambda: len(worker.catalog.backups) == 2)
    assert {backup[:2] for backup in worker.catalog.backups} == {(86400, 3)}


def test_nothing_to_do_loads_no_model(worker):
    looks, counts = [], worker.catalog.counts
    worker.catalog.counts = lambda: looks.append(1) or counts()  # asked before a model is loaded
    worker.pipeline.start()
    worker.wait(lambda: worker.catalog.backups)  # the folders were looked through
    before = len(looks)
    worker.pipeline.wake()
    worker.wait(lambda: len(looks) > before)
    worker.pipeline.stop()
    assert worker.model.loads == 0


def test_the_first_caption_waits_for_no_whole_batch(worker):
    """An idle model begins with what is decoded, although its batch has room for more."""
    worker.model.batch_size = 8
    decode, begun, go_on = worker.decoder.decode, threading.Event(), threading.Event()

    def decode_the_first(*photo):
        if begun.is_set():
            go_on.wait(PATIENCE)
        begun.set()
        return decode(*photo)

    worker.decoder.decode = decode_the_first
    worker.put(*(f"p{n}.jpg" for n in range(5)))
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1)
    assert worker.model.batches == [1]
    go_on.set()
    worker.wait(lambda: worker.captioned() == 5)


def test_pause_finishes_the_batch_in_hand_and_resume_goes_on(worker):
    worker.put(*(f"p{n}.jpg" for n in range(9)))
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    worker.pipeline.pause()
    worker.model.gate.set()
    worker.wait(lambda: worker.states[-1] is RunState.PAUSED)
    done = worker.captioned()
    assert 0 < done <= 2
    assert not any(job["state"] == "claimed" for job in worker.catalog.jobs.values())
    worker.pipeline.resume()
    worker.wait(lambda: worker.captioned() == 9)
    assert max(record.captioned_times for record in worker.catalog.records.values()) == 1


def test_an_idle_engine_is_closed_and_comes_back(worker):
    worker.pipeline.reconfigure(replace(worker.options, idle_seconds=0.05))
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1 and worker.model.closed)
    worker.put("b.jpg")
    worker.pipeline.request_scan()
    worker.wait(lambda: worker.captioned() == 2)
    assert worker.model.loads == 2
    assert worker.ask("a.jpg").result(PATIENCE).text == "it is a"


def test_captioning_again_is_forced_even_for_unchanged_pixels(worker):
    worker.put("a.jpg", "b.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 2)
    record = worker.catalog.by_path(worker.top / "a.jpg")
    record.user_caption = "my own words"
    worker.pipeline.caption_again([record.id])
    worker.wait(lambda: record.captioned_times == 2)
    assert record.user_caption == "my own words"
    assert worker.catalog.by_path(worker.top / "b.jpg").captioned_times == 1


def test_what_is_on_the_screen_goes_first(worker):
    worker.put(*(f"p{n:02}.jpg" for n in range(20)))
    worker.pipeline.pause()
    worker.pipeline.start()
    worker.wait(lambda: len(worker.catalog.records) == 20)
    worker.pipeline.set_visible([worker.id_of("p07.jpg"), worker.id_of("p08.jpg")])
    worker.pipeline.resume()
    worker.wait(lambda: worker.captioned() == 20)
    assert set(worker.order[:2]) == {"p07.jpg", "p08.jpg"}


def test_a_damaged_model_is_said_and_a_good_one_goes_on(worker):
    worker.put("a.jpg")
    worker.model.load_error = ModelError("The checkpoint is damaged.", "Choose another.")
    worker.pipeline.start()
    worker.wait(lambda: worker.states[-1:] == [RunState.ERROR])
    assert "damaged" in worker.messages[-1]
    worker.model.load_error = None
    worker.pipeline.reconfigure(PipelineOptions(engine=EngineSettings("other"), watch=False))
    worker.wait(lambda: worker.captioned() == 1)
    assert worker.engine.model_key == "other@1/caption"


def test_whoever_waits_learns_of_a_model_that_cannot_be_loaded(worker):
    worker.put("a.jpg")
    worker.model.load_error = ModelError("There is no model called nosuch.")
    worker.pipeline.start()
    with pytest.raises(ModelError, match="nosuch"):
        while True:
            worker.pipeline.wait(0.01)
    worker.model.load_error = None
    worker.pipeline.reconfigure(PipelineOptions(engine=EngineSettings("other"), watch=False))
    worker.pipeline.wait(0.0)
    worker.wait(lambda: worker.captioned() == 1)
    worker.pipeline.wait(0.0)
    worker.pipeline.stop()
    assert worker.pipeline.wait(PATIENCE)


def test_each_photo_that_fails_in_the_background_is_named(worker):
    worker.put("a.jpg")
    put_file(worker.top, "bad.jpg", BROKEN)
    named = []
    worker.pipeline.on_failed = lambda path, problem: named.append((os.path.basename(path), problem.kind))
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1 and named)
    assert named == [("bad.jpg", ProblemKind.UNREADABLE)]


def test_a_full_disk_is_said_and_captioning_goes_on_afterwards(worker):
    worker.put("a.jpg", "b.jpg")
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    worker.catalog.broken = True
    worker.model.gate.set()
    worker.wait(lambda: worker.states[-1] is RunState.ERROR)
    worker.catalog.broken = False
    worker.pipeline.wake()
    worker.wait(lambda: worker.captioned() == 2)


def test_another_prompt_is_another_model_key(worker):
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1)
    worker.pipeline.reconfigure(
        PipelineOptions(
            engine=EngineSettings("fake"), caption=CaptionOptions(prompt="a photo of"), watch=False
        )
    )
    worker.put("b.jpg")
    worker.pipeline.request_scan()
    worker.wait(lambda: worker.captioned() == 2)
    assert worker.engine.model_key == 'fake@1/caption?prompt="a photo of"'
    assert worker.catalog.by_path(worker.top / "a.jpg").captioned_times == 1


def test_the_end_does_not_wait_for_a_decode_that_hangs(worker):
    worker.put("a.jpg")
    worker.decoder.gate.clear()
    worker.pipeline.start()
    worker.wait(lambda: any(job["attempts"] for job in worker.catalog.jobs.values()))
    worker.pipeline.stop()
    assert worker.catalog.deaths_recorded == 0
    assert worker.catalog.queue_counts().failed == 0


def test_the_end_does_not_wait_for_a_model_that_hangs_while_it_is_loaded(worker, monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.worker._LONGEST_TOKEN_SECONDS", 0.1)
    worker.put("a.jpg")
    worker.model.load_gate.clear()  # opened by close() alone
    worker.pipeline.start()
    assert worker.model.in_load.wait(PATIENCE)
    end = threading.Thread(target=worker.pipeline.stop, daemon=True)
    end.start()
    end.join(PATIENCE)
    ended = not end.is_alive()
    worker.model.load_gate.set()
    assert ended
    assert RunState.ERROR not in worker.states


def test_thumbnails_come_from_the_cache_or_a_decode_of_their_own(worker):
    worker.put("a.jpg")
    (worker.top / "bad.jpg").write_bytes(BROKEN)
    for name in ("a.jpg", "bad.jpg"):
        worker.pipeline.take_in(str(worker.top / name))
    worker.decoder.gate.clear()  # the worker's decoder is busy: the gallery does not wait for it
    assert worker.pipeline.load_thumbnail(worker.id_of("a.jpg")) == b"thumb:a"
    assert worker.pipeline.load_thumbnail(worker.id_of("a.jpg")) == b"thumb:a"
    assert worker.interactive.seen[b"a"] == 1
    _, shown = worker.catalog.file_of(worker.id_of("a.jpg"))
    assert worker.pipeline.load_thumbnail(worker.id_of("a.jpg"), shown) == b"thumb:a"
    assert worker.pipeline.load_thumbnail(worker.id_of("a.jpg"), "of before") == b"thumb:a"
    assert worker.interactive.seen[b"a"] == 1
    assert worker.pipeline.load_thumbnail(worker.id_of("bad.jpg")) is None
    assert worker.pipeline.load_preview(worker.id_of("a.jpg"), 2000) == b"thumb:a"
    assert worker.pipeline.load_thumbnail(99) is None


def test_taking_in_a_copy_leaves_the_photo_of_an_unplugged_drive_its_place(worker, tmp_path):
    worker.put("a.jpg")
    original = worker.top / "a.jpg"
    photo_id = worker.pipeline.take_in(str(original))
    worker.top.rename(tmp_path / "unplugged")
    copy = tmp_path / "desk" / "copy.jpg"
    copy.parent.mkdir()
    copy.write_bytes((tmp_path / "unplugged" / "a.jpg").read_bytes())

    assert worker.pipeline.take_in(str(copy)) != photo_id
    assert worker.catalog.by_path(original).id == photo_id
