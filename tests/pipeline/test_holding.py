"""The worker waits until the computer is free for it, and says so."""

from dataclasses import replace

from pipeline_fakes import FakeDecoder, FakeModel
from pipeline_waiting import PATIENCE

from blipdesk.domain.conditions import WaitReason, WorkConditions
from blipdesk.domain.events import RunState
from blipdesk.metadata import FileRestorer
from blipdesk.pipeline import Pipeline, holding
from blipdesk.pipeline.holding import HELD_SECONDS, Holding

WHEN_IDLE = WorkConditions(idle_seconds=300)


class Computer:
    def __init__(self):
        self.idle, self.battery, self.asked = 0.0, False, 0

    def idle_seconds(self):
        self.asked += 1
        return self.idle

    def on_battery(self):
        return self.battery


def held(worker, monkeypatch, conditions=WHEN_IDLE):
    """The worker of the tests, on a computer that somebody uses, asked as often as one can wait for."""
    monkeypatch.setattr(holding, "HELD_SECONDS", 0.001)
    computer, worker.reasons = Computer(), []
    worker.model, worker.decoder, worker.interactive = FakeModel(batch_size=2), FakeDecoder(), FakeDecoder()
    worker.options = replace(worker.options, conditions=conditions)

    def note(progress):
        worker.note(progress)
        worker.reasons.append(progress.waiting_for)

    worker.pipeline.stop()
    worker.pipeline = Pipeline(
        worker.catalog, worker.thumbnails, worker.model, worker.decoder, worker.writer, worker.options,
        worker.interactive, FileRestorer(), on_progress=note, computer=computer,
    )  # fmt: skip
    worker.pipeline.on_captioned = worker.captioned_now
    return computer


def test_photos_wait_until_nobody_uses_the_computer(worker, monkeypatch):
    computer = held(worker, monkeypatch)
    worker.put("a.jpg", "b.jpg", "c.jpg")
    worker.pipeline.start()
    worker.wait(lambda: RunState.WAITING in worker.states)
    assert worker.reasons[-1] is WaitReason.IDLE
    assert worker.captioned() == 0 and worker.model.loads == 0
    computer.idle = 301.0
    worker.wait(lambda: worker.captioned() == 3)
    worker.wait(lambda: worker.states[-1] is RunState.IDLE)
    assert worker.reasons[-1] is None


def test_a_person_who_comes_back_has_the_computer_after_the_batch_in_hand(worker, monkeypatch):
    computer = held(worker, monkeypatch)
    computer.idle = 301.0
    worker.put(*(f"p{n}.jpg" for n in range(9)))
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    computer.idle = 0.0
    worker.model.gate.set()
    worker.wait(lambda: worker.states[-1] is RunState.WAITING)
    assert 0 < worker.captioned() < 9
    assert not any(job["state"] == "claimed" for job in worker.catalog.jobs.values())


def test_it_says_that_it_waits_for_mains_power(worker, monkeypatch):
    computer = held(worker, monkeypatch, WorkConditions(mains_only=True))
    computer.battery = True
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.states[-1] is RunState.WAITING)
    assert worker.reasons[-1] is WaitReason.MAINS
    worker.pipeline.reconfigure(replace(worker.options, conditions=WorkConditions()))
    worker.wait(lambda: worker.captioned() == 1)


def test_questions_are_answered_meanwhile(worker, monkeypatch):
    held(worker, monkeypatch)
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.states[-1] is RunState.WAITING)
    assert worker.ask("a.jpg").result(PATIENCE).text
    worker.wait(lambda: worker.states[-1] is RunState.WAITING)
    assert worker.captioned() == 0


def test_nothing_is_waited_for_where_nothing_is_to_do(worker, monkeypatch):
    computer = held(worker, monkeypatch)
    computer.idle = 301.0
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.captioned() == 1)
    worker.wait(lambda: worker.states[-1] is RunState.IDLE)
    computer.idle, asked = 0.0, computer.asked
    worker.wait(lambda: worker.pipeline.wake() or computer.asked > asked + 2)
    worker.pipeline.stop()
    assert RunState.WAITING not in worker.states


def test_pause_goes_before_waiting(worker, monkeypatch):
    held(worker, monkeypatch)
    worker.put("a.jpg")
    worker.pipeline.start()
    worker.wait(lambda: worker.states[-1] is RunState.WAITING)
    worker.pipeline.pause()
    worker.wait(lambda: worker.states[-1] is RunState.PAUSED)


def test_a_headless_run_does_at_once_what_it_was_asked_for(worker, monkeypatch):
    held(worker, monkeypatch)
    worker.put("a.jpg")
    assert worker.pipeline.run_once().captioned == 1


def test_the_computer_is_asked_every_few_seconds_only():
    computer, now = Computer(), [100.0]
    asking = Holding(computer, lambda: now[0])
    assert [asking.reason(WHEN_IDLE) for _ in range(50)] == [WaitReason.IDLE] * 50
    assert computer.asked == 1
    computer.idle = 400.0
    now[0] += HELD_SECONDS
    assert asking.reason(WHEN_IDLE) is None
    assert asking.reason(WorkConditions(idle_seconds=500)) is WaitReason.IDLE
