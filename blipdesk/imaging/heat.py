"""A heat map over a photo: what is cold is dimmed and grey, what is hot stands in a warm light."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageEnhance, ImageOps, PngImagePlugin

_DIMMED = 0.55
"""Brightness of what is cold."""
_WARMTH = 150
"""How much of the warm light lies on the hottest point, of 255."""
_MARK = ("Software", "BlipDesk heat map")
"""A text chunk of the PNG specification, by which our maps are known again."""
_COLOURS = ("#5b1a8b", "#e8502f", "#ffd54a")
"""Violet over red to yellow: told apart by their lightness alone as well."""


def draw_heat(picture: bytes, width: int, height: int, values: Sequence[float]) -> bytes:
    """Draw a heat map over a picture.

    Args:
        picture: an encoded picture of our own making (a preview), upright.
        width: of the grid, which covers the whole picture.
        height: of the grid.
        values: row-major, 0 to 1.

    Returns:
        PNG, of the picture's size.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        photo = opened.convert("RGB")
    # Bytes at the grid's size: bicubic filtering of 8-bit values keeps within 0 to 255 by itself.
    grid = Image.frombytes("L", (width, height), bytes(round(255 * min(max(v, 0.0), 1.0)) for v in values))
    heat = grid.resize(photo.size, Image.Resampling.BICUBIC)
    cold = ImageEnhance.Brightness(ImageOps.grayscale(photo).convert("RGB")).enhance(_DIMMED)
    seen = Image.composite(photo, cold, heat)
    low, middle, high = _COLOURS
    light = ImageOps.colorize(heat, low, high, mid=middle)
    lit = Image.composite(light, seen, heat.point([value * _WARMTH // 255 for value in range(256)]))
    out = io.BytesIO()
    mark = PngImagePlugin.PngInfo()
    mark.add_text(*_MARK)
    lit.save(out, "PNG", pnginfo=mark)
    return out.getvalue()


def is_heat_map(path: str) -> bool:
    """True for a file that :func:`draw_heat` made.

    Raises:
        OSError: it cannot be read.
    """
    name, value = _MARK
    expected = name.encode() + b"\0" + value.encode()
    with open(path, "rb") as file:
        head = file.read(256)  # the mark stands before the pixels
    return head.startswith(b"\x89PNG\r\n") and expected in head
