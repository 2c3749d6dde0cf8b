"""WebP files as :class:`~blipdesk.metadata.container.Container`: the chunks EXIF and XMP (RFC 9649, 2.7).

Metadata ask for the extended layout: a simple file gets a VP8X header made from its own picture header, and
loses it again with the last of them.
"""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Self

from blipdesk.domain.wording import later
from blipdesk.metadata import exif_patch
from blipdesk.metadata.chunks import Chunk, placing, riff_chunks
from blipdesk.metadata.jpeg import EXIF_PREFIX
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit, same_spans, splice
from blipdesk.metadata.unsafe import MOVED, SIGNED, refuse_counting_trailer, refuse_several

_HEADER, _EXIF, _XMP = b"VP8X", b"EXIF", b"XMP "
_PICTURE = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_OUTSIDE_SIMPLE = frozenset({b"ALPH", b"ICCP", b"ANIM", b"ANMF", _EXIF, _XMP})
"""Chunks that only the extended layout holds."""
_HAS_EXIF, _HAS_XMP, _HAS_ALPHA = 0x08, 0x04, 0x10
_MAX_CHUNKS = 100_000
_MAX_SIZE = 0xFFFF_FFF6
_DAMAGED = later("its structure is damaged")


def read_chunks(data: bytes) -> list[Chunk]:
    """All chunks of the RIFF list.

    Raises:
        Refusal: cut off, sizes that do not fit, or no picture.
    """
    limit = 8 + int.from_bytes(data[4:8], "little")
    listed = takewhile(lambda chunk: chunk.start < limit, riff_chunks(data))
    chunks = list(islice(listed, _MAX_CHUNKS))
    fits = bool(chunks) and chunks[-1].end == limit <= len(data)
    if not fits or not any(chunk.kind in _PICTURE for chunk in chunks):
        raise Refusal(_DAMAGED)
    headers = [chunk for chunk in chunks if chunk.kind == _HEADER]
    simple = chunks[0].kind in _PICTURE and not any(chunk.kind in _OUTSIDE_SIMPLE for chunk in chunks)
    extended = headers == chunks[:1] and headers[0].stop - headers[0].start == 18
    if not extended and (headers or not simple):
        raise Refusal(_DAMAGED)
    return chunks


