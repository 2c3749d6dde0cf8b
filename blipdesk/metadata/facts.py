"""What people wrote into a file and its sidecars, and what we did.

Our own earlier writing is told apart by its marks and never counts as a person's words.  In which order
readers look for a caption: MWG Guidance 2.0, 3.3 and 5.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice

from blipdesk.domain.own_texts import is_among
from blipdesk.domain.values import Source
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import charsets, exif_patch, exif_texts, iptc, stars, texts, xmp
from blipdesk.metadata.charsets import in_utf_8
from blipdesk.metadata.containers import Blocks, find_blocks
from blipdesk.metadata.iptc import IptcTexts
from blipdesk.metadata.refusal import PARSE_ERRORS, Refusal, reason_of
from blipdesk.metadata.tiff import Entry, TiffBlock, read_block
from blipdesk.metadata.xmp import Xmp
from blipdesk.metadata.xmp_tree import MOST_PARTS, TOO_MUCH

_USER_COMMENT = 0x9286
_MAX_TEXT = 1 << 16
IN_EXIF, IN_XP_COMMENT = later("its EXIF description"), later("its XPComment")
IN_XMP, IN_SIDECAR, IN_IPTC = later("its XMP"), later("its sidecar"), later("its IPTC")
"""How :attr:`FoundText.where` begins; what follows names the property."""
_XMP_CAPTIONS = {
    xmp.DESCRIPTION: "dc:description",
    xmp.IMAGE_DESCRIPTION: "tiff:ImageDescription",
    xmp.USER_COMMENT: "exif:UserComment",
    f"{xmp.ACDSEE} caption": "acdsee:caption",
    f"{xmp.ACDSEE} notes": "acdsee:notes",
}
EXIF_PLACES = frozenset({IN_EXIF, IN_XP_COMMENT})
_FIELDS = {IN_XMP: later("its XMP ({field})"), IN_SIDECAR: later("its sidecar ({field})")}


def _field(where: str, name: str) -> str:
    return _FIELDS[where].format(field=_XMP_CAPTIONS[name])


XMP_PLACES = frozenset({_field(IN_XMP, xmp.DESCRIPTION)})
EMBEDDED_PLACES = EXIF_PLACES | XMP_PLACES | {IN_XMP}
"""Where embedding writes a caption, as :attr:`FoundText.where` names it; a whole packet that was not read."""
_IN_USER_COMMENT = later("its EXIF user comment")
_COMMENTS = frozenset({IN_XP_COMMENT, _IN_USER_COMMENT, _field(IN_XMP, xmp.USER_COMMENT)})
"""Where phones and programs put data of their own; there we write nothing then."""
SIDECAR_PLACES = frozenset(_field(IN_SIDECAR, name) for name in xmp.CAPTION_PROPERTIES)
"""The same for sidecars."""


_NAMES_CAPTION = re.compile(rb"[^A-Za-z]description|ImageDescription")
"""How a packet that cannot be understood names a caption; other programs may understand it."""

_Parse = Callable[[bytes], Xmp]


@dataclass(frozen=True, slots=True)
class FoundText:
    """A caption and where it stands, in words (``its IPTC caption``); empty: it could not be read."""

    where: str
    text: str

    @property
    def beside(self) -> bool:
        """Whether it stands in a sidecar."""
        return self.where.startswith(IN_SIDECAR)


@dataclass(frozen=True, slots=True)
class Packet:
    """An XMP packet or sidecar, and what it says without what we wrote into it for the machine.

    Attributes:
        where: where it stands.
        data: its bytes, without stars of ours.
        people: what it says.
        stars: ours, where they stand there as we wrote them.
        is_peeled: something of them was taken off.
    """

    where: str
    data: bytes
    people: Xmp
    stars: int | None = None
    is_peeled: bool = False

    @property
    def beside(self) -> bool:
        """Whether it is a sidecar."""
        return self.where == IN_SIDECAR


@dataclass(slots=True)
class Reading:
    """Everything that was read from one file and its sidecars.

    Attributes:
        blocks: where the metadata lie in the file.
        packets: the XMP of the file and of its sidecars, as far as it can be read.
        records: the IPTC of the file.
        captions: texts of people, the one that MWG readers show first; where one may stand that was not read.
        technical: where a program's own data stand in a caption field, if they do.
        data: where such stand that a program reads again.
        marked: some part of the file or of a sidecar was written by us.
        own: captions that we wrote for the machine; texts equal to one are no person's.
        ours: the captions of our writing that stand in the file or beside it.
        our_keywords: all keywords of the parts in which we wrote.
        standing: the caption that readers see now, whoever wrote it.
        broken_sidecar: why a sidecar could not be understood, as the end of a sentence.
        unread: where something stands that was not understood, or not looked at, and may hold a caption.
    """

    blocks: Blocks = field(default_factory=Blocks)
    packets: list[Packet] = field(default_factory=list)
    records: list[IptcTexts] = field(default_factory=list)
    captions: list[FoundText] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    ours: set[str] = field(default_factory=set)
    our_keywords: list[str] = field(default_factory=list)
    technical: str = ""
    data: set[str] = field(default_factory=set)
    marked: bool = False
    broken_sidecar: str = ""
    unread: str = ""
    keywords: list[str] = field(default_factory=list)
    block: TiffBlock | None = None
    standing: str | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def titled(self) -> bool:
        """Whether the photo has a title in its XMP, its IPTC or a text chunk."""
        in_xmp = (packet.people.text(xmp.TITLE) for packet in self.packets)
        return any(map(str.strip, (*in_xmp, *(r.title for r in self.records), *self.blocks.titles)))

    def add(self, where: str, text: str) -> None:
        """Note a caption unless it is blank, boilerplate or ours."""
        text = text.strip("\0 \t\r\n")
        if texts.is_boilerplate(text):
            return
        technical = texts.is_technical(text)
        if technical and where in _COMMENTS:
            return  # we neither write there nor hide it from any reader of program data
        self.standing = self.standing or text
        if technical:
            self.technical = self.technical or where
            if texts.is_data(text):
                self.data.add(where)
        elif is_among(texts.clean(text), self.own):
            self.ours.add(text)
        else:
            self.captions.append(FoundText(where, text))


def read(
    data: bytes,
    sidecars: tuple[bytes, ...] = (),
    own: Iterable[str] = (),
    parse: _Parse = xmp.read_packet,
) -> Reading:
    """Read a photo's bytes and the sidecars beside it; oddities end up in ``problems``.

    Args:
        data: the photo's.
        sidecars: what they hold.
        own: captions that are known to have been written for the machine, besides those that our marks tell.
        parse: reads a packet; some are too large for the one that tells all.
    """
    reading = Reading(own={texts.clean(text) for text in own})
    try:
        reading.blocks = find_blocks(data)
    except PARSE_ERRORS as error:
        reading.problems.append(reason_of(error))
    _parse_packets(reading, sidecars, parse)
    steps: list[Callable[[], None]] = [
        lambda: _note_own(reading, parse),
        lambda: _parse_iptc(reading),
        lambda: _read_exif(reading),
        lambda: _read_iptc(reading, newer=True),
        *(partial(_read_xmp, reading, packet) for packet in reading.packets),
        lambda: _read_iptc(reading, newer=False),
        lambda: _read_exif_comments(reading),  # fields that MWG readers do not know
        lambda: _read_text_chunks(reading),
    ]
    for step in steps:
        try:
            step()
        except PARSE_ERRORS as error:
            reading.problems.append(reason_of(error))
    if reading.blocks.unread:
        reading.unread = reading.unread or later("a large part of its metadata")
    if reading.unread:
        reading.captions.append(FoundText(reading.unread, ""))
    return reading


def _parse_packets(reading: Reading, sidecars: tuple[bytes, ...], parse: _Parse) -> None:
    """Take in the packets that can be read; the others are noted as problems."""
    found = [(IN_XMP, packet) for packet in reading.blocks.xmp]
    found += [(IN_SIDECAR, sidecar) for sidecar in sidecars]
    parts = 0
    for where, packet in found:
        peeled = stars.peel(in_utf_8(packet))
        data = peeled.packet
        if where == IN_SIDECAR and len(packet) > xmp.MAX_SIDECAR:
            reading.problems.append(later("its sidecar is too large"))
        elif data:
            try:
                if parts >= MOST_PARTS:
                    raise Refusal(TOO_MUCH)
                people = parse(xmp.strip_machine(data))
                parts += people.parts
                ours = peeled.written if peeled.is_whole else None
                reading.packets.append(Packet(where, data, people, ours, peeled.written is not None))
            except PARSE_ERRORS as error:
                reading.problems.append(reason_of(error))
                if where == IN_SIDECAR:
                    reading.broken_sidecar = reading.broken_sidecar or reason_of(error)
                elif _NAMES_CAPTION.search(xmp.strip_machine(data)):
                    reading.unread = where


def says_more(packet: bytes, said: str) -> bool:
    """Whether a packet may hold a person's caption that is no part of ``said``."""
    data = xmp.strip_machine(in_utf_8(packet))
    try:
        tree = xmp.read_packet(data)
    except Refusal:
        return _NAMES_CAPTION.search(data) is not None
    found = (text for name in xmp.CAPTION_PROPERTIES for text in tree.said(name))
    return any(not texts.is_boilerplate(text) and texts.clean(text) not in said for text in found)


