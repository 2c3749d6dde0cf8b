"""Where the metadata blocks lie in the file formats that are read: JPEG, PNG, WebP, TIFF, HEIF and AVIF.

Reading only, and forgiving: whatever cannot be followed yields what was found so far.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from itertools import islice

from blipdesk.metadata import jpeg
from blipdesk.metadata.charsets import decode_bytes, is_texty
from blipdesk.metadata.chunks import is_png, is_webp, png_chunks, riff_chunks
from blipdesk.metadata.heif_items import XMP_BOX, boxes_of, read_structure
from blipdesk.metadata.iptc import find_trailer
from blipdesk.metadata.rare import classic, extended_packets, gif_packets
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock

_MAX_BLOCK = 4 << 20
_MAX_PREFIX = 256
_MAX_CHUNKS = 1_000_000
_APP1, _COM = 0xE1, 0xFE
_MAX_COMMENTS = 32
_TIFF_LIKE = {b"IIRO": b"II*\0", b"IIRS": b"II*\0", b"MMOR": b"MM\0*", b"IIU\0": b"II*\0"}
"""What Olympus and Panasonic have in place of TIFF's own number."""
_CR3_DIRECTORIES = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
MAX_TOTAL = 16 << 20
"""Bytes that are unpacked from one file: a hostile one has text that unpacks to a thousand times its size, or
ten thousand items that name the same bytes."""
_PNG_TEXTS = {
    b"XML:com.adobe.xmp": "xmp",
    b"Description": "its PNG description",
    b"Comment": "its PNG comment",
    b"Title": "title",
    b"Creation Time": "date",
    b"Raw profile type exif": "profile",
    b"Raw profile type APP1": "profile",
    b"Raw profile type xmp": "profile",
    b"Raw profile type iptc": "profile",
    b"Raw profile type 8bim": "profile",
}
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
    captions: list[tuple[str, str]] = field(default_factory=list)
    """Captions of comments and text chunks: where, text."""
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
        blocks.xmp += gif_packets(data)
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
    return blocks


def _jpeg(data: bytes, blocks: Blocks) -> None:
    header = jpeg.read_header(data, lenient=True)
    for raw in (jpeg.exif_block(data, s) for s in header.exif(data)):
        if blocks.exif and raw[:2] not in (b"II", b"MM"):  # a block longer than a segment goes on
            blocks.exif[-1] += raw
        else:
            blocks.exif.append(raw)
    blocks.xmp += [jpeg.xmp_packet(data, s) for s in header.xmp(data)]
    known = {s.start for s in (*header.exif(data), *header.xmp(data))}
    odd = (s.payload(data) for s in header.segments if s.marker == _APP1 and s.start not in known)
    blocks.xmp += [packet for payload in odd if (packet := _odd_packet(payload))]
    blocks.xmp += extended_packets([s.payload(data) for s in header.extended(data)])
    blocks.photoshop += [s.payload(data)[len(jpeg.PHOTOSHOP_PREFIX) :] for s in header.photoshop(data)]
    comments = islice((s.payload(data) for s in header.segments if s.marker == _COM), _MAX_COMMENTS)
    blocks.captions += [("its JPEG comment", text) for raw in comments if is_texty(text := decode_bytes(raw))]
    if trailer := find_trailer(data):
        blocks.iim.append(trailer)


def _odd_packet(payload: bytes) -> bytes:
    """The packet in a segment whose name is misspelt, as in public files; empty where there is none."""
    if payload.startswith(jpeg.EXTENDED_PREFIX):
        return b""  # goes on from a packet of its own
    starts = (payload.find(mark, 0, _MAX_PREFIX) for mark in (b"<?xpacket", b"<x:xmpmeta", b"<rdf:RDF"))
    start = min((at for at in starts if at >= 0), default=-1)
    return payload[start:] if start >= 0 else b""


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MAX_BLOCK)
    except zlib.error:
        return b""


