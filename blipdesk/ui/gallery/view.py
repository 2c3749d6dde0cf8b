"""The gallery's QListView: Qt's selection, keyboard, mouse and accessibility over computed geometry.

QListView's own layout stores a rectangle per item: 1.5-2.2 s per relayout at a million rows.  Here every
geometric question is answered by :class:`Grid`, so a resize costs nothing and memory stays flat.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget
from typing_extensions import override

from blipdesk.ui.gallery.cell import CellPainter
from blipdesk.ui.gallery.geometry import Grid
from blipdesk.ui.gallery.model import GalleryModel, tile_tooltip
from blipdesk.ui.gallery.thumbnails import Thumbnails
from blipdesk.ui.theme import theme

TILE_MIN, TILE_MAX, TILE_DEFAULT = 130, 380, 200
_FRAME_MS = 16
_SETTLE_MS = 140
"""After a resize or a scroll: new thumbnail sizes and the visible photos are told once it is calm."""

AnyIndex = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
Command = QItemSelectionModel.SelectionFlag
Hint = QAbstractItemView.ScrollHint


class GalleryView(QListView):
    """Shows the rows of a :class:`GalleryModel` as a justified grid.

    Signals: ``preview_requested`` and ``edit_requested`` with the photo id, ``visible_changed`` with the
    ids on the screen, ``selection_changed`` after any change of the selection or the current photo,
    ``menu_requested`` with a global position, ``tile_width_changed`` after Ctrl+wheel.
    """

    preview_requested = Signal(int)
    edit_requested = Signal(int)
    visible_changed = Signal(object)
    selection_changed = Signal()
    menu_requested = Signal(QPoint)
    tile_width_changed = Signal(int)

    def __init__(self, model: GalleryModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = model
        self._thumbnails = thumbnails
        self._painter = CellPainter()
        self._tile_width = TILE_DEFAULT
        self._grid = Grid.fit(0, 800, TILE_DEFAULT)
        self._anchor = -1
        self._hovered = -1
        self._frame = self._timer(_FRAME_MS, self._on_frame)
        self._settle = self._timer(_SETTLE_MS, self._on_calm)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setUniformItemSizes(True)
        self.setSelectionRectVisible(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName("Photos")
        # Bound methods: Qt disconnects them when the view goes, which it cannot do for a lambda.
        model.tiles_arrived.connect(self._on_arrived)
        thumbnails.arrived.connect(self._on_arrived)
        theme().changed.connect(self.repaint_soon)

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    # ------------------------------------------------------------------------------------ what to show

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

    @property
    def tile_width(self) -> int:
        """The cell width asked for."""
        return self._tile_width

    def set_highlight(self, words: tuple[str, ...]) -> None:
        """Mark caption words that start with one of these."""
        if words != self._painter.words:
            self._painter.words = words
            self.repaint_soon()

    def repaint_soon(self) -> None:
        """Repaint at most once per frame."""
        if not self._frame.isActive():
            self._frame.start()

    def _on_frame(self) -> None:
        self.viewport().update()

    def _on_arrived(self, _: object) -> None:
        self.repaint_soon()

    def visible_ids(self) -> list[int]:
        """The photos on the screen, from the top."""
        top = self.verticalOffset()
        return [self._photos.id_at(row) for row in self._rows(top, top + self.viewport().height() - 1)]

    def _rows(self, top: int, bottom: int) -> range:
        rows = self._grid.rows_between(top, bottom)
        return range(rows.start, min(rows.stop, self._photos.rowCount()))

    def _on_calm(self) -> None:
        self._thumbnails.set_size(*self._grid.picture_size, self.devicePixelRatioF())
        self.repaint_soon()
        self.visible_changed.emit(self.visible_ids())

    # ------------------------------------------------------------------------------------ geometry

    @override
    def doItemsLayout(self) -> None:  # nothing is stored: the base ends the layout
        QAbstractItemView.doItemsLayout(self)

    @override
    def updateGeometries(self) -> None:
        old, bar = self._grid, self.verticalScrollBar()
        view = self.viewport().size()
        self._grid = Grid.fit(self._photos.rowCount(), view.width(), self._tile_width)
        bar.setSingleStep(max(self._grid.cell_height // 3, 1))
        bar.setPageStep(view.height())
        top = bar.value()
        bar.setRange(0, max(self._grid.height - view.height(), 0))
        bar.setEnabled(bar.maximum() > 0)  # always there, so that columns do not jump; bare when not needed
        if old.cell_height != self._grid.cell_height or old.columns != self._grid.columns:
            line, into = divmod(top, old.cell_height)
            row = line * old.columns
            moved = row // self._grid.columns * self._grid.cell_height
            bar.setValue(moved + into * self._grid.cell_height // old.cell_height)
            self._settle.start()
        elif old.count != self._grid.count:
            self._settle.start()

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

    # ------------------------------------------------------------------------------------ selection

    @override
    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, columns = self._photos.rowCount(), self._grid.columns
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self._photos.index(0)
        page = max(self.viewport().height() // self._grid.cell_height, 1) * columns
        step = {
            Action.MoveLeft: -1, Action.MovePrevious: -1, Action.MoveRight: 1, Action.MoveNext: 1,
            Action.MoveUp: -columns, Action.MoveDown: columns,
            Action.MovePageUp: -page, Action.MovePageDown: page,
        }.get(action, 0)  # fmt: skip
        if action == Action.MoveHome:
            row = 0
        elif action == Action.MoveEnd:
            row = count - 1
        elif 0 <= row + step < count:
            row += step
        elif action == Action.MovePageUp:
            row %= columns
        elif action == Action.MovePageDown or (
            action == Action.MoveDown and row // columns < self._grid.lines - 1
        ):
            row = count - 1
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
        self.viewport().update()
        self.selection_changed.emit()

    @override
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
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
        self.selectionModel().select(selection, Command.ClearAndSelect)
        if 0 <= current < self._photos.rowCount():
            self._anchor = current
            self.selectionModel().setCurrentIndex(self._photos.index(current), Command.NoUpdate)

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.size())]

    def selected_count(self) -> int:
        """Number of selected photos, without listing them."""
        return sum(span.height() for span in self._spans())

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

    # ------------------------------------------------------------------------------------ input

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.current_id()
        if event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        elif (
            plain
            and current is not None
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.preview_requested.emit(current)
        elif plain and current is not None and event.key() == Qt.Key.Key_F2:
            self.edit_requested.emit(current)
        elif event.key() == Qt.Key.Key_Escape and self.selected_count() > 1:
            self.select_row(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Off: it would read every row's text; the search field is for that."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.preview_requested.emit(self._photos.id_at(index.row()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            old, self._hovered = self._hovered, row
            for changed in (old, row):
                if changed >= 0:
                    self.viewport().update(self.row_rect(changed))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_tile_width(self._tile_width + (20 if event.angleDelta().y() > 0 else -20))
            self.tile_width_changed.emit(self._tile_width)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            point = self.visualRect(self.currentIndex()).center()
            self.menu_requested.emit(self.viewport().mapToGlobal(point))
        elif self.indexAt(event.pos()).isValid():
            self.menu_requested.emit(event.globalPos())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            tile = self._photos.tile(index.row()) if index.isValid() else None
            QToolTip.showText(event.globalPos(), tile_tooltip(tile) if tile else "", self.viewport())
            return True
        return super().viewportEvent(event)

    # ------------------------------------------------------------------------------------ painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
            | QPainter.RenderHint.TextAntialiasing
        )
        offset, clip = self.verticalOffset(), event.rect()
        chosen, model = self.selectionModel(), self._photos
        current = self.currentIndex().row() if self.hasFocus() else -1
        # Bottom up: thumbnails are served last in first out, so the top of the screen comes first.
        for row in reversed(self._rows(clip.top() + offset, clip.bottom() + offset)):
            tile = model.tile(row)
            picture, none = (
                self._thumbnails.get(tile.id, tile.content_hash) if tile is not None else (None, False)
            )
            rect = self.row_rect(row)
            selected = chosen.isSelected(model.index(row))
            self._painter.paint(
                painter, rect, tile, picture, none, selected, row == current, row == self._hovered
            )
        painter.end()
