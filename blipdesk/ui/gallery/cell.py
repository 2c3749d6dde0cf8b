"""Painting of one gallery cell: picture, badge, two lines of caption with the matching words marked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap, QTextLayout, QTextOption

from blipdesk.domain.marks import Mark, marked_spans
from blipdesk.domain.paths import file_name
from blipdesk.domain.values import PhotoState, PhotoTile
from blipdesk.ui import icons
from blipdesk.ui.gallery.badges import BadgePainter, badge_of, problem_words, star_box, star_shown
from blipdesk.ui.gallery.geometry import ASPECT, CAPTION_LINE, CAPTION_LINES, GAP, PAD, TEXT_GAP
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.theme import RADIUS_INPUT, SIZE_BODY, Palette, colors, photo_font, theme

_LAYOUTS_KEPT = 3000
_LONGEST = 300
"""Characters of a caption that are laid out: two lines never hold more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a caption and the spans (x, width) of what is marked in it."""

    text: str
    marks: tuple[tuple[float, float], ...]


class CaptionLayouts:
    """Lines of captions, remembered by text, width and marks."""

    def __init__(self) -> None:
        self._font = photo_font(SIZE_BODY)
        self._metrics = QFontMetricsF(self._font)
        self._known: OrderedDict[tuple[str, int, tuple[Mark, ...]], tuple[Line, ...]] = OrderedDict()

    def lines(self, text: str, width: int, marks: tuple[Mark, ...]) -> tuple[Line, ...]:
        """At most two lines of ``text`` in ``width`` pixels, the last one elided."""
        key = (text, width, marks)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            return known
        made = self._lay_out(shown(" ".join(text[:_LONGEST].split())), width, marks)
        self._known[key] = made
        if len(self._known) > _LAYOUTS_KEPT:
            self._known.popitem(last=False)
        return made

    def _lay_out(self, text: str, width: int, marks: tuple[Mark, ...]) -> tuple[Line, ...]:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        spans = marked_spans(text, marks)
        units = text.encode("utf-16-le", "surrogatepass")  # Qt counts these
        parts: list[Line] = []
        while len(parts) < CAPTION_LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            ends = (line.textStart(), line.textStart() + line.textLength())
            start, end = (len(units[: 2 * place].decode("utf-16-le", "replace")) for place in ends)
            last = len(parts) == CAPTION_LINES - 1
            part = (text[start:] if last else text[start:end]).rstrip()
            fitting = self._metrics.elidedText(part, Qt.TextElideMode.ElideRight, width)
            stop = start + len(fitting if fitting == part else fitting[:-1])
            inside = ((max(first, start) - start, min(behind, stop) - start) for first, behind in spans)
            parts.append(Line(fitting, self._places(fitting, inside)))
        layout.endLayout()
        return tuple(parts)

    def _places(self, text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
        measure = self._metrics.horizontalAdvance
        return tuple((measure(text[:start]), measure(text[start:end])) for start, end in spans if start < end)


def caption_line() -> int:
    """Height of a line of a caption, pixels."""
    return round(CAPTION_LINE * theme().text_scale)


def tile_words(tile: PhotoTile) -> tuple[str, str]:
    """What stands below a picture, or beside it in the list, and its ink: a caption, why there is none."""
    if tile.caption:
        return tile.caption, "text"
    if tile.state is PhotoState.FAILED and tile.problem is not None:
        return problem_words(tile), "muted"
    return file_name(tile.path), "faint"


class CellPainter:
    """Paints cells with the palette in force, and the size of texts at its making; GUI thread only."""

    def __init__(self) -> None:
        self.layouts = CaptionLayouts()
        self.marks: tuple[Mark, ...] = ()
        self._text_font, self._line = photo_font(SIZE_BODY), caption_line()
        self._badges = BadgePainter()
        self._ascent = QFontMetricsF(self._text_font).ascent()
        self._leading = (self._line - QFontMetricsF(self._text_font).height()) / 2

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        tile: PhotoTile | None,
        picture: QPixmap | None,
        unreadable: bool,
        selected: bool,
        current: bool,
        hovered: bool,
    ) -> None:
        """Paint one cell.

        Args:
            painter: antialiasing on.
            rect: the whole cell.
            tile: what it shows; None while it is read.
            picture: the thumbnail if it is there.
            unreadable: there is no thumbnail and will be none.
            selected: paint the ring and the soft fill.
            current: keyboard focus is here.
            hovered: the pointer is here.
        """
        palette = colors()
        ring = QRectF(rect).adjusted(GAP, GAP, -GAP, -GAP)
        self._ground(painter, ring, palette, selected, current, hovered)
        inner = ring.adjusted(PAD, PAD, -PAD, -PAD)
        image = QRectF(inner.left(), inner.top(), inner.width(), round(inner.width() * ASPECT))
        if picture is not None and tile is not None:
            painter.drawPixmap(image, picture, QRectF(picture.rect()))
            self._veil(painter, image, tile, palette)
        else:
            self._placeholder(painter, image, unreadable, palette)
        text = QRectF(
            inner.left() + 3, image.bottom() + TEXT_GAP, inner.width() - 6, CAPTION_LINES * self._line
        )
        if tile is None:
            self._bars(painter, text, palette)
            return
        self._caption(painter, text, tile, palette)
        badge = badge_of(tile)
        if badge is not None:
            self._badges.paint(painter, image, badge, palette)
        if star_shown(tile, current, hovered):
            self._badges.paint_star(painter, star_box(rect, False), tile.favourite, palette)

    def _ground(
        self, painter: QPainter, ring: QRectF, palette: Palette, selected: bool, current: bool, hovered: bool
    ) -> None:
        if selected:
            painter.setPen(QPen(palette.color("accent"), 2))
            painter.setBrush(palette.color("soft"))
        elif current:
            painter.setPen(QPen(palette.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        elif hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("raised" if palette.dark else "hover"))
        else:
            return
        painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), RADIUS_INPUT + 2, RADIUS_INPUT + 2)

    def _veil(self, painter: QPainter, image: QRectF, tile: PhotoTile, palette: Palette) -> None:
        if tile.state in (PhotoState.QUEUED, PhotoState.WORKING, PhotoState.MISSING, PhotoState.OFFLINE):
            painter.setPen(Qt.PenStyle.NoPen)
            gone = tile.state in (PhotoState.MISSING, PhotoState.OFFLINE)
            painter.setBrush(palette.color("bg", 150 if gone else 40))
            painter.drawRoundedRect(image, RADIUS_INPUT, RADIUS_INPUT)

    def _placeholder(self, painter: QPainter, image: QRectF, unreadable: bool, palette: Palette) -> None:
        painter.setPen(QPen(palette.color("line"), 1) if unreadable else Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("surface" if unreadable else "raised"))
        painter.drawRoundedRect(image.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_INPUT, RADIUS_INPUT)
        mark = icons.pixmap("image-off" if unreadable else "image", "faint" if unreadable else "line", 30)
        painter.drawPixmap(QPointF(image.center().x() - 15, image.center().y() - 15), mark)

    def _bars(self, painter: QPainter, text: QRectF, palette: Palette) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("raised"))
        for line, share in enumerate((0.82, 0.5)):
            top = text.top() + line * self._line + 4
            painter.drawRoundedRect(QRectF(text.left(), top, text.width() * share, 9), 4, 4)

    def _caption(self, painter: QPainter, text: QRectF, tile: PhotoTile, palette: Palette) -> None:
        words, ink = tile_words(tile)
        painter.setFont(self._text_font)
        for number, line in enumerate(self.layouts.lines(words, int(text.width()), self.marks)):
            top = text.top() + number * self._line
            if line.marks:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(palette.color("accent", 90 if palette.dark else 64))
                for x, width in line.marks:
                    painter.drawRoundedRect(QRectF(text.left() + x - 2, top, width + 4, self._line), 4, 4)
            painter.setPen(palette.color(ink))
            painter.drawText(QPointF(text.left(), top + self._leading + self._ascent), line.text)
