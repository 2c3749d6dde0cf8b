"""Why the photo is in the answer to a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui.pane.paint import Glyph, WrappedText
from blipdesk.ui.pane.texts import set_reading, set_tooltip
from blipdesk.ui.theme import SIZE_META, SPACE_L

_MOST = 3
"""Reasons that are shown; the first are the strongest."""
_MARK = 14


class WhyLine(NamedTuple):
    """A reason, or several, in a line."""

    by_meaning: bool
    words: str
    hint: str = ""
    """For those who want to know more: its score."""


class _Line(QWidget):
    """A small icon and wrapped words."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = Glyph("search", "accent", _MARK)
        self.words = WrappedText(ink="muted", size=SIZE_META)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)

    def say(self, line: WhyLine) -> None:
        self._mark.set_glyph("similar" if line.by_meaning else "search", "accent")
        self.words.set_text(line.words)
        set_tooltip(self, line.hint)


class FoundBy(QWidget):
    """The words that matched, and the nearest sentence; hidden where nothing was searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = [_Line() for _ in range(_MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        column.setSpacing(2)
        for line in self._lines:
            column.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> list[str]:
        """What it says, line by line."""
        return (
            [line.words.text() for line in self._lines if not line.isHidden()] if not self.isHidden() else []
        )

    def show_reasons(self, reasons: Sequence[WhyLine]) -> None:
        """Show reasons, the strongest first."""
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(reasons))
            if number < len(reasons):
                line.say(reasons[number])
        self._fit()
        set_reading(self, tr("Found by"), "; ".join(line.words for line in reasons[:_MOST]))
        self.setVisible(bool(reasons))

    def _fit(self) -> None:
        for line in self._lines:
            line.words.fit(self.width() - 2 * SPACE_L - _MARK - 8)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
