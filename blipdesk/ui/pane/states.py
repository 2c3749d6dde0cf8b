"""What the pane shows when there is no single photo: nothing selected, or many."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from blipdesk.ui import icons
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.paint import Glyph
from blipdesk.ui.pane.texts import plain_label
from blipdesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL


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

    def __init__(self) -> None:
        super().__init__()
        title = plain_label("No photo selected", "strong")
        words = plain_label(
            "Choose a photo to read and edit its caption, tag it, and ask what is in it.", "meta", wrap=True
        )
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = _centred(self, Glyph("image", "faint", 40))
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(SPACE_L)
        for key, meaning in (
            ("Space", "large view"),
            ("F2", "edit the caption"),
            ("Ctrl+L", "ask a question"),
        ):
            column.addLayout(_key(key, meaning))
        column.addStretch(1)


class ManySelected(QWidget):
    """The number of selected photos and what can be done with all of them."""

    caption_again = Signal()
    copy_captions = Signal()
    take_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = plain_label("", "title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note = plain_label("Captioning again keeps your own captions.", "meta", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again_button = text_button("Caption again", "primary", "Caption the selected photos again")
        self.copy_button = text_button("Copy captions", name="Copy the captions of the selected photos")
        self.back_button = text_button(
            "Take captions back…", name="Take back what was written into the files of the selected photos"
        )
        icons.bind_icon(self.again_button, "refresh", "on_accent", 16, active="on_accent")
        icons.bind_icon(self.copy_button, "copy", "muted", 16)
        icons.bind_icon(self.back_button, "undo", "muted", 16)
        column = _centred(self, Glyph("copy", "accent", 40))
        column.addWidget(self._title)
        column.addSpacing(SPACE_S)
        column.addWidget(self.again_button)
        column.addWidget(self.copy_button)
        column.addWidget(self.back_button)
        column.addSpacing(4)
        column.addWidget(note)
        column.addStretch(1)
        self.again_button.clicked.connect(self.caption_again)
        self.copy_button.clicked.connect(self.copy_captions)
        self.back_button.clicked.connect(self.take_back)

    def show_count(self, count: int) -> None:
        """Name how many are selected."""
        self._title.setText(f"{count:,} photos selected")
