"""Window tests run without a screen; ``fake_workspace`` is importable by every test below this folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace

    from blipdesk.ui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["blipdesk-tests"]


@pytest.fixture(autouse=True)
def styled(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every widget test runs in the dark theme, and leaves no background call behind."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    app = request.getfixturevalue("qapp")
    from blipdesk.ui import main, tasks, theme

    if theme.FAMILY not in QFontDatabase.families():
        main.load_fonts()
    theme.apply_theme(app, "dark")
    yield
    assert tasks.wait_for_tasks(10_000)


@pytest.fixture
def open_window(qtbot):
    """Opens whole windows, and takes them apart after the test."""
    from whole_window import assembled

    from blipdesk.ui.shell import Shell

    opened: list[MainWindow] = []

    def make(workspace: FakeWorkspace | None = None, size: tuple[int, int] = (1440, 900)) -> MainWindow:
        shell = Shell()
        qtbot.addWidget(shell)
        shell.resize(*size)
        shell.show()
        qtbot.waitExposed(shell)
        window = assembled(shell)
        if workspace is not None:
            window.attach(workspace)
            qtbot.waitUntil(lambda: window.browser.loaded and window.browser.side is not None)
        opened.append(window)
        return window

    yield make
    for window in opened:
        window.detach()


@pytest.fixture(params=["settings", "problems", "changes", "conflicts", "first_start", "keys"])
def dialog(request, open_window, workspace, qtbot) -> Iterator[QDialog]:
    """Each dialog of the window in turn, over the workspace of the test's own module."""
    from whole_window import opened_dialog

    made = opened_dialog(open_window(workspace), qtbot, request.param)
    yield made
    made.close()
