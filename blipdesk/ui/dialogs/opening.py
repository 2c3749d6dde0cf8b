"""How the window opens a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def open_dialog(dialog: QDialog) -> None:
    """Open it in front of its parent; it goes once it is closed."""
    dialog.finished.connect(lambda _: dialog.deleteLater())
    dialog.open()
