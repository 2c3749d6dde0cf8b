"""One of two captions that are compared, with the button that keeps it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.ui.pane.controls import scrolled, text_button
from blipdesk.ui.pane.paint import WrappedText, rounded_fill
from blipdesk.ui.pane.texts import plain_label, shown
from blipdesk.ui.theme import RADIUS_INPUT, SPACE_M, SPACE_S


class TextCard(QFrame):
    """One of the two captions, with the button that keeps it."""

    def __init__(self, head: str, button: str) -> None:
        super().__init__()
        self._head = plain_label(head, "head")
        self.text = WrappedText()
        self.button = text_button(button, "on-raised")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.text)
        inner.addStretch(1)
        self._area = scrolled(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(self._head)
        column.addWidget(self._area, 1)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_text(self, text: str, head: str) -> None:
        """Show a caption and where it stands."""
        self._head.setText(shown(head.upper() if head.isascii() else head))
        self.text.set_text(text)
        self._area.verticalScrollBar().setValue(0)
        self._fit()

    def _fit(self) -> None:
        self.text.fit(self.width() - 2 * SPACE_M - 12)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")
