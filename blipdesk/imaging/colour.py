"""Any mode and colour profile to 8-bit sRGB."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import cast

from PIL import Image, ImageCms, ImageStat

_MAX_PROFILE_BYTES = 4 << 20
"""Real profiles are below 2 MiB (printer tables); a larger one is junk that only costs memory."""

_SPACE_OF_MODE = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
_WHITE, _MID_GREY = 255, 128
_NEARLY_WHITE = 225
_SIXTEEN_BIT_STEPS = ((255.0, 1.0), (1023.0, 4.0), (4095.0, 16.0), (16383.0, 64.0), (65535.0, 257.0))
"""Largest value of the picture -> divisor: 10, 12 and 14-bit pictures stored in 16 bits are else black."""


def _scaled_grey(im: Image.Image) -> Image.Image:
    """Integers of 16 or 32 bits, or floats, to ``L`` by their range."""
    if im.mode.startswith("I;16"):
        im = im.convert("I")
    low, high = map(float, cast("tuple[float, float]", im.getextrema()))  # one band, one pair
    if not (math.isfinite(low) and math.isfinite(high)):
        low, high = 0.0, 1.0
    if im.mode == "F" and low >= 0.0 and high <= 1.0:
        scale, offset = 255.0, 0.0
    elif low >= 0.0 and high <= 65535.0:
        scale = 1.0 / next(divisor for top, divisor in _SIXTEEN_BIT_STEPS if high <= top)
        offset = 0.0
    else:
        scale = 255.0 / max(high - low, 1e-9)
        offset = -low * scale
    return im.point(lambda value: value * scale + offset).convert("L")


def _over_background(im: Image.Image) -> Image.Image:
    """Put a picture with transparency on white, as pages and viewers do.

    White is what most cut-outs, drawings and screenshots were made to stand on.  A picture whose visible
    part is nearly white itself (a white logo) would vanish there and goes on mid-grey instead.
    """
    rgba = im.convert("RGBA")
    alpha = rgba.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return rgba.convert("RGB")
    seen = alpha.point(lambda value: 255 if value >= 64 else 0)
    background = _WHITE
    if seen.getextrema()[1]:
        light = ImageStat.Stat(rgba.convert("L"), mask=seen).mean[0]
        background = _MID_GREY if light > _NEARLY_WHITE else _WHITE
    base = Image.new("RGBA", rgba.size, (background, background, background, 255))
    base.alpha_composite(rgba)
    return base.convert("RGB")


def _lab_to_rgb(im: Image.Image) -> Image.Image:
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB"
    )
    return ImageCms.applyTransform(im, transform) or im


def flatten(im: Image.Image) -> Image.Image:
    """Opaque 8-bit pixels of the same picture, still in the colours of its profile.

    Returns:
        An image of mode ``RGB``, ``L`` or ``CMYK`` (Pillow has undone Adobe's inversion already).
    """
    if im.mode in {"RGB", "L"} and "transparency" not in im.info:
        return im
    if im.mode == "CMYK":
        return im
    if im.mode == "1":
        return im.convert("L")
    if im.mode in {"I", "F"} or im.mode.startswith("I;16"):
        return _scaled_grey(im)
    if im.mode == "LAB":
        return _lab_to_rgb(im)
    if im.mode in {"LA", "La", "RGBA", "RGBa", "PA"} or "transparency" in im.info:
        if im.mode == "La":
            im = im.convert("LA")
        return _over_background(im)
    return im.convert("RGB")


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The transform of one profile to sRGB; None where it is broken, sRGB already, or of another space."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != _SPACE_OF_MODE[mode]:
            return None
        if "srgb" in (source.profile.profile_description or "").lower():
            return None
        return ImageCms.buildTransform(
            source, ImageCms.createProfile("sRGB"), mode, "RGB", ImageCms.Intent.PERCEPTUAL
        )
    except Exception:  # noqa: BLE001 - a broken profile raises a dozen types, and never costs the picture
        return None


def srgb_converter(profile: object, mode: str) -> Callable[[Image.Image], Image.Image]:
    """The function that turns flattened pixels of ``mode`` into sRGB ``RGB`` pixels.

    A missing, broken, oversized or unfitting profile is ignored: then the pixels are taken as sRGB.

    Args:
        profile: what Pillow found under ``icc_profile``.
        mode: ``RGB``, ``L`` or ``CMYK``.
    """
    transform = None
    if isinstance(profile, bytes) and 128 <= len(profile) <= _MAX_PROFILE_BYTES:
        transform = _transform(profile, mode)

    def convert(im: Image.Image) -> Image.Image:
        if transform is not None:
            with suppress(ImageCms.PyCMSError, ValueError, OSError):  # a broken one is taken for none
                return ImageCms.applyTransform(im, transform) or im.convert("RGB")
        return im.convert("RGB")

    return convert
