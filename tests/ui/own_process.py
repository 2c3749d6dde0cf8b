"""A script in a process of its own, without a screen: what a whole run of the window needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run_script(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run it in ``folder``; the checkout and the tests' fakes can be imported."""
    paths = os.pathsep.join((str(HERE.parents[1]), str(HERE)))
    return subprocess.run(
        [sys.executable, "-c", script],
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=paths, XDG_CONFIG_HOME=str(folder)),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
