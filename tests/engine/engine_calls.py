"""What the tests of the engine's own process share: models that answer at once or never, and waiting."""

import time
from collections.abc import Callable
from pathlib import Path

from blipdesk.domain.jobs import EngineSettings

ROOT = Path(__file__).resolve().parents[2]
FAKE = EngineSettings(model="fake")
SLOW = EngineSettings(model="fake:30")


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Return once the condition holds; only a test that fails waits so long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
