"""A layout that fills rows from left to right, for chips."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override


class FlowLayout(QLayout):
    """Rows of items at their size hints; a row that is full continues below.

    Args:
        gap: pixels between items of a row.
        row_gap: pixels between rows.
        by_width: tell outer layouts that the height depends on the width (:class:`FlowBox` does not).
    """

    def __init__(
        self, parent: QWidget | None = None, gap: int = 8, row_gap: int = 8, by_width: bool = True
    ) -> None:
        super().__init__(parent)
        self._by_width = by_width
        self._items: list[QLayoutItem] = []
        self._gap, self._row_gap = gap, row_gap
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Add a widget before the item at ``index``."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return self._by_width

    @override
    def heightForWidth(self, width: int) -> int:
        return self.height_for(width) if self._by_width else -1

    def height_for(self, width: int) -> int:
        """Height of all rows in this width, pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self.visible_items()), default=0)
        tallest = max((item.sizeHint().height() for item in self.visible_items()), default=0)
        return QSize(min(widest, 120), tallest)

    def visible_items(self) -> list[QLayoutItem]:
        """The items that take room."""
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, move: bool) -> int:
        x, y, row_height = rect.x(), rect.y(), 0
        for item in self.visible_items():
            hint = item.sizeHint()
            width = min(hint.width(), rect.width())
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y, row_height = rect.x(), y + row_height + self._row_gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += width + self._gap
            row_height = max(row_height, hint.height())
        return y + row_height - rect.y()


class FlowBox(QWidget):
    """A widget with a :class:`FlowLayout` that is always as high as its rows.

    A height-for-width layout inside a scroll area asks for the height at its smallest width as its
    minimum, which left dead space below the last section; a fixed height does not.
    """

    def __init__(self, gap: int = 8, row_gap: int = 8) -> None:
        super().__init__()
        self.flow = FlowLayout(self, gap, row_gap, by_width=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._take_height()
        return super().event(event)

    @override
    def resizeEvent(self, event: object) -> None:
        self._take_height()

    def _take_height(self) -> None:
        height = self.flow.height_for(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)
