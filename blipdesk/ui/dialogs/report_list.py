"""A list of files and what is said of each, with pictures where there are some.

Painted, so that ten thousand rows open at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from blipdesk.domain.wording import joined, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.theme import (
    ICON,
    RADIUS_CONTROL,
    SIZE_BODY,
    SIZE_META,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    colors,
    font,
)
from blipdesk.ui.words import ended

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PAD, _GAP, _LABEL = 8, 2, 62
PICTURE = QSize(64, 48)
"""The room of a row's picture."""
_MOST = 400
"""Characters of one line that are laid out; a longer one ends with an ellipsis."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One file: a mark, its name, and labelled lines (an empty label: the line has the whole width).

    ``picture`` has the size of :data:`PICTURE`, in device pixels.
    """

    icon: str
    ink: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()
    picture: QImage | None = None

    @property
    def reading(self) -> str:
        """All of it in one line, for screen readers."""
        said = [
            tr("{name}: {words}", name=label, words=text) if label else text for label, text in self.lines
        ]
        return joined(*map(ended, (self.title, *said)))


class ReportModel(QAbstractListModel):
    """The rows of a :class:`ReportList`."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[ReportRow] = ()
        self.pictures = False
        """Room for pictures is kept in every row where one of them has one."""

    def show_rows(self, rows: Sequence[ReportRow]) -> None:
        """Show these instead of the ones before."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.pictures = any(row.picture is not None for row in rows)
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

    def _left(self) -> int:
        """Where a row's mark stands."""
        return SPACE_XL + (PICTURE.width() + SPACE_M if self._model.pictures else 0)

    def _width(self, label: str, width: int) -> int:
        """The room of a line of text in a row of this width."""
        return width - self._left() - ICON - SPACE_S - (_LABEL if label else 0) - SPACE_XL

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
        row = self._model.rows[index.row()]
        lines = sum(self._height(text, self._width(label, width)) + _GAP for label, text in row.lines)
        least = PICTURE.height() if self._model.pictures else 0
        return QSize(width, 2 * _PAD + max(QFontMetrics(self._title).height() + lines, least))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, box = self._model.rows[index.row()], option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colors().color("accent"))
            ring = box.toRectF().adjusted(SPACE_XL - 7.5, 0.5, -SPACE_XL + 7.5, -1.5)
            painter.drawRoundedRect(ring, RADIUS_CONTROL, RADIUS_CONTROL)
        corner = box.topLeft() + QPoint(self._left(), _PAD)
        if self._model.pictures:
            _paint_picture(painter, box.topLeft() + QPoint(SPACE_XL, _PAD), row.picture)
        painter.drawPixmap(corner, icons.pixmap(row.icon, row.ink))
        self._paint_texts(painter, row, corner + QPoint(ICON + SPACE_S, 0), box)
        painter.restore()

    def _paint_texts(self, painter: QPainter, row: ReportRow, corner: QPoint, box: QRect) -> None:
        palette, left, top = colors(), corner.x(), corner.y()
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


def _paint_picture(painter: QPainter, corner: QPoint, picture: QImage | None) -> None:
    """The picture, or the place of one that cannot be shown."""
    room = QRect(corner, PICTURE)
    if picture is not None:
        painter.drawImage(corner, picture)
        painter.setPen(colors().color("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)  # white photos have an edge too
        painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)
        return
    rounded_fill(painter, room, RADIUS_CONTROL, "raised")
    inset = QPoint((room.width() - ICON) // 2, (room.height() - ICON) // 2)
    painter.drawPixmap(corner + inset, icons.pixmap("image-off", "faint"))


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
