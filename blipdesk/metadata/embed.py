"""Writing caption and keywords into a JPEG file: the EXIF block by appending, then XMP where that is safe.

A pure function of the file's bytes.  Whatever is not proven harmless raises :class:`Refusal`, and the text
goes to a sidecar instead.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace

from PIL import Image

from blipdesk.domain.values import Source
from blipdesk.metadata import exif_patch, jpeg, mpf, texts, xmp, xmp_edit
from blipdesk.metadata.exif_patch import OwnMark
from blipdesk.metadata.jpeg import Edit, Header, Segment
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

_AFCP_MAGICS = (b"AXS!", b"AXS*")
_TAIL = 1 << 16
_MAX_LATER = 4096  # each costs a search through the EXIF block; a video of 100 MB has a dozen by chance


def embed(data: bytes, wanted: Wanted) -> tuple[bytes, str]:
    """The file's bytes with the text in them; the same bytes when they already are what is asked.

    Keywords without a caption go into XMP, and into the EXIF block where it is of our making: readers of its
    keywords merge the two.

    Returns:
        The bytes, and why the EXIF part was left out where only the XMP part could be written (else empty).

    Raises:
        Refusal: a reason, for the person, why a sidecar is the safer place.
    """
    standing = jpeg.read_header(data, lenient=True)
    blocks = [jpeg.exif_block(data, segment) for segment in standing.exif(data)]
    packets = [jpeg.xmp_packet(data, segment) for segment in standing.xmp(data)]
    marks = [exif_patch.own_mark(block) for block in blocks]
    wanted = wanted.with_standing(_own_keywords(blocks, packets))
    base = strip(data, xmp_too=wanted.caption is not None)  # the edit of the packet looks at our part of it
    header = jpeg.read_header(base)
    _refuse_unsafe(base, header)
    packet = next(iter(header.xmp(base)), None)
    edits: list[Edit] = []
    note = ""
    described = _exif_caption(zip(blocks, marks, strict=True), base != data, wanted)
    if described:
        try:
            edits.append(_exif_edit(base, header, *described, wanted))
        except Refusal as refusal:
            if wanted.caption is None or _holds_description(base, header):
                raise  # readers would go on showing that one
            if packet and not wanted.replace and _has_xmp_caption(base, packet):
                raise  # replaced boilerplate would not be known for ours without the EXIF part
            note = refusal.reason
    dropped: frozenset[int] = frozenset()
    if wanted.withdrawn and not described:
        dropped, dropping = _exif_drop(base, header, wanted)
        edits += dropping
    try:
        own = wanted.own.union(mark.caption for mark in marks if mark)  # it may stand in XMP for boilerplate
        edit = _xmp_edit(base, header, packet, replace(wanted, own=own))
        _refuse_read_through(base, header, edit)
        edits.append(edit)
    except Refusal as refusal:
        taken_back = wanted.caption is None and base != data
        if wanted.withdrawn or not (edits or taken_back):
            raise Refusal(" and ".join(filter(None, (note, refusal.reason)))) from refusal
    new = jpeg.splice(base, mpf.adjust(base, header, edits))
    if described and not note:
        verify(base, new, described[0])
    else:
        verify(base, new, wanted.caption, exif=False, dropped=dropped)
    return new, note


def _own_keywords(blocks: list[bytes], packets: list[bytes]) -> tuple[str, ...]:
    """The person's keywords that stand in our parts of the file, as far as they can be read."""
    found: tuple[str, ...] = ()
    for block in blocks:
        found += exif_patch.split_keywords(block)[1]
    for packet in packets:
        with contextlib.suppress(Refusal):  # the edit of the packet says so, where it matters
            found += xmp_edit.own_keywords(packet)
    return found


def _exif_caption(
    blocks: Iterable[tuple[bytes, OwnMark | None]], stripped: bool, wanted: Wanted
) -> tuple[str, Source] | None:
    """The caption for the EXIF block and who wrote it; None: the block stays as it is.

    For keywords alone that is the caption of our own part, where that was ``stripped``, unless it is taken
    back; or what takes the place of one taken back, where the block cannot be put back.
    """
    if wanted.caption is not None:
        return wanted.caption, wanted.source
    for block, mark in blocks:
        if mark and stripped:
            users = mark.source is Source.USER
            gone = wanted.is_taken_back(mark.caption) if users else bool(wanted.withdrawn)
            return None if gone else (mark.caption, mark.source)
        if wanted.instead and wanted.is_taken_back(exif_patch.read_description(TiffBlock(block))):
            return wanted.instead, Source.USER
    return None


