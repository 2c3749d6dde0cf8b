"""How dialogs are opened."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from blipdesk.ui.dialogs.opening import open_dialog


def test_no_dialog_is_larger_than_its_screen(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.resize(640, 5000)
    open_dialog(dialog)
    assert dialog.isVisible() and dialog.width() == 640
    assert dialog.height() < dialog.screen().availableSize().height()
    dialog.reject()
