"""Photos to other programs: dragged out of the gallery, or copied to the clipboard."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QPainter, QPixmap

from blipdesk.domain.values import PhotoState, PhotoTile
from blipdesk.domain.wording import number, plural, tr
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.tasks import LatestTask
from blipdesk.ui.theme import SIZE_BODY, colors, font
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

MOST = 5000
"""Photos that are handed out at once: the receiving program opens them all."""
_COPIED_EDGE = 4096
"""Longest edge of a picture on the clipboard, pixels: 64 MB of it lie in memory."""
_GNOME = "x-special/gnome-copied-files"
_AWAY = (PhotoState.MISSING, PhotoState.OFFLINE)
_PICTURE, _STEP, _PILL = 96, 5, 22
"""Edge of the dragged picture, how far those behind it stand out, and the count's height; pixels."""


def file_url(path: str) -> QUrl:
    """The URL of a file whose name may be of any bytes.

    >>> file_url("/p/a b#c.jpg").toEncoded().data()
    b'file:///p/a%20b%23c.jpg'
    """
    return QUrl.fromEncoded(Path(path).as_uri().encode())


def mime_of(paths: Sequence[str], picture: QImage | None = None) -> QMimeData:
    """What another program gets: the files, and the picture itself where there is one."""
    data = QMimeData()
    urls = [file_url(path) for path in paths]
    data.setUrls(urls)
    lines = ["copy", *(bytes(url.toEncoded().data()).decode() for url in urls)]
    data.setData(_GNOME, "\n".join(lines).encode())
    if picture is not None:
        data.setImageData(picture)
    return data


def stack_picture(front: QPixmap | None, count: int, ratio: float) -> QPixmap:
    """The picture under the pointer: the photo, others behind it, and how many there are."""
    behind = min(count - 1, 2) * _STEP
    edge = _PICTURE + behind + _PILL // 2
    made = QPixmap(round(edge * ratio), round(edge * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    palette = colors()
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(palette.color("line"))
    painter.setBrush(palette.color("raised"))
    top = _PILL / 2
    height = _PICTURE * 0.75
    for shift in range(behind, -1, -_STEP):
        painter.drawRoundedRect(QRectF(shift + 0.5, top + shift + 0.5, _PICTURE - 1, height - 1), 6, 6)
    if front is not None:
        inside = QRectF(3, top + 3, _PICTURE - 6, height - 6)
        painter.drawPixmap(inside, front, QRectF(front.rect()))
    if count > 1:
        painter.setFont(font(SIZE_BODY, 600))
        words = number(count)
        width = max(_PILL, painter.fontMetrics().horizontalAdvance(words) + 14)
        pill = QRectF(edge - width, 0, width, _PILL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("accent"))
        painter.drawRoundedRect(pill, _PILL / 2, _PILL / 2)
        painter.setPen(palette.color("on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return made


class HandingOut(QObject):
    """Hands out what is selected in the gallery; ``said`` has a sentence for the toast."""

    said = Signal(str, bool)

    def __init__(self, view: GalleryView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._workspace: Workspace | None = None
        self._dragging, self._copying = LatestTask(self), LatestTask(self)
        view.drag_began.connect(self.drag)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Hand out this library's photos."""
        self._workspace = workspace

    def drag(self) -> None:
        """Drag the selected photos whose files are there, once their paths are read."""
        workspace, ids = self._workspace, self._view.selected_ids()[:MOST].tolist()
        current = self._view.current_id()
        if workspace is None or not ids:
            return

        def done(paths: list[str]) -> None:
            if not paths:
                self.said.emit(tr("No file of these photos is there"), False)
            elif QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:  # it is still held
                self.carry(paths, current)

        self._dragging.start(lambda: there(workspace, ids), done, self._on_failed, priority=4)

    def carry(self, paths: Sequence[str], current: int | None) -> None:
        """Let the pointer carry these files until it lets go; other events go on meanwhile."""
        drag = QDrag(self._view)
        drag.setMimeData(mime_of(paths))
        front = self._view.picture_of(current) if current is not None else None
        drag.setPixmap(stack_picture(front, len(paths), self._view.devicePixelRatioF()))
        drag.setHotSpot(QPoint(_PICTURE // 2, _PICTURE // 2))
        drag.exec(Qt.DropAction.CopyAction)

    def copy(self) -> None:
        """Put the selected photos on the clipboard: their files, of a single one the picture too."""
        workspace, ids = self._workspace, self._view.selected_ids()[:MOST].tolist()
        if workspace is None or not ids:
            return

        def read() -> tuple[list[str], QImage | None]:
            paths = there(workspace, ids)
            one = len(paths) == len(ids) == 1
            return paths, decode_jpeg(workspace.library.preview(ids[0], _COPIED_EDGE)) if one else None

        def done(found: tuple[list[str], QImage | None]) -> None:
            paths, picture = found
            if not paths:
                self.said.emit(tr("No file of these photos is there"), False)
                return
            QGuiApplication.clipboard().setMimeData(mime_of(paths, picture))
            self.said.emit(plural(len(paths), tr("Photo copied"), tr("{n} photos copied")), False)

        self._copying.start(read, done, self._on_failed, priority=3)

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(error_words(tr("The photos could not be read."), error), False)


def there(workspace: Workspace, ids: Sequence[int]) -> list[str]:
    """The paths of those photos whose files are there, in their order.  Waits: for the pool."""
    tiles = in_order(workspace, ids)
    return [tile.path for tile in tiles if tile.state not in _AWAY and os.path.exists(tile.path)]


def in_order(workspace: Workspace, ids: Sequence[int]) -> Iterator[PhotoTile]:
    """The photos' tiles, read some hundreds at a time."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        tiles = {tile.id: tile for tile in workspace.library.tiles(some)}
        yield from (tiles[i] for i in some if i in tiles)