def _note_own(reading: Reading, parse: _Parse) -> None:
    for block in reading.blocks.exif:
        mark = exif_patch.own_mark(block)
        if mark is None:
            continue
        reading.marked = True
        reading.ours.add(mark.caption)
        if mark.source is Source.MODEL:
            reading.own.add(mark.caption)
    for packet in reading.packets:
        if packet.people.text(xmp.OWN_SOURCE) == xmp.author(Source.MODEL):
            reading.own.add(packet.people.text(xmp.OWN_CAPTION))
    for packet in reading.packets:
        if xmp.strip_marks(packet.data) != packet.data:
            reading.marked = True
            full = parse(packet.data)
            reading.standing = reading.standing or full.text(xmp.DESCRIPTION) or None
            written = {
                full.text(name)
                for name in xmp.CAPTION_PROPERTIES
                if full.text(name) != packet.people.text(name)
            }
            reading.own |= written
            reading.ours |= written
            reading.our_keywords += full.keywords()


def _parse_iptc(reading: Reading) -> None:
    blocks = reading.blocks
    found = list(islice(iptc.read_all(blocks.photoshop, blocks.iim), iptc.MAX_RECORDS + 1))
    if len(found) > iptc.MAX_RECORDS or any(record.unread for record in found):
        reading.unread = IN_IPTC
    said = [packet.people.text(xmp.DESCRIPTION) for packet in reading.packets if not packet.beside]
    for record in found[: iptc.MAX_RECORDS]:
        # IPTC has room for 2,000 bytes: what goes on in the XMP is the same text, whole.
        cut_off = any(text.startswith(record.caption) for text in said)
        reading.records.append(replace(record, newer=record.newer and not cut_off))


