"""Input methods: while words are composed, Enter and Escape belong to the composition."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class Composition:
    """Whether an input method (Japanese, Chinese, accents by dead keys) is at work in a field.

    Most input methods keep their keys to themselves; some hand them on, and Enter, which picks a word there,
    would then ask or save half of a sentence.
    """

    def __init__(self) -> None:
        self._words = ""

    def note(self, event: QInputMethodEvent) -> None:
        """Takes each event of the input method."""
        self._words = event.preeditString()

    def owns(self, event: QKeyEvent) -> bool:
        """True for a key that must not act on the field now."""
        return bool(self._words) and event.key() in _KEYS
