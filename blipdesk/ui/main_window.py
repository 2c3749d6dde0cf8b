"""The window's content: wires its parts to each other and to the services; the work is done in them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from blipdesk.domain.values import ViewKind
from blipdesk.domain.wording import tr
from blipdesk.ui.activity.actions import ActivityActions
from blipdesk.ui.appearance import Appearance
from blipdesk.ui.arrangement import Arrangement
from blipdesk.ui.asked.actions import AskedActions
from blipdesk.ui.assembly import assemble_page
from blipdesk.ui.browser import Browser
from blipdesk.ui.chosen import ChosenPhotos
from blipdesk.ui.folder_actions import FolderActions
from blipdesk.ui.gallery.panel import GalleryPanel
from blipdesk.ui.open_error import show_open_error
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.remember import Remembered
from blipdesk.ui.run_actions import RunActions
from blipdesk.ui.search.actions import SearchActions
from blipdesk.ui.search.filters import FilterActions
from blipdesk.ui.search.keeping import SavedActions
from blipdesk.ui.search.why import WhyFound
from blipdesk.ui.selection import SelectionActions
from blipdesk.ui.shell import Shell, columns
from blipdesk.ui.shortcuts import add_shortcuts
from blipdesk.ui.side_data import SideData
from blipdesk.ui.side_facets import SideFacets
from blipdesk.ui.sidebar import SideBar
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.status_bar import StatusBar
from blipdesk.ui.tag_actions import TagActions
from blipdesk.ui.tagging import TaggingActions
from blipdesk.ui.tasks import EventBridge, run_in_steps, single_shot
from blipdesk.ui.toast import Toast
from blipdesk.ui.top_bar import TopBar
from blipdesk.ui.trashing import TrashActions
from blipdesk.ui.whereabouts import Whereabouts
from blipdesk.ui.windows import Windows
from blipdesk.ui.words import error_words
from blipdesk.ui.writing_actions import WritingActions

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


_LOADED_MS = 3000
"""So long after the first list and the first ranked answer all that they need is loaded."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is made one by one before (see ``assembly``), so that no step keeps the window waiting."""

    browser: Browser
    top_bar: TopBar
    side_bar: SideBar
    gallery: GalleryPanel
    pane: PhotoPane
    status: StatusBar


