"""Starts the window: first paint first, everything heavy after it and off the GUI thread."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from blipdesk import __version__
from blipdesk.ui import icons
from blipdesk.ui.look import read_look, write_look
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.resources import resource_path
from blipdesk.ui.tasks import run_in_pool, wait_for_tasks
from blipdesk.ui.theme import apply_theme

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

log = logging.getLogger(__name__)
OpenWorkspace = Callable[[Callable[[], None]], "Workspace"]
FONTS = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf")


class _Session(QObject):
    """One run of the window: opens the workspace after the first paint, closes it after the window.

    ``activated`` may be emitted from any thread (a second start asks this one to the front).
    """

    activated = Signal()

    def __init__(self, window: MainWindow, open_workspace: OpenWorkspace, look_path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._look_path = look_path
        self._open_workspace = open_workspace
        self._ending = False
        self.activated.connect(self._on_activated)
        window.painted.connect(self.open)
        window.retry_open.connect(self.open)
        window.closed.connect(self.end)

    def open(self) -> None:
        """Open the library on a worker thread."""
        self._window.pages.setCurrentIndex(0)
        self._window.gallery.show_loading()
        run_in_pool(
            lambda: self._open_workspace(self.activated.emit),
            self._on_opened,
            self._on_failed,
            priority=9,
        )

    def _on_opened(self, workspace: Workspace) -> None:
        if self._ending:
            self._close(workspace)
            return
        self._window.attach(workspace)

    def _on_failed(self, error: Exception) -> None:
        log.error("the library could not be opened: %s", error, exc_info=error)
        if self._ending:
            QApplication.quit()
        else:
            self._window.show_open_error(error)

    def _on_activated(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()

    def end(self) -> None:
        """The window was closed: save its place, close the library off the GUI thread, then quit."""
        if self._ending:
            return
        self._ending = True
        changes = self._window.remembered.last_changes()
        workspace = self._window.workspace
        if workspace is not None:
            write_look(self._look_path, {"theme": workspace.settings.values.theme, **changes})
        self._window.detach()
        if workspace is None:
            QTimer.singleShot(0, QApplication.quit)
            return
        self._close(workspace, changes)

    @staticmethod
    def _close(workspace: Workspace, changes: dict[str, object] | None = None) -> None:
        def work() -> None:
            try:
                if changes:
                    workspace.settings.change(**changes)
            finally:
                workspace.close()

        def failed(error: Exception) -> None:
            log.error("the library did not close cleanly", exc_info=error)
            QApplication.quit()

        run_in_pool(work, lambda _: QApplication.quit(), failed, priority=9)


def load_fonts() -> list[str]:
    """Register the shipped fonts; returns the families (none where the files are not there)."""
    families: list[str] = []
    for name in FONTS:
        path = resource_path("fonts", name)
        if path.is_file():
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    return families


class CrashHook(QObject):
    """Shows the crash dialog for what nobody caught; work goes on, the log keeps the trace."""

    crashed = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._shown = False
        self.crashed.connect(self._on_crashed)

    def install(self) -> None:
        """Take over uncaught exceptions of all threads, and Qt's messages."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        qInstallMessageHandler(_on_qt_message)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        import traceback

        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("uncaught", exc_info=(kind, error, trace))
        text = "".join(traceback.format_exception(kind, error, trace))
        try:
            self.crashed.emit(text)
        except RuntimeError:  # the window is gone: the log has it
            sys.__excepthook__(kind, error, trace)

    def _on_crashed(self, trace: str) -> None:
        from blipdesk.ui import windows

        if self._shown:
            return  # one at a time: the log has them all
        self._shown = True
        workspace = self._window.workspace
        log_path = str(workspace.log_path) if workspace is not None else ""
        quit_wanted = windows.open_crash(self._window, f"BlipDesk {__version__}\n{trace}", log_path)
        self._shown = False
        if quit_wanted:
            self._window.close()


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    logging.getLogger("qt").log(level, "%s", message)


def run(open_workspace: OpenWorkspace, argv: Sequence[str], look_path: Path) -> int:
    """Show the window and run until it is closed.

    Args:
        open_workspace: opens the library; called on a worker thread after the first paint, with a function
            that brings the window to the front (callable from any thread).
        argv: program name and Qt's own options.
        look_path: where the last window's look is kept, so that the first paint has it already.

    Returns:
        The exit status.
    """
    app = QApplication(list(argv))
    app.setApplicationName("BlipDesk")
    app.setDesktopFileName("blipdesk")
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    look = read_look(look_path)
    apply_theme(app, look.get("theme", "system"))
    window = MainWindow()
    window.remembered.restore(look.get("geometry", ""), look.get("splitter", ""))
    window.painted.connect(lambda: app.setWindowIcon(icons.app_icon()))
    session = _Session(window, open_workspace, look_path)
    hook = CrashHook(window)
    hook.install()
    signal.signal(signal.SIGINT, lambda *_: window.close())
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    ticker = QTimer()  # lets Python see signals while Qt waits for events
    ticker.start(500)
    ticker.timeout.connect(lambda: None)
    window.show()
    status = app.exec()
    session.end()
    wait_for_tasks(30_000)
    qInstallMessageHandler(None)
    return status
