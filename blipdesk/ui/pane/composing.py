"""Input methods: while words are composed, Enter, Escape, arrows and shortcuts belong to the composition."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

_KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down,
)  # fmt: skip
_SHORTCUT = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Composition:
    """Whether an input method (Japanese, Chinese, accents by dead keys) is at work in a field.

    Most input methods keep their keys to themselves; some hand them on, and Enter, which picks a word there,
    would then ask or save half of a sentence.
    """

    def __init__(self) -> None:
        self._words = ""

    @property
    def is_under_way(self) -> bool:
        """True while there are words that are not the field's yet."""
        return bool(self._words)

    def takes(self, event: QEvent) -> bool:
        """Gets each event of the field; true for a key that must not act on anything now."""
        if isinstance(event, QInputMethodEvent):
            self._words = event.preeditString()
        elif event.type() == QEvent.Type.FocusOut:
            self._words = ""  # Qt ends it then
        elif self._words and isinstance(event, QKeyEvent) and event.type() != QEvent.Type.KeyRelease:
            is_letter = event.text() and not event.modifiers() & _SHORTCUT
            if event.key() in _KEYS or not is_letter:
                event.accept()
                return True
        return False


class ComposedLine(QLineEdit):
    """A line whose Enter and Escape are not taken for its own while words are composed."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        self.composition = Composition()  # Qt sends events to a line that is being made
        super().__init__(text, parent)

    @override
    def event(self, event: QEvent) -> bool:
        return self.composition.takes(event) or super().event(event)
