"""Cards to choose from, and the footer that the dialogs share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.wording import joined
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.theme import RADIUS_INPUT, SIZE_BODY, SIZE_META, SPACE_S, SPACE_XL, colors, font

_LEFT, _TOP, _GAP = 40, 10, 2
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class RadioCard(QAbstractButton):
    """One choice: a title, a sentence, and a badge at the right; exclusive among its siblings.

    Args:
        title: what the choice is called.
        sentence: what it means.
        value: what it stands for.
        badge: words at the right.
        arrows_choose: False where a choice takes effect at once: the arrow keys then move the focus alone.
    """

    def __init__(
        self, title: str, sentence: str, value: str = "", badge: str = "", arrows_choose: bool = True
    ) -> None:
        super().__init__()
        self.value = value
        self._arrows_choose = arrows_choose
        self.title, self.sentence, self.badge = shown(title), shown(sentence), shown(badge)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # it is painted otherwise under the pointer
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title_font, self._font = font(SIZE_BODY, 600), font(SIZE_META)
        set_reading(self, title, joined(sentence, badge))

    def _text_box(self, width: int) -> QRect:
        return QFontMetrics(self._font).boundingRect(
            QRect(0, 0, max(width - _LEFT - 14, 60), 2000), Qt.TextFlag.TextWordWrap, self.sentence[:600]
        )

    def _height(self, width: int) -> int:
        sentence = self._text_box(width).height() + _GAP if self.sentence else 0
        return 2 * _TOP + QFontMetrics(self._title_font).height() + sentence

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, self._height(max(self.width(), 360)))

    @override
    def resizeEvent(self, event: object) -> None:
        if self._height(self.width()) != self.minimumHeight():
            self.setFixedHeight(self._height(self.width()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._arrows_choose:
            self.click()
        elif step is None or self._arrows_choose:
            super().keyPressEvent(event)
        else:
            self._move_focus(step)

    def _move_focus(self, step: int) -> None:
        parent = self.parentWidget()
        cards = parent.findChildren(RadioCard) if parent is not None else []
        usable = [card for card in cards if card.isEnabled() and not card.isHidden()]
        at = usable.index(self) + step
        if 0 <= at < len(usable):
            usable[at].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        on = self.isChecked()
        ground = "soft" if on else "hover" if self.underMouse() and self.isEnabled() else "raised"
        rounded_fill(painter, self.rect(), RADIUS_INPUT, ground, "accent" if on else "line")
        if self.hasFocus():  # a chosen card has the thin line anyway
            painter.setPen(QPen(palette.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inside, RADIUS_INPUT - 1, RADIUS_INPUT - 1)
        line = QFontMetrics(self._title_font).height()
        ring = QRectF(14, _TOP + (line - 16) / 2, 16, 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(palette.color("accent" if on else "faint"))
        painter.drawEllipse(ring.adjusted(0.5, 0.5, -0.5, -0.5))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("accent"))
            painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
        self._paint_texts(painter, line)

    def _paint_texts(self, painter: QPainter, line: int) -> None:
        palette, usable = colors(), self.isEnabled()
        right = self.width() - 14
        if self.badge:
            painter.setFont(self._font)
            painter.setPen(palette.color("muted"))
            room = QRect(_LEFT, _TOP, right - _LEFT, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.badge)
            right -= QFontMetrics(self._font).horizontalAdvance(self.badge) + 12
        painter.setFont(self._title_font)
        painter.setPen(palette.color("text" if usable else "faint"))
        title = QFontMetrics(self._title_font).elidedText(
            self.title, Qt.TextElideMode.ElideRight, max(right - _LEFT, 20)
        )
        painter.drawText(QRect(_LEFT, _TOP, right - _LEFT, line), Qt.AlignmentFlag.AlignVCenter, title)
        if self.sentence:
            painter.setFont(self._font)
            painter.setPen(palette.color("muted" if usable else "faint"))
            box = QRect(_LEFT, _TOP + line + _GAP, self.width() - _LEFT - 14, self.height())
            painter.drawText(box, Qt.TextFlag.TextWordWrap, self.sentence[:600])


def footer(left: Sequence[QWidget], right: Sequence[QWidget]) -> QHBoxLayout:
    """The bottom row of a dialog: quiet things left, decisions right."""
    row = QHBoxLayout()
    row.setContentsMargins(SPACE_XL, 12, SPACE_XL, 16)
    row.setSpacing(SPACE_S)
    for widget in left:
        row.addWidget(widget)
    row.addStretch(1)
    for widget in right:
        row.addWidget(widget)
    return row
