"""The photo pane, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.events import CatalogChange, Progress
from blipdesk.domain.values import Photo, WriteTarget
from blipdesk.domain.wording import tr
from blipdesk.ui.pane.acts import PhotoActs
from blipdesk.ui.pane.drafts import DraftKeeper
from blipdesk.ui.pane.header import PaneHeader
from blipdesk.ui.pane.loading import Loaded, load
from blipdesk.ui.pane.states import ManySelected, NothingSelected
from blipdesk.ui.pane.texts import set_reading, who_answers
from blipdesk.ui.shortcuts import ASK, EDIT_CAPTION, bind
from blipdesk.ui.tasks import EventBridge, LatestTask
from blipdesk.ui.theme import PANE, colors
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.pane.found import WhyLine
    from blipdesk.ui.pane.page_acts import PageActs
    from blipdesk.ui.pane.photo_page import PhotoPage


class PhotoPane(QWidget):
    """One photo: picture, caption, tags, file details, chat; or a page for none or many.

    Services are called from the pool; results come back on the GUI thread, of reads only the newest one's.
    Unsaved text is saved when another photo is shown, with Undo in the toast, and at the end.
    """

    navigate = Signal(int)
    """-1 previous, 1 next."""
    open_preview = Signal(int)
    closed = Signal()
    toast = Signal(str, bool)
    """A sentence, and whether Undo makes sense."""
    working = Signal(str, object)
    """A sentence on how far an undo is, and None: it is not stopped."""
    edited = Signal(int)
    """So many more edits, or fewer, can be taken back."""
    caption_again_requested = Signal()
    """For the whole selection (many selected)."""
    confirmed = Signal()
    """The photo's caption was found right."""
    remove_requested = Signal()
    """The photo's file is gone: take the photo out of the library."""
    copy_captions_requested = Signal()
    write_requested = Signal(object)
    """The shown photo's caption into its file: a WriteTarget, NONE where the settings say."""
    take_back_requested = Signal()
    """What was written into the files of the selection."""
    changes_requested = Signal()
    show_file_requested = Signal()
    """The shown photo's file, in the file manager."""
    compare_requested = Signal(int)
    """The shown photo's two captions are to be compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._photo: Photo | None = None
        self._wanted: int | None = None
        self._once_shown: Callable[[], None] | None = None
        self._reasons: tuple[int, Sequence[WhyLine]] = (0, ())
        """Why a photo was found, and which."""
        self._acts = PhotoActs(self)
        self._drafts = DraftKeeper(self)
        self._load = LatestTask(self)
        self._bridge = EventBridge(self)
        self._bridge.catalog_changed.connect(self._on_catalog_changed)
        self._bridge.progressed.connect(self._on_progressed)
        self._page: PhotoPage | None = None
        self._page_acts: PageActs | None = None
        self.header = PaneHeader()
        self.nothing = NothingSelected()
        self.many = ManySelected()
        self._lay_out()
        self._connect()
        self.setMinimumWidth(PANE)
        set_reading(self, tr("Photo"))
        self.show_photo(None)

    # ------------------------------------------------------------------------------------ building

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        for page in (self.nothing, self.many):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.header.step.connect(self.navigate)
        self.header.expanded.connect(self._on_expand)
        self.header.starred.connect(self._on_starred)
        self.header.closed.connect(self.closed)
        self.many.caption_again.connect(self.caption_again_requested)
        self.many.copy_captions.connect(self.copy_captions_requested)
        self.many.take_back.connect(self.take_back_requested)
        self.nothing.unsaved_chosen.connect(self.show_photo)
        self._acts.said.connect(self.toast)
        self._acts.working.connect(self.working)
        self._acts.edited.connect(self.edited)
        self._acts.saved.connect(self._on_saved)
        bind(EDIT_CAPTION, self, self.edit_caption)
        bind(ASK, self, self.focus_question)

    @property
    def page(self) -> PhotoPage:
        """The page of one photo, made when it is first needed: the window's first paint shows none."""
        if self._page is None:
            from blipdesk.ui.pane.page_acts import PageActs
            from blipdesk.ui.pane.photo_page import PhotoPage

            page = self._page = PhotoPage(self._drafts)
            self._pages.addWidget(page)
            does = self._page_acts = PageActs(page, self._acts)
            does.set_workspace(self._workspace)
            does.said.connect(self.toast)
            does.confirmed.connect(self.confirmed)
            does.remove_requested.connect(self._on_remove)
            does.compare_requested.connect(self.compare_requested)
            page.preview.activated.connect(self._on_expand)
            page.caption.written.write_requested.connect(self.write_requested)
            page.caption.written.take_back_requested.connect(self.take_back_requested)
            page.caption.written.changes_requested.connect(self.changes_requested)
            page.details.folder_pressed.connect(self.show_file_requested)
        return self._page

    # ------------------------------------------------------------------------------------ what is shown

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Use these services from now on (None: at the end, before they are closed).

        What was typed, and what could not be saved before, goes to the former services' edits first:
        :func:`~blipdesk.ui.pane.edits.take_edits` has it then.
        """
        if self._workspace is not None:
            self._save_before_leaving()
        self._bridge.detach()
        if self._page_acts is not None:
            self._page_acts.set_workspace(workspace)
        last = self._drafts.set_service(None if workspace is None else workspace.drafts)
        self._acts.set_workspace(workspace, last)
        self._workspace = workspace
        self.show_photo(None)
        if workspace is not None:
            self._bridge.attach(workspace.events.subscribe)

    @property
    def photo_id(self) -> int | None:
        """The photo shown, or being read to be shown."""
        return self._wanted

    def show_photo(self, photo_id: int | None) -> None:
        """Show a photo; None shows the page for no selection."""
        if photo_id is not None and photo_id == self._wanted and self._pages.currentWidget() is self._page:
            return
        if photo_id is None or self._workspace is None:
            self._show_nothing()
            return
        self._leave(photo_id)
        self._reload()

    def _show_nothing(self) -> None:
        self._leave(None)
        self._forget_photo()
        self.header.show_title("")
        self.nothing.show_unsaved([] if self._workspace is None else self._workspace.drafts.waiting())
        self._pages.setCurrentWidget(self.nothing)

    def _leave(self, wanted: int | None) -> None:
        """Save what was typed about the photo shown; ``wanted`` is the one to come."""
        self._save_before_leaving()
        self._wanted, self._once_shown = wanted, None

    def show_reasons(self, photo_id: int, reasons: Sequence[WhyLine]) -> None:
        """Say why a photo was found, once it is shown."""
        self._reasons = (photo_id, reasons)
        if self._photo is not None and self._photo.id == photo_id:
            self.page.show_reasons(reasons)

    def show_selection(self, count: int) -> None:
        """Show the page for many selected photos."""
        self._leave(None)
        self._forget_photo()
        self.header.show_title(tr("Selection"))
        self.many.show_count(count)
        self._pages.setCurrentWidget(self.many)

    def edit_caption(self) -> None:
        """Put the cursor into the caption (F2)."""
        if self._wanted is not None:
            self._when_shown(self.page.caption.begin_edit)

    def edit_tags(self) -> None:
        """Put the cursor into the field for a tag (Ctrl+T), of one photo or of all that are selected."""
        if self._pages.currentWidget() is self.many:
            self.many.edit_tags()
        elif self._wanted is not None:
            self._when_shown(self.page.edit_tags)

    def focus_question(self) -> None:
        """Put the cursor into the question field (Ctrl+L)."""
        if self._wanted is not None:
            self._when_shown(self.page.ask_bar.focus_field)

    def _when_shown(self, act: Callable[[], None]) -> None:
        """Now, or when the photo that is being read is shown: the one before is not meant."""
        if self._photo is not None and self._photo.id == self._wanted:
            act()
        else:
            self._once_shown = act

    def _forget_photo(self) -> None:
        self._load.cancel()
        if self._page is not None:
            self._page.picture.clear()
        if self._page_acts is not None:
            self._page_acts.forget_photo()
        self._photo = None

    def _reload(self) -> None:
        workspace, photo_id = self._workspace, self._wanted
        if workspace is None or photo_id is None:
            return
        self._load.start(lambda: load(workspace, photo_id), self._on_loaded, self._on_load_failed, priority=2)

    def _on_loaded(self, loaded: Loaded) -> None:
        photo = loaded.photo
        if photo is None:
            self._drafts.forget(self._wanted)
            self._show_nothing()
            return
        text = self._acts.being_saved(photo.id)
        if text is not None:
            photo = replace(photo, user_caption=text or None)  # read before that is in the catalog
        new = self._photo is None or self._photo.id != photo.id
        if new:
            self._save_before_leaving()  # typed while this photo was being read
        page, acts = self.page, self._page_acts
        assert acts is not None
        self._photo = photo
        self.header.show_photo(photo)
        page.show_photo(photo, loaded.details, new)
        page.show_drafts(photo, self._drafts.show_photo(photo, saving=text is not None), new)
        acts.show_photo(photo, new)
        page.caption.written.show_photo(photo, self._write_target())
        page.show_reasons(self._reasons[1] if self._reasons[0] == photo.id else ())
        page.picture.show_photo(photo, self._workspace)
        page.chat.set_hint(self._chat_hint() if page.ask_bar.possible else "")
        page.chat.show_unanswered(photo.id, self._drafts.unanswered(photo, loaded.history))
        page.chat.show_history(photo.id, loaded.history)
        if new:
            page.show_newest()
        page.ask_bar.show_suggestions(loaded.suggestions)
        self._pages.setCurrentWidget(page)
        act, self._once_shown = self._once_shown, None
        if act is not None:
            act()

    def _on_load_failed(self, error: Exception) -> None:
        if self._photo is None or self._photo.id != self._wanted:
            self._show_nothing()
        self.toast.emit(error_words(tr("The photo could not be read from the catalog."), error), False)

    def _chat_hint(self) -> str:
        assert self._workspace is not None
        return who_answers(self._workspace.settings.values.answer_model)

    def _write_target(self) -> WriteTarget:
        assert self._workspace is not None
        return WriteTarget(self._workspace.settings.values.write_target)

    def _on_expand(self) -> None:
        if self._photo is not None:
            self.open_preview.emit(self._photo.id)

    # ------------------------------------------------------------------------------------ edits

    def undo(self) -> None:
        """Take the last edit back, behind those being saved; words not saved yet are the last one."""
        if self._photo is not None and self.page.caption.dirty:
            self.page.caption.revert()
            self.toast.emit(tr("Undone"), False)
        else:
            self._acts.undo()

    def _on_starred(self) -> None:
        if self._photo is not None:
            self.toggle_favourite([self._photo.id])

    def toggle_favourite(self, photo_ids: Sequence[int]) -> None:
        """Make these photos favourites, or no more, behind the edits before."""
        self._acts.toggle_favourite(photo_ids)

    def caption_anew(self, photo_id: int) -> None:
        """Have a photo captioned anew, behind the edits before."""
        self._acts.caption_anew(photo_id)

    def _save_before_leaving(self) -> None:
        if self._photo is not None:
            self.page.caption.leave()
            self.page.keywords.leave()

    def _on_saved(self, photo_id: int) -> None:
        if self._wanted == photo_id:
            self._reload()

    def _on_remove(self, photo_id: int) -> None:
        if photo_id == self._wanted:  # what is removed is what is selected
            self.remove_requested.emit()

    # ------------------------------------------------------------------------------------ events

    def _on_catalog_changed(self, change: CatalogChange) -> None:
        shown = self._wanted
        if shown is None:
            return
        if change.photos is None or shown in change.photos or shown in change.questions or change.settings:
            self._reload()

    def _on_progressed(self, progress: Progress) -> None:
        if self._page_acts is not None:
            self._page_acts.show_progress(progress)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colors().color("surface"))
