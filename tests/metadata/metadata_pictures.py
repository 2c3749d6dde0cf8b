"""PNG and WebP files made for the metadata tests, chunk by chunk, and one recipe for each format.

A recipe makes a small file that says what it is told to say, so that one suite asks the same of all formats.
"""

import functools
import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import metadata_samples as samples
from PIL import Image, ImageCms

XML = b"XML:com.adobe.xmp\0"


def saved(name, mode="RGB", size=(64, 48), **options):
    """A picture as Pillow saves it."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(buffer, name, **options)
    return buffer.getvalue()


def profile():
    """A sound ICC profile: exiv2 reads nothing of a file with another."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def frames():
    """Three different pictures, for an animation."""
    first = Image.linear_gradient("L").resize((40, 30)).convert("RGBA")
    return first, [first.rotate(angle) for angle in (90, 180)]


@functools.cache
def animated(name, **options):
    buffer = io.BytesIO()
    first, others = frames()
    first.save(buffer, name, save_all=True, append_images=others, duration=100, **options)
    return buffer.getvalue()


def block(description=None, keywords=()):
    """A camera's EXIF block, with XPKeywords where asked."""
    if not keywords:
        return samples.camera_block(">", description)
    raw = ";".join(keywords).encode("utf-16-le") + b"\0\0"
    fields = {0x9C9E: (1, len(raw), raw), 0x0110: samples.ascii_field("Model 7")}
    return samples.tiff(fields, exif={0x927C: (7, len(samples.MAKER_NOTE), samples.MAKER_NOTE)})


# ------------------------------------------------------------------------------------------------ PNG


def chunk(kind, content=b""):
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def itxt(packet, packed=None):
    """The XMP chunk; ``packed``: what packs it, None: as it is."""
    text = packet if packed is None else packed(packet)
    return chunk(b"iTXt", XML + bytes((packed is not None, 0)) + b"\0\0" + text)


def raw_profile(name, content, prefix=b""):
    """A block as ImageMagick writes it: hexadecimal digits in a text chunk."""
    digits = (prefix + content).hex().encode()
    text = b"\n%s\n%8d\n%s\n" % (name, len(prefix + content), digits)
    return chunk(b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(text))


def png(*before, between=(), behind=(), tail=b"", data=None):
    """A PNG file with further chunks before its picture, after its first part, or after its last."""
    data = data or saved("PNG")
    at = data.index(b"IDAT") - 4
    size = struct.unpack(">I", data[at : at + 4])[0]
    whole = data[at + 8 : at + 8 + size]
    cut = len(whole) // 2
    parts = (data[:at], *before, chunk(b"IDAT", whole[:cut]), *between, chunk(b"IDAT", whole[cut:]))
    return b"".join((*parts, *behind, data[at + 12 + size :], tail))


def idot():
    """Apple's index for a picture whose data follow right behind it."""
    return chunk(b"iDOT", struct.pack(">7I", 2, 0, 24, 40, 24, 24, 1000))


# ----------------------------------------------------------------------------------------------- WebP


def piece(kind, content=b""):
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) & 1)


def riff(*pieces, tail=b""):
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body)) + body + tail


def bare_webp(mode="RGB", **options):
    """The picture's chunk, alone."""
    return saved("WEBP", mode, **options)[12:]


def header(flags, size=(64, 48)):
    sides = ((side - 1).to_bytes(3, "little") for side in size)
    return piece(b"VP8X", struct.pack("<I", flags) + b"".join(sides))


def webp(*behind, flags=0, before=(), tail=b"", mode="RGB", **options):
    """An extended file with further chunks before and behind its picture."""
    return riff(header(flags), *before, bare_webp(mode, **options), *behind, tail=tail)


# ---------------------------------------------------------------------------------------- the recipes


def _jpeg(description, keywords, packet):
    segments = [samples.exif_segment(block(description, keywords))]
    segments += [samples.xmp_segment(packet)] if packet else []
    return samples.with_segments(*segments)


def _png(description, keywords, packet):
    chunks = [chunk(b"eXIf", block(description, keywords))]
    return png(*chunks, *([itxt(packet)] if packet else []))


def _webp(description, keywords, packet):
    chunks = [piece(b"EXIF", block(description, keywords))]
    return webp(*chunks, *([piece(b"XMP ", packet)] if packet else []), flags=12 if packet else 8)


