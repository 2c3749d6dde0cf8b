"""An honest progress: counts of this run, and the rate of the last minute."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from blipdesk.domain.conditions import WaitReason
from blipdesk.domain.events import AskedProgress, Progress, RunState
from blipdesk.domain.jobs import EngineInfo

WINDOW_SECONDS = 60.0
INTERVAL_SECONDS = 0.2
_MIN_SECONDS = 2.0
"""No rate is shown before so much has been seen: the first photos say little."""


class ProgressMeter:
    """Keeps one :class:`Progress` and publishes it as it changes, at most five times a second.

    Thread-safe; ``publish`` is called on whichever thread made the change, one call at a time.
    """

    def __init__(
        self, publish: Callable[[Progress], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._publish = publish
        self._clock = clock
        self._lock = threading.Lock()
        self._now = Progress()
        self._published: Progress | None = None
        self._published_at = float("-inf")
        self._marks: deque[tuple[float, int]] = deque()

    @property
    def value(self) -> Progress:
        """The latest state, published or not."""
        return self._now

    def set_state(self, state: RunState, message: str = "", waiting_for: WaitReason | None = None) -> None:
        """Change what the worker is doing; published at once."""
        with self._lock:
            if state is RunState.CAPTIONING and self._now.state is not state:
                self._marks.clear()
            rate = self._now.rate if state is RunState.CAPTIONING else 0.0
            self._now = replace(self._now, state=state, message=message, waiting_for=waiting_for, rate=rate)
            self._send(force=True)

    def set_scanning(self, scanning: bool) -> None:
        """Show a scan unless the worker has something more telling to show."""
        state = self.value.state
        if scanning and state in (RunState.STARTING, RunState.IDLE):
            self.set_state(RunState.SCANNING)
        elif not scanning and state is RunState.SCANNING:
            self.set_state(RunState.IDLE)

    def set_engine(self, info: EngineInfo | None) -> None:
        """The model that is loaded, None when none is."""
        with self._lock:
            self._now = replace(self._now, engine=info)
            self._send(force=True)

    def set_watching(self, folders: int) -> None:
        """How many folders are watched or swept."""
        with self._lock:
            if folders != self._now.watching:
                self._now = replace(self._now, watching=folders)
                self._send(force=True)

    def set_writes(self, done: int, total: int) -> None:
        """How far the write-back is; 0 of 0 when nothing is being written."""
        with self._lock:
            rare = done == total or total != self._now.writes_total or self._now.state is RunState.PAUSED
            self._now = replace(self._now, writes_done=done, writes_total=total)
            self._send(force=rare)

    def set_reading(self, done: int, total: int) -> None:
        """How far the reading of captions by meaning is; 0 of 0 when nothing is being read."""
        with self._lock:
            is_rare = not total or not self._now.read_total
            self._now = replace(self._now, read_done=done, read_total=total)
            self._send(force=is_rare)

    def set_looking(self, done: int, total: int) -> None:
        """How far the reading of pictures for search is; 0 of 0 when none is being read."""
        with self._lock:
            is_rare = not total or not self._now.looked_total
            self._now = replace(self._now, looked_done=done, looked_total=total)
            self._send(force=is_rare)

    def set_asked(self, asked: AskedProgress) -> None:
        """How far the question to many photos is."""
        with self._lock:
            is_rare = asked.run_id != self._now.asked.run_id or asked.problem != self._now.asked.problem
            self._now = replace(self._now, asked=asked)
            self._send(force=is_rare)

    def restart(self) -> None:
        """A new run begins: count from nothing."""
        with self._lock:
            self._marks.clear()
            self._now = replace(self._now, done=0, total=0, failed=0, rate=0.0)

    def advance(self, done: int, failed: int, remaining: int) -> None:
        """Photos were finished.

        Args:
            done: how many more are captioned.
            failed: how many more failed.
            remaining: how many are still queued.
        """
        with self._lock:
            now = self._clock()
            done += self._now.done
            failed += self._now.failed
            finished = done + failed
            self._marks.append((now, finished))
            while len(self._marks) > 2 and self._marks[0][0] < now - WINDOW_SECONDS:
                self._marks.popleft()
            began, before = self._marks[0]
            rate = (finished - before) / (now - began) if now - began >= _MIN_SECONDS else 0.0
            self._now = replace(
                self._now,
                done=done,
                failed=failed,
                total=finished + remaining,
                rate=rate,
            )
            self._send(force=remaining == 0)

    def _send(self, force: bool) -> None:
        now = self._clock()
        if self._now == self._published or (not force and now - self._published_at < INTERVAL_SECONDS):
            return
        self._published, self._published_at = self._now, now
        self._publish(self._now)
