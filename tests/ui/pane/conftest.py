"""The photo pane over a fake workspace."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import open_photo
from pytestqt.qtbot import QtBot

from blipdesk.ui.pane import PhotoPane


@pytest.fixture
def workspace() -> FakeWorkspace:
    workspace = FakeWorkspace(60)
    workspace.asking.word_seconds = 0.0
    return workspace


@pytest.fixture
def pane(qtbot: QtBot, workspace: FakeWorkspace) -> PhotoPane:
    pane = PhotoPane()
    qtbot.addWidget(pane)
    pane.resize(356, 800)
    pane.set_workspace(workspace)
    pane.toasts = []
    pane.toast.connect(lambda words, undo: pane.toasts.append((words, undo)))
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


@pytest.fixture
def shown_photo(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
