"""The window's content, made at once: what the session does between the events of a running window."""

from __future__ import annotations

from array import array

from blipdesk.ui.assembly import assemble
from blipdesk.ui.gallery.model import GalleryModel, IdsChange
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell


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


def show_ids(model: GalleryModel, ids: array[int]) -> None:
    """Make the gallery list these, as the browser would."""
    model.apply(IdsChange.between(model.ids, ids))
