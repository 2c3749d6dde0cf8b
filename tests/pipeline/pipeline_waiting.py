"""Waiting for what other threads and processes do: for the condition itself, never for a time."""

import time

PATIENCE = 60.0
"""Seconds after which a test gives up; only one that fails waits so long."""


def wait_until(condition, say=lambda: ""):
    """Return once the condition holds; ``say`` gives a word for the failure."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"it never happened {say()}"
        time.sleep(0.01)
