"""The processes of ``blipdesk bench``, and the memory they take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

import psutil

from blipdesk.domain.children import CREATION_FLAGS, child_environment, python_command
from blipdesk.domain.errors import ModelError

_SAMPLE_SECONDS = 0.1
_LAST_LINES = 5


class TorchProcess:
    """The engine's bench process: one request at a time."""

    def __init__(self) -> None:
        command = python_command("blipdesk.engine.bench", "--engine-bench")
        # A file, for nobody reads a pipe while a reply is awaited.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (closed in __exit__)
        self._popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=child_environment(),
            creationflags=CREATION_FLAGS,
        )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._popen.pid

    def ask(self, **request: Any) -> Any:
        """The reply to a request.

        Raises:
            ModelError: as it says, or it ended.
        """
        assert self._popen.stdin is not None and self._popen.stdout is not None
        self._popen.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        self._popen.stdin.flush()
        line = self._popen.stdout.readline()
        if not line:
            code = self._popen.wait()
            raise ModelError(
                f"The bench's process ended ({code}). {self._last_words()}".strip(), _remedy(code)
            )
        reply = json.loads(line)
        if "error" in reply:
            raise ModelError(reply["error"], reply["remedy"])
        return reply["ok"]

    def _last_words(self) -> str:
        """The end of what it wrote to stderr."""
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").splitlines()
        return "\n".join(lines[-_LAST_LINES:])

    def __enter__(self) -> TorchProcess:
        return self

    def __exit__(self, *_: Any) -> None:
        self._popen.kill()
        self._popen.communicate()
        self._said.close()


def _remedy(code: int) -> str:
    """A system that is short of memory kills; a bug ends with 1."""
    return "" if code == 1 else "Free memory and try again."


class PeakMemory:
    """Watches how much processes hold at once, on a thread ``bench-memory``, until it is closed.

    Args:
        chosen: the process ids to add up, asked anew each time.
    """

    def __init__(self, chosen: Callable[[], list[int]]) -> None:
        self._chosen = chosen
        self._over = threading.Event()
        self.peak = 0
        """Bytes resident; pages that processes share count in each."""
        self._thread = threading.Thread(target=self._watch, name="bench-memory", daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(resident, self._chosen())))
            if self._over.wait(_SAMPLE_SECONDS):
                return

    def __enter__(self) -> PeakMemory:
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        self._thread.join()


def resident(pid: int) -> int:
    """Bytes that a process holds in memory; 0 once it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def family_without(others: list[int]) -> list[int]:
    """This process and all below it, without some."""
    own = psutil.Process()
    return [p.pid for p in (own, *own.children(recursive=True)) if p.pid not in others]


class BusyCores:
    """A process for each core that multiplies matrices, at the priority of the engine's process."""

    _WORK = (
        "import os, numpy\nfrom blipdesk.domain.children import stand_back\nstand_back()\n"
        "parent, a = os.getppid(), numpy.ones((600, 600), numpy.float32)\n"
        "while os.getppid() == parent: a @ a"  # also where a bench is killed
    )

    def __init__(self) -> None:
        # One thread each: the engine has as many in all as there are cores.
        environment = {**child_environment(), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-P", "-c", self._WORK]
        self._started = [
            subprocess.Popen(command, env=environment, creationflags=CREATION_FLAGS)
            for _ in range(os.cpu_count() or 1)
        ]
        time.sleep(1)  # until they compute

    def __enter__(self) -> BusyCores:
        return self

    def __exit__(self, *_: Any) -> None:
        for process in self._started:
            process.kill()
            process.wait()
