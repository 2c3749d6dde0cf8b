"""Work off the GUI thread, with its result back on it.

Services are synchronous and may take seconds: the window runs them in a small thread pool.  A result is
delivered by a queued signal of a relay that lives on the GUI thread, and dropped when the widget that
asked is gone or the handle was cancelled; what has not started by then is not started.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from blipdesk.domain.children import give_way
from blipdesk.domain.events import CatalogChange, Progress

log = logging.getLogger(__name__)
T = TypeVar("T")

COALESCE_MS = 60
"""Catalog changes within this time reach the views as one."""
STEP_MS = 20
"""Between two steps of what is not urgent."""


class TaskHandle:
    """A running or waiting call; :meth:`cancel` keeps its result from being delivered."""

    def __init__(self, owner: QObject | None) -> None:
        self._owner = owner
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Drop the result; a call not started yet is not started at all."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """True when cancelled, or when the owner's C++ object is gone."""
        gone = self._owner is not None and not shiboken6.isValid(self._owner)
        return gone or self._cancelled.is_set()


class _Relay(QObject):
    """Lives on the GUI thread; pool threads emit, the slot runs queued on the GUI thread."""

    finished = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, call: _Call, callback: Callable[[Any], None] | None, value: object) -> None:
        _live.discard(call)
        if callback is not None and not call.handle.cancelled:
            callback(value)


class _Call(QRunnable):
    """One function call in the pool."""

    def __init__(
        self,
        relay: _Relay,
        handle: TaskHandle,
        function: Callable[[], Any],
        on_done: Callable[[Any], None] | None,
        on_error: Callable[[Exception], None] | None,
    ) -> None:
        super().__init__()
        # Kept referenced in _live until its result is delivered: neither Qt nor Python deletes it early.
        self.setAutoDelete(False)
        self.handle = handle
        self._parts = (relay, handle, function, on_done, on_error)

    def run(self) -> None:
        give_way()
        relay, handle, function, on_done, on_error = self._parts
        callback: Callable[[Any], None] | None = None
        value: object = None
        if not handle.cancelled:
            try:
                value, callback = function(), on_done
            except Exception as error:  # top of a pool thread: reported to the GUI or the log
                if on_error is None:
                    log.exception("background call failed")
                value, callback = error, on_error
        if shiboken6.isValid(relay):
            try:
                relay.finished.emit(self, callback, value)
            except RuntimeError:  # the relay went away between the check and the emit: the app is ending
                log.debug("result dropped at shutdown")


_live: set[_Call] = set()


@cache
def _pool() -> tuple[QThreadPool, _Relay]:
    """The one pool, and what brings its results back; first called on the GUI thread."""
    pool = QThreadPool()
    pool.setMaxThreadCount(3)
    return pool, _Relay()


