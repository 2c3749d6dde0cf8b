"""The QListView under the gallery: Qt's keyboard, mouse and accessibility over computed geometry.

QListView's own layout stores a rectangle per item: 1.5-2.2 s per relayout at a million rows.  Here every
geometric question is answered by :class:`Grid`, so a resize costs nothing and memory stays flat.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from blipdesk.ui.gallery.cell import caption_line
from blipdesk.ui.gallery.geometry import HEADING, Grid
from blipdesk.ui.gallery.model import GalleryModel
from blipdesk.ui.tasks import single_shot

TILE_MIN, TILE_MAX, TILE_DEFAULT = 130, 380, 200
_SETTLE_MS = 140
"""After a resize or a scroll: new thumbnail sizes and the visible photos are told once it is calm."""

AnyIndex = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint


class GridView(QListView):
    """Where the rows of a :class:`GalleryModel` stand, in a grid or a compact list.

    ``settled`` is emitted once sizes, rows and scrolling are calm.
    """

    settled = Signal()

    def __init__(self, model: GalleryModel) -> None:
        super().__init__()
        self._photos = model
        self._tile_width = TILE_DEFAULT
        self._listed, self._caption_line = False, caption_line()
        self._grid = Grid.fit(0, 800, TILE_DEFAULT)
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
            self._arrange_anew()

    @property
    def listed(self) -> bool:
        """Whether the photos stand in a compact list."""
        return self._listed

    def set_listed(self, listed: bool) -> None:
        """One photo a line, with what is known of it; the photo at the top stays there."""
        if listed != self._listed:
            self._listed = listed
            self._arrange_anew()

    def _arrange_anew(self) -> None:
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
        count, sections = self._photos.rowCount(), self._photos.sections
        if self._listed:
            self._grid = Grid.listed(count, view.width(), sections, old)
        else:
            self._grid = Grid.fit(count, view.width(), self._tile_width, sections, old, self._caption_line)
        # A notch of the wheel is three steps: a line of the grid, three of the list.
        bar.setSingleStep(max(self._grid.cell_height // (1 if self._listed else 3), 1))
        bar.setPageStep(view.height())
        top = bar.value()
        bar.setRange(0, max(self._grid.height - view.height(), 0))
        bar.setEnabled(bar.maximum() > 0)  # always there, so that columns do not jump; bare when not needed
        if old.cell_height != self._grid.cell_height or old.columns != self._grid.columns:
            line = old.line_at(top)
            into = top - old.line_top(line)
            row = old.line_rows(line).start
            if row < count and top:  # at the very top the first heading is seen whole
                moved = self._grid.line_top(self._grid.line_of(row))
                # Above the line is its heading, which is as high as before.
                share = self._grid.cell_height / old.cell_height if into > 0 else 1
                bar.setValue(moved + round(into * share))
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
        if self._stuck_height(self.verticalOffset()) or self._stuck_height(self.verticalOffset() + dy):
            # The heading at the top has moved along, and comes back to its place.
            self.viewport().update(0, 0, self.viewport().width(), HEADING + max(dy, 0))
        self._settle.start()

    def _stuck_height(self, offset: int) -> int:
        """So much of the screen's top a heading covers, under which its photos pass."""
        grid = self._grid
        for section, y in grid.headings(offset, offset):
            return max(y + HEADING - offset, 0) if y > grid.section_top(section) else 0
        return 0

    def heading_at(self, point: QPoint) -> int:
        """The group whose heading is at a point of the screen, or -1."""
        offset, grid = self.verticalOffset(), self._grid
        for section, y in grid.headings(offset, offset + self.viewport().height()):
            if y <= point.y() + offset < y + HEADING:
                groups = grid.groups_of(section)
                return next((one for one in groups if point.x() < sum(grid.group_span(one))), groups[-1])
        return -1

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
        offset = self.verticalOffset()
        row = self._grid.row_at(point.x(), point.y() + offset)
        if 0 <= point.y() < self._stuck_height(offset):
            row = -1
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
        elif rect.top() < self._stuck_height(self.verticalOffset()) or hint == Hint.PositionAtTop:
            headed = self._photos.sections.has_heading(self._photos.sections.of_row(index.row()))
            bar.setValue(bar.value() + rect.top() - (HEADING if headed else 0))
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

    def show_at_top(self, row: int) -> None:
        """Scroll so that a row is the first one that is seen, below the heading of its group."""
        self.updateGeometries()
        self.scrollTo(self._photos.index(row), Hint.PositionAtTop)

    def show_top_row(self, row: int, above: int) -> None:
        """Scroll so that a row is where :meth:`top_row` found it."""
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._grid.line_top(self._grid.line_of(row)) + above)