def _holds_description(base: bytes, header: Header) -> bool:
    """True when an EXIF block that must stay as it is holds a caption, as far as it can be read."""
    for segment in header.exif(base):
        block = TiffBlock(jpeg.exif_block(base, segment))
        if not texts.is_boilerplate(exif_patch.read_description(block)):
            return True
    return False


def _refuse_unsafe(base: bytes, header: Header) -> None:
    """Raise where no part of the file may change or move."""
    if header.is_signed(base):
        raise Refusal("it carries content credentials (C2PA), which any change would void")
    if any(base.rfind(magic, max(header.sos, len(base) - _TAIL)) >= 0 for magic in _AFCP_MAGICS):
        raise Refusal("a trailer of it counts offsets from the start of the file (AFCP)")
    for segments, what in ((header.xmp(base), "XMP packets"), (header.exif(base), "EXIF blocks")):
        if len(segments) > 1:
            raise Refusal(f"it has several {what}")
    for segment in header.exif(base):
        _refuse_later_pictures(base, segment)


def _exif_edit(base: bytes, header: Header, caption: str, source: Source, wanted: Wanted) -> Edit:
    segment = next(iter(header.exif(base)), None)
    if segment is None:
        people, machine = wanted.missing(())
        values = exif_patch.make_values(caption, (*people, *machine), None)
        block = exif_patch.new_block(values, source, len(people))
        position = jpeg.insertion_point(header)
        return Edit(position, position, jpeg.exif_segment(block))
    if not base.startswith(jpeg.EXIF_PREFIX, segment.body):
        raise Refusal("its EXIF block starts in an unusual way")
    old = jpeg.exif_block(base, segment)
    tiff = exif_patch.check_block(old)
    standing = exif_patch.read_keywords(tiff)
    people, machine = wanted.missing(standing)
    keywords = (*standing, *people, *machine) if people or machine else ()
    values = exif_patch.make_values(caption, keywords, tiff)
    block = exif_patch.append(old, values, source, len(people))
    return jpeg.replacing(segment, jpeg.exif_segment(block))


def _exif_drop(base: bytes, header: Header, wanted: Wanted) -> tuple[frozenset[int], list[Edit]]:
    """The fields of the EXIF block that say a withdrawn caption, and the edit that takes them out, if any."""
    for segment in header.exif(base):
        if base.startswith(jpeg.EXIF_PREFIX, segment.body):
            block = jpeg.exif_block(base, segment)
            tags = exif_patch.fields_saying(TiffBlock(block), wanted.withdrawn)
            if tags:
                return tags, [jpeg.replacing(segment, jpeg.exif_segment(exif_patch.drop(block, tags)))]
    return frozenset(), []


def _refuse_read_through(base: bytes, header: Header, edit: Edit) -> None:
    """Refuse when a reader of the EXIF block takes what lies behind it, and is about to change, for its own.

    A thumbnail whose end was cut off is one such: it goes on in the XMP packet.
    """
    for segment in header.exif(base):
        start = segment.body + len(jpeg.EXIF_PREFIX)
        for first, end in exif_patch.outward(jpeg.exif_block(base, segment)):
            if segment.body < edit.start < start + end and start + first < len(base):
                raise Refusal("what changes behind it would be taken for a part of it")


def _refuse_later_pictures(base: bytes, segment: Segment) -> None:
    """Refuse when the block names the offset of a picture behind it: that picture is about to move."""
    block = segment.payload(base)
    start = segment.body + len(jpeg.EXIF_PREFIX)
    for number, where in enumerate(_later_pictures(base, segment.end)):
        if number >= _MAX_LATER:
            raise Refusal("more pictures follow it than can be looked at")
        for offset in (where, where - start):
            named = offset & 0xFFFFFFFF
            if named.to_bytes(4, "big") in block or named.to_bytes(4, "little") in block:
                raise Refusal("its EXIF block points at a preview further back in the file")


def _later_pictures(base: bytes, start: int) -> Iterator[int]:
    """The offsets at which a picture may begin."""
    for magic in (b"\xff\xd8\xff", b"\xd8\xff\xdb"):
        at = base.find(magic, start)
        while at >= 0:
            yield at if magic[0] == 0xFF else at - 1  # Minolta overwrites the first byte of its previews
            at = base.find(magic, at + 1)


def _has_xmp_caption(base: bytes, packet: Segment) -> bool:
    return bool(Xmp(jpeg.xmp_packet(base, packet)).find(xmp.DESCRIPTION))


