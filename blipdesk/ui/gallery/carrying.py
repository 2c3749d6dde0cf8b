"""A press on a photo that moves on carries photos out of the gallery; beside photos it begins a band."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from blipdesk.ui.gallery.band import BandView
from blipdesk.ui.gallery.model import GalleryModel
from blipdesk.ui.gallery.selecting import Command


class CarryingView(BandView):
    """Emits ``drag_began`` once the pointer moves away with a photo; what is selected then is meant."""

    drag_began = Signal()

    def __init__(self, model: GalleryModel) -> None:
        super().__init__(model)
        self._carried: QPoint | None = None
        """Where a photo was pressed; None: none is."""
        self._is_away = False
        """The pointer has moved away with it, and the button is still held."""
        self._alone = -1
        """The row that is selected alone when the button is let go: until then all may be carried."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, plain = event.position().toPoint(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        self._carried, self._alone, self._is_away = None, -1, False
        if event.button() != Qt.MouseButton.LeftButton or not plain or not self._is_photo(point):
            super().mousePressEvent(event)
            return
        self._carried = point
        index = self.indexAt(point)
        if self.selected_count() > 1 and self.selectionModel().isSelected(index):
            self._alone = index.row()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.selectionModel().setCurrentIndex(index, Command.NoUpdate)
            self.pressed.emit(index)
        else:
            super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._carried, self._is_away = None, False
        if self._is_away:
            return
        if self._carried is None:
            super().mouseMoveEvent(event)
        elif (
            event.position().toPoint() - self._carried
        ).manhattanLength() >= QApplication.startDragDistance():
            self._carried, self._alone, self._is_away = None, -1, True
            self.drag_began.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        alone, self._carried, self._alone, self._is_away = self._alone, None, -1, False
        if alone >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.select_row(alone)
        else:
            super().mouseReleaseEvent(event)
