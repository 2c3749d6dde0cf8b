"""The gallery: paints the cells of a :class:`GridView` and answers mouse, wheel and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip
from typing_extensions import override

from blipdesk.domain.marks import Mark
from blipdesk.domain.wording import tr
from blipdesk.ui.gallery.badges import star_box
from blipdesk.ui.gallery.carrying import CarryingView
from blipdesk.ui.gallery.cell import CellPainter, caption_line
from blipdesk.ui.gallery.geometry import HEADING
from blipdesk.ui.gallery.grid_view import TILE_DEFAULT
from blipdesk.ui.gallery.heading import group_words, paint_heading
from blipdesk.ui.gallery.model import GalleryModel, tile_tooltip
from blipdesk.ui.gallery.row_cell import RowPainter
from blipdesk.ui.gallery.thumbnails import Thumbnails
from blipdesk.ui.tasks import single_shot
from blipdesk.ui.theme import theme
from blipdesk.ui.words import photos_words

_FRAME_MS = 16
_NOTCH = 120
"""An eighth of a degree each, as Qt counts the wheel."""
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class GalleryView(CarryingView):
    """Shows the rows of a :class:`GalleryModel` as a justified grid.

    Signals: ``preview_requested`` and ``edit_requested`` with the photo id, ``visible_changed`` with the
    ids on the screen, ``selection_changed`` after any change of the selection or the current photo,
    ``menu_requested`` with a global position, ``tile_width_changed`` after :meth:`zoom`.
    """

    preview_requested = Signal(int)
    edit_requested = Signal(int)
    visible_changed = Signal(object)
    menu_requested = Signal(QPoint)
    tile_width_changed = Signal(int)
    starred = Signal(int)
    """The star of this photo was pressed."""

    def __init__(self, model: GalleryModel, thumbnails: Thumbnails) -> None:
        super().__init__(model)
        self._thumbnails = thumbnails
        self._painter, self._row_painter = CellPainter(), RowPainter()
        self._hovered = self._hot_heading = -1
        self._heading = ""
        self._hinted = 0, QPoint()
        self._turned = 0
        """By so much Ctrl and the wheel were turned since the last notch; a touchpad tells less at a time."""
        self._keys_used = False
        """The keyboard brought the focus here, or was used here since: where it is counts."""
        self.reasons_of: Callable[[int], Sequence[str]] = lambda _: ()
        """Why a photo was found, for its tooltip; what comes later is told by :meth:`say_reasons`."""
        self._stale: set[int] | None = set()
        """The photos to be painted again with the next frame; None: all that are in sight."""
        self._frame = single_shot(self, _FRAME_MS, self._paint_stale)
        self.settled.connect(self._on_settled)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Photos"))
        # Bound methods: Qt disconnects them when the view goes, which it cannot do for a lambda.
        model.tiles_arrived.connect(self._repaint_photos)
        thumbnails.arrived.connect(self._repaint_photo)
        theme().changed.connect(self._on_theme)

    # ------------------------------------------------------------------------------------ what to show

    def _on_theme(self) -> None:
        if self._caption_line != caption_line():
            self._caption_line = caption_line()
            marks = self._painter.marks
            self._painter, self._row_painter = CellPainter(), RowPainter()
            self._painter.marks = marks
            self._arrange_anew()
        self.repaint_soon()

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """Mark these in the captions."""
        if marks != self._painter.marks:
            self._painter.marks = marks
            self.repaint_soon()

    def set_heading(self, words: str) -> None:
        """What stands over the photos that may fit, where there are any."""
        if words != self._heading:
            self._heading = words
            self.repaint_soon()

    def repaint_soon(self) -> None:
        """Repaint at most once per frame."""
        self._stale = None
        self._paint_next_frame()

    def _repaint_photo(self, photo_id: int) -> None:
        self._repaint_photos((photo_id,))

    def _repaint_photos(self, photo_ids: Iterable[int]) -> None:
        # A screen of cells takes 10 ms while every core captions: of 30 pictures that come one by one each
        # has its own painted alone.
        if self._stale is not None:
            self._stale.update(photo_ids)
        self._paint_next_frame()

    def _paint_next_frame(self) -> None:
        if not self._frame.isActive():
            self._frame.start()

    def _paint_stale(self) -> None:
        stale, self._stale = self._stale, set()
        if stale is None:
            self.viewport().update()
            return
        for row in self.rows_in_sight():
            if self._photos.id_at(row) in stale:
                self.viewport().update(self.row_rect(row))

    def picture_of(self, photo_id: int) -> QPixmap | None:
        """A photo's thumbnail, where it is there."""
        tile = self._photos.cached(photo_id)
        return self._thumbnails.get(tile.id, tile.content_hash)[0] if tile is not None else None

    def visible_ids(self) -> list[int]:
        """The photos on the screen, from the top."""
        return [self._photos.id_at(row) for row in self.rows_in_sight()]

    def _on_settled(self) -> None:
        if self._thumbnails.set_size(*self._grid.picture_size, self.devicePixelRatioF()):
            self.repaint_soon()
        if self.viewport().underMouse():  # other photos have come under the resting pointer
            self._hover(self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row())
        self._ask_again()
        self.visible_changed.emit(self.visible_ids())

    def _ask_again(self) -> None:
        """Ask for what is not there yet: of what a long scroll asks for, the oldest is let go."""
        in_sight = self.rows_in_sight()
        self._thumbnails.set_room(len(in_sight))
        self._photos.read_around(in_sight.stop)
        for row in reversed(in_sight):
            tile = self._photos.tile(row)
            if tile is not None:
                self._thumbnails.get(tile.id, tile.content_hash)

    def zoom(self, steps: int) -> None:
        """Show the photos larger by so many columns fewer, or smaller; 0: in their usual size."""
        if self._listed:
            return
        columns = max(self._grid.columns - steps, 1)
        self.set_tile_width(round(self._grid.width / columns) if steps else TILE_DEFAULT)
        self.tile_width_changed.emit(self._tile_width)

    # ------------------------------------------------------------------------------------ input

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keys_used = event.reason() in _BY_KEY

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keys_used = True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.current_id()
        if (
            plain
            and current is not None
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.preview_requested.emit(current)
        elif plain and current is not None and event.key() == Qt.Key.Key_F2:
            self.edit_requested.emit(current)
        elif event.key() == Qt.Key.Key_Escape and self.drop_band():
            return
        elif event.key() == Qt.Key.Key_Escape and self.selected_count() > 1:
            self.select_row(self.currentIndex().row())
        elif not self._press_group_key(event):
            super().keyPressEvent(event)

    def _press_group_key(self, event: QKeyEvent) -> bool:
        """Ctrl+G selects the group of the current photo, Alt with Up or Down goes to another one's first."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.show_group(by)
            return True
        is_group = event.key() == Qt.Key.Key_G and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if is_group and self.currentIndex().isValid():
            self.select_group(self._grid.groups.of_row(self.currentIndex().row()))
            return True
        return False

    @override
    def keyboardSearch(self, search: str) -> None:
        """Off: it would read every row's text; the search field is for that."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        starred = self._star_at(event.position().toPoint())
        if starred >= 0 and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self.starred.emit(self._photos.id_at(starred))  # what is selected stays
        else:
            super().mousePressEvent(event)

    def _star_at(self, point: QPoint) -> int:
        """The row whose star is at a point; -1: none."""
        row = self.indexAt(point).row()
        return row if row >= 0 and star_box(self.row_rect(row), self._listed).contains(point) else -1

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._star_at(event.position().toPoint()) >= 0:
            self.mousePressEvent(event)
        elif index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.preview_requested.emit(self._photos.id_at(index.row()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        self._hover(self.indexAt(point).row())
        self._heat(self.heading_at(point))

    def _heat(self, group: int) -> None:
        if group != self._hot_heading:
            self._hot_heading = group
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if group >= 0 else Qt.CursorShape.ArrowCursor
            )
            self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            old, self._hovered = self._hovered, row
            for changed in (old, row):
                if changed >= 0:
                    self.viewport().update(self.row_rect(changed))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()
            notches = int(self._turned / _NOTCH)
            self._turned -= notches * _NOTCH
            if notches:
                self.zoom(notches)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            current = self.currentIndex()
            if current.isValid():
                if not self.selected_count():
                    self.select_row(current.row())
                self.scrollTo(current)
                self.menu_requested.emit(self.viewport().mapToGlobal(self.visualRect(current).center()))
        elif self.indexAt(event.pos()).isValid():
            self.menu_requested.emit(event.globalPos())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
            self._heat(-1)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if self.heading_at(event.pos()) >= 0:
                words = tr("Select all photos of this group (Ctrl+G)")
                QToolTip.showText(event.globalPos(), words, self.viewport())
                return True
            if self._star_at(event.pos()) >= 0:
                QToolTip.showText(event.globalPos(), tr("Favourite or not (F)"), self.viewport())
                return True
            self._hinted = self._photos.id_at(index.row()) if index.isValid() else 0, event.globalPos()
            self._hint()
            return True
        return super().viewportEvent(event)

    def _hint(self) -> None:
        photo_id, place = self._hinted
        tile = self._photos.cached(photo_id)
        words = tile_tooltip(tile, self.reasons_of(photo_id)) if tile is not None else ""
        QToolTip.showText(place, words, self.viewport())

    def say_reasons(self, photo_id: int) -> None:
        """The reasons for a photo are known now: its tooltip gets them, while it is there."""
        if self._hinted[0] == photo_id and QToolTip.isVisible():
            self._hint()

    # ------------------------------------------------------------------------------------ painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
            | QPainter.RenderHint.TextAntialiasing
        )
        offset, clip, region = self.verticalOffset(), event.rect(), event.region()
        if clip.contains(self.viewport().rect()) and region.rectCount() == 1:
            self._frame.stop()  # nothing is left to be painted again
            self._stale = set()
        chosen, model = self.selectionModel(), self._photos
        current = self.currentIndex().row() if self.hasFocus() and self._keys_used else -1
        # Bottom up: thumbnails are served last in first out, so the top of the screen comes first.
        for row in reversed(self._rows(clip.top() + offset, clip.bottom() + offset)):
            rect = self.row_rect(row)
            if not region.intersects(rect):
                continue
            tile = model.tile(row)
            picture, none = (
                self._thumbnails.get(tile.id, tile.content_hash) if tile is not None else (None, False)
            )
            selected = chosen.isSelected(model.index(row))
            how = selected, row == current, row == self._hovered
            if self._listed:
                self._row_painter.paint(painter, rect, tile, picture, self._painter.marks, none, *how)
            else:
                self._painter.paint(painter, rect, tile, picture, none, *how)
        self._paint_headings(painter, clip)
        self.paint_band(painter)
        painter.end()

    def _paint_headings(self, painter: QPainter, clip: QRect) -> None:
        offset, grid = self.verticalOffset(), self._grid
        for section, y in grid.headings(offset, offset + self.viewport().height()):
            if not QRect(grid.left, y - offset, grid.width, HEADING).intersects(clip):
                continue
            groups = grid.groups_of(section)
            for number in groups:
                left, width = grid.group_span(number)
                strip, is_hot = QRect(left, y - offset, width, HEADING), number == self._hot_heading
                group = self._photos.group_of(number)
                if group is None:
                    paint_heading(painter, strip, self._heading, "", is_hot)
                else:
                    title, beside = group_words(*group, short=len(groups) > 1)
                    count = photos_words(len(grid.group_rows(number)))
                    paint_heading(painter, strip, title, "  ·  ".join(filter(None, (beside, count))), is_hot)