class MainWindow(QStackedWidget):
    """All that the top-level window holds once it was painted: the library, or why it cannot be opened.

    ``retry_open`` is emitted when another try at opening the library is asked for.
    """

    retry_open = Signal()

    def __init__(self, shell: Shell, parts: Parts) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self._shell, self._pane_put_away = shell, False
        self.bridge = EventBridge(self)
        self.browser, self.gallery, self.pane = parts.browser, parts.gallery, parts.pane
        self.top_bar, self.side_bar, self.status = parts.top_bar, parts.side_bar, parts.status
        self.problem = StatePage()
        self.selection = SelectionActions(self.gallery.view, self)
        self.folders = FolderActions(shell)
        self.chosen = ChosenPhotos(self.gallery, self.pane, self.browser)
        whole = self._lay_out()
        self.toast = Toast(whole, self.gallery)
        self.remembered = Remembered(shell, self.splitter)
        self.facets = SideFacets(self.side_bar, self.browser, self.remembered)
        self.tags = TagActions(self.side_bar.tags, self.browser)
        self.tagging = TaggingActions(self.gallery.view, self.pane, self.bridge)
        self.whereabouts = Whereabouts(self.browser, self.gallery.view, self.remembered)
        self.arrangement = Arrangement(self.top_bar, self.browser, self.gallery.view, self.remembered)
        self.windows = Windows(shell, whole, self.gallery.view, self.toast)
        self.trash = TrashActions(self.gallery.view, shell, self.toast)
        self.appearance = Appearance(self.top_bar, self.windows, self.remembered)
        self.writing = WritingActions(shell, self.gallery.view, self.toast)
        self.searching = SearchActions(
            self.top_bar.search, self.browser, whole, self.chosen.focus, self.gallery.note.close_note
        )
        self.filters = FilterActions(self.gallery.filters, self.browser, whole)
        self.run = RunActions(self.status, self.toast)
        self.activity = ActivityActions(self.status, self.bridge, whole, self.toast)
        self.asked = AskedActions(self, self.browser, self.gallery, self.status, self.toast)
        self.saved = SavedActions(self.top_bar.search, self.side_bar.saved, self.browser)
        self.why = WhyFound(self.browser, self.gallery.view, self.pane)
        self._acting = (
            self.remembered, self.appearance, self.chosen, self.selection, self.folders, self.windows,
            self.writing, self.searching, self.saved, self.why, self.run, self.pane, self.gallery,
            self.facets, self.tags, self.tagging,
            self.filters, self.activity, self.asked, self.trash,
        )  # fmt: skip
        self._connect()
        add_shortcuts(self, shell.leave)

    def move_in(self) -> None:
        """Take the place of the shell's drawing."""
        self._shell.setAcceptDrops(True)
        self._shell.setCentralWidget(self)
        self.show()
        self.gallery.state.setFocus()

    # ------------------------------------------------------------------------------------ building

    def _lay_out(self) -> QWidget:
        self.splitter = columns((self.side_bar, self.gallery, self.pane))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.status)
        error = QWidget()
        QHBoxLayout(error).addWidget(self.problem)
        self.addWidget(whole)
        self.addWidget(error)
        return whole

    def _connect(self) -> None:
        view, browser = self.gallery.view, self.browser
        # What is loaded by then stays: to look through it for garbage again and again would hold all threads
        # up, 75 to 117 ms each time once a search was ranked (175,000 objects, most of them of libraries).
        # At the first list too, for a key may follow at once: 78 ms.
        loaded = single_shot(self, _LOADED_MS, gc.freeze)
        for began, slot in (
            (browser.ids_changed, gc.freeze),
            (browser.ids_changed, loaded.start),
            (self.gallery.model.rowsInserted, lambda: run_in_steps(self, assemble_page(self.pane))),
            (browser.ranked, loaded.start),
        ):
            began.connect(slot, Qt.ConnectionType.SingleShotConnection)
        self.top_bar.settings_requested.connect(self.windows.open_settings)
        browser.view_changed.connect(self.side_bar.show_view)
        browser.side_changed.connect(self.side_bar.show_side)
        self.side_bar.row_chosen.connect(browser.show_row)
        self.side_bar.tag_chosen.connect(browser.toggle_tag)
        self.side_bar.add_folder.connect(self.folders.choose)
        self.side_bar.tree.menu_requested.connect(self.folders.show_menu)
        self.folders.said.connect(self.show_toast)
        self.folders.hovered.connect(self.gallery.state.set_hot)
        self.gallery.add_folder.connect(self.folders.choose)
        self.gallery.clear_search.connect(self.searching.clear)
        self.gallery.escaped.connect(self.searching.on_escaped)
        self.gallery.all_photos.connect(lambda: browser.show_row(ViewKind.ALL))
        self.gallery.note.is_typed = self.searching.is_typed
        self.searching.typed_changed.connect(self.gallery.say_answer)
        self.searching.offered.said.connect(self.gallery.note.leave_to_list)
        self.gallery.retry_all.connect(self.selection.retry_all)
        self.gallery.reasons_requested.connect(self.windows.open_problems)
        self.gallery.caption_again.connect(self.selection.caption_again)
        self.gallery.copy_captions.connect(self.selection.copy_captions)
        self.pane.caption_again_requested.connect(self.selection.caption_again)
        self.pane.copy_captions_requested.connect(self.selection.copy_captions)
        self.pane.remove_requested.connect(self.selection.forget_missing)
        self.pane.open_preview.connect(self.windows.open_preview)
        self.pane.closed.connect(self.pane.hide)
        self.selection.anew_requested.connect(self.pane.caption_anew)
        for said in (self.pane.toast, self.selection.said):
            said.connect(lambda words, undo: self.show_toast(words, self.pane.undo if undo else None))
        self.saved.said.connect(self.show_toast)
        for actions in (self.tags, self.tagging):
            actions.said.connect(self.show_toast)
            actions.working.connect(self.toast.show_work)
        self.pane.working.connect(self.toast.show_work)
        self.trash.said.connect(self.show_toast)
        self.writing.serve(self.pane, self.selection, self.side_bar)
        self.selection.trash_requested.connect(self.trash.put)
        self.windows.trash_requested.connect(self.trash.put)
        self.trash.went.connect(self.windows.follow)
        self.selection.favourite_requested.connect(self.pane.toggle_favourite)
        self.asked.serve(self.pane, self.selection, self.bridge)
        self.windows.favourite_requested.connect(self.pane.toggle_favourite)
        self.selection.similar_requested.connect(browser.show_similar)
        self.pane.header.similar.connect(self.selection.find_similar)
        self.selection.keys_requested.connect(self.windows.open_keys)
        self.selection.preview_requested.connect(self.windows.open_preview)
        self.selection.edit_requested.connect(self.chosen.edit_caption)
        self.selection.tags_requested.connect(self.chosen.edit_tags)
        view.preview_requested.connect(self.windows.open_preview)
        self.status.failed_requested.connect(browser.show_failed)
        self.activity.reasons_requested.connect(self.windows.open_problems)
        self.status.model_requested.connect(lambda: self.windows.open_settings("Model"))
        browser.side_changed.connect(self._on_side)
        self.bridge.catalog_changed.connect(browser.on_catalog_changed)
        self.bridge.progressed.connect(self.run.on_progress)
        self.bridge.progressed.connect(browser.on_progressed)
        self.bridge.progressed.connect(self.side_bar.show_progress)
        self.windows.setting_changed.connect(self.run.show_model)
        self.remembered.failed.connect(self._failed(tr("The settings could not be saved.")))
        self.problem.primary.connect(self.retry_open)
        self.problem.secondary.connect(self._shell.close)

    # ------------------------------------------------------------------------------------ workspace

    def attach(self, workspace: Workspace) -> None:
        """Show a library that was opened; on the GUI thread."""
        self.workspace = workspace
        values = self.remembered.with_changes(workspace.settings.values)
        self.arrangement.restore(values)
        self.gallery.model.set_source(workspace.library.tiles)
        self.gallery.thumbnails.set_source(workspace.library.thumbnail)
        for part in self._acting:
            part.set_workspace(workspace)
        self.bridge.attach(workspace.events.subscribe)
        last = self.whereabouts.last(values)
        self.browser.attach(workspace, values.sort, last, self.whereabouts.top)
        self.setCurrentIndex(0)
        if not values.first_start_done and not workspace.demo:
            self.windows.open_first_start()

    def detach(self) -> None:
        """Let go of the library, with everything typed saved."""
        workspace, self.workspace = self.workspace, None
        if workspace is not None:
            self.bridge.detach()
            self.browser.detach()
            for part in self._acting:
                part.set_workspace(None)
            self.gallery.model.set_source(None)
            self.gallery.thumbnails.stop()

    def show_opening(self) -> None:
        """Say that the library is being opened."""
        self.setCurrentIndex(0)
        self.gallery.show_loading()

    def show_open_error(self, error: Exception) -> None:
        """Say over the whole window why the library cannot be opened, and what helps."""
        show_open_error(self.problem, error)
        self.setCurrentIndex(1)

    # ------------------------------------------------------------------------------------ doing

    def toggle_pane(self) -> None:
        """Show or hide the photo pane."""
        self.pane.setVisible(not self.pane.isVisible())

    def show_toast(self, words: str, undo: Callable[[], None] | None = None, icon: str = "check") -> None:
        """Say something for a few seconds."""
        self.toast.show_note(words, undo, icon)

    def _failed(self, words: str) -> Callable[[Exception], None]:
        return lambda error: self.toast.show_note(error_words(words, error), None, "warning", "err")

    # ------------------------------------------------------------------------------------ events

    def _on_side(self, side: SideData) -> None:
        # An empty library has nothing to show at the right.
        self.status.show_counts(side.counts)
        empty = not side.counts.total and not side.folders
        if empty or self._pane_put_away:
            self.pane.setVisible(not empty)
            self._pane_put_away = empty
