"""The program's start and its memory, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from blipdesk.services.control import NotRunningError, request
from blipdesk.services.workspace import Workspace

ROUNDS = 5
REST_SECONDS, REST_TICKS = 5, 10
"""A program that takes no more hundredths of a second in so long is at rest; its readers begin after 3."""
_FIRST_WINDOW = """
import sys, tempfile, time
from pathlib import Path
from blipdesk.ui.main import run
from blipdesk.ui.shell import Shell

began = float(sys.argv[1])
original = Shell.__init__
def init(self, *given):
    original(self, *given)
    def painted():
        print((time.time() - began) * 1e3, time.process_time() * 1e3, flush=True)
        import os
        os._exit(0)
    self.painted.connect(painted)
Shell.__init__ = init
run(lambda on_activate: None, ["blipdesk"], Path(tempfile.gettempdir()) / "no-look.json")
"""


def say(what: str, value: str, goal: str = "") -> None:
    """One line."""
    print(f"{what:<44} {value:<44} {goal and f'(goal {goal})'}", flush=True)


def resident(process: int) -> str:
    """Memory of a process, and how much of it are pages of files, which the system may take back."""
    with open(f"/proc/{process}/status") as file:
        lines = dict(line.split(":", 1) for line in file)
    whole, files = (int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "RssFile"))
    return f"{whole:.0f} MiB, {files:.0f} of it of files"


def first_window() -> None:
    """A new process until its window is painted."""
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", _FIRST_WINDOW, str(time.time())],
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(tuple(map(float, done.stdout.split()[-2:])))
    best = min(found)
    say("first window after the start", f"{best[0]:.0f} ms, processor {best[1]:.0f}", "250")


def rest(program: subprocess.Popen[bytes], data_dir: Path) -> None:
    """Wait until a program has opened its library and does no more."""

    def spent() -> int:
        with open(f"/proc/{program.pid}/stat") as file:
            return sum(map(int, file.read().rpartition(")")[2].split()[11:13]))

    def is_open() -> bool:
        with suppress(NotRunningError):
            return bool(request(data_dir, "ping"))
        return False

    while not is_open():
        if program.poll() is not None:
            raise SystemExit(f"the program ended with {program.returncode}")
        time.sleep(0.2)
    before = -1
    while spent() - before > REST_TICKS:
        before = spent()
        time.sleep(REST_SECONDS)


def empty() -> None:
    """Memory of the program with no photos, as it comes to rest."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder), start=False)
        workspace.settings.change(first_start_done=True)
        workspace.close()
        command = [sys.executable, "-m", "blipdesk", "--data-dir", folder]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
            rest(program, Path(folder))
            say("memory, empty library", resident(program.pid), "130")
            program.terminate()
