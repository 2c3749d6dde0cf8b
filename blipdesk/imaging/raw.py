"""The JPEG previews inside camera RAW files, which are what is decoded of them.

Makers keep them in places of their own (TIFF directories, notes, boxes, headers), which change with each
camera; but a JPEG is one wherever it lies.  So the file is searched for them, and its TIFF directories, where
it has some, only say what the search may not take for one: the sensor's own data, which in some DNG files are
JPEG tiles too.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

LEAST_EDGE = 64
"""Longest edge of a preview that is worth a caption, pixels; smaller ones are stamps."""
_TIFF_STARTS = {b"II*\0": "<", b"MM\0*": ">", b"IIRO": "<", b"IIRS": "<", b"MMOR": ">", b"IIU\0": "<"}
"""Byte order by the first bytes: TIFF (TIFF 6.0), and Olympus' and Panasonic's own magics for it."""
_JPEG_START = re.compile(rb"\xff\xd8\xff")
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""What ends entropy-coded data: neither a stuffed byte nor a restart (T.81, B.1.1.5)."""
_BASELINE_TO_PROGRESSIVE = frozenset({0xC0, 0xC1, 0xC2})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_MOST_FOUND = 200
_MOST_SEGMENTS = 400
_MOST_IFDS, _MOST_FIELDS, _MOST_VALUES = 32, 500, 20_000
_SUBFILE, _PHOTOMETRIC, _ORIENTATION, _SUB_IFDS = 0x00FE, 0x0106, 0x0112, 0x014A
_OFFSETS = {0x0111: 0x0117, 0x0144: 0x0145}
"""Where strips and tiles lie, and how long they are."""
_DNG_VERSION, _CFA_PATTERN = 0xC612, 0x828E
_SENSOR = frozenset({32803, 34892, 51177, 52527})
"""Photometric interpretations of what is no picture: mosaic, LinearRaw, depth map, mask (DNG 1.6)."""
_CODES = {1: "B", 3: "H", 4: "I", 13: "I"}
_CR3_DIRECTORY = b"CMT1"
_SEARCHED_FOR_IT = 1 << 16


@dataclass(frozen=True, slots=True)
class Preview:
    """One JPEG inside the file: ``start`` to ``end``, in bytes, and its size in pixels."""

    start: int
    end: int
    width: int
    height: int


_Ifd = dict[int, list[int]]
"""Tag to the values of an integer field."""


def is_raw_tiff(view: memoryview) -> bool:
    """Whether a TIFF file is a camera's RAW file, whose first picture is only a stamp.

    Args:
        view: the file.
    """
    ifds = _directories(view)
    first = ifds[0] if ifds else {}
    named = _DNG_VERSION in first or _CFA_PATTERN in first
    return named or bytes(view[8:11]) == b"CR\x02" or (first.get(_SUBFILE) == [1] and _SUB_IFDS in first)


def find_previews(view: memoryview) -> list[Preview]:
    """The JPEG pictures of a RAW file, the largest first; those nested in others come after them.

    Args:
        view: the file.
    """
    sensor = _sensor_data(_directories(view))
    found: list[Preview] = []
    for match in _JPEG_START.finditer(view):
        at = match.start()
        if any(start <= at < end for start, end in sensor):
            continue
        preview = _jpeg_at(view, at)
        if preview and max(preview.width, preview.height) >= LEAST_EDGE:
            found.append(preview)
            if len(found) == _MOST_FOUND:
                break
    return sorted(found, key=lambda p: p.width * p.height, reverse=True)


def orientation_of(view: memoryview) -> int:
    """How the file says that its pictures are to be turned (EXIF 2.32, Orientation); 1 where it does not."""
    start = 0
    if bytes(view[4:12]) == b"ftypcrx ":
        at = bytes(view[:_SEARCHED_FOR_IT]).find(_CR3_DIRECTORY)
        start = at + len(_CR3_DIRECTORY) if at >= 0 else 0
    ifds = _directories(view[start:])
    values = ifds[0].get(_ORIENTATION, []) if ifds else []
    return values[0] if len(values) == 1 and 1 <= values[0] <= 8 else 1


