"""Multi-picture files (CIPA DC-007): the offsets of the further pictures move when the header grows."""

from __future__ import annotations

import struct

from blipdesk.metadata.jpeg import MPF_PREFIX, Header
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit
from blipdesk.metadata.tiff import TiffBlock

_MP_ENTRY = 0xB002
_UNREADABLE = "its index of further pictures is not readable"


def adjust(data: bytes, header: Header, edits: list[Edit]) -> list[Edit]:
    """The edits, and one more that keeps the index of a multi-picture file right.

    Offsets count from the index's own byte-order mark: edits before it move both alike, edits behind it move
    the pictures alone.  The first picture's size grows by all of them.

    Raises:
        Refusal: there is an index that cannot be read.
    """
    total = sum(edit.growth for edit in edits)
    segments = header.mpf(data)
    if not segments or total == 0:
        return edits
    if len(segments) > 1:
        raise Refusal(_UNREADABLE)
    segment = segments[0]
    base = segment.body + len(MPF_PREFIX)
    behind = sum(edit.growth for edit in edits if edit.start >= segment.end)
    block = TiffBlock(data[base : segment.end])
    entry = block.find("IFD0", _MP_ENTRY)
    if block.problems or entry is None or entry.size % 16 or entry.size < 16:
        raise Refusal(_UNREADABLE)
    payload = bytearray(block.data)
    layout = struct.Struct(block.order + "IIIHH")
    for at in range(entry.value_at, entry.value_at + entry.size, 16):
        attributes, size, offset, *rest = layout.unpack_from(payload, at)
        if offset == 0:
            size += total if size else 0
        else:
            if base + offset + size > len(data):
                raise Refusal(_UNREADABLE)
            offset += behind
        if not (0 <= size < 1 << 32 and 0 <= offset < 1 << 32):
            raise Refusal(_UNREADABLE)
        layout.pack_into(payload, at, attributes, size, offset, *rest)
    return [*edits, Edit(base, segment.end, bytes(payload))]
