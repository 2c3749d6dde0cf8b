"""The rubber band: photos are selected by drawing a rectangle over them, also beyond the screen's edges."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from typing_extensions import override

from blipdesk.ui.gallery.geometry import GAP
from blipdesk.ui.gallery.model import GalleryModel
from blipdesk.ui.gallery.selecting import Command, SelectingView
from blipdesk.ui.gallery.spans import Span, either, together, under
from blipdesk.ui.theme import colors

_TICK_MS = 16
_EDGE = 28
"""So near to an edge the photos begin to scroll; pixels."""
_FASTEST = 70
"""Pixels a tick."""
_RADIUS = 3


@dataclass(slots=True)
class _Band:
    origin: QPoint
    """Where it began, in the content's coordinates: it stays there while the photos scroll."""
    pointer: QPoint
    """On the screen."""
    base: list[Span]
    """What was selected before, and is kept: Shift adds to it, Ctrl turns over what the band touches."""
    turns_over: bool
    current: int
    """The row that had the focus."""
    spans: list[Span] = field(default_factory=list)


class BandView(SelectingView):
    """Begins a band where no photo is pressed, and selects a group where its heading is."""

    def __init__(self, model: GalleryModel) -> None:
        super().__init__(model)
        self._band: _Band | None = None
        self._is_beside = False
        """The button was pressed beside the photos and is still held, also once its band has ended."""
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_TICK_MS)
        self._scrolling.timeout.connect(self._scroll_on)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.parted):
            changed.connect(self._end_band)

    # ------------------------------------------------------------------------------------ mouse, keys

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, modifiers = event.position().toPoint(), event.modifiers()
        if event.button() != Qt.MouseButton.LeftButton or self._is_photo(point):
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._is_beside = True
        adds = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        turns_over = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        group = self.heading_at(point)
        if group >= 0:
            self._press_heading(group, adds, turns_over)
            return
        if not adds and not turns_over:
            self.selectionModel().clearSelection()
        origin = QPoint(point.x(), point.y() + self.verticalOffset())
        base = self.selected_spans()
        current = self.currentIndex().row()
        self._band = _Band(origin, point, base, turns_over and not adds, current, base)

    def _press_heading(self, group: int, adds: bool, turns_over: bool) -> None:
        rows = self._grid.group_rows(group)
        if turns_over:
            inside = any(first <= rows.start and rows.stop <= end for first, end in self.selected_spans())
            self.select_group(group, Command.Deselect if inside else Command.Select)
        else:
            self.select_group(group, Command.Select if adds else Command.ClearAndSelect)

    def _is_photo(self, point: QPoint) -> bool:
        """Whether a photo is at a point, and not the gap around its frame."""
        index = self.indexAt(point)
        gap = 0 if self._listed else GAP
        return index.isValid() and self.visualRect(index).adjusted(gap, gap, -gap, -gap).contains(point)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        band = self._band
        if band is None:
            if not self._is_beside:
                super().mouseMoveEvent(event)
            return
        band.pointer = event.position().toPoint()
        self._stretch()
        if self._pull() and not self._scrolling.isActive():
            self._scrolling.start()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_beside:
            super().mouseReleaseEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._is_beside = False
            self._end_band()

    def drop_band(self) -> bool:
        """Give back what was selected before the band (Escape), if there is one."""
        if self._band is not None:
            band = self._band
            self._end_band()
            self.change_spans(band.spans, band.base, band.current)
            return True
        return False

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._band is not None:
            self._stretch()

    # ------------------------------------------------------------------------------------ the band

    def _pull(self) -> int:
        """Pixels to scroll with the next tick: the more, the farther the pointer is beyond an edge."""
        assert self._band is not None
        y, height = self._band.pointer.y(), self.viewport().height()
        beyond = min(y - _EDGE, 0) + max(y - (height - _EDGE), 0)
        return max(-_FASTEST, min(_FASTEST, round(beyond / 3)))

    def _scroll_on(self) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        if self._band is not None:
            bar.setValue(before + self._pull())
        if self._band is None or bar.value() == before:
            self._scrolling.stop()

    def band_rect(self) -> QRect:
        """The band in the content's coordinates; empty where there is none."""
        band = self._band
        if band is None:
            return QRect()
        end = QPoint(band.pointer.x(), band.pointer.y() + self.verticalOffset())
        return QRect(band.origin, end).normalized()

    def _stretch(self) -> None:
        band = self._band
        assert band is not None
        rect = self.band_rect()
        touched = under(self._grid, rect)
        spans = (either if band.turns_over else lambda one, other: together((*one, *other)))(
            band.base, touched
        )
        if spans != band.spans:
            self.change_spans(band.spans, spans, self._nearest(touched, band.pointer))
            band.spans = spans
        self.viewport().update()

    def _nearest(self, touched: list[Span], point: QPoint) -> int:
        """Of what the band touches the row that is next to the pointer; -1: it touches none."""
        if not touched:
            return -1
        row = self._grid.nearest_row(point.x(), point.y() + self.verticalOffset())
        return min((min(max(row, first), end - 1) for first, end in touched), key=lambda one: abs(one - row))

    def _end_band(self) -> None:
        if self._band is not None:
            self._band = None
            self._scrolling.stop()
            self.viewport().update()

    def paint_band(self, painter: QPainter) -> None:
        """Draw it over the cells, in the viewport's coordinates."""
        rect = self.band_rect().translated(0, -self.verticalOffset())
        if self._band is not None and (rect.width() > 2 or rect.height() > 2):
            painter.setPen(QPen(colors().color("accent"), 1))
            painter.setBrush(colors().color("accent", 40))
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
