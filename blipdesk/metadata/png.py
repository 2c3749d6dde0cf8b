"""PNG files as :class:`~blipdesk.metadata.container.Container`: the chunks eXIf and iTXt "XML:com.adobe.xmp".

PNG, third edition, sections 5 and 11.3; XMP part 3, 1.1.5.  Text chunks and everything behind IEND stay.
"""

from __future__ import annotations

import zlib
from collections import Counter
from itertools import islice
from typing import Self

from blipdesk.domain.wording import later
from blipdesk.metadata import exif_patch
from blipdesk.metadata.chunks import Chunk, placing, png_chunks
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit, Span, same_spans, splice
from blipdesk.metadata.unsafe import MOVED, SIGNED, refuse_counting_trailer, refuse_several
from blipdesk.metadata.xmp import MAX_PACKET

_XMP_START = b"XML:com.adobe.xmp\0"
_SIGNED = frozenset({b"caBX", b"dSIG"})
_PICTURE = frozenset({b"IDAT", b"fcTL", b"fdAT", b"iDOT"})
"""The chunks of the picture.  Apple's iDOT says how far behind it lies an IDAT: nothing may come between."""
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_MAX_CHUNKS = 1 << 16
_DAMAGED = later("its structure is damaged")


def read_chunks(data: bytes) -> list[Chunk]:
    """All chunks up to IEND; what follows is no part of the picture.

    Raises:
        Refusal: cut off, no header first, no picture, or no end.
    """
    chunks: list[Chunk] = []
    for chunk in islice(png_chunks(data), _MAX_CHUNKS):
        chunks.append(chunk)
        if chunk.kind == b"IEND" or chunk.end > len(data):
            break
    kinds = Counter(chunk.kind for chunk in chunks)
    whole = bool(chunks) and chunks[-1].kind == b"IEND" and chunks[-1].end <= len(data)
    if not whole or chunks[0].kind != b"IHDR" or not kinds[b"IDAT"] or kinds[b"iDOT"] > 1:
        raise Refusal(_DAMAGED)
    return chunks


class PngFile:
    """One PNG file; animated ones (APNG) too.

    Raises:
        Refusal: the structure or one of its metadata chunks is damaged, or there are several of a kind.
    """

    xmp_tag = None

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._chunks = read_chunks(data)
        self._exif = [chunk for chunk in self._chunks if chunk.kind == b"eXIf"]
        self._xmp = [chunk for chunk in self._chunks if _is_xmp(data, chunk)]
        refuse_several(self._exif, self._xmp)  # before they are unpacked: a hostile file has a thousand
        if not all(_is_sound(data, chunk) for chunk in (*self._exif, *self._xmp)):
            raise Refusal(_DAMAGED)
        self._packets = [_Packet(chunk.content(data)) for chunk in self._xmp]
        self._profiles = {_profile(data, chunk) for chunk in self._chunks if chunk.kind in _TEXTS}
        self.exif = tuple(chunk.content(data) for chunk in self._exif)
        self.xmp = tuple(packet.text for packet in self._packets)
        self.takes_xmp = bool(self._xmp) or not self._profiles & {b"xmp", b"APP1"}

    def refuse_unsafe(self) -> None:
        """Raise where no part of the file may change or move."""
        if any(chunk.kind in _SIGNED for chunk in self._chunks):
            raise Refusal(SIGNED)
        refuse_counting_trailer(self._data, self._chunks[-1].end)

    def refuse_unfit(self, exif: bytes | None, xmp: bytes | None) -> None:
        """Raise where a block would hide another, or come between Apple's index and the picture."""
        self._edits(exif, xmp)

    def with_blocks(self, exif: bytes | None, xmp: bytes | None) -> bytes:
        """The file with other chunks, new ones before the picture."""
        return splice(self._data, self._edits(exif, xmp))

    def _edits(self, exif: bytes | None, xmp: bytes | None) -> list[Edit]:
        edits: list[Edit] = []
        if exif is not None:
            if self._profiles & {b"exif", b"APP1"}:
                raise Refusal(
                    later("its camera data stand in a text chunk, which an EXIF block of ours would hide")
                )
            edits.append(self._edit(self._exif, b"eXIf", exif))
        if xmp is not None:
            if exif is None:
                exif_patch.refuse_reading_on(self.exif)
            packet = self._packets[0] if self._packets else _Packet(_XMP_START + bytes(4))
            edits.append(self._edit(self._xmp, b"iTXt", packet.saying(xmp) if xmp else b""))
        return edits

    def _edit(self, standing: list[Chunk], kind: bytes, content: bytes) -> Edit:
        new = _chunk(kind, content) if content else b""
        first = next(chunk.start for chunk in self._chunks if chunk.kind in _PICTURE)
        edit = placing(standing, first, new)
        pointing = next((chunk for chunk in self._chunks if chunk.kind == b"iDOT"), None)
        last = max(chunk.end for chunk in self._chunks if chunk.kind == b"IDAT")
        if pointing and edit.growth and pointing.end <= edit.start < last:
            raise Refusal(later("an index of its picture data would no longer fit"))
        return edit

    def prove(self, after: Self, exif_changed: bool) -> None:
        """Raise unless all other chunks, and what follows them, are the same in ``after``."""
        old, now = (file._kept_spans(exif_changed) for file in (self, after))
        if not same_spans(self._data, old, after._data, now):
            raise Refusal(MOVED)

    def _kept_spans(self, exif_changed: bool) -> list[Span]:
        """Where that lies which no edit may touch: the other chunks, what follows them, what iDOT counts."""
        data, chunks = self._data, self._chunks
        ours = [c for c in chunks if _is_xmp(data, c) or (exif_changed and c.kind == b"eXIf")]
        counted = [c.start for c in chunks if c.kind == b"iDOT"]
        last = max(c.end for c in chunks if c.kind == b"IDAT")
        return [
            *((c.start, c.end) for c in chunks if c not in ours),
            (chunks[-1].end, len(data)),
            *((start, max(start, last)) for start in counted),
        ]


