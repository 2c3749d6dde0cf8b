"""The photo pane, put together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from blipdesk.domain.errors import KnownError
from blipdesk.domain.values import CatalogChange, Photo, PhotoState, QuestionAnswer
from blipdesk.ui.pane.ask_bar import AskBar
from blipdesk.ui.pane.caption import CaptionEditor
from blipdesk.ui.pane.chat import Chat
from blipdesk.ui.pane.controls import Banner
from blipdesk.ui.pane.details import FileDetails
from blipdesk.ui.pane.header import PaneHeader
from blipdesk.ui.pane.keywords import KeywordBar
from blipdesk.ui.pane.picture import NO_FILE, PictureLoader
from blipdesk.ui.pane.preview import PreviewPicture
from blipdesk.ui.pane.states import ManySelected, NothingSelected
from blipdesk.ui.pane.texts import meta_line, plain_label, set_reading
from blipdesk.ui.tasks import EventBridge, LatestTask, run_in_pool
from blipdesk.ui.theme import PANE, SPACE_L, SPACE_S, SPACE_XL, colors

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One photo as the pool read it."""

    photo: Photo | None
    history: list[QuestionAnswer]
    suggestions: list[str]
    details: list[tuple[str, str]]


class PhotoPane(QWidget):
    """One photo: picture, caption, tags, file details, chat; or a page for none or many.

    Services are called from the pool; results come back on the GUI thread, newest request first.
    Unsaved text is saved when another photo is shown (:meth:`flush`), with Undo in the toast.
    """

    navigate = Signal(int)
    """-1 previous, 1 next."""
    open_preview = Signal(int)
    closed = Signal()
    toast = Signal(str, bool)
    """A sentence, and whether Undo makes sense."""
    caption_again_requested = Signal()
    """For the whole selection (many selected)."""
    copy_captions_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._photo: Photo | None = None
        self._wanted: int | None = None
        self._drafts: dict[int, str] = {}
        self._load = LatestTask(self)
        self._bridge = EventBridge(self)
        self._bridge.catalog_changed.connect(self._on_catalog_changed)
        self._make_parts()
        self._lay_out()
        self._connect()
        self.setMinimumWidth(PANE)
        set_reading(self, "Photo")
        self.show_photo(None)

    # ------------------------------------------------------------------------------------ building

    def _make_parts(self) -> None:
        self.header = PaneHeader()
        self.preview = PreviewPicture()
        self.picture = PictureLoader(self.preview)
        self.meta = plain_label(role="meta")
        self.meta.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.banner = Banner()
        self.caption = CaptionEditor()
        self.keywords = KeywordBar()
        self.details = FileDetails()
        self.ask_bar = AskBar()
        self.chat = Chat(self.ask_bar)
        self.nothing = NothingSelected()
        self.many = ManySelected()

    def _lay_out(self) -> None:
        top = QWidget()
        self._top = QVBoxLayout(top)
        self._top.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        self._top.setSpacing(10)
        self._top.addWidget(self.preview)
        self._top.addWidget(self.meta)
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(SPACE_L, 2, SPACE_L, SPACE_S)
        self._body.setSpacing(10)
        for widget in (self.banner, self.caption, self.keywords, self.details):
            self._body.addWidget(widget)
        self._body.addSpacing(2)
        self._body.addWidget(plain_label("ASK ABOUT THIS PHOTO", "head"))
        self._body.addWidget(self.chat)
        self._body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        # The pane paints the ground; setWidget() switches filling on.
        self._scroll.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._one = QWidget()
        column = QVBoxLayout(self._one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(top)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.ask_bar)
        self._pages = QStackedWidget()
        for page in (self.nothing, self.many, self._one):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(self._pages, 1)
        self.banner.hide()

    def _connect(self) -> None:
        self.header.step.connect(self.navigate)
        self.header.expanded.connect(self._on_expand)
        self.header.closed.connect(self.closed)
        self.preview.activated.connect(self._on_expand)
        self.banner.action.clicked.connect(self._on_retry)
        self.caption.saved.connect(self._on_caption_saved)
        self.caption.again.connect(self._on_again)
        self.caption.editor.cursorPositionChanged.connect(self._follow_cursor)
        self.keywords.added.connect(lambda name: self._edit_keyword(name, added=True))
        self.keywords.removed.connect(lambda name: self._edit_keyword(name, added=False))
        self.keywords.completion_wanted.connect(self._load_completion)
        self.chat.use_as_caption.connect(self._on_use_answer)
        self.chat.failed.connect(lambda words: self.toast.emit(words, False))
        self.chat.grown.connect(lambda: QTimer.singleShot(0, self, self._scroll_down))
        self.many.caption_again.connect(self.caption_again_requested)
        self.many.copy_captions.connect(self.copy_captions_requested)
        for keys, slot in (("F2", self.edit_caption), ("Ctrl+L", self.focus_question)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(slot)

    # ------------------------------------------------------------------------------------ what is shown

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Use these services from now on (None: at the end, before they are closed)."""
        if self._workspace is not None:
            self.flush()
        self._bridge.detach()
        self._workspace = workspace
        self._drafts.clear()
        self.chat.set_workspace(workspace)
        self.show_photo(None)
        if workspace is not None:
            self._bridge.attach(workspace.events.subscribe)

    @property
    def photo_id(self) -> int | None:
        """The photo shown, or being read to be shown."""
        return self._wanted

    def show_photo(self, photo_id: int | None) -> None:
        """Show a photo; None shows the page for no selection."""
        if photo_id is not None and photo_id == self._wanted and self._pages.currentWidget() is self._one:
            return
        self._save_before_leaving()
        self._wanted = photo_id
        if photo_id is None or self._workspace is None:
            self._forget_photo()
            self.header.show_title("")
            self._pages.setCurrentWidget(self.nothing)
            return
        self._reload()

    def show_selection(self, count: int) -> None:
        """Show the page for many selected photos."""
        self._save_before_leaving()
        self._wanted = None
        self._forget_photo()
        self.header.show_title("Selection")
        self.many.show_count(count)
        self._pages.setCurrentWidget(self.many)

    def edit_caption(self) -> None:
        """Put the cursor into the caption (F2)."""
        if self._photo is not None:
            self.caption.begin_edit()

    def focus_question(self) -> None:
        """Put the cursor into the question field (Ctrl+L)."""
        if self._photo is not None:
            self.ask_bar.focus_field()

    def flush(self) -> None:
        """Save unsaved text at once, on this thread: for the end of the app, where the pool has ended."""
        workspace, photo = self._workspace, self._photo
        if workspace is None or photo is None or not self.caption.dirty:
            return
        try:
            workspace.editing.set_caption(photo.id, self.caption.text())
        except KnownError as error:
            log.error("a caption could not be saved at the end: %s", error)

    def _forget_photo(self) -> None:
        self._load.cancel()
        self.picture.clear()
        self._photo = None

    def _reload(self) -> None:
        workspace, photo_id = self._workspace, self._wanted
        if workspace is None or photo_id is None:
            return

        def read() -> _Loaded:
            photo = workspace.library.photo(photo_id)
            if photo is None:
                return _Loaded(None, [], [], [])
            return _Loaded(
                photo,
                workspace.asking.history(photo_id),
                workspace.asking.suggestions(photo),
                workspace.library.file_details(photo),
            )

        self._load.start(read, self._on_loaded, self._on_load_failed, priority=2)

    def _on_loaded(self, loaded: _Loaded) -> None:
        photo = loaded.photo
        if photo is None:
            self._wanted = None
            self._forget_photo()
            self.header.show_title("")
            self._pages.setCurrentWidget(self.nothing)
            return
        new = self._photo is None or self._photo.id != photo.id
        self._photo = photo
        self.header.show_photo(photo)
        self.meta.setText(meta_line(photo))
        self.caption.show_photo(photo, self._drafts.pop(photo.id, None) if new else None)
        self.keywords.show_keywords(photo.keywords, fold=new)
        self.details.show_rows(loaded.details)
        self._show_banner(photo)
        unreadable = photo.problem is not None and not photo.width
        self.ask_bar.set_possible(not unreadable and photo.state not in NO_FILE)
        self.chat.set_hint(self._chat_hint())
        self.chat.show_history(photo.id, loaded.history)
        self.ask_bar.show_suggestions(loaded.suggestions)
        self._pages.setCurrentWidget(self._one)
        self.picture.show_photo(photo, self._workspace)
        if new:
            self._scroll.verticalScrollBar().setValue(0)

    def _on_load_failed(self, error: Exception) -> None:
        self.toast.emit(_words("The photo could not be read from the catalog.", error), False)

    def _chat_hint(self) -> str:
        assert self._workspace is not None
        if self._workspace.settings.values.answer_model == "demo":
            return "The demo model answers questions about drawn scenes only. Nothing leaves this computer."
        return "The model on this computer answers. Nothing leaves it."

    def _show_banner(self, photo: Photo) -> None:
        if photo.state is PhotoState.OFFLINE:
            note = ("drive-off", "warn", "The drive of this photo is not connected.",
                    "Its caption and tags are kept. Connect the drive to see the photo.", "")  # fmt: skip
        elif photo.state is PhotoState.MISSING:
            note = ("image-off", "warn", "The file is no longer in its place.",
                    "Its caption and tags are kept, and come back with the file.", "")  # fmt: skip
        elif photo.problem is not None:
            note = ("warning", "err", photo.problem.message, photo.problem.remedy, "Retry")
        elif photo.damaged:
            note = ("warning", "warn", "Only a part of this file could be read.",
                    "It is shown and captioned as far as it goes. Look for a complete copy.", "")  # fmt: skip
        else:
            self.banner.hide()
            return
        self.banner.show_note(*note)

    def _on_expand(self) -> None:
        if self._photo is not None:
            self.open_preview.emit(self._photo.id)

    # ------------------------------------------------------------------------------------ edits

    def _save_before_leaving(self) -> None:
        if self._photo is not None and self.caption.dirty:
            self.caption.save()

    def _on_caption_saved(self, text: str) -> None:
        photo, workspace = self._photo, self._workspace
        if photo is None or workspace is None:
            return
        done = "Caption saved" if text else "Your caption was taken off"

        def failed(error: Exception) -> None:
            if self._photo is not None and self._photo.id == photo.id:
                self.caption.save_failed(photo.id, text)
            else:
                self._drafts[photo.id] = text
            self.toast.emit(_words("The caption could not be saved.", error), False)

        run_in_pool(
            lambda: workspace.editing.set_caption(photo.id, text),
            lambda _: self.toast.emit(done, True), failed, self, priority=3,
        )  # fmt: skip

    def _edit_keyword(self, name: str, added: bool) -> None:
        photo, workspace = self._photo, self._workspace
        if photo is None or workspace is None:
            return
        change = workspace.editing.add_keyword if added else workspace.editing.remove_keyword
        self._do(lambda: change(photo.id, name), "Tag added" if added else "Tag removed", undo=True)

    def _on_again(self) -> None:
        photo, workspace = self._photo, self._workspace
        if photo is not None and workspace is not None:
            self._do(
                lambda: workspace.captioning.caption_again([photo.id]), "The photo will be captioned again"
            )

    def _on_retry(self) -> None:
        photo, workspace = self._photo, self._workspace
        if photo is not None and workspace is not None:
            self._do(lambda: workspace.captioning.retry([photo.id]), "Trying this photo again")

    def _on_use_answer(self, answer: str) -> None:
        self.caption.use_text(answer)
        self._scroll.ensureWidgetVisible(self.caption, 0, SPACE_XL)

    def _do(self, work: Callable[[], object], done: str, undo: bool = False) -> None:
        run_in_pool(
            work,
            lambda _: self.toast.emit(done, undo),
            lambda error: self.toast.emit(_words("That did not work.", error), False),
            self,
            priority=3,
        )

    def _load_completion(self) -> None:
        workspace = self._workspace
        if workspace is not None:
            run_in_pool(
                lambda: [name for name, _ in workspace.library.top_keywords(500)],
                self.keywords.set_known,
                owner=self,
            )

    # ------------------------------------------------------------------------------------ events

    def _on_catalog_changed(self, change: CatalogChange) -> None:
        shown = self._wanted
        if shown is None:
            return
        if change.photos is None or shown in change.photos or shown in change.questions or change.settings:
            self._reload()

    def _on_range_changed(self, low: int, high: int) -> None:
        """Let the scroll bar stand in the margin: what is above and below it keeps one right edge."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if high > low else 0
        self._body.setContentsMargins(SPACE_L, 2, SPACE_L - bar, SPACE_S)

    def _follow_cursor(self) -> None:
        editor = self.caption.editor
        body = self._scroll.widget()
        if editor.hasFocus() and body is not None:
            cursor = editor.viewport().mapTo(body, editor.cursorRect().center())
            self._scroll.ensureVisible(cursor.x(), cursor.y(), 0, SPACE_XL)

    def _scroll_down(self) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def resizeEvent(self, event: object) -> None:  # noqa: D102, N802
        height = min(round((self.width() - 2 * SPACE_L) * 0.62), round(self.height() * 0.32))
        self.preview.setFixedHeight(max(height, 120))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        QPainter(self).fillRect(self.rect(), colors().color("surface"))


def _words(message: str, error: Exception) -> str:
    if isinstance(error, KnownError):
        return f"{message} {error}"
    log.error("%s", message, exc_info=error)
    return f"{message} The log file has the details."
