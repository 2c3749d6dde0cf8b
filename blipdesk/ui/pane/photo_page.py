"""The page of one photo: its parts and where they stand."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.drafts import DraftField
from blipdesk.domain.values import Photo
from blipdesk.domain.wording import tr
from blipdesk.ui.pane.ask_bar import AskBar
from blipdesk.ui.pane.caption import CaptionEditor
from blipdesk.ui.pane.chat import Chat
from blipdesk.ui.pane.choosing import CaptionChoice
from blipdesk.ui.pane.controls import Banner, scrolled
from blipdesk.ui.pane.details import FileDetails
from blipdesk.ui.pane.drafts import DraftKeeper
from blipdesk.ui.pane.found import FoundBy, WhyLine
from blipdesk.ui.pane.keywords import KeywordBar
from blipdesk.ui.pane.notes import note_of
from blipdesk.ui.pane.picture import NO_FILE, PictureLoader
from blipdesk.ui.pane.preview import PreviewPicture
from blipdesk.ui.pane.texts import meta_line, plain_label
from blipdesk.ui.tasks import single_shot
from blipdesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL

_ASPECT = 0.62
"""Height of the preview by its width, as in the design."""
_BELOW, _LOWEST = 560, 112
"""The preview leaves these pixels of the page's height to the rest, and takes those at least."""
_CHAT, _NO_CHAT = 88, 32
"""Pixels that the chat keeps at least: a question and its answer, or the head where nothing can be asked;
the texts above it scroll then."""
_LOW, _TINY = 640, 500
"""A page lower than this offers no more suggestions once something was asked; than that, none, and its
preview is a strip of ``_STRIP`` pixels: nothing else of the page can give way."""
_STRIP, _BESIDE_REASONS = 64, 80
_NOTE = 120
"""A note takes at most these pixels from the parts around the texts; a longer one scrolls with them."""

_SETTLED = 200
"""Milliseconds after which a grown chat has its height; what grows later is not the chat's doing."""


