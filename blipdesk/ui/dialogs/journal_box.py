"""The settings' lines about what can be taken back: how much is kept, how old, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from blipdesk.domain.wording import tr
from blipdesk.domain.writes import JournalSize
from blipdesk.ui.dialogs.opening import open_dialog
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import plain_label
from blipdesk.ui.tasks import LatestTask
from blipdesk.ui.theme import SPACE_XS
from blipdesk.ui.words import error_words
from blipdesk.ui.writing_words import journal_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class JournalBox(QWidget):
    """Says what is kept for taking back, and opens the list of changes."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._load = LatestTask(self)
        self.words = plain_label("", "meta", wrap=True)
        self.button = text_button(tr("Changes to photos…"))
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addWidget(plain_label(tr("Taking back"), "strong"))
        column.addWidget(self.words)
        column.addSpacing(SPACE_XS)
        column.addWidget(self.button)
        self.button.clicked.connect(self._open)
        self.reload()

    def reload(self) -> None:
        """Read the numbers again."""
        self._load.start(self._workspace.writing.journal_size, self._show, self._on_unread)

    def _show(self, size: JournalSize) -> None:
        values = self._workspace.settings.values
        self.words.setText(journal_words(size, values.journal_days, values.journal_mb))

    def _on_unread(self, error: Exception) -> None:
        self.words.setText(error_words(tr("What is kept could not be read."), error))

    def _open(self) -> None:
        from blipdesk.ui.dialogs.changes import ChangesDialog

        dialog = ChangesDialog(self._workspace, self.window())
        dialog.finished.connect(lambda _: self.reload())
        open_dialog(dialog)
