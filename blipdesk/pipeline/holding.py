"""Whether the worker is to wait until the computer is idle, or on mains power."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from blipdesk.domain.conditions import ComputerState, WaitReason, WorkConditions, wait_reason
from blipdesk.domain.events import RunState
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.progress import ProgressMeter

HELD_SECONDS = 3.0
"""How often the computer is asked while the worker waits; as old may an answer be between two batches."""


class Holding:
    """Asked between batches, on the runner's thread; the computer itself is asked every few seconds only.

    Args:
        computer: what says whether it is used, and what it runs on; None: nothing is ever waited for.
        clock: seconds.
    """

    def __init__(self, computer: ComputerState | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._computer, self._clock = computer, clock
        self._asked: tuple[WorkConditions, float] | None = None
        self._reason: WaitReason | None = None

    def reason(self, conditions: WorkConditions) -> WaitReason | None:
        """Why nothing may be done now; None: it may."""
        if self._computer is None:
            return None
        now = self._clock()
        if self._asked is None or self._asked[0] != conditions or now - self._asked[1] >= HELD_SECONDS:
            self._asked, self._reason = (conditions, now), wait_reason(conditions, self._computer)
        return self._reason

    def wait(
        self,
        changed: threading.Condition,
        options: Callable[[], PipelineOptions],
        is_called: Callable[[], bool],
        meter: ProgressMeter,
        unload: Callable[[], None],
    ) -> None:
        """Wait until the computer is free, and show what for.

        Args:
            changed: notified as options, or what is wanted of the worker, change.
            options: the present ones.
            is_called: whether something is asked that does not wait; it ends the wait.
            meter: where it is shown.
            unload: gives the models' memory back; called once they were not used for long.
        """
        began = self._clock()
        while (reason := self.reason(options().conditions)) is not None:
            meter.set_state(RunState.WAITING, waiting_for=reason)
            with changed:
                if is_called():
                    return
                changed.wait(HELD_SECONDS)
            idle = options().idle_seconds
            if idle is not None and self._clock() - began >= idle:
                unload()
