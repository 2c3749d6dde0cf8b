"""HEIF and AVIF files made for the metadata tests: real ones by Pillow, odd ones box by box."""

import functools
import io
import struct

import metadata_samples as samples
from PIL import Image

PICTURE, EXIF, XMP = 1, 2, 3
C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


@functools.cache
def avif(xmp=True):
    """A real photo with an Exif item, and an XMP item."""
    extra = {"xmp": samples.xmp_packet(samples.subjects("old"))} if xmp else {}
    out = io.BytesIO()
    picture = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    picture.save(out, "AVIF", quality=40, exif=samples.camera_block(), **extra)
    return out.getvalue()


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind, version, *parts):
    return box(kind, bytes((version, 0, 0, 0)), *parts)


def number(value, width):
    return value.to_bytes(width, "big")


def infe(item, kind, *, protection=0, extra=b"", version=2):
    wide = 2 if version == 2 else 4
    return full(b"infe", version, number(item, wide), number(protection, 2), kind, b"name\0", extra)


def exif_item(block=None):
    return b"\0\0\0\6Exif\0\0" + (samples.camera_block() if block is None else block)


def heif(
    exif=None,
    xmp=None,
    *,
    encoding=b"",
    version=1,
    widths=(4, 4, 0, 0),
    split=1,
    method=0,
    source=0,
    protection=0,
    describes=((EXIF, PICTURE),),
    based=False,
    infos=(),
    places=(),
    in_meta=(),
    behind=(),
    mdat_size=None,
    brand=b"heic",
):
    """A file of one picture item that no decoder would take, an Exif item, and an XMP item where asked.

    ``encoding``: of the XMP item, with its NUL; ``widths``: of offset, length, base offset and index;
    ``split``: extents of the Exif item; ``based``: the offsets stand in the base offset; ``describes``: pairs
    of an item and the one that it is about.
    """
    contents = {PICTURE: b"picture data " * 9, EXIF: exif_item() if exif is None else exif}
    if xmp is not None:
        contents[XMP] = xmp
    offset_w, length_w, base_w, index_w = widths
    index_w = index_w if version else 0
    wide = 4 if version == 2 else 2

    def iloc(at):
        entries = b""
        for item, content in contents.items():
            pieces = split if item == EXIF else 1
            size = len(content) // pieces
            sizes = [size] * (pieces - 1) + [len(content) - size * (pieces - 1)]
            entries += number(item, wide)
            entries += number(method if item == EXIF else 0, 2) if version else b""
            entries += number(source if item == EXIF else 0, 2)
            entries += number(at if based else 0, base_w) + number(pieces, 2)
            for size in sizes:
                entries += bytes(index_w) + number(0 if based else at, offset_w) + number(size, length_w)
                at += size
        entries += b"".join(places)
        head = struct.pack(">H", offset_w << 12 | length_w << 8 | base_w << 4 | index_w)
        return full(b"iloc", version, head, number(len(contents) + len(places), wide), entries)

    def meta(at):
        entries = [infe(PICTURE, b"hvc1"), infe(EXIF, b"Exif", protection=protection)]
        if xmp is not None:
            entries.append(infe(XMP, b"mime", extra=b"application/rdf+xml\0" + encoding))
        entries += infos
        parts = [
            full(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
            full(b"pitm", 0, number(PICTURE, 2)),
            iloc(at),
            full(b"iinf", 0, number(len(entries), 2), *entries),
            full(b"iref", 0, *(box(b"cdsc", *(number(n, 2) for n in (a, 1, b))) for a, b in describes)),
            box(b"iprp", box(b"ipco", full(b"ispe", 0, struct.pack(">II", 64, 48)))),
            *in_meta,
        ]
        return full(b"meta", 0, *parts)

    head = box(b"ftyp", brand, bytes(4), b"mif1", brand)
    at = len(head) + len(meta(0)) + 8
    body = b"".join(contents.values())
    mdat = number(len(body) + 8 if mdat_size is None else mdat_size, 4) + b"mdat" + body
    return head + meta(at) + mdat + b"".join(behind)
