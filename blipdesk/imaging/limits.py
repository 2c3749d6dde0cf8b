"""What one photo may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """Bytes of the file, pixels of the picture, seconds and bytes of memory of its decoding.

    Time and memory are enforced around the decoder process, the others by the decoding itself.
    """

    max_bytes: int = 512 << 20
    max_jpeg_pixels: int = 300_000_000
    max_pixels: int = 120_000_000
    seconds: float = 30.0
    memory: int = 2 << 30

    def pixels_of(self, format_name: str) -> int:
        """The pixel limit of a format: a JPEG is decoded at reduced scale and may be larger."""
        return self.max_jpeg_pixels if format_name == "JPEG" else self.max_pixels


DEFAULT_LIMITS = DecodeLimits()
