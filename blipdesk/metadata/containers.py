"""Where the metadata blocks lie in the file formats that are read: JPEG, PNG, WebP, TIFF, HEIF and AVIF.

Reading only, and forgiving: whatever cannot be followed yields what was found so far.  Whatever could be and
is not, because there is too much of it, is told by :attr:`Blocks.unread`: no caption is hidden by a limit.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from itertools import islice

from blipdesk.metadata import jpeg
from blipdesk.metadata.charsets import decode_bytes
from blipdesk.metadata.chunks import Chunk, is_png, is_webp, png_chunks, riff_chunks
from blipdesk.metadata.heif_items import XMP_BOX, Box, boxes_of, read_structure
from blipdesk.metadata.iptc import find_trailer, is_photoshop, join_photoshop
from blipdesk.metadata.rare import classic, extended_packets, gif_packets
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import Entry, read_block
from blipdesk.metadata.xmp import MAX_PACKET

_MAX_PREFIX = 256
_MAX_CHUNKS = 1_000_000
_MAX_MRW_BLOCKS = 1000
_MOST_UNPACKED = 1032
"""Times its size, which is what zlib can make of its smallest codes."""
_LONG = 4
_APP1 = 0xE1
_TIFF_LIKE = {b"IIRO": b"II*\0", b"IIRS": b"II*\0", b"MMOR": b"MM\0*", b"IIU\0": b"II*\0"}
"""What Olympus and Panasonic have in place of TIFF's own number."""
_CR3_DIRECTORIES = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
MAX_TOTAL = MAX_PACKET
"""The one limit of reading, of a block as of all together.

Bytes that are unpacked from one file: a hostile one has text that unpacks to a thousand times its size, or
ten thousand items that name the same bytes."""
_MAX_BLOCKS = 64
"""Of a kind."""
_MAX_EXIF = 4
"""Of these alone each is read in full, some ten times; programs write one."""
_PNG_TEXTS = {
    b"xml:com.adobe.xmp": "xmp",
    b"description": "caption",
    b"caption": "caption",
    b"imagedescription": "caption",
    b"exif:imagedescription": "caption",
    b"title": "title",
    b"creation time": "date",
    b"raw profile type exif": "profile",
    b"raw profile type app1": "profile",
    b"raw profile type xmp": "profile",
    b"raw profile type iptc": "profile",
    b"raw profile type 8bim": "profile",
}
"""The names of text chunks, as exiftool knows them: letter case aside."""
_XMP_TAG, _IPTC_TAG, _PHOTOSHOP_TAG = 0x02BC, 0x83BB, 0x8649


@dataclass(slots=True)
class Blocks:
    """The raw metadata of one file."""

    exif: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    photoshop: list[bytes] = field(default_factory=list)
    iim: list[bytes] = field(default_factory=list)
    directories: list[tuple[str, bytes]] = field(default_factory=list)
    """Directories that have a TIFF structure of their own: name, block."""
    captions: list[str] = field(default_factory=list)
    """Descriptions in text chunks of a PNG file."""
    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    """When the picture was made, by text chunks."""
    room: int = MAX_TOTAL
    """What may still be unpacked."""
    unread: bool = False
    """Whether some metadata were too large to be looked at."""

    def takes(self, block: bytes) -> bool:
        """Whether there is room for one more block, which takes it."""
        self.room -= len(block)
        self.unread |= self.room < 0
        return self.room >= 0

    def add(self, kind: list[bytes], block: bytes) -> None:
        """Take a block in, one of :attr:`exif` and so on, as far as there is room."""
        if len(kind) >= _MAX_BLOCKS:
            self.unread = True
        elif self.takes(block):
            kind.append(block)

    def add_all(self, kind: list[bytes], found: tuple[list[bytes], bool]) -> None:
        """Take several blocks in; the second part of ``found``: there are more that were not looked for."""
        blocks, cut = found
        self.unread |= cut
        for block in blocks:
            self.add(kind, block)


def find_blocks(data: bytes) -> Blocks:
    """The metadata blocks of a file of any supported format, told by its first bytes."""
    blocks = Blocks()
    if data[:2] == b"\xff\xd8":
        _jpeg(data, blocks)
    elif is_png(data):
        _png(data, blocks)
    elif is_webp(data):
        _webp(data, blocks)
    elif data[:4] in (b"II*\0", b"MM\0*"):
        _tiff(data, blocks)
    elif data[:4] in (b"II+\0", b"MM\0+"):
        _tiff(classic(data), blocks)
    elif data[:6] in (b"GIF87a", b"GIF89a"):
        blocks.add_all(blocks.xmp, gif_packets(data))
    elif data[4:12] == b"ftypcrx ":
        _cr3(data, blocks)
    elif data[4:8] == b"ftyp":
        _heif(data, blocks)
    elif data[:4] in _TIFF_LIKE:
        _tiff(_TIFF_LIKE[data[:4]] + data[4:], blocks)
    elif data[:15] == b"FUJIFILMCCD-RAW":
        start, size = (int.from_bytes(data[at : at + 4], "big") for at in (84, 88))
        _jpeg(data[start : start + size], blocks)
    elif data[:4] == b"\0MRM":
        _mrw(data, blocks)
    blocks.unread |= len(blocks.exif) > _MAX_EXIF
    del blocks.exif[_MAX_EXIF:]
    for block in blocks.exif:
        _first_directory(block, blocks)
    return blocks


