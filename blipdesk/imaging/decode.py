"""One decode of one photo: model input, thumbnail, pixel hash and size from the same pixels."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

import pi_heif
from PIL import Image

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.jobs import THUMBNAIL_EDGE, DecodedPhoto, PixelImage
from blipdesk.domain.values import FileFacts
from blipdesk.domain.wording import later
from blipdesk.imaging import completeness, raw
from blipdesk.imaging.colour import flatten, srgb_converter
from blipdesk.imaging.formats import (
    FORMATS,
    HEAD_BYTES,
    RAW,
    describe_unsupported,
    has_raw_suffix,
    sniff_format,
)
from blipdesk.imaging.limits import DEFAULT_LIMITS, DecodeLimits
from blipdesk.imaging.pillow_files import MemoryFile, pillow_settings
from blipdesk.imaging.problems import (
    foreign_file,
    too_many_bytes,
    too_many_pixels,
    too_much_memory,
    unreadable,
)

FactsReader = Callable[[bytes, str], FileFacts]
"""``(content, format) -> what the file says of itself``; given by the caller, as metadata is a sibling."""

DRAFT_EDGE = 768
"""Shortest edge that a reduced decode keeps.  At 768 the model's 384 px input differs from that of a full
decode by 0.2/255 on average, and decoding costs a quarter to an eighth (WINDOW.md, section 3)."""
THUMBNAIL_QUALITY = 82
PREVIEW_QUALITY = 88
MAX_PREVIEW_EDGE = 8192

_REDUCE_FROM = 16_000_000
"""Pixels from which formats without a reduced decode are shrunk right after it: keeps copies small."""
_HASHED_AT_ONCE = 16 << 20
_REDUCIBLE = frozenset({"L", "RGB", "RGBA", "LA", "CMYK", "I", "F"})
_ORIENTATION = 274
_MOST_PREVIEWS = 4
"""Of a RAW file: so many are tried until one is whole."""
_TRANSPOSES = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Pillow warns of every odd tag and of large sizes; both are dealt with here.
warnings.filterwarnings("ignore", module=r"PIL\.")
# Depth maps, gain maps and thumbnails in a HEIC are never looked at: not parsing them is less surface.
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


@dataclass(slots=True)
class _Pixels:
    """A decoded picture, perhaps at reduced scale, as it lies in the file."""

    image: Image.Image
    full_size: tuple[int, int]
    orientation: int
    profile: object
    damaged: bool = False


def _orientation_of(im: Image.Image, default: int) -> int:
    try:
        value = im.getexif().get(_ORIENTATION, default)
    except Exception:  # noqa: BLE001 - broken EXIF raises anything and never costs the picture
        return 1
    return value if isinstance(value, int) and value in _TRANSPOSES else 1


def _shrink(im: Image.Image, edge: int) -> Image.Image:
    """A smaller copy of a very large picture, its shorter side still ``edge`` or more."""
    factor = min(im.width // edge, im.height // edge)
    if im.width * im.height < _REDUCE_FROM or factor < 2:
        return im
    if im.mode == "P":
        im = im.convert("RGBA" if "transparency" in im.info else "RGB")
    elif im.mode == "1":
        im = im.convert("L")
    elif im.mode.startswith("I;16"):
        im = im.convert("I")
    return im.reduce(factor) if im.mode in _REDUCIBLE else im


def _draft_size(size: tuple[int, int], edge: int, longest: bool) -> tuple[int, int]:
    """The smallest size that a reduced decode may give."""
    if not longest:
        return edge, edge
    scale = edge / max(size)
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


@dataclass(frozen=True, slots=True)
class _Source:
    """One picture to be decoded and how far it may be reduced.

    ``orientation`` holds where the picture itself says nothing of it.
    """

    view: memoryview
    name: str
    format: str
    limits: DecodeLimits
    edge: int
    longest: bool = False
    orientation: int = 1

    def decode(self, truncated: bool) -> _Pixels:
        """Open, check the size, decode; raises whatever Pillow raises, or PhotoError."""
        file = MemoryFile(self.view)
        try:
            with pillow_settings(self.limits.pixels_of(self.format), truncated):
                return self._decode(file)
        finally:
            file.release()

    def _decode(self, file: MemoryFile) -> _Pixels:
        allowed = self.limits.pixels_of(self.format)
        with Image.open(cast("IO[bytes]", file), formats=(self.format,)) as im:
            width, height = full = im.size
            if width * height > allowed:
                raise too_many_pixels(self.name, width * height, allowed)
            if min(full) < 1:
                raise unreadable(self.name, later("{name} holds a picture without any pixels."))
            if self.format == "JPEG":
                if completeness.jpeg_cannot_hold(len(self.view), width * height):
                    raise unreadable(self.name, later("{name} holds almost no picture data."))
                im.draft(None, _draft_size(full, self.edge, self.longest))
            im.load()
            profile = im.info.get("icc_profile")
            orientation = _orientation_of(im, self.orientation)
            full = im.size if self.format == "HEIF" else full  # libheif may correct it while decoding
            image = im if self.longest else _shrink(im, self.edge)
        return _Pixels(image, full, orientation, profile)

    def decode_small(self, data: bytes) -> Image.Image:
        """A JPEG at an eighth, for :func:`blipdesk.imaging.completeness.jpeg_ends_early`."""
        with pillow_settings(self.limits.max_jpeg_pixels, True):
            im = Image.open(io.BytesIO(data), formats=("JPEG",))
            im.draft(None, (max(1, im.width // 8), max(1, im.height // 8)))
            return im.convert("RGB")


def _refuse_blank(name: str, flat: Image.Image) -> None:
    if completeness.decoded_share(flat) < completeness.LEAST_DECODED:
        raise unreadable(name, later("{name} is cut off: it holds almost no picture data."))


def _decode_leniently(source: _Source) -> tuple[_Pixels, Image.Image]:
    """Decode strictly, else with what there is; the second value are the opaque pixels."""
    try:
        pixels = source.decode(truncated=False)
    except (PhotoError, MemoryError, Image.DecompressionBombError):
        raise
    except Exception:  # noqa: BLE001 - 14 types were seen (RELIABILITY.md, section 1); each gets a second try
        pixels = source.decode(truncated=True)
        pixels.damaged = True
    flat = flatten(pixels.image)
    if not pixels.damaged and source.format == "JPEG" and completeness.looks_cut_off(flat):
        pixels.damaged = completeness.jpeg_ends_early(bytes(source.view), source.decode_small)
    if pixels.damaged:
        _refuse_blank(source.name, flat)
    return pixels, flat


@contextmanager
def _only_photo_errors(source: _Source) -> Iterator[None]:
    """Whatever a decoder raises becomes a sentence."""
    try:
        yield
    except PhotoError:
        raise
    except Image.DecompressionBombError as error:
        said = re.search(r"(\d+) pixels", str(error))  # Pillow's own check comes before ours can
        pixels = int(said[1]) if said else None
        raise too_many_pixels(source.name, pixels, source.limits.pixels_of(source.format)) from error
    except MemoryError as error:
        raise too_much_memory(source.name) from error
    except Exception as error:  # of 14 types (RELIABILITY.md, section 1), and of more with each codec
        label = FORMATS[source.format].label
        words = later("{name} is damaged: its {kind} data cannot be decoded.")
        raise unreadable(source.name, words, kind=label) from error


@dataclass(frozen=True, slots=True)
class _Photo:
    """One file, and the pictures in it that are the photo, the best first: several in a RAW file alone."""

    view: memoryview
    format: str
    pictures: tuple[_Source, ...]

    def decode(self) -> tuple[_Pixels, Image.Image]:
        """The first picture that is whole, else the first of which a part can be decoded."""
        *others, last = self.pictures
        part: tuple[_Pixels, Image.Image] | None = None
        for picture in others:
            with contextlib.suppress(Exception):  # whatever is wrong with it, there is another one
                found = _decode_leniently(picture)
                if not found[0].damaged:
                    return found
                part = part or found
        try:
            found = _decode_leniently(last)
        except Exception:  # whatever is wrong with it, a part of another one is shown where there is one
            if part is None:
                raise
            return part
        return part if part and found[0].damaged else found


def _photo_of(
    data: bytes | memoryview, name: str, limits: DecodeLimits, edge: int, longest: bool = False
) -> _Photo:
    view = memoryview(data)
    if len(view) > limits.max_bytes:
        raise too_many_bytes(name, len(view), limits.max_bytes)
    format_name = _format_of(view, name)
    if format_name != "RAW":
        return _Photo(view, format_name, (_Source(view, name, format_name, limits, edge, longest),))
    orientation = raw.orientation_of(view)
    previews = raw.find_previews(view)[:_MOST_PREVIEWS]
    if not previews:
        raise foreign_file(name, RAW)
    spans = (view[preview.start : preview.end] for preview in previews)
    sources = (_Source(span, name, "JPEG", limits, edge, longest, orientation) for span in spans)
    return _Photo(view, format_name, tuple(sources))


def _format_of(view: memoryview, name: str) -> str:
    """The format by the first bytes; that of a RAW file that is built like others, by its name and fields."""
    head = bytes(view[:HEAD_BYTES])
    format_name = sniff_format(head)
    if format_name == "TIFF" and (has_raw_suffix(name) or raw.is_raw_tiff(view)):
        return "RAW"
    if format_name is None:
        kind = describe_unsupported(head, name)
        if kind != RAW:
            raise foreign_file(name, kind)
        return "RAW"
    return format_name


def _hash_of(pixels: _Pixels) -> str:
    """Identity of the picture itself: unchanged by orientation, profile and every other metadata."""
    im = pixels.image
    digest = hashlib.sha256(f"{im.mode} {im.size} {pixels.full_size}".encode())
    palette = im.getpalette("RGBA") if im.mode in {"P", "PA"} else None
    digest.update(bytes(palette or ()))
    rows = max(1, _HASHED_AT_ONCE // max(1, im.width * 4))
    for top in range(0, im.height, rows):
        digest.update(im.crop((0, top, im.width, min(im.height, top + rows))).tobytes())
    return digest.hexdigest()


def _upright(im: Image.Image, orientation: int) -> Image.Image:
    return im.transpose(_TRANSPOSES[orientation]) if orientation in _TRANSPOSES else im


def _fitted(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """``size`` scaled down to a longest edge of ``edge``; never up, never below one pixel."""
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _jpeg(im: Image.Image, quality: int) -> bytes:
    with io.BytesIO() as out:
        im.save(out, "JPEG", quality=quality)
        return out.getvalue()


def _thumbnail(im: Image.Image, edge: int) -> Image.Image:
    # The gap lets a box filter halve a picture more than three times too large: 27 ms become 9 for 12 MP.
    return im.resize(_fitted(im.size, edge), Image.Resampling.BICUBIC, reducing_gap=1.5)


def decode_photo(
    data: bytes | memoryview,
    name: str,
    model_size: int,
    limits: DecodeLimits = DEFAULT_LIMITS,
    read_facts: FactsReader | None = None,
) -> DecodedPhoto:
    """Decode one file, once.

    Args:
        data: the content of the file; the format is told from it.
        name: path or name of the file, for the sentence of an error.
        model_size: edge of the square model input, pixels.
        limits: what the photo may cost.
        read_facts: reads date, camera, place and captions; its errors never fail the photo.

    Returns:
        The photo; ``damaged`` when only a part of it could be decoded.

    Raises:
        PhotoError: UNREADABLE, UNSUPPORTED or TOO_LARGE.  Nothing else is raised, whatever the bytes.
    """
    photo = _photo_of(data, name, limits, max(DRAFT_EDGE, model_size))
    with _only_photo_errors(photo.pictures[0]):
        pixels, flat = photo.decode()
        pixel_hash = _hash_of(pixels)
        convert = srgb_converter(pixels.profile, flat.mode)
        upright = _upright(flat, pixels.orientation)
        square = upright.resize((model_size, model_size), Image.Resampling.BICUBIC)
        # The profile is applied after scaling: a tenth of the pixels, and the same to the eye.
        model_input = PixelImage(model_size, model_size, convert(square).tobytes())
        thumbnail = _jpeg(convert(_thumbnail(upright, THUMBNAIL_EDGE)), THUMBNAIL_QUALITY)
    width, height = pixels.full_size
    if pixels.orientation >= 5:
        width, height = height, width
    damaged = pixels.damaged
    del pixels, flat, upright, square  # a large picture's memory is given back before its facts are read
    return DecodedPhoto(
        format=photo.format,
        width=width,
        height=height,
        model_input=model_input,
        thumbnail=thumbnail,
        pixel_hash=pixel_hash,
        damaged=damaged,
        facts=_facts(photo.view, photo.format, read_facts),
    )


def facts_of_photo(data: bytes | memoryview, name: str, read_facts: FactsReader) -> FileFacts:
    """What a file says of itself; nothing of its picture is decoded.

    Args:
        data: the content of the file.
        name: path or name of the file, for the sentence of an error.
        read_facts: see :func:`decode_photo`.

    Raises:
        PhotoError: UNSUPPORTED: it is no photo.
    """
    view = memoryview(data)
    return _facts(view, _format_of(view, name), read_facts)


def _facts(view: memoryview, format_name: str, read_facts: FactsReader | None) -> FileFacts:
    if read_facts is None:
        return FileFacts()
    try:
        return read_facts(bytes(view), format_name)
    except Exception:  # noqa: BLE001 - whatever metadata do, the picture is there
        return FileFacts(problem=later("The information stored in this file could not be read."))


def preview_photo(
    data: bytes | memoryview, name: str, max_edge: int, limits: DecodeLimits = DEFAULT_LIMITS
) -> bytes:
    """The upright picture in sRGB as JPEG, for a large view.

    Args:
        data: the content of the file.
        name: path or name of the file, for the sentence of an error.
        max_edge: longest edge of the result, pixels; smaller pictures keep their size.
        limits: what the photo may cost.

    Raises:
        PhotoError: as :func:`decode_photo`.
    """
    edge = min(max(max_edge, 16), MAX_PREVIEW_EDGE)
    photo = _photo_of(data, name, limits, edge, longest=True)
    with _only_photo_errors(photo.pictures[0]):
        pixels, flat = photo.decode()
        small = _upright(_thumbnail(flat, edge), pixels.orientation)
        return _jpeg(srgb_converter(pixels.profile, flat.mode)(small), PREVIEW_QUALITY)
