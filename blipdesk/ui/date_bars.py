"""The photos by date as bars: a press or a drag narrows to their days, the keyboard too."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.periods import Days
from blipdesk.domain.timeline import Bar, as_typed, chosen
from blipdesk.domain.wording import tr
from blipdesk.ui.date_words import days_words
from blipdesk.ui.pane.texts import set_reading
from blipdesk.ui.theme import RADIUS_CONTROL, SIZE_META, colors, font
from blipdesk.ui.words import photos_words

_HIGH, _WORDS, _PAD = 40, 18, 8
"""Pixels: of the highest bar, of the line below them, at either side."""
_WIDEST = 16.0
"""Pixels of the column of a bar, where there are few."""
_FEW = 9
"""Fewer bars have no room for a date below either end."""
_LEAST, _STUB = 4, 2
"""Pixels of a bar with one photo, and of one with none."""


class DateBars(QWidget):
    """Emits ``dates_chosen`` with the value of a date filter, empty where it is to be taken off.

    Heights go by the square root of the counts: after one wedding all other months would be flat.
    """

    dates_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._days: Days | None = None
        self._chosen: tuple[int, int] | None = None
        self._from = self._at = -1
        """Where a drag or a stretch by keyboard began, and where it is now; -1: nowhere."""
        self._dragged = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(_HIGH + _WORDS + 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    @property
    def chosen_bars(self) -> tuple[Bar, ...]:
        """The bars that the view is narrowed to."""
        return self._bars[self._chosen[0] : self._chosen[1] + 1] if self._chosen else ()

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show these; what is pointed at stays where it is while only numbers change."""
        if bars == self._bars:
            return
        if [(bar.first, bar.last) for bar in bars] != [(bar.first, bar.last) for bar in self._bars]:
            self._from = self._at = -1
            self._dragged = False
        self._bars = bars
        self.mark(self._days)

    def mark(self, days: Days | None) -> None:
        """Show which days the view is narrowed to."""
        self._days = days
        self._chosen = chosen(self._bars, days)
        self._say()

    def place_of(self, number: int) -> QPointF:
        """The middle of a bar's column."""
        return QPointF(_PAD + (number + 0.5) * self._step(), _HIGH / 2)

    # ------------------------------------------------------------------------------------ what is meant

    def _step(self) -> float:
        return max(1.0, min(_WIDEST, (self.width() - 2 * _PAD) / max(1, len(self._bars))))

    def _number_at(self, event: QMouseEvent) -> int:
        number = int((event.position().x() - _PAD) // self._step())
        return max(0, min(number, len(self._bars) - 1))

    def _stretch(self) -> tuple[int, int] | None:
        """The bars that are pointed at."""
        if self._at < 0:
            return None
        start = self._from if self._from >= 0 else self._at
        return min(start, self._at), max(start, self._at)

    def _words_of(self, stretch: tuple[int, int]) -> str:
        first, last = stretch
        count = sum(bar.count for bar in self._bars[first : last + 1])
        days = days_words(self._bars[first].first, self._bars[last].last)
        return tr("{days}: {photos}", days=days, photos=photos_words(count))

    def _say(self) -> None:
        stretch = self._stretch() or self._chosen
        name = tr("Photos by date")
        said = f"{name}, {self._words_of(stretch)}" if stretch is not None else name
        set_reading(
            self,
            said,
            tr("Arrow keys go through the dates, with Shift over several; Enter shows their photos, "
               "Delete shows all again"),
        )  # fmt: skip
        self.update()

    def _choose(self) -> None:
        stretch = self._stretch()
        self._from, self._dragged = -1, False
        if stretch is None or not any(bar.count for bar in self._bars[stretch[0] : stretch[1] + 1]):
            self._say()
        elif stretch == self._chosen:
            self.dates_chosen.emit("")
        else:
            self.dates_chosen.emit(as_typed(self._bars[stretch[0]].first, self._bars[stretch[1]].last))

    # ------------------------------------------------------------------------------------ mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._bars:
            self._from = self._at = self._number_at(event)
            self._dragged = True
            self._say()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._bars and self._at != self._number_at(event):
            self._at = self._number_at(event)
            if not self._dragged:
                self._from = -1
            self._say()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragged:
            self._choose()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if not self._dragged:
            self._from = self._at = -1
            self._say()

    # ------------------------------------------------------------------------------------ keyboard

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._bars) - 1
        to = {
            Qt.Key.Key_Left: self._at - 1, Qt.Key.Key_Right: self._at + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)  # fmt: skip
        if to is not None and self._bars:
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._from = -1
            elif self._from < 0:
                self._from = self._at
            self._at = max(0, min(to, last))
            self._say()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self._choose()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._chosen is not None:
            self.dates_chosen.emit("")
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._at < 0 and self._bars:
            self._at = self._chosen[1] if self._chosen else len(self._bars) - 1
        self._say()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self._dragged:
            self._from = self._at = -1
        self._say()

    # ------------------------------------------------------------------------------------ painting

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def _ink(self, number: int, stretch: tuple[int, int] | None) -> QColor:
        palette = colors()
        if stretch is not None and stretch[0] <= number <= stretch[1]:
            return palette.color("accent")
        if self._chosen is None:
            return palette.color("faint", 150)
        return palette.color("accent" if self._chosen[0] <= number <= self._chosen[1] else "line")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(palette.color("accent"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if not self._bars:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        stretch, step, most = self._stretch(), self._step(), max(bar.count for bar in self._bars)
        gap = 2.0 if step >= 5 else 1.0 if step >= 3 else 0.0
        for number, bar in enumerate(self._bars):
            share = sqrt(bar.count / most) if most else 0.0
            high = _LEAST + share * (_HIGH - _LEAST) if bar.count else _STUB
            painter.setBrush(self._ink(number, stretch) if bar.count else palette.color("line"))
            left = _PAD + number * step + gap / 2
            radius = min(2.0, (step - gap) / 2)
            painter.drawRoundedRect(QRectF(left, 4 + _HIGH - high, step - gap, high), radius, radius)
        self._paint_words(painter, stretch)

    def _paint_words(self, painter: QPainter, stretch: tuple[int, int] | None) -> None:
        painter.setFont(font(SIZE_META))
        line = QRectF(_PAD, 6 + _HIGH, self.width() - 2 * _PAD, _WORDS)
        if stretch is not None:
            painter.setPen(colors().color("text"))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._words_of(stretch))
            return
        painter.setPen(colors().color("muted"))
        first, last = self._bars[0], self._bars[-1]
        if len(self._bars) < _FEW:
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, days_words(first.first, last.last))
            return
        ends = days_words(first.first, first.last), days_words(last.first, last.last)
        if (last.last - first.first).days > 3 * 366:
            ends = f"{first.first.year}", f"{last.last.year}"
        line.setWidth(len(self._bars) * self._step())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, ends[0])
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, ends[1])
