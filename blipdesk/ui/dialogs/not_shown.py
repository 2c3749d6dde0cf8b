"""Why the large view cannot show a photo itself, in its place or below its thumbnail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextOption

from blipdesk.domain.values import Photo, PhotoState
from blipdesk.domain.wording import joined, retold, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.theme import LARGE_QUIET, SIZE_EDITOR, font

_MARK, _GAP, _BESIDE = 40, 16, 80


@dataclass(frozen=True, slots=True)
class NotShown:
    """An icon and a sentence."""

    icon: str
    words: str

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint both into the middle of a box."""
        mark = icons.pixmap(self.icon, LARGE_QUIET, _MARK)
        middle = box.center()
        painter.drawPixmap(QPointF(middle.x() - _MARK / 2, middle.y() - _MARK - _GAP / 2), mark)
        painter.setFont(font(SIZE_EDITOR))
        painter.setPen(QColor(LARGE_QUIET))
        below = QRectF(box.left(), middle.y() + _GAP / 2, box.width(), box.bottom() - middle.y())
        top = QTextOption(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(below.adjusted(_BESIDE, 0, -_BESIDE, 0), shown(self.words), top)


def why_not_shown(photo: Photo | None) -> NotShown:
    """What a photo's state says of it."""
    if photo is not None and photo.state is PhotoState.OFFLINE:
        return NotShown("drive-off", tr("The drive of this photo is not connected."))
    if photo is not None and photo.state is PhotoState.MISSING:
        return NotShown("image-off", tr("The file is no longer in its place."))
    if photo is not None and photo.problem is not None:
        words = joined(retold(photo.problem.message), retold(photo.problem.remedy))
        return NotShown("warning", words)
    return NotShown("image-off", tr("This picture cannot be shown."))
