"""Which kinds of file are decoded, told by their first bytes and never by their name.

The allow-list is the whole defence against the other forty plugins of Pillow (one of which runs
Ghostscript on anything that starts like PostScript): a format that is not in :data:`FORMATS` is never tried.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from blipdesk.domain.suffixes import RAW_SUFFIXES, suffix_of
from blipdesk.domain.wording import later

HEAD_BYTES = 512
"""How much of a file :func:`sniff_format` and :func:`describe_unsupported` look at."""


@dataclass(frozen=True, slots=True)
class FormatSpec:
    """A format that is decoded; ``name`` is also the name of its Pillow plugin (but of RAW)."""

    name: str
    label: str


FORMATS: dict[str, FormatSpec] = {
    spec.name: spec
    for spec in (
        # MPO (several JPEGs in one file) comes through JPEG: Pillow 13 has no plugin of that name to ask for.
        FormatSpec("JPEG", "JPEG"),
        FormatSpec("PNG", "PNG"),
        FormatSpec("WEBP", "WebP"),
        FormatSpec("TIFF", "TIFF"),
        FormatSpec("GIF", "GIF"),
        FormatSpec("BMP", "BMP"),
        FormatSpec("HEIF", "HEIC"),
        FormatSpec("AVIF", "AVIF"),
        # A preview inside is what is decoded, as a JPEG (``raw``).
        FormatSpec("RAW", "camera RAW"),
    )
}

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_SHARED_BRANDS = frozenset({b"mif1", b"msf1"})
_PICTURE_BRANDS = _HEIF_BRANDS | _AVIF_BRANDS | _SHARED_BRANDS
_RAW_MAGIC: tuple[tuple[int, bytes], ...] = (
    (8, b"CR\x02"),
    (0, b"II\x1a\0\0\0HEAPCCDR"),
    (0, b"IIU\0"),
    (0, b"IIRO"),
    (0, b"IIRS"),
    (0, b"MMOR"),
    (0, b"FUJIFILMCCD-RAW"),
    (0, b"FOVb"),
    (0, b"\0MRM"),
    (4, b"ftypcrx "),
)
_BMP_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})


def _brands(head: bytes) -> list[bytes]:
    """Major and compatible brands of an ISO base media file, in order."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]


def _sniff_iso(head: bytes) -> str | None:
    brands = _brands(head)
    major = brands[0]
    if major in _AVIF_BRANDS:
        return "AVIF"
    if major in _HEIF_BRANDS:
        return "HEIF"
    if major in _SHARED_BRANDS:  # the container says only "pictures"; the coding stands in the rest
        return "AVIF" if _AVIF_BRANDS.intersection(brands) else "HEIF"
    return None


def sniff_format(head: bytes) -> str | None:
    """The format of a file by its first bytes.

    Args:
        head: the first :data:`HEAD_BYTES` bytes, or the whole file.

    Returns:
        A key of :data:`FORMATS`, or None for anything that is not decoded.
    """
    head = bytes(head[:HEAD_BYTES])
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if any(head.startswith(magic, at) for at, magic in _RAW_MAGIC):
        return "RAW"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if head[4:8] == b"ftyp":
        return _sniff_iso(head)
    # "BM" alone also starts a text about cars: the size of the second header must be a known one.
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return "BMP"
    return None


@dataclass(frozen=True, slots=True)
class ForeignKind:
    """A kind of file that is not decoded: ``what`` follows "is" in a sentence."""

    what: str
    remedy: str


_CONVERT = later("Save a copy as JPEG, PNG or TIFF, and that copy is captioned.")
_DEVELOP = later("Export it as JPEG or TIFF from your RAW program, and that copy is captioned.")
_REMOVE = later("Give it the right file ending or move it out of the folder.")
_AGAIN = later("Copy it again from where it came from, or delete it.")

EMPTY = ForeignKind(later("empty"), _AGAIN)
RAW = ForeignKind(later("a camera RAW file without a preview in it"), _DEVELOP)
_VIDEO = ForeignKind(later("a video, not a photo"), _REMOVE)
_JPEG_XL = ForeignKind(later("a JPEG XL picture, which is not read yet"), _CONVERT)
_JPEG2000 = ForeignKind(later("a JPEG 2000 picture, which is not read"), _CONVERT)
_PHOTOSHOP = ForeignKind(later("a Photoshop document"), _CONVERT)
_GIMP = ForeignKind(later("a GIMP document"), _CONVERT)
_POSTSCRIPT = ForeignKind(later("a PostScript document, not a photo"), _CONVERT)
_ICON = ForeignKind(later("an icon file, not a photo"), _CONVERT)
_ZIP = ForeignKind(later("a ZIP archive (or an office document), not a picture"), _REMOVE)
_PROGRAM = ForeignKind(later("a program, not a picture"), _REMOVE)
_SOUND = ForeignKind(later("a sound recording, not a picture"), _REMOVE)
_UNKNOWN = ForeignKind(
    later("no picture of a kind that is known"), later("It may be damaged: look for another copy.")
)
_TEXT = ForeignKind(later("a text file, not a picture"), _REMOVE)

