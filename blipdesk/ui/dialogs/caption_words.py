"""A caption whose words can be pointed at, by mouse and by keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.services.explaining import word_spans
from blipdesk.ui.pane.texts import set_reading, units_before
from blipdesk.ui.theme import LARGE_INK, SIZE_EDITOR, font

_LINE = 21.0
"""Pixels from line to line."""
_LINES = 5
"""What is longer ends with an ellipsis."""
_MARK, _MARKED = 2.0, 5
"""How far the ground of a word reaches beyond it, pixels, and how round it is."""
Span = tuple[int, int]


class CaptionWords(QWidget):
    """Centred lines of plain text.

    The mouse points at a word; once Tab has come here Left and Right do, and Home and End.  ``pointed`` has
    its place in the text, ``(start, end)``, or None.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._spans: list[Span] = []
        """Of the words that are shown whole, and where they are painted; of one in two lines the parts."""
        self._places: list[list[QRectF]] = []
        self._layout = QTextLayout()
        self._hovered: int | None = None
        self._current: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def text(self) -> str:
        """The whole caption, also where not all of it is shown."""
        return self._text

    def set_text(self, text: str, width: int) -> None:
        """Show a caption, one line or more of it, in so many pixels; takes the height that it needs."""
        if text != self._text:
            self._hovered = self._current = None
        self._text = text
        reading = tr("Left and Right: where each word is seen in the photo")
        set_reading(self, text or tr("No caption"), reading)
        shown = self._lay_out(text, width)
        self._spans = [span for span in word_spans(text) if span[1] <= shown]
        self._places = [self._rects(*span) for span in self._spans]
        self.setFixedSize(width, max(1, self._layout.lineCount()) * int(_LINE) + 2 * int(_MARK))
        self.setEnabled(bool(self._spans))
        self.update()

    def say(self, words: str) -> None:
        """Have a screen reader say where the word is seen that the keys have come to."""
        if self.hasFocus() and words:
            set_reading(self, self._text, words)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @property
    def span(self) -> Span | None:
        """The word that is pointed at."""
        place = self._hovered if self._hovered is not None else self._current
        # In a narrower view fewer words may be shown than before.
        return None if place is None or place >= len(self._spans) else self._spans[place]

    def rect_of(self, place: int) -> QRectF:
        """Where a word is painted, by its number among those that can be pointed at."""
        return self._places[place][0]

    # ------------------------------------------------------------------------------------ laying out

    def _lay_out(self, text: str, width: int) -> int:
        """Break the text into lines; returns how many of its characters are shown."""
        drawn = font(SIZE_EDITOR)
        self._layout = _broken(text, width)
        if self._layout.lineCount() <= _LINES:
            return len(text)
        units = text.encode("utf-16-le", "surrogatepass")  # Qt counts these
        start = self._layout.lineAt(_LINES - 1).textStart()
        head, rest = (
            part.decode("utf-16-le", "replace") for part in (units[: 2 * start], units[2 * start :])
        )
        fitting = QFontMetricsF(drawn).elidedText(rest, Qt.TextElideMode.ElideRight, width - 8)
        self._layout = _broken(head + fitting, width)
        return len(head) + len(fitting) - 1

    def _rects(self, start: int, end: int) -> list[QRectF]:
        first, behind = (units_before(self._text, place) for place in (start, end))
        found = []
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            low, high = max(first, line.textStart()), min(behind, line.textStart() + line.textLength())
            if low < high:
                left, right = sorted(_x(self._layout, number, place) for place in (low, high))
                found.append(QRectF(left, number * _LINE + _MARK, right - left, _LINE))
        return found

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (span := self.span) is not None:
            ground = QColor(LARGE_INK)
            ground.setAlpha(60)
            ring = self.hasFocus() and self._hovered is None
            painter.setPen(QPen(QColor(LARGE_INK), 1.5) if ring else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            for rect in self._places[self._spans.index(span)]:
                painter.drawRoundedRect(rect.adjusted(-_MARK, 0, _MARK, 0), _MARKED, _MARKED)
        painter.setPen(QColor(LARGE_INK))
        self._layout.draw(painter, QPointF(0, _MARK))

    # ------------------------------------------------------------------------------------ pointing

    def _point(self, hovered: int | None, current: int | None) -> None:
        before = self.span
        self._hovered, self._current = hovered, current
        shape = Qt.CursorShape.PointingHandCursor if hovered is not None else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()
        if self.span != before:
            self.pointed.emit(self.span)

    def _word_at(self, point: QPointF) -> int | None:
        for number, rects in enumerate(self._places):
            if any(rect.adjusted(-_MARK, 0, _MARK, 0).contains(point) for rect in rects):
                return number
        return None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._word_at(event.position()), self._current)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a word keeps it pointed at until the caption is left by a key or a click."""
        word = self._word_at(event.position())
        if word is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._point(word, word)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._point(None, self._current)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._point(self._hovered, 0)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(self._hovered, None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last, keys = event.key(), len(self._spans) - 1, Qt.Key
        at = self._current if self._current is not None else -1
        to = {keys.Key_Left: at - 1, keys.Key_Right: at + 1, keys.Key_Home: 0, keys.Key_End: last}
        if last >= 0 and key in to and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._point(None, min(max(to[Qt.Key(key)], 0), last))
        else:
            event.ignore()


def _broken(text: str, width: int) -> QTextLayout:
    layout = QTextLayout(text, font(SIZE_EDITOR))
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y + (_LINE - line.height()) / 2))
        y += _LINE
    layout.endLayout()
    return layout


def _x(layout: QTextLayout, number: int, place: int) -> float:
    """Where a cursor stands in a line."""
    found: Any = layout.lineAt(number).cursorToX(place)
    return float(found[0])  # the second is the place itself
