"""The window paints before anything heavy is imported, and its modules never need it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "sqlalchemy",
    "PIL",
    "pi_heif",
    "watchdog",
    "numpy",
    "torch",
    "transformers",
    "piexif",
    "typer",
    "rich",
}

SCRIPT = """
import sys, threading
from PySide6.QtWidgets import QApplication

def open_workspace(on_activate):
    # Called on a worker thread after the first paint: what is imported now is what the paint needed.
    names = sorted({name.split(".")[0] for name in sys.modules})
    print("MAIN" if threading.current_thread() is threading.main_thread() else "WORKER")
    print(" ".join(names))
    sys.stdout.flush()
    from blipdesk.domain.errors import CatalogError
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, QApplication.instance(), QApplication.quit)
    raise CatalogError("No library in this test.")

from pathlib import Path
from blipdesk.ui.main import run
sys.exit(run(open_workspace, ["blipdesk"], Path("no-look.json")))
"""


def test_first_paint_needs_nothing_heavy(tmp_path):
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    environment["XDG_CONFIG_HOME"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[0] == "WORKER"
    imported = set(lines[1].split())
    assert "PySide6" in imported
    assert imported & HEAVY == set()
