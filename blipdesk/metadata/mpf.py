"""Multi-picture files (CIPA DC-007): the offsets of the further pictures move when the header grows."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from blipdesk.domain.wording import later
from blipdesk.metadata.jpeg import MPF_PREFIX, Header
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit, same_bytes
from blipdesk.metadata.tiff import TiffBlock

_MP_ENTRY = 0xB002
_UNREADABLE = later("its index of further pictures is not readable")


@dataclass(frozen=True, slots=True)
class _Index:
    """The index of one file: ``data[start:end]``, and in it ``places`` of 16 bytes for each picture."""

    start: int
    end: int
    order: str
    places: range

    def picture(self, data: bytes, at: int) -> tuple[int, int]:
        """Size and offset of the picture that the entry at ``at`` (from the start of the index) names."""
        size, offset = struct.unpack_from(self.order + "II", data, self.start + at + 4)
        return size, offset


def _index(data: bytes, header: Header) -> _Index | None:
    """The index, if there is one.

    Raises:
        Refusal: it cannot be read.
    """
    segments = header.mpf(data)
    if not segments:
        return None
    start, end = segments[0].body + len(MPF_PREFIX), segments[0].end
    block = TiffBlock(data[start:end])
    entry = block.find("IFD0", _MP_ENTRY)
    if len(segments) > 1 or block.problems or entry is None or entry.size % 16 or entry.size < 16:
        raise Refusal(_UNREADABLE)
    return _Index(start, end, block.order, range(entry.value_at, entry.value_at + entry.size, 16))


def adjust(data: bytes, header: Header, edits: list[Edit]) -> list[Edit]:
    """The edits, and one more that keeps the index of a multi-picture file right.

    Offsets count from the index's own byte-order mark: edits before it move both alike, edits behind it move
    the pictures alone.  The first picture's size grows by all of them.

    Raises:
        Refusal: there is an index that cannot be read.
    """
    total = sum(edit.growth for edit in edits)
    index = _index(data, header) if total else None
    if index is None:
        return edits
    behind = sum(edit.growth for edit in edits if edit.start >= index.end)
    new = bytearray(data[index.start : index.end])
    for at in index.places:
        size, offset = index.picture(data, at)
        if offset == 0:
            size += total if size else 0
        else:
            if index.start + offset + size > len(data):
                raise Refusal(_UNREADABLE)
            offset += behind
        if not (0 <= size < 1 << 32 and 0 <= offset < 1 << 32):
            raise Refusal(_UNREADABLE)
        struct.pack_into(index.order + "II", new, at + 4, size, offset)
    return [*edits, Edit(index.start, index.end, bytes(new))]


def is_kept(old: bytes, before: Header, new: bytes, after: Header) -> bool:
    """Whether the index of ``new`` names the same pictures, and differs in nothing but where they are.

    Raises:
        Refusal: one of the two cannot be read.
    """
    was, now = _index(old, before), _index(new, after)
    if was is None or now is None:
        return was is now
    expected = bytearray(old[was.start : was.end])
    if len(expected) != now.end - now.start or was.places != now.places:
        return False
    for at in was.places:
        (size, offset), (new_size, new_offset) = was.picture(old, at), now.picture(new, at)
        if offset:
            start, moved = was.start + offset, now.start + new_offset
            if new_size != size or not same_bytes(old, start, start + size, new, moved):
                return False
            struct.pack_into(was.order + "I", expected, at + 8, new_offset)
        elif size:
            if new_size != size + len(new) - len(old):
                return False
            struct.pack_into(was.order + "I", expected, at + 4, new_size)
    return expected == new[now.start : now.end]
