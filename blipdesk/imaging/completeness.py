"""How much of a picture was really decoded.

libjpeg takes a header for 168 megapixels with 700 bytes behind it, reports nothing and hands out grey; with
``LOAD_TRUNCATED_IMAGES`` the other formats do the same.  A grey (or black) picture must not get a caption.
"""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageChops

LEAST_DECODED = 0.125
"""A picture with less of it than this is refused: a caption of a strip would mislead."""

_PIXELS_PER_BYTE = 512
# Each 8x8 block of luma costs a Huffman JPEG at least one bit, however dull it is: 512 pixels a byte.
_IS_MID_GREY = [int(126 <= value <= 129) for value in range(256)]
_PROBE = bytes((37 * i + 11) % 251 for i in range(32 * 1024))
"""Entropy-coded junk without a 0xFF, so without a marker."""


DraftDecode = Callable[[bytes], Image.Image]
"""Decodes a whole JPEG at an eighth of its size, without raising for missing data."""


def jpeg_cannot_hold(size_bytes: int, pixels: int) -> bool:
    """Whether a JPEG of this many bytes cannot hold even :data:`LEAST_DECODED` of that many pixels.

    Told before anything is allocated; the bound is exact for Huffman coding.
    """
    return size_bytes < pixels * LEAST_DECODED / _PIXELS_PER_BYTE


def decoded_share(flat: Image.Image) -> float:
    """The share of a picture known to be cut off that holds more than the decoder's filling, 0 to 1.

    Decoders fill what they did not get with one colour; a picture of a single colour gives 0.

    Args:
        flat: pixels as :func:`blipdesk.imaging.colour.flatten` gives them, not yet turned upright.
    """
    width, height = flat.size
    fill = flat.getpixel((width - 1, height - 1))
    box = ImageChops.difference(flat, Image.new(flat.mode, flat.size, fill)).getbbox()
    return (box[2] - box[0]) * box[3] / (width * height) if box else 0.0


def looks_cut_off(flat: Image.Image) -> bool:
    """Whether the last row of a decoded JPEG is libjpeg's filling: exact mid-grey from edge to edge."""
    width, height = flat.size
    lines = flat.crop((0, height - 1, width, height)).split()[:3]  # the black of CMYK is filled otherwise
    return all(band.point(_IS_MID_GREY).getextrema() == (1, 1) for band in lines)


def _end_of_first_scan(whole: bytes) -> int | None:
    """Where the entropy-coded data of the first scan end: at the first marker that is no restart."""
    at = 2
    while at + 4 <= len(whole) and whole[at] == 0xFF:
        marker, length = whole[at + 1], int.from_bytes(whole[at + 2 : at + 4], "big")
        if marker == 0xFF:
            at += 1
            continue
        at += 2 + length
        if marker == 0xDA:
            break
    else:
        return None
    while (at := whole.find(b"\xff", at)) != -1 and at + 1 < len(whole):
        if whole[at + 1] in {0x00, 0xFF} or 0xD0 <= whole[at + 1] <= 0xD7:
            at += 1 if whole[at + 1] == 0xFF else 2
            continue
        return at
    return None


def jpeg_ends_early(data: bytes, decode: DraftDecode) -> bool:
    """Settle whether a JPEG that decoded without complaint lacks data behind what it shows.

    More bytes are put where its first scan ends.  A complete scan never reads them; one that ended early
    takes them for its missing part, and the picture changes.

    Args:
        data: the file.
        decode: see :class:`DraftDecode`.
    """
    end = _end_of_first_scan(data)
    if end is None:
        return True
    longer = b"".join((data[:end], _PROBE, data[end:]))
    before, after = decode(data), decode(longer)
    return before.size == after.size and ImageChops.difference(before, after).getbbox() is not None
