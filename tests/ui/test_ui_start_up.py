"""The window paints before anything heavy is imported, and its modules never need it."""

from __future__ import annotations

from own_process import run_script

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
LIGHT = {
    "blipdesk.domain",
    "blipdesk.domain.resources",
    *(f"blipdesk.ui.{name}" for name in ("icons", "look", "main", "resources", "shell", "theme")),
}
"""All of ours that the first paint may need: every other module waits for it."""

SCRIPT = """
import linecache, sys, threading

import blipdesk

def open_workspace(on_activate):
    # Called on a worker thread once the content stands: what is imported now is what the window needs.
    names = sorted({name.split(".")[0] for name in sys.modules})
    print("MAIN" if threading.current_thread() is threading.main_thread() else "WORKER")
    print(" ".join(names))
    print(*(name for name in linecache.cache if name.startswith(blipdesk.__path__[0])))
    sys.stdout.flush()
    from blipdesk.domain.errors import CatalogError
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    QTimer.singleShot(0, QApplication.instance(), QApplication.quit)
    raise CatalogError("No library in this test.")

from pathlib import Path
from blipdesk.ui.main import run
from blipdesk.ui.shell import Shell

original = Shell.__init__
def init(self, *given):
    original(self, *given)
    self.painted.connect(lambda: print(" ".join(name for name in sys.modules if "blipdesk." in name)))
Shell.__init__ = init
sys.exit(run(open_workspace, ["blipdesk"], Path("no-look.json")))
"""


def test_first_paint_needs_nothing_heavy(tmp_path):
    done = run_script(SCRIPT, tmp_path)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    painted = set(lines[0].split())
    assert painted & {"blipdesk.ui.main", "blipdesk.ui.shell"}
    assert {name for name in painted if name.startswith(("blipdesk.domain", "blipdesk.ui."))} <= LIGHT
    assert lines[1] == "WORKER"
    imported = set(lines[2].split())
    assert "PySide6" in imported
    assert imported & HEAVY == set()
    assert lines[3] == "", "sources are kept in memory"
