"""Places in which a caption is rare, and which are read so that none of ours hides it.

The parts that extend a JPEG's packet (XMP part 3, 1.1.3.1), a GIF's packet (1.1.2), a BigTIFF's first
directory, and what of a huge file can be looked at.  Reading only, and forgiving.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterable, Iterator
from itertools import islice

from blipdesk.metadata.chunks import Chunk, Sliced, is_png, is_webp, png_chunks, riff_chunks
from blipdesk.metadata.tiff import MAX_ENTRIES, TYPE_SIZES
from blipdesk.metadata.xmp import MAX_PACKET

_GUID = 32
_BEGINNING = 64 << 20
_BYTE = 1
_LARGER = bytes(MAX_PACKET + 1)
_MAX_EXTENDED, _MAX_BLOCKS = 4, 1_000_000
_CHUNKS = frozenset({b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"EXIF", b"XMP ", b"XMP\0"})
"""The chunks of PNG and WebP files in which a caption may stand."""
_XMP_APPLICATION = b"\x21\xff\x0bXMP DataXMP"
_XMP_TRAILER = b"\x01\xff\xfe\xfd\xfc"
_TEXTS = frozenset({0x010E, 0x02BC, 0x83BB, 0x8649, 0x9C9C})
"""The fields of a first directory in which a caption may stand."""
_POINTERS = frozenset({0x0111, 0x0117, 0x0144, 0x0145, 0x014A, 0x0201, 0x0202, 0x8769, 0x8825, 0xA005})


def extended_packets(parts: Iterable[bytes]) -> tuple[list[bytes], bool]:
    """The packets that extend the main one, put together, and whether there are more than are looked at.

    Args:
        parts: the payloads of their segments: name, digest of the whole, its length, where this part
            belongs, the part.
    """
    found: dict[bytes, bytearray] = {}
    cut = False
    for payload in parts:
        at = payload.find(b"\0") + 1
        if len(payload) < at + _GUID + 8:
            continue
        guid, (length, offset) = payload[at : at + _GUID], struct.unpack_from(">II", payload, at + _GUID)
        content = payload[at + _GUID + 8 :]
        if length > MAX_PACKET or (guid not in found and len(found) == _MAX_EXTENDED):
            cut = True
            continue
        if offset + len(content) > length:
            continue
        whole = found.setdefault(guid, bytearray())
        if len(whole) < offset + len(content):
            whole += bytes(offset + len(content) - len(whole))
        whole[offset : offset + len(content)] = content
    return [bytes(whole) for whole in found.values()], cut


def gif_packets(data: bytes) -> tuple[list[bytes], bool]:
    """The packets of a GIF file (GIF89a, 26): bare, and behind them 257 bytes that lead readers out.

    And whether there is more than is looked at.
    """
    position = 13 + _colours(data[10:11])
    packets: list[bytes] = []
    left = _MAX_BLOCKS
    while left > 0 and position < len(data) and len(packets) < _MAX_EXTENDED:
        kind = data[position]
        if kind == 0x2C:
            start = position + 11 + _colours(data[position + 9 : position + 10])
        elif kind == 0x21:
            start = position + 2
        else:
            return packets, False
        is_xmp = data.startswith(_XMP_APPLICATION, position)
        begin = position + len(_XMP_APPLICATION)
        position, left = _behind_blocks(data, start, left)
        if is_xmp:
            end = data.find(_XMP_TRAILER, begin, position)
            packets.append(data[begin : end if end >= 0 else position])
    return packets, position < len(data)


def _colours(flags: bytes) -> int:
    """Bytes of the table of colours that the flags tell of."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _behind_blocks(data: bytes, position: int, left: int) -> tuple[int, int]:
    """Where a chain of sub-blocks ends, and how many more may be looked at."""
    while left > 0 and position < len(data) and data[position]:
        position += data[position] + 1
        left -= 1
    return position + 1, left - 1


def condensed(data: Sliced) -> bytes:
    """What is looked at of a file too large to be read.

    Of a TIFF file that is the first directory, of PNG and WebP files the metadata (they may stand behind the
    picture), of others the beginning.  What there is more is told by one that is too large to be read.
    """
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        with contextlib.suppress(struct.error, IndexError):
            return classic(data)
    if is_png(data):
        return data[:8] + _metadata(data, png_chunks(data), b"\x7f\0\0\0eXIf")
    if is_webp(data):
        return data[:12] + _metadata(data, riff_chunks(data), b"EXIF\0\0\0\x7f")
    return data[:_BEGINNING]


def _metadata(data: Sliced, chunks: Iterator[Chunk], too_large: bytes) -> bytes:
    """The chunks of metadata, as they stand, as far as there is room; ``too_large`` ends what is cut."""
    kept: list[bytes] = []
    room, cut = _BEGINNING, False
    for chunk in islice(chunks, _MAX_BLOCKS):
        size = chunk.end - chunk.start
        if chunk.kind not in _CHUNKS:
            continue
        if size > room:
            cut = True
            continue
        kept.append(data[chunk.start : chunk.end])
        room -= size
    cut |= next(chunks, None) is not None
    return b"".join((*kept, too_large if cut else b""))


def classic(data: Sliced) -> bytes:
    """What the first directory of a TIFF or BigTIFF file says, as a TIFF block: texts and numbers alone.

    Of a text larger than any, and of more fields than any directory has, so much that they are still told
    for that.

    Raises:
        struct.error: it does not lie in the file.
    """
    order = "<" if data[:2] == b"II" else ">"
    big = 43 in data[2:4]
    head, number, entry = (8, "Q", "HHQ") if big else (4, "I", "HHI")
    wide = struct.calcsize(order + number)
    length = struct.calcsize(order + entry) + wide

    def unpack(layout: str, at: int) -> tuple[int, ...]:
        return struct.unpack(order + layout, data[at : at + struct.calcsize(order + layout)])

    (first,) = unpack(number, head)
    counted = "Q" if big else "H"
    (count,) = unpack(counted, first)
    start = first + struct.calcsize(order + counted)
    entries: list[tuple[int, int, int, bytes]] = []
    room = MAX_PACKET
    larger: set[int] = set()
    for index in range(min(count, MAX_ENTRIES)):
        at = start + length * index
        tag, kind, many = unpack(entry, at)
        size = TYPE_SIZES.get(kind, 0) * many
        begin = at + length - wide
        if size > wide:
            (begin,) = unpack(number, begin)
        if not size or begin + size > len(data) or tag in _POINTERS:
            continue
        if size <= room:
            room -= size
            entries.append((tag, kind, many, data[begin : begin + size]))
        elif tag in _TEXTS and tag not in larger:
            larger.add(tag)
            entries.append((tag, _BYTE, len(_LARGER), _LARGER))
    if count > MAX_ENTRIES:
        entries += [(0xFFFF, _BYTE, 1, b"\0")] * (MAX_ENTRIES + 1 - len(entries))
    entries.sort(key=lambda found: found[0])
    out = bytearray(data[:2] + struct.pack(order + "HIH", 42, 8, len(entries)))
    values = bytearray()
    behind = 8 + 2 + 12 * len(entries) + 4
    for tag, kind, many, value in entries:
        place = value.ljust(4, b"\0")
        if len(value) > 4:
            place = struct.pack(order + "I", behind + len(values))
            values += value + bytes(len(value) & 1)
        out += struct.pack(order + "HHI", tag, kind, many) + place
    return bytes(out + bytes(4) + values)
