"""Ctrl+Z, wherever the keyboard is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.wording import number, tr

if TYPE_CHECKING:
    from blipdesk.ui.pane import PhotoPane
    from blipdesk.ui.search.actions import SearchActions

_KEPT = 100
_MOMENT = 0.5
"""Seconds between two words of how far it is."""


class UndoableActions(QObject):
    """Does what is no edit of one photo, and takes it back.

    ``said`` carries a sentence for the toast and its undo, or None; ``changed`` what takes a change back, and
    returns False where that was done already.
    """

    said = Signal(str, object)
    changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._undo: list[Callable[[], None]] = []

    def _done(self, words: str, undo: Callable[[], None]) -> None:
        self.said.emit(words, self._begun(undo))

    def _begun(self, undo: Callable[[], None]) -> Callable[[], bool]:
        """Let a change be taken back from now on, though it is not done yet; returns what does."""

        def bring_back() -> bool:
            if undo not in self._undo:
                return False
            self._undo.remove(undo)
            undo()
            return True

        self._undo.append(undo)
        self.changed.emit(bring_back)
        return bring_back


class LongActions(UndoableActions):
    """Those that may take long; ``working`` says how far, and has what stops it, or None."""

    working = Signal(str, object)

    def _told(
        self, words: str, stop: threading.Event | None, may_stop: bool = True
    ) -> Callable[[int, int], None]:
        """As :func:`told`, by ``working``."""
        return told(self.working.emit, words, stop, may_stop)


def told(
    working: Callable[[str, object], None],
    words: str,
    stop: threading.Event | None = None,
    may_stop: bool = True,
) -> Callable[[int, int], None]:
    """What tells the window from the pool how far it is, where it takes longer than a moment.

    Args:
        working: gets a sentence, and what stops it or None.
        words: what is being done.
        stop: once it is set, the next call raises Cancelled.
        may_stop: the person is offered to set it.
    """
    due = time.monotonic() + _MOMENT

    def tell(done: int, total: int) -> None:
        nonlocal due
        if stop is not None and stop.is_set():
            raise Cancelled
        if time.monotonic() >= due:
            due = time.monotonic() + _MOMENT
            counted = tr("{words}: {done} of {total}", words=words, done=number(done), total=number(total))
            working(counted, stop.set if stop is not None and may_stop else None)

    return tell


@dataclass(slots=True)
class _Other:
    """What is no edit of a photo.  ``bring_back`` tells whether there was anything to take back."""

    bring_back: Callable[[], bool]
    edits: int = 0
    """Edits of photos since, less those that were taken back."""


class Undoing(QObject):
    """Takes back what was done last: an edit of a photo, another action, a search that was cleared."""

    def __init__(
        self, pane: PhotoPane, searching: SearchActions, acting: Sequence[UndoableActions], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._others: list[_Other] = []
        pane.edited.connect(self._on_edited)
        searching.cleared.connect(lambda: self._on_other(searching.bring_back))
        for actions in acting:
            actions.changed.connect(self._on_other)

    def _on_edited(self, by: int) -> None:
        if self._others:
            self._others[-1].edits = max(0, self._others[-1].edits + by)

    def _on_other(self, bring_back: Callable[[], bool]) -> None:
        self._others.append(_Other(bring_back))
        del self._others[:-_KEPT]

    def undo(self) -> None:
        """Take the newest of all back."""
        while self._others and not self._others[-1].edits:
            if self._others.pop().bring_back():
                return
        self._pane.undo()


def leaves_undo(event: QEvent, has_own: bool) -> bool:
    """Whether Ctrl+Z is the window's: a text claims it also with nothing of its own to take back."""
    if has_own or event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_undo = event.matches(QKeySequence.StandardKey.Undo)
    if is_undo:
        event.ignore()
    return is_undo
