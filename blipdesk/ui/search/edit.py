"""The text of the search field, with the parts underlined that could not be followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTextLayout,
)
from typing_extensions import override

from blipdesk.domain.search import QueryProblem
from blipdesk.domain.wording import joined, retold
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.texts import set_tooltip, units_before
from blipdesk.ui.theme import colors, set_role

_WAVE = 2.0
"""Half the length and the height of one wave of the underline, pixels."""


class QueryEdit(ComposedLine):
    """Tells of the keys that a list under it or the photos take.

    Signals: ``escaped``, ``down``, ``up``, ``entered_field`` with the keyboard or a press, ``left_field``.
    """

    escaped = Signal()
    down = Signal()
    up = Signal()
    entered_field = Signal()
    left_field = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "bare")
        self.tab_taken: Callable[[], bool] = lambda: False
        """Asked when Tab is pressed; true where somebody had a use for it."""
        self._problems: tuple[QueryProblem, ...] = ()
        self._before = ""
        self.textChanged.connect(self._on_text)

    @property
    def cursor_place(self) -> int:
        """The characters before the cursor, as Python counts them: Qt counts units of UTF-16."""
        units = self.text().encode("utf-16-le", "surrogatepass")[: 2 * self.cursorPosition()]
        return len(units.decode("utf-16-le", "replace"))

    def show_text(self, text: str, place: int) -> None:
        """Show another text with the cursor at a place, as Python counts."""
        self.setText(text)
        self.setCursorPosition(units_before(text, place))

    def take_away(self) -> None:
        """Empty the field; undo (Ctrl+Z) brings the text back."""
        self.selectAll()
        self.del_()

    # ------------------------------------------------------------------------------------ problems

    @property
    def problems(self) -> tuple[QueryProblem, ...]:
        """What is underlined, by its place in the text."""
        return self._problems

    def show_problems(self, query: str, problems: Sequence[QueryProblem], resting: bool) -> None:
        """Underline parts of a query; while it is typed, not the part that the cursor stands at."""
        text = self.text()
        if text.strip() != query:
            return
        shift = len(text) - len(text.lstrip())
        placed = [QueryProblem(p.start + shift, p.end + shift, p.message) for p in problems]
        cursor = self.cursor_place
        self._show([p for p in placed if resting or not p.start <= cursor <= p.end])

    def _show(self, problems: Sequence[QueryProblem]) -> None:
        if tuple(problems) != self._problems:
            self._problems = tuple(problems)
            set_tooltip(self, joined(*dict.fromkeys(retold(problem.message) for problem in problems)))
            self.update()

    def _on_text(self, text: str) -> None:
        before, self._before = self._before, text
        self._show([problem for problem in self._problems if text[: problem.end] == before[: problem.end]])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._problems and not self.composition.is_under_way:
            self._underline(QPainter(self))

    def _underline(self, painter: QPainter) -> None:
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        # The cursor is the one place that Qt tells of: the text may be scrolled.
        cursor = self.cursorRect()
        left = cursor.center().x() - _x_of(line.cursorToX(self.cursorPosition()))
        base = cursor.bottom() + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.contentsRect())
        painter.setPen(QPen(colors().color("warn"), 1.3))
        for problem in self._problems:
            ends = (line.cursorToX(units_before(text, place)) for place in (problem.start, problem.end))
            start, stop = sorted(left + _x_of(end) for end in ends)
            painter.drawPath(_wave(start, max(stop, start + 2 * _WAVE), base))

    # ------------------------------------------------------------------------------------ keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        signal = {
            Qt.Key.Key_Escape: self.escaped,
            Qt.Key.Key_Down: self.down,
            Qt.Key.Key_Up: self.up,
        }.get(Qt.Key(event.key()))
        if signal is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            signal.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next_one: bool) -> bool:
        return (next_one and self.tab_taken()) or super().focusNextPrevChild(next_one)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.entered_field.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        had_focus = self.hasFocus()
        super().mousePressEvent(event)
        if had_focus:
            self.entered_field.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left_field.emit()


def _x_of(place: object) -> float:
    assert isinstance(place, tuple)  # with the character that it was rounded to
    return float(place[0])


def _wave(start: float, stop: float, base: float) -> QPainterPath:
    path = QPainterPath(QPointF(start, base))
    x, up = start, True
    while x < stop:
        x = min(x + _WAVE, stop)
        path.lineTo(x, base - (_WAVE if up else 0))
        up = not up
    return path
