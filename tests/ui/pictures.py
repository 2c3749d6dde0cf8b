"""Pictures of the window in each of its states, to look at: ``python tests/ui/pictures.py OUT [options]``.

The real window over the fake workspace, without a screen: one PNG for each state, language, size, theme and
scale.  Each option takes several values; ``--list`` names the states, ``--size`` is in pixels before scaling.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from fake_workspace import FakeWorkspace
from picture_steps import State, settle, until
from pictured_states import STATES
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from whole_window import assembled

from blipdesk.domain.values import FolderState
from blipdesk.ui import language
from blipdesk.ui.main import load_fonts
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell
from blipdesk.ui.theme import apply_theme, theme

SIZES, SCALES = ("1440x900", "1000x700"), ("1", "1.5")
THEMES, LANGUAGES = ("light", "dark"), (language.ENGLISH, *language.TRANSLATED)


def brought(state: State, size: tuple[int, int]) -> MainWindow:
    """A window in that state."""
    shell = Shell()
    shell.resize(*size)
    shell.show()
    window = assembled(shell)
    if state.photos is None:
        window.show_opening()
    else:
        workspace = FakeWorkspace(state.photos, **dict(state.settings))
        if state.drive:
            online = (replace(r, state=FolderState.ONLINE, message="") for r in workspace.library.roots)
            workspace.library.roots = list(online)
        window.attach(workspace)
    settle(150)
    if not any(dialog.isVisible() for dialog in shell.findChildren(QDialog)):
        shell.activateWindow()
        until(shell.isActiveWindow)
    state.act(window, window.workspace)
    settle(150)
    return window


def depth(front: QWidget) -> int:
    """How many windows it was opened from."""
    parent = front.parentWidget()
    return 0 if parent is None else 1 + depth(parent.window())


def picture(shell: Shell) -> QPixmap:
    """The window with what stands before it: dialogs in the middle, menus where they opened."""
    whole = shell.grab()
    painter = QPainter(whole)
    in_front = [one for one in QApplication.topLevelWidgets() if one is not shell and one.isVisible()]
    for front in sorted(in_front, key=depth):
        place = front.pos() - shell.pos()
        if isinstance(front, QDialog):
            place = QPoint((shell.width() - front.width()) // 2, (shell.height() - front.height()) // 2)
        painter.drawPixmap(place, front.grab())
    painter.end()
    return whole


def put_away(window: MainWindow) -> None:
    """Close the window and all that stands before it."""
    shell = window.window()
    if window.workspace is not None:
        window.workspace.models.may_go_on.set()
    window.detach()
    for front in QApplication.topLevelWidgets():
        front.hide()
    settle(10)
    shell.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def platform(folder: Path) -> str:
    """Qt's platform without a screen, with one that dialogs fit on: by itself it has 800 x 800 pixels."""
    screen = {"name": "picture", "x": 0, "y": 0, "width": 3840, "height": 2160}
    told = folder / "screen.json"
    told.write_text(json.dumps({"screens": [screen | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    return f"offscreen:configfile={told}"


def take(out: Path, chosen: argparse.Namespace, scale: str) -> None:
    """All chosen pictures of one scale: Qt takes it once, at its start."""
    settings = Path(mkdtemp())
    os.environ |= {
        "QT_QPA_PLATFORM": platform(settings),
        "QT_SCALE_FACTOR": scale,
        "XDG_CONFIG_HOME": str(settings),
    }
    app = QApplication(["blipdesk-pictures"])
    app.setCursorFlashTime(0)
    load_fonts()
    apply_theme(app, "light")
    for spoken, size, name in itertools.product(chosen.language, chosen.size, chosen.only):
        language.speak(spoken)
        width, height = map(int, size.split("x"))
        window = brought(STATES[name], (width, height))
        for mode in chosen.theme:
            theme().set_mode(mode)
            settle()
            path = out / f"{name}-{spoken}-{size}-{mode}-{scale}.png"
            picture(window.window()).save(str(path))
        put_away(window)
        print(name, spoken, size, scale, flush=True)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path, nargs="?", default=Path("pictures"))
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", nargs="+", choices=STATES, default=list(STATES), metavar="STATE")
    for name, values in (("theme", THEMES), ("size", SIZES), ("scale", SCALES), ("language", LANGUAGES)):
        parser.add_argument(f"--{name}", nargs="+", default=values)
    chosen = parser.parse_args(arguments)
    if chosen.list:
        print("\n".join(STATES))
        return 0
    chosen.out.mkdir(parents=True, exist_ok=True)
    if len(chosen.scale) == 1:
        take(chosen.out, chosen, chosen.scale[0])
        return 0
    runs = ([sys.executable, __file__, *arguments, "--scale", scale] for scale in chosen.scale)
    return max(subprocess.run(run, check=False).returncode for run in runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
