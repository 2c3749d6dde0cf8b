"""Files that are a list of chunks: PNG (third edition, 5.3) and RIFF (as WebP has it: RFC 9649, 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from blipdesk.metadata.splice import Edit

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = 8


class Sliced(Protocol):
    """The bytes of a file, in memory or not: any part of them can be asked for."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, part: slice, /) -> bytes:
        """Those of a part."""
        ...


class Chunk(NamedTuple):
    """One chunk: its content is ``data[start + 8:stop]``; its checksum or padding goes on until ``end``."""

    kind: bytes
    start: int
    stop: int
    end: int

    def content(self, data: bytes) -> bytes:
        """The bytes behind type and size."""
        return data[self.start + _HEAD : self.stop]

    def keyword(self, data: bytes) -> bytes:
        """What a text chunk of a PNG file says that it holds (11.3.3.1: 79 bytes at most, then a NUL)."""
        first = self.start + _HEAD
        return data[first : min(self.stop, first + 80)].partition(b"\0")[0]


def is_png(data: Sliced) -> bool:
    """Whether the first bytes are those of a PNG file."""
    return data[: len(_SIGNATURE)] == _SIGNATURE


def is_webp(data: Sliced) -> bool:
    """Whether the first bytes are those of a WebP file, which is a RIFF list."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def png_chunks(data: Sliced) -> Iterator[Chunk]:
    """The chunks behind PNG's signature, one after the other; the last of them may be cut off."""
    start = len(_SIGNATURE)
    while start + _HEAD <= len(data):
        stop = start + _HEAD + int.from_bytes(data[start : start + 4], "big")
        yield Chunk(data[start + 4 : start + 8], start, stop, stop + 4)
        start = stop + 4


def riff_chunks(data: Sliced) -> Iterator[Chunk]:
    """The chunks behind RIFF's head, likewise; whatever follows its list is taken for more of them."""
    start = 12
    while start + _HEAD <= len(data):
        size = int.from_bytes(data[start + 4 : start + 8], "little")
        stop = start + _HEAD + size
        yield Chunk(data[start : start + 4], start, stop, stop + size % 2)
        start = stop + size % 2


def placing(standing: list[Chunk], position: int, new: bytes) -> Edit:
    """Put a chunk in the place of the standing one (empty: take that out), else at ``position``."""
    return Edit(standing[0].start, standing[0].end, new) if standing else Edit(position, position, new)
