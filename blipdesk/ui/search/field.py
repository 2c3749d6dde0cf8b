"""The search field of the top bar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy
from typing_extensions import override

from blipdesk.domain.wording import later, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.controls import FieldBox, icon_button
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.search.edit import QueryEdit
from blipdesk.ui.theme import SEARCH, SEARCH_WIDTH, SPACE_S

KEEP, KEPT = later("Save this search"), later("Saved: press to let it go")


class SearchField(FieldBox):
    """Glass, text, key hint or star and clear button, help.

    Signals: ``changed`` (text, at each key), ``entered``, ``clear_requested``, ``starred``,
    ``help_requested``.
    """

    changed = Signal(str)
    entered = Signal()
    clear_requested = Signal()
    starred = Signal()
    help_requested = Signal()

    def __init__(self) -> None:
        self.field = QueryEdit()
        super().__init__(self.field)
        self.setFixedHeight(SEARCH)
        self.setMinimumWidth(160)
        self.setMaximumWidth(SEARCH_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        glass = plain_label()
        icons.bind_icon(glass, "search", "muted", 16)
        self.field.setPlaceholderText(tr("Search captions, tags and file names"))
        set_reading(
            self.field, tr("Search"), tr("Down goes to the photos, Escape clears, F1 lists the filters")
        )
        self.hint = plain_label("Ctrl+K", "key")
        self.star = icon_button("star", tr(KEEP), size=24, glyph=16)
        self.clear = icon_button("x", tr("Clear the search"), size=24, glyph=14)
        by_key = tr("How to search (F1 in this field)")
        self.help = icon_button("help", tr("How to search"), by_key, size=24, glyph=16)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        row.setSpacing(2)
        row.addWidget(glass)
        row.addSpacing(SPACE_S - 2)
        row.addWidget(self.field, 1)
        for widget in (self.hint, self.star, self.clear, self.help):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self.entered)
        self.clear.clicked.connect(self.clear_requested)
        self.star.clicked.connect(self.starred)
        self.help.clicked.connect(self.help_requested)
        self._show_buttons("")

    @override
    def sizeHint(self) -> QSize:
        return QSize(SEARCH_WIDTH, SEARCH)

    def _on_text(self, text: str) -> None:
        self._show_buttons(text)
        self.changed.emit(text)

    def _show_buttons(self, text: str) -> None:
        self.hint.setVisible(not text)
        self.clear.setVisible(bool(text))
        self.star.setVisible(bool(text.strip()))

    def focus(self) -> None:
        """Put the cursor here, with the text selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_query(self, query: str) -> None:
        """Show a query that was changed elsewhere."""
        if self.field.text().strip() != query:
            self.field.setText(query)

    def show_kept(self, kept: bool) -> None:
        """Whether the query is one of the saved searches."""
        icons.bind_icon(self.star, "star-on" if kept else "star", "accent" if kept else "muted", 16)
        set_reading(self.star, tr(KEPT if kept else KEEP))
        set_tooltip(self.star, tr(KEPT if kept else KEEP))
