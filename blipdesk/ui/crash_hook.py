"""Shows the crash dialog for what nobody caught; work goes on, the log keeps the trace."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMainWindow

from blipdesk import __version__

log = logging.getLogger(__name__)


class CrashHook(QObject):
    """One for the process; ``log_path`` tells where the log lies, blank while there is none."""

    crashed = Signal(str)

    def __init__(self, window: QMainWindow, log_path: Callable[[], str]) -> None:
        super().__init__(window)
        self._window, self._log_path = window, log_path
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
        quit_wanted = windows.open_crash(self._window, f"BlipDesk {__version__}\n{trace}", self._log_path())
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
