"""What is read of the catalog once, and again after a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")
_PATIENCE = 60
"""What took a second to read is read anew after so many."""


class Kept(Generic[_T]):
    """A value that is kept in proportion to how long it takes to read; any thread, one of which reads.

    Args:
        read: reads it.
        least: seconds that it is kept at least.
    """

    def __init__(self, read: Callable[[], _T], least: float = 0.0) -> None:
        self._read = read
        self._least = least
        self._guard = threading.Lock()
        self._value: _T
        self._until = float("-inf")
        self.took: float | None = None
        """Seconds that reading it took the last time; None: it was not read yet."""

    def get(self) -> _T:
        """The value as it was a while ago at most."""
        with self._guard:
            start = time.monotonic()
            if start > self._until:
                self._value = self._read()
                self.took = time.monotonic() - start
                self._until = start + max(self._least, (_PATIENCE + 1) * self.took)
            return self._value
