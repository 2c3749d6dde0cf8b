"""Selecting in the gallery: Qt's own model, with ranges instead of lists, a rubber band, and whole groups."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QInputEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView
from typing_extensions import override

from blipdesk.ui.gallery.grid_view import AnyIndex, GridView
from blipdesk.ui.gallery.model import GalleryModel
from blipdesk.ui.gallery.spans import Span, together

Action = QAbstractItemView.CursorAction
Command = QItemSelectionModel.SelectionFlag


class SelectingView(GridView):
    """What is selected of a :class:`GridView`, and how the keys move.

    ``selection_changed`` is emitted after any change of the selection or the current photo.
    """

    selection_changed = Signal()
    _selecting = False
    """While more than one thing changes, and is told once; asked of already when the model is set."""

    def __init__(self, model: GalleryModel) -> None:
        super().__init__(model)
        self._anchor = -1

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
    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> Command:
        """As file managers have it: Shift alone lets go of what Ctrl had chosen, both together keep it."""
        command = super().selectionCommand(index, event)
        if isinstance(event, QInputEvent) and command & Command.Current and command & Command.Select:
            held = event.modifiers()
            if held & Qt.KeyboardModifier.ShiftModifier and not held & Qt.KeyboardModifier.ControlModifier:
                command |= Command.Clear
        return command

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
        # Told once: between the two there is no current photo, as if none were chosen.
        self._select(together((row, row + 1) for row in rows), Command.ClearAndSelect, current)

    def change_spans(self, old: Iterable[Span], new: Iterable[Span], current: int) -> None:
        """Select these rows instead of others; what is the same in both is not touched.

        Of a band over a thousand lines a line more is a change of one span.
        """
        before, after = set(old), set(new)
        self._selecting = True
        self._select(before - after, Command.Deselect)
        self._selecting = False
        self._select(after - before, Command.Select, current)

    def _select(self, spans: Iterable[Span], command: Command, current: int = -1) -> None:
        selection = QItemSelection()
        for first, end in spans:
            selection.append(QItemSelectionRange(self._photos.index(first), self._photos.index(end - 1)))
        was, self._selecting = self._selecting, True
        self.selectionModel().select(selection, command)
        if 0 <= current < self._photos.rowCount():
            self._anchor = current
            self.selectionModel().setCurrentIndex(self._photos.index(current), Command.NoUpdate)
        self._selecting = was
        self._on_chosen()

    def selected_spans(self) -> list[Span]:
        """The selected rows, ascending."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.size()))
        return together((one.top(), one.bottom() + 1) for one in ranges)

    def selected_count(self) -> int:
        """Number of selected photos, without listing them."""
        return sum(end - first for first, end in self.selected_spans())

    def selected_rows(self, among: range) -> list[int]:
        """The selected rows among others, in their order."""
        spans = [range(*span) for span in self.selected_spans()]
        return [row for row in among if any(row in span for span in spans)]

    def selected_ids(self) -> array[int]:
        """Ids of the selected photos in their order on the screen."""
        ids = array("q")
        for first, end in self.selected_spans():
            ids.extend(self._photos.ids[first:end])
        return ids

    def current_id(self) -> int | None:
        """The photo with the keyboard focus."""
        row = self.currentIndex().row()
        return self._photos.id_at(row) if 0 <= row < self._photos.rowCount() else None

    # ------------------------------------------------------------------------------------ groups

    def select_group(self, group: int, command: Command = Command.ClearAndSelect) -> None:
        """Select all photos of a group, or let them go; the first in sight gets the focus."""
        rows = self._grid.group_rows(group)
        if rows:
            here = (row for row in self.rows_in_sight() if row in rows and self.row_rect(row).top() >= 0)
            self._select([(rows.start, rows.stop)], command, next(here, rows.start))
            self._anchor = rows.start

    def show_group(self, by: int) -> None:
        """Go to the first photo of the group so many further."""
        grid, row = self._grid, self.currentIndex().row()
        group = grid.groups.of_row(row) + by if row >= 0 else 0
        if 0 <= group < len(grid.groups) and self._photos.rowCount():
            first = grid.group_rows(group).start
            self.select_row(first)
            self.verticalScrollBar().setValue(grid.section_top(grid.sections.of_row(first)))
