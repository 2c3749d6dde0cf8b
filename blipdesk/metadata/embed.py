"""Writing caption and keywords into a JPEG file: the EXIF block by appending, then XMP where that is safe.

A pure function of the file's bytes.  Whatever is not proven harmless raises :class:`Refusal`, and the text
goes to a sidecar instead.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image

from blipdesk.domain.values import Source
from blipdesk.metadata import exif_patch, jpeg, mpf, texts, xmp, xmp_edit
from blipdesk.metadata.jpeg import Edit, Header, Segment
from blipdesk.metadata.refusal import Refusal

SIGNED = "it carries content credentials (C2PA), which any change would void"
_AFCP_MAGICS = (b"AXS!", b"AXS*")
_TAIL = 1 << 16


@dataclass(frozen=True, slots=True)
class EmbedText:
    """What is to stand in the file; ``replace``: the person asked, so a caption in XMP gives way as well."""

    caption: str
    keywords: tuple[str, ...]
    source: Source
    replace: bool = False


def is_signed(data: bytes) -> bool:
    """True for C2PA content credentials in a JPEG header."""
    return jpeg.read_header(data, lenient=True).is_signed(data)


def embed(data: bytes, text: EmbedText) -> bytes:
    """The file's bytes with the text in them; the same bytes when they already are what is asked.

    Raises:
        Refusal: a reason, for the person, why a sidecar is the safer place.
    """
    base = strip(data)
    header = jpeg.read_header(base)
    if header.is_signed(base):
        raise Refusal(SIGNED)
    if any(base.rfind(magic, max(header.sos, len(base) - _TAIL)) >= 0 for magic in _AFCP_MAGICS):
        raise Refusal("a trailer of it counts offsets from the start of the file (AFCP)")
    edits = [_exif_edit(base, header, text), *_xmp_edit(base, header, text)]
    new = jpeg.splice(base, mpf.adjust(base, header, edits))
    verify(base, new, text)
    return new


def _only(segments: list[Segment], what: str) -> Segment | None:
    if len(segments) > 1:
        raise Refusal(f"it has several {what}")
    return segments[0] if segments else None


def _exif_edit(base: bytes, header: Header, text: EmbedText) -> Edit:
    segment = _only(header.exif(base), "EXIF blocks")
    if segment is None:
        values = exif_patch.make_values(text.caption, text.keywords, None)
        block = exif_patch.new_block(values, text.source)
        position = jpeg.insertion_point(header)
        return Edit(position, position, jpeg.make_app1(jpeg.EXIF_PREFIX + block))
    payload = segment.payload(base)
    if not payload.startswith(jpeg.EXIF_PREFIX):
        raise Refusal("its EXIF block starts in an unusual way")
    old = payload[len(jpeg.EXIF_PREFIX) :]
    tiff = exif_patch.check_block(old)
    keywords = texts.merge(exif_patch.read_keywords(tiff), text.keywords)
    values = exif_patch.make_values(text.caption, keywords if text.keywords else (), tiff)
    block = exif_patch.append(old, values, text.source)
    _refuse_later_pictures(base, segment, old)
    return Edit(segment.start, segment.end, jpeg.make_app1(jpeg.EXIF_PREFIX + block))


def _refuse_later_pictures(base: bytes, segment: Segment, block: bytes) -> None:
    """Refuse when the block names the offset of a picture behind it: that picture is about to move."""
    start = segment.body + len(jpeg.EXIF_PREFIX)
    for magic in (b"\xff\xd8\xff", b"\xd8\xff\xdb"):
        at = base.find(magic, segment.end)
        while at >= 0:
            where = at if magic[0] == 0xFF else at - 1  # Minolta overwrites the first byte of its previews
            for offset in (where, where - start):
                number = offset & 0xFFFFFFFF
                if number.to_bytes(4, "big") in block or number.to_bytes(4, "little") in block:
                    raise Refusal("its EXIF block points at a preview further back in the file")
            at = base.find(magic, at + 1)


def _xmp_edit(base: bytes, header: Header, text: EmbedText) -> list[Edit]:
    """The XMP part; left out (the EXIF part says it all) where the packet cannot be patched safely."""
    segment = _only(header.xmp(base), "XMP packets")
    wanted = xmp_edit.XmpText(text.caption, text.keywords, text.source, replace=text.replace)
    try:
        if segment is None:
            position = _xmp_position(base, header)
            return [Edit(position, position, jpeg.make_app1(jpeg.XMP_PREFIX + xmp_edit.new_packet(wanted)))]
        packet = segment.payload(base)[len(jpeg.XMP_PREFIX) :]
        new = xmp_edit.edit(packet, wanted)
        return [Edit(segment.start, segment.end, jpeg.make_app1(jpeg.XMP_PREFIX + new))]
    except Refusal:
        return []


def _xmp_position(base: bytes, header: Header) -> int:
    exif = header.exif(base)
    return exif[0].end if exif else jpeg.insertion_point(header)


# ---------------------------------------------------------------------------------- taking it out again


def strip(data: bytes) -> bytes:
    """The file without what we wrote into it earlier, where that can be told for certain.

    Embedding starts from here, so that captioning again gives the bytes of captioning the original.
    """
    header = jpeg.read_header(data, lenient=True)
    exif = header.exif(data)
    if len(exif) != 1 or not data.startswith(jpeg.EXIF_PREFIX, exif[0].body):
        return data
    old = exif_patch.strip(exif[0].payload(data)[len(jpeg.EXIF_PREFIX) :])
    if old is None:
        return data
    new = jpeg.make_app1(jpeg.EXIF_PREFIX + old) if old else b""
    edits = [Edit(exif[0].start, exif[0].end, new)]
    packets = header.xmp(data)
    if len(packets) == 1:
        packet = packets[0].payload(data)[len(jpeg.XMP_PREFIX) :]
        stripped = xmp.strip_marks(packet)
        if xmp_edit.is_bare(stripped):
            edits.append(Edit(packets[0].start, packets[0].end, b""))
        elif stripped != packet:
            segment = jpeg.make_app1(jpeg.XMP_PREFIX + stripped)
            edits.append(Edit(packets[0].start, packets[0].end, segment))
    try:
        return jpeg.splice(data, mpf.adjust(data, header, edits))
    except Refusal:
        return data


# ---------------------------------------------------------------------------------- the proof


def verify(old: bytes, new: bytes, text: EmbedText) -> None:
    """Compare the two files in memory, as another program would see them.

    Raises:
        Refusal: anything but the caption fields differs, or the caption does not read back.
    """
    before, after = jpeg.read_header(old), jpeg.read_header(new)
    ours = [{*h.exif(d), *h.xmp(d), *h.mpf(d)} for h, d in ((before, old), (after, new))]
    others = [
        [(s.marker, s.payload(d)) for s in h.segments if s not in mine]
        for h, d, mine in ((before, old, ours[0]), (after, new, ours[1]))
    ]
    if others[0] != others[1] or old[before.sos :] != new[after.sos :]:
        raise Refusal("a check of the result failed: the picture would not have stayed the same")
    block = after.exif(new)[0].payload(new)[len(jpeg.EXIF_PREFIX) :]
    if (segments := before.exif(old)) and not _keeps(segments[0].payload(old)[6:], block):
        raise Refusal("a check of the result failed: the EXIF block would not have stayed the same")
    own = exif_patch.own_mark(block)
    if own is None or own.caption != text.caption or exif_patch.check_block(block).problems:
        raise Refusal("a check of the result failed: the caption could not be read back")
    if _look(old) != _look(new):
        raise Refusal("a check of the result failed: it would not open as before")


def _keeps(old: bytes, new: bytes) -> bool:
    """True when the old block stands at the start of the new one, but for the offset of IFD0."""
    return new[:4] == old[:4] and new[8 : len(old)] == old[8:]


def _look(data: bytes) -> tuple[object, ...]:
    """What Pillow sees of the header.

    Raises:
        Refusal: nothing it can open.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
                return image.format, image.size, image.mode
    except Image.DecompressionBombError:
        return ("larger than Pillow looks at",)
    except Exception as error:  # Pillow raises fourteen types on damaged files
        raise Refusal("its picture cannot be read") from error
