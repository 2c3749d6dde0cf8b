"""TIFF files as :class:`~blipdesk.metadata.container.Container`: the file itself is the block.

The patch appends to it: new values and a copy of page 1's directory with them, at which the header points
from then on.  No other byte changes, so that every page, strip, tile and directory stays where it is.

Refused are files that hold more than pictures whose data all lie where the directories say: RAW photos,
BigTIFF, maps and microscopy, directories that leave open how much picture data there are.
"""

from __future__ import annotations

from functools import cached_property
from typing import Self

from blipdesk.domain.wording import later
from blipdesk.metadata.exif_patch import XMP_TAG
from blipdesk.metadata.exif_texts import OUR_TAGS
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import same_bytes
from blipdesk.metadata.tiff import IMAGE_DATA, MAX_PIECES, SUB_IFDS, Ifd, TiffBlock
from blipdesk.metadata.unsafe import MOVED, SIGNED, refuse_several, refuse_trailer
from blipdesk.metadata.xmp import MAX_PACKET

STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
SUFFIXES = (".tif", ".tiff")
_BIG_STARTS = STARTS[2:]
_MAX_SIZE = (1 << 32) - (16 << 20)
"""Offsets have 32 bits; the rest is for what is appended."""
_C2PA = 0xCD41
_SUBFILE, _PHOTOMETRIC, _WIDTH, _HEIGHT = 0x00FE, 0x0106, 0x0100, 0x0101
_BITS, _SAMPLES, _COMPRESSION, _PLANAR = 0x0102, 0x0115, 0x0103, 0x011C
_STRIPS, _ROWS_PER_STRIP, _TILES, _TILE_WIDTH, _TILE_HEIGHT = 0x0111, 0x0116, 0x0144, 0x0142, 0x0143
_UNCOMPRESSED, _SEPARATE = (1, 32771), 2
_DNG_VERSION, _CFA_PATTERN = 0xC612, 0x828E
_CFA, _LINEAR_RAW = 32803, 34892
_PROGRAMS = {
    0x830E: "map data",  # ModelPixelScale, ModelTiepoint, ModelTransformation, GeoKeyDirectory (OGC 19-008r4)
    0x8482: "map data",
    0x85D8: "map data",
    0x87AF: "map data",
    0xA480: "map data",  # GDAL_METADATA, GDAL_NODATA
    0xA481: "map data",
    0x835C: "microscope data",  # MetaMorph UIC1 to UIC4
    0x835D: "microscope data",
    0x835E: "microscope data",
    0x835F: "microscope data",
    0x866C: "microscope data",  # Zeiss LSM
    0xC69A: "microscope data",  # ImageJ metadata: its counts, its bytes
    0xC69B: "microscope data",
}
_CR2_MARK = b"CR\x02"
_GDAL_HEADER = b"GDAL_STRUCTURAL_METADATA_SIZE="
"""What a cloud optimized GeoTIFF has right behind its header: a promise where its directories lie."""


