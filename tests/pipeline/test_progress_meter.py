"""The numbers that the status bar shows are true."""

from blipdesk.domain.events import RunState
from blipdesk.pipeline.progress import ProgressMeter


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def meter():
    clock, shown = Clock(), []
    return ProgressMeter(shown.append, clock), clock, shown


def test_the_rate_is_that_of_the_last_minute():
    progress, clock, shown = meter()
    progress.set_state(RunState.CAPTIONING)
    for second in range(200):  # one a second for 100 s, then four a second
        clock.now += 1
        progress.advance(done=1 if second < 100 else 4, failed=0, remaining=1000 - second)
    assert 3.9 < shown[-1].rate < 4.1


def test_nothing_is_promised_before_it_is_known():
    progress, clock, _ = meter()
    progress.set_state(RunState.CAPTIONING)
    clock.now += 0.5
    progress.advance(1, 0, 99)
    assert progress.value.rate == 0.0
    assert (progress.value.done, progress.value.total) == (1, 100)


def test_it_is_published_at_most_five_times_a_second_but_the_end_always():
    progress, clock, shown = meter()
    progress.set_state(RunState.CAPTIONING)
    for left in range(1000, -1, -1):
        clock.now += 0.01
        progress.advance(1, 0, left)
    assert len(shown) < 60
    assert shown[-1].done == shown[-1].total == 1001


def test_the_same_state_is_not_published_twice():
    progress, _, shown = meter()
    progress.set_state(RunState.IDLE)
    progress.set_state(RunState.IDLE)
    assert len(shown) == 1
