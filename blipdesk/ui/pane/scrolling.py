"""Columns that scroll, and what keeps the end of one in view while it grows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtWidgets import QScrollArea, QScrollBar, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.ui.pane.controls import scrolled

_NEAR = 4
"""Pixels from its end at which a bar counts as being there."""


class Column(QScrollArea):
    """A scrolling column; ``grown`` is emitted when its content asks for another height."""

    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 0, 0, 0)
        scrolled(body, self)

    def natural_height(self) -> int:
        """What all of its content needs at this width."""
        width = self.viewport().width()
        if self.column.hasHeightForWidth():
            return self.column.totalHeightForWidth(width)
        return self.column.totalSizeHint().height()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.minimumHeight())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.grown.emit()
        return super().eventFilter(watched, event)


class Follower(QObject):
    """Keeps a scroll bar at its end while what it scrolls grows; who scrolls away is left alone."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._bar, self._follows = bar, False
        bar.valueChanged.connect(self._on_moved)
        bar.rangeChanged.connect(self._on_range_changed)

    def follow(self) -> None:
        """Go to the end, and stay there."""
        self._follows = True
        self._bar.setValue(self._bar.maximum())

    def go_to_start(self) -> None:
        """Show the beginning, whatever grows behind it."""
        self._bar.setValue(self._bar.minimum())
        self._follows = False

    def _on_moved(self, value: int) -> None:
        self._follows = value >= self._bar.maximum() - _NEAR

    def _on_range_changed(self) -> None:
        if self._follows:
            self.follow()
