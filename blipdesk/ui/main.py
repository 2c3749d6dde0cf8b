"""Starts the window: first paint first, everything heavy after it and off the GUI thread."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from blipdesk.ui.look import read_look
from blipdesk.ui.resources import resource_path
from blipdesk.ui.shell import Shell
from blipdesk.ui.theme import apply_theme

if TYPE_CHECKING:
    from blipdesk.ui.session import OpenWorkspace, Session

FONTS = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf")


SWITCH_SECONDS = 0.001
"""How long a thread may go on while another waits for the interpreter.

Painting gives it up at each call into Qt.  While every core captions a million photos, keys in the search box
stalled for 119 to 262 ms at the worst with Python's 5 ms, for 85 to 132 with this, for 52 to 128 with 0.2 and
0.3 ms and for 121 with 0.05 ms: less gains nothing that can be told from chance.
"""


TRAY_MS = 20_000
"""At a login the tray may come after the programs that start with it; so long it is waited for."""


def may_stay_hidden(shell: Shell) -> bool:
    """Whether the window is seen, or there is a tray to open it from."""
    from PySide6.QtWidgets import QSystemTrayIcon

    return shell.isVisible() or QSystemTrayIcon.isSystemTrayAvailable()


def load_fonts() -> list[str]:
    """Register the shipped fonts; returns the families (none where the files are not there)."""
    families: list[str] = []
    for name in FONTS:
        path = resource_path("fonts", name)
        if path.is_file():
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    return families


def run(open_workspace: OpenWorkspace, argv: Sequence[str], look_path: Path, hidden: bool = False) -> int:
    """Show the window and run until it is closed for good.

    Args:
        open_workspace: opens the library; called on a worker thread after the first paint, with a function
            that brings the window to the front (callable from any thread).
        argv: program name and Qt's own options.
        look_path: where the last window's look is kept, so that the first paint has it already.
        hidden: stay in the tray until the window is asked for; without a tray it is shown, minimised.

    Returns:
        The exit status.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication(list(argv))
    app.setApplicationName("BlipDesk")
    app.setDesktopFileName("blipdesk")
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    look = read_look(look_path)
    apply_theme(app, look.get("theme", "system"))
    shell = Shell(look.get("splitter", ""))
    shell.restore(look.get("geometry", ""))
    session: Session | None = None

    def begin() -> None:
        nonlocal session
        if session is not None:  # it was started hidden, and is painted now
            return
        from blipdesk.ui import icons, language
        from blipdesk.ui.session import Session

        language.speak(look.get("language", language.SYSTEM))
        session = Session(shell, open_workspace, look_path)
        session.begin()
        app.setWindowIcon(icons.app_icon())

    def end() -> None:
        if session is None:
            app.quit()
        else:
            session.end()

    shell.painted.connect(begin)
    shell.closed.connect(end)
    signal.signal(signal.SIGINT, lambda *_: shell.leave())
    signal.signal(signal.SIGTERM, lambda *_: shell.leave())
    ticker = QTimer()  # lets Python see signals while Qt waits for events
    ticker.start(500)
    ticker.timeout.connect(lambda: None)
    if hidden:
        QTimer.singleShot(0, begin)
        QTimer.singleShot(TRAY_MS, lambda: shell.showMinimized() if not may_stay_hidden(shell) else None)
    else:
        shell.show()
    status = app.exec()
    if session is not None:
        session.finish()
    qInstallMessageHandler(None)
    return status
