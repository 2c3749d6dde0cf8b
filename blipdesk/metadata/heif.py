"""HEIF and AVIF files as :class:`~blipdesk.metadata.container.Container` (ISO/IEC 23008-12).

Nothing that is there moves: the new content of the Exif item (and of an XMP item, where there is one) is
appended in an ``mdat`` box of its own, and only the numbers that say where that item lies are changed, in the
width that they have.  What stood there before is noted at the end of our box, so that the file as it was can
be told from the new one to the byte.

Files that count anything from their own end, or that do not name an Exif item, are refused.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from blipdesk.domain.wording import later
from blipdesk.metadata.heif_items import XMP_BOX, Item, Number, Place, Structure, read_structure
from blipdesk.metadata.jpeg import EXIF_PREFIX
from blipdesk.metadata.refusal import PARSE_ERRORS, Refusal
from blipdesk.metadata.unsafe import MOVED, SIGNED, refuse_several

_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_MAX_BLOCK = 4 << 20
_MAX_TOTAL = 16 << 20
_MAX_ITEMS = 64
_PATCH = struct.Struct(">QBQ")
"""One number that we changed: where it stands, its width, what it was."""
_FOOTER = struct.Struct(">HQI8s")
"""How many of those stand before it, length and CRC-32 of the file before, magic."""
_MAGIC = b"BlipDesk"
_STAY_PUT = frozenset({b"ftyp", b"meta", b"mdat", b"free", b"skip", b"wide", b"uuid"})
_VIDEO = later("a video in it is found by counting from the file's end")
_SEQUENCE = later("it is a sequence of pictures")
_REASONS = {
    b"mpvd": _VIDEO,  # Motion Photo format 1.0
    b"sefd": later("a trailer of its camera is found by counting from the file's end"),  # Samsung
    # Nothing in it would move; but a person's caption may stand in it (ISO/IEC 14496-12, 8.10), where
    # none is looked for.  Phones keep the film of a moment in a file of its own.
    b"moov": _SEQUENCE,
    b"moof": _SEQUENCE,
    b"mfra": _SEQUENCE,
}
_MOTION_PHOTO = (b"MicroVideo", b"MotionPhoto")
_BRANDS = frozenset(
    {
        b"heic",
        b"heix",
        b"heim",
        b"heis",
        b"hevc",
        b"hevx",
        b"hevm",
        b"hevs",
        b"mif1",
        b"msf1",
        b"avif",
        b"avis",
    }
)


def is_heif(data: bytes) -> bool:
    """Whether a file with these first bytes is a HEIF (23008-12, 10.2) or AVIF picture."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


@dataclass(frozen=True, slots=True)
class _Block:
    """One metadata item: ``head`` is what stands before the block itself."""

    item: Item
    head: bytes
    data: bytes


