"""How long the work will still take, said only as well as it is known.

A mean over everything forgets that photos differ and that the computer did something else meanwhile; one over
the last minute jumps.  So the work is cut into slices of a few seconds, each with its own seconds a photo,
and the middle one of the recent slices counts; where they differ much, the time left is a range.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

from blipdesk.domain.events import Progress, RunState

SLICE_SECONDS = 5.0
_SLICES, _FEWEST = 60, 3
"""Five minutes of work are looked back on; before so few slices nothing is promised."""
_STEADY = 1.4
"""How far the slow quarter of the slices may be from the fast one before a range is named."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Between ``least`` and ``most`` seconds; both the same where the work is steady."""

    least: float
    most: float


class Pace:
    """Learns from the progress of the worker; one thread at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._slices: deque[float] = deque(maxlen=_SLICES)
        self._began: tuple[float, int] | None = None
        """When the present slice began, and how many photos were finished then."""
        self._model = ""

    def note(self, progress: Progress) -> None:
        """Take up how far it is; what is not captioning is no part of any slice."""
        model = progress.engine.model_key if progress.engine is not None else self._model
        if model != self._model:
            self._model = model
            self._slices.clear()
            self._began = None
        finished = progress.done + progress.failed
        if progress.state is not RunState.CAPTIONING:
            self._began = None
        elif self._began is None or finished < self._began[1]:
            self._began = self._clock(), finished
        else:
            now, (began, before) = self._clock(), self._began
            if now - began >= SLICE_SECONDS and finished > before:
                self._slices.append((now - began) / (finished - before))
                self._began = now, finished

    def left(self, photos: int) -> TimeLeft | None:
        """How long so many photos will take; None: not known yet."""
        if len(self._slices) < _FEWEST:
            return None
        fast, middle, slow = quantiles(self._slices, n=4, method="inclusive")
        if slow <= fast * _STEADY:
            return TimeLeft(photos * middle, photos * middle)
        return TimeLeft(photos * fast, photos * slow)
