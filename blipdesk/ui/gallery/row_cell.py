"""Painting of one row of the compact list: picture, caption, name, folder, date, badge."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from blipdesk.domain.marks import Mark, marked_spans
from blipdesk.domain.paths import file_name
from blipdesk.domain.values import PhotoTile
from blipdesk.ui import icons
from blipdesk.ui.gallery.badges import LIST_ICON, STAR, badge_of, star_box, star_shown
from blipdesk.ui.gallery.cell import Line, tile_words
from blipdesk.ui.gallery.geometry import LIST_PICTURE, PAD
from blipdesk.ui.pane.texts import day_of, shown
from blipdesk.ui.theme import (
    RADIUS_CONTROL,
    SIZE_BODY,
    SIZE_META,
    SPACE_M,
    SPACE_S,
    Palette,
    colors,
    photo_font,
    theme,
)

_LINES_KEPT = 1000
_LONGEST = 300
_CAPTION_LEAST = 280
"""A column beside the caption is there where this much is left for it."""
_COLUMNS = (("date", 96), ("name", 150), ("folder", 150))
"""In the order in which they are let go, the last one first; pixels at the usual size of texts."""
_AS_SHOWN = ("name", "folder", "date")
_INKS = {"eye": "warn", "warning": "err"}


class RowPainter:
    """Paints rows with the palette in force, and the size of texts at its making; GUI thread only."""

    def __init__(self) -> None:
        self._font, self._small = photo_font(SIZE_BODY), photo_font(SIZE_META)
        self._metrics, self._small_metrics = QFontMetricsF(self._font), QFontMetricsF(self._small)
        self._known: OrderedDict[tuple[str, int, tuple[Mark, ...]], Line] = OrderedDict()

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        tile: PhotoTile | None,
        picture: QPixmap | None,
        marks: tuple[Mark, ...],
        unreadable: bool,
        selected: bool,
        current: bool,
        hovered: bool,
    ) -> None:
        """Paint one row.

        Args:
            painter: antialiasing on.
            rect: the whole row.
            tile: what it shows; None while it is read.
            picture: the thumbnail if it is there.
            marks: what is marked in the caption.
            unreadable: there is no thumbnail and will be none.
            selected: paint the soft fill.
            current: keyboard focus is here.
            hovered: the pointer is here.
        """
        palette, whole = colors(), QRectF(rect)
        self._ground(painter, whole.adjusted(1, 1, -1, -1), palette, selected, current, hovered)
        width, height = LIST_PICTURE
        image = QRectF(whole.left() + PAD, round(whole.center().y() - height / 2), width, height)
        if picture is not None:
            painter.drawPixmap(image, picture, QRectF(picture.rect()))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("raised"))
            painter.drawRoundedRect(image, 4, 4)
            if unreadable:
                mark = icons.pixmap("image-off", "faint", 18)
                painter.drawPixmap(QPointF(image.center().x() - 9, image.center().y() - 9), mark)
        text = whole.adjusted(PAD + width + SPACE_M, 0, -SPACE_M - LIST_ICON - SPACE_S - STAR - SPACE_S, 0)
        if tile is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("raised"))
            bar = QRectF(text.left(), text.center().y() - 4, min(text.width() * 0.6, 260), 9)
            painter.drawRoundedRect(bar, 4, 4)
            return
        self._caption(painter, self._columns(painter, text, tile, palette), tile, marks, palette)
        badge = badge_of(tile)
        if badge is not None:
            mark = icons.pixmap(badge.icon, _INKS.get(badge.icon, "muted"), LIST_ICON)
            painter.drawPixmap(QPointF(whole.right() - SPACE_M - LIST_ICON, whole.center().y() - 8), mark)
        if star_shown(tile, current, hovered):
            star = icons.pixmap(*(("star-on", "warn") if tile.favourite else ("star", "muted")), LIST_ICON)
            middle = star_box(rect, True).center()
            painter.drawPixmap(QPointF(middle.x() - LIST_ICON / 2, middle.y() - LIST_ICON / 2), star)

    def _ground(
        self, painter: QPainter, ring: QRectF, palette: Palette, selected: bool, current: bool, hovered: bool
    ) -> None:
        if not (selected or current or hovered):
            return
        painter.setPen(QPen(palette.color("accent"), 1) if current else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if selected:
            painter.setBrush(palette.color("soft"))
        elif hovered:
            painter.setBrush(palette.color("raised" if palette.dark else "hover"))
        painter.drawRoundedRect(ring.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)

    def _columns(self, painter: QPainter, text: QRectF, tile: PhotoTile, palette: Palette) -> QRectF:
        """Paint what stands behind the caption, as far as there is room; returns the caption's."""
        there: dict[str, int] = {}
        left = text.width() - _CAPTION_LEAST
        for name, usual in _COLUMNS:
            width = round(usual * theme().text_scale)
            if left < width + SPACE_M:
                break
            there[name] = width
            left -= width + SPACE_M
        words = {"name": file_name(tile.path), "folder": _folder(tile.path), "date": _date(tile.taken_at)}
        painter.setFont(self._small)
        painter.setPen(palette.color("muted"))
        right = text.right()
        for name in reversed([name for name in _AS_SHOWN if name in there]):
            box = QRectF(right - there[name], text.top(), there[name], text.height())
            said = self._small_metrics.elidedText(
                shown(words[name]), Qt.TextElideMode.ElideMiddle, there[name]
            )
            side = Qt.AlignmentFlag.AlignRight if name == "date" else Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, said)
            right -= there[name] + SPACE_M
        return QRectF(text.left(), text.top(), right - text.left(), text.height())

    def _caption(
        self, painter: QPainter, box: QRectF, tile: PhotoTile, marks: tuple[Mark, ...], palette: Palette
    ) -> None:
        words, ink = tile_words(tile)
        line = self._line(words, int(box.width()), marks)
        high = self._metrics.height()
        top = box.center().y() - high / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("accent", 90 if palette.dark else 64))
        for x, width in line.marks:
            painter.drawRoundedRect(QRectF(box.left() + x - 2, top, width + 4, high), 4, 4)
        painter.setFont(self._font)
        painter.setPen(palette.color(ink))
        painter.drawText(QPointF(box.left(), top + self._metrics.ascent()), line.text)

    def _line(self, text: str, width: int, marks: tuple[Mark, ...]) -> Line:
        key = (text, width, marks)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            return known
        whole = shown(" ".join(text[:_LONGEST].split()))
        fitting = self._metrics.elidedText(whole, Qt.TextElideMode.ElideRight, width)
        end = len(fitting if fitting == whole else fitting[:-1])
        measure = self._metrics.horizontalAdvance
        spans = ((first, min(behind, end)) for first, behind in marked_spans(whole, marks))
        made = Line(fitting, tuple((measure(fitting[:a]), measure(fitting[a:b])) for a, b in spans if a < b))
        self._known[key] = made
        if len(self._known) > _LINES_KEPT:
            self._known.popitem(last=False)
        return made


def _folder(path: str) -> str:
    parts = path.replace("\\", "/").rsplit("/", 2)
    return parts[-2] if len(parts) > 1 else ""


def _date(taken_at: str | None) -> str:
    try:
        return day_of(date.fromisoformat((taken_at or "")[:10]))
    except ValueError:
        return ""