def _fields(description, keywords, packet=None):
    """A camera's EXIF fields, for Pillow to write."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "TestCam", "Model 7"
    if description:
        exif[0x010E] = description
    if keywords:
        exif[0x9C9E] = ";".join(keywords).encode("utf-16-le") + b"\0\0"
    if packet:
        exif[0x02BC] = packet
    exif.get_ifd(0x8769).update({0x9003: "2024:05:01 10:20:30", 0x927C: samples.MAKER_NOTE})
    return exif


def _tiff(description, keywords, packet):
    return saved("TIFF", exif=_fields(description, keywords, packet))


def _avif(description, keywords, packet):
    xmp = {"xmp": packet} if packet else {}
    return saved("AVIF", quality=40, exif=b"Exif\0\0" + block(description, keywords), **xmp)


def _interlaced():
    """Adam7, which Pillow reads and does not write: one row of one grey pixel is the same in both."""
    ihdr = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 1)
    start, end = chunk(b"IHDR", ihdr), chunk(b"IEND")
    return b"\x89PNG\r\n\x1a\n" + start + chunk(b"IDAT", zlib.compress(b"\0\x80")) + end


def _faded_webp():
    picture = Image.linear_gradient("L").resize((64, 48))
    faded = Image.merge("RGBA", (picture, picture, picture, picture.rotate(180)))
    buffer = io.BytesIO()
    faded.save(buffer, "WEBP", quality=50)
    return buffer.getvalue()


@dataclass(frozen=True)
class Recipe:
    """How one format is made.

    Attributes:
        make: a file with an EXIF block of a camera that says a description and keywords, and an XMP packet.
        sound: other files into which a caption goes, EXIF and XMP.
        unsafe: files that must stay as they are, and a word of the reason.
    """

    suffix: str
    make: Callable
    sound: dict
    unsafe: dict


SIGNED_JPEG = b"JP\0\1\0\0\0\1" + struct.pack(">I", 60) + b"jumb" + b"\0\0\0\x20jumdc2pa" + bytes(30)
AFCP = bytes(40) + b"AXS!" + bytes(8)
PACKET = samples.xmp_packet(samples.subjects("old"))
RECIPES = {
    "JPEG": Recipe(
        ".jpg",
        _jpeg,
        {
            "bare": samples.picture,
            "progressive": lambda: samples.picture(progressive=True),
            "grey": lambda: saved("JPEG", "L"),
            "four colours": lambda: saved("JPEG", "CMYK"),
            "several pictures": samples.multi_picture,
            "trailer": lambda: samples.camera_photo() + b"trailer" * 9,
        },
        {
            "signed": (lambda: samples.with_segments(samples.segment(0xEB, SIGNED_JPEG)), "C2PA"),
            "two blocks": (
                lambda: samples.with_segments(*[samples.exif_segment(block())] * 2),
                "several EXIF",
            ),
            "two packets": (
                lambda: samples.with_segments(*[samples.xmp_segment(PACKET)] * 2),
                "several XMP",
            ),
            "AFCP": (lambda: samples.camera_photo() + AFCP, "AFCP"),
            "cut off": (lambda: samples.camera_photo()[:300], "header"),
        },
    ),
    "PNG": Recipe(
        ".png",
        _png,
        {
            "bare": lambda: saved("PNG"),
            "grey with alpha": lambda: saved("PNG", "LA"),
            "16 bits": lambda: saved("PNG", "I;16"),
            "palette": lambda: saved("PNG", "P", transparency=3),
            "one bit": lambda: saved("PNG", "1"),
            "interlaced": _interlaced,
            "profile": lambda: saved("PNG", icc_profile=profile(), dpi=(300, 300)),
            "colours": lambda: png(
                chunk(b"cICP", b"\x09\x10\x00\x01"), chunk(b"gAMA", bytes(4)), chunk(b"sRGB", b"\0")
            ),
            "animated": lambda: animated("PNG"),
            "Apple's index": lambda: png(itxt(PACKET), idot()),
            "chunks of everybody": lambda: png(
                chunk(b"tEXt", b"Software\0x"), chunk(b"zzZz", b"1"), behind=(chunk(b"tIME", bytes(7)),)
            ),
            "block behind the picture": lambda: png(behind=(chunk(b"eXIf", block()),)),
            "packet behind the picture": lambda: png(behind=(itxt(PACKET),)),
            "packed packet": lambda: png(itxt(PACKET, functools.partial(zlib.compress, level=9))),
            "trailer": lambda: png(tail=b"trailer" * 9),
            "empty picture parts": lambda: png(chunk(b"IDAT")),
        },
        {
            "signed": (lambda: png(chunk(b"caBX", b"jumb")), "C2PA"),
            "signed as a whole": (lambda: png(chunk(b"dSIG", b"x")), "C2PA"),
            "two blocks": (lambda: png(*[chunk(b"eXIf", block())] * 2), "several EXIF"),
            "two packets": (lambda: png(itxt(PACKET), itxt(PACKET)), "several XMP"),
            "AFCP": (lambda: png(tail=AFCP), "AFCP"),
            "cut off": (lambda: saved("PNG")[:-20], "structure"),
            "damaged packet": (lambda: png(itxt(PACKET)).replace(b"old", b"odd"), "structure"),
            "huge chunk": (lambda: saved("PNG")[:8] + b"\xff" * 4 + saved("PNG")[12:], "structure"),
            "no header": (lambda: saved("PNG")[:8] + saved("PNG")[33:], "structure"),
            "no picture": (lambda: saved("PNG")[:33] + chunk(b"IEND"), "structure"),
        },
    ),
    "WebP": Recipe(
        ".webp",
        _webp,
        {
            "lossy": lambda: saved("WEBP"),
            "lossless": lambda: saved("WEBP", lossless=True),
            "lossless with alpha": lambda: saved("WEBP", "RGBA", lossless=True),
            "odd size": lambda: saved("WEBP", size=(37, 21)),
            "with alpha": _faded_webp,
            "profile": lambda: saved("WEBP", icc_profile=profile()),
            "animated": lambda: animated("WEBP"),
            "chunks of everybody": lambda: webp(
                piece(b"zzzz", b"1"), piece(b"XMP ", PACKET), piece(b"yyyy"), flags=4
            ),
            "simple with a chunk of somebody": lambda: riff(bare_webp(), piece(b"zzzz", b"123")),
            "packet before the block": lambda: webp(
                piece(b"XMP ", PACKET), piece(b"EXIF", block()), flags=12
            ),
            "block before the picture": lambda: webp(before=(piece(b"EXIF", block()),), flags=8),
            "prefixed block": lambda: webp(piece(b"EXIF", b"Exif\0\0" + block()), flags=8),
            "flags that forget the block": lambda: webp(piece(b"EXIF", block())),
            "trailer": lambda: riff(bare_webp(), tail=b"trailer"),
        },
        {
            "signed": (lambda: webp(piece(b"C2PA", b"jumb")), "C2PA"),
            "two blocks": (lambda: webp(*[piece(b"EXIF", block())] * 2, flags=8), "several EXIF"),
            "two packets": (lambda: webp(*[piece(b"XMP ", PACKET)] * 2, flags=4), "several XMP"),
            "AFCP": (lambda: riff(bare_webp(), tail=AFCP), "AFCP"),
            "cut off": (lambda: saved("WEBP")[:-10], "structure"),
            "size too small": (lambda: b"RIFF\x20\0\0\0" + saved("WEBP")[8:], "structure"),
            "packet without a header": (lambda: riff(bare_webp(), piece(b"XMP ", PACKET)), "structure"),
            "two headers": (lambda: webp(header(0)), "structure"),
            "no picture": (lambda: riff(header(0), piece(b"EXIF", block())), "structure"),
            "no size": (lambda: riff(piece(b"VP8 ", bytes(40))), "structure"),
        },
    ),
    "TIFF": Recipe(
        ".tif",
        _tiff,
        {
            "bare": lambda: saved("TIFF"),
            "packed": lambda: saved("TIFF", compression="tiff_lzw"),
            "16 bits": lambda: saved("TIFF", "I;16"),
            "several pages": lambda: animated("TIFF"),
            "trailer": lambda: saved("TIFF") + b"trailer",
        },
        {
            "AFCP": (lambda: saved("TIFF") + AFCP, "trailer"),
            "Canon's recipe": (lambda: saved("TIFF") + b"CANON OPTIONAL DATA\0" + bytes(44), "trailer"),
            "cut off": (lambda: saved("TIFF")[:-30], "structure"),
            "BigTIFF": (lambda: saved("TIFF", big_tiff=True), "BigTIFF"),
        },
    ),
    "HEIC and AVIF": Recipe(
        ".avif",
        _avif,
        {"with both parts": lambda: _avif(None, (), PACKET)},
        {
            "cut off": (lambda: _avif(None, (), PACKET)[:-30], "boxes|open-ended"),
            "AFCP": (lambda: _avif(None, (), PACKET) + AFCP, "boxes|open-ended"),
            "no block": (lambda: saved("AVIF"), "no EXIF block"),
        },
    ),
}
