"""The first paint's frame stands where the content will, and closing early leaves nothing behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fake_workspace import FakeWorkspace
from own_process import run_script
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override
from whole_window import assembled

from blipdesk.ui.shell import Shell
from blipdesk.ui.theme import colors, theme


@pytest.fixture
def shell(qtbot):
    made = Shell()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("width", [860, 1000, 1119, 1120, 1440, 1920])
def test_the_drawn_frame_is_where_the_content_comes(shell, qtbot, width):
    shell.resize(width, 700)
    drawn, columns = QRect(*shell._search()), shell._columns()
    window = assembled(shell)
    search = window.top_bar.search

    def there() -> None:
        real = QRect(search.mapTo(shell, QPoint(0, 0)), search.size())
        assert abs(real.left() - drawn.left()) <= 1 and abs(real.right() - drawn.right()) <= 1
        assert (real.top(), real.bottom()) == (drawn.top(), drawn.bottom())

    qtbot.waitUntil(there)
    sizes = window.splitter.sizes()
    assert columns == (sizes[0], sizes[2])


def test_the_drawn_columns_are_the_remembered_ones(shell, qtbot):
    shell.resize(1440, 700)
    window = assembled(shell)
    window.splitter.setSizes([300, 638, 500])
    kept = window.remembered.last_changes()["splitter"]
    again = Shell(kept)
    qtbot.addWidget(again)
    again.resize(1440, 700)
    assert again._columns() == (300, 500)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_first_paint_has_the_colours_of_the_theme(shell, mode):
    theme().set_mode(mode)
    picture = shell.grab().toImage()
    middle = picture.pixelColor(picture.width() // 2 - 60, picture.height() // 2)
    assert middle == colors().color("bg")
    assert picture.pixelColor(5, picture.height() // 2) == colors().color("surface")
    assert picture.pixelColor(5, picture.height() - 4) == colors().color("surface")


def test_the_window_is_gone_before_anything_is_saved(shell, qtbot):
    seen = []
    shell.closed.connect(lambda: seen.append(shell.isVisible()))
    shell.close()
    qtbot.waitUntil(lambda: seen == [False])


BEGIN = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from fake_workspace import FakeWorkspace
from blipdesk.ui.main import run
from blipdesk.ui.shell import Shell

workspace, opening, closed = FakeWorkspace(5), threading.Event(), threading.Event()
original = Shell.__init__
def init(self, *given):
    original(self, *given)
    self.painted.connect(lambda: close(self))
Shell.__init__ = init
"""
END = """
status = run(open_workspace, ["blipdesk"], Path("look.json"))
print("status", status, "opened", opening.is_set(), "closed", workspace.closed)
"""


def run_whole(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A run of the window in a process of its own, with what the script says of opening and closing it."""
    return run_script(BEGIN + script + END, folder)


SLOW = """
def open_workspace(on_activate):
    opening.set()
    closed.wait(20)
    return workspace

def close(shell):
    if {early} or opening.is_set():
        shell.close()
        closed.set()
    else:
        QTimer.singleShot(10, shell, lambda: close(shell))
"""


@pytest.mark.parametrize(
    ("early", "expected"),
    [("True", "status 0 opened False closed False"), ("False", "status 0 opened True closed True")],
)
def test_closing_before_the_library_is_there_ends_cleanly(tmp_path, early, expected):
    done = run_whole(SLOW.replace("{early}", early), tmp_path)
    assert done.stdout.splitlines() == [expected], done.stderr
    assert "Traceback" not in done.stderr


FAULTY = """
def open_workspace(on_activate):
    opening.set()
    return workspace

def close(shell):
    window = shell.centralWidget()
    if window is None or window.workspace is None:
        QTimer.singleShot(10, shell, lambda: close(shell))
        return
    def detach():
        raise RuntimeError("a fault in the window")
    window.detach = detach
    shell.close()
"""


def test_a_fault_in_the_window_does_not_keep_the_program_without_one(tmp_path):
    done = run_whole(FAULTY, tmp_path)
    assert done.stdout.splitlines() == ["status 0 opened True closed True"], done.stderr


class Windows(QObject):
    """What is seen on the screen as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp):
    made = Windows()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def workspace():
    made = FakeWorkspace(60)
    made.writing.with_runs(3).with_conflicts(5)
    return made


def test_nothing_flashes_beside_the_window(windows, open_window, workspace, qtbot):
    window = open_window(workspace)
    window.gallery.view.select_row(3)
    qtbot.waitUntil(lambda: window.pane._photo is not None)
    window.top_bar.search.field.setText("moon -type:png")
    qtbot.waitUntil(lambda: len(window.gallery.filters.chips) == 2)
    for chip in window.gallery.filters.chips:
        chip.edited.emit()
    window.activity.open()
    assert windows.seen == ["Shell"]


def test_nothing_flashes_beside_a_dialog(windows, dialog):
    assert windows.seen == ["Shell", type(dialog).__name__]