class _Column(QScrollArea):
    """A scrolling column that asks for the height of its content; its bar stands in the right margin."""

    def __init__(self, below: int) -> None:
        super().__init__()
        self._below = below
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SPACE_L, 2, SPACE_L, below)
        self.column.setSpacing(10)
        scrolled(body, self)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def _on_range_changed(self, low: int, high: int) -> None:
        # What is above and below keeps one right edge with it.
        bar = self.verticalScrollBar().sizeHint().width() if high > low else 0
        self.column.setContentsMargins(SPACE_L, 2, SPACE_L - bar, self._below)

    @override
    def sizeHint(self) -> QSize:
        width = self.width()
        by_width = self.column.hasHeightForWidth()
        height = self.column.totalHeightForWidth(width) if by_width else self.column.totalSizeHint().height()
        return QSize(width, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), _LOWEST))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class PhotoPage(QWidget):
    """Picture, caption and tags stay in view, the chat scrolls below them, the question field stays last.

    A long caption scrolls by itself rather than push the chat out of a low window.

    Views only: :class:`~blipdesk.ui.pane.pane.PhotoPane` connects them to the services.
    """

    def __init__(self, drafts: DraftKeeper) -> None:
        super().__init__()
        self._drafts = drafts
        self.preview = PreviewPicture()
        self.picture = PictureLoader(self.preview)
        self.meta = plain_label(role="meta")
        self.meta.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.banner = Banner()
        self.caption = CaptionEditor()
        self.choice = CaptionChoice()
        self.keywords = KeywordBar()
        self.found = FoundBy()
        self.details = FileDetails()
        self.ask_bar = AskBar()
        self.chat = Chat(self.ask_bar, drafts)
        self._lay_out()
        self.details.toggle.toggled.connect(self._on_details)
        self.banner.hide()
        self.caption.drafted.connect(lambda text: drafts.note(DraftField.CAPTION, text))
        self.keywords.field.textChanged.connect(lambda text: drafts.note(DraftField.KEYWORD, text))
        self.ask_bar.field.textChanged.connect(lambda text: drafts.note(DraftField.QUESTION, text))
        self.caption.editor.cursorPositionChanged.connect(self._follow_cursor)
        self.choice.stepped.connect(lambda row: self._texts.ensureWidgetVisible(row, 0, SPACE_S))
        self._order = single_shot(self, 0, self._order_tabs)
        for part in (self.choice, self.keywords, self.details, self.chat, self.ask_bar):
            part.rebuilt.connect(self._order.start)
        self._order_tabs()
        # A new bubble reaches its height over several passes of the layout: follow until they are over.
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_SETTLED)
        self._scroll.verticalScrollBar().actionTriggered.connect(self._follow.stop)
        self.chat.grown.connect(self._on_grown)

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        top.setSpacing(10)
        top.addWidget(self.preview)
        top.addWidget(self.meta)
        self._texts = _Column(0)
        for widget in (self.banner, self.caption, self.choice, self.keywords):
            self._texts.column.addWidget(widget)
        self._texts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._scroll = _Column(SPACE_S)
        self._scroll.column.addWidget(self.details)
        head = QHBoxLayout()
        head.addStrut(24)  # the heading keeps its place, whether or not a new conversation can begin
        head.addWidget(plain_label(tr("ASK ABOUT THIS PHOTO"), "head"))
        head.addStretch(1)
        head.addWidget(self.chat.new_button)
        self._scroll.column.addLayout(head)
        self._scroll.column.addWidget(self.chat)
        self._scroll.column.addStretch(1)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._scroll.setMinimumHeight(_CHAT)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addLayout(top)
        column.addWidget(self._texts)
        column.addWidget(self.found)
        # Above what scrolls: the newest answer is shown first, and the head would be out of sight.
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE_S)
        toggle = QHBoxLayout()
        toggle.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        toggle.addWidget(self.details.toggle)
        toggle.addStretch(1)
        below.addLayout(toggle)
        below.addWidget(self._scroll, 1)
        column.addWidget(self._below, 1)
        self._room = QWidget()
        self._room.hide()
        column.addWidget(self._room, 1)
        column.addWidget(self.ask_bar)

    def show_photo(self, photo: Photo, details: Sequence[tuple[str, str]], new: bool) -> None:
        """Show what needs no service; ``new`` when another photo was shown before."""
        note = note_of(photo)
        self.meta.setText(meta_line(photo))
        self.keywords.show_keywords(photo.keywords, fold=new)
        self.details.show_rows(details, disputed=photo.conflict)
        self.banner.setVisible(note is not None)
        if note is not None:
            self.banner.show_note(note.icon, note.ink, note.message, note.remedy, tr(note.act))
        self._share_height()
        self.ask_bar.set_possible(can_be_asked(photo))
        self._scroll.setMinimumHeight(_CHAT if can_be_asked(photo) else _NO_CHAT)
        if new:
            self._follow.stop()
            for part in (self._texts, self._scroll):
                part.verticalScrollBar().setValue(0)

    def show_drafts(self, photo: Photo, drafts: Mapping[DraftField, str], new: bool) -> None:
        """Show the photo's caption, and in their fields what was typed at it and not saved.

        Args:
            photo: the photo shown.
            drafts: what was kept of it.
            new: another photo was shown before; else what stands in the fields is newer than any draft.
        """
        self.caption.show_photo(photo, drafts.get(DraftField.CAPTION))
        if new:
            self.keywords.show_draft(drafts.get(DraftField.KEYWORD, ""))
            self.ask_bar.set_text(drafts.get(DraftField.QUESTION, ""))

    def show_choice(self, opened: bool) -> None:
        """While captions are chosen from, their list has the room of details and chat."""
        self._below.setVisible(not opened)
        self._room.setVisible(opened)
        self._share_height()
        if not opened:
            self.show_newest()

    def show_reasons(self, reasons: Sequence[WhyLine]) -> None:
        """Say why the photo was found; the newest answer of the chat stays in view."""
        bar = self._scroll.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        self.found.show_reasons(reasons)
        self._share_height()
        if at_end:
            self.show_newest()

    def _order_tabs(self) -> None:
        """Tab goes from top to bottom, also through chips and bubbles that were made later."""
        stops: list[QWidget] = [
            self.preview, self.banner.action, *self.caption.tab_stops,
            *self.choice.tab_stops, *self.keywords.tab_stops,
            self.details.toggle, *self.details.tab_stops, *self.chat.tab_stops, *self.ask_bar.tab_stops,
        ]  # fmt: skip
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    # ------------------------------------------------------------------------------------ scrolling

    def show_caption(self) -> None:
        """Scroll to the caption editor."""
        self._texts.ensureWidgetVisible(self.caption, 0, SPACE_XL)

    def _on_range_changed(self) -> None:
        if self._follow.isActive():
            self._scroll_down()

    def _follow_cursor(self) -> None:
        editor, body = self.caption.editor, self._texts.widget()
        if editor.hasFocus() and body is not None:
            cursor = editor.viewport().mapTo(body, editor.cursorRect().center())
            self._texts.ensureVisible(cursor.x(), cursor.y(), 0, SPACE_XL)

    def _on_details(self, opened: bool) -> None:
        if opened:
            self._follow.stop()
            self._scroll.verticalScrollBar().setValue(0)

    def show_newest(self) -> None:
        """Scroll to the last answer of the chat, where there is one."""
        if self.chat.turns:
            self._on_grown()

    def _on_grown(self) -> None:
        self._follow.start()
        self._scroll_down()

    def _scroll_down(self) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    @override
    def resizeEvent(self, event: object) -> None:
        bar = self._scroll.verticalScrollBar()
        if bar.value() == bar.maximum():
            self.show_newest()  # it was in view, and stays so
        self._share_height()

    def _share_height(self) -> None:
        """Give the parts their room; a note and reasons take theirs from the preview and the suggestions."""
        note = 0 if self.banner.isHidden() else min(self.banner.sizeHint().height(), _NOTE)
        found = 0 if self.found.isHidden() else self.found.sizeHint().height() + SPACE_S
        room = self.height() - note - found
        height = min(round((self.width() - 2 * SPACE_L) * _ASPECT), room - _BELOW)
        tiny, low = room < _TINY, room < _LOW
        least = _STRIP if tiny else _BESIDE_REASONS if low and found else _LOWEST
        self.preview.setFixedHeight(max(height, least))
        choosing = not self.choice.isHidden()
        self.ask_bar.set_room(
            before_asked=not (choosing or (low if found else tiny)), after_asked=not (choosing or low)
        )


def can_be_asked(photo: Photo) -> bool:
    """True when there are pixels to ask about."""
    unreadable = photo.problem is not None and not photo.width
    return not unreadable and photo.state not in NO_FILE