_MAGIC: tuple[tuple[int, bytes, ForeignKind], ...] = (
    (0, b"\xff\x0a", _JPEG_XL),
    (4, b"JXL ", _JPEG_XL),
    (4, b"jP  ", _JPEG2000),
    (0, b"\xff\x4f\xff\x51", _JPEG2000),
    (0, b"%PDF", ForeignKind(later("a PDF document, not a photo"), _CONVERT)),
    (0, b"8BPS", _PHOTOSHOP),
    (0, b"8BPB", _PHOTOSHOP),
    (0, b"gimp xcf", _GIMP),
    (0, b"%!PS", _POSTSCRIPT),
    (0, b"\xc5\xd0\xd3\xc6", _POSTSCRIPT),
    (0, b"\0\0\x01\0", _ICON),
    (0, b"\0\0\x02\0", ForeignKind(later("a cursor file, not a photo"), _CONVERT)),
    (0, b"icns", _ICON),
    (0, b"DDS ", ForeignKind(later("a DDS texture, not a photo"), _CONVERT)),
    (0, b"qoif", ForeignKind(later("a QOI picture, which is not read"), _CONVERT)),
    (0, b"v/1\x01", ForeignKind(later("an OpenEXR picture, which is not read"), _CONVERT)),
    (0, b"#?RADIANCE", ForeignKind(later("a Radiance HDR picture, which is not read"), _CONVERT)),
    (
        0,
        b"\0\x05\x16\x07",
        ForeignKind(later("a macOS resource file, not a photo"), later("It can be left alone or deleted.")),
    ),
    (0, b"PK\x03\x04", _ZIP),
    (0, b"PK\x05\x06", _ZIP),
    (0, b"Rar!", ForeignKind(later("a RAR archive, not a picture"), _REMOVE)),
    (0, b"7z\xbc\xaf", ForeignKind(later("a 7-Zip archive, not a picture"), _REMOVE)),
    (0, b"\x1f\x8b", ForeignKind(later("a compressed archive, not a picture"), _REMOVE)),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"MZ", _PROGRAM),
    (0, b"SQLite format 3", ForeignKind(later("a database, not a picture"), _REMOVE)),
    (0, b"\x1aE\xdf\xa3", _VIDEO),
    (0, b"\0\0\x01\xba", _VIDEO),
    (0, b"\0\0\x01\xb3", _VIDEO),
    (0, b"FLV\x01", _VIDEO),
    (8, b"AVI ", _VIDEO),
    (8, b"WAVE", _SOUND),
    (0, b"ID3", _SOUND),
    (0, b"OggS", ForeignKind(later("a sound or video recording, not a picture"), _REMOVE)),
    (0, b"fLaC", _SOUND),
)
_AUDIO_BRANDS = (b"M4A ", b"M4B ", b"F4A ")

_BY_SUFFIX: dict[str, ForeignKind] = {
    suffix: kind
    for suffixes, kind in (
        ((".jp2", ".j2k", ".jpf", ".jpx", ".jpc"), _JPEG2000),
        ((".jxl",), _JPEG_XL),
        ((".psd", ".psb"), _PHOTOSHOP),
        ((".xcf",), _GIMP),
        ((".svg", ".svgz", ".eps", ".ai"), ForeignKind(later("a drawing, not a photo"), _CONVERT)),
        ((".ico", ".cur", ".icns"), _ICON),
        (
            (
                ".tga", ".dds", ".pcx", ".ppm", ".pgm", ".pbm", ".pnm", ".sgi", ".rgb", ".exr", ".hdr",
                ".qoi", ".fli", ".flc", ".blp", ".xbm", ".xpm", ".pict", ".wbmp",
            ),
            ForeignKind(later("a picture of a kind that is not read"), _CONVERT),
        ),
    )
    for suffix in suffixes
}  # fmt: skip


def foreign_by_name(name: str) -> ForeignKind | None:
    """What a file that a scan passes over is, when its name says picture; None for anything else."""
    return _BY_SUFFIX.get(suffix_of(name))


def has_raw_suffix(name: str) -> bool:
    """Whether a file is named like a camera's RAW file: its TIFF inside is not the photo."""
    return suffix_of(name) in RAW_SUFFIXES


def describe_unsupported(head: bytes, name: str = "") -> ForeignKind:
    """Say in words what a file is that :func:`sniff_format` does not know.

    Args:
        head: the first :data:`HEAD_BYTES` bytes of the file, or all of it (empty for an empty file).
        name: its name; only used where the bytes say nothing better (a RAW file that is a TIFF inside).

    Returns:
        What it is and what to do about it.
    """
    head = bytes(head[:HEAD_BYTES])
    if not head:
        return EMPTY
    for at, magic, kind in _MAGIC:
        if head[at : at + len(magic)] == magic:
            return kind
    if has_raw_suffix(name):
        return RAW
    if head[4:8] == b"ftyp":
        if head[8:12] in _AUDIO_BRANDS:
            return _SOUND
        if not _PICTURE_BRANDS.isdisjoint(_brands(head)):
            return ForeignKind(later("a HEIF picture of a kind that is not read"), _CONVERT)
        return _VIDEO
    if head[4:8] in {b"moov", b"mdat", b"wide"}:
        return _VIDEO
    if not head.strip(b"\0"):
        return ForeignKind(later("filled with zeros: its content was never written"), _AGAIN)
    return _describe_text(head)


def _describe_text(head: bytes) -> ForeignKind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in start:
        return ForeignKind(later("an SVG drawing, not a photo"), _CONVERT)
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return ForeignKind(later("a saved web page, not a picture"), _AGAIN)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _TEXT
    if all(byte >= 32 or byte in b"\t\n\r\f\x1b" for byte in head):
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)  # its end may cut a letter in two
        except UnicodeDecodeError:
            return _UNKNOWN
        return _TEXT
    return _UNKNOWN
