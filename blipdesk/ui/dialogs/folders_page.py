"""The settings' page of watched folders."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.values import Folder, FolderState
from blipdesk.domain.wording import later, retold, tr
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.edits import EditQueue
from blipdesk.ui.pane.paint import ElidedText, Glyph, rounded_fill
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import RADIUS_INPUT, SIZE_BODY, SPACE_M, SPACE_S, SPACE_XS
from blipdesk.ui.words import error_words, photos_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

PROMISE = later(
    "Removing a folder only stops BlipDesk from looking at it. Your files stay where they are, and captions, "
    "tags and questions are kept: add the folder again and they are back."
)


class FolderCard(QFrame):
    """One watched folder: path, number of photos, a note, Remove (asked once more on the spot)."""

    removed = Signal(int)

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self.folder = folder
        offline = folder.state is FolderState.OFFLINE
        name = ElidedText(SIZE_BODY, 600)
        name.set_text(folder.path)
        photos = photos_words(folder.photo_count)
        note = retold(folder.message) or (
            tr("Not connected: nothing is lost, it comes back with its drive.") if offline else ""
        )
        self.words = plain_label(f"{photos}. {note}".strip() if note else photos, "meta", wrap=True)
        self.remove_button = text_button(
            tr("Remove"), "on-raised", tr("Stop watching {path}", path=folder.path)
        )
        self.remove_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._sure = False
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(name)
        column.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_M)
        row.addWidget(Glyph("drive-off" if offline else "folder", "warn" if offline else "muted"))
        row.addLayout(column, 1)
        row.addWidget(self.remove_button)
        self.remove_button.clicked.connect(self._on_remove)

    def _on_remove(self) -> None:
        if self._sure:
            self.removed.emit(self.folder.id)
            return
        self._sure = True
        self.remove_button.setText(tr("Stop watching it?"))
        set_reading(self.remove_button, tr("Really stop watching {path}", path=self.folder.path))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")


class FoldersPage(QWidget):
    """Lists, adds and removes watched folders."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._edits = EditQueue()
        self.cards: list[FolderCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_S)
        self._empty = plain_label(tr("No folder is watched yet."), "muted")
        self._empty.hide()  # nothing is known yet
        self.message = plain_label("", "error", wrap=True)
        self.message.hide()
        self.add_button = text_button(tr("Add a folder…"), "primary")
        self.add_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(
            plain_label(tr("BlipDesk looks through these folders and notices new photos."), "meta", wrap=True)
        )
        column.addSpacing(SPACE_XS)
        column.addLayout(self._list)
        column.addWidget(self._empty)
        column.addWidget(self.message)
        column.addWidget(self.add_button)
        column.addSpacing(SPACE_S)
        column.addWidget(plain_label(tr(PROMISE), "meta", wrap=True))
        column.addStretch(1)
        self.add_button.clicked.connect(self._choose)
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        run_in_pool(self._workspace.library.folders, self._show, self._on_unread, self)

    def _on_unread(self, error: Exception) -> None:
        self._say(error_words(tr("The list of folders could not be read."), error))

    def _show(self, folders: Sequence[Folder]) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for folder in folders:
            card = FolderCard(folder)
            card.removed.connect(self._remove)
            self._list.addWidget(card)
            self.cards.append(card)
        stops = [card.remove_button for card in self.cards]
        for before, after in itertools.pairwise([self.add_button, *stops, self.add_button]):
            QWidget.setTabOrder(before, after)
        self._empty.setVisible(not self.cards)

    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Add a folder with photos"), os.path.expanduser("~"))
        if path:
            self.add(path)

    def add(self, path: str) -> None:
        """Watch a folder."""
        self._change(lambda: self._workspace.library.add_folder(path))

    def _remove(self, folder_id: int) -> None:
        self._change(lambda: self._workspace.library.remove_folder(folder_id))

    def _change(self, work: Callable[[], object]) -> None:
        self._say("")
        self._edits.add(work, self.reload, self._on_failed, self)

    def _on_failed(self, error: Exception) -> None:
        self._say(error_words(tr("That did not work."), error))
        self.reload()

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
