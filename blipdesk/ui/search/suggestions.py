"""The list under the search field: what may be meant, and what cannot be followed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QFontMetricsF,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.search import Suggestion, SuggestionKind
from blipdesk.domain.wording import later, listed, number, retold, tr
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.paint import Glyph, WrappedText, rounded_fill
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.search.floating import Floating
from blipdesk.ui.theme import (
    RADIUS_CONTROL,
    ROW,
    SIZE_BODY,
    SIZE_META,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    colors,
    font,
)
from blipdesk.ui.words import photos_words

ICONS = {
    SuggestionKind.KEYWORD: "tag",
    SuggestionKind.FILTER: "filter",
    SuggestionKind.VALUE: "filter",
    SuggestionKind.HISTORY: "clock",
    SuggestionKind.SAVED: "star",
}
_KINDS = {
    SuggestionKind.KEYWORD: later("Tag"),
    SuggestionKind.FILTER: later("Filter"),
    SuggestionKind.VALUE: later("Filter"),
    SuggestionKind.HISTORY: later("Earlier search"),
    SuggestionKind.SAVED: later("Saved search"),
}
_CLAUSE = re.compile(r"[,;.] ")
_CLEAR = 26
_LEFT = 36
"""Where the words begin: right of the icon, pixels."""


def _that_fits(said: str, metrics: QFontMetricsF, room: float) -> str:
    """What is said, or where there is no room for it what stands before its first comma."""
    return said if metrics.horizontalAdvance(said) <= room else _CLAUSE.split(said)[0]


class SuggestionRow(PaintedButton):
    """One suggestion: icon, words, and at the right its photos or what it does."""

    pointed = Signal(QPoint)
    """The pointer was moved here, to a global position."""

    def __init__(self) -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self.suggestion: Suggestion | None = None
        self._on = False
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._drawn, self._small = font(SIZE_BODY), font(SIZE_META)

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show another one."""
        self.suggestion, self._on = suggestion, False
        count = "" if suggestion.count is None else photos_words(suggestion.count)
        parts = (tr(_KINDS[suggestion.kind]), suggestion.label, count, retold(suggestion.help))
        set_reading(self, listed(part for part in parts if part))
        self.update()

    def mark(self, on: bool) -> None:
        """Show whether the keys would take it."""
        self._on = on
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, ROW)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(event.globalPosition().toPoint())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        suggestion = self.suggestion
        if suggestion is None:
            return
        painter, palette = QPainter(self), colors()
        if self._on:
            rounded_fill(painter, self.rect(), RADIUS_CONTROL - 2, "soft")
        glyph = icons.pixmap(ICONS[suggestion.kind], "accent" if self._on else "muted", 16)
        painter.drawPixmap(QPointF(10, (ROW - 16) / 2), glyph)
        right = self.width() - 10.0
        left, metrics = float(_LEFT), QFontMetricsF(self._drawn)
        label = shown(" ".join(suggestion.label.split()))
        room = right - left
        said = suggestion.help if suggestion.help != suggestion.label else ""
        side = number(suggestion.count) if suggestion.count is not None else shown(said)
        small = QFontMetricsF(self._small)
        # The words come first; what is said of them has the rest.
        label = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room)
        rest = room - metrics.horizontalAdvance(label) - SPACE_M
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._drawn)
        painter.setPen(palette.color("text"))
        painter.drawText(QRectF(left, 0, room, ROW), middle, label)
        if side and rest > 40:
            painter.setFont(self._small)
            painter.setPen(palette.color("muted"))
            fitting = small.elidedText(_that_fits(side, small, rest), Qt.TextElideMode.ElideRight, rest)
            painter.drawText(
                QRectF(right - rest, 0, rest, ROW), middle | Qt.AlignmentFlag.AlignRight, fitting
            )