def run_in_pool(
    function: Callable[[], T],
    on_done: Callable[[T], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
    owner: QObject | None = None,
    priority: int = 0,
) -> TaskHandle:
    """Run ``function`` in the pool; call back on the GUI thread.

    Args:
        function: no arguments; must not touch a QObject or QPixmap.
        on_done: gets the result.
        on_error: gets the exception; without it the trace is logged.
        owner: once this QObject is destroyed nothing is delivered any more, and a call that has not started
            is not started at all.  A write that must be done has no owner.
        priority: higher runs earlier; 0 is usual.
    """
    return _start(_pool()[0], function, on_done, on_error, owner, priority)


def run_last(
    function: Callable[[], T],
    on_done: Callable[[T], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
) -> None:
    """Run ``function`` off the GUI thread once every call in the pool has ended; call back as there."""
    pool, _ = _pool()

    def after_all() -> T:
        pool.waitForDone()
        return function()

    _start(_last(), after_all, on_done, on_error)


@cache
def _last() -> QThreadPool:
    """Where a thread may wait for the pool without being one of its own."""
    return QThreadPool()


def _start(
    pool: QThreadPool,
    function: Callable[[], T],
    on_done: Callable[[T], None] | None,
    on_error: Callable[[Exception], None] | None,
    owner: QObject | None = None,
    priority: int = 0,
) -> TaskHandle:
    handle = TaskHandle(owner)
    call = _Call(_pool()[1], handle, function, on_done, on_error)
    _live.add(call)
    pool.start(call, priority)
    return handle


def wait_for_tasks(milliseconds: int = 5000) -> bool:
    """At shutdown (and in tests): wait for every call, also those not started yet; False: not all ended."""
    end = QDeadlineTimer(milliseconds)
    return _pool()[0].waitForDone(milliseconds) and _last().waitForDone(max(0, end.remainingTime()))


class LatestTask:
    """Newest request wins: starting another drops the one before."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._handle: TaskHandle | None = None

    def start(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        priority: int = 0,
    ) -> None:
        """Run ``function``; only the newest start's result is delivered."""
        self.cancel()
        self._handle = run_in_pool(function, on_done, on_error, self._owner, priority)

    def cancel(self) -> None:
        """Drop the request under way, if any."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


class NewestTask:
    """Newest request wins, one at a time: what is asked for meanwhile waits, and the newest alone is begun.

    So a person who types faster than the answers come keeps one thread of the pool busy, not all of them.
    """

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._handle: TaskHandle | None = None
        self._waiting: Callable[[], TaskHandle] | None = None
        self._newest: object = None

    @property
    def running(self) -> bool:
        """Whether a call is under way, or waits."""
        return self._handle is not None

    def start(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        priority: int = 0,
    ) -> None:
        """Run ``function`` as soon as none runs; only the newest start's result is delivered."""
        ticket = object()
        self._newest = ticket

        def ended(callback: Callable[[Any], None] | None) -> Callable[[Any], None]:
            def deliver(value: Any) -> None:
                waiting, self._waiting = self._waiting, None
                self._handle = waiting() if waiting is not None else None
                if callback is not None and self._newest is ticket:
                    callback(value)

            return deliver

        def begin() -> TaskHandle:
            return run_in_pool(function, ended(on_done), ended(on_error), self._owner, priority)

        if self._handle is None:
            self._handle = begin()
        else:
            self._waiting = begin

    def cancel(self) -> None:
        """Drop the result of the request under way, and the one that waits."""
        self._newest = self._waiting = None


def merge_changes(first: CatalogChange, second: CatalogChange) -> CatalogChange:
    """One change that says what both say."""
    named = first.photos is not None and second.photos is not None
    return CatalogChange(
        photos=(first.photos or frozenset()) | (second.photos or frozenset()) if named else None,
        added=first.added or second.added,
        folders=first.folders or second.folders,
        keywords=first.keywords or second.keywords,
        questions=first.questions | second.questions,
        settings=first.settings or second.settings,
    )


def single_shot(owner: QObject, milliseconds: int, slot: Callable[[], object]) -> QTimer:
    """A timer of ``owner`` that fires once after each start."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer


def run_in_steps(owner: QObject, steps: Iterator[None]) -> None:
    """Take one step after the other on the GUI thread, which answers in between; for what is not urgent."""

    def step() -> None:
        for _ in steps:
            timer.start()
            return

    timer = single_shot(owner, STEP_MS, step)
    timer.start()


class EventBridge(QObject):
    """Brings the services' events to the GUI thread, coalesced.

    Give :meth:`receive` to ``EventHub.subscribe``: any thread may call it.  ``catalog_changed`` carries a
    merged :class:`CatalogChange` at most every :data:`COALESCE_MS`, ``progressed`` the newest
    :class:`Progress`.
    """

    catalog_changed = Signal(object)
    progressed = Signal(object)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._change: CatalogChange | None = None
        self._progress: Progress | None = None
        self._announced = False
        self._unsubscribe: Callable[[], None] | None = None
        self._timer = single_shot(self, COALESCE_MS, self.flush)
        self._arrived.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)

    def attach(self, subscribe: Callable[[Callable[[Any], None]], Callable[[], None]]) -> None:
        """Subscribe to a hub."""
        self.detach()
        self._unsubscribe = subscribe(self.receive)

    def detach(self) -> None:
        """End the subscription."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def receive(self, event: CatalogChange | Progress) -> None:
        """Take one event; called on any thread."""
        with self._lock:
            if isinstance(event, Progress):
                self._progress = event
            else:
                self._change = event if self._change is None else merge_changes(self._change, event)
            announce, self._announced = not self._announced, True
        if announce and shiboken6.isValid(self):
            self._arrived.emit()

    def flush(self) -> None:
        """Deliver what has gathered; on the GUI thread."""
        with self._lock:
            change, progress = self._change, self._progress
            self._change = self._progress = None
            self._announced = False
        if progress is not None:
            self.progressed.emit(progress)
        if change is not None:
            self.catalog_changed.emit(change)
