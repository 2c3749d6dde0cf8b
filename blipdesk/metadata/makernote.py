"""Whether a MakerNote points beyond the EXIF block it lies in.

Nothing documents all of them; this is a heuristic that errs towards refusing.  A note that is laid out like
a TIFF directory is followed with both usual meanings of its offsets (from the start of the EXIF block, from
the start of the note or of a TIFF header inside it).  A value that leaves the block under the meaning that
fits best would come to lie in appended bytes, and what another program shows of it would change.
"""

from __future__ import annotations

import struct

from blipdesk.metadata.tiff import TYPE_SIZES, Entry, TiffBlock

_FIELDS = {"<": struct.Struct("<HHII"), ">": struct.Struct(">HHII")}
_SEARCHED = 48
_MAX_FIELDS = 600
_MAX_VALUES = 1 << 20


def reaches_out(block: TiffBlock, note: Entry) -> bool:
    """True when a value of the note ends behind the block."""
    data, start, end = block.data, note.value_at, note.value_at + note.size
    inner = _inner_header(data, start, end)
    if inner is not None:
        base, order = inner
        first = struct.unpack_from(order + "I", data, base + 4)[0]
        spans = _directory(data, base + first, end, order) if first < note.size else None
        return spans is not None and any(base + offset + size > len(data) for offset, size in spans)
    swapped = "<" if block.order == ">" else ">"
    for order in (block.order, swapped):
        for position in range(start, min(start + _SEARCHED, end - 14), 2):
            spans = _directory(data, position, end, order)
            if spans:
                return _leaves(spans, start, end, position, len(data))
    return False


def _inner_header(data: bytes, start: int, end: int) -> tuple[int, str] | None:
    """Offset and byte order of a TIFF header at the start of the note (Nikon and others)."""
    head = data[start : min(start + 32, end)]
    for magic, order in ((b"II*\0", "<"), (b"MM\0*", ">")):
        at = head.find(magic)
        if at >= 0 and start + at + 8 <= end:
            return start + at, order
    return None


def _directory(data: bytes, at: int, end: int, order: str) -> list[tuple[int, int]] | None:
    """The (offset, size) of the values outside their entries, or None when this is no directory."""
    if at < 0 or at + 2 > end:
        return None
    (count,) = struct.unpack_from(order + "H", data, at)
    if not 1 <= count <= _MAX_FIELDS or at + 2 + 12 * count > len(data):
        return None
    spans: list[tuple[int, int]] = []
    odd, last = 0, -1
    for tag, kind, number, offset in _FIELDS[order].iter_unpack(data[at + 2 : at + 2 + 12 * count]):
        odd += kind not in TYPE_SIZES or number > _MAX_VALUES or tag < last
        if odd * 5 > count:
            return None
        last = tag
        size = TYPE_SIZES.get(kind, 0) * number
        if size > 4:
            spans.append((offset, size))
    return spans


def _leaves(spans: list[tuple[int, int]], start: int, end: int, directory: int, length: int) -> bool:
    bases = (0, start, directory)
    inside = [all(start <= base + o and base + o + s <= end for o, s in spans) for base in bases]
    if any(inside):
        return False
    return any(offset + size > length for offset, size in spans)
