"""Reading IPTC-IIM (IIM 4.2) from Photoshop resources: what people wrote, and when the photo was taken."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from blipdesk.metadata.charsets import decode_iptc

_IPTC_RESOURCE, _DIGEST_RESOURCE = 0x0404, 0x0425
_MAX_SETS = 5000
_MAX_RESOURCES = 1000
MAX_RECORDS = 32
"""Of one file; programs write one or two."""
_CHARSET = b"\x01\x5a"
_TITLE, _KEYWORD, _DATE, _TIME, _CAPTION = b"\x02\x05", b"\x02\x19", b"\x02\x37", b"\x02\x3c", b"\x02\x78"
_READ = frozenset({_CHARSET, _TITLE, _KEYWORD, _DATE, _TIME, _CAPTION})


@dataclass(frozen=True, slots=True)
class IptcTexts:
    """What people wrote into the IPTC record.

    Attributes:
        caption: 2:120, Caption-Abstract.
        title: 2:05, Object Name.
        keywords: 2:25.
        date: 2:55 and 2:60 as they stand, ``20240501 102030+0200``.
        newer: the digest beside it is another record's: a program that knows IPTC alone changed it since the
            XMP was written, and it comes before that (MWG Guidance 2.0, 3.3.1).
    """

    caption: str = ""
    title: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    newer: bool = False


def read_photoshop(payload: bytes) -> IptcTexts:
    """Read the IPTC resource of an APP13 payload, its ``Photoshop 3.0`` name cut off; empty without one."""
    position = 0
    record: bytes | None = None
    digest = b""
    for _ in range(_MAX_RESOURCES):
        if payload[position : position + 4] != b"8BIM" or position + 12 > len(payload):
            break
        kind = int.from_bytes(payload[position + 4 : position + 6], "big")
        name = payload[position + 6] + 1
        position += 6 + name + (name & 1)
        size = int.from_bytes(payload[position : position + 4], "big")
        position += 4
        if kind == _IPTC_RESOURCE and record is None:
            record = payload[position : position + size]
        elif kind == _DIGEST_RESOURCE:
            digest = payload[position : position + size]
        position += size + (size & 1)
    if record is None:
        return IptcTexts()
    # A checksum that the format names, no secret hangs on it.
    said = hashlib.md5(record, usedforsecurity=False).digest()
    return read_iim(record, newer=len(digest) == len(said) and any(digest) and digest != said)


def read_iim(record: bytes, newer: bool = False) -> IptcTexts:
    """Read the datasets of an IIM record, as far as they can be followed; ``newer`` as in the result."""
    sets = _datasets(record)
    charset = next((value for number, value in sets if number == _CHARSET), b"")

    def texts(number: bytes) -> list[str]:
        found = (decode_iptc(value, charset) for own, value in sets if own == number)
        return [text.replace("\r\n", "\n").replace("\r", "\n") for text in found if text]

    def first(number: bytes) -> str:
        return next(iter(texts(number)), "")

    date = f"{first(_DATE)} {first(_TIME)}".strip()
    return IptcTexts(first(_CAPTION), first(_TITLE), tuple(texts(_KEYWORD)), date, newer)


def _datasets(record: bytes) -> list[tuple[bytes, bytes]]:
    """Record and dataset number, and value, of those that are read."""
    found: list[tuple[bytes, bytes]] = []
    position = 0
    for _ in range(_MAX_SETS):
        if record[position : position + 1] != b"\x1c" or position + 5 > len(record):
            break
        number, size = record[position + 1 : position + 3], record[position + 3 : position + 5]
        length = int.from_bytes(size, "big")
        position += 5
        if length & 0x8000:  # extended dataset: the length of the length
            width = length & 0x7FFF
            if width > 4:
                break
            length = int.from_bytes(record[position : position + width], "big")
            position += width
        if number in _READ:
            found.append((number, record[position : position + length]))
        position += length
    return found


def find_trailer(data: bytes) -> bytes:
    """The IIM record in a FotoWare trailer behind the picture; empty without one.

    Trailers are chained from the end of the file: each closes with its kind, its size and a magic number.
    """
    end = len(data)
    for _ in range(16):
        if data[end - 4 : end] != b"\xa1\xb2\xc3\xd4" or end < 10:
            break
        kind = int.from_bytes(data[end - 10 : end - 8], "big")
        size = int.from_bytes(data[end - 8 : end - 4], "big")
        if not 10 <= size <= end:
            break
        if kind == 1:
            return data[end - size : end - 10]
        end -= size
    return b""
