"""The preview picture: rounded, cropped a little where that fills the box, whole where it would lose much."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.theme import RADIUS_PREVIEW, SIZE_META, colors, font, theme

MAX_CROP = 0.02
"""Share of the picture that may be hidden to fill the box; past that it is shown whole, over its blur."""

_BLUR = (10, 6)
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class PreviewPicture(QWidget):
    """Shows one picture, or an icon with a sentence; click, Space or Enter ask for the large view."""

    activated = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pixmap: QPixmap | None = None
        self._icon, self._sentence = "image", ""
        self._fitted: QPixmap | None = None
        theme().changed.connect(self._drop_fitted)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_reading(self, tr("Preview"), tr("Press Enter for the large view"))

    @property
    def has_picture(self) -> bool:
        """True when a picture is shown."""
        return self._pixmap is not None

    @property
    def sentence(self) -> str:
        """The words shown instead of a picture."""
        return "" if self.has_picture else self._sentence

    def show_image(self, image: QImage) -> None:
        """Show a decoded picture."""
        self._pixmap = QPixmap.fromImage(image)
        self._fitted = None
        self.update()

    def show_placeholder(self, icon: str, sentence: str = "") -> None:
        """Show an icon and a few words instead of a picture."""
        self._pixmap = self._fitted = None
        self._icon, self._sentence = icon, shown(sentence)
        self.update()

    def wanted_edge(self) -> int:
        """Longest edge in device pixels that this box can show."""
        return int(max(self.width(), self.height()) * self.devicePixelRatioF() * (1 + MAX_CROP))

    def _fit(self, box: QSize) -> QPixmap:
        """The picture for the box, in device pixels: filling it, or whole over a blurred ground of itself."""
        assert self._pixmap is not None
        ratio = self.devicePixelRatioF()
        target = QSize(round(box.width() * ratio), round(box.height() * ratio))
        source = self._pixmap.size()
        cover = source.scaled(target, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        lost = 1 - target.width() * target.height() / max(cover.width() * cover.height(), 1)
        made = QPixmap(target)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if lost <= MAX_CROP:
            self._draw_centred(painter, target, cover)
        else:
            # A few pixels, smoothly enlarged, are a blur that costs nothing.
            tiny = self._pixmap.scaled(*_BLUR, Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH)
            painter.drawPixmap(QRect(QPoint(0, 0), target), tiny)
            painter.fillRect(QRect(QPoint(0, 0), target), colors().color("raised", 150))
            self._draw_centred(painter, target, source.scaled(target, Qt.AspectRatioMode.KeepAspectRatio))
        painter.end()
        return made

    def _draw_centred(self, painter: QPainter, target: QSize, size: QSize) -> None:
        assert self._pixmap is not None
        scaled = self._pixmap.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH)
        painter.drawPixmap(
            (target.width() - size.width()) // 2, (target.height() - size.height()) // 2, scaled
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS_PREVIEW, RADIUS_PREVIEW)
        painter.fillPath(shape, colors().color("raised"))
        if self._pixmap is not None:
            if self._fitted is None:
                self._fitted = self._fit(self.size())
            # Filled through a brush, not clipped: a clip path has hard, stepped corners.
            painter.setPen(Qt.PenStyle.NoPen)
            brush = QBrush(self._fitted)
            brush.setTransform(QTransform.fromScale(*(1 / self.devicePixelRatioF(),) * 2))
            painter.setBrush(brush)
            painter.drawRoundedRect(box, RADIUS_PREVIEW, RADIUS_PREVIEW)
        else:
            self._paint_placeholder(painter, box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors().color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_PREVIEW, RADIUS_PREVIEW)

    def _paint_placeholder(self, painter: QPainter, box: QRectF) -> None:
        mark = icons.pixmap(self._icon, "faint", 32)
        size = mark.deviceIndependentSize()
        words = bool(self._sentence)
        top = (box.height() - size.height() - (28 if words else 0)) / 2
        painter.drawPixmap(
            QRectF((box.width() - size.width()) / 2, top, size.width(), size.height()).topLeft(), mark
        )
        if words:
            painter.setFont(font(SIZE_META))
            painter.setPen(colors().color("muted"))
            line = QRectF(12, top + size.height() + 8, box.width() - 24, 20)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._sentence)

    @override
    def resizeEvent(self, event: object) -> None:
        self._fitted = None

    def _drop_fitted(self) -> None:
        self._fitted = None
        self.update()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.has_picture else Qt.CursorShape.ArrowCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)
