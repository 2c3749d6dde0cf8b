"""File details behind a heading that opens and closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.wording import retold, tr
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.paint import WrappedText
from blipdesk.ui.pane.texts import moment_words, plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import SIZE_HEAD, SIZE_META, colors, font

_LABEL_WIDTH = 92
_PLACE, _FOLDER, _DIFFERENCE = "Place", "Folder", "File and catalog"
"""Labels of the rows that can be pressed, as the service says them."""
_CAPTIONS_DIFFER = "The file has another caption than yours"
_WRITTEN = "Caption written"
_SENTENCES = frozenset((_DIFFERENCE, _WRITTEN, "Rating", "Format"))
"""Labels of the rows whose values are ours to say; the others are the file's own words."""
_MOMENTS = frozenset(("Taken", "Changed"))
"""Labels of the rows whose values are times, and may have a note behind them."""


def _said(label: str, value: str) -> str:
    if label in _MOMENTS:
        return _said_moment(*value.partition(" ("))
    if label not in _SENTENCES:
        return value
    words, bracket, note = value.partition(" (")
    if label == _WRITTEN and bracket:
        return f"{retold(words)} ({retold(note.removesuffix(')'))})"
    return retold(value)


def _said_moment(moment: str, bracket: str, note: str) -> str:
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        words = moment
    else:
        words = moment_words(when, seconds=moment.count(":") > 1)
    return f"{words}{bracket}{note}"


class DetailValue(WrappedText):
    """One value; its menu copies it."""

    def __init__(self, label: str, value: str) -> None:
        super().__init__(value, size=SIZE_META)
        is_stars = bool(value) and set(value) <= {"★", "☆"}
        stars = tr("{n} of {most} stars", n=value.count("★"), most=len(value)) if is_stars else ""
        self.setAccessibleName(f"{label}: {stars or self.accessibleName()}")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def _show_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy"), lambda: QApplication.clipboard().setText(self.text()))
        menu.popup(self.mapToGlobal(point))


class DetailLink(DetailValue):
    """A value that can be pressed, with the mouse or with Enter."""

    pressed = Signal()

    def __init__(self, label: str, value: str, hint: str) -> None:
        super().__init__(label, value)
        self.set_ink("accent")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(hint)
        set_tooltip(self, hint)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(colors().color("accent"))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


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

    folder_pressed = Signal()
    """The file is to be shown in the file manager."""
    difference_pressed = Signal()
    """The captions of file and catalog are to be compared."""
    copied = Signal(str)
    """This was copied; a sentence."""
    rebuilt = Signal()
    """The rows are other widgets now: the tab order must be set again."""

    def __init__(self) -> None:
        super().__init__()
        self.toggle = SectionToggle(tr("FILE DETAILS"))
        set_reading(self.toggle, tr("File details"))
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 2, 0, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._values: list[DetailValue] = []
        self._rows: tuple[tuple[str, str], ...] = ()
        self._stale = self._disputed = False
        self._body.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._body)
        self.copy_button = LinkButton(tr("Copy details"), tr("Copy all file details"), height=24)
        self.copy_button.clicked.connect(self._copy_all)
        self.copy_button.hide()
        column.addWidget(self.copy_button)
        self.toggle.toggled.connect(self._on_toggled)

    @property
    def is_open(self) -> bool:
        """True while the rows are shown."""
        return self.toggle.isChecked()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Label and value of each row."""
        return self._rows

    def show_rows(self, rows: Sequence[tuple[str, str]], disputed: bool = False) -> None:
        """Show these rows instead of the ones before.

        Args:
            rows: English label and value of each.
            disputed: file and catalog have two captions, on which nobody has decided.
        """
        if (tuple(rows), disputed) == (self._rows, self._disputed):
            return
        self._disputed = disputed
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
            name = plain_label(tr(label), "faint")
            shown_value = self._value(label, _said(label, value))
            self._grid.addWidget(name, index, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(
                shown_value, index, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            )
            self._values.append(shown_value)
        self._fit()
        self.rebuilt.emit()

    def _value(self, label: str, value: str) -> DetailValue:
        """A row's value: what can be done with it depends on what it is."""
        if label == _PLACE:
            link = DetailLink(tr(label), value, tr("Copy the coordinates"))
            link.pressed.connect(lambda: self._copy(value, tr("Coordinates copied")))
        elif label == _FOLDER:
            link = DetailLink(tr(label), value, tr("Show in the file manager"))
            link.pressed.connect(self.folder_pressed)
        elif label == _DIFFERENCE and self._disputed and value == tr(_CAPTIONS_DIFFER):
            link = DetailLink(tr(label), value, tr("Compare both captions"))
            link.pressed.connect(self.difference_pressed)
        else:
            return DetailValue(tr(label), value)
        return link

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab visits, in order."""
        links: list[QWidget] = [value for value in self._values if isinstance(value, DetailLink)]
        return [*links, self.copy_button]

    @property
    def values(self) -> list[DetailValue]:
        """The values' widgets while the rows are open."""
        return list(self._values)

    def _copy(self, text: str, said: str) -> None:
        QApplication.clipboard().setText(shown(text))
        self.copied.emit(said)

    def _copy_all(self) -> None:
        lines = [f"{tr(label)}: {_said(label, value)}" for label, value in self._rows]
        self._copy("\n".join(lines), tr("File details copied"))

    def _on_toggled(self, opened: bool) -> None:
        if opened and self._stale:
            self._rebuild()
        self._body.setVisible(opened)
        self.copy_button.setVisible(opened and bool(self._rows))

    def _fit(self) -> None:
        for value in self._values:
            value.fit(self.width() - _LABEL_WIDTH - 12)

    @override
    def resizeEvent(self, event: object) -> None:
        self._fit()
