"""What everyone who owns a long-lived thread has in common."""

from __future__ import annotations

import threading
from collections.abc import Callable

from blipdesk.domain.errors import KnownError
from blipdesk.domain.wording import later


class ThreadOwner:
    """Begins one thread, once, and waits for its end."""

    _thread: threading.Thread | None = None

    def _begin(self, run: Callable[[], None], name: str) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=run, name=name, daemon=True)
            self._thread.start()

    @property
    def alive(self) -> bool:
        """True from the beginning of the thread to its end."""
        return self._thread is not None and self._thread.is_alive()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the thread; False when it has not ended yet."""
        if self._thread is not None:
            self._thread.join(timeout)
        return not self.alive


def fault(error: Exception) -> KnownError:
    """What is said where the worker ended through a bug."""
    return KnownError(
        later("Captioning stopped through a fault in BlipDesk ({name}).").format(name=type(error).__name__),
        later("Start BlipDesk again; please report it with the log."),
    )