def _read_exif(reading: Reading) -> None:
    for raw in reading.blocks.exif:
        block = read_block(raw)
        if "IFD0" not in block.ifds:
            reading.problems += block.problems[:1]
            continue
        reading.block = reading.block or block
        people = read_block(exif_patch.without_machine(raw))
        mark = exif_patch.own_mark(raw)
        if mark and mark.provenance.existing is not ExistingText.COMMENT:
            reading.standing = mark.caption
        described = people.find("IFD0", exif_texts.IMAGE_DESCRIPTION)
        _add_field(reading, IN_EXIF, people, described, charsets.decode_bytes)
        others, own = exif_patch.split_keywords(raw)
        reading.our_keywords += exif_texts.read_keywords(block) if mark else ()
        whole = (keyword for packet in reading.packets for keyword in packet.people.keywords())
        held = frozenset(others)
        adapted = set(chain.from_iterable(exif_texts.forms_in_xp(keyword, held) for keyword in whole))
        reading.keywords += (keyword for keyword in (*others, *own) if keyword not in adapted)


def _read_exif_comments(reading: Reading) -> None:
    for block in (read_block(exif_patch.without_machine(raw)) for raw in reading.blocks.exif):
        in_order = partial(charsets.decode_user_comment, byte_order=block.byte_order)
        windows, users = block.find("IFD0", exif_texts.XP_COMMENT), block.find("IFD0/Exif", _USER_COMMENT)
        _add_field(reading, IN_XP_COMMENT, block, windows, charsets.decode_xp)
        _add_field(reading, _IN_USER_COMMENT, block, users, in_order)


def _add_field(
    reading: Reading, where: str, block: TiffBlock, entry: Entry | None, decode: Callable[[bytes], str]
) -> None:
    """Note the beginning of a text; where nothing stands there, what follows may be a caption."""
    text = decode(block.raw(entry, _MAX_TEXT))
    reading.add(where, text)
    if entry is not None and entry.size > _MAX_TEXT and texts.is_boilerplate(text):
        reading.captions.append(FoundText(where, ""))


def _read_xmp(reading: Reading, packet: Packet) -> None:
    for name in _XMP_CAPTIONS:
        known = len(reading.captions)
        reading.add(_field(packet.where, name), packet.people.text(name))
        for text in packet.people.said(name) if len(reading.captions) == known else ():
            reading.add(_field(packet.where, name), text)  # readers of another language may show it
        if any(map(xmp.refers, packet.people.find(name))):
            reading.unread = packet.where
    reading.keywords += packet.people.keywords()


def _read_iptc(reading: Reading, newer: bool) -> None:
    for record in reading.records:
        if record.newer == newer:
            reading.add(later("its IPTC caption"), record.caption)
            reading.keywords += record.keywords


def _read_text_chunks(reading: Reading) -> None:
    for text in reading.blocks.captions:
        reading.add(later("its PNG description"), text)
