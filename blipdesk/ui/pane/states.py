"""What the pane shows when there is no single photo: nothing selected, or many."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from blipdesk.domain.drafts import Draft
from blipdesk.domain.wording import plural, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.controls import LinkButton, text_button
from blipdesk.ui.pane.paint import Glyph
from blipdesk.ui.pane.scrolling import Column
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.shortcuts import ASK, EDIT_CAPTION, EDIT_TAGS, LARGE, THESE_KEYS
from blipdesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL

if TYPE_CHECKING:
    from blipdesk.ui.pane.many_tags import ManyTags

_NAMED, _LONGEST = 3, 36
"""Photos with unsaved words that are named, and characters of a name."""
_INSET = SPACE_XL * 2 - SPACE_L
"""Pixels beside the buttons of many photos, within the page's margins."""


def _key(key: str, meaning: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_S)
    row.addStretch(1)
    row.addWidget(plain_label(key, "key"))
    row.addWidget(plain_label(meaning, "faint"))
    row.addStretch(1)
    return row


def _centred(page: QWidget, mark: Glyph) -> QVBoxLayout:
    """The page's column, begun with its mark; the caller ends it with a stretch."""
    column = QVBoxLayout(page)
    column.setContentsMargins(SPACE_XL * 2, 0, SPACE_XL * 2, SPACE_XL * 2)
    column.setSpacing(SPACE_S)
    column.addStretch(1)
    column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addSpacing(4)
    return column


class NothingSelected(QWidget):
    """A calm page that says what choosing a photo gives."""

    unsaved_chosen = Signal(int)
    """The photo of a draft is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        title = plain_label(tr("No photo selected"), "strong")
        words = plain_label(
            tr("Choose a photo to read and edit its caption, tag it, and ask what is in it."),
            "meta",
            wrap=True,
        )
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = _centred(self, Glyph("image", "faint", 40))
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(SPACE_L)
        for key, meaning in (
            (LARGE, tr("large view")),
            (EDIT_CAPTION, tr("edit the caption")),
            (EDIT_TAGS, tr("add tags")),
            (ASK, tr("ask a question")),
            (THESE_KEYS, tr("all keys")),
        ):
            column.addLayout(_key(key.names[0], meaning))
        column.addStretch(1)
        self._unsaved = UnsavedWords()
        self._unsaved.chosen.connect(self.unsaved_chosen)
        column.addWidget(self._unsaved)

    def show_unsaved(self, drafts: Sequence[Draft]) -> None:
        """Name the photos with words that were typed and not saved, the newest first."""
        self._unsaved.show_drafts(drafts)


class UnsavedWords(QWidget):
    """Which photos have words that were not saved: a note with their names, each of which shows its photo."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._head = plain_label("", "strong")
        self._head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.links = [LinkButton("", height=24) for _ in range(_NAMED)]
        self._ids: list[int] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._head)
        for index, link in enumerate(self.links):
            link.clicked.connect(partial(self._on_clicked, index))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Name them; hidden where there are none."""
        newest = {draft.photo_id: draft for draft in reversed(drafts)}
        chosen = sorted(newest.values(), key=lambda draft: -draft.typed_at)
        self._ids = [draft.photo_id for draft in chosen]
        self._head.setText(
            plural(
                len(chosen),
                tr("{n} photo has words not saved yet"),
                tr("{n} photos have words not saved yet"),
            )
        )
        for link, draft in itertools.zip_longest(self.links, chosen[:_NAMED]):
            link.setVisible(draft is not None)
            if draft is not None:
                name = shown(os.path.basename(draft.path))
                link.setText(name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…")
                set_reading(link, tr("Show {name}, which has words not saved yet", name=name))
                set_tooltip(link, draft.path)
                link.updateGeometry()
        self.setVisible(bool(chosen))

    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(self._ids[index])


class ManySelected(QWidget):
    """The number of selected photos and what can be done with all of them."""

    caption_again = Signal()
    copy_captions = Signal()
    take_back = Signal()
    ask_many = Signal()
    tags_added = Signal(object)
    """These names, to all of them."""
    tag_removed = Signal(str)
    """From all of them that have it."""
    completion_wanted = Signal()
    """The field for a tag is opened."""

    def __init__(self) -> None:
        super().__init__()
        self._tags: ManyTags | None = None
        self._title = plain_label("", "title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note = plain_label(tr("Captioning again keeps your own captions."), "meta", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again_button = text_button(tr("Caption again"), name=tr("Caption the selected photos again"))
        self.copy_button = text_button(
            tr("Copy captions"), name=tr("Copy the captions of the selected photos")
        )
        self.back_button = text_button(
            tr("Take captions back…"),
            name=tr("Take back what was written into the files of the selected photos"),
        )
        icons.bind_icon(self.again_button, "refresh", "muted", 16)
        self.ask_button = text_button(tr("Ask all of them…"), name=tr("One question to all of these photos"))
        icons.bind_icon(self.ask_button, "ask-many", "muted", 16)
        icons.bind_icon(self.copy_button, "copy", "muted", 16)
        icons.bind_icon(self.back_button, "undo", "muted", 16)
        self._area = Column()
        column = self._area.column
        column.setSpacing(SPACE_XL)
        self._area.verticalScrollBar().rangeChanged.connect(self._make_room_for_bar)
        self._make_room_for_bar()
        acts = QVBoxLayout()
        acts.setContentsMargins(_INSET, 0, _INSET, 0)
        acts.setSpacing(SPACE_S)
        acts.addWidget(Glyph("copy", "accent", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        acts.addWidget(self._title)
        acts.addSpacing(SPACE_S)
        for button in (self.ask_button, self.again_button, self.copy_button, self.back_button):
            acts.addWidget(button)
        acts.addWidget(note)
        column.addLayout(acts)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        self.again_button.clicked.connect(self.caption_again)
        self.copy_button.clicked.connect(self.copy_captions)
        self.ask_button.clicked.connect(self.ask_many)
        self.back_button.clicked.connect(self.take_back)

    @property
    def tags(self) -> ManyTags:
        """Their tags, made when they are first needed: the window's first paint shows none."""
        if self._tags is None:
            from blipdesk.ui.pane.many_tags import ManyTags

            tags = self._tags = ManyTags()
            self._area.column.insertWidget(1, tags)
            tags.bar.all_added.connect(self.tags_added)
            tags.bar.removed.connect(self.tag_removed)
            tags.bar.completion_wanted.connect(self.completion_wanted)
            tags.bar.rebuilt.connect(self._order_tabs)
            self._order_tabs()
        return self._tags

    def _order_tabs(self) -> None:
        """Tab goes from the buttons through the tags, also those that were made later."""
        for before, after in itertools.pairwise((self.back_button, *self.tags.bar.tab_stops)):
            QWidget.setTabOrder(before, after)

    def _make_room_for_bar(self) -> None:
        """Let the scroll bar stand in the right margin."""
        bar = self._area.verticalScrollBar()
        right = SPACE_L - bar.sizeHint().width() if bar.maximum() else SPACE_L
        self._area.column.setContentsMargins(SPACE_L, SPACE_XL, right, SPACE_L)

    def edit_tags(self) -> None:
        """Put the cursor into the field for a tag."""
        self.tags.bar.begin_add()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.tags.bar.field, 0, SPACE_XL))

    def offer_to_take_back(self, on: bool) -> None:
        """Whether there may be something in these photos' files to be taken back."""
        self.back_button.setVisible(on)

    def show_count(self, count: int) -> None:
        """Name how many are selected."""
        _ = self.tags
        self._title.setText(plural(count, tr("{n} photo selected"), tr("{n} photos selected")))
