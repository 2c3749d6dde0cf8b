"""Pictures from bytes, on the workers' threads: JPEGs that our own decoder made, and nothing else.

The format is said, never guessed.  A guess asks all plugins, of which SVG's connects a signal and so waits
for a lock of Qt while it holds Python's; where the GUI thread deletes a widget meanwhile, it holds the one
and waits for the other, and the window stands still for good (seen with PySide6 6.11).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QImage, QImageReader


def decode_jpeg(data: bytes | None, scaled: Callable[[QSize], QSize] | None = None) -> QImage | None:
    """Decode a JPEG; safe on any thread, and the others go on (``QImage.fromData`` holds Python's lock).

    Args:
        data: the whole file, None where there is none.
        scaled: the size to decode to, from the one that the file says, in pixels; None for that one.

    Returns:
        The picture; None when there is no file, or one that is no JPEG or cannot be decoded.
    """
    if not data:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if scaled is not None and size.width() > 0 and size.height() > 0:
        reader.setScaledSize(scaled(size))
    image = reader.read()
    return None if image.isNull() else image
