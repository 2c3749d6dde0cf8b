"""Rows that are pressed: a group of answers with its bar, and an earlier question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.asked import AnswerGroup, AskedRun
from blipdesk.domain.wording import number, plural, tr
from blipdesk.ui.asked.words import percent, photos_said, run_words
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import RADIUS_CONTROL, SIZE_BODY, SIZE_META, SPACE_M, SPACE_S, colors, font

MOST = 60
"""Rows that are made; more say nothing that a person would read."""
_HEIGHT, _BAR, _COUNT = 38, 6, 116


class Row(QAbstractButton):
    """The ground of a row: it lights up under the pointer, and has a ring while it has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, max(_HEIGHT, QFontMetrics(font(SIZE_BODY)).height() + 2 * SPACE_S))

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            rounded_fill(painter, self.rect(), RADIUS_CONTROL, "hover")
        if self.hasFocus():
            painter.setPen(QPen(colors().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inside, RADIUS_CONTROL, RADIUS_CONTROL)
        return painter

    @staticmethod
    def _say(painter: QPainter, room: QRect, words: str, ink: str, size: int, *, right: bool = False) -> None:
        made = font(size)
        painter.setFont(made)
        painter.setPen(colors().color(ink))
        fitting = QFontMetrics(made).elidedText(words, Qt.TextElideMode.ElideRight, max(room.width(), 10))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, fitting)


class GroupRow(Row):
    """An answer, how many photos have it, and their share as a bar."""

    def __init__(self, group: AnswerGroup) -> None:
        super().__init__()
        self.said = group
        self.setEnabled(bool(group.key))
        self._answer = shown(" ".join(group.answer.split()))
        words = f"{photos_said(group.count)}, {percent(group.share)}"
        set_reading(self, f"{self._answer}: {words}", tr("Show these photos"))
        set_tooltip(self, tr("Show these photos") if group.key else "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # they open and close the list below it
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._begin()
        inner = self.rect().adjusted(SPACE_M, 0, -SPACE_M, 0)
        name = round(inner.width() * 0.4)
        self._say(painter, QRect(inner.left(), 0, name, self.height()), self._answer, "text", SIZE_BODY)
        count = QRect(inner.right() - _COUNT, 0, _COUNT, self.height())
        words = f"{number(self.said.count)} · {percent(self.said.share)}"
        self._say(painter, count, words, "muted", SIZE_META, right=True)
        left = inner.left() + name + SPACE_M
        room, top = count.left() - SPACE_S - left, (self.height() - _BAR) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors().color("line"))
        painter.drawRoundedRect(QRectF(left, top, room, _BAR), _BAR / 2, _BAR / 2)
        painter.setBrush(colors().color("accent"))
        painter.drawRoundedRect(QRectF(left, top, max(room * self.said.share, _BAR), _BAR), 3, 3)


class RunRow(Row):
    """An earlier question, and how far it is."""

    def __init__(self, run: AskedRun) -> None:
        super().__init__()
        self.run = run
        self._question, self._words = shown(run.question), run_words(run)
        set_reading(self, f"{self._question}: {self._words}", tr("Show the answers"))
        set_tooltip(self, self._question)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._begin()
        inner = self.rect().adjusted(SPACE_M, 0, -SPACE_M, 0)
        said = QFontMetrics(font(SIZE_META)).horizontalAdvance(self._words)
        right = QRect(inner.right() - said, 0, said + 1, self.height())
        self._say(painter, right, self._words, "muted", SIZE_META, right=True)
        name = QRect(inner.left(), 0, right.left() - inner.left() - SPACE_M, self.height())
        self._say(painter, name, self._question, "text", SIZE_BODY)


class Rows(QWidget):
    """Rows below each other; they are made anew where what they show has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rest = plain_label("", "meta")
        self.rest.setContentsMargins(SPACE_M, SPACE_S, 0, 0)
        self._shown: list[object] = []
        self.rows: list[QWidget] = []

    def show_rows(
        self, values: Sequence[AnswerGroup] | Sequence[AskedRun], make: Callable[[object], QWidget]
    ) -> None:
        """Show these; a row that has the keyboard hands it to the one in its place."""
        if list(values) == self._shown:
            return
        held = next((place for place, row in enumerate(self.rows) if row.hasFocus()), -1)
        self._shown = list(values)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.rest:
                widget.hide()
                widget.deleteLater()
        self.rows = [make(value) for value in values[:MOST]]
        for row in self.rows:
            self._column.addWidget(row)
        more = len(values) - len(self.rows)
        self.rest.setText(plural(more, tr("and {n} other"), tr("and {n} others")))
        self._column.addWidget(self.rest)
        self.rest.setVisible(more > 0)
        self._column.addStretch(1)
        if held >= 0 and self.rows:
            self.rows[min(held, len(self.rows) - 1)].setFocus()
