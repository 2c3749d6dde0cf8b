"""Opens the dialog of questions to many photos, and says in the status bar that one is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from blipdesk.domain.events import CatalogChange, Progress
from blipdesk.domain.wording import number, retold, tr
from blipdesk.ui.browser import Browser
from blipdesk.ui.dialogs.opening import open_dialog
from blipdesk.ui.gallery.panel import GalleryPanel
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.texts import set_reading, set_tooltip
from blipdesk.ui.status_bar import StatusBar
from blipdesk.ui.tasks import EventBridge
from blipdesk.ui.toast import Toast

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.asked.dialog import AskManyDialog
    from blipdesk.ui.pane import PhotoPane
    from blipdesk.ui.selection import SelectionActions


class AskedActions(QObject):
    """Owner: the GUI thread."""

    def __init__(
        self, window: QWidget, browser: Browser, gallery: GalleryPanel, status: StatusBar, toast: Toast
    ) -> None:
        super().__init__(window)
        self._window, self._browser, self._gallery, self._toast = window, browser, gallery, toast
        self._workspace: Workspace | None = None
        self._run_id = 0
        self.dialog: AskManyDialog | None = None
        self.link = LinkButton("", height=22, glyph="ask-many")
        self.link.clicked.connect(lambda: self._open(self._run_id))
        self.link.hide()
        status.add_link(self.link)
        gallery.ask_many.connect(self.ask)
        self._wanted = 0
        """The photo to choose once it is listed; 0: none."""
        browser.ids_changed.connect(self._choose_wanted)

    def serve(self, pane: PhotoPane, selection: SelectionActions, bridge: EventBridge) -> None:
        """Do what the pane and the selection's menu ask for; keep up with the worker and the catalog."""
        pane.many.ask_many.connect(self.ask)
        selection.ask_many_requested.connect(self.ask)
        bridge.progressed.connect(self._on_progress)
        bridge.catalog_changed.connect(self._on_change)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Ask through these services."""
        self._workspace = workspace
        self._on_progress(Progress() if workspace is None else workspace.captioning.progress())

    def ask(self) -> None:
        """Ask the selected photos where there are several, else all that are listed and fit."""
        self._open(0)

    def _open(self, run_id: int) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        from blipdesk.ui.asked.dialog import AskManyDialog, WhichPhotos

        view, model = self._gallery.view, self._gallery.model
        if view.selected_count() > 1:
            photos = WhichPhotos(view.selected_ids())
        else:
            photos = WhichPhotos(model.ids[: model.sure or None], self._browser.view.query)
        dialog = self.dialog = AskManyDialog(workspace, photos, run_id, self._window)
        dialog.show_requested.connect(self._browser.show_search)
        dialog.photo_requested.connect(self._show_photo)
        dialog.said.connect(self._toast.show_note)
        dialog.finished.connect(self._on_closed)
        open_dialog(dialog)

    def _show_photo(self, query: str, photo_id: int) -> None:
        """Show what the query finds, and choose this photo there."""
        before = self._browser.view
        self._browser.show_search(query)
        self._wanted = photo_id
        if self._browser.view == before:
            self._choose_wanted()

    def _choose_wanted(self) -> None:
        ids, photo_id = self._gallery.model.ids, self._wanted
        self._wanted = 0
        if photo_id and photo_id in ids:
            self._gallery.view.select_row(ids.index(photo_id))

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_change(self, change: CatalogChange) -> None:
        if self.dialog is not None and change.questions:
            self.dialog.read_soon()

    def _on_progress(self, progress: Progress) -> None:
        asked = progress.asked
        self._run_id = asked.run_id
        self.link.setVisible(bool(asked.run_id))
        if asked.run_id:
            words = tr("Asking: {done} of {total}", done=number(asked.done), total=number(asked.total))
            self.link.setText(words)
            self.link.updateGeometry()
            set_reading(self.link, words, tr("Show the answers"))
            set_tooltip(self.link, retold(asked.problem) or tr("Show the answers"))
        if self.dialog is not None:
            self.dialog.on_progress(progress)
