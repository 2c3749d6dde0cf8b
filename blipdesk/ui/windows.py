"""Opens the dialogs, imported when they are first asked for: the first paint needs none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blipdesk.ui.main_window import MainWindow


def open_preview(window: MainWindow, photo_id: int) -> None:
    """Show one photo large; arrows step through the gallery."""


def open_settings(window: MainWindow, section: str = "") -> None:
    """The settings dialog, at a section."""


def open_first_start(window: MainWindow) -> None:
    """The questions of the first start."""


def open_crash(window: MainWindow, trace: str) -> None:
    """Say that something went wrong inside, with the trace and where the log lies."""
