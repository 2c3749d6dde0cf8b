"""Writing text fields into an EXIF block by appending, so that nothing that is there moves or changes.

The old block stays byte for byte; the new values and a sorted copy of IFD0 with our entries merged in are
appended, and the header's offset is re-pointed to that copy.  MakerNotes with offsets of their own neither
move nor change.  A footer says where the old block ends, so that captioning again starts from it and gives
the same bytes as captioning the original.  (Adobe's XMP Toolkit appends in the same way.)

Blocks in which a dangling offset would come to point into our bytes are refused; each reason was a real
file that otherwise got damaged.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import piexif

from blipdesk.domain.values import Source
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import charsets
from blipdesk.metadata.exif_texts import IMAGE_DESCRIPTION, OUR_TAGS, XP_COMMENT, read_keywords
from blipdesk.metadata.makernote import reaches_out
from blipdesk.metadata.provenance import UNKNOWN, Provenance
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import SMALL, Ifd, TiffBlock, read_block
from blipdesk.metadata.xmp import MAX_PACKET

MAKER_NOTE = 0x927C
XMP_TAG = 0x02BC
"""Of a TIFF file: the packet."""
_ASCII, _BYTE, _UNDEFINED = 2, 1, 7
_FOOTER = struct.Struct(">8sIIIcBH")
"""Magic, offset of the old IFD0, length of the old block (0: there was none), CRC-32 of the caption, who
wrote it, length of the record of provenance right before, how many of the keywords that were added are a
person's (they come first)."""
_MAGIC = b"BlipDesk"
_NO_END = 1 << 32
_MAX_NOTES = 16
"""Each is searched; cameras write one."""
_SOURCES = {b"M": Source.MODEL, b"U": Source.USER}

Values = Mapping[int, bytes]
"""Tag to its value's bytes, as they stand in the file."""


@dataclass(frozen=True, slots=True)
class OwnMark:
    """What the footer of our earlier writing says, and the caption it vouches for."""

    source: Source
    caption: str
    old_offset: int
    old_length: int
    people: int
    provenance: Provenance
    size: int
    """Bytes of the footer, its record of provenance included."""


def _footer(
    values: Values, source: Source, old: tuple[int, int], people: int, provenance: Provenance
) -> bytes:
    """``old``: offset of IFD0 and length of the block as it was."""
    flag, record = (b"U", b"") if source is Source.USER else (b"M", provenance.record().encode())
    vouched = zlib.crc32(_vouched(values))
    return record + _FOOTER.pack(_MAGIC, *old, vouched, flag, len(record), min(people, 0xFFFF))


def _vouched(values: Values) -> bytes:
    """The caption that the footer vouches for: ImageDescription, else (it may stand alone) XPComment."""
    if IMAGE_DESCRIPTION in values:
        return values[IMAGE_DESCRIPTION].removesuffix(b"\0")
    return values.get(XP_COMMENT, b"")


def _vouched_tag(provenance: Provenance) -> int:
    return XP_COMMENT if provenance.existing is ExistingText.COMMENT else IMAGE_DESCRIPTION


def new_block(values: Values, source: Source, people: int = 0, provenance: Provenance = UNKNOWN) -> bytes:
    """A whole block for a photo that has none; ``people`` and ``provenance`` as in :func:`append`."""
    # piexif closes a string with a NUL of its own
    fields = {t: v[:-1] if t == IMAGE_DESCRIPTION else v for t, v in sorted(values.items())}
    block: bytes = piexif.dump({"0th": fields})[6:]
    return block + _footer(values, source, (0, 0), people, provenance)


def check_block(data: bytes) -> TiffBlock:
    """Read a block and make sure that appending to it is safe.

    A write asks that of the same two blocks three times: small ones are remembered for a moment.

    Raises:
        Refusal: anything odd in it.
    """
    return _remembered(data) if len(data) <= SMALL else _checked(data)


@lru_cache(maxsize=4)
def _remembered(data: bytes) -> TiffBlock:
    return _checked(data)


def _checked(data: bytes) -> TiffBlock:
    block = read_block(data)
    if block.problems:
        raise Refusal(block.problems[0])
    tags = [e.tag for e in block.ifds["IFD0"].entries]
    if any(tags.count(tag) > 1 for tag in OUR_TAGS):
        raise Refusal(later("its EXIF block names the caption twice"))
    if _notes_reach_out(block):
        raise Refusal(later("its camera maker's notes reach beyond the EXIF block"))
    return block


def _notes_reach_out(block: TiffBlock) -> bool:
    notes = [entry for ifd in block.ifds.values() for entry in ifd.entries if entry.tag == MAKER_NOTE]
    return len(notes) > _MAX_NOTES or any(reaches_out(block, note) for note in notes)


def outward(data: bytes) -> list[tuple[int, int]]:
    """Where readers of a block look behind it, as (start, end) from its own start."""
    block = read_block(data)
    notes = [(len(data), _NO_END)] if _notes_reach_out(block) else []  # how far nobody documents
    return block.outward + notes


def refuse_reading_on(blocks: Iterable[bytes]) -> None:
    """Raise where readers of a block take what stands behind it for its own, which is about to change."""
    if any(map(outward, blocks)):
        raise Refusal(later("what changes behind its EXIF block would be taken for a part of it"))


def append(
    data: bytes, values: Values, source: Source, people: int = 0, provenance: Provenance = UNKNOWN
) -> bytes:
    """The block with the given fields set in IFD0.

    Args:
        data: the block.
        values: the fields, keywords merged with the block's.
        source: who wrote the caption.
        people: how many of the keywords that are added, the first ones, are a person's.
        provenance: of a machine's caption; recorded in the footer.

    Raises:
        Refusal: the block is not sound enough.
    """
    offset, tail = _appended(data, values, source, people, provenance)
    return b"".join((data[:4], offset, memoryview(data)[8:], tail))  # it may be a TIFF file of 500 MB


