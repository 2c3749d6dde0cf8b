"""The boxes and items of a HEIF or AVIF file (ISO/IEC 14496-12, sections 4 and 8.11; ISO/IEC 23008-12).

Every access is checked against the file, and loops are bounded.  Read leniently, whatever cannot be followed
ends up in :attr:`Structure.problems` and what was found so far is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from blipdesk.domain.wording import later
from blipdesk.metadata.refusal import Refusal

_XMP_TYPE = b"application/rdf+xml"
XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""The ``uuid`` box that holds a packet (ISO 16684-3, 1.3.9.1)."""
_DAMAGED = later("its HEIF structure is damaged")
_MAX_BOXES = 10_000
_MAX_EXTENTS = 100_000
_DESCRIBES = b"cdsc"


class Box(NamedTuple):
    """One box: ``data[start:end]``, content from ``body`` on; ``open``: it runs to wherever the file ends."""

    kind: bytes
    start: int
    body: int
    end: int
    open: bool = False


class Number(NamedTuple):
    """A number of ``width`` bytes that stands at ``at``; width 0: nothing stands there, and it is 0."""

    at: int
    width: int
    value: int


class Place(NamedTuple):
    """Where the bytes of one item lie (14496-12, 8.11.3).

    ``method`` is its construction method: 0 file, 1 idat box, 2 another item; ``source`` its data reference,
    0 for this file.
    """

    item: int
    method: int
    source: int
    base: Number
    extents: tuple[tuple[Number, Number], ...]
    """Offset and length of each, the offset counting from ``base``."""

    def spans(self) -> list[tuple[int, int]]:
        """Offset (from the start of what ``method`` names) and length of each extent."""
        return [(self.base.value + offset.value, length.value) for offset, length in self.extents]


class Item(NamedTuple):
    """One entry of the item information (14496-12, 8.11.6)."""

    id: int
    kind: bytes
    protected: bool = False
    content_type: bytes = b""
    encoded: bool = False

    @property
    def holds_xmp(self) -> bool:
        """Whether it is an XMP packet (23008-12, annex A.3), maybe a packed one."""
        return self.kind == b"mime" and self.content_type.lower() == _XMP_TYPE

    @property
    def is_xmp(self) -> bool:
        """Whether it is an XMP packet as it stands, not packed."""
        return self.holds_xmp and not self.encoded


