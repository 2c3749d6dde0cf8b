"""Laying our stars over a photo's own: its XMP packet, and its EXIF fields where these say otherwise.

The EXIF fields are numbers of two bytes: they change in their place, and nothing moves.  (Windows writes
``Rating`` and ``RatingPercent``; readers that look there first would go on showing what stood there.)
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from blipdesk.domain.wording import later
from blipdesk.metadata import exif_patch, formats, stars, xmp_edit
from blipdesk.metadata.container import Container
from blipdesk.metadata.embed_proof import prove_look
from blipdesk.metadata.ratings import EXIF_PERCENT, EXIF_RATING
from blipdesk.metadata.refusal import PARSE_ERRORS, Refusal
from blipdesk.metadata.splice import Edit, splice
from blipdesk.metadata.stars import Peeled
from blipdesk.metadata.tiff import Entry, TiffBlock, read_block
from blipdesk.metadata.unsafe import MOVED, refuse_signed_elsewhere

_CODES = {1: "B", 3: "H", 4: "I"}


def peel(data: bytes) -> bytes:
    """The photo without our stars; itself where there are none, or they cannot be taken off."""
    try:
        file = formats.open_file(data)
        if len(file.xmp) != 1 or len(file.exif) > 1:
            return data
        peeled = stars.peel(file.xmp[0])
        if peeled.packet == file.xmp[0]:
            return data
        packet = b"" if xmp_edit.is_bare(peeled.packet) else peeled.packet
        block = _restored(file.exif[0], peeled) if file.exif and peeled.exif else None
        return file.with_blocks(block, packet)
    except PARSE_ERRORS:
        return data


def lay_over(data: bytes, number: int) -> bytes:
    """The photo with so many stars.

    Args:
        data: without any of ours.
        number: 0 to 5; -1: rejected.

    Raises:
        Refusal: a reason, for the person, why a sidecar is the safer place.
    """
    file = formats.open_file(data)
    file.refuse_unsafe()
    refuse_signed_elsewhere(file.xmp)
    if file.xmp_tag is not None:
        raise Refusal(later("a rating is not written into files of its kind"))
    if not file.takes_xmp:
        raise Refusal(later("it has no place for XMP"))
    before = _fields(file.exif[0], number) if file.exif else {}
    block = _changed(file.exif[0], number, before) if before else None
    packet = stars.lay_over(file.xmp[0] if file.xmp else xmp_edit.BARE, number, before)
    new = file.with_blocks(block, packet)
    _prove(file, data, new, (file.exif if block is None else (block,), packet))
    return new


def _prove(file: Container, data: bytes, new: bytes, expected: tuple[tuple[bytes, ...], bytes]) -> None:
    """Raise unless all but the blocks is as it was, and taking the stars off gives the same bytes again."""
    after = formats.open_file(new)
    if type(after) is not type(file):
        raise Refusal(MOVED)
    file.prove(after, expected[0] != file.exif)
    if (after.exif, after.xmp) != (expected[0], (expected[1],)) or peel(new) != data:
        raise Refusal(later("a check of the result failed: the rating could not be taken off again"))
    prove_look(data, new)


def _entries(block: TiffBlock) -> dict[int, Entry]:
    """The numbers that say stars, where they stand in their usual form."""
    found = {tag: block.find("IFD0", tag) for tag in (EXIF_RATING, EXIF_PERCENT)}
    return {tag: e for tag, e in found.items() if e is not None and e.type in _CODES and e.count == 1}


def _said(block: TiffBlock, entry: Entry, number: int) -> bytes:
    """The four bytes of a field that says so many stars."""
    value = stars.percent_of(number) if entry.tag == EXIF_PERCENT else max(number, 0)
    return struct.pack(block.order + _CODES[entry.type], value).ljust(4, b"\0")


def _fields(raw: bytes, number: int) -> dict[int, bytes]:
    """What stands in the fields that say another number of stars."""
    block = read_block(raw)
    found = {tag: (e, raw[e.at + 8 : e.at + 12]) for tag, e in _entries(block).items()}
    return {tag: value for tag, (e, value) in found.items() if value != _said(block, e, number)}


def _changed(raw: bytes, number: int, before: Mapping[int, bytes]) -> bytes:
    """The block with these fields saying so many stars."""
    block = exif_patch.check_block(raw)
    entries = [entry for tag, entry in _entries(block).items() if tag in before]
    return splice(raw, [Edit(e.at + 8, e.at + 12, _said(block, e, number)) for e in entries])


def _restored(raw: bytes, peeled: Peeled) -> bytes | None:
    """The block as it was, where it says what we wrote; else as another program left it (None)."""
    block, number = read_block(raw), peeled.written or 0
    entries = [entry for tag, entry in _entries(block).items() if tag in peeled.exif]
    ours = [e for e in entries if raw[e.at + 8 : e.at + 12] == _said(block, e, number)]
    return splice(raw, [Edit(e.at + 8, e.at + 12, peeled.exif[e.tag]) for e in ours]) if ours else None
