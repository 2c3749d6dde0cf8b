"""The tags of the side bar: the most frequent ones, a field that finds others, and the hidden ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import plural, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.side_data import KEYWORDS
from blipdesk.ui.tag_chips import TagChip, TagChips
from blipdesk.ui.theme import RADIUS_CONTROL, SPACE_S

_Tags = tuple[tuple[str, int], ...]


class _FindField(ComposedLine):
    """Finds tags by a part of their name; Escape empties it."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Find a tag"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(200)
        self.setFixedHeight(28)
        self.setStyleSheet(f"border-radius: {RADIUS_CONTROL}px; padding: 0 8px;")
        set_reading(self, tr("Find a tag"), tr("Escape shows the most frequent ones again"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class TagSection(QWidget):
    """Signals with a tag's name: ``chosen``, ``rename_requested``, ``merge_requested``, ``hide_requested``,
    ``show_requested``; ``find_requested`` with what is typed, ``placed`` when it may need another height.
    """

    chosen = Signal(str)
    rename_requested = Signal(str)
    merge_requested = Signal(str)
    hide_requested = Signal(str)
    show_requested = Signal(str)
    find_requested = Signal(str)
    placed = Signal()

    def __init__(self, is_on: Callable[[str], bool]) -> None:
        super().__init__()
        self._top: _Tags = ()
        self._hidden: _Tags = ()
        self.field = _FindField()
        self.field.textChanged.connect(self._on_typed)
        self.flow = TagChips(is_on, tr("F2 renames it, Delete hides it"))
        self.flow.chosen.connect(self.chosen)
        self.flow.renaming.connect(self.rename_requested)
        self.flow.hiding.connect(self.hide_requested)
        self.flow.menu_wanted.connect(self._open_menu)
        self.nothing = plain_label("", "faint", wrap=True)
        self.away = LinkButton("", ink="muted")
        self.away.clicked.connect(self._toggle_hidden)
        self.hidden_flow = TagChips(is_on, tr("Delete shows it again"))
        self.hidden_flow.chosen.connect(self.chosen)
        self.hidden_flow.hiding.connect(self.show_requested)
        self.hidden_flow.renaming.connect(self.rename_requested)
        self.hidden_flow.menu_wanted.connect(self._open_hidden_menu)
        for flow in (self.flow, self.hidden_flow):
            flow.placed.connect(self.placed)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.field)
        column.addWidget(self.flow)
        column.addWidget(self.nothing)
        column.addWidget(self.away, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.hidden_flow)
        parts: tuple[QWidget, ...] = (self.field, self.flow, self.nothing, self.away, self.hidden_flow)
        for part in parts:
            part.hide()  # nothing is known yet

    @property
    def chips(self) -> dict[str, TagChip]:
        """The tags that are shown, hidden ones aside."""
        return self.flow.chips

    # ------------------------------------------------------------------------------------ what is shown

    def show_tags(self, keywords: _Tags) -> None:
        """Show the most frequent tags, unless one is looked for."""
        self._top = keywords
        self.field.setVisible(len(keywords) >= KEYWORDS or bool(self.field.text()))
        if self.field.text().strip():
            self.find_requested.emit(self.field.text())
        else:
            self._show(keywords, tr("Tags appear as photos are captioned."))

    def show_found(self, typed: str, keywords: _Tags) -> None:
        """Show the tags that were looked for; those of something else come too late."""
        if typed == self.field.text():
            self._show(keywords, tr("No tag is called so."))

    def show_hidden(self, keywords: _Tags) -> None:
        """Know which tags are hidden."""
        self._hidden = keywords
        self.hidden_flow.show_tags(keywords)
        self._show_away(self.hidden_flow.isVisibleTo(self))

    def _show(self, keywords: _Tags, nothing: str) -> None:
        self.nothing.setText(nothing)
        self.nothing.setVisible(not keywords)
        self.flow.setVisible(bool(keywords))
        self.flow.show_tags(keywords)

    def _on_typed(self, typed: str) -> None:
        if typed.strip():
            self.find_requested.emit(typed)
        else:
            self.show_tags(self._top)

    def _toggle_hidden(self) -> None:
        self._show_away(not self.hidden_flow.isVisibleTo(self))

    def _show_away(self, is_open: bool) -> None:
        count = len(self._hidden)
        self.away.setVisible(bool(count))
        self.hidden_flow.setVisible(is_open and bool(count))
        counted = plural(count, tr("{n} hidden tag"), tr("{n} hidden tags"))
        said = tr("Put the hidden tags away") if is_open else counted
        self.away.setText(said)
        set_reading(self.away, said)
        self.placed.emit()

    def settle(self) -> None:
        """Put the tags into their order now."""
        self.flow.settle()

    def mark(self) -> None:
        """Show by which of them the view is narrowed."""
        self.flow.mark()
        self.hidden_flow.mark()

    def fit(self, width: int) -> None:
        """Be as high as so many pixels across need."""
        for flow in (self.flow, self.hidden_flow):
            flow.fit(width - 2 * SPACE_S)

    # ------------------------------------------------------------------------------------ menus

    def _open_menu(self, name: str, place: QPoint) -> None:
        menu = self._menu()
        self._add_naming(menu, name)
        menu.addAction(icons.icon("eye-off"), tr("Hide"), lambda: self.hide_requested.emit(name))
        menu.popup(place)

    def _open_hidden_menu(self, name: str, place: QPoint) -> None:
        menu = self._menu()
        menu.addAction(icons.icon("eye"), tr("Show again"), lambda: self.show_requested.emit(name))
        self._add_naming(menu, name)
        menu.popup(place)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_naming(self, menu: QMenu, name: str) -> None:
        menu.addAction(icons.icon("pencil"), tr("Rename…"), lambda: self.rename_requested.emit(name))
        menu.addAction(
            icons.icon("compare"), tr("Merge into another…"), lambda: self.merge_requested.emit(name)
        )
