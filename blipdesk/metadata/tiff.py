"""Reading TIFF structures (TIFF 6.0, EXIF 2.32): the block of an EXIF segment or a whole TIFF file.

One reader serves both ends: the facts take what can be read, the patch asks that nothing at all was odd.
Written here rather than left to piexif, which asks for 3 GB on a small hostile file and drops tags that it
does not know.  Every access is checked against the block; counts are bounded.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import lru_cache

from blipdesk.domain.wording import later
from blipdesk.metadata.refusal import Refusal

EXIF_POINTER, GPS_POINTER, INTEROP_POINTER, SUB_IFDS = 0x8769, 0x8825, 0xA005, 0x014A
TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
MAX_ENTRIES = 2000
_MAX_IFDS = 64
_MAX_PAGES = 4096
"""A TIFF file of many pages has a directory for each; more than 64 only where there are bytes for them."""
_MAX_FIELDS = _MAX_IFDS * MAX_ENTRIES
MAX_PIECES = 1 << 16
"""Strips or tiles of one picture that are looked at."""
_MAX_ALL_PIECES = 1 << 20
_FEW, _FIELD = 64, 12
SMALL = 1 << 17
"""Bytes of a block that is remembered for a moment."""
_MAX_TEXT = 1 << 20
_SUB = {EXIF_POINTER: "Exif", GPS_POINTER: "GPS", INTEROP_POINTER: "Interop", SUB_IFDS: "Sub"}
_OF_CAPTIONS = ("IFD0", "IFD0/Exif")
_TOO_MANY = later("it has more EXIF directories than any camera writes")
IMAGE_DATA = {0x0111: 0x0117, 0x0144: 0x0145, 0x0201: 0x0202}
"""Tags that point at picture data, and the tags that give its length."""


@dataclass(slots=True)  # not frozen: a photo has a hundred, and freezing takes four times as long to make one
class Entry:
    """One field: the 12 bytes at ``at``, its value at ``value_at`` (inside the entry when it fits)."""

    tag: int
    type: int
    count: int
    at: int
    value_at: int
    size: int


_ENTRY = {"<": struct.Struct("<HHII"), ">": struct.Struct(">HHII")}


@dataclass(slots=True)
class Ifd:
    """One directory; ``next`` is the link to the following one."""

    name: str
    offset: int
    entries: list[Entry] = field(default_factory=list)
    next: int = 0

    def find(self, tag: int) -> Entry | None:
        """The first entry of that tag."""
        for entry in self.entries:
            if entry.tag == tag:
                return entry
        return None


class TiffBlock:
    """The directories of a block, as far as they can be followed.

    Attributes:
        data: the block; offsets count from its start.
        order: ``<`` or ``>``.
        ifds: IFD0, IFD1, ... and their sub-directories by name (``IFD0/Exif``).
        problems: everything that was odd, as ends of sentences; empty for a sound block.
        outward: where previews that reach beyond the block lie, as (start, end).  ExifTool reads these, and
            these alone, from the file behind it.
        cut: whether a part in which a caption may stand was not looked at.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.problems: list[str] = []
        self.outward: list[tuple[int, int]] = []
        self.ifds: dict[str, Ifd] = {}
        self.cut = False
        self._seen: set[int] = set()
        self._pages = 0
        self._inner = 0
        # of all directories together, as many as there are bytes for: hostile ones name the same bytes
        self._fields = min(_MAX_FIELDS, len(data) // _FIELD)
        self._pieces = min(_MAX_ALL_PIECES, len(data) // 4)
        self.order = {b"II": "<", b"MM": ">"}.get(data[:2], "")
        if not self.order or len(data) < 8 or self._number("H", 2) != 42:
            self._odd(later("its EXIF block is not readable"))
            self.order = self.order or "<"
            return
        offset = self._number("I", 4)
        pages = max(_MAX_IFDS, min(_MAX_PAGES, len(data) // 128))
        while offset and self._pages < pages and self._fields > 0:
            self._pages += 1
            offset = self._read_ifd(f"IFD{self._pages - 1}", offset)
        if offset:
            self._odd(_TOO_MANY)
        if "IFD0" not in self.ifds:
            self._odd(later("its EXIF block is not readable"))

    def _odd(self, problem: str) -> None:
        if problem not in self.problems:  # a hostile block has as many as bytes
            self.problems.append(problem)

    @property
    def byte_order(self) -> str:
        """``little`` or ``big``, as :meth:`int.to_bytes` names it."""
        return "little" if self.order == "<" else "big"

    def _number(self, code: str, at: int) -> int:
        return int(struct.unpack_from(self.order + code, self.data, at)[0])

    def _room(self) -> bool:
        """Whether one more directory inside of others is read: a hostile block has as many as bytes."""
        return self._inner < _MAX_IFDS and self._fields > 0

    def _read_ifd(self, name: str, offset: int) -> int:
        if offset in self._seen:
            self._odd(later("its EXIF directories run in a circle"))
            return 0
        self._seen.add(offset)
        if offset < 8 or offset + 2 > len(self.data):
            self._odd(later("an EXIF directory lies outside its block"))
            return 0
        count = self._number("H", offset)
        end = offset + 2 + 12 * count
        if count > MAX_ENTRIES or end + 4 > len(self.data):
            self._odd(later("an EXIF directory is cut off"))
            there = min(count, (len(self.data) - offset - 2) // 12)
            self.cut |= there > MAX_ENTRIES and name in _OF_CAPTIONS
            count = min(there, MAX_ENTRIES)
            end = 0
        ifd = self.ifds[name] = Ifd(name, offset)
        self._fields -= count
        self._read_entries(ifd, count)
        for to, length in IMAGE_DATA.items():
            self._check_image_data(ifd, to, length)
        if end:
            ifd.next = self._number("I", end)
        return ifd.next

    def _read_entries(self, ifd: Ifd, number: int) -> None:
        first, length = ifd.offset + 2, len(self.data)
        rows = self.data[first : first + _FIELD * number]
        places = range(first, first + len(rows), _FIELD)
        for at, (tag, kind, count, pointer) in zip(places, _ENTRY[self.order].iter_unpack(rows), strict=True):
            if kind not in TYPE_SIZES:
                self._odd(later("an EXIF field has an unknown type"))
                continue
            size = TYPE_SIZES[kind] * count
            value_at = at + 8 if size <= 4 else pointer
            if value_at < 8:
                self._odd(later("an EXIF field points into the block's own header"))
                continue
            if value_at + size > length:
                self._odd(later("an EXIF field reaches beyond its block"))
                continue
            entry = Entry(tag, kind, count, at, value_at, size)
            ifd.entries.append(entry)
            if tag in _SUB:
                self._read_inner(ifd, entry)

    def _read_inner(self, ifd: Ifd, entry: Entry) -> None:
        """The directories that a field points at, as far as there is room."""
        name = f"{ifd.name}/{_SUB[entry.tag]}"
        for index, offset in enumerate(self.integers(entry, _MAX_IFDS - self._inner + 1)):
            if not self._room():
                self._odd(_TOO_MANY)
                self.cut |= name in _OF_CAPTIONS
                break
            self._inner += 1
            suffix = str(index) if entry.tag == SUB_IFDS else ""
            self._read_ifd(name + suffix, offset)

    def _check_image_data(self, ifd: Ifd, to: int, length: int) -> None:
        start, size = ifd.find(to), ifd.find(length)
        if start is None:
            return
        room = min(MAX_PIECES, self._pieces)
        if start.count > room:
            self._odd(later("its picture is in more pieces than are looked at"))
        offsets, sizes = (self.integers(entry, room) for entry in (start, size))
        self._pieces -= len(offsets)
        if len(offsets) != len(sizes):
            self._odd(later("its EXIF preview is not readable"))
            return
        for at, count in zip(offsets, sizes, strict=True):
            if count and at < 8:
                self._odd(later("its EXIF preview lies in the block's own header"))
            elif count and at + count > len(self.data):
                self._odd(later("its EXIF preview reaches beyond its block"))
                self.outward.append((at, at + count))

    # ------------------------------------------------------------------------------- values

    def find(self, ifd: str, tag: int) -> Entry | None:
        """The entry of a directory by name, or None."""
        directory = self.ifds.get(ifd)
        return directory.find(tag) if directory else None

    def raw(self, entry: Entry | None, limit: int = 1 << 16) -> bytes:
        """The value's bytes, ``limit`` at most; empty for None."""
        if entry is None:
            return b""
        return bytes(self.data[entry.value_at : entry.value_at + min(entry.size, limit)])

    def whole(self, entry: Entry | None) -> bytes:
        """All of the value's bytes, as what is written back needs them; empty for None.

        Raises:
            Refusal: it is larger than any text.
        """
        if entry is not None and entry.size > _MAX_TEXT:
            raise Refusal(later("a text in its EXIF block is larger than any"))
        return self.raw(entry, _MAX_TEXT)

    def integers(self, entry: Entry | None, most: int = _FEW) -> list[int]:
        """The values of an integer entry, ``most`` at most."""
        codes = {1: "B", 3: "H", 4: "I", 13: "I", 8: "h", 9: "i"}
        if entry is None or entry.type not in codes:
            return []
        count = max(0, min(entry.count, most))
        return list(struct.unpack_from(f"{self.order}{count}{codes[entry.type]}", self.data, entry.value_at))

    def numbers(self, entry: Entry | None) -> list[float]:
        """The values of a numeric entry as floats; fractions with a zero denominator are left out."""
        if entry is None:
            return []
        count = min(entry.count, _FEW)
        if entry.type in (5, 10):
            code = "I" if entry.type == 5 else "i"
            parts = struct.unpack_from(f"{self.order}{2 * count}{code}", self.data, entry.value_at)
            return [a / b for a, b in zip(parts[::2], parts[1::2], strict=True) if b]
        if entry.type in (11, 12):
            code = "f" if entry.type == 11 else "d"
            return list(struct.unpack_from(f"{self.order}{count}{code}", self.data, entry.value_at))
        return [float(value) for value in self.integers(entry)[:count]]


def read_block(data: bytes) -> TiffBlock:
    """The directories of a block, which the caller leaves as they are.

    A write looks at the same two or three blocks eight times: small ones are remembered for a moment.
    """
    return _remembered(data) if len(data) <= SMALL else TiffBlock(data)


@lru_cache(maxsize=4)
def _remembered(data: bytes) -> TiffBlock:
    return TiffBlock(data)
