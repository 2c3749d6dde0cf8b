"""One hub for what happens: catalog changes and the progress of the background worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from blipdesk.domain.events import CatalogChange, Progress

Event = CatalogChange | Progress
_log = logging.getLogger(__name__)


class EventHub:
    """Hands each event to every subscriber, on the thread that published it (a worker thread)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: dict[int, Callable[[Event], None]] = {}
        self._next = 0

    def subscribe(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Call ``callback`` with each event from now on; returns the function that ends it."""
        with self._lock:
            key = self._next
            self._next += 1
            self._subscribers[key] = callback

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers.pop(key, None)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell every subscriber; one that fails is logged and costs the others nothing."""
        with self._lock:
            subscribers = list(self._subscribers.values())
        for callback in subscribers:
            try:
                callback(event)
            except Exception:  # noqa: BLE001 - a view's bug must not stop the writer thread
                _log.exception("an event subscriber failed")
