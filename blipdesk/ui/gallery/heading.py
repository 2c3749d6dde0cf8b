"""The line across the gallery over a group of photos, or over those that only may be meant."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from blipdesk.domain.grouping import Grouping
from blipdesk.domain.wording import tr
from blipdesk.ui.gallery.geometry import GAP, PAD
from blipdesk.ui.pane.texts import day_of, shown
from blipdesk.ui.theme import SIZE_BODY, SIZE_META, SPACE_M, SPACE_S, colors, photo_font

_MORE_LEAST = 60
"""Pixels without which nothing is said beside the title."""


def group_words(by: Grouping, key: str, short: bool = False) -> tuple[str, str]:
    """The title of a group and what is said smaller beside it; ``short`` where others share its line."""
    if by is Grouping.FOLDER:
        path = key.replace("\\", "/").rstrip("/")
        above, _, name = path.rpartition("/")
        return shown(name or key), shown(above)
    year, month, *days = map(int, key.split("-"))
    if days and short:
        return day_of(date(year, month, days[0])), ""
    locale = QLocale()
    if not days:
        return tr("{month} {year}", month=locale.standaloneMonthName(month), year=year), ""
    return locale.toString(QDate(year, month, days[0]), locale.dateFormat(QLocale.FormatType.LongFormat)), ""


def paint_heading(painter: QPainter, rect: QRect, words: str, more: str = "", is_hot: bool = False) -> None:
    """Paint words with a line to the right of them, on a ground that covers what passes under it.

    Args:
        painter: antialiasing on.
        rect: the whole strip; the words begin where the pictures do.
        words: plain text.
        more: said smaller behind it.
        is_hot: the pointer is on it.
    """
    palette = colors()
    painter.fillRect(rect, palette.color("bg"))
    made, small = photo_font(SIZE_BODY, 600), photo_font(SIZE_META)
    inner = QRectF(rect).adjusted(GAP + PAD, 0, -(GAP + PAD), 0)
    measure = QFontMetricsF(made)
    said = measure.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
    painter.setFont(made)
    painter.setPen(palette.color("accent" if is_hot else "text"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, said)
    left = inner.left() + measure.horizontalAdvance(said)
    if more and inner.right() - left > _MORE_LEAST:
        beside = QFontMetricsF(small).elidedText(
            more, Qt.TextElideMode.ElideMiddle, max(inner.right() - left - SPACE_S, 0)
        )
        painter.setFont(small)
        painter.setPen(palette.color("muted"))
        box = inner.adjusted(left + SPACE_S - inner.left(), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, beside)
        left += SPACE_S + QFontMetricsF(small).horizontalAdvance(beside)
    left += SPACE_M
    if left < inner.right():
        painter.setPen(palette.color("line"))
        middle = round(inner.center().y()) + 0.5
        painter.drawLine(QPointF(left, middle), QPointF(inner.right(), middle))
