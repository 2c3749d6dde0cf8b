"""The file formats into which captions are embedded: one row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from blipdesk.domain.wording import later
from blipdesk.metadata import heif, tiff_file
from blipdesk.metadata.chunks import is_png, is_webp
from blipdesk.metadata.container import Container
from blipdesk.metadata.heif import HeifFile
from blipdesk.metadata.jpeg_file import JpegFile
from blipdesk.metadata.png import PngFile
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff_file import TiffFile
from blipdesk.metadata.webp import WebpFile


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: as people know it.
        starts: whether a file with these first bytes is one.
        open: reads the structure of a whole file; raises Refusal where it is damaged.
        pillow: what Pillow calls it: a written file must open in it; empty: Pillow alone does not read it.
        remade: a write makes the bytes anew that tell the size and the kind of the picture, so that the file
            must look to Pillow like the original; in other formats they are proven to be the same.
        suffixes: a file with another one is of a format that is built on this one (RAW on TIFF) and is never
            written; empty: the first bytes tell enough.
        by_setting: written only where the person switched it on.
    """

    name: str
    starts: Callable[[bytes], bool]
    open: Callable[[bytes], Container]
    pillow: str = ""
    remade: bool = False
    suffixes: tuple[str, ...] = ()
    by_setting: bool = False

    def is_named(self, path: str) -> bool:
        """Whether the name of a file with these first bytes is one of this format's."""
        return not self.suffixes or path.lower().endswith(self.suffixes)


FORMATS = (
    Format("JPEG", lambda data: data[:3] == b"\xff\xd8\xff", JpegFile, "JPEG"),
    Format("PNG", is_png, PngFile, "PNG"),
    Format("WebP", is_webp, WebpFile, "WEBP", remade=True),
    Format(
        "TIFF",
        lambda data: data[:4] in tiff_file.STARTS,
        TiffFile,
        "TIFF",
        remade=True,
        suffixes=tiff_file.SUFFIXES,
    ),
    Format("HEIC and AVIF", heif.is_heif, HeifFile, by_setting=True),
)


def format_of(data: bytes) -> Format | None:
    """The format that the first bytes of a file tell, or None."""
    return next((row for row in FORMATS if row.starts(data)), None)


def open_file(data: bytes) -> Container:
    """The metadata blocks of a file.

    Raises:
        Refusal: damaged, or of a format that takes no captions.
    """
    row = format_of(data)
    if row is None:
        raise Refusal(later("captions are not embedded in files of its kind"))
    return row.open(data)
