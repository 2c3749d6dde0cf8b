"""Opens the activity panel, keeps it up to date while it is seen, and does what is pressed there."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from blipdesk.domain.errors import Problem
from blipdesk.domain.events import Progress
from blipdesk.domain.jobs import WaitingFolder
from blipdesk.domain.wording import plural, tr
from blipdesk.ui.pane.edits import EditQueue
from blipdesk.ui.status_bar import StatusBar
from blipdesk.ui.tasks import EventBridge, NewestTask, run_in_pool, single_shot
from blipdesk.ui.toast import Toast
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.activity.panel import ActivityPanel

_READ_MS = 1500
"""The queue is read again so long after a change, or ``_REST`` times as long as it took: of 292,000 photos
that is 0.3 s of a core, 2.5 s beside captioning, and the panel may be open for hours."""
_REST = 10


class ActivityActions(QObject):
    """The panel is made when it is first asked for.  ``reasons_requested``: all causes are to be shown."""

    reasons_requested = Signal()

    def __init__(self, status: StatusBar, bridge: EventBridge, whole: QWidget, toast: Toast) -> None:
        super().__init__(whole)
        self._status, self._whole, self._toast = status, whole, toast
        self._workspace: Workspace | None = None
        self._edits = EditQueue()
        self._queue, self._problems = NewestTask(self), NewestTask(self)
        self._timer = single_shot(self, _READ_MS, self._read)
        self.panel: ActivityPanel | None = None
        status.activity_requested.connect(self.toggle)
        bridge.progressed.connect(self._on_progress)
        bridge.catalog_changed.connect(lambda _: self._read_soon())

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Show this one's work."""
        self._workspace = workspace
        if self.panel is not None and workspace is None:
            self.panel.hide()

    def toggle(self) -> None:
        """Open the panel, with the keyboard in it, or close it."""
        if self.panel is not None and self.panel.isVisible():
            self.panel.close_panel()
        else:
            self.open()

    def open(self) -> None:
        """Open the panel, with the keyboard in it."""
        workspace = self._workspace
        if workspace is None:
            return
        panel = self.panel or self._make()
        values = workspace.settings.values
        panel.show_conditions(values.only_when_idle, values.only_on_mains)
        panel.show_progress(workspace.captioning.progress(), self._status.counts)
        panel.open()
        panel.pause.setFocus()
        self._read()
        computer = workspace.computer
        run_in_pool(
            lambda: (computer.idle_seconds() is not None, computer.has_battery()),
            lambda found: panel.show_computer(*found),
            owner=panel,
        )

    def _make(self) -> ActivityPanel:
        from blipdesk.ui.activity.panel import ActivityPanel

        self.panel = panel = ActivityPanel(self._whole, self._status)
        panel.pause_toggled.connect(self._status.pause_toggled)
        panel.switched.connect(self._on_switched)
        panel.queue.moved_first.connect(self._on_moved_first)
        panel.retried.connect(self._on_retried)
        panel.reasons_requested.connect(panel.close_panel)
        panel.reasons_requested.connect(self.reasons_requested)
        panel.closed.connect(self._status.activity.setFocus)
        return panel

    # ------------------------------------------------------------------------------------ showing

    def _on_progress(self, progress: Progress) -> None:
        if self.panel is not None and self.panel.isVisible():
            self.panel.show_progress(progress, self._status.counts)

    def _read_soon(self) -> None:
        if self.panel is not None and self.panel.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _read(self) -> None:
        workspace, panel = self._workspace, self.panel
        if workspace is None or panel is None or not panel.isVisible():
            return
        began = time.monotonic()

        def read(folders: Sequence[WaitingFolder]) -> None:
            taken = round((time.monotonic() - began) * 1000)
            self._timer.setInterval(max(_READ_MS, _REST * taken))
            panel.show_queue(folders)

        self._queue.start(workspace.captioning.waiting_folders, read, self._failed)
        self._problems.start(workspace.library.problems, panel.show_problems, self._failed)

    # ------------------------------------------------------------------------------------ doing

    def _on_switched(self, name: str, on: bool) -> None:
        workspace = self._workspace
        if workspace is None:
            return

        def save() -> None:
            workspace.settings.change(**{name: on})
            workspace.apply_settings()

        self._do(save)

    def _on_moved_first(self, folder: str) -> None:
        if self._workspace is not None:
            captioning = self._workspace.captioning
            self._do(lambda: captioning.move_to_front(folder))

    def _on_retried(self, cause: Problem) -> None:
        if self._workspace is None:
            return
        captioning, queued = self._workspace.captioning, list[int]()

        def retried() -> None:
            one, many = tr("{n} photo is tried again."), tr("{n} photos are tried again.")
            self._toast.show_note(plural(queued[0], one, many))

        self._do(lambda: queued.append(captioning.retry_cause(cause)), retried)

    def _do(self, work: Callable[[], object], done: Callable[[], None] = lambda: None) -> None:
        def ended() -> None:
            done()
            self._read()

        self._edits.add(work, ended, self._failed, self)

    def _failed(self, error: Exception) -> None:
        self._toast.show_note(error_words(tr("That did not work."), error), None, "warning", "err")
