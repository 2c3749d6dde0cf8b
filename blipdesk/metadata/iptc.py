"""Reading IPTC-IIM (IIM 4.2) from Photoshop resources: what people wrote, and when the photo was taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from blipdesk.metadata.charsets import decode_iptc

_IPTC_RESOURCE, _DIGEST_RESOURCE = 0x0404, 0x0425
_SIGNATURES = frozenset({b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR"})
"""How a resource begins: Photoshop's, and those of the programs that came to share the list with it."""
_MAX_SETS = 50_000
_MAX_RESOURCES = 10_000
_MAX_TRAILERS = 1000
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
        unread: there is more than was looked at, a caption maybe.
    """

    caption: str = ""
    title: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    newer: bool = False
    unread: bool = False


def is_photoshop(data: bytes) -> bool:
    """Whether Photoshop resources begin with these bytes."""
    return data[:4] in _SIGNATURES


def join_photoshop(payloads: Iterable[bytes]) -> Iterator[bytes]:
    """Photoshop resources as the payloads of APP13 segments hold them, without the segments' names.

    A list of resources too long for a segment goes on in the next, wherever it was cut.  Where that one could
    as well be a list of its own, it is both.
    """
    joined, position = bytearray(), 0
    for payload in payloads:
        if position == len(joined):
            if joined:
                yield bytes(joined)
            joined, position = bytearray(), 0
        elif is_photoshop(payload):
            yield payload
        joined += payload
        position = _end_of_resources(joined, position)
    if joined:
        yield bytes(joined)


def _end_of_resources(data: bytes | bytearray, position: int) -> int:
    """Where the last resource ends or, where its head is cut off, begins; the end of ``data`` behind a list.

    Args:
        data: resources.
        position: where one of them begins.
    """
    while position < len(data):
        head = _head(data, position)
        if head is None:
            first = bytes(data[position : position + 4])
            return position if any(s.startswith(first) for s in _SIGNATURES) else len(data)
        _, start, size = head
        position = start + size + (size & 1)
    return position


def _head(data: bytes | bytearray, position: int) -> tuple[int, int, int] | None:
    """Kind, start and size of the resource that begins at ``position``, if its head is whole."""
    if bytes(data[position : position + 4]) not in _SIGNATURES or position + 12 > len(data):
        return None
    name = data[position + 6] + 1
    start = position + 6 + name + (name & 1) + 4
    if start > len(data):
        return None
    kind = int.from_bytes(data[position + 4 : position + 6], "big")
    return kind, start, int.from_bytes(data[start - 4 : start], "big")


def read_photoshop(payload: bytes) -> list[IptcTexts]:
    """Read the IPTC resources of a list of Photoshop's; mostly one."""
    position = 0
    records: list[bytes] = []
    digest = b""
    for _ in range(_MAX_RESOURCES):
        head = _head(payload, position)
        if head is None:
            break
        kind, start, size = head
        if kind == _IPTC_RESOURCE:
            records.append(payload[start : start + size])
        elif kind == _DIGEST_RESOURCE:
            digest = payload[start : start + size]
        position = start + size + (size & 1)
    more = len(records) > MAX_RECORDS or _head(payload, position) is not None
    found = []
    for record in records[:MAX_RECORDS]:
        # A checksum that the format names, no secret hangs on it.
        said = hashlib.md5(record, usedforsecurity=False).digest()
        found.append(read_iim(record, len(digest) == len(said) and any(digest) and digest != said))
    return [*found, IptcTexts(unread=True)] if more else found


def read_iim(record: bytes, newer: bool = False) -> IptcTexts:
    """Read the datasets of an IIM record, as far as they can be followed; ``newer`` as in the result."""
    sets, unread = _datasets(record)
    charset = next((value for number, value in sets if number == _CHARSET), b"")

    def texts(number: bytes) -> list[str]:
        found = (decode_iptc(value, charset) for own, value in sets if own == number)
        return [text.replace("\r\n", "\n").replace("\r", "\n") for text in found if text]

    def first(number: bytes) -> str:
        return next(iter(texts(number)), "")

    date = f"{first(_DATE)} {first(_TIME)}".strip()
    return IptcTexts(first(_CAPTION), first(_TITLE), tuple(texts(_KEYWORD)), date, newer, unread)


def read_all(photoshop: Iterable[bytes], records: Iterable[bytes]) -> Iterator[IptcTexts]:
    """Read the records of lists of Photoshop's resources, then those that stand by themselves."""
    for payload in photoshop:
        yield from read_photoshop(payload)
    yield from map(read_iim, records)


def _datasets(record: bytes) -> tuple[list[tuple[bytes, bytes]], bool]:
    """Record and dataset number, and value, of those that are read; and whether there are more."""
    found: list[tuple[bytes, bytes]] = []
    position = max(0, record.find(b"\x1c"))  # exiv2 passes over what stands before
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
    else:
        return found, record[position : position + 1] == b"\x1c"
    return found, False


def find_trailer(data: bytes) -> bytes | None:
    """The IIM record in a FotoWare trailer behind the picture; empty without one, None: not looked through.

    Trailers are chained from the end of the file: each closes with its kind, its size and a magic number.
    """
    end = len(data)
    for _ in range(_MAX_TRAILERS):
        if data[end - 4 : end] != b"\xa1\xb2\xc3\xd4" or end < 10:
            return b""
        kind = int.from_bytes(data[end - 10 : end - 8], "big")
        size = int.from_bytes(data[end - 8 : end - 4], "big")
        if not 10 <= size <= end:
            return b""
        if kind == 1:
            return data[end - size : end - 10]
        end -= size
    return None
