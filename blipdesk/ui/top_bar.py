"""The top bar: name, search field, sort order, tile size, theme, settings."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.ui import icons
from blipdesk.ui.gallery.grid_view import TILE_DEFAULT, TILE_MAX, TILE_MIN
from blipdesk.ui.pane.controls import FieldBox, icon_button
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.theme import (
    NARROW,
    SEARCH,
    SEARCH_WIDTH,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    TOP_BAR,
    colors,
    set_role,
    theme,
)

ORDERS: tuple[tuple[SortOrder, str], ...] = (
    (SortOrder.NEWEST, "Newest first"),
    (SortOrder.OLDEST, "Oldest first"),
    (SortOrder.ADDED, "Last added"),
    (SortOrder.NAME, "By name"),
)
BEST = "Best match"


class SearchField(FieldBox):
    """Glass, text, key hint or clear button.  Escape clears, then leaves; Down and Enter go to the photos.

    Signals: ``changed`` (text, at each key), ``left`` (Escape, Down), ``entered``.
    """

    changed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        self.field = _Field()
        super().__init__(self.field)
        self.setFixedHeight(SEARCH)
        self.setMinimumWidth(160)
        self.setMaximumWidth(SEARCH_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        glass = plain_label()
        icons.bind_icon(glass, "search", "muted", 16)
        self.field.setPlaceholderText("Search captions, tags and file names")
        set_role(self.field, "bare")
        set_reading(self.field, "Search", "Escape clears, Down goes to the photos")
        self.hint = plain_label("Ctrl+K", "key")
        self.clear = icon_button("x", "Clear the search", "Clear the search (Escape)", size=24, glyph=14)
        self.clear.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(glass)
        row.addWidget(self.field, 1)
        row.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignVCenter)
        self.field.textChanged.connect(self._on_text)
        self.field.escaped.connect(self._on_escape)
        self.field.down.connect(self.left)
        self.field.returnPressed.connect(self.entered)
        self.clear.clicked.connect(self.field.clear)

    @override
    def sizeHint(self) -> QSize:
        return QSize(SEARCH_WIDTH, SEARCH)

    def _on_text(self, text: str) -> None:
        self.clear.setVisible(bool(text))
        self.hint.setVisible(not text)
        self.changed.emit(text)

    def _on_escape(self) -> None:
        if self.field.text():
            self.field.clear()
        else:
            self.left.emit()

    def focus(self) -> None:
        """Put the cursor here, with the text selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_query(self, query: str) -> None:
        """Show a query that was changed elsewhere."""
        if self.field.text().strip() != query:
            self.field.setText(query)


class _Field(QLineEdit):
    """Tells of Escape and of Down."""

    escaped = Signal()
    down = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """Signals: ``order_chosen`` (SortOrder), ``tile_width_chosen`` (pixels), ``theme_toggled``,
    ``settings_requested``.
    """

    order_chosen = Signal(object)
    tile_width_chosen = Signal(int)
    theme_toggled = Signal()
    settings_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(TOP_BAR)
        self._brand = QWidget()
        brand = QHBoxLayout(self._brand)
        brand.setContentsMargins(0, 0, 0, 0)
        brand.setSpacing(SPACE_S)
        logo = plain_label()
        icons.bind_icon(logo, "logo", "text", 28)
        brand.addWidget(logo)
        brand.addWidget(plain_label("BlipDesk", "brand"))
        brand.addStretch(1)
        self.search = SearchField()
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(SPACE_S)
        self._make_tools(tools)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, 0, SPACE_M, 0)
        row.setSpacing(SPACE_L)
        row.addWidget(self._brand)
        row.addStretch(1)
        row.addWidget(self.search, 100)
        row.addStretch(1)
        row.addWidget(self._tools)
        theme().changed.connect(self._on_theme)
        self._on_theme()

    def _make_tools(self, tools: QBoxLayout) -> None:
        self.order = QComboBox()
        set_reading(self.order, "Sort order")
        set_tooltip(self.order, "Sort order")
        self.order.setFixedWidth(148)
        for order, words in ORDERS:
            self.order.addItem(words, order)
        self.order.activated.connect(lambda _: self.order_chosen.emit(self.order.currentData()))
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(TILE_MIN, TILE_MAX)
        self.size_slider.setValue(TILE_DEFAULT)
        self.size_slider.setFixedWidth(96)
        self.size_slider.setPageStep(30)
        self.size_slider.setSingleStep(10)
        set_reading(self.size_slider, "Size of the photos")
        set_tooltip(self.size_slider, "Size of the photos (Ctrl and wheel)")
        self.size_slider.valueChanged.connect(self.tile_width_chosen)
        self.theme_button = icon_button("moon", "Light or dark", size=32)
        self.theme_button.clicked.connect(self.theme_toggled)
        self.settings_button = icon_button("gear", "Settings", "Settings (Ctrl+,)", size=32)
        self.settings_button.clicked.connect(self.settings_requested)
        tools.addStretch(1)
        tools.addWidget(self.order)
        tools.addSpacing(SPACE_M)
        tools.addWidget(self.size_slider)
        tools.addSpacing(SPACE_S)
        tools.addWidget(self.theme_button)
        tools.addWidget(self.settings_button)

    def show_view(self, view: LibraryView) -> None:
        """Show the order of a view; "Best match" is there while there is a query."""
        has_best = self.order.itemData(0) == SortOrder.RELEVANCE
        if view.query and not has_best:
            self.order.insertItem(0, BEST, SortOrder.RELEVANCE)
        elif not view.query and has_best:
            self.order.removeItem(0)
        self.order.setCurrentIndex(max(self.order.findData(view.order), 0))
        self.search.show_query(view.query)

    def set_tile_width(self, width: int) -> None:
        """Show the tile size without telling of it."""
        blocked = QSignalBlocker(self.size_slider)
        self.size_slider.setValue(width)
        blocked.unblock()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Equal sides keep the search field in the middle; a narrow window lets go of the name first."""
        self._brand.setMinimumWidth(0 if self.width() < NARROW else self._tools.sizeHint().width())
        super().resizeEvent(event)

    def _on_theme(self) -> None:
        icons.bind_icon(self.theme_button, "sun" if colors().dark else "moon")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        painter.fillRect(self.rect(), palette.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, palette.color("line"))
