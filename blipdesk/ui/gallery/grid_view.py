"""The QListView under the gallery: Qt's selection, keyboard, mouse and accessibility over computed geometry.

QListView's own layout stores a rectangle per item: 1.5-2.2 s per relayout at a million rows.  Here every
geometric question is answered by :class:`Grid`, so a resize costs nothing and memory stays flat.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from blipdesk.ui.gallery.geometry import Grid
from blipdesk.ui.gallery.model import GalleryModel
from blipdesk.ui.tasks import single_shot

TILE_MIN, TILE_MAX, TILE_DEFAULT = 130, 380, 200
_SETTLE_MS = 140
"""After a resize or a scroll: new thumbnail sizes and the visible photos are told once it is calm."""

AnyIndex = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
Command = QItemSelectionModel.SelectionFlag
Hint = QAbstractItemView.ScrollHint


class GridView(QListView):
    """Where the rows of a :class:`GalleryModel` stand, what is selected of them, and how the keys move.

    ``selection_changed`` is emitted after any change of the selection or the current photo, ``settled`` once
    sizes, rows and scrolling are calm.
    """

    selection_changed = Signal()
    settled = Signal()

    def __init__(self, model: GalleryModel) -> None:
        super().__init__()
        self._photos = model
        self._tile_width = TILE_DEFAULT
        self._grid = Grid.fit(0, 800, TILE_DEFAULT)
        self._anchor = -1
        self._selecting = False
        self._settle = single_shot(self, _SETTLE_MS, self.settled.emit)
        self.setModel(model)
        model.parted.connect(self._on_parted)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setUniformItemSizes(True)
        self.setSelectionRectVisible(False)
        self.setFrameShape(QListView.Shape.NoFrame)

    @property
    def photos(self) -> GalleryModel:
        """The model."""
        return self._photos

    @property
    def grid(self) -> Grid:
        """The geometry in force."""
        return self._grid

    def set_tile_width(self, width: int) -> None:
        """Cells as near to ``width`` pixels as justify; the photo at the top stays there."""
        width = min(max(width, TILE_MIN), TILE_MAX)
        if width != self._tile_width:
            self._tile_width = width
            self.updateGeometries()
            self.viewport().update()
            self._settle.start()

    def _rows(self, top: int, bottom: int) -> range:
        rows = self._grid.rows_between(top, bottom)
        return range(rows.start, min(rows.stop, self._photos.rowCount()))

    # ------------------------------------------------------------------------------------ geometry

    @override
    def doItemsLayout(self) -> None:  # nothing is stored: the base ends the layout
        QAbstractItemView.doItemsLayout(self)

    @override
    def updateGeometries(self) -> None:
        old, bar = self._grid, self.verticalScrollBar()
        view = self.viewport().size()
        count, sure = self._photos.rowCount(), self._photos.sure
        self._grid = Grid.fit(count, view.width(), self._tile_width, sure)
        bar.setSingleStep(max(self._grid.cell_height // 3, 1))
        bar.setPageStep(view.height())
        top = bar.value()
        bar.setRange(0, max(self._grid.height - view.height(), 0))
        bar.setEnabled(bar.maximum() > 0)  # always there, so that columns do not jump; bare when not needed
        if old.cell_height != self._grid.cell_height or old.columns != self._grid.columns:
            line = old.line_at(top)
            into = top - old.line_top(line)
            moved = self._grid.line_top(self._grid.line_of(old.line_rows(line).start))
            bar.setValue(moved + into * self._grid.cell_height // old.cell_height)
            self._settle.start()
        elif old != self._grid:
            self._settle.start()

    def _on_parted(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()
        self._settle.start()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
        self._settle.start()

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def isIndexHidden(self, index: AnyIndex) -> bool:
        return False

    def row_rect(self, row: int) -> QRect:
        """The cell of a row in viewport coordinates."""
        return self._grid.rect(row).translated(0, -self.verticalOffset())

    @override
    def visualRect(self, index: AnyIndex) -> QRect:
        return self.row_rect(index.row()) if index.isValid() else QRect()

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._grid.row_at(point.x(), point.y() + self.verticalOffset())
        return self._photos.index(row) if 0 <= row < self._photos.rowCount() else QModelIndex()

    @override
    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        rect, view, bar = self.visualRect(index), self.viewport().rect(), self.verticalScrollBar()
        if hint == Hint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - view.center().y())
        elif rect.top() < view.top() or hint == Hint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > view.bottom() or hint == Hint.PositionAtBottom:
            bar.setValue(bar.value() + rect.bottom() - view.bottom())

    def rows_in_sight(self) -> range:
        """The rows on the screen, also those of which only a part is."""
        top = self.verticalOffset()
        return self._rows(top, top + self.viewport().height() - 1)

    @property
    def first_in_sight(self) -> int:
        """So many photos are on the screen at the top of a list that is long enough."""
        lines = -(-self.viewport().height() // self._grid.cell_height)
        return lines * self._grid.columns

    def clicked_place(self) -> tuple[int, int] | None:
        """The current photo and the height at which it is on the screen; None: it is not there."""
        row = self.currentIndex().row()
        if row not in self.rows_in_sight() or not self.selectionModel().isSelected(self.currentIndex()):
            return None
        return self._photos.id_at(row), self.row_rect(row).top()

    def show_current_at(self, y: int) -> None:
        """Scroll so that the current photo is at a height of the screen, as far as there are photos."""
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.row_rect(self.currentIndex().row()).top() - y)

    def top_row(self) -> tuple[int, int]:
        """The first row on the screen, and how many pixels of its line are above it; -1 at the very top."""
        top = self.verticalOffset()
        if not top or not self._photos.rowCount():
            return -1, 0
        line = self._grid.line_at(top)
        return self._grid.line_rows(line).start, top - self._grid.line_top(line)

    def show_top_row(self, row: int, above: int) -> None:
        """Scroll so that a row is where :meth:`top_row` found it."""
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._grid.line_top(self._grid.line_of(row)) + above)

    # ------------------------------------------------------------------------------------ selection

    @override
    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, grid = self._photos.rowCount(), self._grid
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self._photos.index(0)
        page = max(self.viewport().height() // grid.cell_height, 1)
        step = {
            Action.MoveLeft: -1, Action.MovePrevious: -1, Action.MoveRight: 1, Action.MoveNext: 1,
        }.get(action, 0)  # fmt: skip
        lines = {
            Action.MoveUp: -1, Action.MoveDown: 1, Action.MovePageUp: -page, Action.MovePageDown: page,
        }.get(action, 0)  # fmt: skip
        if action == Action.MoveHome:
            row = 0
        elif action == Action.MoveEnd:
            row = count - 1
        elif lines:
            row = grid.moved(row, lines)
        elif 0 <= row + step < count:
            row += step
        return self._photos.index(row)

    @override
    def setSelection(self, rect: QRect, command: Command) -> None:
        """A contiguous range from the anchor: Qt would take every cell under the rectangle."""
        offset = self.verticalOffset()
        target = rect.bottomRight()
        if command & Command.Current:
            row = self._grid.nearest_row(target.x(), target.y() + offset)
            anchor = self._anchor if self._anchor >= 0 else row
        else:
            row = anchor = self._grid.row_at(target.x(), target.y() + offset)
            self._anchor = row
        if row < 0:
            if command & Command.Clear:
                self.selectionModel().clearSelection()
            return
        first, last = self._photos.index(min(anchor, row)), self._photos.index(max(anchor, row))
        self.selectionModel().select(QItemSelection(first, last), command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # at most one screen is repainted, whatever was selected

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        # QListView's own lists every selected index for screen readers: seconds after Ctrl+A on a million.
        QAbstractItemView.selectionChanged(self, selected, deselected)
        self._on_chosen()

    @override
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.viewport().update()
        if not self._selecting:
            self.selection_changed.emit()

    @override
    def selectAll(self) -> None:
        count = self._photos.rowCount()
        if count:
            whole = QItemSelection(self._photos.index(0), self._photos.index(count - 1))
            self.selectionModel().select(whole, Command.ClearAndSelect)

    def select_row(self, row: int) -> None:
        """Make one row the current and only selected one, and show it."""
        if 0 <= row < self._photos.rowCount():
            index = self._photos.index(row)
            self._anchor = row
            self.selectionModel().setCurrentIndex(index, Command.ClearAndSelect)
            self.scrollTo(index)

    def select_rows(self, rows: Iterable[int], current: int = -1) -> None:
        """Select these rows (after a new id list); ``current`` gets the focus."""
        selection = QItemSelection()
        for row in rows:
            index = self._photos.index(row)
            selection.select(index, index)
        self._selecting = True  # told once: between the two there is no current photo, as if none were chosen
        self.selectionModel().select(selection, Command.ClearAndSelect)
        if 0 <= current < self._photos.rowCount():
            self._anchor = current
            self.selectionModel().setCurrentIndex(self._photos.index(current), Command.NoUpdate)
        self._selecting = False
        self._on_chosen()

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.size())]

    def selected_count(self) -> int:
        """Number of selected photos, without listing them."""
        return sum(span.height() for span in self._spans())

    def selected_rows(self, among: range) -> list[int]:
        """The selected rows among others, in their order."""
        spans = [range(span.top(), span.bottom() + 1) for span in self._spans()]
        return [row for row in among if any(row in span for span in spans)]

    def selected_ids(self) -> array[int]:
        """Ids of the selected photos in their order on the screen."""
        spans = sorted((span.top(), span.bottom()) for span in self._spans())
        ids = array("q")
        for top, bottom in spans:
            ids.extend(self._photos.ids[top : bottom + 1])
        return ids

    def current_id(self) -> int | None:
        """The photo with the keyboard focus."""
        row = self.currentIndex().row()
        return self._photos.id_at(row) if 0 <= row < self._photos.rowCount() else None