class _Packet:
    """The XMP chunk taken apart: keyword, flags and languages, text.

    Raises:
        Refusal: it cannot be unpacked.
    """

    def __init__(self, content: bytes) -> None:
        flags, head = len(_XMP_START), len(_XMP_START) + 2
        for _ in range(2):  # language, translated keyword
            head = content.find(b"\0", head) + 1
            if not head:
                raise Refusal(_DAMAGED)
        if content[flags] > 1 or content[flags + 1] != 0:
            raise Refusal(_DAMAGED)
        self._head, self._stored, self._packed = content[:head], content[head:], content[flags] == 1
        self.text = _inflate(self._stored) if self._packed else self._stored

    def saying(self, text: bytes) -> bytes:
        """The content with another text, packed in the same way."""
        return self._head + (self._pack(text) if self._packed else text)

    def _pack(self, text: bytes) -> bytes:
        """As the standing text was packed, so that taking ours out gives the old bytes again."""
        window = max(9, min(15, (self._stored[0] >> 4) + 8))
        for level in (6, 9, 1, 2, 3, 4, 5, 7, 8):
            if _deflate(self.text, level, window) == self._stored:
                return _deflate(text, level, window)
        return zlib.compress(text)


def _deflate(text: bytes, level: int, window: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, window)
    return packer.compress(text) + packer.flush()


def _inflate(data: bytes) -> bytes:
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(data, MAX_PACKET + 1)
    except zlib.error as error:
        raise Refusal(_DAMAGED) from error
    if not unpacker.eof or unpacker.unused_data or len(text) > MAX_PACKET:
        raise Refusal(_DAMAGED)
    return text


def _is_xmp(data: bytes, chunk: Chunk) -> bool:
    return chunk.kind == b"iTXt" and data.startswith(_XMP_START, chunk.start + 8)


def _is_sound(data: bytes, chunk: Chunk) -> bool:
    stored = int.from_bytes(data[chunk.stop : chunk.end], "big")
    return zlib.crc32(data[chunk.start + 4 : chunk.stop]) == stored


def _profile(data: bytes, chunk: Chunk) -> bytes:
    """The kind of metadata that ImageMagick and others keep in a text chunk; else empty."""
    keyword = chunk.keyword(data)
    if keyword + b"\0" == _XMP_START and chunk.kind != b"iTXt":  # the right name, the wrong kind
        return b"xmp"
    return keyword[17:] if keyword.startswith(b"Raw profile type ") else b""


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return len(content).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")
