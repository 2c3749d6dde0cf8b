"""Joins what is chosen in the gallery with the photo pane, and goes from photo to photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.domain.values import ViewKind
from blipdesk.ui.browser import Browser
from blipdesk.ui.gallery.panel import GalleryPanel
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.selection import may_be_written

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class ChosenPhotos(QObject):
    """Shows in the pane what is chosen; tells the worker what is in sight."""

    def __init__(self, gallery: GalleryPanel, pane: PhotoPane, browser: Browser) -> None:
        super().__init__(gallery)
        self._gallery, self._pane, self._browser = gallery, pane, browser
        self._workspace: Workspace | None = None
        gallery.view.selection_changed.connect(self._on_selection)
        gallery.view.visible_changed.connect(self._on_visible)
        gallery.model.tiles_arrived.connect(self._on_read)
        gallery.view.edit_requested.connect(self.edit_caption)
        pane.navigate.connect(self.step)
        pane.confirmed.connect(self._on_confirmed)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Caption first there what is in sight."""
        self._workspace = workspace

    def focus(self, select: bool = True) -> None:
        """Give the photos the keyboard; with ``select``, the first one is selected if none is."""
        if self._gallery.showing_state:
            self._gallery.state.setFocus()
            return
        self._gallery.view.setFocus()
        if select and not self._gallery.view.selected_count():
            self._gallery.view.select_row(0)

    def step(self, by: int) -> None:
        """Previous or next photo."""
        self._gallery.view.select_row(self._gallery.view.currentIndex().row() + by)

    def edit_caption(self) -> None:
        """Open the pane with the cursor in the caption."""
        self._pane.show()
        self._pane.edit_caption()

    def edit_tags(self) -> None:
        """Open the pane with the cursor in the field for a tag."""
        self._pane.show()
        self._pane.edit_tags()

    def _on_confirmed(self) -> None:
        """A confirmed caption leaves the list of those to review: the next one comes."""
        if self._browser.view.kind is ViewKind.NEEDS_REVIEW:
            last = self._gallery.view.currentIndex().row() + 1 >= self._gallery.model.rowCount()
            self.step(-1 if last else 1)

    def _on_selection(self) -> None:
        view = self._gallery.view
        count = view.selected_count()
        if count > 1:
            self._pane.show_selection(count)
            self._on_read()
        else:
            self._pane.show_photo(view.selected_ids()[0] if count else None)

    def _on_read(self, *_: object) -> None:
        """The photos of the selection were read, anew perhaps: something may stand in their files by now."""
        view = self._gallery.view
        if view.selected_count() > 1:
            self._pane.many.offer_to_take_back(may_be_written(view))

    def _on_visible(self, ids: list[int]) -> None:
        if self._workspace is not None:
            self._workspace.captioning.set_visible(ids)