def _jpeg(data: bytes, blocks: Blocks) -> None:
    header = jpeg.read_header(data, lenient=True)
    blocks.unread |= len(header.segments) >= jpeg.MAX_SEGMENTS
    for raw in (jpeg.exif_block(data, s) for s in header.exif(data)):
        if not blocks.exif or raw[:2] in (b"II", b"MM"):
            blocks.add(blocks.exif, raw)
        elif blocks.takes(raw):  # a block longer than a segment goes on
            blocks.exif[-1] += raw
    packets = [jpeg.xmp_packet(data, s) for s in header.xmp(data)]
    known = {s.start for s in (*header.exif(data), *header.xmp(data))}
    odd = (s.payload(data) for s in header.segments if s.marker == _APP1 and s.start not in known)
    packets += [packet for payload in odd if (packet := _odd_packet(payload))]
    blocks.add_all(blocks.xmp, (packets, False))
    blocks.add_all(blocks.xmp, extended_packets([s.payload(data) for s in header.extended(data)]))
    resources = (jpeg.photoshop_resources(data, s) for s in header.photoshop(data))
    blocks.add_all(blocks.photoshop, ([*join_photoshop(resources)], False))
    trailer = find_trailer(data)
    blocks.unread |= trailer is None
    if trailer:
        blocks.add(blocks.iim, trailer)


def _odd_packet(payload: bytes) -> bytes:
    """The packet in a segment whose name is misspelt, as in public files; empty where there is none."""
    if payload.startswith(jpeg.EXTENDED_PREFIX):
        return b""  # goes on from a packet of its own
    starts = (payload.find(mark, 0, _MAX_PREFIX) for mark in (b"<?xpacket", b"<x:xmpmeta", b"<rdf:RDF"))
    start = min((at for at in starts if at >= 0), default=-1)
    return payload[start:] if start >= 0 else b""


def _inflate(data: bytes, blocks: Blocks) -> bytes:
    """What was packed, as far as there is room; empty for what cannot be unpacked."""
    limit = max(1, blocks.room)
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, limit)
    except zlib.error:
        blocks.takes(bytes(min(limit, len(data) * _MOST_UNPACKED)))  # it cost that much to find out
        return b""
    blocks.unread |= bool(unpacker.unconsumed_tail)
    return text


def _png(data: bytes, blocks: Blocks) -> None:
    chunks = png_chunks(data)
    for chunk in islice(chunks, _MAX_CHUNKS):
        if chunk.kind == b"eXIf":
            if chunk.stop - chunk.start > MAX_TOTAL:
                blocks.unread = True
            else:
                blocks.add(blocks.exif, chunk.content(data).removeprefix(jpeg.EXIF_PREFIX))
        elif chunk.kind in (b"iTXt", b"tEXt", b"zTXt"):
            _png_text(data, chunk, blocks)
    blocks.unread |= next(chunks, None) is not None


def _png_text(data: bytes, chunk: Chunk, blocks: Blocks) -> None:
    name = chunk.keyword(data)
    what = _PNG_TEXTS.get(name.lower())
    if what is None:
        return
    if blocks.room <= 0 or chunk.stop - chunk.start > MAX_TOTAL:
        blocks.unread = True
        return
    text = chunk.content(data)[len(name) + 1 :]
    if chunk.kind == b"zTXt":
        text = _inflate(text[1:], blocks)
    elif chunk.kind == b"iTXt" and len(text) >= 2:
        packed = text[0] == 1
        text = text[2:].split(b"\0", 2)[-1]
        text = _inflate(text, blocks) if packed else text
    if blocks.takes(text):
        _take_png_text(blocks, what, text)


def _take_png_text(blocks: Blocks, what: str, text: bytes) -> None:
    if what == "profile":
        _raw_profile(text, blocks)
    elif what == "xmp":
        blocks.xmp.append(text)
    elif what == "title":
        blocks.titles.append(decode_bytes(text))
    elif what == "date":
        blocks.dates.append(decode_bytes(text))
    else:
        blocks.captions.append(decode_bytes(text))


def _raw_profile(text: bytes, blocks: Blocks) -> None:
    """A block that ImageMagick and others write as text: its name, its length, hexadecimal digits."""
    try:
        _, length, digits = text.strip().split(b"\n", 2)  # a name may be two words: ``IPTC profile``
        raw = bytes.fromhex(digits.decode("ascii"))[: int(length)]
    except ValueError:
        return
    if raw.startswith(jpeg.EXIF_PREFIX):
        blocks.exif.append(raw.removeprefix(jpeg.EXIF_PREFIX))
    elif is_photoshop(raw):
        blocks.photoshop.append(raw)
    elif raw.startswith(b"\x1c"):
        blocks.iim.append(raw)
    elif b"<rdf:RDF" in raw:
        blocks.xmp.append(raw.removeprefix(jpeg.XMP_PREFIX))


