"""What the window shows of the background worker, and its pause button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.wording import retold, tr
from blipdesk.ui.status_bar import StatusBar
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.toast import Toast
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class RunActions(QObject):
    """Pauses and resumes; says once why captioning stopped."""

    def __init__(self, status: StatusBar, toast: Toast) -> None:
        super().__init__(status)
        self._status, self._toast = status, toast
        self._workspace: Workspace | None = None
        self._error_told = ""
        status.pause_toggled.connect(self._on_pause)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Show this one's worker."""
        self._workspace = workspace
        if workspace is not None:
            self._status.awaits_choices = not (workspace.settings.values.first_start_done or workspace.demo)
            self.show_model()
            self._status.show_progress(workspace.captioning.progress())

    def show_model(self) -> None:
        """Show which model is chosen."""
        if self._workspace is not None:
            self._status.show_setting(self._workspace.settings.values.model)

    def on_progress(self, progress: Progress) -> None:
        """Show how far it is."""
        self._status.show_progress(progress)
        if progress.state is RunState.ERROR:
            words = retold(progress.message) or tr("Captioning stopped.")
            if words != self._error_told:  # once: the status bar keeps it, and another note may have an Undo
                self._toast.show_note(words, None, "warning", "err")
            self._error_told = words
        elif progress.state in (RunState.CAPTIONING, RunState.IDLE):
            self._error_told = ""

    def _on_pause(self, pause: bool) -> None:
        workspace = self._workspace
        if workspace is not None:
            work = workspace.captioning.pause if pause else workspace.captioning.resume
            run_in_pool(work, None, self._on_failed, self, 3)

    def _on_failed(self, error: Exception) -> None:
        self._toast.show_note(error_words(tr("That did not work."), error), None, "warning", "err")