def _xmp_edit(base: bytes, header: Header, segment: Segment | None, wanted: Wanted) -> Edit:
    if segment is None:
        exif = header.exif(base)
        position = exif[0].end if exif else jpeg.insertion_point(header)
        return Edit(position, position, _xmp_segment(xmp_edit.new_packet(wanted)))
    packet = xmp_edit.edit(jpeg.xmp_packet(base, segment), wanted)
    return jpeg.replacing(segment, _xmp_segment(packet))


def _xmp_segment(packet: bytes) -> bytes:
    """The segment of a packet; empty for one that says nothing."""
    return b"" if xmp_edit.is_bare(packet) else jpeg.xmp_segment(packet)


# ---------------------------------------------------------------------------------- taking it out again


def strip(data: bytes, xmp_too: bool = True) -> bytes:
    """The file without what we wrote into it earlier, where that can be told for certain.

    Embedding starts from here, so that captioning again gives the bytes of captioning the original.

    Args:
        data: the file.
        xmp_too: False: the EXIF block alone.
    """
    header = jpeg.read_header(data, lenient=True)
    edits: list[Edit] = []
    exif, packets = header.exif(data), header.xmp(data)
    if len(exif) == 1 and data.startswith(jpeg.EXIF_PREFIX, exif[0].body):
        block = exif_patch.strip(jpeg.exif_block(data, exif[0]))
        if block is not None:
            edits.append(jpeg.replacing(exif[0], jpeg.exif_segment(block) if block else b""))
    if xmp_too and len(packets) == 1:
        packet = jpeg.xmp_packet(data, packets[0])
        stripped = xmp.strip_marks(packet)
        if stripped != packet:
            edits.append(jpeg.replacing(packets[0], _xmp_segment(stripped)))
    try:
        return jpeg.splice(data, mpf.adjust(data, header, edits))
    except Refusal:
        return data


# ---------------------------------------------------------------------------------- the proof


def verify(
    old: bytes, new: bytes, caption: str | None, exif: bool = True, dropped: frozenset[int] = frozenset()
) -> None:
    """Compare the two files in memory, as another program would see them.

    Args:
        old: the file before.
        new: the file to be.
        caption: what should stand in it; None: whatever stands there (the packet is proven when it is made).
        exif: whether the EXIF block was written; if not, it must be untouched, and XMP holds the caption.
        dropped: fields of an EXIF block that was not written that must be gone, and they alone.

    Raises:
        Refusal: anything but the caption fields differs, or the caption does not read back.
    """
    before, after = jpeg.read_header(old), jpeg.read_header(new)
    changed = exif or bool(dropped)
    if _others(old, before, changed) != _others(new, after, changed) or old[before.sos :] != new[after.sos :]:
        raise Refusal("a check of the result failed: the picture would not have stayed the same")
    if dropped:
        _prove_dropped(old, before, new, after, dropped)
    found = caption
    if exif:
        found = _proven_caption(old, before, new, after)
    elif caption is not None:
        found = Xmp(jpeg.xmp_packet(new, after.xmp(new)[0])).text(xmp.DESCRIPTION)
    if found != caption:
        raise Refusal("a check of the result failed: the caption could not be read back")
    if _look(old) != _look(new):
        raise Refusal("a check of the result failed: it would not open as before")


def _proven_caption(old: bytes, before: Header, new: bytes, after: Header) -> str:
    """The caption of a new EXIF block that holds all of the old one."""
    block = jpeg.exif_block(new, after.exif(new)[0])
    segments = before.exif(old)
    if segments and not _keeps(jpeg.exif_block(old, segments[0]), block):
        raise Refusal("a check of the result failed: the EXIF block would not have stayed the same")
    exif_patch.check_block(block)
    own = exif_patch.own_mark(block)
    return own.caption if own else ""


def _prove_dropped(old: bytes, before: Header, new: bytes, after: Header, tags: frozenset[int]) -> None:
    """Raise unless the new EXIF block holds all of the old one, and names all of it but ``tags``."""
    was, now = (jpeg.exif_block(data, h.exif(data)[0]) for data, h in ((old, before), (new, after)))
    first, second = exif_patch.check_block(was).ifds["IFD0"], exif_patch.check_block(now).ifds["IFD0"]
    kept = [was[e.at : e.at + 12] for e in first.entries if e.tag not in tags]
    same = _keeps(was, now) and kept == [now[e.at : e.at + 12] for e in second.entries]
    if not same or first.next != second.next:
        raise Refusal("a check of the result failed: the EXIF block would not have stayed the same")


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
