"""File details behind a heading that opens and closes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.paint import WrappedText
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.theme import SIZE_HEAD, SIZE_META, colors, font

_LABEL_WIDTH = 92


class DetailValue(WrappedText):
    """One value; its menu copies it."""

    def __init__(self, label: str, value: str) -> None:
        super().__init__(value, size=SIZE_META)
        stars = f"{value.count('★')} of {len(value)} stars" if value and set(value) <= {"★", "☆"} else ""
        self.setAccessibleName(f"{label}: {stars or self.accessibleName()}")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def _show_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy", lambda: QApplication.clipboard().setText(self.text()))
        menu.popup(self.mapToGlobal(point))


class SectionToggle(PaintedButton):
    """A section's heading that opens and closes it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self._drawn = font(SIZE_HEAD, 600, 0.7)

    @override
    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._drawn).horizontalAdvance(self.text()) + 28, 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        strong = self.underMouse() or self.hasFocus()
        painter.setFont(self._drawn)
        painter.setPen(colors().color("text" if strong else "faint"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text())
        x = QFontMetrics(self._drawn).horizontalAdvance(self.text()) + 6
        name = "chevron-down" if self.isChecked() else "chevron-right"
        painter.drawPixmap(QPoint(x, 5), icons.pixmap(name, "text" if strong else "faint", 14))
        if self.hasFocus():
            painter.setPen(colors().color("accent"))
            painter.drawLine(0, self.height() - 2, x - 6, self.height() - 2)


class FileDetails(QWidget):
    """Label and value rows, closed at first; their :attr:`toggle` stands where the page puts it."""

    def __init__(self) -> None:
        super().__init__()
        self.toggle = SectionToggle("FILE DETAILS")
        set_reading(self.toggle, "File details")
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 2, 0, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._values: list[DetailValue] = []
        self._rows: tuple[tuple[str, str], ...] = ()
        self._stale = False
        self._body.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._body)
        self.toggle.toggled.connect(self._on_toggled)

    @property
    def is_open(self) -> bool:
        """True while the rows are shown."""
        return self.toggle.isChecked()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Label and value of each row."""
        return self._rows

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these rows instead of the ones before."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self._stale = True
        if self.is_open:
            self._rebuild()

    def _rebuild(self) -> None:
        """Make the rows' widgets: only while open, for stepping through photos must stay quick."""
        self._stale = False
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._values = []
        for index, (label, value) in enumerate(self._rows):
            name = plain_label(label, "faint")
            shown_value = DetailValue(label, value)
            self._grid.addWidget(name, index, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(
                shown_value, index, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            )
            self._values.append(shown_value)
        self._fit()

    def _on_toggled(self, opened: bool) -> None:
        if opened and self._stale:
            self._rebuild()
        self._body.setVisible(opened)

    def _fit(self) -> None:
        for value in self._values:
            value.fit(self.width() - _LABEL_WIDTH - 12)

    @override
    def resizeEvent(self, event: object) -> None:
        self._fit()