class HeifFile:
    """One HEIF or AVIF file; a box that an earlier write of ours appended counts as no part of it.

    Raises:
        Refusal: its boxes or its list of items are damaged.
    """

    xmp_tag = None

    def __init__(self, data: bytes) -> None:
        self._before = _without_ours(data)
        self._old = read_structure(self._before)
        self._now = self._old if self._before is data else read_structure(data)
        for structure in (self._now, self._old):
            if structure.problems:
                raise Refusal(structure.problems[0])
        exif, packets = _metadata_items(self._now)
        self._exif = [_behind_offset(block) for block in _contents(self._now, exif)]
        self._xmp = _contents(self._now, packets)

    @cached_property
    def exif(self) -> tuple[bytes, ...]:
        """The blocks of the Exif items that are about the picture."""
        return tuple(block.data for block in self._exif)

    @cached_property
    def xmp(self) -> tuple[bytes, ...]:
        """The packets of the XMP items that are about the picture, and of boxes of their own."""
        return (*(block.data for block in self._xmp), *_xmp_boxes(self._now))

    @property
    def takes_xmp(self) -> bool:
        """Only where an item holds a packet already: another item would move the others."""
        return bool(self._xmp)

    def refuse_unsafe(self) -> None:
        """Raise where nothing may be appended, or where the Exif item is not the only one of the picture."""
        old = self._old
        if any(box.kind == b"uuid" and old.data.startswith(_C2PA, box.body) for box in old.boxes):
            raise Refusal(SIGNED)
        if any(box.open for box in (*old.boxes, *old.meta)):
            raise Refusal(later("its last part is open-ended: whatever is appended would become part of it"))
        for box in old.boxes:
            if box.kind not in _STAY_PUT:
                raise Refusal(_REASONS.get(box.kind, later("it holds a part of an unknown kind")))
        if any(word in packet for packet in self.xmp for word in _MOTION_PHOTO):
            raise Refusal(_VIDEO)
        if old.box(b"ipro") or any(item.protected for item in old.items.values()):
            raise Refusal(later("it is protected"))
        for place in old.places.values():
            _refuse_open_place(place, len(old.data))
        if not self._exif:
            raise Refusal(later("it has no EXIF block, and there is no room for one"))
        if not self._exif[0].data:
            raise Refusal(later("its EXIF block is not readable"))
        if not self._now.describes_picture(self._exif[0].item.id):
            raise Refusal(later("its EXIF block is about a part of the picture"))
        refuse_several(self.exif, self.xmp)

    def refuse_unfit(self, exif: bytes | None, xmp: bytes | None) -> None:
        """Raise where an item cannot say a new place, or where there is none."""
        self._patches(self._changes(exif, xmp))

    def with_blocks(self, exif: bytes | None, xmp: bytes | None) -> bytes:
        """The file with the items' new contents in a box of ours, or without such a box where none is new."""
        contents = self._changes(exif, xmp)
        if not contents:
            return self._before
        old, patches = self._before, self._patches(contents)
        undo = b"".join(_PATCH.pack(number.at, number.width, number.value) for number, _ in patches)
        footer = _FOOTER.pack(len(patches), len(old), zlib.crc32(old), _MAGIC)
        body = b"".join((*contents.values(), undo, footer))
        out = bytearray(old)
        for number, value in patches:
            out[number.at : number.at + number.width] = value.to_bytes(number.width, "big")
        out += (8 + len(body)).to_bytes(4, "big") + b"mdat" + body
        return bytes(out)

    def prove(self, after: Self, exif_changed: bool) -> None:
        """Raise unless ``after`` is this file to the byte without our box, with the noted numbers put back.

        All that it lists must be the same, at the same places: items, what they describe, properties, but for
        the places of the metadata.
        """
        now, old = after._now, self._old
        may = {block.item.id for block in (*(self._exif if exif_changed else ()), *self._xmp)}
        places = [{i: place for i, place in s.places.items() if i not in may} for s in (self._now, now)]
        stays = [box for box in old.meta if box.kind != b"iloc"]
        same = (
            after._before == self._before
            and places[0] == places[1]
            and (now.items, now.primary, now.describes) == (old.items, old.primary, old.describes)
            and (now.meta, now.boxes[: len(old.boxes)]) == (old.meta, old.boxes)
            and all(now.data.startswith(memoryview(old.data)[b.start : b.end], b.start) for b in stays)
        )
        if not same:
            raise Refusal(MOVED)

    def _changes(self, exif: bytes | None, xmp: bytes | None) -> dict[int, bytes]:
        """The items whose content is not that of the file before, and what it becomes."""
        contents: dict[int, bytes] = {}
        for new, blocks, what in (
            (exif, self._exif, later("EXIF block")),
            (xmp, self._xmp, later("XMP packet")),
        ):
            if new is not None and not blocks:
                raise Refusal(later("it has no {what}, and there is no room for one").format(what=what))
            for block in blocks[:1]:
                item, content = block.item.id, block.head + (block.data if new is None else new)
                if content == self._old.content(item, _MAX_BLOCK):
                    continue
                if new == b"":
                    raise Refusal(later("its {what} cannot be taken out").format(what=what))
                contents[item] = content
        return contents

    def _patches(self, contents: dict[int, bytes]) -> list[tuple[Number, int]]:
        """The numbers that change for these contents, in this order behind the file, and what they become."""
        patches: list[tuple[Number, int]] = []
        at = len(self._before) + 8
        for item, content in contents.items():
            patches += _moved(self._old.places[item], at, content)
            at += len(content)
        return patches


# --------------------------------------------------------------------------------- finding the metadata