@dataclass(slots=True)
class Structure:
    """What the boxes of a file say.

    Attributes:
        data: the file.
        boxes: its boxes, in order.
        meta: the boxes of its (first) meta box.
        items: the items, by id.
        places: where they lie, by id.
        primary: the item that is the picture; 0: not named.
        describes: which items an item describes, by its id.
        problems: what was odd, as ends of sentences.
        cut: there are more boxes than were looked at.
    """

    data: bytes
    boxes: list[Box] = field(default_factory=list)
    meta: list[Box] = field(default_factory=list)
    items: dict[int, Item] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    primary: int = 0
    describes: dict[int, set[int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    cut: bool = False

    def box(self, kind: bytes) -> Box | None:
        """The first box of the meta box of that kind."""
        return next((box for box in self.meta if box.kind == kind), None)

    def content(self, item: int, limit: int) -> bytes:
        """The bytes of an item; what lies outside the file is missing.

        Raises:
            Refusal: they lie in another file or item, or are more than ``limit``.
        """
        place = self.places.get(item)
        idat = self.box(b"idat")
        if place is None or place.source or place.method > 1 or (place.method == 1 and idat is None):
            raise Refusal(later("an item of it does not lie in the file itself"))
        start, end = (idat.body, idat.end) if place.method == 1 and idat else (0, len(self.data))
        spans = [(start + at, length or end - start - at) for at, length in place.spans()]
        if sum(max(length, 0) for _, length in spans) > limit:
            raise Refusal(later("an item of it is larger than any metadata block"))
        return b"".join(self.data[at : min(at + length, end)] for at, length in spans)

    def describes_picture(self, item: int) -> bool:
        """Whether an item is about the picture itself, not about a part of it such as its depth map."""
        return item not in self.describes or not self.primary or self.primary in self.describes[item]


class _Cursor:
    """Reads big-endian numbers of a box, and never beyond it."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self.data, self.at, self.end = data, at, end

    def number(self, width: int) -> Number:
        return Number(self.at, width, self.take(width))

    def take(self, width: int) -> int:
        at, stop = self.at, self.at + width
        if stop > self.end:
            raise Refusal(_DAMAGED)
        self.at = stop
        return int.from_bytes(self.data[at:stop], "big")

    def string(self) -> bytes:
        stop = self.data.find(b"\0", self.at, self.end)
        text = self.data[self.at : stop if stop >= 0 else self.end]
        self.at = min(self.at + len(text) + 1, self.end)
        return text


def read_boxes(data: bytes, start: int, end: int) -> list[Box]:
    """The boxes of ``data[start:end]``.

    Raises:
        Refusal: they do not fill it exactly.
    """
    boxes: list[Box] = []
    while start < end:
        if start + 8 > end or len(boxes) >= _MAX_BOXES:
            raise _Incomplete(boxes, cut=start + 8 <= end)
        size, head = int.from_bytes(data[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        whole = size == 0
        if whole:
            size = end - start
        if size < head or start + size > end:
            raise _Incomplete(boxes)
        boxes.append(Box(data[start + 4 : start + 8], start, start + head, start + size, whole))
        start += size
    return boxes


class _Incomplete(Refusal):
    """Boxes that do not fill their place: cut off, or something else behind them."""

    def __init__(self, boxes: list[Box], cut: bool = False) -> None:
        super().__init__(later("its boxes do not end where the file ends"))
        self.boxes, self.cut = boxes, cut


def boxes_of(data: bytes, start: int, end: int) -> list[Box]:
    """The same leniently: up to the first that does not fit."""
    try:
        return read_boxes(data, start, end)
    except _Incomplete as error:
        return error.boxes


def read_structure(data: bytes) -> Structure:
    """Read a file leniently: what is odd ends up in :attr:`Structure.problems`."""
    file = Structure(data)
    file.boxes = _boxes_of(file, 0, len(data))
    metas = [box for box in file.boxes if box.kind == b"meta"]
    if len(metas) != 1:
        file.problems.append(
            later("it has no list of its parts") if not metas else later("it has several lists of its parts")
        )
    for box in metas[:1]:
        file.meta = _boxes_of(file, box.body + 4, box.end)
    readers = {b"pitm": _read_primary, b"iinf": _read_items, b"iloc": _read_places, b"iref": _read_references}
    for kind, read in readers.items():
        found = [box for box in file.meta if box.kind == kind]
        if len(found) > 1:
            file.problems.append(_DAMAGED)
        for box in found[:1]:
            try:
                read(file, _Cursor(data, box.body, box.end))
            except Refusal as refusal:
                file.problems.append(refusal.reason)
    return file


def _boxes_of(file: Structure, start: int, end: int) -> list[Box]:
    try:
        return read_boxes(file.data, start, end)
    except _Incomplete as error:
        file.problems.append(error.reason)
        file.cut |= error.cut
        return error.boxes


def _read_primary(file: Structure, cursor: _Cursor) -> None:
    version = cursor.take(4) >> 24
    file.primary = cursor.take(4 if version else 2)


def _read_items(file: Structure, cursor: _Cursor) -> None:
    version = cursor.take(4) >> 24
    cursor.take(2 if version == 0 else 4)
    for box in _boxes_of(file, cursor.at, cursor.end):
        if box.kind != b"infe":
            continue
        entry = _Cursor(file.data, box.body, box.end)
        version = entry.take(4) >> 24
        if version not in (2, 3):
            file.problems.append(later("its items are listed in an unusual way"))
            continue
        number, protection, kind = entry.take(2 if version == 2 else 4), entry.take(2), entry.take(4)
        entry.string()  # its name
        mime = kind == int.from_bytes(b"mime", "big")
        content_type = entry.string() if mime else b""
        item = Item(
            number, kind.to_bytes(4, "big"), protection != 0, content_type, mime and entry.string() != b""
        )
        if file.items.setdefault(number, item) is not item:
            file.problems.append(later("an item of it is listed twice"))


def _read_places(file: Structure, cursor: _Cursor) -> None:
    version, widths = cursor.take(4) >> 24, cursor.take(2)
    offset_width, length_width, base_width = widths >> 12, widths >> 8 & 15, widths >> 4 & 15
    index_width = widths & 15 if version else 0
    if version > 2 or not {offset_width, length_width, base_width, index_width} <= {0, 4, 8}:
        raise Refusal(later("its items are stored in an unusual way"))
    wide = 4 if version == 2 else 2
    room = _MAX_EXTENTS
    for _ in range(cursor.take(wide)):
        item = cursor.take(wide)
        method = cursor.take(2) & 15 if version else 0
        source, base, count = cursor.take(2), cursor.number(base_width), cursor.take(2)
        room -= count
        if room < 0:
            raise Refusal(later("its items are in too many pieces"))
        extents = []
        for _ in range(count):
            cursor.take(index_width)
            offset = cursor.number(offset_width)
            extents.append((offset, cursor.number(length_width)))
        place = Place(item, method, source, base, tuple(extents))
        if file.places.setdefault(item, place) is not place:
            file.problems.append(later("an item of it is stored twice"))


def _read_references(file: Structure, cursor: _Cursor) -> None:
    width = 4 if cursor.take(4) >> 24 else 2
    for box in _boxes_of(file, cursor.at, cursor.end):
        if box.kind == _DESCRIBES:
            entry = _Cursor(file.data, box.body, box.end)
            item, count = entry.take(width), entry.take(2)
            file.describes.setdefault(item, set()).update(entry.take(width) for _ in range(count))
