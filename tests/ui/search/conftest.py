"""A window whose search field has the keyboard."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtTest import QTest
from search_field_steps import EARLIER, FILTER, TAG


@pytest.fixture
def window(open_window):
    workspace = FakeWorkspace(100)
    workspace.searching.offers = [TAG, FILTER, EARLIER]
    made = open_window(workspace)
    made.search = made.top_bar.search.field
    return made


@pytest.fixture
def offered(window, qtbot):
    QTest.keyClicks(window.search, "mo")
    window.search.setFocus()
    qtbot.waitUntil(window.searching.offered.isVisible)
    return window.searching.offered


@pytest.fixture
def focused(window, qtbot):
    """Offscreen a window is active only once it was asked to be."""
    window.window().activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.top_bar.search.focus()
    qtbot.waitUntil(window.search.hasFocus)
    return window
