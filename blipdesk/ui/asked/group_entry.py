"""A group of answers, and the photos that have it, listed below when that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.asked import AnswerGroup, AskedPhoto
from blipdesk.domain.paths import file_name
from blipdesk.domain.wording import plural, tr
from blipdesk.ui import icons
from blipdesk.ui.asked.rows import GroupRow, Row
from blipdesk.ui.asked.words import percent
from blipdesk.ui.pane.controls import icon_button
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import RADIUS_CONTROL, SIZE_BODY, SIZE_META, SPACE_M, SPACE_S, SPACE_XS, colors

MOST_PHOTOS = 30
"""Photos of a group that are listed; the gallery shows all."""
THUMBNAIL = QSize(48, 36)
_HEIGHT = 44


@dataclass(frozen=True, slots=True)
class Listed:
    """A photo of the list, with its picture where there is one."""

    photo: AskedPhoto
    image: QImage | None


class PhotoRow(Row):
    """A photo with its picture and name; of a closed question, how probable its answer is."""

    def __init__(self, listed: Listed) -> None:
        super().__init__()
        self.photo_id = listed.photo.photo_id
        self._image = None if listed.image is None else QPixmap.fromImage(listed.image)
        self._name = shown(file_name(listed.photo.path))
        share = listed.photo.probability
        self._share = "" if share is None else percent(share)
        self.setFixedHeight(_HEIGHT)
        set_reading(self, " ".join(part for part in (self._name, self._share) if part), tr("Show this photo"))
        set_tooltip(self, shown(listed.photo.path))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._begin()
        box = QRect(SPACE_S, (self.height() - THUMBNAIL.height()) // 2, *THUMBNAIL.toTuple())
        self._paint_picture(painter, box)
        inner = self.rect().adjusted(box.right() + SPACE_M, 0, -SPACE_M, 0)
        self._say(painter, inner, self._share, "muted", SIZE_META, right=True)
        self._say(painter, inner.adjusted(0, 0, -60, 0), self._name, "text", SIZE_BODY)

    def _paint_picture(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors().color("raised"))
        if self._image is None:
            painter.drawRoundedRect(QRectF(box), RADIUS_CONTROL, RADIUS_CONTROL)
            painter.drawPixmap(box.center().x() - 8, box.center().y() - 8, icons.pixmap("image", "faint", 16))
            return
        # Filled through a brush, not clipped: a clip path has hard, stepped corners.
        size = self._image.size()
        scale = max(box.width() / size.width(), box.height() / size.height())
        brush = QBrush(self._image)
        left = box.center().x() - size.width() * scale / 2
        top = box.center().y() - size.height() * scale / 2
        brush.setTransform(QTransform().translate(left, top).scale(scale, scale))
        painter.setBrush(brush)
        painter.drawRoundedRect(QRectF(box), RADIUS_CONTROL, RADIUS_CONTROL)


class GroupEntry(QWidget):
    """The arrow (or the right key) lists the photos; the row itself shows them all in the gallery."""

    photos_wanted = Signal()
    photo_chosen = Signal(int)
    toggled = Signal(bool)

    def __init__(self, group: AnswerGroup) -> None:
        super().__init__()
        self.group = group
        self.row = GroupRow(group)
        self.photos: list[PhotoRow] = []
        self.toggle = icon_button("chevron-right", tr("List the photos"), size=24, glyph=14)
        self.toggle.setCheckable(True)
        set_reading(self.toggle, tr("List the photos"), self.row.accessibleName())
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.toggle)
        head.addWidget(self.row, 1)
        self._rest = plain_label("", "meta")
        self._rest.setContentsMargins(SPACE_M, SPACE_XS, 0, SPACE_S)
        self._rest.hide()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(24 + SPACE_XS, 0, 0, 0)
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._list)
        self._list.addWidget(self._rest)
        self.setFocusProxy(self.row)
        self.toggle.toggled.connect(self._on_toggled)

    def open_with(self, photos: Sequence[Listed] | None) -> None:
        """Be open from the start, with what was listed of it before."""
        if photos is not None:
            self.show_photos(photos)
        self.toggle.setChecked(True)

    def show_photos(self, photos: Sequence[Listed]) -> None:
        """List these."""
        for row in self.photos:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.photos = [PhotoRow(listed) for listed in photos]
        for place, row in enumerate(self.photos):
            row.clicked.connect(lambda _=False, row=row: self.photo_chosen.emit(row.photo_id))
            row.setVisible(self.toggle.isChecked())
            self._list.insertWidget(place, row)
        more = self.group.count - len(self.photos)
        self._rest.setText(plural(more, tr("and {n} other"), tr("and {n} others")))
        self._rest.setVisible(more > 0 and self.toggle.isChecked())

    def _on_toggled(self, opened: bool) -> None:
        icons.bind_icon(self.toggle, "chevron-down" if opened else "chevron-right", "muted", size=14)
        for row in self.photos:
            row.setVisible(opened)
        self._rest.setVisible(opened and self.group.count > len(self.photos) > 0)
        self.toggled.emit(opened)
        if opened:
            self.photos_wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.toggle.setChecked(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)
