"""JPEG files made for the metadata tests: everything a patch could break, without any photo of a person."""

import io
import struct

from PIL import Image

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteText

MAKER_NOTE = b"Maker\0\0\0" + bytes(range(200))


def picture(size=(64, 48), **save):
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, "JPEG", quality=80, **save)
    return buffer.getvalue()


def tiff(ifd0, *, order="<", exif=None, thumbnail=b"", pad=0, next_ifd=None, magic=42):
    """A TIFF block. ``ifd0`` and ``exif``: tag -> (type, count, bytes); values in the block's byte order."""
    ifd0 = dict(ifd0)
    data = bytearray((b"II" if order == "<" else b"MM") + struct.pack(order + "HI", magic, 8))
    if exif:
        ifd0[0x8769] = (4, 1, b"?" * 4)
    length = 8 + 2 + 12 * len(ifd0) + 4
    values = bytearray()
    entries = {}

    def place(kind, count, value):
        if len(value) <= 4:
            return value.ljust(4, b"\0")
        offset = length + len(values)
        values.extend(value + bytes(len(value) & 1))
        return struct.pack(order + "I", offset)

    for tag, (kind, count, value) in sorted(ifd0.items()):
        entries[tag] = [kind, count, place(kind, count, value) if tag != 0x8769 else b""]
    if exif:
        offset = length + len(values)
        sub = bytearray(struct.pack(order + "H", len(exif)))
        after = offset + 2 + 12 * len(exif) + 4
        tail = bytearray()
        for tag, (kind, count, value) in sorted(exif.items()):
            if len(value) <= 4:
                where = value.ljust(4, b"\0")
            else:
                where = struct.pack(order + "I", after + len(tail))
                tail.extend(value + bytes(len(value) & 1))
            sub += struct.pack(order + "HHI", tag, kind, count) + where
        values.extend(sub + struct.pack(order + "I", 0) + tail)
        entries[0x8769][2] = struct.pack(order + "I", offset)
    link = 0
    if thumbnail:
        link = length + len(values)
        at = link + 2 + 24 + 4
        values.extend(
            struct.pack(order + "H", 2)
            + struct.pack(order + "HHII", 0x0201, 4, 1, at)
            + struct.pack(order + "HHII", 0x0202, 4, 1, len(thumbnail))
            + struct.pack(order + "I", 0)
            + thumbnail
        )
    link = next_ifd if next_ifd is not None else link
    data += struct.pack(order + "H", len(entries))
    for tag, (kind, count, where) in entries.items():
        data += struct.pack(order + "HHI", tag, kind, count) + where
    return bytes(data + struct.pack(order + "I", link) + values + bytes(pad))


def chain(count):
    """A block of so many empty directories, one after the other."""
    links = [8 + 6 * (index + 1) for index in range(count - 1)] + [0]
    return b"II*\0" + struct.pack("<I", 8) + b"".join(struct.pack("<HI", 0, link) for link in links)


def ascii_field(text):
    raw = text.encode() + b"\0"
    return (2, len(raw), raw)


def camera_block(order="<", description=None, **more):
    """What a camera writes: make, model, MakerNote, thumbnail."""
    ifd0 = {
        0x010F: ascii_field("TestCam"),
        0x0110: ascii_field("Model 7"),
        0x0112: (3, 1, struct.pack(order + "H", 1)),
    }
    if description is not None:
        ifd0[0x010E] = ascii_field(description)
    exif = {
        0x829A: (5, 1, struct.pack(order + "II", 1, 250)),
        0x829D: (5, 1, struct.pack(order + "II", 28, 10)),
        0x8827: (3, 1, struct.pack(order + "H", 100)),
        0x9003: ascii_field("2024:05:01 10:20:30"),
        0x927C: (7, len(MAKER_NOTE), MAKER_NOTE),
    }
    return tiff(ifd0, order=order, exif=exif, thumbnail=picture((16, 12)), **more)


def segment(marker, payload):
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def with_segments(*segments, data=None):
    """The picture with segments behind its JFIF header."""
    data = data or picture()
    length = struct.unpack(">H", data[4:6])[0]
    cut = 4 + length
    return data[:cut] + b"".join(segments) + data[cut:]


def exif_segment(block):
    return segment(0xE1, b"Exif\0\0" + block)


def xmp_segment(packet):
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def iptc_segment(caption=b"", keywords=()):
    def dataset(number, value):
        return b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value

    iim = b"\x1c\x01\x5a\x00\x03\x1b%G"
    iim += dataset(120, caption) if caption else b""
    iim += b"".join(dataset(25, keyword) for keyword in keywords)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iim)) + iim + bytes(len(iim) & 1)
    return segment(0xED, b"Photoshop 3.0\0" + resource)


def camera_photo(order="<", description=None, **more):
    return with_segments(exif_segment(camera_block(order, description, **more)))


def multi_picture(order="<", first=True, trailer=b"", second=None):
    """Two pictures in one file with an MPF index, before (``first``) or behind the EXIF segment."""
    second = second or picture((32, 24))

    def index(size, offset):
        entries = struct.pack(order + "IIIHH", 0x20030000, size, 0, 0, 0)
        entries += struct.pack(order + "IIIHH", 0, len(second), offset, 0, 0)
        block = tiff({0xB000: (7, 4, b"0100"), 0xB002: (7, 32, entries)}, order=order)
        return segment(0xE2, b"MPF\0" + block)

    exif = exif_segment(camera_block(order))

    def build(size, offset):
        parts = (index(size, offset), exif) if first else (exif, index(size, offset))
        return with_segments(*parts)

    draft = build(0, 0)
    base = draft.index(b"MPF\0") + 4
    return build(len(draft), len(draft) - base) + second + trailer


def xmp_packet(inner, about="", prefix=""):
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description rdf:about="{about}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"'
        f' xmp:Rating="4" crs:Exposure2012="+0.35">{inner}</rdf:Description>\n'
        f' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def described(text):
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>'


def subjects(*names):
    return (
        "<dc:subject><rdf:Bag>" + "".join(f"<rdf:li>{n}</rdf:li>" for n in names) + "</rdf:Bag></dc:subject>"
    )


def machine(caption="a dog on a lawn", *keywords, key="demo@1/caption"):
    return WriteText(caption, Source.MODEL, keywords or ("dog", "lawn"), key)


def user(caption="Our dog Bella", *keywords):
    return WriteText(caption, Source.USER, keywords, user_keywords=keywords)


CAPTIONED = {
    "exif": lambda: camera_photo(description="Grandma"),
    "xmp": lambda: with_segments(xmp_segment(xmp_packet(described("Grandma")))),
    "iptc": lambda: with_segments(iptc_segment(b"Grandma", [b"old"])),
}
"""Photos that say "Grandma" in one place or another."""
