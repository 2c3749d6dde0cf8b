"""The EXIF fields of one photo by the directory that they belong to, wherever that stands."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator, Sequence

from blipdesk.metadata.charsets import decode_bytes, is_texty
from blipdesk.metadata.tiff import Entry, TiffBlock

_PLACES = {
    "IFD0": ("IFD0",),
    "Exif": ("IFD0/Exif", "IFD0"),  # RAW files after TIFF/EP (ISO 12234-2) have its fields in IFD0
    "GPS": ("IFD0/GPS",),
}
_FRACTIONS = {5: "I", 10: "i"}
_ASCII = 2
_MOST_NUMBERS, _MOST_CHARACTERS = 8, 200
_DECIMAL_COMMAS = re.compile(r"\d{1,3},\d{2,9}(,\d{1,3},\d{2,9}){2}")
_NUMBER = re.compile(r"([+-]?\d{1,12}(?:\.\d{1,12})?)(?:/(\d{1,12}))?")


def _written(raw: bytes) -> list[float]:
    text = raw.decode("latin-1").strip("\0 ")
    if _DECIMAL_COMMAS.fullmatch(text):
        return [float(number.replace(",", ".")) for number in re.findall(r"\d+,\d+", text)]
    found = _NUMBER.findall(text)[:_MOST_NUMBERS]
    return [float(top) / float(bottom or 1) if float(bottom or 1) else math.nan for top, bottom in found]


class ExifTags:
    """Reads fields leniently; what is not there or makes no sense is None or empty.

    Args:
        blocks: the photo's block; a file that gives each directory a block of its own (CR3) has several,
            with the name of the directory.
    """

    def __init__(self, blocks: Sequence[tuple[str, TiffBlock]]) -> None:
        self._blocks = blocks

    def _entries(self, directory: str, tag: int) -> Iterator[tuple[TiffBlock, Entry]]:
        for name, block in self._blocks:
            places = _PLACES[directory] if not name else ("IFD0",) if name == directory else ()
            for place in places:
                entry = block.find(place, tag)
                if entry is not None:
                    yield block, entry

    def raw(self, directory: str, tag: int, limit: int = 1 << 16) -> bytes:
        """The bytes of a value; empty where there is none."""
        return next((block.raw(entry, limit) for block, entry in self._entries(directory, tag)), b"")

    def text(self, directory: str, tag: int) -> str | None:
        """A short text on one line."""
        text = " ".join(decode_bytes(self.raw(directory, tag, 512)).split())
        return text if text and is_texty(text) else None

    def numbers(self, directory: str, tag: int) -> list[float]:
        """The numbers of a value, a few at most; NaN for a fraction without denominator (not known)."""
        for block, entry in self._entries(directory, tag):
            if entry.type == _ASCII:  # a text: ``52/1,0/1,50/1`` or ``52,00000,50,00000,34,01180``
                return _written(block.raw(entry, _MOST_CHARACTERS))
            count = min(entry.count, _MOST_NUMBERS)
            if entry.type not in _FRACTIONS:
                return block.numbers(entry)[:count]
            code = f"{block.order}{2 * count}{_FRACTIONS[entry.type]}"
            parts = struct.unpack_from(code, block.data, entry.value_at)
            return [
                top / bottom if bottom else math.nan for top, bottom in zip(*[iter(parts)] * 2, strict=True)
            ]
        return []
