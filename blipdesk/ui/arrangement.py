"""How the photos are arranged: order, groups, list or grid, size of the tiles; chosen above, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.domain.grouping import Grouping
from blipdesk.domain.values import SortOrder
from blipdesk.ui.browser import Browser
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.remember import Remembered
from blipdesk.ui.top_bar import TopBar

if TYPE_CHECKING:
    from blipdesk.services.settings import Settings


class Arrangement(QObject):
    """Joins the controls of the top bar with the gallery."""

    def __init__(self, top_bar: TopBar, browser: Browser, view: GalleryView, remembered: Remembered) -> None:
        super().__init__(view)
        self._top_bar, self._browser, self._view, self._remembered = top_bar, browser, view, remembered
        top_bar.order_chosen.connect(browser.set_order)
        top_bar.order_chosen.connect(self._remember_order)
        top_bar.grouping_chosen.connect(browser.set_grouping)
        top_bar.grouping_chosen.connect(lambda grouping: remembered.change(grouping=grouping.value))
        top_bar.listed_chosen.connect(self._on_listed)
        top_bar.tile_width_chosen.connect(view.set_tile_width)
        top_bar.tile_width_chosen.connect(lambda width: remembered.change(tile_width=width))
        view.tile_width_changed.connect(top_bar.set_tile_width)
        view.tile_width_changed.connect(lambda width: remembered.change(tile_width=width))
        browser.view_changed.connect(top_bar.show_view)

    def restore(self, values: Settings) -> None:
        """As it was the last time; before the browser reads its first list."""
        grouping = Grouping(values.grouping) if values.grouping in set(Grouping) else Grouping.NONE
        self._top_bar.show_grouping(grouping)
        self._browser.grouping = grouping
        self._show_listed(values.listed)
        self._view.set_tile_width(values.tile_width)
        self._top_bar.set_tile_width(values.tile_width)

    def _on_listed(self, listed: bool) -> None:
        self._view.set_listed(listed)
        self._remembered.change(listed=listed)

    def _show_listed(self, listed: bool) -> None:
        self._top_bar.show_listed(listed)
        self._view.set_listed(listed)

    def _remember_order(self, order: SortOrder) -> None:
        if order is not SortOrder.RELEVANCE:  # that is of one search
            self._remembered.change(sort=order.value)
