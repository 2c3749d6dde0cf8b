"""Wrapped text that the mouse selects and Ctrl+C copies; plain text throughout."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from blipdesk.ui.pane.paint import WrappedText
from blipdesk.ui.theme import colors


class SelectableText(WrappedText):
    """Press and drag select, a double click takes a word, Ctrl+A all; leaving it lets the selection go.

    Positions are counted in UTF-16 units, as Qt's text layout counts them.
    """

    def __init__(self, text: str = "", ink: str = "text") -> None:
        self._from = self._to = 0
        super().__init__(text, ink)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    @override
    def set_text(self, text: str) -> None:
        self._from = self._to = 0
        super().set_text(text)

    def selected_text(self) -> str:
        """The selected part; empty for none."""
        units = self._layout.text().encode("utf-16-le", "surrogatepass")
        low, high = sorted((self._from, self._to))
        return units[2 * low : 2 * high].decode("utf-16-le", "replace").replace("\u2028", "\n")

    def _select(self, start: int, end: int) -> None:
        self._from, self._to = start, end
        self.update()

    def _position(self, point: QPointF) -> int:
        row = min(max(int(point.y() / self._line), 0), self._layout.lineCount() - 1)
        return int(self._layout.lineAt(row).xToCursor(point.x()))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            at = self._position(event.position())
            extend = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._select(self._from if extend else at, at)
        else:
            super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._select(self._from, self._position(event.position()))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at, words = self._position(event.position()), QTextLayout.CursorMode.SkipWords
        end = self._layout.nextCursorPosition(at, words)
        self._select(self._layout.previousCursorPosition(end, words), end)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.selected_text():
            QApplication.clipboard().setText(self.selected_text())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select(0, len(self._layout.text().encode("utf-16-le", "surrogatepass")) // 2)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._select(0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colors().color(self._ink))
        low, high = sorted((self._from, self._to))
        marked = QTextLayout.FormatRange()
        marked.start, marked.length, marked.format = low, high - low, QTextCharFormat()
        own = self._ink == "on_bubble"
        marked.format.setBackground(QBrush(colors().color("on_bubble" if own else "accent")))
        marked.format.setForeground(QBrush(colors().color("bubble" if own else "on_accent")))
        selections = [marked] if high > low else []
        self._layout.draw(painter, QPointF(0, 0), selections, event.rect().toRectF())
