"""Ctrl+Z, wherever the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from blipdesk.ui.pane import PhotoPane
    from blipdesk.ui.search.actions import SearchActions


class Undoing(QObject):
    """Takes back what was done last: an edit of a photo, or that the search was cleared."""

    def __init__(self, pane: PhotoPane, searching: SearchActions, parent: QObject) -> None:
        super().__init__(parent)
        self._pane, self._searching = pane, searching
        self._newer = 0
        """Edits since the search was cleared, less those that were taken back."""
        pane.edited.connect(self._on_edited)
        searching.cleared.connect(self._on_cleared)

    def _on_edited(self, by: int) -> None:
        self._newer = max(0, self._newer + by)

    def _on_cleared(self) -> None:
        self._newer = 0

    def undo(self) -> None:
        """Take the newest of both back."""
        if self._newer or not self._searching.bring_back():
            self._pane.undo()


def leaves_undo(event: QEvent, has_own: bool) -> bool:
    """Whether Ctrl+Z is the window's: a text claims it also with nothing of its own to take back."""
    if has_own or event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_undo = event.matches(QKeySequence.StandardKey.Undo)
    if is_undo:
        event.ignore()
    return is_undo
