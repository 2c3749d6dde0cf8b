"""The line across the gallery over the photos that only may be meant."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from blipdesk.ui.gallery.geometry import GAP, PAD
from blipdesk.ui.theme import SIZE_BODY, SPACE_M, colors, font


def paint_heading(painter: QPainter, rect: QRect, words: str) -> None:
    """Paint words with a line to the right of them.

    Args:
        painter: antialiasing on.
        rect: the whole strip; the words begin where the pictures do.
        words: plain text.
    """
    made = font(SIZE_BODY, 600)
    metrics = QFontMetricsF(made)
    inner = QRectF(rect).adjusted(GAP + PAD, 0, -(GAP + PAD), 0)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
    painter.setFont(made)
    painter.setPen(colors().color("muted"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
    left = inner.left() + metrics.horizontalAdvance(shown) + SPACE_M
    if left < inner.right():
        painter.setPen(colors().color("line"))
        middle = round(inner.center().y()) + 0.5
        painter.drawLine(QPointF(left, middle), QPointF(inner.right(), middle))