# ------------------------------------------------------------------------------------- JPEG (ITU-T T.81)


def _jpeg_at(view: memoryview, at: int) -> Preview | None:
    """The JPEG that starts there, if its header is one that can be decoded."""
    size: tuple[int, int] | None = None
    position = at + 2
    for _ in range(_MOST_SEGMENTS):
        if position + 4 > len(view) or view[position] != 0xFF:
            return None
        marker = view[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        length = view[position + 2] << 8 | view[position + 3]
        if marker < 0xC0 or _SOI <= marker <= _EOI or length < 2:
            return None
        if marker in _FRAMES:
            size = _frame_size(view[position : position + 2 + length], marker)
            if size is None:
                return None
        position += 2 + length
        if marker == _SOS:
            return Preview(at, _end_of(view, position), *size) if size else None
    return None


def _frame_size(segment: memoryview, marker: int) -> tuple[int, int] | None:
    """Width and height of a frame header that Pillow decodes; None for the others, such as lossless ones."""
    if marker not in _BASELINE_TO_PROGRESSIVE or len(segment) < 10 or segment[4] != 8:
        return None
    height, width = struct.unpack_from(">HH", segment, 5)
    return (width, height) if width and height and segment[9] in (1, 3) else None


def _end_of(view: memoryview, position: int) -> int:
    """Where the JPEG ends whose first scan starts at ``position``; the file's end for one that is cut off."""
    for _ in range(_MOST_SEGMENTS):
        found = _NEXT_MARKER.search(view, position)
        if found is None or found.start() + 4 > len(view):
            break
        if view[found.start() + 1] == _EOI:
            return found.end()
        position = found.end() + (view[found.end()] << 8 | view[found.end() + 1])
    return len(view)


# ------------------------------------------------------------------------------------- TIFF directories


def _directories(view: memoryview) -> list[_Ifd]:
    """The directories that can be followed, in the order in which they are named; IFD0 is the first."""
    order = _TIFF_STARTS.get(bytes(view[:4]))
    if order is None or len(view) < 8:
        return []
    ifds: list[_Ifd] = []
    todo, seen = [struct.unpack_from(order + "I", view, 4)[0]], set()
    while todo and len(ifds) < _MOST_IFDS:
        at = todo.pop(0)
        if at in seen or not 8 <= at <= len(view) - 2:
            continue
        seen.add(at)
        ifd: _Ifd = {}
        end = at + 2
        for entry in _entries(view, order, at):
            end += 12
            values = _values(view, order, entry)
            if values:
                ifd[struct.unpack_from(order + "H", view, entry)[0]] = values
        ifds.append(ifd)
        todo += ifd.get(_SUB_IFDS, [])[:_MOST_IFDS]
        if end + 4 <= len(view):
            todo.append(struct.unpack_from(order + "I", view, end)[0])
    return ifds


def _entries(view: memoryview, order: str, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(order + "H", view, at)
    for index in range(min(count, _MOST_FIELDS)):
        entry = at + 2 + 12 * index
        if entry + 12 > len(view):
            return
        yield entry


def _values(view: memoryview, order: str, entry: int) -> list[int]:
    """The values of an integer field; empty for another one, or one that leaves the file."""
    _, kind, count = struct.unpack_from(order + "HHI", view, entry)
    code = _CODES.get(kind)
    if code is None or count > _MOST_VALUES:
        return []
    size = count * struct.calcsize(code)
    at = entry + 8 if size <= 4 else struct.unpack_from(order + "I", view, entry + 8)[0]
    return list(struct.unpack_from(f"{order}{count}{code}", view, at)) if at + size <= len(view) else []


def _sensor_data(ifds: list[_Ifd]) -> list[tuple[int, int]]:
    """From where to where the sensor's data lie."""
    spans: list[tuple[int, int]] = []
    for ifd in ifds:
        if _SENSOR.isdisjoint(ifd.get(_PHOTOMETRIC, [])):
            continue
        for to, length in _OFFSETS.items():
            pieces = list(zip(ifd.get(to, []), ifd.get(length, []), strict=False))
            if pieces:
                spans.append((min(at for at, _ in pieces), max(at + size for at, size in pieces)))
    return spans
