"""Reading IPTC-IIM (2:120 caption, 2:25 keywords) from Photoshop resources."""

from __future__ import annotations

from dataclasses import dataclass

from blipdesk.metadata.texts import decode_bytes

_IPTC_RESOURCE = 0x0404
_MAX_SETS = 5000


@dataclass(frozen=True, slots=True)
class IptcTexts:
    """What people wrote into the IPTC record."""

    caption: str = ""
    keywords: tuple[str, ...] = ()


def read_photoshop(payload: bytes) -> IptcTexts:
    """Read the IPTC resource of an APP13 payload, its ``Photoshop 3.0`` name cut off; empty without one."""
    position = 0
    while payload[position : position + 4] == b"8BIM" and position + 12 <= len(payload):
        kind = int.from_bytes(payload[position + 4 : position + 6], "big")
        name = payload[position + 6] + 1
        position += 6 + name + (name & 1)
        size = int.from_bytes(payload[position : position + 4], "big")
        position += 4
        if kind == _IPTC_RESOURCE:
            return read_iim(payload[position : position + size])
        position += size + (size & 1)
    return IptcTexts()


def read_iim(record: bytes) -> IptcTexts:
    """Read the datasets of an IIM record, as far as they can be followed."""
    caption, keywords = "", []
    utf8 = False
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
        value = record[position : position + length]
        position += length
        if number == b"\x01\x5a":
            utf8 = value == b"\x1b%G"
        elif number in (b"\x02\x78", b"\x02\x19"):
            text = value.decode("utf-8", "replace") if utf8 else decode_bytes(value)
            text = text.strip("\0 \r\n\t")
            if number == b"\x02\x78":
                caption = caption or text
            elif text:
                keywords.append(text)
    return IptcTexts(caption, tuple(keywords))


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
