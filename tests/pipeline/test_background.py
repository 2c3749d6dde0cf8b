"""The background worker as the window uses it: pause, questions, forced captions, errors, an orderly end."""

import os
import threading
import time
from dataclasses import replace

import pytest
from pipeline_fake_catalog import FakeCatalog
from pipeline_fakes import BROKEN, FakeDecoder, FakeModel, FakeThumbnails, FakeWriter

from blipdesk.domain.errors import Cancelled, ModelError, ProblemKind, UsageError
from blipdesk.domain.events import RunState
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.values import WriteTarget
from blipdesk.pipeline import Pipeline, PipelineOptions
from blipdesk.pipeline.writeback import WriteBack

PATIENCE = 30.0


class Worker:
    """A running pipeline over fakes."""

    def __init__(self, tmp_path) -> None:
        self.top = tmp_path / "photos"
        self.top.mkdir()
        self.catalog, self.thumbnails, self.writer = FakeCatalog(), FakeThumbnails(), FakeWriter()
        self.catalog.add_folder(str(self.top))
        self.model, self.decoder, self.interactive = FakeModel(batch_size=2), FakeDecoder(), FakeDecoder()
        self.states: list[RunState] = []
        self.messages: list[str] = []
        self.engine = None
        self.writes: list[tuple[int, int]] = [(0, 0)]
        self.options = PipelineOptions(engine=EngineSettings("fake"), watch=False)
        self.pipeline = Pipeline(
            self.catalog, self.thumbnails, self.model, self.decoder, self.writer, self.options,
            self.interactive, on_progress=self.note,
        )  # fmt: skip
        self.pipeline.on_captioned = self.captioned_now
        self.order: list[str] = []

    def note(self, progress):
        self.states.append(progress.state)
        self.messages.append(progress.message)
        self.engine = progress.engine or self.engine
        if (progress.writes_done, progress.writes_total) != self.writes[-1]:
            self.writes.append((progress.writes_done, progress.writes_total))

    def captioned_now(self, path):
        self.order.append(os.path.basename(path))

    def put(self, *names):
        for name in names:
            path = self.top / name
            path.write_bytes(name.partition(".")[0].encode() + b"|")
            os.utime(path, (1_700_000_000, 1_700_000_000))

    def wait(self, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"it never happened; states: {self.states[-5:]}"
            time.sleep(0.005)

    def write_to(self, target):
        self.pipeline.reconfigure(replace(self.options, write=target))

    def captioned(self):
        return sum(record.captioned_times for record in self.catalog.records.values())

    def id_of(self, name):
        return self.catalog.by_path(self.top / name).id

    def ask(self, name, question="what is it?", cancel=None, on_token=lambda text: None):
        return self.pipeline.ask(self.id_of(name), question, on_token, cancel or threading.Event())


@pytest.fixture
def worker(tmp_path):
    made = Worker(tmp_path)
    yield made
    made.model.gate.set()
    made.decoder.gate.set()
    made.pipeline.stop()
    names = {thread.name for thread in threading.enumerate()}
    assert not {name for name in names if name.startswith("blipdesk-")}, "a thread outlived the pipeline"
    assert made.model.closed and made.decoder.closed and made.interactive.closed


def test_it_captions_what_is_there_and_rests(worker):
    worker.put("a.jpg", "b.jpg", "c.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 3)
    worker.wait(lambda: worker.states[-1] is RunState.IDLE)
    assert RunState.LOADING_MODEL in worker.states and RunState.CAPTIONING in worker.states
    assert worker.engine.model_key == "fake@1/caption"


def test_the_catalog_is_backed_up_once_after_the_first_look(worker):
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1 and worker.catalog.backups)
    worker.put("b.jpg")
    worker.pipeline.request_scan()
    worker.wait(lambda: worker.captioned() == 2)
    assert [backup[:2] for backup in worker.catalog.backups] == [(86400, 3)]


def test_nothing_to_do_loads_no_model(worker):
    worker.pipeline.start()
    worker.wait(lambda: worker.states[-1:] == [RunState.IDLE])
    time.sleep(0.1)
    assert worker.model.loads == 0


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


def test_a_paused_start_stays_paused_but_answers(worker):
    worker.put("a.jpg")
    worker.pipeline.pause()
    worker.pipeline.start()
    worker.wait(lambda: worker.catalog.by_path(worker.top / "a.jpg"))
    assert worker.ask("a.jpg").result(PATIENCE).text == "it is a"
    assert worker.captioned() == 0 and worker.pipeline.paused


def test_a_question_goes_before_the_next_batch(worker):
    worker.put(*(f"p{n}.jpg" for n in range(8)))
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    answer = worker.ask("p3.jpg")
    worker.model.gate.set()
    assert answer.result(PATIENCE).text == "it is p3"
    worker.wait(lambda: worker.captioned() == 8)
    answered = worker.model.log.index("answer at 16")  # decoded for the answering model's size
    assert answered <= 1, worker.model.log


def test_a_question_interrupts_a_long_batch_and_costs_it_nothing(worker):
    worker.put(*(f"p{n}.jpg" for n in range(8)))
    worker.model.gate.clear()  # the batch does not end until the question is answered
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    assert worker.ask("p3.jpg").result(PATIENCE).text == "it is p3"
    assert worker.captioned() == 0
    worker.model.gate.set()
    worker.wait(lambda: worker.captioned() == 8)
    assert max(worker.decoder.seen.values()) == 1, "a photo was decoded twice"
    assert max(record.captioned_times for record in worker.catalog.records.values()) == 1


def test_several_questions_in_a_row_leave_no_interrupt_behind(worker):
    worker.put(*(f"p{n}.jpg" for n in range(6)))
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    answers = [worker.ask(f"p{n}.jpg") for n in range(4)]
    assert [answer.result(PATIENCE).text for answer in answers] == [f"it is p{n}" for n in range(4)]
    worker.model.gate.set()
    worker.wait(lambda: worker.captioned() == 6)


def test_an_idle_engine_is_closed_and_comes_back(worker, monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.runner.IDLE_SECONDS", 0.05)
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1 and worker.model.closed)
    worker.put("b.jpg")
    worker.pipeline.request_scan()
    worker.wait(lambda: worker.captioned() == 2)
    assert worker.model.loads == 2
    assert worker.ask("a.jpg").result(PATIENCE).text == "it is a"


def test_a_question_needs_no_started_worker(worker):
    worker.put("a.jpg")
    worker.pipeline.take_in(str(worker.top / "a.jpg"))
    seen = []
    assert worker.ask("a.jpg", on_token=seen.append).result(PATIENCE).text == "it is a"
    assert seen == ["it", "it is", "it is a"]
    assert worker.model.loads == 0 and worker.captioned() == 0


def test_an_answer_can_be_stopped(worker):
    worker.put("a.jpg")
    worker.pipeline.take_in(str(worker.top / "a.jpg"))
    stop = threading.Event()
    result = worker.ask("a.jpg", cancel=stop, on_token=lambda text: stop.set()).result(PATIENCE)
    assert result.stopped and result.text == "it"


def test_a_question_about_nothing_fails_in_words(worker):
    worker.pipeline.start()
    with pytest.raises(UsageError):
        worker.pipeline.ask(99, "what?", lambda text: None, threading.Event()).result(PATIENCE)


def test_questions_that_wait_at_the_end_are_cancelled(worker):
    worker.put("a.jpg", "b.jpg", "c.jpg")
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    answer = worker.ask("a.jpg")
    worker.pipeline.stop()
    with pytest.raises(Cancelled):
        answer.result(PATIENCE)


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
    (worker.top / "bad.jpg").write_bytes(BROKEN)
    os.utime(worker.top / "bad.jpg", (1_700_000_000, 1_700_000_000))
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


def test_captions_are_written_back_while_it_runs(worker):
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1)
    worker.write_to(WriteTarget.EMBED)
    worker.wait(lambda: (worker.top / "a.jpg").read_bytes() == b"a|photo of a")
    worker.catalog.by_path(worker.top / "a.jpg").user_caption = "mine"
    worker.catalog._publish()
    worker.wait(lambda: (worker.top / "a.jpg").read_bytes() == b"a|mine")
    worker.pipeline.request_scan()
    worker.wait(lambda: worker.states[-1] is RunState.IDLE)
    assert worker.captioned() == 1


