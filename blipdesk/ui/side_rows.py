"""Rows of the side bar: an icon, a name, how many photos."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from blipdesk.domain.values import ViewKind
from blipdesk.domain.wording import number
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.texts import set_reading, set_tooltip, shown
from blipdesk.ui.theme import RADIUS_CONTROL, ROW, SIDEBAR, SIZE_BODY, SIZE_META, colors, font
from blipdesk.ui.words import photos_words

_LEFT = 34
"""Where the names begin: right of the icon."""


class SideRow(PaintedButton):
    """Icon, name, count.

    Args:
        icon: its name.
        name: as plain text; one that is too long is cut and has its tooltip.
        kind: the view that it stands for; None: it does something else.
        count_ink: the count's colour while there are any.
    """

    def __init__(self, icon: str, name: str, kind: ViewKind | None, count_ink: str = "muted") -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self.kind = kind
        self.name = name
        self._icon, self._ink = icon, count_ink
        self._count: int | None = None
        self._tip = ""
        self.setCheckable(kind is not None)
        self.setFixedHeight(ROW)
        set_reading(self, name)

    def set_tip(self, words: str) -> None:
        """Say this under the pointer."""
        self._tip = words
        set_tooltip(self, words)

    def set_count(self, count: int | None) -> None:
        """Show a number; nothing where None."""
        self._count = count
        set_reading(self, self.name if count is None else f"{self.name}, {photos_words(count)}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(SIDEBAR - 20, ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(palette.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        fill = palette.color("soft" if on else "hover")
        painter.setBrush(fill if on or self.underMouse() else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.drawPixmap(QPointF(8, 7), icons.pixmap(self._icon, "accent" if on else "muted"))
        room = self.width() - _LEFT - 10.0
        if self._count is not None:
            words = number(self._count)
            painter.setFont(font(SIZE_META))
            painter.setPen(palette.color(self._ink if self._count else "faint"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(self.rect()).adjusted(0, 0, -10, 0), right, words)
            room -= painter.fontMetrics().horizontalAdvance(words) + 8
        drawn = font(SIZE_BODY, 600 if on else 400)
        painter.setFont(drawn)
        painter.setPen(palette.color("text"))
        name = shown(self.name)
        fitting = QFontMetricsF(drawn).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(_LEFT, 0, room + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, fitting)
        if not self._tip:
            set_tooltip(self, name if fitting != name else "")
