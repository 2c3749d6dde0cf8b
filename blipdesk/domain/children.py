"""How one of our modules is started as a process of its own, and who has the processor first."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress

import blipdesk

if sys.platform == "win32":
    CREATION_FLAGS = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
else:
    CREATION_FLAGS = 0
"""For ``Popen``: behind the window's own work, without a console.  Elsewhere a child makes itself nice."""

NICENESS = 12
"""While every core captions at nice 12 or 15, an answer to a search of a million photos takes 32 to 35 ms on
the average (95th of a hundred: 39 to 46), at nice 10 42 to 62 (54 to 101).  Beside programs that use every
core a process at nice 12 has a sixteenth of one, at nice 15 half as much, at nice 10 a tenth."""
_THREAD_NICENESS = 5
"""At the start of a million photos, on two cores that others used too, the longest gap between two turns of
the event loop was 82, 41, 111, 78, 41 and 39 ms, of the long ones 40 to 82 in the queue for a core; with the
window's readers at nice 2 42, 57, 59, 70, 38 and 51, at nice 5 63, 39, 52, 42, 41 and 39."""
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}
_limited: set[str] = set()


def stand_back() -> None:
    """Leave the processor to the window and to other programs; on Windows our starter has seen to it."""
    with suppress(AttributeError, OSError):
        os.nice(max(0, NICENESS - os.nice(0)))  # a thread that gives way hands its own on to what it starts


def give_way() -> None:
    """Let the window's thread have the processor before the one that calls this, and those it starts.

    Linux alone gives each thread a niceness of its own, see setpriority(2).
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with suppress(OSError):
            nice = max(os.getpriority(os.PRIO_PROCESS, thread), _THREAD_NICENESS)
            os.setpriority(os.PRIO_PROCESS, thread, nice)


def use_one_blas_thread() -> None:
    """Have numpy multiply on one thread in this process; only before numpy is imported.

    The products of a search are small: a second thread, which has to wait for a core that captioning holds,
    makes the reading of a query take 92 ms instead of 15.
    """
    for name, value in _ONE_THREAD.items():
        if name not in os.environ:
            os.environ[name] = value
            _limited.add(name)


def python_command(module: str, frozen_flag: str, *options: str) -> list[str]:
    """The command line that runs one of our modules.

    ``-P`` keeps the current folder off the module path (it may be a folder of photos with a ``PIL.py`` in
    it), ``-B`` writes no bytecode.

    Args:
        module: its name.
        frozen_flag: what asks the frozen program for it.
        options: more options for Python.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, frozen_flag]
    return [sys.executable, "-P", "-B", *options, "-m", module]


def child_environment() -> dict[str, str]:
    """This process's environment, in which a child finds our package wherever it runs.

    Without :func:`use_one_blas_thread`: a model's process has its own number of threads.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _limited}
    package_root = os.path.dirname(os.path.dirname(os.path.abspath(blipdesk.__file__)))
    inherited = environment.get("PYTHONPATH", "").split(os.pathsep)
    paths = [package_root, *(path for path in inherited if os.path.isabs(path))]
    environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    return environment
