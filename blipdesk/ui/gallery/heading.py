"""The line across the gallery over a group of photos, or over those that only may be meant."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from blipdesk.domain.grouping import Grouping
from blipdesk.domain.wording import tr
from blipdesk.ui.gallery.geometry import GAP, PAD
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.theme import SIZE_BODY, SIZE_META, SPACE_M, SPACE_S, colors, font


def group_words(by: Grouping, key: str) -> tuple[str, str]:
    """The title of a group and what is said smaller beside it."""
    if by is Grouping.FOLDER:
        path = key.replace("\\", "/").rstrip("/")
        above, _, name = path.rpartition("/")
        return shown(name or key), shown(above)
    year, month, *days = map(int, key.split("-"))
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
    made, small = font(SIZE_BODY, 600), font(SIZE_META)
    inner = QRectF(rect).adjusted(GAP + PAD, 0, -(GAP + PAD), 0)
    said = QFontMetricsF(made).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
    painter.setFont(made)
    painter.setPen(palette.color("accent" if is_hot else "text"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, said)
    left = inner.left() + QFontMetricsF(made).horizontalAdvance(said)
    if more:
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
