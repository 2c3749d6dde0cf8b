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
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp import Xmp

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


def embed(data: bytes, text: EmbedText) -> tuple[bytes, str]:
    """The file's bytes with the text in them; the same bytes when they already are what is asked.

    Returns:
        The bytes, and why the EXIF part was left out where only the XMP part could be written (else empty).

    Raises:
        Refusal: a reason, for the person, why a sidecar is the safer place.
    """
    base = strip(data)
    header = jpeg.read_header(base)
    if header.is_signed(base):
        raise Refusal(SIGNED)
    if any(base.rfind(magic, max(header.sos, len(base) - _TAIL)) >= 0 for magic in _AFCP_MAGICS):
        raise Refusal("a trailer of it counts offsets from the start of the file (AFCP)")
    packet = _only(header.xmp(base), "XMP packets")
    _only(header.exif(base), "EXIF blocks")
    for segment in header.exif(base):
        _refuse_later_pictures(base, segment)
    note = ""
    try:
        edits = [_exif_edit(base, header, text)]
    except Refusal as refusal:
        if _holds_description(base, header):
            raise  # readers would go on showing that one
        if packet and not text.replace and _has_xmp_caption(base, packet):
            raise  # replaced boilerplate would not be known for ours without the EXIF part
        edits, note = [], refusal.reason
    try:
        edits.append(_xmp_edit(base, header, packet, text, _own_captions(data)))
    except Refusal as refusal:
        if not edits:
            raise Refusal(f"{note} and {refusal.reason}") from refusal
    new = jpeg.splice(base, mpf.adjust(base, header, edits))
    verify(base, new, text, exif=not note)
    return new, note


def _holds_description(base: bytes, header: Header) -> bool:
    """True when an EXIF block that must stay as it is holds a caption, as far as it can be read."""
    for segment in header.exif(base):
        block = TiffBlock(segment.payload(base)[len(jpeg.EXIF_PREFIX) :])
        found = block.raw(block.find("IFD0", exif_patch.IMAGE_DESCRIPTION))
        if not texts.is_boilerplate(texts.decode_bytes(found)):
            return True
    return False


def _only(segments: list[Segment], what: str) -> Segment | None:
    if len(segments) > 1:
        raise Refusal(f"it has several {what}")
    return segments[0] if segments else None


def _exif_edit(base: bytes, header: Header, text: EmbedText) -> Edit:
    segment = next(iter(header.exif(base)), None)
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
    return Edit(segment.body - 4, segment.end, jpeg.make_app1(jpeg.EXIF_PREFIX + block))


def _refuse_later_pictures(base: bytes, segment: Segment) -> None:
    """Refuse when the block names the offset of a picture behind it: that picture is about to move."""
    block = segment.payload(base)
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


def _has_xmp_caption(base: bytes, packet: Segment) -> bool:
    return bool(Xmp(packet.payload(base)[len(jpeg.XMP_PREFIX) :]).find(xmp.DESCRIPTION))


def _own_captions(data: bytes) -> frozenset[str]:
    """What we wrote before, also where it took the place of a camera's boilerplate in XMP."""
    skip = len(jpeg.EXIF_PREFIX)
    exif = jpeg.read_header(data).exif(data)
    marks = [exif_patch.own_mark(segment.payload(data)[skip:]) for segment in exif]
    return frozenset(mark.caption for mark in marks if mark)


def _xmp_edit(
    base: bytes, header: Header, segment: Segment | None, text: EmbedText, own: frozenset[str]
) -> Edit:
    wanted = xmp_edit.XmpText(text.caption, text.keywords, text.source, replace=text.replace, replaceable=own)
    if segment is None:
        position = _xmp_position(base, header)
        return Edit(position, position, jpeg.make_app1(jpeg.XMP_PREFIX + xmp_edit.new_packet(wanted)))
    packet = segment.payload(base)[len(jpeg.XMP_PREFIX) :]
    payload = jpeg.XMP_PREFIX + xmp_edit.edit(packet, wanted)
    return Edit(segment.body - 4, segment.end, jpeg.make_app1(payload))


def _xmp_position(base: bytes, header: Header) -> int:
    exif = header.exif(base)
    return exif[0].end if exif else jpeg.insertion_point(header)


# ---------------------------------------------------------------------------------- taking it out again


def strip(data: bytes) -> bytes:
    """The file without what we wrote into it earlier, where that can be told for certain.

    Embedding starts from here, so that captioning again gives the bytes of captioning the original.
    """
    header = jpeg.read_header(data, lenient=True)
    edits: list[Edit] = []
    exif, packets = header.exif(data), header.xmp(data)
    if len(exif) == 1 and data.startswith(jpeg.EXIF_PREFIX, exif[0].body):
        block = exif_patch.strip(exif[0].payload(data)[len(jpeg.EXIF_PREFIX) :])
        if block is not None:
            new = jpeg.make_app1(jpeg.EXIF_PREFIX + block) if block else b""
            edits.append(Edit(exif[0].body - 4, exif[0].end, new))
    if len(packets) == 1:
        packet = packets[0].payload(data)[len(jpeg.XMP_PREFIX) :]
        stripped = xmp.strip_marks(packet)
        if stripped != packet:
            bare = xmp_edit.is_bare(stripped)
            new = b"" if bare else jpeg.make_app1(jpeg.XMP_PREFIX + stripped)
            edits.append(Edit(packets[0].body - 4, packets[0].end, new))
    try:
        return jpeg.splice(data, mpf.adjust(data, header, edits))
    except Refusal:
        return data


# ---------------------------------------------------------------------------------- the proof


def verify(old: bytes, new: bytes, text: EmbedText, exif: bool = True) -> None:
    """Compare the two files in memory, as another program would see them.

    Args:
        old: the file before.
        new: the file to be.
        text: what should stand in it.
        exif: whether the EXIF block was written; if not, it must be untouched and XMP holds the text.

    Raises:
        Refusal: anything but the caption fields differs, or the caption does not read back.
    """
    before, after = jpeg.read_header(old), jpeg.read_header(new)
    if _others(old, before, exif) != _others(new, after, exif) or old[before.sos :] != new[after.sos :]:
        raise Refusal("a check of the result failed: the picture would not have stayed the same")
    skip = len(jpeg.EXIF_PREFIX)
    if exif:
        block = after.exif(new)[0].payload(new)[skip:]
        segments = before.exif(old)
        if segments and not _keeps(segments[0].payload(old)[skip:], block):
            raise Refusal("a check of the result failed: the EXIF block would not have stayed the same")
        exif_patch.check_block(block)
        own = exif_patch.own_mark(block)
        caption = own.caption if own else ""
    else:
        caption = Xmp(after.xmp(new)[0].payload(new)[len(jpeg.XMP_PREFIX) :]).text(xmp.DESCRIPTION)
    if caption != text.caption:
        raise Refusal("a check of the result failed: the caption could not be read back")
    if _look(old) != _look(new):
        raise Refusal("a check of the result failed: it would not open as before")


def _others(data: bytes, header: Header, exif: bool) -> list[tuple[int, bytes]]:
    """The segments that no edit may touch."""
    ours = {*header.xmp(data), *header.mpf(data), *(header.exif(data) if exif else ())}
    return [(s.marker, s.payload(data)) for s in header.segments if s not in ours]


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
