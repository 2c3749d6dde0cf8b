"""The time left: not known at first, the middle of recent work, a range where it is unsteady."""

from dataclasses import replace

from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.jobs import EngineInfo
from blipdesk.services.pace import Pace, TimeLeft

ENGINE = EngineInfo("base/caption", "BLIP base", "cpu", "fp32", 384, 4)


class Worker:
    """Captions by the clock, and tells a pace of it."""

    def __init__(self):
        self.now, self.done, self.engine = 1000.0, 0, ENGINE
        self.pace = Pace(lambda: self.now)
        self.tell()

    def tell(self, state=RunState.CAPTIONING):
        self.pace.note(Progress(state, self.done, 100_000, engine=self.engine))

    def works(self, seconds, each, batch=4):
        """Batch by batch, ``each`` seconds a photo."""
        end = self.now + seconds
        while self.now < end:
            self.now += each * batch
            self.done += batch
            self.tell()
        return self


def about(left, seconds):
    return left.least == left.most and abs(left.least - seconds) <= seconds * 0.05


def test_nothing_is_known_at_first():
    worker = Worker()
    assert worker.pace.left(100) is None
    assert worker.works(9, 0.5).pace.left(100) is None
    assert worker.works(20, 0.5).pace.left(100) is not None


def test_steady_work_has_one_time():
    assert about(Worker().works(60, 0.5).pace.left(1000), 500)


def test_a_hiccup_changes_nothing():
    worker = Worker().works(60, 0.5)
    worker.works(12, 12.0, batch=1)  # one huge photo
    assert about(worker.works(60, 0.5).pace.left(1000), 500)


def test_unsteady_work_has_a_range_that_holds_the_truth():
    worker = Worker()
    for _ in range(10):
        worker.works(10, 0.25).works(10, 1.0)
    left = worker.pace.left(1000)
    assert left.least < left.most
    assert left.least <= 400 <= left.most  # as many seconds of each: 2.5 photos a second


def test_a_pause_is_not_work():
    worker = Worker().works(60, 0.5)
    worker.tell(RunState.PAUSED)
    worker.now += 3600
    worker.tell()
    assert about(worker.works(20, 0.5).pace.left(1000), 500)


def test_what_was_long_ago_does_not_count():
    worker = Worker().works(300, 0.1)
    assert about(worker.works(400, 2.0).pace.left(100), 200)


def test_another_model_is_learnt_anew():
    worker = Worker().works(60, 0.5)
    worker.engine = replace(ENGINE, model_key="large/caption")
    worker.tell()
    assert worker.pace.left(100) is None
    assert about(worker.works(60, 3.0).pace.left(100), 300)


def test_a_new_run_goes_on_with_what_is_known():
    worker = Worker().works(60, 0.5)
    worker.done = 0
    worker.tell()
    assert about(worker.pace.left(1000), 500)
    assert about(worker.works(20, 0.5).pace.left(1000), 500)


def test_no_photo_takes_no_time():
    assert Worker().works(60, 0.5).pace.left(0) == TimeLeft(0, 0)
