"""What a tile says of its photo's state: one badge, the most urgent one, and a star."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from blipdesk.domain.errors import OF_THE_MODEL
from blipdesk.domain.paths import shown_name
from blipdesk.domain.values import PhotoState, PhotoTile, Source
from blipdesk.domain.wording import later, retold, tr
from blipdesk.ui import icons
from blipdesk.ui.gallery.geometry import GAP, PAD
from blipdesk.ui.theme import SIZE_HEAD, SPACE_M, SPACE_S, Palette, photo_font

STAR = 24
"""Edge of the place where a star is pressed, pixels."""
LIST_ICON = 16
_AMBER, _ON_AMBER = "#F2B84B", "#1B1F24"
"""What asks for something stands out in both palettes, on every picture."""
_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class Badge:
    """An icon, words beside it (none: the icon alone says it), and why it is there and what helps."""

    icon: str
    words: str
    hint: str
    ink: str = "on_scrim"
    urgent: bool = False


_BY_STATE = {
    PhotoState.QUEUED: Badge("clock", later("Queued"), later("Waits for its caption")),
    PhotoState.WORKING: Badge("sparkle", later("Captioning"), later("Is being captioned"), "#B9C7FF"),
    PhotoState.FAILED: Badge("warning", later("Could not read"), "", "#FFB4B8"),
    PhotoState.MISSING: Badge(
        "image-off",
        later("Missing"),
        later("The file is not where it was. Put it back, or remove the photo from the library."),
    ),
    PhotoState.OFFLINE: Badge(
        "drive-off",
        later("Offline"),
        later("Its drive is not connected. Its caption is kept and stays searchable."),
    ),
}
_WORDLESS = Badge("warning", later("Could not caption"), "", "#FFB4B8")
_DAMAGED = Badge(
    "warning",
    later("Damaged"),
    later("Only a part of the file can be read. A copy that is whole can take its place."),
    "#FFB4B8",
)
_REVIEW = Badge(
    "eye",
    later("Review"),
    later("The caption may not fit. Change it, or confirm it beside the photo."),
    _ON_AMBER,
    urgent=True,
)
_EDITED = Badge("pencil", later("Edited"), later("You wrote the caption: nothing replaces it."))
_WRITTEN = Badge("file-check", "", later("The caption stands in the file, or beside it."))


def is_wordless(tile: PhotoTile) -> bool:
    """Whether the photo was read, and the model could not caption it."""
    problem = tile.problem
    return tile.state is PhotoState.FAILED and problem is not None and problem.kind in OF_THE_MODEL


def badge_of(tile: PhotoTile) -> Badge | None:
    """The one badge of a tile, if it has any: what keeps the photo from its caption comes first, then what
    asks for something, then what is only good to know.
    """
    if is_wordless(tile):
        return _WORDLESS
    if (badge := _BY_STATE.get(tile.state)) is not None:
        return badge
    if tile.damaged:
        return _DAMAGED
    if tile.needs_review:
        return _REVIEW
    if tile.source is Source.USER:
        return _EDITED
    return _WRITTEN if tile.state is PhotoState.WRITTEN else None


def problem_words(tile: PhotoTile) -> str:
    """Why a photo could not be read: of the file, whose long name would fill a tile."""
    if tile.problem is None:
        return ""
    return retold(tile.problem.message.replace(shown_name(tile.path), later("The file"), 1))


def badge_hints(tile: PhotoTile) -> list[str]:
    """Why a tile's badge is there, and what helps; a person's sentences, one a line."""
    badge = badge_of(tile)
    lines = [tr(badge.hint)] if badge is not None and badge.hint else []
    if tile.problem is not None:
        lines += [problem_words(tile), retold(tile.problem.remedy)]
    return lines


class BadgePainter:
    """Paints badges and stars on the pictures of the grid; GUI thread only."""

    def __init__(self) -> None:
        self._font = photo_font(SIZE_HEAD, 600)
        self._metrics = QFontMetricsF(self._font)
        self._height = max(_HEIGHT, round(self._metrics.height()) + 4)

    def paint(self, painter: QPainter, image: QRectF, badge: Badge, palette: Palette) -> None:
        """Paint a badge into the lower left corner of a picture; its icon alone where it is too wide."""
        words = tr(badge.words) if badge.words else ""
        width = self._metrics.horizontalAdvance(words) + 14 + 20
        if not words or width > image.width() - 16:
            words, width = "", 26.0
        box = QRectF(image.left() + 8, image.bottom() - 8 - self._height, width, self._height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_AMBER) if badge.urgent else palette.color("scrim", 215))
        painter.drawRoundedRect(box, self._height / 2, self._height / 2)
        mark = QPointF(box.left() + 7, round(box.center().y() - 6))
        painter.drawPixmap(mark, icons.pixmap(badge.icon, badge.ink, 12))
        painter.setPen(QColor(_ON_AMBER) if badge.urgent else palette.color("on_scrim"))
        painter.setFont(self._font)
        inside = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box.adjusted(23, 0, 0, -1), inside, words)

    @staticmethod
    def paint_star(painter: QPainter, box: QRectF, favourite: bool, palette: Palette) -> None:
        """Paint the star of a favourite, or one that can be given."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("scrim", 190 if favourite else 130))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        star = icons.pixmap("star-on", _AMBER, 14) if favourite else icons.pixmap("star", "on_scrim", 14)
        painter.drawPixmap(QPointF(box.center().x() - 7, box.center().y() - 7.5), star)


def star_box(cell: QRect, listed: bool) -> QRectF:
    """Where the star of a cell is: on the picture's upper right corner, in the list before the badge."""
    whole = QRectF(cell)
    if listed:
        left = whole.right() - SPACE_M - LIST_ICON - SPACE_S - STAR
        return QRectF(left, whole.center().y() - STAR / 2, STAR, STAR)
    inset = GAP + PAD + 6
    return QRectF(whole.right() - inset - STAR, whole.top() + inset, STAR, STAR)


def star_shown(tile: PhotoTile, current: bool, hovered: bool) -> bool:
    """A favourite has its star; another photo one to press, under the pointer and where the keyboard is."""
    return tile.favourite or current or hovered
