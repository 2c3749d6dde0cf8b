"""The window's content, made at once: what the session does between the events of a running window."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from blipdesk.ui import tasks
from blipdesk.ui.assembly import assemble
from blipdesk.ui.gallery.model import GalleryModel, IdsChange
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def assembled(shell: Shell) -> MainWindow:
    steps = assemble(shell)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def count(window: MainWindow) -> int:
    """Photos that the gallery lists."""
    return window.gallery.model.rowCount()


def opened_dialog(window: MainWindow, qtbot: QtBot, kind: str) -> QDialog:
    """The dialog that ``open_<kind>`` opens, with all that it reads."""
    opener = window.writing if kind in ("changes", "conflicts") else window.windows
    getattr(opener, f"open_{kind}")()
    qtbot.waitUntil(lambda: not tasks._live)
    return next(dialog for dialog in window.window().findChildren(QDialog) if dialog.isVisible())


def show_ids(model: GalleryModel, ids: array[int]) -> None:
    """Make the gallery list these, as the browser would."""
    model.apply(IdsChange.between(model.ids, ids))
