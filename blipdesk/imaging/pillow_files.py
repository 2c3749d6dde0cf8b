"""What Pillow is given to open, and its limits, which are module globals."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

# Pillow's limits are module globals; every decode of this process sets them under this lock.
_pillow = threading.RLock()


@contextmanager
def pillow_settings(max_pixels: int, truncated: bool) -> Iterator[None]:
    """Set Pillow's limit of pixels, and whether it decodes what is cut off, for one decode."""
    with _pillow:
        saved = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = max_pixels, truncated
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = saved


class MemoryFile(io.RawIOBase):
    """A file over borrowed memory: ``BytesIO`` would copy the 500 MiB of a large one."""

    def __init__(self, view: memoryview) -> None:
        super().__init__()
        self._view = view
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The position, bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; raises ValueError before the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._view)}[whence]
        if base + offset < 0:
            raise ValueError("seek before the start")
        self._at = base + offset
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """A copy of the next bytes."""
        end = len(self._view) if size is None or size < 0 else self._at + size
        piece = bytes(self._view[self._at : end])
        self._at += len(piece)
        return piece

    def release(self) -> None:
        """Let go of the memory: Pillow may hold on to this file for longer than its owner lends it."""
        self._view = memoryview(b"")
