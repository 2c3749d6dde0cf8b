"""JPEG files as :class:`~blipdesk.metadata.container.Container`: two APP1 segments of the header.

Each reason to refuse was a real file that otherwise got damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Self

from blipdesk.domain.wording import later
from blipdesk.metadata import exif_patch, jpeg, mpf
from blipdesk.metadata.jpeg import Header, Segment
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit, same_bytes, splice
from blipdesk.metadata.unsafe import MOVED, SIGNED, refuse_counting_trailer, refuse_several

_PICTURE = re.compile(rb"\xd8\xff")  # one literal: four times as quick as two searches by bytes.find
_MAX_LATER = 4096  # each costs a search through the EXIF block; a video of 100 MB has a dozen by chance


class JpegFile:
    """One JPEG file; its header was read, the scans and what follows them never are.

    Raises:
        Refusal: anything in the header that is not marker, length, payload.
    """

    takes_xmp = True
    xmp_tag = None

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._header = jpeg.read_header(data)
        self._exif = self._header.exif(data)
        self._xmp = self._header.xmp(data)

    @cached_property
    def exif(self) -> tuple[bytes, ...]:
        """The blocks of all segments that any reader may take for EXIF."""
        return tuple(jpeg.exif_block(self._data, segment) for segment in self._exif)

    @cached_property
    def xmp(self) -> tuple[bytes, ...]:
        """The (main) packets; what extends them is left alone."""
        return tuple(jpeg.xmp_packet(self._data, segment) for segment in self._xmp)

    def refuse_unsafe(self) -> None:
        """Raise where no part of the file may change or move."""
        if self._header.is_signed(self._data):
            raise Refusal(SIGNED)
        refuse_counting_trailer(self._data, self._header.sos)
        refuse_several(self._exif, self._xmp)
        for segment in self._exif:
            self._refuse_later_pictures(segment)

    def refuse_unfit(self, exif: bytes | None, xmp: bytes | None) -> None:
        """Raise where a block does not fit into a segment, or moves what another block points at."""
        self._edits(exif, xmp)

    def with_blocks(self, exif: bytes | None, xmp: bytes | None) -> bytes:
        """The file with other blocks, and an index of further pictures that is right again."""
        return splice(self._data, self._edits(exif, xmp))

    def _edits(self, exif: bytes | None, xmp: bytes | None) -> list[Edit]:
        edits: list[Edit] = []
        if exif is not None:
            edits.append(self._exif_edit(exif))
        if xmp is not None:
            edits.append(self._xmp_edit(xmp))
            if exif is None:
                self._refuse_read_through(edits[-1])
        return mpf.adjust(self._data, self._header, edits)

    def _exif_edit(self, block: bytes) -> Edit:
        new = jpeg.exif_segment(block) if block else b""
        if not self._exif:
            position = jpeg.insertion_point(self._header)
            return Edit(position, position, new)
        if not self._data.startswith(jpeg.EXIF_PREFIX, self._exif[0].body):
            raise Refusal(later("its EXIF block starts in an unusual way"))
        return jpeg.replacing(self._exif[0], new)

    def _xmp_edit(self, packet: bytes) -> Edit:
        new = jpeg.xmp_segment(packet) if packet else b""
        if self._xmp:
            return jpeg.replacing(self._xmp[0], new)
        position = self._exif[0].end if self._exif else jpeg.insertion_point(self._header)
        return Edit(position, position, new)

    def _refuse_read_through(self, edit: Edit) -> None:
        """Refuse when a reader of the EXIF block takes what changes behind it for its own.

        A thumbnail whose end was cut off is one such: it goes on in the XMP packet.
        """
        length = len(self._data) + max(edit.growth, 0)
        for segment, block in zip(self._exif, self.exif, strict=True):
            start = segment.body + len(jpeg.EXIF_PREFIX)
            for first, end in exif_patch.outward(block):
                if segment.body < edit.start < start + end and start + first < length:
                    raise Refusal(later("what changes behind it would be taken for a part of it"))

    def _refuse_later_pictures(self, segment: Segment) -> None:
        """Refuse when the block names the offset of a picture behind it: that picture is about to move."""
        block = segment.payload(self._data)
        start = segment.body + len(jpeg.EXIF_PREFIX)
        for number, where in enumerate(_later_pictures(self._data, segment.end)):
            if number >= _MAX_LATER:
                raise Refusal(later("more pictures follow it than can be looked at"))
            for offset in (where, where - start):
                named = offset & 0xFFFFFFFF
                if named.to_bytes(4, "big") in block or named.to_bytes(4, "little") in block:
                    raise Refusal(later("its EXIF block points at a preview further back in the file"))

    def prove(self, after: Self, exif_changed: bool) -> None:
        """Raise unless all other segments and everything from the first scan on are the same in ``after``.

        Of an index of further pictures the offsets may differ, not what is found there.
        """
        old, new, header = self._data, after._data, after._header
        start, end = self._header.sos, len(old)
        same = _others(old, self._header, exif_changed) == _others(new, header, exif_changed)
        same &= end - start == len(new) - header.sos and same_bytes(old, start, end, new, header.sos)
        if not same or not mpf.is_kept(old, self._header, new, header):
            raise Refusal(MOVED)


def _others(data: bytes, header: Header, exif: bool) -> list[tuple[int, bytes]]:
    """The segments that no edit may touch."""
    ours = {*header.xmp(data), *header.mpf(data), *(header.exif(data) if exif else ())}
    return [(s.marker, s.payload(data)) for s in header.segments if s not in ours]


def _later_pictures(data: bytes, start: int) -> Iterator[int]:
    """The offsets at which a picture may begin."""
    for found in _PICTURE.finditer(data, start):
        at = found.start() - 1
        whole = at >= start and data[at] == 0xFF
        if whole or data[at + 3 : at + 4] == b"\xdb":  # Minolta overwrites the first byte of its previews
            yield at