def _appended(
    data: bytes, values: Values, source: Source, people: int, provenance: Provenance
) -> tuple[bytes, bytes]:
    """The header's pointer at the new IFD0, and all that is appended to the block."""
    block = check_block(data)
    old = block.ifds["IFD0"]
    start = len(data)
    tail = bytearray()
    entries: list[tuple[int, bytes]] = []
    for tag, value in sorted(values.items()):
        kind = _type_of(tag, old)
        if len(value) <= 4:
            place = value.ljust(4, b"\0")
        else:
            tail += bytes(start + len(tail) & 1)
            place = struct.pack(block.order + "I", start + len(tail))
            tail += value
        entries.append((tag, struct.pack(block.order + "HHI", tag, kind, len(value)) + place))
    kept = ((e.tag, data[e.at : e.at + 12]) for e in old.entries if e.tag not in values)
    entries = sorted((*entries, *kept), key=lambda pair: pair[0])
    tail += bytes(start + len(tail) & 1)
    offset = struct.pack(block.order + "I", start + len(tail))
    tail += struct.pack(block.order + "H", len(entries))
    tail += b"".join(raw for _, raw in entries)
    tail += struct.pack(block.order + "I", old.next)
    return offset, bytes(tail) + _footer(values, source, (old.offset, start), people, provenance)


def _type_of(tag: int, old: Ifd) -> int:
    if tag == IMAGE_DESCRIPTION:
        return _ASCII
    standing = old.find(tag) if tag == XMP_TAG else None
    return _UNDEFINED if standing and standing.type == _UNDEFINED else _BYTE


def drop(data: bytes, tags: Collection[int]) -> bytes:
    """The block without some fields of IFD0: a copy of IFD0 that does not name them is appended.

    Nothing vouches for what is left: it is no writing of ours.

    Raises:
        Refusal: the block is not sound enough, or nothing would be left in IFD0.
    """
    block = check_block(data)
    old = block.ifds["IFD0"]
    kept = [data[e.at : e.at + 12] for e in old.entries if e.tag not in tags]
    if not kept:
        raise Refusal(later("its EXIF block holds nothing else"))
    gap = bytes(len(data) & 1)
    offset = struct.pack(block.order + "I", len(data) + len(gap))
    count, link = struct.pack(block.order + "H", len(kept)), struct.pack(block.order + "I", old.next)
    return b"".join((data[:4], offset, memoryview(data)[8:], gap, count, *kept, link))


def own_mark(data: bytes) -> OwnMark | None:
    """Our mark, if the caption that stands in the block is (still) the one we wrote."""
    if data[-_FOOTER.size :][:8] != _MAGIC:
        return None
    _, offset, length, checksum, flag, told, people = _FOOTER.unpack(data[-_FOOTER.size :])
    record = data[-_FOOTER.size - told : -_FOOTER.size].decode("ascii", "replace")
    provenance = Provenance.parse(record)
    block = read_block(data)
    tag = _vouched_tag(provenance)
    raw = block.raw(block.find("IFD0", tag), MAX_PACKET)
    vouched = _vouched({tag: raw})
    if flag not in _SOURCES or zlib.crc32(vouched) != checksum or not vouched:
        return None
    caption = charsets.decode_xp(raw) if tag == XP_COMMENT else vouched.decode("utf-8", "replace")
    size = _FOOTER.size + told
    return OwnMark(_SOURCES[flag], caption, offset, length, people, provenance, size)


def strip(data: bytes) -> bytes | None:
    """The block as it was before our writing: empty if there was none, None if that cannot be told.

    Proven by writing again: when another program changed a field in our copy of IFD0 since, the result
    differs, and the whole block, our part included, counts as the original.
    """
    mark = own_mark(data)
    if mark is None or mark.old_length > len(data) - mark.size:
        return None
    block = read_block(data)
    values = {
        e.tag: block.raw(e, MAX_PACKET)
        for e in block.ifds["IFD0"].entries
        if e.tag in (*OUR_TAGS, XMP_TAG) and (e.value_at >= mark.old_length or e.size <= 4)
    }
    if _vouched_tag(mark.provenance) not in values:
        return None
    told = mark.source, mark.people, mark.provenance
    try:
        if mark.old_length == 0:
            return b"" if new_block(values, *told) == data else None
        first = struct.pack(block.order + "I", mark.old_offset)
        old = b"".join((data[:4], first, memoryview(data)[8 : mark.old_length]))
        before = read_block(old)
        values = {t: v for t, v in values.items() if len(v) > 4 or before.raw(before.find("IFD0", t)) != v}
        offset, tail = _appended(old, values, *told)
        same = data[4:8] == offset and len(data) == len(old) + len(tail) and data.endswith(tail)
        return old if same else None
    except Refusal:
        return None


def without_machine(data: bytes) -> bytes:
    """The block as people left it: what we wrote for the machine is taken out, where that can be told."""
    mark = own_mark(data)
    before = strip(data) if mark and mark.source is Source.MODEL else None
    return data if before is None else before


def split_keywords(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keywords of a block: those of other programs, and the person's that we added.

    The machine's are left out.  Where another program changed the block since, all count as others'.
    """
    mark, standing = own_mark(data), read_keywords(read_block(data))
    before = strip(data) if mark else None
    if mark is None or before is None:
        return standing, ()
    others = read_keywords(read_block(before)) if before else ()
    return others, standing[len(others) :][: mark.people]