def _metadata_items(structure: Structure) -> tuple[list[Item], list[Item]]:
    """The Exif and the XMP items: those that are about the picture, else all."""
    items = list(structure.items.values())
    found = [i for i in items if i.kind == b"Exif"], [i for i in items if i.is_xmp]
    exif, packets = ([i for i in f if structure.describes_picture(i.id)] or f for f in found)
    return exif, packets


def _contents(structure: Structure, items: list[Item]) -> list[_Block]:
    if len(items) > _MAX_ITEMS:
        raise Refusal(later("it has more metadata than any picture"))
    blocks: list[_Block] = []
    room = _MAX_TOTAL  # a hostile file has ten thousand items that name the same bytes
    for item in items:
        content = structure.content(item.id, min(_MAX_BLOCK, room))
        room -= len(content)
        blocks.append(_Block(item, b"", content))
    return blocks


def _behind_offset(block: _Block) -> _Block:
    """The block of an Exif item, behind the offset that leads to it (23008-12, annex A.2.1)."""
    content = block.data
    skip = 4 + int.from_bytes(content[:4], "big")
    if content.startswith(EXIF_PREFIX, skip):  # some writers count to before it
        skip += len(EXIF_PREFIX)
    return _Block(block.item, content[:skip], content[skip:])


def _xmp_boxes(structure: Structure) -> list[bytes]:
    """Packets in boxes of their own, as video files have them (XMP specification part 3)."""
    data = structure.data
    boxes = [b for b in structure.boxes if b.kind == b"uuid" and data.startswith(XMP_BOX, b.body)]
    return [data[b.body + len(XMP_BOX) : b.end] for b in boxes if b.end - b.body <= _MAX_BLOCK]


def _refuse_open_place(place: Place, length: int) -> None:
    """Raise where an item reaches to the file's end, wherever that is, or beyond it."""
    if place.method == 0 and place.source == 0:
        for start, size in place.spans():
            if size == 0:
                raise Refusal(later("a part of it reaches to the file's end, wherever that is"))
            if start + size > length:
                raise Refusal(later("a part of it is missing: the file is cut off"))


# --------------------------------------------------------------------------------- our box


def _moved(place: Place, at: int, content: bytes) -> list[tuple[Number, int]]:
    """The numbers that change when the item's bytes lie at ``at``, and what they become.

    Several extents stay several (their number has no room to change): the last takes the rest, each other one
    byte, as a length of 0 would mean all of the file.  Where the base offset alone said the place, it does
    so again: exiv2 0.27 reads nothing else then.

    Raises:
        Refusal: they cannot say the new place.
    """
    if place.method != 0 or place.source != 0 or not place.extents:
        raise Refusal(later("its metadata do not lie where they could be replaced"))
    last = len(place.extents) - 1
    if len(content) <= last:
        raise Refusal(later("its metadata are in too many pieces"))
    by_base = place.base.width > 0 and place.extents[0][0].value == 0
    base = at if by_base else place.base.value
    patches = [(place.base, base)] if by_base else []
    for index, (offset, length) in enumerate(place.extents):
        size = len(content) - last if index == last else 1
        patches += [(offset, at + index - base), (length, size)]
    if any(not 0 <= value < 1 << 8 * number.width for number, value in patches):
        raise Refusal(later("its list of parts has no room for the new place of the metadata"))
    return patches


def _without_ours(data: bytes) -> bytes:
    """The file before our box was appended; ``data`` itself where it is not certain that there is one."""
    try:
        return _unpatched(data) or data
    except PARSE_ERRORS:
        return data


def _unpatched(data: bytes) -> bytes | None:
    if data[-len(_MAGIC) :] != _MAGIC:
        return None
    count, length, checksum, _ = _FOOTER.unpack(data[-_FOOTER.size :])
    first = len(data) - _FOOTER.size - count * _PATCH.size
    if first < length + 8 or data[length : length + 8] != (len(data) - length).to_bytes(4, "big") + b"mdat":
        return None
    iloc = read_structure(data).box(b"iloc")
    if iloc is None:
        return None
    out = bytearray(data[:length])
    for position, width, value in _PATCH.iter_unpack(data[first : -_FOOTER.size]):
        if not iloc.body <= position <= iloc.end - width:
            return None
        out[position : position + width] = value.to_bytes(width, "big")
    return bytes(out) if zlib.crc32(out) == checksum else None
