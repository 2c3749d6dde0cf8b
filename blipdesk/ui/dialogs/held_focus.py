"""Keeps the keyboard in a part that covers its window, as a dialog does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


class HeldFocus(QObject):
    """While the part is visible, the keyboard goes round its stops and to nothing that it covers.

    Args:
        part: covers what else is in ``over``.
        over: the parent.
        stops: where Tab goes, in order; those that are hidden or disabled are passed over.
    """

    def __init__(self, part: QWidget, over: QWidget, stops: Sequence[QWidget]) -> None:
        super().__init__(part)
        self._part, self._over, self._stops = part, over, stops
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def step(self, forward: bool) -> None:
        """Go on to the next stop, or back."""
        there = [stop for stop in self._stops if stop.isEnabled() and stop.isVisible()]
        held = self._part.focusWidget()
        at = there.index(held) if held in there else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        there[(at + (1 if forward else -1)) % len(there)].setFocus(reason)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._part.isVisible() or not self._over.isAncestorOf(new):
            return
        # A note over the part that goes away when its button is pressed hands the keyboard on.
        if new is not self._part and not self._part.isAncestorOf(new):
            self._part.setFocus(Qt.FocusReason.OtherFocusReason)
