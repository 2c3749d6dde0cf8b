"""Long calls off the GUI thread that tell how far they are and can be stopped between two steps."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject, Signal

from blipdesk.domain.errors import Cancelled
from blipdesk.ui.tasks import run_in_pool

T = TypeVar("T")
U = TypeVar("U")
Report = Callable[[int, int], None]
"""Takes how many steps are done and of how many (0: not known); raises Cancelled once it was stopped."""

_EVERY_S = 0.05
"""A bar that moves more often is seen no better, and each step of it is an event of the GUI thread."""

_tasks: WeakSet[LongTask] = WeakSet()


def stop_all() -> None:
    """At the end of the app: every long call ends at its next step."""
    for task in list(_tasks):
        task.stop()


class LongTask(QObject):
    """One long call at a time; of a newer start alone the result is delivered.

    Owner: the GUI thread.  The call runs in the pool; it goes on when its dialog is closed, and also begins
    then, for what a person asked for is done and what is half done ends in order.
    """

    progressed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stopped = threading.Event()
        _tasks.add(self)

    @property
    def stopping(self) -> bool:
        """True once it was asked to stop."""
        return self._stopped.is_set()

    def start(
        self, work: Callable[[Report], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run ``work`` in the pool; it calls its argument after each step, which ends it when stopped.

        Args:
            work: must not touch a QObject.
            done: gets the result, on the GUI thread.
            failed: gets the exception, :class:`~blipdesk.domain.errors.Cancelled` where it was stopped.
        """
        self.stop()
        stopped = self._stopped = threading.Event()
        last = 0.0

        def report(count: int, total: int) -> None:
            nonlocal last
            if stopped.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - last >= _EVERY_S and shiboken6.isValid(self):
                last = now
                self.progressed.emit(count, total)

        def newest(tell: Callable[[U], None]) -> Callable[[U], None]:
            return lambda value: tell(value) if shiboken6.isValid(self) and stopped is self._stopped else None

        run_in_pool(lambda: work(report), newest(done), newest(failed), priority=2)

    def stop(self) -> None:
        """Let the call end at its next step; what it has done stays done."""
        self._stopped.set()
