"""One run after the first paint: makes the content, opens the library, closes it after the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from blipdesk.domain.errors import AlreadyRunningError
from blipdesk.ui.assembly import assemble
from blipdesk.ui.crash_hook import CrashHook
from blipdesk.ui.language import speak
from blipdesk.ui.look import write_look
from blipdesk.ui.motion import read_wish
from blipdesk.ui.shell import Shell
from blipdesk.ui.tasks import run_in_pool, run_last, single_shot, wait_for_tasks
from blipdesk.ui.text_size import said_scale, scale_of, system_points
from blipdesk.ui.theme import theme

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.background import Background
    from blipdesk.ui.gallery.thumbnails import Thumbnails
    from blipdesk.ui.main_window import MainWindow

log = logging.getLogger(__name__)
OpenWorkspace = Callable[[Callable[[], None]], "Workspace"]
END_MS = 30_000
"""A library that is still being opened this long after the window was closed is not waited for."""


def _ask_system() -> float:
    said = said_scale()
    read_wish()
    return said


def _take_text_scale(said: float) -> None:
    theme().set_text_scale(scale_of(system_points(), said))


class Session(QObject):
    """The content is made first, the workspace opened then, on a worker thread.

    Both at once would take turns with the interpreter's lock: the content then stood after 480 ms instead of
    295, and the library was open no sooner (870 and 800 ms, warm).

    ``activated`` may be emitted from any thread (a second start asks this one to the front).
    """

    activated = Signal()

    def __init__(self, shell: Shell, open_workspace: OpenWorkspace, look_path: Path) -> None:
        super().__init__(shell)
        self._background: Background | None = None
        self._shell, self._look_path = shell, look_path
        self._open_workspace = open_workspace
        self._window: MainWindow | None = None
        self._opening = self._ending = False
        self.activated.connect(self._on_activated)
        CrashHook(shell, self._log_path).install()
        self._steps = assemble(shell)
        self._stepper = single_shot(self, 0, self._step)

    def begin(self) -> None:
        """Make the content piece by piece, then open the library."""
        run_in_pool(
            _ask_system, _take_text_scale, lambda error: log.debug("no word of the desktop: %s", error),
            priority=-2,
        )  # fmt: skip
        self._stepper.start()

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration as done:
            self._on_built(done.value)
        else:  # after any other error the crash dialog has the word: no next step would do better
            self._stepper.start()

    def _on_built(self, window: MainWindow) -> None:
        former, self._window = self._window, window
        window.retry_open.connect(self.open)
        window.windows.setting_changed.connect(self._on_setting)
        if former is not None and former.workspace is not None:
            self._take_over(former, former.workspace, window)
            return
        window.remembered.restore("", self._shell.splitter)
        self.open()

    def _take_over(self, former: MainWindow, workspace: Workspace, window: MainWindow) -> None:
        """Go on in another language where the former content was."""
        from blipdesk.ui.anew import Kept, Return, let_go

        kept = Kept.of(former)
        had_dialog = let_go(self._shell, former)
        way_back = Return(window, kept)
        window.remembered.change(**kept.changes)
        window.attach(workspace)
        way_back.look_there()
        if had_dialog:  # the language is chosen there
            window.windows.open_settings("Window")

    def _on_setting(self, name: str) -> None:
        if name == "language" and self._window is not None and self._window.workspace is not None:
            self._speak(self._window.workspace)

    def _speak(self, workspace: Workspace) -> None:
        """Speak the language of the settings; the content is made anew where it speaks another one."""
        if speak(workspace.settings.values.language):
            self._steps = assemble(self._shell)
            self._stepper.start()
            if self._background is not None:
                self._background.say_again()

    def open(self) -> None:
        """Open the library on a worker thread."""
        assert self._window is not None
        self._opening = True
        self._window.show_opening()
        run_in_pool(
            lambda: self._open_workspace(self.activated.emit),
            self._on_opened,
            self._on_failed,
            priority=9,
        )

    def _on_opened(self, workspace: Workspace) -> None:
        self._opening = False
        if self._ending:
            self._close(workspace)
        elif self._window is not None:
            self._window.attach(workspace)
            self._go_on_behind(workspace)
            self._speak(workspace)  # the file of the look may be lost

    def _go_on_behind(self, workspace: Workspace) -> None:
        from blipdesk.ui.background import Background

        self._background = Background(self._shell, workspace, self._show_activity)
        if not self._shell.isVisible() and not workspace.settings.values.first_start_done:
            self._shell.come_forward()

    def _show_activity(self) -> None:
        self._shell.come_forward()
        if self._window is not None:
            self._window.activity.open()

    def _on_failed(self, error: Exception) -> None:
        self._opening = False
        if isinstance(error, AlreadyRunningError):
            log.info("%s", error)
            self._ending = True
        else:
            log.error("the library could not be opened: %s", error, exc_info=error)
        if self._ending:
            QApplication.quit()
        elif self._window is not None:
            self._window.show_open_error(error)
            self._shell.come_forward()  # also where it was started to stay behind

    def _log_path(self) -> str:
        workspace = self._window.workspace if self._window is not None else None
        return str(workspace.log_path) if workspace is not None else ""

    def _on_activated(self) -> None:
        self._shell.come_forward()

    def end(self) -> None:
        """The window was closed: save its place, close the library off the GUI thread, then quit."""
        if self._ending:
            return
        self._ending = True
        self._stepper.stop()
        if self._background is not None:
            self._background.end()
        window = self._window
        if window is None or window.workspace is None:
            # What is being opened is closed when it is there: it holds a lock and has threads of its own.
            QTimer.singleShot(END_MS if self._opening else 0, QApplication.quit)
            return
        workspace, changes = window.workspace, window.remembered.last_changes()
        values = workspace.settings.values
        write_look(self._look_path, {"theme": values.theme, "language": values.language, **changes})
        try:
            window.detach()
        finally:  # a fault in the window must not leave a program without one, that holds the library
            self._close(workspace, changes, window.gallery.thumbnails)

    def finish(self) -> None:
        """After the event loop: end what has not ended, and wait for what still runs."""
        self.end()
        wait_for_tasks(END_MS)

    @staticmethod
    def _close(
        workspace: Workspace, changes: Mapping[str, Any] | None = None, thumbnails: Thumbnails | None = None
    ) -> None:
        from blipdesk.ui.pane.edits import take_edits

        write_edits = take_edits()

        def work() -> None:
            try:
                write_edits()
                if thumbnails is not None:
                    thumbnails.wait()
                if changes is not None:
                    workspace.settings.change(**changes)
            finally:
                workspace.close()

        def failed(error: Exception) -> None:
            log.error("the library did not close cleanly", exc_info=error)
            QApplication.quit()

        run_last(work, lambda _: QApplication.quit(), failed)  # after what is still being written
