"""Writing caption and keywords into a photo: the EXIF block by appending, then XMP where that is safe.

A pure function of the file's bytes, whatever its format (:mod:`blipdesk.metadata.container`).  Whatever is
not proven harmless raises :class:`Refusal`, and the text goes to a sidecar instead.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from itertools import islice

from blipdesk.domain.values import Source
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import embed_proof, exif_patch, exif_texts, facts, formats, iptc, texts, xmp, xmp_edit
from blipdesk.metadata.container import Container
from blipdesk.metadata.containers import find_blocks
from blipdesk.metadata.exif_patch import OwnMark
from blipdesk.metadata.provenance import UNKNOWN, Provenance
from blipdesk.metadata.refusal import PARSE_ERRORS, Refusal
from blipdesk.metadata.tiff import read_block
from blipdesk.metadata.unsafe import refuse_signed_elsewhere
from blipdesk.metadata.wanted import Wanted, not_among
from blipdesk.metadata.xmp import read_packet

_Described = tuple[str, Source, Provenance]
"""A caption for the EXIF block, who wrote it, and where it comes from."""


def embed(data: bytes, wanted: Wanted) -> tuple[bytes, str]:
    """The file's bytes with the text in them; the same bytes when they already are what is asked.

    Keywords without a caption go into XMP, and into the EXIF block where it is of our making: readers of its
    keywords merge the two.  A later date or another run alone is no reason to write.

    Returns:
        The bytes, and which part alone could be written, with the reason; empty where both were.

    Raises:
        Refusal: a reason, for the person, why a sidecar is the safer place.
    """
    standing = formats.open_file(data)
    marks = [exif_patch.own_mark(block) for block in standing.exif]
    told = _provenance(standing, marks)
    if told is not None and told != wanted.provenance and told.tells_the_same(wanted.provenance):
        new, note = _embed(data, standing, marks, replace(wanted, provenance=told))
        if new == data:
            return data, note
    return _embed(data, standing, marks, wanted)


def provenance(data: bytes) -> Provenance:
    """Where the machine's text in a file comes from, as far as our marks in it tell.

    Raises:
        Refusal: damaged, or of a format that takes no captions.
    """
    standing = formats.open_file(data)
    return _provenance(standing, [exif_patch.own_mark(block) for block in standing.exif]) or UNKNOWN


def marked_parts(data: bytes) -> tuple[bool, bool]:
    """Whether something of ours stands in the EXIF block of a file, and in its XMP.

    Raises:
        Refusal: damaged, or of a format that takes no captions.
    """
    file = formats.open_file(data)
    in_exif = any(exif_patch.own_mark(block) is not None for block in file.exif)
    return in_exif, any(xmp.strip_marks(packet) != packet for packet in file.xmp)


def _provenance(file: Container, marks: list[OwnMark | None]) -> Provenance | None:
    """The same; None: nothing in the file is marked as the machine's."""
    told = [mark.provenance for mark in marks if mark and mark.source is Source.MODEL]
    told += [xmp.provenance(packet) for packet in file.xmp if xmp.strip_machine(packet) != packet]
    return next(filter(None, told), told[0] if told else None)


def _embed(
    data: bytes, standing: Container, marks: list[OwnMark | None], wanted: Wanted
) -> tuple[bytes, str]:
    wanted = wanted.with_standing(_own_keywords(standing, wanted))
    # the edit of the packet looks at our part of it
    base = _stripped(data, standing, xmp_too=wanted.caption is not None)
    file = standing if base is data else formats.open_file(base)
    file.refuse_unsafe()
    refuse_signed_elsewhere(file.xmp)
    if wanted.xmp_alone and file.xmp_tag is not None:
        raise Refusal(wanted.xmp_alone)  # microscopes and maps: no directory of theirs is written anew
    described = None if wanted.xmp_alone else _exif_caption(standing, marks, file is not standing, wanted)
    packet, no_packet = _packet(file if wanted.caption is not None else standing, marks, wanted)
    block: bytes | None = None
    dropped: frozenset[int] = frozenset()
    xmp_alone, exif_alone = wanted.xmp_alone, ""
    if described:
        try:
            block = _exif_block(file, described, wanted, packet)
            file.refuse_unfit(block, None)
        except Refusal as refusal:
            if file.xmp_tag is not None or not _may_stand_in_xmp_alone(base, file, packet, wanted):
                raise
            block, xmp_alone = None, refusal.reason
    elif wanted.gone:
        dropped, block = _without(file, wanted.gone)
    if file.xmp_tag is not None:
        no_packet = no_packet or _unplaced(file, packet, bool(described))
        packet = None  # it is in the block
    try:
        if no_packet:
            raise no_packet
        file.refuse_unfit(block, packet)
    except Refusal as refusal:
        taken_back = wanted.caption is None and file is not standing
        if wanted.withdrawn or (block is None and not taken_back):
            if xmp_alone and xmp_alone != refusal.reason:
                both = later("{reason}, and besides {other}").format(reason=xmp_alone, other=refusal.reason)
                raise Refusal(both) from refusal
            raise
        if block and _hides(file, block, wanted):
            raise
        packet, exif_alone = None, refusal.reason
    new = file.with_blocks(block, packet)
    if described and not xmp_alone:
        embed_proof.verify(base, new, _vouched(block, described), before=file)
    else:
        alone = None if wanted.existing is ExistingText.APPEND else wanted.caption
        embed_proof.verify(base, new, alone, exif=False, dropped=dropped, before=file)
    return new, _left_out(wanted, xmp_alone, exif_alone)


