"""The top bar: name, search field, sort order, tile size, theme, settings."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSlider,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.grouping import Grouping
from blipdesk.domain.query import tells_best
from blipdesk.domain.values import LibraryView, SortOrder, ViewKind
from blipdesk.domain.wording import later, tr
from blipdesk.ui import icons
from blipdesk.ui.gallery.grid_view import TILE_DEFAULT, TILE_MAX, TILE_MIN
from blipdesk.ui.pane.controls import icon_button
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.search.field import SearchField
from blipdesk.ui.theme import ICON, NARROW, SPACE_L, SPACE_M, SPACE_S, TOP_BAR, colors, theme

ORDERS: tuple[tuple[SortOrder, str], ...] = (
    (SortOrder.NEWEST, later("Newest first")),
    (SortOrder.OLDEST, later("Oldest first")),
    (SortOrder.ADDED, later("Last added")),
    (SortOrder.NAME, later("By name")),
    (SortOrder.SURENESS, later("Least sure first")),
)
BEST = later("Best match")
GROUPINGS: tuple[tuple[Grouping, str], ...] = (
    (Grouping.NONE, later("No groups")),
    (Grouping.DAY, later("By day")),
    (Grouping.MONTH, later("By month")),
    (Grouping.FOLDER, later("By folder")),
)


class TopBar(QFrame):
    """Signals: ``order_chosen`` (SortOrder), ``grouping_chosen`` (Grouping), ``listed_chosen`` (whether as a
    compact list), ``tile_width_chosen`` (pixels), ``theme_toggled``, ``settings_requested``.
    """

    order_chosen = Signal(object)
    grouping_chosen = Signal(object)
    listed_chosen = Signal(bool)
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
        set_reading(self.order, tr("Sort order"))
        set_tooltip(self.order, tr("Sort order"))
        self.order.setFixedWidth(148)
        for order, words in ORDERS:
            self.order.addItem(tr(words), order)
        self.order.activated.connect(self._on_order)
        self._make_groups()
        self.list_button = icon_button("list", tr("Compact list"), size=32)
        self.list_button.setCheckable(True)
        self.list_button.clicked.connect(self._on_list)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(TILE_MIN, TILE_MAX)
        self.size_slider.setValue(TILE_DEFAULT)
        self.size_slider.setFixedWidth(96)
        self.size_slider.setPageStep(30)
        self.size_slider.setSingleStep(10)
        set_reading(self.size_slider, tr("Size of the photos"))
        set_tooltip(self.size_slider, tr("Size of the photos (Ctrl with +, − or the wheel)"))
        self.size_slider.valueChanged.connect(self.tile_width_chosen)
        self.theme_button = icon_button("moon", tr("Light or dark"), size=32)
        self.theme_button.clicked.connect(self.theme_toggled)
        self.settings_button = icon_button("gear", tr("Settings"), tr("Settings (Ctrl+,)"), size=32)
        self.settings_button.clicked.connect(self.settings_requested)
        tools.addStretch(1)
        tools.addWidget(self.order)
        tools.addWidget(self.group_button)
        tools.addWidget(self.list_button)
        tools.addSpacing(SPACE_M)
        tools.addWidget(self.size_slider)
        tools.addSpacing(SPACE_S)
        tools.addWidget(self.theme_button)
        tools.addWidget(self.settings_button)

    def _make_groups(self) -> None:
        self.group_button = icon_button("groups", tr("Groups"), tr("Group the photos"), size=32)
        self.group_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.group_button)
        self._groups = QActionGroup(menu)
        for grouping, words in GROUPINGS:
            action = self._groups.addAction(menu.addAction(tr(words)))
            action.setCheckable(True)
            action.setData(grouping.value)
        self._groups.triggered.connect(lambda action: self._on_group(Grouping(action.data())))
        self.group_button.setMenu(menu)
        self.show_grouping(Grouping.NONE)

    def _on_group(self, grouping: Grouping) -> None:
        self.show_grouping(grouping)
        self.grouping_chosen.emit(grouping)

    def show_grouping(self, grouping: Grouping) -> None:
        """Show how the photos are grouped."""
        for action in self._groups.actions():
            action.setChecked(action.data() == grouping.value)
        self._show_use(self.group_button, "groups", grouping is not Grouping.NONE)

    def _on_list(self, listed: bool) -> None:
        self.show_listed(listed)
        self.listed_chosen.emit(listed)

    def show_listed(self, listed: bool) -> None:
        """Show whether the photos stand in a list: the size of the tiles does not count there."""
        self.list_button.setChecked(listed)
        self._show_use(self.list_button, "list", listed)
        self.size_slider.setEnabled(not listed)

    @staticmethod
    def _show_use(button: QToolButton, icon: str, is_used: bool) -> None:
        ink = "accent" if is_used else "muted"
        icons.bind_icon(button, icon, ink, size=ICON, active="accent" if is_used else "text")

    def _on_order(self, index: int) -> None:
        # Qt keeps a string's value and hands it back as a plain one.
        self.order_chosen.emit(SortOrder(self.order.itemData(index)))

    def show_view(self, view: LibraryView) -> None:
        """Show the order of a view; "Best match" is there while some photos match better than others."""
        has_best, similar = self.order.itemData(0) == SortOrder.RELEVANCE, view.kind is ViewKind.SIMILAR
        wants_best = similar or tells_best(view.query)
        if wants_best and not has_best:
            self.order.insertItem(0, tr(BEST), SortOrder.RELEVANCE)
        elif has_best and not wants_best:
            self.order.removeItem(0)
        self.order.setEnabled(not similar)
        is_best = view.order is SortOrder.RELEVANCE
        self.group_button.setEnabled(not is_best)
        why = tr("What is sorted by best match is not grouped") if is_best else tr("Group the photos")
        set_tooltip(self.group_button, why)
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
