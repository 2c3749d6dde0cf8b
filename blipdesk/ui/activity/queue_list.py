"""What waits, by folder, the next one first; each can be moved to the front."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from blipdesk.domain.jobs import WaitingFolder
from blipdesk.domain.wording import number, plural, tr
from blipdesk.ui.pane.controls import LinkButton, icon_button
from blipdesk.ui.pane.paint import ElidedText, Glyph
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import ROW, SIZE_BODY, SPACE_S

FEW, MORE = 8, 40
"""Folders that are listed at first, so that what failed stays in sight below, and more with each press."""


class FolderRow(QWidget):
    """One folder: its name, how many photos wait in it, and the button that has it captioned first."""

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self.setFixedHeight(ROW)
        self.name = ElidedText(SIZE_BODY, 400)
        self.count = plain_label(role="meta")
        self.first = icon_button("to-top", tr("Caption this folder first"), size=26, glyph=16)
        self.next = plain_label(tr("next"), "faint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(Glyph("folder", "muted"))
        row.addWidget(self.name, 1)
        row.addWidget(self.count)
        row.addWidget(self.next)
        row.addWidget(self.first)

    def show_folder(self, folder: WaitingFolder, is_next: bool) -> None:
        """Show a folder; what is next already need not be moved."""
        self.path = folder.path
        self.name.set_text(os.path.basename(folder.path) or folder.path, folder.path)
        self.count.setText(number(folder.photos))
        words = shown(self.name.text())
        waiting = plural(folder.photos, tr("{n} photo waits"), tr("{n} photos wait"))
        set_reading(self, f"{words}: {waiting}")
        set_tooltip(self.count, waiting)
        set_reading(self.first, tr("Caption {folder} first", folder=words))
        self.first.setVisible(not is_next)
        self.next.setVisible(is_next)


class QueueList(QWidget):
    """The rows; ``moved_first`` carries the path of the folder that is to be captioned first.

    ``grown`` is emitted when more rows are shown.
    """

    moved_first = Signal(str)
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[FolderRow] = []
        self._folders: Sequence[WaitingFolder] = ()
        self._most = FEW
        self.more = LinkButton("", height=24)
        self.more.clicked.connect(self._show_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.more)

    def _show_more(self) -> None:
        first_new, self._most = self._most, self._most + MORE
        self.show_folders(self._folders)
        self.rows[first_new].first.setFocus()
        self.grown.emit()

    def show_folders(self, folders: Sequence[WaitingFolder]) -> None:
        """Show what waits; rows that are there are used again, so that the keyboard stays where it is."""
        self._folders = folders
        listed, others = folders[: self._most], folders[self._most :]
        while len(self.rows) < len(listed):
            row = FolderRow()
            row.first.clicked.connect(lambda _=False, row=row: self.moved_first.emit(row.path))
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(listed))
            if index < len(listed):
                row.show_folder(listed[index], is_next=index == 0)
        photos = plural(sum(folder.photos for folder in others), tr("{n} photo"), tr("{n} photos"))
        words = plural(len(others), tr("and one more folder"), tr("and {n} more folders"))
        said = f"{words} · {photos}"
        if said != self.more.text():
            self.more.setText(said)
            self.more.updateGeometry()
            set_reading(self.more, tr("Show more folders"), said)
        self.more.setVisible(bool(others))
