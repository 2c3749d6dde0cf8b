"""Files of every format, made here and taken from the corpus where it is at hand, and broken ones of them."""

import functools
import io
from pathlib import Path

import metadata_samples as samples
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "photos-exif"
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif", "AVIF": ".avif"}
PACKET = samples.xmp_packet(samples.described("x") + samples.subjects("a"))


def saved(name, mode="RGB", **options):
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert(mode).save(buffer, name, **options)
    return buffer.getvalue()


def exif(order="<", description=None):
    return b"Exif\0\0" + samples.camera_block(order, description)


def newer_iptc():
    """A caption whose digest is another record's: a program that knows IPTC alone changed it."""
    digest = b"8BIM\x04\x25\0\0" + (16).to_bytes(4, "big") + bytes(range(16))
    return samples.segment(0xED, samples.iptc_segment(b"Grandma")[4:] + digest)


def png_text(compressed):
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", PACKET.decode(), zip=compressed)
    text.add_text("Description", "Grandma")
    return text


def png_profile(description):
    """As ImageMagick keeps EXIF: hexadecimal in a text chunk."""
    raw = exif(description=description)
    text = PngImagePlugin.PngInfo()
    text.add_text("Raw profile type exif", f"\nexif\n{len(raw):8}\n{raw.hex()}\n", zip=True)
    return text


def tiff_exif(description):
    found = Image.Exif()
    found[0x010F], found[0x010E] = "TestCam", description
    found.get_ifd(0x8769)[0x927C] = samples.MAKER_NOTE
    return found


@functools.cache
def made_files():
    """(suffix, bytes): small files of each format, plain and with all that a patch could break."""
    made = {
        "JPEG": [
            samples.camera_photo("<"),
            samples.camera_photo(">", "OLYMPUS DIGITAL CAMERA"),
            samples.multi_picture(">"),
            samples.multi_picture("<", first=False),
            samples.with_segments(samples.xmp_segment(PACKET), samples.iptc_segment(b"caption", [b"one"])),
            samples.with_segments(
                samples.exif_segment(b"II*\0broken"), samples.xmp_segment(PACKET), newer_iptc()
            ),
        ],
        "PNG": [
            saved("PNG", exif=exif("<")),
            saved("PNG", "RGBA", pnginfo=png_text(True), exif=exif(">", "Grandma")),
            saved("PNG", "L", pnginfo=png_profile("Grandma")),
            saved("PNG", "P", pnginfo=png_text(False)) + b"trailer",
        ],
        "WEBP": [
            saved("WEBP"),
            saved("WEBP", "RGBA", lossless=True),
            saved("WEBP", exif=exif("<"), xmp=PACKET, icc_profile=b"ICC" * 30),
        ],
        "TIFF": [
            saved("TIFF", tiffinfo=tiff_exif("OLYMPUS DIGITAL CAMERA")),
            saved("TIFF", "L", compression="tiff_adobe_deflate", big_endian=True, tiffinfo={700: PACKET}),
        ],
        "AVIF": [saved("AVIF", exif=exif("<")), saved("AVIF", exif=exif(">"), xmp=PACKET)],
    }
    return [(SUFFIXES[name], data) for name, files in made.items() for data in files]


@functools.cache
def corpus_files(most):
    """(suffix, bytes): the files of the corpus of at most so many bytes; none where it is not at hand."""
    found = sorted(p for p in CORPUS.glob("*/*") if p.suffix != ".md" and p.stat().st_size < most)
    return [(path.suffix, path.read_bytes()) for path in found]


_EDGES = (0, 1, 2, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF)


@st.composite
def broken(draw, files):
    """(suffix, bytes): one of ``files`` with bytes and numbers changed, parts cut, doubled or swapped."""
    suffix, original = draw(st.sampled_from(files))
    data = bytearray(original)
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3, 6]))):
        if not data:
            break
        reach = min(len(data), draw(st.sampled_from([16, 64, 400, 4000, 1 << 30, 1 << 30])))
        at = draw(st.integers(0, reach - 1))
        if draw(st.integers(0, 7)) == 0:
            at = len(data) - 1 - at  # what a file ends with
        match draw(st.sampled_from("bbbnnnnccdsitt")):
            case "b":
                data[at] = draw(st.integers(0, 255))
            case "n":  # a count, a length, an offset
                size = draw(st.sampled_from([2, 4, 8]))
                near = (len(data), at, len(data) - at)
                value = draw(st.sampled_from(_EDGES + near)) + draw(st.integers(-2, 2))
                order = draw(st.sampled_from(["big", "little"]))
                data[at : at + size] = (value % (1 << 8 * size)).to_bytes(size, order)
            case "c":
                del data[at : at + draw(st.integers(1, 300))]
            case "d":
                data[at:at] = data[at : at + draw(st.integers(1, 300))]
            case "s":
                other = draw(st.integers(0, reach - 1))
                size = draw(st.integers(1, 64))
                data[at : at + size], data[other : other + size] = (
                    data[other : other + size],
                    data[at : at + size],
                )
            case "i":
                data[at:at] = draw(st.binary(max_size=16))
            case "t":
                del data[at:]
    return suffix, bytes(data)