def _hides(file: Container, block: bytes, wanted: Wanted) -> bool:
    """Whether a packet that stays may say a person's caption that the description of the block does not."""
    if wanted.caption is None or wanted.replace or wanted.existing is ExistingText.COMMENT:
        return False  # no description is written, or the person chose that one before all others
    said = exif_texts.read_description(read_block(block))
    return any(facts.says_more(packet, said) for packet in file.xmp)


def _left_out(wanted: Wanted, xmp_alone: str, exif_alone: str) -> str:
    """What is said of a part that could not be written, by the reason that there is."""
    if xmp_alone:
        return later("Only the XMP part is written, because {reason}.").format(reason=xmp_alone)
    asked = wanted.caption is not None and (wanted.keywords or wanted.existing is not ExistingText.COMMENT)
    return (
        later("Only the EXIF part is written, because {reason}.").format(reason=exif_alone)
        if exif_alone and asked
        else ""
    )


def _own_keywords(file: Container, wanted: Wanted) -> tuple[str, ...]:
    """The person's keywords that stand in our parts of the file, as far as they can be read.

    One that XPKeywords holds in another form is known by the other places.
    """
    in_exif = [keyword for block in file.exif for keyword in exif_patch.split_keywords(block)[1]]
    in_xmp: tuple[str, ...] = ()
    for packet in file.xmp:
        with contextlib.suppress(Refusal):  # the edit of the packet says so, where it matters
            in_xmp += xmp_edit.own_keywords(packet)
    whole = (*in_xmp, *wanted.user_keywords, *wanted.keywords, *wanted.dropped)
    adapted = {exif_texts.in_xp(keyword).casefold() for keyword in whole if ";" in keyword}
    return (*(keyword for keyword in in_exif if keyword.casefold() not in adapted), *in_xmp)


def _exif_caption(
    standing: Container, marks: list[OwnMark | None], stripped: bool, wanted: Wanted
) -> _Described | None:
    """The caption for the EXIF block and who wrote it; None: the block stays as it is.

    For keywords alone that is the caption of our own part, where that was ``stripped``, unless it is taken
    back; or what takes the place of one taken back, where the block cannot be put back.
    """
    if wanted.caption is not None:
        return wanted.caption, wanted.source, wanted.provenance
    for block, mark in zip(standing.exif, marks, strict=True):
        if mark and stripped:
            users = mark.source is Source.USER
            gone = wanted.is_taken_back(mark.caption) if users else bool(wanted.withdrawn)
            if not gone and mark.provenance.existing is ExistingText.APPEND:
                raise Refusal(later("a caption that was added to a person's stands there"))
            return None if gone else (mark.caption, mark.source, mark.provenance)
        if wanted.instead and wanted.is_taken_back(exif_texts.read_description(read_block(block))):
            return wanted.instead, Source.USER, UNKNOWN
    return None


def _may_stand_in_xmp_alone(base: bytes, file: Container, packet: bytes | None, wanted: Wanted) -> bool:
    """Whether the caption may go into XMP though the EXIF block must stay as it is."""
    if wanted.existing is ExistingText.APPEND:
        return packet is not None and xmp_edit.says(packet, wanted.caption or "")
    if wanted.caption is None or wanted.existing is ExistingText.COMMENT or _holds_description(base, file):
        return False  # readers would go on showing that one
    # replaced boilerplate would not be known for ours without the EXIF part
    return wanted.replace or not _has_xmp_caption(file)


def _vouched(block: bytes | None, described: _Described) -> str:
    """The text that the block is to vouch for: the caption, behind the person's where it was added."""
    caption, _, told = described
    if block is None or told.existing is not ExistingText.APPEND:
        return caption
    text = exif_texts.read_description(read_block(block))
    return text if text.endswith(f"\n{caption}") else caption


def _holds_description(base: bytes, file: Container) -> bool:
    """True when a caption stands where readers look before XMP, and must stay as it is.

    That is an EXIF block, as far as it can be read; readers of a PNG file know more of them than take a
    caption in: those in text chunks.  And it is an IPTC record that is newer than the XMP by its digest.
    """
    found = find_blocks(base)
    said = [exif_texts.read_description(read_block(block)) for block in (*file.exif, *found.exif)]
    records = list(islice(iptc.read_all(found.photoshop, found.iim), iptc.MAX_RECORDS + 1))
    said += [record.caption for record in records if record.newer]
    cut = found.unread or len(records) > iptc.MAX_RECORDS or any(record.unread for record in records)
    return cut or any(not texts.is_boilerplate(text) for text in said)


