"""How the files of photos are named, by what they hold."""

from __future__ import annotations

import os

# fmt: off
SUFFIXES_OF: dict[str, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    "PNG": (".png", ".apng"),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
    "GIF": (".gif",),
    "BMP": (".bmp", ".dib"),
    "HEIF": (".heic", ".heif", ".hif", ".heics", ".heifs"),
    "AVIF": (".avif", ".avifs"),
    "RAW": (
        ".3fr", ".ari", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".k25",
        ".kdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl",
        ".sr2", ".srf", ".srw", ".x3f",
    ),
}
# fmt: on
"""Lower-case suffixes by format; those of camera RAW files are of many formats."""
PHOTO_SUFFIXES = frozenset(suffix for suffixes in SUFFIXES_OF.values() for suffix in suffixes)
RAW_SUFFIXES = frozenset(SUFFIXES_OF["RAW"])


def suffix_of(path: str) -> str:
    """The last suffix of a name or path, in lower case, with its dot."""
    return os.path.splitext(path)[1].lower()