class SuggestionList(Floating):
    """What may be meant; ``taken`` carries a suggestion.

    It never has the keyboard: the field hands on its keys.
    """

    taken = Signal(object)
    clear_requested = Signal()
    said = Signal(str)
    """What it says under the suggestions; nothing where that is empty, and once it is gone."""

    def __init__(self, window: QWidget, field: QWidget) -> None:
        super().__init__(window, field)
        self._rows: list[SuggestionRow] = []
        self._count = 0
        self._current = -1
        self._rested: QPoint | None = None
        """Where the pointer was when these were shown; None once it was moved."""
        self._problem = WrappedText(ink="muted", size=SIZE_META)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(_LEFT, 6, SPACE_S, 6)
        foot.addWidget(self._problem)
        mark = Glyph("info", "warn", 16)
        mark.setParent(self._foot)
        mark.move(10, 6)
        self.clear_link = LinkButton(tr("Clear earlier searches"), ink="muted", height=_CLEAR, glyph="trash")
        self.clear_link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_link.clicked.connect(self.clear_requested)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_XS, SPACE_XS, SPACE_XS, SPACE_XS)
        self._column.setSpacing(0)
        self._column.addWidget(self._foot)
        self._column.addWidget(self.clear_link, 0, Qt.AlignmentFlag.AlignRight)
        set_reading(self, tr("Suggestions"))

    @property
    def current(self) -> Suggestion | None:
        """What Enter would take."""
        return self._rows[self._current].suggestion if self._current >= 0 else None

    @property
    def suggestions(self) -> list[Suggestion]:
        """What is offered."""
        return [row.suggestion for row in self._rows[: self._count] if row.suggestion is not None]

    @property
    def problem(self) -> str:
        """What is said under the suggestions."""
        return "" if self._foot.isHidden() else self._problem.text()

    def show_suggestions(
        self, suggestions: Sequence[Suggestion], problem: str = "", may_clear: bool = False
    ) -> None:
        """Offer these, and say what of the rest cannot be followed; without any the list goes.

        Args:
            suggestions: what may be meant.
            problem: what cannot be followed.
            may_clear: earlier searches among them may all be forgotten here.
        """
        earlier = any(suggestion.kind is SuggestionKind.HISTORY for suggestion in suggestions)
        self.clear_link.setVisible(may_clear and earlier)
        while len(self._rows) < len(suggestions):
            self._add_row()
        self._count, self._current = len(suggestions), -1
        self._rested = QCursor.pos()
        for place, row in enumerate(self._rows):
            row.setVisible(place < self._count)
            if place < self._count:
                row.show_suggestion(suggestions[place])
        if suggestions:
            self._say(problem)
            self.open()
        else:
            self.hide()  # and say nothing: of a list that is hidden already nobody hears that it goes

    def say_problem(self, problem: str) -> None:
        """Say something else under the suggestions that are shown."""
        if problem != self.problem:
            self._say(problem)
            self.open()

    def _say(self, problem: str) -> None:
        self._foot.setVisible(bool(problem))
        self._problem.set_text(problem)
        self.said.emit(problem)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.said.emit("")

    def _add_row(self) -> None:
        row, number = SuggestionRow(), len(self._rows)
        row.pointed.connect(lambda place: self._on_pointed(number, place))
        row.clicked.connect(lambda: self.taken.emit(row.suggestion))
        self._column.insertWidget(number, row)
        self._rows.append(row)

    def step(self, by: int) -> None:
        """Mark the next suggestion or the one before; beyond the ends none."""
        places = self._count + 1
        self._mark((self._current + 1 + by) % places - 1)
        if self._current >= 0 and QAccessible.isActive():
            words = self._rows[self._current].accessibleName()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.anchor, words))

    def _on_pointed(self, number: int, place: QPoint) -> None:
        # A list that opens under the resting pointer must not make Enter take what lies there.
        if place != self._rested:
            self._rested = None
            self._mark(number)

    def _mark(self, number: int) -> None:
        self._current = number
        for place, row in enumerate(self._rows[: self._count]):
            row.mark(place == number)

    @override
    def fit(self, width: int) -> int:
        self._problem.fit(width - 2 * SPACE_XS - _LEFT - SPACE_S)
        foot = 0 if self._foot.isHidden() else self._problem.height() + 12
        link = 0 if self.clear_link.isHidden() else _CLEAR
        return self._count * ROW + foot + link + 2 * SPACE_XS
