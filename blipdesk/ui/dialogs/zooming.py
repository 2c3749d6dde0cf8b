"""Where a picture stands that is zoomed and moved about in a box."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

STEP = 1.25
"""How much nearer with one key or one notch of the wheel."""
_NEAREST = 8.0
"""Pixels of the screen for one of the photo."""


class Zoom:
    """The place of a picture; all lengths in logical pixels.

    A picture that fits is shown whole, and a small one in its own size.
    """

    def __init__(self) -> None:
        self._box, self._free, self._size, self._ratio = QRectF(), QRectF(), QSizeF(), 1.0
        self._scale: float | None = None
        """Logical pixels for one of the photo; None: as it fits."""
        self._middle = QPointF(0.5, 0.5)
        """What of the picture is in the middle of the box, as shares of its sides."""

    def set_place(self, box: QRectF, size: QSizeF, ratio: float, free: QRectF | None = None) -> None:
        """Show a photo in a box.

        Args:
            box: what of it is seen.
            size: of the photo, in its own pixels.
            ratio: pixels of the screen for a logical one.
            free: where it stands while it is whole; None: in all of the box.
        """
        self._box, self._free, self._size, self._ratio = box, free or box, size, ratio
        self._settle()

    def reset(self) -> None:
        """Show the whole picture."""
        self._scale, self._middle = None, QPointF(0.5, 0.5)

    @property
    def is_fitted(self) -> bool:
        """Whether the picture is shown whole."""
        return self._scale is None

    @property
    def fitting(self) -> float:
        """The scale at which it is whole."""
        if self._size.isEmpty() or self._free.isEmpty():
            return 1.0 / self._ratio
        across, down = self._free.width() / self._size.width(), self._free.height() / self._size.height()
        return min(across, down, 1.0 / self._ratio)

    @property
    def percent(self) -> int:
        """Pixels of the screen for a hundred of the photo."""
        return round(100 * (self._scale or self.fitting) * self._ratio)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer or go away; what is under the point (else in the middle) stays there."""
        self.scale_to((self._scale or self.fitting) * factor, at)

    def show_pixels(self) -> None:
        """One pixel of the photo for one of the screen."""
        self.scale_to(1.0 / self._ratio)

    def toggle(self, at: QPointF) -> None:
        """Come near to a point of the whole picture, pixel by pixel or twice as near; else show it whole."""
        if self.is_fitted:
            self.scale_to(max(1.0 / self._ratio, 2 * self.fitting), at)
        else:
            self.reset()

    def scale_to(self, scale: float, at: QPointF | None = None) -> None:
        """Show the photo in a scale, within the bounds there are."""
        at = self._box.center() if at is None else at
        before = self.rect
        if before.isEmpty():
            return
        share = QPointF((at.x() - before.left()) / before.width(), (at.y() - before.top()) / before.height())
        scale = min(scale, _NEAREST / self._ratio)
        if scale <= self.fitting * 1.001:
            self.reset()
            return
        self._scale = scale
        width, height = self._size.width() * scale, self._size.height() * scale
        off = at - self._box.center()
        self._middle = QPointF(share.x() - off.x() / width, share.y() - off.y() / height)
        self._settle()

    def move(self, by: QPointF) -> None:
        """Move the picture, as far as there is something of it beyond the edge."""
        if self._scale is not None:
            width, height = self._size.width() * self._scale, self._size.height() * self._scale
            self._middle -= QPointF(by.x() / width, by.y() / height)
            self._settle()

    def _settle(self) -> None:
        """No gap stays at an edge that the picture reaches."""
        if self._scale is None or self._size.isEmpty():
            return
        if self._scale <= self.fitting * 1.001:
            self.reset()
            return

        def held(share: float, room: float, length: float) -> float:
            half = min(room / length / 2, 0.5)
            return min(max(share, half), 1.0 - half)

        width, height = self._size.width() * self._scale, self._size.height() * self._scale
        self._middle = QPointF(
            held(self._middle.x(), self._box.width(), width),
            held(self._middle.y(), self._box.height(), height),
        )

    @property
    def rect(self) -> QRectF:
        """Where the whole picture stands, also what of it is beyond the box."""
        scale = self._scale or self.fitting
        width, height = self._size.width() * scale, self._size.height() * scale
        middle = (self._free if self.is_fitted else self._box).center()
        return QRectF(
            middle.x() - self._middle.x() * width, middle.y() - self._middle.y() * height, width, height
        )
