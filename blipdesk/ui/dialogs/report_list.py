"""A list of files and what is said of each: painted, so that ten thousand of them open at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from blipdesk.ui import icons
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.theme import ICON, RADIUS_CONTROL, SIZE_BODY, SIZE_META, SPACE_S, SPACE_XL, colors, font

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PAD, _GAP, _LABEL = 8, 2, 44
_MOST = 400
"""Characters of one line that are laid out; a longer one ends with an ellipsis."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One file: a mark, its name, and labelled lines (an empty label: the line has the whole width)."""

    icon: str
    ink: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()
    path: str = ""

    @property
    def reading(self) -> str:
        """All of it in one line, for screen readers."""
        said = [f"{label}: {text}" if label else text for label, text in self.lines]
        return ". ".join([self.title, *said])


class ReportModel(QAbstractListModel):
    """The rows of a :class:`ReportList`."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[ReportRow] = ()

    def show_rows(self, rows: Sequence[ReportRow]) -> None:
        """Show these instead of the ones before."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown(row.reading)
        return None


class _Painter(QStyledItemDelegate):
    """Paints a row; heights are counted once for each text and width, for reasons repeat."""

    def __init__(self, model: ReportModel) -> None:
        super().__init__()
        self._model = model
        self._title, self._text = font(SIZE_BODY, 600), font(SIZE_META)
        self._heights: dict[tuple[str, int], int] = {}

    def _height(self, text: str, width: int) -> int:
        key = (text, width)
        if key not in self._heights:
            if len(self._heights) > 20_000:
                self._heights.clear()
            box = QRect(0, 0, max(width, 40), 10_000)
            found = QFontMetrics(self._text).boundingRect(box, Qt.TextFlag.TextWordWrap, drawn(text))
            self._heights[key] = found.height()
        return self._heights[key]

    @staticmethod
    def _width(label: str, width: int) -> int:
        return width - SPACE_XL - ICON - SPACE_S - (_LABEL if label else 0) - SPACE_XL

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
        row = self._model.rows[index.row()]
        lines = sum(self._height(text, self._width(label, width)) + _GAP for label, text in row.lines)
        return QSize(width, 2 * _PAD + QFontMetrics(self._title).height() + lines)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        palette, box = colors(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(palette.color("accent"))
            ring = box.toRectF().adjusted(SPACE_XL - 7.5, 0.5, -SPACE_XL + 7.5, -1.5)
            painter.drawRoundedRect(ring, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.drawPixmap(box.x() + SPACE_XL, box.y() + _PAD, icons.pixmap(row.icon, row.ink))
        left, top = box.x() + SPACE_XL + ICON + SPACE_S, box.y() + _PAD
        right = box.right() - SPACE_XL
        metrics = QFontMetrics(self._title)
        painter.setFont(self._title)
        painter.setPen(palette.color("text"))
        title = metrics.elidedText(drawn(row.title), Qt.TextElideMode.ElideMiddle, right - left)
        painter.drawText(QRect(left, top, right - left, metrics.height()), Qt.AlignmentFlag.AlignLeft, title)
        top += metrics.height() + _GAP
        painter.setFont(self._text)
        for label, text in row.lines:
            height = self._height(text, self._width(label, box.width()))
            if label:
                painter.setPen(palette.color("faint"))
                painter.drawText(QRect(left, top, _LABEL, height), Qt.AlignmentFlag.AlignLeft, label)
            start = left + (_LABEL if label else 0)
            painter.setPen(palette.color("text" if label else "muted"))
            room = QRect(start, top, right - start, height)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, drawn(text))
            top += height + _GAP
        painter.restore()


def drawn(text: str) -> str:
    """The text as a row draws it: of bounded length, in one paragraph."""
    text = " ".join(shown(text).split())
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


class ReportList(QListView):
    """Shows :class:`ReportRow` objects; the arrow keys go through them, their whole text is read aloud."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = ReportModel()
        self._painter = _Painter(self._model)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setStyleSheet("QListView { background: transparent; outline: none; }")
        set_reading(self, name)

    @property
    def rows(self) -> Sequence[ReportRow]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: Sequence[ReportRow]) -> None:
        """Show these, from the first."""
        self._model.show_rows(rows)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        if rows:
            self.setCurrentIndex(self._model.index(0))
        self.scrollToTop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
