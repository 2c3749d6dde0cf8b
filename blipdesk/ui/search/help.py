"""How to search: what can be typed, and every filter; a press puts it into the field."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.filters import FILTERS, FilterSpec
from blipdesk.domain.wording import later, listed, tr
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.controls import scrolled
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.search.floating import Floating
from blipdesk.ui.theme import (
    RADIUS_CONTROL,
    SIZE_BODY,
    SIZE_META,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    colors,
    font,
)

WORDS: tuple[tuple[str, str], ...] = (
    ("dog beach", later("Photos with both words first, then those with one or of like meaning.")),
    ('"dog on a beach"', later("Words that follow one another.")),
    ("-cat", later("Not with this word; -type:png leaves out what a filter finds.")),
    ("dog OR cat", later("One of the two; (small dog) OR cat groups words.")),
    (
        "dog*",
        later("Any word that begins so: dogs, doghouse. The last word needs no star while it is typed."),
    ),
)
KEYS = later("Escape clears the search and Ctrl+Z brings it back; Down lists the searches before.")
_WIDTH, _LEFT, _LINE = 740, 184, 28
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def _typed(spec: FilterSpec) -> tuple[str, str]:
    """A filter with one value, and what it finds; with all its values, or with other examples."""
    first, *others = spec.examples
    if spec.values:
        values = listed(value.name for value in spec.values)
        says = tr("{help}: {values}.", help=tr(spec.help).rstrip(".。"), values=values)
    elif others:
        says = tr(
            "{help} Also {others}.",
            help=tr(spec.help),
            others=listed(f"{spec.name}:{value}" for value in others),
        )
    else:
        says = tr(spec.help)
    return f"{spec.name}:{first}", says


class HelpRow(PaintedButton):
    """What can be typed, and what it finds, in as many lines as that takes."""

    def __init__(self, typed: str, says: str) -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self.typed, self.says = typed, says
        self.setFixedHeight(_LINE)
        set_reading(self, f"{typed}: {says}")

    def fit(self, width: int) -> None:
        """Take the height that the words need in a width."""
        lines = max(self.words_height(width) // QFontMetricsF(font(SIZE_META)).lineSpacing(), 1)
        self.setFixedHeight(round(_LINE + (lines - 1) * QFontMetricsF(font(SIZE_META)).lineSpacing()))

    def words_height(self, width: int) -> float:
        """The height of the words at the right, in a row of a width."""
        room = QRectF(0, 0, width - _LEFT - 2 * SPACE_S, 1000)
        return QFontMetricsF(font(SIZE_META)).boundingRect(room, _WRAPPED, self.says).height()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self.minimumHeight())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        if self.underMouse() or self.hasFocus():
            edge = "accent" if self.hasFocus() else ""
            rounded_fill(painter, self.rect(), RADIUS_CONTROL - 2, "hover", edge)
        for text, size, ink, left, right in (
            (self.typed, SIZE_BODY, "accent", SPACE_S, _LEFT),
            (self.says, SIZE_META, "muted", _LEFT + SPACE_S, self.width() - SPACE_S),
        ):
            painter.setFont(font(size))
            painter.setPen(palette.color(ink))
            painter.drawText(QRectF(left, 0, right - left, self.height()), _WRAPPED, text)


class SearchHelp(Floating):
    """The card; ``chosen`` carries what to put into the field, and where the cursor stands in it."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, window: QWidget, anchor: QWidget) -> None:
        super().__init__(window, anchor, _WIDTH)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(0)
        self.rows = [HelpRow(typed, tr(says)) for typed, says in WORDS]
        for row in self._section(column, tr("WORDS"), self.rows):
            row.clicked.connect(lambda _=False, row=row: self.chosen.emit(row.typed))
        column.addSpacing(SPACE_M)
        filters = [HelpRow(*_typed(spec)) for spec in FILTERS]
        for spec, row in zip(FILTERS, self._section(column, tr("FILTERS"), filters), strict=True):
            row.clicked.connect(lambda _=False, spec=spec: self.chosen.emit(f"{spec.name}:"))
        self.rows += filters
        self.keys = plain_label(tr(KEYS), "meta")
        self.keys.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_XS)
        column.addWidget(self.keys)
        self._body = body
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, SPACE_XS, 1, SPACE_XS)
        whole.addWidget(scrolled(body))
        set_reading(self, tr("How to search"))

    @staticmethod
    def _section(column: QVBoxLayout, words: str, rows: list[HelpRow]) -> list[HelpRow]:
        head = plain_label(words, "head")
        head.setContentsMargins(SPACE_S, SPACE_XS, 0, SPACE_XS)
        column.addWidget(head)
        for row in rows:
            column.addWidget(row)
        return rows

    @override
    def fit(self, width: int) -> int:
        for row in self.rows:
            row.fit(width - 2 - 2 * SPACE_S)
        return self._body.sizeHint().height() + 2 * SPACE_XS

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)
