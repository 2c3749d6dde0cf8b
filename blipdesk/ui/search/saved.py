"""The saved searches in the side bar: a press runs one, F2 or a double-click renames it, Delete drops it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.search import SavedSearch
from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.texts import set_reading, set_tooltip, shown
from blipdesk.ui.theme import RADIUS_CONTROL, ROW, SIDEBAR, SIZE_BODY, colors, font

_LEFT = 34
"""Where the names begin: right of the icon, as in the rows above."""


class SavedRow(PaintedButton):
    """One saved search; ``renaming`` and ``forgotten`` when that is asked for."""

    renaming = Signal()
    forgotten = Signal()

    def __init__(self, search: SavedSearch) -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self.search = search
        self._editor: QWidget | None = None
        self.setCheckable(True)
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # F2 and Delete are for the one that was pressed
        set_reading(self, tr("Saved search {name}", name=search.name), tr("F2 renames it, Delete lets it go"))
        set_tooltip(self, search.query)

    @override
    def sizeHint(self) -> QSize:
        return QSize(SIDEBAR - 20, ROW)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_F2)  # F2 is not the caption's here
            return True
        return super().event(event)

    def place_editor(self, editor: QWidget | None) -> None:
        """Keep an editor over the name, wherever the row goes and however wide it gets."""
        self._editor = editor
        self._fit_editor()

    def _fit_editor(self) -> None:
        if self._editor is not None:
            self._editor.setGeometry(self.rect().adjusted(_LEFT - 6, 2, 0, -2))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_editor()

    @override
    def nextCheckState(self) -> None:
        """Which one is on is the view's to say."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.renaming.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.renaming.emit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("pencil"), tr("Rename"), self.renaming.emit)
        menu.addAction(icons.icon("trash"), tr("Delete"), self.forgotten.emit)
        menu.popup(event.globalPos())

    @override
    def paintEvent(self, event: object) -> None:
        painter, palette = QPainter(self), colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(palette.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        fill = palette.color("soft" if on else "hover")
        painter.setBrush(fill if on or self.underMouse() else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.drawPixmap(QPointF(8, 7), icons.pixmap("star", "accent" if on else "muted"))
        made = font(SIZE_BODY, 600 if on else 400)
        painter.setFont(made)
        painter.setPen(palette.color("text"))
        room = self.width() - _LEFT - 10
        name = shown(" ".join(self.search.name.split()))
        fitting = QFontMetricsF(made).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(_LEFT, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, fitting)


class _NameEdit(ComposedLine):
    """In a row, over its name; Enter or leaving it takes the name, Escape leaves the one of before."""

    done = Signal(bool)

    def __init__(self, row: SavedRow) -> None:
        super().__init__(row.search.name, row)
        self.row = row
        self.setMaxLength(200)
        self.setStyleSheet("padding: 0 5px; border-radius: 6px;")
        set_reading(self, tr("Name of the saved search"), tr("Enter takes it, Escape leaves it as it was"))
        self.returnPressed.connect(lambda: self.done.emit(True))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit(False)
        else:
            super().keyPressEvent(event)
        event.accept()  # what a line has no use for is not the row's: Enter would run the search

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.done.emit(True)


class SavedSearches(QWidget):
    """The rows of the section, which is hidden while there are none.

    Signals: ``chosen`` and ``forgotten`` with a SavedSearch, ``renamed`` with one and its new name,
    ``marked`` once another one may be the view's.
    """

    chosen = Signal(object)
    renamed = Signal(object, str)
    forgotten = Signal(object)
    marked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SavedRow] = []
        self._query = ""
        self._edit: _NameEdit | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def rows(self) -> list[SavedRow]:
        """The rows in their order."""
        return list(self._rows)

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show these; the keyboard stays with its row, or where that goes with the one in its place."""
        if [row.search for row in self._rows] == list(searches):
            return
        self._end_edit(True)
        old, self._rows = self._rows, [self._made(search) for search in searches]
        focused = next((place for place, row in enumerate(old) if row.hasFocus()), None)
        if focused is not None and searches:  # before its row goes, or Qt gives it to the search field
            self._focus(old[focused].search, focused)
        for row in old:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.mark(self._query)

    def _focus(self, search: SavedSearch, place: int) -> None:
        """Give the keyboard to a search, which may have another name now, or else to the one at a place."""
        renamed = (row for row in self._rows if row.search.query == search.query)
        same = (row for row in self._rows if row.search == search)
        row = next(same, None) or next(renamed, None) or self._rows[min(place, len(self._rows) - 1)]
        row.show()
        row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, search: SavedSearch) -> SavedRow:
        row = SavedRow(search)
        row.clicked.connect(lambda: self.chosen.emit(row.search))
        row.renaming.connect(lambda: self.rename(row.search.name))
        row.forgotten.connect(lambda: self.forgotten.emit(row.search))
        self._column.addWidget(row)
        return row

    def mark(self, query: str) -> None:
        """Show which of them the present view is."""
        self._query = query
        for row in self._rows:
            row.setChecked(bool(query) and row.search.query == query)
        self.marked.emit()

    @property
    def is_marked(self) -> bool:
        """Whether the present view is one of them."""
        return any(row.isChecked() for row in self._rows)

    def rename(self, name: str) -> None:
        """Let a name be edited in its place."""
        row = next((row for row in self._rows if row.search.name == name), None)
        if row is None:
            return
        self._end_edit(True)
        edit = self._edit = _NameEdit(row)
        row.place_editor(edit)
        edit.done.connect(self._end_edit)
        edit.show()
        edit.selectAll()
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_edit(self, take: bool) -> None:
        edit, self._edit = self._edit, None
        if edit is None:
            return
        name, search, had_focus = " ".join(edit.text().split()), edit.row.search, edit.hasFocus()
        if had_focus:
            edit.row.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.row.place_editor(None)
        edit.hide()
        edit.deleteLater()
        if take and name and name != search.name:
            self.renamed.emit(search, name)
