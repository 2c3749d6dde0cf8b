"""One question before something that touches many photos; the safe answer is the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from blipdesk.domain.wording import tr

Confirm = Callable[[QWidget, str, str, str, Callable[[bool], None]], None]
"""(parent, question, explanation, the yes button's words, gets the answer)."""


def ask_first(
    parent: QWidget, question: str, explanation: str, yes: str, answered: Callable[[bool], None]
) -> None:
    """Ask without blocking; ``answered`` gets True only when the ``yes`` button was chosen."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(tr("BlipDesk"))  # the question stands below; a title bar would cut it
    box.setText(question)
    box.setInformativeText(explanation)
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)

    def done(_: int) -> None:
        answered(box.clickedButton() is go)
        box.deleteLater()

    box.finished.connect(done)
    box.open()
