"""What a person looked at last: kept, so that the next start goes on there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.ui.browser import Browser
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.remember import Remembered
from blipdesk.ui.tasks import single_shot

if TYPE_CHECKING:
    from blipdesk.services.settings import Settings

_SETTLE_MS = 400
"""Scrolling that pauses so long is where a person is."""


class Whereabouts(QObject):
    """Row of the side bar, query, the chosen photo and that at the top, in the window's own settings."""

    def __init__(self, browser: Browser, view: GalleryView, remembered: Remembered) -> None:
        super().__init__(browser)
        self._browser, self._view, self._remembered = browser, view, remembered
        self._settle = single_shot(self, _SETTLE_MS, self._keep_place)
        self.top = self._chosen = 0
        """The photos to bring to the top and to choose once the first list is there; 0: none."""
        browser.view_changed.connect(self._on_view)
        view.selection_changed.connect(self._settle.start)
        view.verticalScrollBar().valueChanged.connect(lambda _: self._settle.start())

    def last(self, values: Settings) -> LibraryView:
        """What was looked at when the program ended; the photo that stood at the top comes there again.

        A place among similar photos is none: what they are like may be anything by now.
        """
        self.top = self._chosen = 0
        known = values.view in set(ViewKind) and values.view != ViewKind.SIMILAR
        if self._browser.view.query or not (known or values.query):
            return LibraryView()  # another search was typed while the library was being opened
        kind = ViewKind(values.view) if known else ViewKind.ALL
        self.top, self._chosen = values.top_photo, values.chosen_photo
        if self.top or self._chosen:
            self._browser.ids_changed.connect(self._go_back, Qt.ConnectionType.SingleShotConnection)
        return LibraryView(kind, values.view_argument if known else "", values.query)

    def _go_back(self) -> None:
        ids = self._view.photos.ids  # looked through in C: 8 ms at a million
        top, chosen = (ids.index(one) if one in ids else -1 for one in (self.top, self._chosen))
        if chosen >= 0:
            self._view.select_rows([chosen], chosen)
        if top >= 0:
            self._view.show_at_top(top)

    def _on_view(self, view: LibraryView) -> None:
        if self._browser.loaded:
            self._settle.start()
            kept = view if view.kind is not ViewKind.SIMILAR else LibraryView()
            self._remembered.change(view=kept.kind.value, view_argument=kept.argument, query=kept.query)

    def _keep_place(self) -> None:
        if self._browser.loaded and self._browser.view.kind is not ViewKind.SIMILAR:
            row, _ = self._view.top_row()
            chosen = self._view.current_id() if self._view.selected_count() == 1 else None
            top = self._view.photos.id_at(row) if row >= 0 else 0
            self._remembered.change(top_photo=top, chosen_photo=chosen or 0)
