"""What floats under the search field: a part of the window, so that the field keeps the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.theme import RADIUS_INPUT, SPACE_S

_GAP = 4
"""Between the field and what floats, pixels."""


class Floating(QWidget):
    """Stands under ``anchor``, as wide as it or as ``least``, and goes with a click beside both."""

    def __init__(self, window: QWidget, anchor: QWidget, least: int = 0) -> None:
        super().__init__(window)
        self.anchor = anchor
        self._least = least
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        anchor.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def fit(self, width: int) -> int:
        """Lay out in a width, and return the height that it takes."""
        raise NotImplementedError

    def open(self) -> None:
        """Show it over everything else of the window."""
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        width = min(max(self.anchor.width(), self._least), window.width() - 2 * SPACE_S)
        corner = self.anchor.mapTo(window, QPoint(0, self.anchor.height() + _GAP))
        left = corner.x() + (self.anchor.width() - width) // 2
        left = min(max(left, SPACE_S), window.width() - SPACE_S - width)
        height = min(self.fit(width), window.height() - corner.y() - SPACE_S)
        self.setGeometry(QRect(left, corner.y(), width, height))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            if self.isVisible() and watched in (self.anchor, self.parentWidget()):
                self._place()
        elif event.type() == QEvent.Type.MouseButtonPress and self._is_beside(watched):
            self.hide()
        return False

    def _is_beside(self, watched: QObject) -> bool:
        parts = (self, self.anchor)
        return isinstance(watched, QWidget) and not any(
            part is watched or part.isAncestorOf(watched) for part in parts
        )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies below is not meant

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")
