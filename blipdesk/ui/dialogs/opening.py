"""How the window opens a dialog."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

_FRAME = 48
"""Pixels of the screen that are left for a dialog's title bar and edges."""


def open_dialog(dialog: QDialog) -> None:
    """Open it in front of its parent, whole; it goes once it is closed."""
    # On a screen of 1440x900 at 150 % the buttons of the first start lay half below the edge.
    room = dialog.screen().availableSize() - QSize(_FRAME, _FRAME)
    dialog.resize(dialog.size().boundedTo(room))
    dialog.finished.connect(lambda _: dialog.deleteLater())
    dialog.open()
