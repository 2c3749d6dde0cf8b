"""A person's edits, carried out one after the other.

The pool runs three calls at a time: two saves of one caption could overtake each other there, and the
older words would stay.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject

from blipdesk.ui.tasks import run_in_pool

log = logging.getLogger(__name__)

_WAIT_S = 10.0
"""How long the end of the app waits for the edit that is being written."""


_queues: WeakSet[EditQueue] = WeakSet()


@dataclass
class _Edit:
    work: Callable[[], object]
    done: Callable[[], None]
    failed: Callable[[Exception], None]
    teller: QObject
    ended: threading.Event = field(default_factory=threading.Event)
    claimed: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Do it, once: the pool and the end of the app may both come for it."""
        if not self.claimed.acquire(blocking=False):
            return
        try:
            self.work()
        finally:
            self.ended.set()


def take_edits() -> Callable[[], None]:
    """Take what is not written yet from every queue; the call returned writes it.

    For the end of the app: this on the GUI thread, the call on another one, before the library is closed.
    """
    edits = [edit for queue in list(_queues) for edit in queue.take()]

    def write() -> None:
        for edit in edits:
            try:
                edit.run()
            except Exception:  # nobody is left to be told, and the others still have to be written
                log.exception("an edit could not be saved at the end")
            if not edit.ended.wait(_WAIT_S):
                log.error("an edit did not end in time")

    return write


class EditQueue(QObject):
    """Runs edits in the pool in the order they were made. Owner: the GUI thread.

    Without a parent it outlives the dialog that made the edits until the last of them is done.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[_Edit] = deque()
        self._running: _Edit | None = None
        _queues.add(self)

    def add(
        self,
        work: Callable[[], object],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
        teller: QObject | None = None,
    ) -> None:
        """Carry ``work`` out after the edits before it; ``done`` or ``failed`` follow on the GUI thread.

        Args:
            work: writes the edit; on a pool thread.
            done: tells that it is written.
            failed: tells that it is not.
            teller: who tells; once it is gone, a failure goes to the log alone.
        """
        self._waiting.append(_Edit(work, done, failed, teller or self))
        self._start_next()

    def take(self) -> list[_Edit]:
        """Hand over the edit under way and those that wait: nothing more is started here."""
        edits = [self._running] if self._running is not None else []
        edits += self._waiting
        self._waiting.clear()
        return edits

    def _start_next(self) -> None:
        if self._running is None and self._waiting:
            edit = self._running = self._waiting.popleft()
            run_in_pool(edit.run, lambda _: self._on_done(edit), lambda e: self._on_failed(edit, e), self, 3)

    def _on_done(self, edit: _Edit) -> None:
        self._running = None
        self._start_next()
        if shiboken6.isValid(edit.teller):
            edit.done()

    def _on_failed(self, edit: _Edit, error: Exception) -> None:
        self._running = None
        self._start_next()
        if shiboken6.isValid(edit.teller):
            edit.failed(error)
        else:
            log.error("an edit failed after its dialog was closed", exc_info=error)