class TiffFile:
    """One TIFF file.

    Raises:
        Refusal: anything odd in its directories, or a kind of TIFF that cannot be appended to.
    """

    takes_xmp = True
    xmp_tag = XMP_TAG

    def __init__(self, data: bytes) -> None:
        if data.startswith(_BIG_STARTS):
            raise Refusal(later("it is a BigTIFF file, which few programs could read afterwards"))
        self._data = data
        self._block = TiffBlock(data)
        if self._block.problems:
            raise Refusal(later("its TIFF structure is damaged or unusual"))

    @property
    def exif(self) -> tuple[bytes, ...]:
        """The file."""
        return (self._data,)

    @cached_property
    def xmp(self) -> tuple[bytes, ...]:
        """The packets of page 1."""
        entries = [e for e in self._block.ifds["IFD0"].entries if e.tag == XMP_TAG]
        return tuple(self._block.raw(entry, MAX_PACKET + 1) for entry in entries)

    def refuse_unsafe(self) -> None:
        """Raise for files that are no plain pictures, or whose picture data have no certain end."""
        block, first = self._block, self._block.ifds["IFD0"]
        if len(self._data) > _MAX_SIZE:
            raise Refusal(later("it is too large: its offsets end at 4 GB"))
        for name, ifd in block.ifds.items():
            self._refuse_directory(name, ifd)
        if first.find(_SUBFILE) and block.integers(first.find(_SUBFILE)) == [1] and first.find(SUB_IFDS):
            raise Refusal(later("it is a camera's RAW file"))
        if self._data.startswith(_CR2_MARK, 8):
            raise Refusal(later("it is a camera's RAW file"))
        if self._data.startswith(_GDAL_HEADER, 8):
            raise Refusal(later("it holds a program's own data (map data)"))
        if first.find(_WIDTH) is None:
            raise Refusal(later("its first page is no picture"))
        refuse_several(self.exif, self.xmp)
        refuse_trailer(self._data)
        if any(len(packet) > MAX_PACKET for packet in self.xmp):
            raise Refusal(later("its XMP packet is larger than any"))

    def refuse_unfit(self, exif: bytes | None, xmp: bytes | None) -> None:
        """Raise for a packet without a block, for no block at all, and for one beyond 4 GB."""
        if xmp is not None or exif == b"":
            raise Refusal(later("a TIFF file is its own EXIF block"))
        if exif is not None and len(exif) >= 1 << 32:
            raise Refusal(later("it is too large: its offsets end at 4 GB"))

    def with_blocks(self, exif: bytes | None, xmp: bytes | None) -> bytes:
        """The block, which is the file."""
        self.refuse_unfit(exif, xmp)
        return self._data if exif is None else exif

    def prove(self, after: Self, exif_changed: bool) -> None:
        """Raise unless ``after`` is this file but for the header's pointer and what is appended.

        Every directory but that of page 1 must be where it was, and every picture's data inside the part that
        stayed.  Page 1 keeps all its fields but those that say captions and keywords, and its link to page 2.
        """
        old, size = self._block, len(self._data)
        new, now = after._data, after._block
        same = new[:4] == self._data[:4] and same_bytes(self._data, 8, size, new, 8)
        if not exif_changed:
            same = same and len(new) == size and new[4:8] == self._data[4:8]
        same = same and list(old.ifds) == list(now.ifds)
        if not same or not all(self._keeps(name, now) for name in old.ifds):
            raise Refusal(MOVED)

    def _keeps(self, name: str, after: TiffBlock) -> bool:
        """Whether a directory is where it was, or for page 1, a copy of it but for our fields."""
        old, now = self._block.ifds[name], after.ifds[name]
        first = name == "IFD0"
        ours = OUR_TAGS | {XMP_TAG} if first else frozenset()
        return (
            (first or old.offset == now.offset)
            and old.next == now.next
            and _fields(self._block, old, ours) == _fields(after, now, ours)
            and all(at + count <= len(self._data) for at, count in _picture_data(after, now))
        )

    def _refuse_directory(self, name: str, ifd: Ifd) -> None:
        block = self._block
        for tag, what in _PROGRAMS.items():
            if ifd.find(tag):
                raise Refusal(later("it holds a program's own data ({what})").format(what=what))
        if ifd.find(_C2PA):
            raise Refusal(SIGNED)
        kinds = block.integers(ifd.find(_PHOTOMETRIC))
        if ifd.find(_DNG_VERSION) or ifd.find(_CFA_PATTERN) or kinds in ([_CFA], [_LINEAR_RAW]):
            raise Refusal(later("it is a camera's RAW file"))
        known = {other.offset for other in block.ifds.values()}
        if "/Sub" in name and ifd.next and ifd.next not in known:
            raise Refusal(later("its further pictures are chained in an unusual way"))
        if any(at and not count for at, count in _picture_data(block, ifd)):
            raise Refusal(later("it does not say how much picture data it has"))
        if _reach(block, ifd) > len(self._data):
            raise Refusal(later("a part of its picture is missing: the file is cut off"))


def _fields(block: TiffBlock, ifd: Ifd, but: frozenset[int]) -> list[bytes]:
    """The fields of a directory, sorted by their tags as the copy of page 1's are."""
    entries = sorted((e for e in ifd.entries if e.tag not in but), key=lambda e: e.tag)
    return [bytes(block.data[e.at : e.at + 12]) for e in entries]


def _picture_data(block: TiffBlock, ifd: Ifd) -> list[tuple[int, int]]:
    """Offset and size of each strip, tile or preview of a directory."""
    found: list[tuple[int, int]] = []
    for to, length in IMAGE_DATA.items():
        places, sizes = (block.integers(ifd.find(tag), MAX_PIECES) for tag in (to, length))
        found += zip(places, sizes, strict=False)
    return found


def _reach(block: TiffBlock, ifd: Ifd) -> int:
    """Where readers stop that trust the size of an uncompressed picture more than that of its pieces.

    Pillow does, and counts shared colours of YCbCr as full ones; of a picture that is cut off it would show
    what is appended.  (TIFF 6.0, sections 8 and 15.)
    """

    def number(tag: int, default: int) -> int:
        return next(iter(block.integers(ifd.find(tag))), default)

    if number(_COMPRESSION, 1) not in _UNCOMPRESSED:
        return 0
    tiled = ifd.find(_TILE_WIDTH) is not None
    height = number(_HEIGHT, 0)
    width = number(_TILE_WIDTH if tiled else _WIDTH, 0)
    rows = number(_TILE_HEIGHT, 0) if tiled else min(number(_ROWS_PER_STRIP, height), height)
    samples = number(_SAMPLES, 1)
    depths = block.integers(ifd.find(_BITS)) or [1]
    bits = sum(depths) if len(depths) > 1 else depths[0] * samples
    planes = samples if number(_PLANAR, 1) == _SEPARATE else 1
    if planes > 1:
        bits = max(depths)
    pieces = block.integers(ifd.find(_TILES if tiled else _STRIPS), MAX_PIECES)
    in_plane = max(1, len(pieces) if tiled else -(-height // max(1, rows)))
    reach = 0
    for index, at in enumerate(pieces):
        left = rows if tiled else min(rows, height - rows * (index % in_plane))
        reach = max(reach, at + left * (-(-width * bits // 8)) if at else 0)
    return reach