class WebpFile:
    """One WebP file, simple or extended, animated ones too.

    Raises:
        Refusal: its structure is damaged.
    """

    xmp_tag = None

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._chunks = read_chunks(data)
        self._exif = self._having(_EXIF)
        self._xmp = self._having(_XMP)
        self.exif = tuple(chunk.content(data).removeprefix(EXIF_PREFIX) for chunk in self._exif)
        self.xmp = tuple(chunk.content(data) for chunk in self._xmp)
        self.takes_xmp = not self._having(b"XMP\0")  # so misspelt by some, and read by ExifTool

    def _having(self, kind: bytes) -> list[Chunk]:
        return [chunk for chunk in self._chunks if chunk.kind == kind]

    def refuse_unsafe(self) -> None:
        """Raise where no part of the file may change or move."""
        if self._having(b"C2PA"):
            raise Refusal(SIGNED)
        refuse_several(self._exif, self._xmp)
        refuse_counting_trailer(self._data, self._chunks[-1].end)

    def refuse_unfit(self, exif: bytes | None, xmp: bytes | None) -> None:
        """Raise where the file would become too large for its format."""
        self._edits(exif, xmp)

    def with_blocks(self, exif: bytes | None, xmp: bytes | None) -> bytes:
        """The file with other chunks, new ones behind the picture, and a header that tells of them."""
        return splice(self._data, self._edits(exif, xmp))

    def _edits(self, exif: bytes | None, xmp: bytes | None) -> list[Edit]:
        edits: list[Edit] = []
        position = max(chunk.end for chunk in self._chunks if chunk.kind in _PICTURE)
        if exif is not None:
            start = self._exif[0].start + 8 if self._exif else 0
            prefix = EXIF_PREFIX if start and self._data.startswith(EXIF_PREFIX, start) else b""
            edits.append(placing(self._exif, position, _chunk(_EXIF, prefix + exif) if exif else b""))
        if xmp is not None:
            if exif is None:
                exif_patch.refuse_reading_on(self.exif)
            position = max(position, *(chunk.end for chunk in self._exif), 0)
            edits.append(placing(self._xmp, position, _chunk(_XMP, xmp) if xmp else b""))
        edits += self._header_edit(exif, xmp)
        size = int.from_bytes(self._data[4:8], "little") + sum(edit.growth for edit in edits)
        if size > _MAX_SIZE:
            raise Refusal(later("it would become too large for its format"))
        return [Edit(4, 8, size.to_bytes(4, "little")), *edits]

    def _header_edit(self, exif: bytes | None, xmp: bytes | None) -> list[Edit]:
        """The header that tells of the blocks, made, changed or taken out."""
        first = self._chunks[0]
        standing = first.content(self._data) if first.kind == _HEADER else b""
        flags = standing[0] if standing else 0
        for block, chunks, flag in ((exif, self._exif, _HAS_EXIF), (xmp, self._xmp, _HAS_XMP)):
            if block == b"":
                flags &= ~flag
            elif block and not chunks:  # a standing one may not be shown: that is not for us to say
                flags |= flag
        if standing:
            new = bytes((flags,)) + standing[1:]
            gone = {kind for kind, block in ((_EXIF, exif), (_XMP, xmp)) if block == b""}
            needed = any(chunk.kind in _OUTSIDE_SIMPLE - gone for chunk in self._chunks)
            needed |= self._chunks[1].kind not in _PICTURE
            if gone and not needed and new == self._made_header(0):
                return [Edit(first.start, first.end, b"")]
            return [Edit(first.start + 8, first.start + 9, new[:1])]
        if not flags:
            return []
        return [Edit(first.start, first.start, _chunk(_HEADER, self._made_header(flags)))]

    def _made_header(self, flags: int) -> bytes:
        """The header of a file of one picture, from that picture's own (RFC 6386, 9.1; RFC 9649, 3.4)."""
        picture = next(chunk for chunk in self._chunks if chunk.kind in _PICTURE)
        head = self._data[picture.start + 8 : min(picture.stop, picture.start + 18)]
        if picture.kind == b"VP8 " and len(head) == 10 and head[3:6] == b"\x9d\x01\x2a":
            width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        elif picture.kind == b"VP8L" and len(head) >= 5 and head[0] == 0x2F:
            bits = int.from_bytes(head[1:5], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
            flags |= _HAS_ALPHA if bits >> 28 & 1 else 0
        else:
            raise Refusal(_DAMAGED)
        if not width or not height:
            raise Refusal(_DAMAGED)
        sizes = ((side - 1).to_bytes(3, "little") for side in (width, height))
        return flags.to_bytes(4, "little") + b"".join(sizes)

    def prove(self, after: Self, exif_changed: bool) -> None:
        """Raise unless all other chunks, and what follows them, are the same in ``after``.

        Of the header nothing but the two flags of metadata may differ.
        """
        ours = {_HEADER, _XMP, _EXIF} if exif_changed else {_HEADER, _XMP}
        spans, others = (
            [*((c.start, c.end) for c in chunks if c.kind not in ours), (chunks[-1].end, len(data))]
            for chunks, data in ((file._chunks, file._data) for file in (self, after))
        )
        same = same_spans(self._data, spans, after._data, others)
        if not same or self._plain_header() != after._plain_header():
            raise Refusal(MOVED)

    def _plain_header(self) -> bytes:
        """The header without the flags of metadata; what it would be where there is none."""
        if self._chunks[0].kind != _HEADER:
            return self._made_header(0)
        header = self._chunks[0].content(self._data)
        return bytes((header[0] & ~(_HAS_EXIF | _HAS_XMP),)) + header[1:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content + bytes(len(content) & 1)