def _webp(data: bytes, blocks: Blocks) -> None:
    chunks = riff_chunks(data)
    for chunk in islice(chunks, _MAX_CHUNKS):
        if chunk.kind not in (b"EXIF", b"XMP ", b"XMP\0"):
            continue
        if chunk.stop - chunk.start > MAX_TOTAL:
            blocks.unread = True
        elif chunk.kind == b"EXIF":
            blocks.add(blocks.exif, chunk.content(data).removeprefix(jpeg.EXIF_PREFIX))
        else:
            blocks.add(blocks.xmp, chunk.content(data))
    blocks.unread |= next(chunks, None) is not None


def _tiff(data: bytes, blocks: Blocks) -> None:
    blocks.exif.append(data)  # as large as it may be: nothing is unpacked


def _first_directory(data: bytes, blocks: Blocks) -> None:
    """What the first directory of an EXIF block holds: a TIFF file has all its metadata there, others may."""
    block = read_block(data)
    blocks.unread |= block.cut
    kinds = {_XMP_TAG: blocks.xmp, _IPTC_TAG: blocks.iim, _PHOTOSHOP_TAG: blocks.photoshop}
    for tag, kind in kinds.items():
        entry = block.find("IFD0", tag)
        if entry is None:
            continue
        if entry.size > MAX_TOTAL:
            blocks.unread = True
            continue
        raw = block.raw(entry, MAX_TOTAL)
        blocks.add(kind, _straight(raw, entry) if tag == _IPTC_TAG else raw)


def _straight(record: bytes, entry: Entry) -> bytes:
    """An IIM record, which some programs take for numbers and store in the order of the processor."""
    if entry.type != _LONG or record[:1] == b"\x1c" or record[3:4] != b"\x1c":
        return record
    swapped = bytearray(len(record))
    for at in range(4):
        swapped[at::4] = record[3 - at :: 4]
    return bytes(swapped)


# ----------------------------------------------------------------------- HEIF (ISO 23008-12, ISO 14496-12)


def _heif(data: bytes, blocks: Blocks) -> None:
    structure = read_structure(data)
    blocks.unread |= structure.cut
    items = [item for item in structure.items.values() if item.kind in (b"Exif", b"mime")]
    blocks.unread |= len(items) > _MAX_BLOCKS
    for item in items[:_MAX_BLOCKS]:
        if item.encoded:
            blocks.unread |= item.holds_xmp
            continue
        try:
            content = structure.content(item.id, MAX_TOTAL)
        except Refusal:
            blocks.unread |= item.kind == b"Exif" or item.is_xmp
            continue
        if item.kind == b"Exif":
            skip = 4 + int.from_bytes(content[:4], "big")
            blocks.add(blocks.exif, content[skip:].removeprefix(jpeg.EXIF_PREFIX))
        elif b"<x:xmpmeta" in content or b"<rdf:RDF" in content:
            blocks.add(blocks.xmp, content)
        else:
            blocks.takes(content)
        if blocks.room < 0:
            return
    _xmp_boxes(data, structure.boxes, blocks)


def _xmp_boxes(data: bytes, boxes: list[Box], blocks: Blocks) -> None:
    """Packets in boxes of their own (ISO 16684-3, 1.3.9.1)."""
    for box in boxes:
        if box.kind == b"uuid" and data.startswith(XMP_BOX, box.body):
            if box.end - box.body > MAX_TOTAL:
                blocks.unread = True
            else:
                blocks.add(blocks.xmp, data[box.body + len(XMP_BOX) : box.end])


# ------------------------------------------------------------------------------ RAW that is no plain TIFF


def _cr3(data: bytes, blocks: Blocks) -> None:
    """Canon's: each directory a TIFF structure of its own in a box of the film's header."""
    structure = read_structure(data)
    blocks.unread |= structure.cut
    _xmp_boxes(data, structure.boxes, blocks)
    for box in structure.boxes:
        if box.kind == b"moov":
            for inner in boxes_of(data, box.body, box.end):
                if inner.kind == b"uuid" and data.startswith(_CR3_DIRECTORIES, inner.body):
                    for part in boxes_of(data, inner.body + 16, inner.end):
                        _take_cr3(blocks, part.kind, data[part.body : part.end])


def _take_cr3(blocks: Blocks, name: bytes, block: bytes) -> None:
    if not blocks.takes(block):
        return
    if name == b"CMT1":
        blocks.exif.append(block)
    elif name in (b"CMT2", b"CMT4"):
        blocks.directories.append(("Exif" if name == b"CMT2" else "GPS", block))


def _mrw(data: bytes, blocks: Blocks) -> None:
    """Minolta's: blocks with a name and a size, one of which is a TIFF structure."""
    position, end = 8, min(len(data), 8 + int.from_bytes(data[4:8], "big"))
    for _ in range(_MAX_MRW_BLOCKS):
        if position + 8 > end:
            return
        size = int.from_bytes(data[position + 4 : position + 8], "big")
        if data[position : position + 4] == b"\0TTW":
            blocks.add(blocks.exif, data[position + 8 : position + 8 + size])
        position += 8 + size
    blocks.unread = True
