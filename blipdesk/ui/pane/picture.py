"""Fetching the shown photo's picture: its thumbnail at once, the photo itself where that is too small."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from blipdesk.domain.errors import KnownError
from blipdesk.domain.jobs import THUMBNAIL_EDGE
from blipdesk.domain.values import Photo, PhotoState
from blipdesk.domain.wording import tr
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.pane.preview import PreviewPicture
from blipdesk.ui.tasks import LatestTask, single_shot

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

log = logging.getLogger(__name__)

_SETTLE_MS = 150
"""Wait before a full decode: the arrow keys may already be on the next photo."""
_SLOW_MS = 120
NO_FILE = (PhotoState.MISSING, PhotoState.OFFLINE)


class PictureLoader(QObject):
    """Feeds one :class:`PreviewPicture` from the pool; the newest photo wins."""

    def __init__(self, preview: PreviewPicture) -> None:
        super().__init__(preview)
        self._preview = preview
        self._workspace: Workspace | None = None
        self._photo: Photo | None = None
        self._key: tuple[int, str] | None = None
        self._task = LatestTask(self)
        self._sharpen = single_shot(self, _SETTLE_MS, self._load_sharp)
        self._slow = single_shot(self, _SLOW_MS, self._on_slow)

    def clear(self) -> None:
        """Forget the photo; what is shown stays until the next one."""
        self._task.cancel()
        self._sharpen.stop()
        self._slow.stop()
        self._photo = self._key = None

    def show_photo(self, photo: Photo, workspace: Workspace | None) -> None:
        """Show a photo's picture, again only when its content changed or it could not be shown before."""
        key = (photo.id, photo.content_hash)
        known = self._photo
        settled = self._preview.has_picture or (known is not None and known.state is photo.state)
        self._photo, self._workspace = photo, workspace
        if (key == self._key and settled) or workspace is None:
            return
        if self._key != key:
            self._slow.start()
        self._key = key
        self._sharpen.stop()
        self._task.start(
            lambda: decode_jpeg(workspace.library.thumbnail(photo.id)),
            self._on_thumbnail,
            self._on_failed,
            1,
        )

    def _on_slow(self) -> None:
        """The new photo's picture takes its time: do not show the former one under its name."""
        self._preview.show_placeholder("image")

    def _on_thumbnail(self, image: QImage | None) -> None:
        self._slow.stop()
        if image is None:
            self._show_none()
            return
        self._preview.show_image(image)
        if self._preview.wanted_edge() > max(THUMBNAIL_EDGE, image.width(), image.height()):
            self._sharpen.start()

    def _load_sharp(self) -> None:
        workspace, photo = self._workspace, self._photo
        if workspace is None or photo is None or photo.state in NO_FILE:
            return
        edge = self._preview.wanted_edge()

        def show(image: QImage | None) -> None:
            if image is not None:
                self._preview.show_image(image)

        self._task.start(lambda: decode_jpeg(workspace.library.preview(photo.id, edge)), show)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            log.error("a preview could not be read", exc_info=error)
        self._show_none()

    def _show_none(self) -> None:
        self._slow.stop()
        state = self._photo.state if self._photo is not None else None
        if state is PhotoState.OFFLINE:
            self._preview.show_placeholder("drive-off", tr("Drive not connected"))
        elif state is PhotoState.MISSING:
            self._preview.show_placeholder("image-off", tr("File not found"))
        else:
            self._preview.show_placeholder("image-off", tr("No picture could be read"))
