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
    """Row of the side bar, query and the photo at the top, in the window's own settings."""

    def __init__(self, browser: Browser, view: GalleryView, remembered: Remembered) -> None:
        super().__init__(browser)
        self._browser, self._view, self._remembered = browser, view, remembered
        self._settle = single_shot(self, _SETTLE_MS, self._keep_place)
        self._top = 0
        """The photo to go back to once the first list is there; 0: none."""
        browser.view_changed.connect(self._on_view)
        view.verticalScrollBar().valueChanged.connect(lambda _: self._settle.start())

    def last(self, values: Settings) -> LibraryView:
        """What was looked at when the program ended; the photo that stood at the top comes there again.

        A place among similar photos is none: what they are like may be anything by now.
        """
        self._top = 0
        known = values.view in set(ViewKind) and values.view != ViewKind.SIMILAR
        if self._browser.view.query or not (known or values.query):
            return LibraryView()  # another search was typed while the library was being opened
        kind = ViewKind(values.view) if known else ViewKind.ALL
        self._top = values.top_photo
        if self._top:
            self._browser.ids_changed.connect(self._go_back, Qt.ConnectionType.SingleShotConnection)
        return LibraryView(kind, values.view_argument if known else "", values.query)

    def _go_back(self) -> None:
        photo_id, self._top = self._top, 0
        ids = self._view.photos.ids
        if photo_id in ids:  # C speed: 8 ms at a million
            self._view.show_top_row(ids.index(photo_id), 0)

    def _on_view(self, view: LibraryView) -> None:
        if self._browser.loaded:
            self._settle.start()
            kept = view if view.kind is not ViewKind.SIMILAR else LibraryView()
            self._remembered.change(view=kept.kind.value, view_argument=kept.argument, query=kept.query)

    def _keep_place(self) -> None:
        if self._browser.loaded and self._browser.view.kind is not ViewKind.SIMILAR:
            row, _ = self._view.top_row()
            self._remembered.change(top_photo=self._view.photos.id_at(row) if row >= 0 else 0)
