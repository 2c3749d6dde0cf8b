"""How probable each answer of a closed question is, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from blipdesk.domain.values import Choice
from blipdesk.domain.wording import listed, plural, tr
from blipdesk.ui.pane.texts import set_reading, set_tooltip, shown
from blipdesk.ui.theme import SIZE_META, SPACE_S, colors, font

MOST = 5
"""Bars that are drawn; the tooltip has all."""
_ROW, _BAR, _PERCENT, _WIDEST_NAME = 18, 6, 42, 110


class ChoiceBars(QWidget):
    """The likeliest answers with their shares, the first one in the accent colour."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._drawn = font(SIZE_META)
        self._name_width = 0
        self.hide()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Answer and share of each bar."""
        return [(shown(choice.text), share(choice)) for choice in self._choices[:MOST]]

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these, the likeliest first; hidden where there are none."""
        self._choices = tuple(choices)
        metrics = QFontMetrics(self._drawn)
        names = (metrics.horizontalAdvance(name) for name, _ in self.rows)
        self._name_width = min(max(names, default=0) + 2, _WIDEST_NAME)
        every = [f"{shown(choice.text)} {share(choice)}" for choice in self._choices]
        set_reading(self, tr("How probable each answer is"), listed(every))
        set_tooltip(self, listed(every))
        self.setVisible(bool(choices))

    def fit(self, width: int) -> None:
        """Take this width and the height of the bars."""
        rows = len(self.rows) + (len(self._choices) > MOST)
        self.setFixedSize(max(width, 120), rows * _ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._drawn)
        metrics = QFontMetrics(self._drawn)
        left = self._name_width + SPACE_S
        room = self.width() - left - _PERCENT - SPACE_S
        middle = Qt.AlignmentFlag.AlignVCenter
        for row, (name, percent) in enumerate(self.rows):
            top, first = row * _ROW, row == 0
            painter.setPen(palette.color("text" if first else "muted"))
            fitting = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self._name_width)
            painter.drawText(QRectF(0, top, self._name_width + 1, _ROW), middle, fitting)
            painter.drawText(
                QRectF(self.width() - _PERCENT, top, _PERCENT, _ROW),
                middle | Qt.AlignmentFlag.AlignRight,
                percent,
            )
            painter.setPen(Qt.PenStyle.NoPen)
            y = top + (_ROW - _BAR) / 2
            painter.setBrush(palette.color("hover"))
            painter.drawRoundedRect(QRectF(left, y, room, _BAR), _BAR / 2, _BAR / 2)
            part = room * self._choices[row].probability
            if part > 0:
                painter.setBrush(palette.color("accent" if first else "faint"))
                painter.drawRoundedRect(QRectF(left, y, max(part, _BAR), _BAR), _BAR / 2, _BAR / 2)
        if len(self._choices) > MOST:
            rest = len(self._choices) - MOST
            painter.setPen(palette.color("faint"))
            words = plural(rest, tr("and {n} other"), tr("and {n} others"))
            painter.drawText(QRectF(0, len(self.rows) * _ROW, self.width(), _ROW), middle, words)


def share(choice: Choice) -> str:
    """A probability in whole per cent; what is not nothing, or not all, is not called so."""
    percent = 100 * choice.probability
    if 0 < percent < 1:
        return "< 1 %"
    if 99 < percent < 100:
        return "> 99 %"
    return f"{percent:.0f} %"