def _png(data: bytes, blocks: Blocks) -> None:
    for chunk in islice(png_chunks(data), _MAX_CHUNKS):
        if blocks.room <= 0:
            return
        if chunk.kind not in (b"eXIf", b"iTXt", b"tEXt", b"zTXt"):
            continue
        if chunk.stop - chunk.start > MAX_TOTAL:
            blocks.unread = True
            continue
        content = chunk.content(data)
        if chunk.kind == b"eXIf":
            blocks.exif.append(content.removeprefix(jpeg.EXIF_PREFIX))
            continue
        name, _, text = content.partition(b"\0")
        if name not in _PNG_TEXTS:
            continue
        if chunk.kind == b"zTXt":
            text = _inflate(text[1:])
        elif chunk.kind == b"iTXt" and len(text) >= 2:
            packed = text[0] == 1
            text = text[2:].split(b"\0", 2)[-1]
            text = _inflate(text) if packed else text
        if not blocks.takes(text):
            return
        _take_png_text(blocks, name, text)


def _take_png_text(blocks: Blocks, name: bytes, text: bytes) -> None:
    what = _PNG_TEXTS[name]
    if what == "profile":
        _raw_profile(text, blocks)
    elif what == "xmp":
        blocks.xmp.append(text)
    elif what == "title":
        blocks.titles.append(decode_bytes(text))
    elif what == "date":
        blocks.dates.append(decode_bytes(text))
    else:
        blocks.captions.append((what, decode_bytes(text)))


def _raw_profile(text: bytes, blocks: Blocks) -> None:
    """A block that ImageMagick and others write as text: its name, its length, hexadecimal digits."""
    try:
        _, length, digits = text.strip().split(b"\n", 2)  # a name may be two words: ``IPTC profile``
        raw = bytes.fromhex(digits.decode("ascii"))[: int(length)]
    except ValueError:
        return
    if raw.startswith(jpeg.EXIF_PREFIX):
        blocks.exif.append(raw.removeprefix(jpeg.EXIF_PREFIX))
    elif raw.startswith(b"8BIM"):
        blocks.photoshop.append(raw)
    elif raw.startswith(b"\x1c"):
        blocks.iim.append(raw)
    elif b"<rdf:RDF" in raw:
        blocks.xmp.append(raw.removeprefix(jpeg.XMP_PREFIX))


def _webp(data: bytes, blocks: Blocks) -> None:
    for chunk in islice(riff_chunks(data), _MAX_CHUNKS):
        if chunk.kind not in (b"EXIF", b"XMP ", b"XMP\0"):
            continue
        if chunk.stop - chunk.start > MAX_TOTAL:
            blocks.unread = True
        elif chunk.kind == b"EXIF":
            blocks.exif.append(chunk.content(data).removeprefix(jpeg.EXIF_PREFIX))
        else:
            blocks.xmp.append(chunk.content(data))


def _tiff(data: bytes, blocks: Blocks) -> None:
    blocks.exif.append(data)
    block = TiffBlock(data)
    for tag, into in ((_XMP_TAG, blocks.xmp), (_IPTC_TAG, blocks.iim), (_PHOTOSHOP_TAG, blocks.photoshop)):
        entry = block.find("IFD0", tag)
        if entry is not None:
            into.append(block.raw(entry, _MAX_BLOCK))


# ----------------------------------------------------------------------- HEIF (ISO 23008-12, ISO 14496-12)


def _heif(data: bytes, blocks: Blocks) -> None:
    structure = read_structure(data)
    for item in structure.items.values():
        if item.kind not in (b"Exif", b"mime") or item.encoded:
            continue
        try:
            content = structure.content(item.id, MAX_TOTAL)
        except Refusal:
            blocks.unread |= item.kind == b"Exif" or item.is_xmp
            continue
        if not blocks.takes(content):
            return
        if item.kind == b"Exif":
            skip = 4 + int.from_bytes(content[:4], "big")
            blocks.exif.append(content[skip:].removeprefix(jpeg.EXIF_PREFIX))
        elif b"<x:xmpmeta" in content or b"<rdf:RDF" in content:
            blocks.xmp.append(content)


# ------------------------------------------------------------------------------ RAW that is no plain TIFF


def _cr3(data: bytes, blocks: Blocks) -> None:
    """Canon's: each directory a TIFF structure of its own in a box of the film's header."""
    for box in boxes_of(data, 0, len(data)):
        if box.kind == b"uuid" and data.startswith(XMP_BOX, box.body) and box.end - box.body <= _MAX_BLOCK:
            blocks.xmp.append(data[box.body + 16 : box.end])
        elif box.kind == b"moov":
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
    while position + 8 <= end:
        size = int.from_bytes(data[position + 4 : position + 8], "big")
        if data[position : position + 4] == b"\0TTW":
            blocks.exif.append(data[position + 8 : position + 8 + size])
        position += 8 + size
