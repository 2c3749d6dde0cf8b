"""A picture that is zoomed by wheel, keys and two fingers, and moved by drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QNativeGestureEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from blipdesk.domain.values import Photo
from blipdesk.ui.dialogs.large_words import HEIGHT
from blipdesk.ui.dialogs.not_shown import NotShown
from blipdesk.ui.dialogs.zooming import STEP, Zoom
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.tasks import LatestTask, single_shot

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

SETTLE_MS = 80
"""Wait before a full decode: the arrow keys may already be on the next photo."""
_MARGIN = 24
"""Pixels around the picture."""
_NEAR_EDGE = 6000
"""Longest edge of a picture that is looked at from near, pixels: 96 MB of a photo of 3 to 2."""
_DRAG = 4
"""Pixels from which a press is no click."""
_PAN = 80


class ZoomedPicture(QWidget):
    """Where the picture stands; whoever shows one sets it, paints it, and hears of a click."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._photo: Photo | None = None
        self._photo_id: int | None = None
        self._pixmap: QPixmap | None = None
        self._fitted: QPixmap | None = None
        self._near: QPixmap | None = None
        """The shown photo with more of its pixels than fit on the screen, once one has come near."""
        self._failed: NotShown | None = None
        self._sharp = False
        """Whether it is the picture itself, not only its thumbnail."""
        self._words_shown = True
        self._zoom = Zoom()
        self._pressed: QPointF | None = None
        self._moved = False
        self._nearing = LatestTask(self)
        self._near_by = single_shot(self, SETTLE_MS, self._load_near)

    def on_clicked(self, at: QPointF) -> None:
        """A click, while the whole picture is shown."""

    def _picture_box(self) -> QRect:
        below = HEIGHT if self._words_shown else _MARGIN
        return self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -below)

    @property
    def zoom(self) -> Zoom:
        """Where the picture stands now."""
        free = QRectF(self._picture_box())
        self._zoom.set_place(QRectF(self.rect()), self._size(), self.devicePixelRatioF(), free)
        return self._zoom

    def _size(self) -> QSizeF:
        """Of the whole photo, in its own pixels."""
        photo = self._photo
        if photo is not None and photo.width and photo.height:
            return QSizeF(photo.width, photo.height)
        return QSizeF(self._pixmap.size()) if self._pixmap is not None else QSizeF()

    def _load_near(self) -> None:
        """Read more of the photo's pixels where one looks from so near that those there are do not do."""
        photo_id, workspace, size = self._photo_id, self._workspace, self._size()
        there, needed = self._near or self._pixmap, self.zoom.rect.width() * self.devicePixelRatioF()
        if photo_id is None or there is None or self.zoom.is_fitted or self._near is not None:
            return
        if needed <= there.width() * 1.05 or size.width() <= there.width():
            return
        edge = min(round(max(size.width(), size.height())), _NEAR_EDGE)

        def done(image: QImage | None) -> None:
            if image is not None and photo_id == self._photo_id:
                self._near = QPixmap.fromImage(image)
                self.update()

        self._nearing.start(lambda: read_picture(workspace, photo_id, edge), done, lambda _error: None)

    # ------------------------------------------------------------------------------------ painting

    def _fit(self) -> QPixmap:
        assert self._pixmap is not None
        ratio = self.devicePixelRatioF()
        box = QSize(round(self._picture_box().width() * ratio), round(self._picture_box().height() * ratio))
        source = self._pixmap.size()
        known = self._photo
        # A small photo is not blown up; its thumbnail already takes the place that the photo will have.
        if self._sharp:
            box = box.boundedTo(source)
        elif known is not None and known.width and known.height:
            box = box.boundedTo(QSize(known.width, known.height))
        size = source.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        made = self._pixmap.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        made.setDevicePixelRatio(ratio)
        return made

    def _paint_picture(self, painter: QPainter, pixmap: QPixmap) -> QRectF:
        """Paint it; returns where all of it is, also what is beyond the edges."""
        if not self.zoom.is_fitted:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            shown = self._near or pixmap
            painter.drawPixmap(self._zoom.rect, shown, QRectF(shown.rect()))
            return self._zoom.rect
        if self._fitted is None:
            self._fitted = self._fit()
        size, box = self._fitted.deviceIndependentSize(), QRectF(self._picture_box())
        corner = QPointF(
            box.left() + (box.width() - size.width()) / 2, box.top() + (box.height() - size.height()) / 2
        )
        painter.drawPixmap(corner, self._fitted)
        return QRectF(corner, size)

    # ------------------------------------------------------------------------------------ input

    def _show_hand(self) -> None:
        """A hand where the picture can be moved."""
        if self.zoom.is_fitted:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _zoomed(self) -> None:
        self._show_hand()
        self._near_by.start()
        self._fitted = None
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom.zoom(1 + event.value(), event.position())
                self._zoomed()
            return True
        return super().event(event)

    def _press_zoom_key(self, event: QKeyEvent) -> bool:
        keys, zoom = Qt.Key, self.zoom
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        by = {
            keys.Key_Left: (_PAN, 0), keys.Key_Right: (-_PAN, 0),
            keys.Key_Up: (0, _PAN), keys.Key_Down: (0, -_PAN),
        }.get(key)  # fmt: skip
        if key in (keys.Key_Plus, keys.Key_Equal):
            zoom.zoom(STEP)
        elif key == keys.Key_Minus:
            zoom.zoom(1 / STEP)
        elif key == keys.Key_0:
            zoom.reset()
        elif key == keys.Key_1:
            zoom.show_pixels()
        elif by is not None and shift and not zoom.is_fitted:
            zoom.move(QPointF(*by))
        else:
            return False
        self._zoomed()
        return True

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches and self._pixmap is not None and not self._failed:
            self.zoom.zoom(STEP**notches, event.position())
            self._zoomed()
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moved = event.position(), False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        by = event.position() - self._pressed
        self._moved = self._moved or by.manhattanLength() >= _DRAG
        if self._moved and not self.zoom.is_fitted:
            self._pressed = event.position()
            self._zoom.move(by)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        self._show_hand()
        if not self._moved and self.zoom.is_fitted:  # from near a click is a drag that did not go far
            self.on_clicked(event.position())
        self._moved = False

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._pixmap is not None and not self._failed:
            self.zoom.toggle(event.position())
            self._zoomed()


def read_picture(workspace: Workspace, photo_id: int, edge: int) -> QImage | None:
    """A photo's picture with so long an edge at most; None: it cannot be shown.  Waits: for the pool."""
    return decode_jpeg(workspace.library.preview(photo_id, edge))