def _has_xmp_caption(file: Container) -> bool:
    return any(read_packet(packet).find(xmp.DESCRIPTION) for packet in file.xmp)


def _exif_block(file: Container, described: _Described, wanted: Wanted, packet: bytes | None) -> bytes:
    """The block with the caption in it, and the packet where it is a part of the block."""
    caption, source, told = described
    tiff = exif_patch.check_block(file.exif[0]) if file.exif else None
    standing = exif_texts.read_keywords(tiff) if tiff else ()
    asked = (exif_texts.not_held(keywords, standing) for keywords in (wanted.user_keywords, wanted.keywords))
    people, machine = not_among(standing, *(tuple(map(exif_texts.in_xp, keywords)) for keywords in asked))
    keywords = (*standing, *people, *machine) if people or machine else ()
    if told.existing is ExistingText.COMMENT:
        values = exif_texts.comment_alone(tiff, caption)
    elif told.existing is ExistingText.APPEND:
        values = exif_texts.add_behind(tiff, caption, wanted)
    else:
        values = exif_texts.caption_values(caption, tiff, wanted.titled)
        saying = exif_texts.fields_saying(tiff, wanted.gone) if tiff and wanted.gone else frozenset()
        values |= {tag: texts.encode_xp(caption) for tag in saying - values.keys()}
    values |= exif_texts.keyword_values(keywords)
    if not file.exif:
        return exif_patch.new_block(values, source, len(people), told)
    if file.xmp_tag is not None and packet and packet not in file.xmp:
        values[file.xmp_tag] = packet
    return exif_patch.append(file.exif[0], values, source, len(people), told)


def _without(file: Container, gone: frozenset[str]) -> tuple[frozenset[int], bytes | None]:
    """The fields of the EXIF block that say captions that go, and the block without them, if any."""
    for block in file.exif:
        tags = exif_texts.fields_saying(read_block(block), gone)
        if tags:
            return tags, exif_patch.drop(block, tags)
    return frozenset(), None


def _packet(
    file: Container, marks: list[OwnMark | None], wanted: Wanted
) -> tuple[bytes | None, Refusal | None]:
    """The packet (empty: one that says nothing), or why there is none."""
    own = wanted.own.union(mark.caption for mark in marks if mark)  # it may stand in XMP for boilerplate
    if own != wanted.own:
        wanted = replace(wanted, own=own)
    if wanted.existing is ExistingText.COMMENT:
        wanted = replace(wanted, caption=None, withdrawn=own)
    try:
        if not file.takes_xmp:
            raise Refusal(later("it has no place for XMP"))
        packet = xmp_edit.edit(file.xmp[0], wanted) if file.xmp else xmp_edit.new_packet(wanted)
    except Refusal as refusal:
        return None, refusal
    return (b"" if xmp_edit.is_bare(packet) else packet), None


def _unplaced(file: Container, packet: bytes | None, described: bool) -> Refusal | None:
    """Why a packet that is a part of the EXIF block cannot be written, where the block is not."""
    if described or packet is None or packet == b"".join(file.xmp):
        return None
    return Refusal(later("keywords alone have no place in it"))


# ---------------------------------------------------------------------------------- taking it out again


def strip(data: bytes) -> bytes:
    """The file without what we wrote into it earlier, where that can be told for certain.

    Embedding starts from here, so that captioning again gives the bytes of captioning the original.

    Args:
        data: the file; returned itself where nothing of ours is in it, or it cannot be taken out.
    """
    try:
        return _stripped(data, formats.open_file(data), xmp_too=True)
    except Refusal:
        return data


def _stripped(data: bytes, file: Container, xmp_too: bool) -> bytes:
    """The same, of a file that is open already; of the EXIF block alone where not ``xmp_too``."""
    try:
        block = exif_patch.strip(file.exif[0]) if len(file.exif) == 1 else None
        packet = xmp.strip_marks(file.xmp[0]) if xmp_too and len(file.xmp) == 1 else None
        if file.xmp_tag is not None or packet in file.xmp:
            packet = None
        elif packet is not None and xmp_edit.is_bare(packet):
            packet = b""
        if (block is None and packet is None) or not _brings_packet_back(file, block):
            return data
        return file.with_blocks(block, packet)
    except PARSE_ERRORS:
        return data


def _brings_packet_back(file: Container, block: bytes | None) -> bool:
    """Whether the packet in a block as it was is the standing one without our part.

    Where it is not, something changed it since it is out of use, and the standing one alone is whole.
    """
    if file.xmp_tag is None or block is None:
        return True
    was, now = (map(xmp.strip_marks, found.xmp) for found in (formats.open_file(block), file))
    return [p for p in was if not xmp_edit.is_bare(p)] == [p for p in now if not xmp_edit.is_bare(p)]