def test_a_pause_holds_the_writing_between_two_files_and_says_how_far_it_is(worker):
    worker.put("a.jpg", "b.jpg", "c.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 3)
    apply, written = worker.writer.apply, []

    def apply_and_pause(plan):
        apply(plan)
        written.append(plan.photo_path)
        if len(written) == 1:
            worker.pipeline.pause()

    worker.writer.apply = apply_and_pause
    worker.write_to(WriteTarget.EMBED)
    worker.wait(lambda: (1, 3) in worker.writes)
    time.sleep(0.1)
    assert len(written) == 1
    worker.pipeline.resume()
    worker.wait(lambda: worker.writes[-2:] == [(3, 3), (0, 0)])
    assert len(written) == 3


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


def test_news_during_the_end_of_the_writing_does_not_keep_it_from_ending(worker):
    in_pass, gate = threading.Event(), threading.Event()

    def pending_writes(*_, **__):
        in_pass.set()
        gate.wait(PATIENCE)
        return []

    worker.catalog.pending_writes = pending_writes
    writeback = WriteBack(worker.catalog, worker.writer, WriteTarget.EMBED)
    writeback.start(by_rounds=True)
    threads = [threading.Thread(target=writeback.write_round, daemon=True)]
    threads[0].start()
    assert in_pass.wait(PATIENCE)  # the round is being written
    threads.append(threading.Thread(target=writeback.finish, daemon=True))
    threads[1].start()
    worker.wait(lambda: writeback._last_pass)
    writeback.wake()  # the last commit's news comes after the wish to end
    gate.set()
    ended = writeback.join(5.0)
    writeback.request_stop()
    assert ended
