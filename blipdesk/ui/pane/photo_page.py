"""The page of one photo: its parts and where they stand."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.drafts import DraftField
from blipdesk.domain.values import Photo
from blipdesk.domain.wording import tr
from blipdesk.ui.pane.ask_bar import AskBar
from blipdesk.ui.pane.caption import CaptionEditor
from blipdesk.ui.pane.chat import Chat
from blipdesk.ui.pane.choosing import CaptionChoice
from blipdesk.ui.pane.controls import Banner
from blipdesk.ui.pane.details import FileDetails
from blipdesk.ui.pane.drafts import DraftKeeper
from blipdesk.ui.pane.found import FoundBy, WhyLine
from blipdesk.ui.pane.keywords import KeywordBar
from blipdesk.ui.pane.notes import note_of
from blipdesk.ui.pane.picture import NO_FILE, PictureLoader
from blipdesk.ui.pane.preview import PreviewPicture
from blipdesk.ui.pane.scrolling import Column, Follower
from blipdesk.ui.pane.texts import meta_line, plain_label
from blipdesk.ui.tasks import single_shot
from blipdesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL

_ASPECT, _LEAST_ASPECT = 0.75, 0.5
"""Height of the preview by its width: of most photos where there is room, and what it always has."""
_BELOW = 530
"""The preview leaves these pixels of the page's height to the rest, so far as its least height allows."""
_CHAT = 150
"""Pixels that the chat has at least while it scrolls by itself: a question and its answer."""
_LOW, _TINY = 640, 500
"""A page lower than this offers no more suggestions once something was asked; than that, none."""

_SOON = 50
"""Milliseconds after which what was opened has its height."""


