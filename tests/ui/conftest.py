"""Window tests run without a screen; ``fake_workspace`` is importable by every test below this folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

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
