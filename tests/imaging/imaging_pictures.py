"""Pictures that tests draw themselves, so that a clone without the shared corpus proves as much."""

import io
import random
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def scene(width=640, height=480, seed=1):
    """A picture with gradients, edges and detail, different in each quarter."""
    rng = random.Random(seed)
    ramp = Image.linear_gradient("L").resize((width, height))
    im = Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.ROTATE_180), ramp.point(lambda v: v // 2)))
    draw = ImageDraw.Draw(im)
    for _ in range(40):
        x, y, r = (
            rng.randrange(width),
            rng.randrange(height),
            rng.randrange(3, max(4, min(width, height) // 5)),
        )
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(rng.randrange(256) for _ in range(3)))
    draw.rectangle((0, 0, width // 4, height // 4), fill=(250, 20, 20))  # top left is red
    return im


def encoded(im, format_name="JPEG", **options):
    out = io.BytesIO()
    if format_name == "JPEG":
        options.setdefault("quality", 92)
    im.save(out, format_name, **options)
    return out.getvalue()


def exif_bytes(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def segment(marker, payload):
    """A JPEG segment, to be put behind the first two bytes of a file."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def with_segment(jpeg, marker, payload):
    return jpeg[:2] + segment(marker, payload) + jpeg[2:]


def png(width, height, bits, colour_type, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    body = b"".join(b"\0" + row for row in rows)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(body))
        + chunk(b"IEND", b"")
    )


def header_only_jpeg(width, height):
    """A JPEG that announces a size and holds the data of 16 x 16 pixels."""
    small = bytearray(encoded(Image.new("RGB", (16, 16), (90, 140, 60))))
    at = small.find(b"\xff\xc0")
    small[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(small)


def model_image(photo):
    pixels = photo.model_input
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)


def thumbnail_image(photo):
    return Image.open(io.BytesIO(photo.thumbnail))


def mean_difference(first, second):
    """Mean absolute difference of two RGB images, of 255."""
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def swapped_profile():
    """A valid RGB profile whose red and blue primaries are exchanged: using it is plain to see."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, blue = profile.find(b"rXYZ"), profile.find(b"bXYZ")
    swapped = profile[:red] + b"bXYZ" + profile[red + 4 : blue] + b"rXYZ" + profile[blue + 4 :]
    return swapped.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