class PhotoPage(QWidget):
    """Picture, caption and tags stay in view and the chat scrolls below them; the question field stays last.

    Where the newest question and its answer have no room below the rest, all but that field scrolls as one.

    Views only: :class:`~blipdesk.ui.pane.page_acts.PageActs` connects them to the services.
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
        self.choice.stepped.connect(self._reveal)
        self._order = single_shot(self, 0, self._order_tabs)
        for part in (self.choice, self.keywords, self.details, self.chat, self.ask_bar):
            part.rebuilt.connect(self._order.start)
        self._order_tabs()
        self._followers = [Follower(area.verticalScrollBar()) for area in (self._whole, self._scroll)]
        self.chat.begun.connect(self._show_end)
        self._shown_details = single_shot(self, _SOON, lambda: self._reveal(self.details))
        self._share = single_shot(self, 0, self._share_height)
        for area in (self._whole, self._scroll):
            area.grown.connect(self._share.start)

    def _lay_out(self) -> None:
        self._whole, self._scroll = Column(), Column()
        self._top = QVBoxLayout()
        self._top.setSpacing(10)
        for part in (self.preview, self.meta, self.banner, self.caption, self.choice, self.keywords):
            self._top.addWidget(part)
        toggle = QHBoxLayout()
        toggle.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        toggle.addWidget(self.details.toggle)
        toggle.addStretch(1)
        head = QHBoxLayout()
        head.addStrut(24)  # the heading keeps its place, whether or not a new conversation can begin
        head.addWidget(plain_label(tr("ASK ABOUT THIS PHOTO"), "head"))
        head.addStretch(1)
        head.addWidget(self.chat.new_button)
        inner = self._scroll.column
        inner.setSpacing(10)
        inner.addWidget(self.details)
        inner.addLayout(head)
        inner.addWidget(self.chat)
        inner.addStretch(1)
        # Above what scrolls: the newest answer is shown first, and the toggle would be out of sight.
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE_S)
        below.addLayout(toggle)
        below.addWidget(self._scroll, 1)
        column = self._whole.column
        column.setSpacing(SPACE_S)
        column.addLayout(self._top)
        column.addWidget(self.found)
        column.addWidget(self._below, 1)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._whole, 1)
        outer.addWidget(self.ask_bar)
        for area in (self._whole, self._scroll):
            area.verticalScrollBar().rangeChanged.connect(self._make_room_for_bars)
        self._make_room_for_bars()

    def _make_room_for_bars(self) -> None:
        """Let the scroll bars stand in the right margin, so that all parts keep one right edge."""
        wide, right = self._whole.verticalScrollBar().sizeHint().width(), SPACE_L
        for area, inside in ((self._whole, self._top), (self._scroll, self._scroll.column)):
            if area.verticalScrollBar().maximum():
                right = SPACE_L - wide
            inside.setContentsMargins(SPACE_L, 0 if area is self._whole else 2, right, 0)

    def show_photo(self, photo: Photo, details: Sequence[tuple[str, str]], new: bool) -> None:
        """Show what needs no service; ``new`` when another photo was shown before."""
        note = note_of(photo)
        self.meta.setText(meta_line(photo))
        self.keywords.show_keywords(photo.keywords, fold=new)
        self.details.show_rows(details, disputed=photo.conflict)
        self.banner.setVisible(note is not None)
        if note is not None:
            self.banner.show_note(note.icon, note.ink, note.message, note.remedy, tr(note.act))
        self.ask_bar.set_possible(can_be_asked(photo))
        self._share_height()
        if new:
            for follower in self._followers:
                follower.go_to_start()

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
        self._share_height()
        if not opened:
            self.show_newest()

    def show_reasons(self, reasons: Sequence[WhyLine]) -> None:
        """Say why the photo was found."""
        self.found.show_reasons(reasons)

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
        self._whole.ensureWidgetVisible(self.caption, 0, SPACE_XL)

    def edit_tags(self) -> None:
        """Put the cursor into the field for a tag."""
        self.keywords.begin_add()
        self._reveal(self.keywords)

    def _reveal(self, part: QWidget) -> None:
        self._whole.ensureWidgetVisible(part, 0, SPACE_S)

    def _follow_cursor(self) -> None:
        editor, body = self.caption.editor, self._whole.widget()
        if editor.hasFocus() and body is not None:
            cursor = editor.viewport().mapTo(body, editor.cursorRect().center())
            self._whole.ensureVisible(cursor.x(), cursor.y(), 0, SPACE_XL)

    def _on_details(self, opened: bool) -> None:
        if opened:
            self._followers[1].go_to_start()
            self._shown_details.start()

    def show_newest(self) -> None:
        """Show the last answer of the chat where it scrolls by itself: the picture stays in view."""
        if self.chat.turns:
            self._followers[1].follow()

    def _show_end(self) -> None:
        for follower in self._followers:
            follower.follow()

    @override
    def resizeEvent(self, event: object) -> None:
        self._share_height()

    def _share_height(self) -> None:
        """Give the parts their room; where there is not enough, the chat scrolls with them."""
        height, width = self.height(), self.width() - 2 * SPACE_L
        choosing = not self.choice.isHidden()
        self.ask_bar.set_room(
            before_asked=not choosing and height >= _TINY, after_asked=not choosing and height >= _LOW
        )
        all_of_it = self._scroll.natural_height()
        least = min(all_of_it, max(self.chat.newest_height + SPACE_S, _CHAT))
        fixed = self.preview.minimumHeight() + self._scroll.minimumHeight()
        room = self._whole.viewport().height() - (self._whole.natural_height() - fixed)
        wanted = min(round(width * _ASPECT), height - _BELOW, room - _CHAT)
        preview = max(wanted, round(width * _LEAST_ASPECT))
        self.preview.setFixedHeight(preview)
        self._scroll.setMinimumHeight(least if preview + least <= room else all_of_it)


def can_be_asked(photo: Photo) -> bool:
    """True when there are pixels to ask about."""
    unreadable = photo.problem is not None and not photo.width
    return not unreadable and photo.state not in NO_FILE
