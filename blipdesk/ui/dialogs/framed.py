"""The frame that dialogs share: a title, a sentence, a body, a footer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui.dialogs.cards import footer
from blipdesk.ui.motion import show_busy
from blipdesk.ui.pane.controls import Line
from blipdesk.ui.pane.texts import plain_label, set_reading, shown
from blipdesk.ui.theme import SPACE_M, SPACE_S, SPACE_XL, set_role


def answer_enter(*parts: QWidget) -> None:
    """Let Enter press the push button that has the keyboard, and the dialog's default one elsewhere."""
    for part in parts:
        buttons = [part] if isinstance(part, QPushButton) else part.findChildren(QPushButton)
        for button in buttons:
            button.setAutoDefault(True)


def progress_bar() -> QProgressBar:
    """A thin bar without words, busy until its range is known."""
    bar = QProgressBar()
    show_busy(bar)
    bar.setTextVisible(False)
    set_reading(bar, tr("Progress"))
    return bar


class Framed(QDialog):
    """A dialog in the look of the window; :meth:`lay_out` fills it once its parts are made."""

    def __init__(self, title: str, parent: QWidget | None, size: tuple[int, int]) -> None:
        super().__init__(parent)
        set_role(self, "surface")
        self.setWindowTitle(title)
        set_reading(self, title)
        self.resize(*size)
        self.setMinimumSize(min(460, size[0]), min(320, size[1]))
        self.title = plain_label(title, "title", wrap=True)
        self.words = plain_label("", "muted", wrap=True)

    def lay_out(self, body: QWidget, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        """Put the body between the head and the buttons."""
        head = QVBoxLayout()
        head.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_M)
        head.setSpacing(SPACE_S)
        head.addWidget(self.title)
        head.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(body, 1)
        column.addWidget(Line())
        column.addLayout(footer(left, right))
        answer_enter(body, *left, *right)

    def say(self, words: str, title: str = "") -> None:
        """Change the sentence, and the title where one is given."""
        self.words.setText(shown(words))
        self.words.setVisible(bool(words))
        if title:
            self.title.setText(shown(title))
            set_reading(self, title, words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Icon buttons and check boxes hand Enter on, and it would press the default button: close, mostly.
        held = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(held, QAbstractButton) and not isinstance(held, QPushButton):
            held.click()
        else:
            super().keyPressEvent(event)
