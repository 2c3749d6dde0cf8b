"""The header of a JPEG file as a list of segments (ITU-T T.81, annex B).

The scans and whatever trails them are never parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from blipdesk.domain.wording import later
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit

EXIF_PREFIX = b"Exif\0\0"
XMP_PREFIX = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_PREFIX = b"http://ns.adobe.com/xmp/extension/\0"
MPF_PREFIX = b"MPF\0"
MAX_PAYLOAD = 65_533
"""Bytes that one segment can hold: its 16-bit length counts itself."""

_PHOTOSHOP = re.compile(rb"Photoshop 3.0\0|Adobe_Photoshop2.5:.{8}", re.DOTALL)
"""How Photoshop's resources begin, now and in its version 2.5; exiftool takes any sign for the points."""
_SOS = 0xDA
_APP0, _APP1, _APP2, _APP11, _APP13 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED
_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
MAX_SEGMENTS = 4096


class Segment(NamedTuple):
    """One marker segment: ``data[start:end]``, fill bytes included; its payload starts at ``body``."""

    marker: int
    start: int
    body: int
    end: int

    def payload(self, data: bytes) -> bytes:
        """The bytes after the length field."""
        return data[self.body : self.end]


@dataclass(frozen=True, slots=True)
class Header:
    """The segments before the first scan, which starts at offset ``sos``."""

    segments: tuple[Segment, ...]
    sos: int

    def having(self, data: bytes, marker: int, prefix: bytes) -> list[Segment]:
        """Segments of that marker whose payload starts with ``prefix``."""
        return [s for s in self.segments if s.marker == marker and data.startswith(prefix, s.body, s.end)]

    def exif(self, data: bytes) -> list[Segment]:
        """Segments that any reader may take for an EXIF block."""
        return self.having(data, _APP1, b"Exif\0")

    def xmp(self, data: bytes) -> list[Segment]:
        """Segments that hold a (main) XMP packet."""
        return self.having(data, _APP1, XMP_PREFIX)

    def extended(self, data: bytes) -> list[Segment]:
        """Segments with a part of a packet that goes on from the main one."""
        return self.having(data, _APP1, EXTENDED_PREFIX)

    def photoshop(self, data: bytes) -> list[Segment]:
        """Segments that hold Photoshop resources, IPTC among them."""
        return [s for s in self.segments if s.marker == _APP13 and _PHOTOSHOP.match(data, s.body, s.end)]

    def mpf(self, data: bytes) -> list[Segment]:
        """Segments with the index of a multi-picture file."""
        return self.having(data, _APP2, MPF_PREFIX)

    def is_signed(self, data: bytes) -> bool:
        """True for C2PA content credentials: any edit would void the signature."""
        return any(
            b"jumb" in data[s.body : s.body + 64] and b"c2pa" in data[s.body : s.end]
            for s in self.segments
            if s.marker == _APP11
        )


def read_header(data: bytes, lenient: bool = False) -> Header:
    """Walk the segments up to the first scan.

    Args:
        data: the file.
        lenient: for reading only: stop at the first oddity and keep what was found.

    Raises:
        Refusal: anything that is not marker, length, payload up to a start of scan.
    """
    segments: list[Segment] = []
    try:
        sos = _walk(data, segments)
    except Refusal:
        if not lenient:
            raise
        sos = segments[-1].end if segments else min(len(data), 2)
    return Header(tuple(segments), sos)


def _walk(data: bytes, segments: list[Segment]) -> int:
    if data[:2] != b"\xff\xd8":
        raise Refusal(later("it is not a JPEG file"))
    position, size = 2, len(data)
    while len(segments) < MAX_SEGMENTS:
        start = position
        if not data.startswith(b"\xff", position):
            raise Refusal(later("its header is damaged"))
        while data.startswith(b"\xff", position):  # fill bytes are legal before any marker
            position += 1
        if position + 3 > size:
            raise Refusal(later("its header is cut off"))
        marker = data[position]
        if marker == _SOS:
            return start
        if marker == 0 or marker in _ALONE:
            raise Refusal(later("its header is damaged"))
        length = data[position + 1] << 8 | data[position + 2]
        end = position + 1 + length
        if length < 2 or end > size:
            raise Refusal(later("its header is damaged"))
        segments.append(Segment(marker, start, position + 3, end))
        position = end
    raise Refusal(later("its header has too many parts"))


def exif_block(data: bytes, segment: Segment) -> bytes:
    """The block of an EXIF segment."""
    return segment.payload(data)[len(EXIF_PREFIX) :]


def xmp_packet(data: bytes, segment: Segment) -> bytes:
    """The packet of an XMP segment."""
    return segment.payload(data)[len(XMP_PREFIX) :]


def photoshop_resources(data: bytes, segment: Segment) -> bytes:
    """The resources of a segment of Photoshop's."""
    name = _PHOTOSHOP.match(data, segment.body, segment.end)
    return data[name.end() if name else segment.end : segment.end]


def exif_segment(block: bytes) -> bytes:
    """A segment that holds an EXIF block.

    Raises:
        Refusal: the block does not fit.
    """
    return _app1(EXIF_PREFIX + block)


def xmp_segment(packet: bytes) -> bytes:
    """A segment that holds an XMP packet.

    Raises:
        Refusal: the packet does not fit.
    """
    return _app1(XMP_PREFIX + packet)


def _app1(payload: bytes) -> bytes:
    if len(payload) > MAX_PAYLOAD:
        raise Refusal(later("its metadata block is full"))
    return bytes((0xFF, _APP1)) + (len(payload) + 2).to_bytes(2, "big") + payload


def insertion_point(header: Header) -> int:
    """Where a new EXIF segment goes: behind a leading run of APP0 (JFIF must come first), else behind SOI."""
    position = 2
    for segment in header.segments:
        if segment.marker != _APP0:
            break
        position = segment.end
    return position


def replacing(segment: Segment, new: bytes) -> Edit:
    """Replace a segment (``new`` empty: take it out), but for the fill bytes before it."""
    return Edit(segment.body - 4, segment.end, new)
