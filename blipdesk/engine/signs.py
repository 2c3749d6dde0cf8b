"""Signs of life from within long work: who waits in another process tells slow from hung by them.

A sign is given where something was done, never by the clock: what hangs gives none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

_listener: ContextVar[Callable[[int], None] | None] = ContextVar("listener", default=None)


@contextlib.contextmanager
def heard_by(listener: Callable[[int], None]) -> Iterator[None]:
    """Pass the signs that are given meanwhile in this thread to ``listener``."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def give(reading: int = 0) -> None:
    """Give a sign of life.

    Args:
        reading: bytes that are read from here to the next sign, which takes its time.
    """
    listener = _listener.get()
    if listener is not None:
        listener(reading)
