"""What stands over the picture of the large view: caption, file name, the keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from blipdesk.domain.values import Photo
from blipdesk.domain.wording import tr
from blipdesk.ui.pane.texts import file_name, shown
from blipdesk.ui.theme import SIZE_EDITOR, SIZE_HEAD, SIZE_META, font

GROUND = QColor(10, 11, 13)
INK, QUIET = QColor("#F2F4F7"), QColor("#AEB6C2")
HEIGHT = 92
"""Of the words at the lower edge, pixels."""


def paint_words(painter: QPainter, rect: QRect, photo: Photo, percent: int | None) -> None:
    """Paint them at the lower edge.

    Args:
        painter: of the large view.
        rect: all of the view.
        photo: whose words they are.
        percent: how near the picture is; None: it is shown whole, and nothing of it is under the words.
    """
    if percent is not None:
        veil = QColor(GROUND)
        veil.setAlpha(190)
        painter.fillRect(QRectF(0, rect.height() - HEIGHT, rect.width(), HEIGHT), veil)
    box = QRect(72, rect.height() - HEIGHT + 8, rect.width() - 144, 24)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
    caption = " ".join(shown(photo.caption or "").split())[:1000]
    name = shown(file_name(photo))
    if percent is not None:
        name = f"{name}  ·  {percent} %"
    keys = tr("Left, Right: other photos  ·  + − 0 1: zoom  ·  C: words  ·  F: favourite  ·  Esc: close")
    for words, size, ink, mode, down in (
        (caption, SIZE_EDITOR, INK, Qt.TextElideMode.ElideRight, 0),
        (name, SIZE_META, QUIET, Qt.TextElideMode.ElideMiddle, 22),
        (keys, SIZE_HEAD, QUIET, Qt.TextElideMode.ElideRight, 48),
    ):
        painter.setFont(font(size))
        painter.setPen(ink)
        fitting = painter.fontMetrics().elidedText(words, mode, box.width())
        painter.drawText(box.translated(0, down), flags, fitting)
