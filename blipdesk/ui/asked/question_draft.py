"""Keeps a question to many photos that is typed and not asked yet, so that no crash loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from blipdesk.ui.pane.drafts import WAIT_MS
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.tasks import NewestTask, single_shot

if TYPE_CHECKING:
    from blipdesk.services.drafts import DraftService


class QuestionDraft(QObject):
    """Fills the field with what was kept, and keeps what is typed there.  Owner: the GUI thread."""

    def __init__(self, drafts: DraftService, field: QLineEdit) -> None:
        super().__init__(field)
        self._drafts = drafts
        self._task = NewestTask(self)
        self._timer = single_shot(self, WAIT_MS, self._write)
        field.setText(shown(drafts.question_to_many))
        field.textChanged.connect(self._note)

    def drop(self) -> None:
        """It was asked."""
        self._note("")

    def _note(self, text: str) -> None:
        self._drafts.question_to_many = text
        if not self._timer.isActive():  # what is typed without a break is written too
            self._timer.start()

    def _write(self) -> None:
        self._task.start(self._drafts.write, lambda _: None, priority=4)
