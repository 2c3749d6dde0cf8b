"""What a person does in the window over and over, before its picture is taken (see ``pictured_states``)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.tasks import wait_for_tasks

Act = Callable[[MainWindow, FakeWorkspace], object]


@dataclass(frozen=True, slots=True)
class State:
    """``settings`` are the workspace's, ``photos`` how many it has; None: the library is not open."""

    act: Act = lambda window, workspace: None
    photos: int | None = 300
    settings: tuple[tuple[str, Any], ...] = ()
    drive: bool = True
    """Whether the drive of some photos is there."""


def settle(milliseconds: int = 60) -> None:
    """Let everything that is under way come to its end."""
    for _ in range(3):
        wait_for_tasks(2000)
        QTest.qWait(milliseconds)


def until(condition: Callable[[], object]) -> None:
    """Wait for what is to be seen; where it does not come the picture shows what there is."""
    for _ in range(250):
        if condition():
            return
        QTest.qWait(20)
    print("  did not come:", condition, file=sys.stderr)


def type_query(window: MainWindow, text: str) -> None:
    """Type a query as a person does."""
    window.top_bar.search.field.setFocus()
    QTest.keyClicks(window.top_bar.search.field, text)
    settle(150)


def search(window: MainWindow, text: str) -> None:
    """Type a query and press Enter."""
    type_query(window, text)
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Return)
    settle(150)


def choose(window: MainWindow, row: int) -> None:
    """Select one photo."""
    window.chosen.focus(select=False)
    window.gallery.view.select_row(row)
    settle()


def opened(window: MainWindow, kind: type[QDialog]) -> Any:
    """The dialog of that kind, once it is seen."""
    until(lambda: [one for one in window.window().findChildren(kind) if one.isVisible()])
    return next(one for one in window.window().findChildren(kind) if one.isVisible())
