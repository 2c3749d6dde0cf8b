"""Pills: a tag with its count in the side bar, a filter that can be taken off above the gallery."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.texts import set_reading, set_tooltip, shown
from blipdesk.ui.theme import CHIP, SIZE_META, colors, font
from blipdesk.ui.words import photos_words

_LONGEST = 160
"""Pixels of text in one tag."""
_LONGEST_FILTER = 240
_CROSS = 26
"""Pixels at the right end of a filter that take it off."""


def short_count(number: int) -> str:
    """A count for a narrow place: ``412``, ``1.9k``, ``12k``, ``1.2M``."""
    for limit, unit in ((1_000_000, "M"), (1000, "k")):
        if number >= limit:
            value = number / limit
            return f"{value:.1f}{unit}" if value < 10 and round(value, 1) % 1 else f"{value:.0f}{unit}"
    return str(number)


class Chip(PaintedButton):
    """A checkable pill that paints its own text: an ampersand or markup in a tag is shown as it is."""

    def __init__(self, name: str, count: int | None = None, longest: int = _LONGEST) -> None:
        super().__init__()
        self._longest = longest
        self.name = name
        self._count = ""
        self._words = ""
        self._drawn = font(SIZE_META)
        self.setCheckable(True)
        self.setFixedHeight(CHIP)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Change the number behind the name."""
        self._count = "" if count is None else short_count(count)
        metrics = QFontMetrics(self._drawn)
        name = shown(" ".join(self.name.split()))
        self._words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self._longest)
        photos = "" if count is None else photos_words(count)
        set_reading(self, tr("Tag {name}, {photos}", name=name, photos=photos) if photos else name)
        set_tooltip(self, name if self._words != name else "")
        self.updateGeometry()
        self.update()

    def _tail(self, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance(self._count) + 7 if self._count else 0

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._drawn)
        return QSize(22 + metrics.horizontalAdvance(self._words) + self._tail(metrics), CHIP)

    def _ground(self, painter: QPainter, on: bool) -> None:
        palette = colors()
        edge = "accent" if self.hasFocus() else ("soft" if on else "line")
        fill = "soft" if on else ("hover" if self.underMouse() else "raised")
        painter.setPen(QPen(palette.color(edge), 1))
        painter.setBrush(palette.color(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CHIP / 2, CHIP / 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        self._ground(painter, on)
        painter.setFont(self._drawn)
        metrics = QFontMetrics(self._drawn)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colors().color("accent" if on else "text"))
        painter.drawText(QRectF(11, 0, self.width(), self.height() - 1), middle, self._words)
        if self._count:
            painter.setPen(colors().color("accent" if on else "muted"))
            left = 11 + metrics.horizontalAdvance(self._words) + 7
            painter.drawText(QRectF(left, 0, self.width(), self.height() - 1), middle, self._count)


class FilterChip(Chip):
    """A filter in force, with its icon; its cross, Delete and Backspace take it off.

    A press anywhere else and Enter ask for another value (``edited``) where it can be changed, and take it
    off where it cannot.
    """

    removed = Signal()
    edited = Signal()

    def __init__(self, icon: str, name: str, reading: str = "", editable: bool = False) -> None:
        self._icon = icon
        super().__init__(name, longest=_LONGEST_FILTER)
        self._editable = editable
        self._over_cross = self._at_cross = False
        self.setCheckable(False)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)
        keys = tr("Enter changes it, Delete takes it off") if editable else tr("Press to take it off")
        set_reading(self, tr("Filter {name}", name=shown(reading or name)), keys)
        tip = tr("Change or take off: {name}", name=name) if editable else tr("Take off: {name}", name=name)
        set_tooltip(self, tip)

    @override
    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(18 + 18, 0)

    def fitting_words(self) -> str:
        """The words between icon and cross: a narrow window squeezes the chip."""
        room = self.width() - 31 - _CROSS  # a pixel more than the hint counts: widths are rounded in it
        return QFontMetrics(self._drawn).elidedText(self._words, Qt.TextElideMode.ElideRight, room)

    def _on_clicked(self) -> None:
        at_cross, self._at_cross = self._at_cross, False
        (self.edited if self._editable and not at_cross else self.removed).emit()

    def _is_cross(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self.width() - _CROSS

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._at_cross = self._is_cross(event)
        super().mouseReleaseEvent(event)
        self._at_cross = False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._over_cross is not self._is_cross(event):
            self._over_cross = not self._over_cross
            self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, True)
        if self.underMouse():
            painter.setPen(QPen(colors().color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CHIP / 2, CHIP / 2)
        painter.drawPixmap(QPointF(11, 6), icons.pixmap(self._icon, "accent", 14))
        painter.setFont(self._drawn)
        painter.setPen(colors().color("accent"))
        words = QRectF(31, 0, self.width() - 31, self.height() - 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.fitting_words())
        ink = "text" if self.underMouse() and self._over_cross else "accent"
        painter.drawPixmap(QPointF(self.width() - 23, 6), icons.pixmap("x", ink, 14))
