"""How one of our modules is started as a process of its own; what it is told is its starter's affair."""

from __future__ import annotations

import os
import subprocess
import sys

import blipdesk

if sys.platform == "win32":
    CREATION_FLAGS = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
else:
    CREATION_FLAGS = 0
"""For ``Popen``: behind the window's own work, without a console.  Elsewhere a child makes itself nice."""


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
    """This process's environment, in which a child finds our package wherever it runs."""
    environment = dict(os.environ)
    package_root = os.path.dirname(os.path.dirname(os.path.abspath(blipdesk.__file__)))
    inherited = environment.get("PYTHONPATH", "").split(os.pathsep)
    paths = [package_root, *(path for path in inherited if os.path.isabs(path))]
    environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    return environment
