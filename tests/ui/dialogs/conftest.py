"""The settings dialog over a fake workspace."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from pytestqt.qtbot import QtBot
from settings_steps import Person

from blipdesk.ui.dialogs.settings import SettingsDialog


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace(300)


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def dialog(qtbot: QtBot, workspace: FakeWorkspace) -> SettingsDialog:
    dialog = SettingsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.folders_page.cards) == 2)
    qtbot.waitUntil(lambda: dialog.fields["model"].choices == (("demo", "Demo models"),))
    return dialog
