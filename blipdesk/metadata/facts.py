"""What a file says of itself: date, camera, place, and the words of people.

Our own earlier writing is told apart by its marks and never counts as a person's words.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from blipdesk.domain.values import FileFacts, Source
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import charsets, exif_patch, iptc, texts, xmp
from blipdesk.metadata.containers import Blocks, find_blocks
from blipdesk.metadata.refusal import PARSE_ERRORS, reason_of
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp import Xmp

_MAKE, _MODEL, _DATE_TIME = 0x010F, 0x0110, 0x0132
_EXPOSURE, _APERTURE, _ISO, _FOCAL, _LENS = 0x829A, 0x829D, 0x8827, 0x920A, 0xA434
_DATE_ORIGINAL, _DATE_DIGITIZED, _USER_COMMENT = 0x9003, 0x9004, 0x9286
_DATE = re.compile(r"(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?")
_IN_EXIF, _IN_XP_COMMENT, _IN_XMP, _IN_SIDECAR = (
    "its EXIF description",
    "its XPComment",
    "its XMP",
    "its sidecar",
)
_XMP_CAPTIONS = {
    xmp.DESCRIPTION: "dc:description",
    xmp.IMAGE_DESCRIPTION: "tiff:ImageDescription",
    xmp.USER_COMMENT: "exif:UserComment",
}
EMBEDDED_PLACES = frozenset({_IN_EXIF, _IN_XP_COMMENT, f"{_IN_XMP} ({_XMP_CAPTIONS[xmp.DESCRIPTION]})"})
"""Where embedding writes a caption, as :attr:`FoundText.where` names it."""
SIDECAR_PLACES = frozenset(f"{_IN_SIDECAR} ({_XMP_CAPTIONS[name]})" for name in xmp.CAPTION_PROPERTIES)
"""The same for sidecars."""


@dataclass(frozen=True, slots=True)
class FoundText:
    """A caption and where it stands, in words (``its IPTC caption``)."""

    where: str
    text: str

    @property
    def beside(self) -> bool:
        """Whether it stands in a sidecar."""
        return self.where.startswith(_IN_SIDECAR)


@dataclass(slots=True)
class Reading:
    """Everything that was read from one file and its sidecars.

    Attributes:
        captions: texts of people, the one that MWG readers show first.
        technical: where a program's own data stand in a caption field, if they do.
        marked: some part of the file or of a sidecar was written by us.
        own: captions that we wrote for the machine; texts equal to one are no person's.
        standing: the caption that readers see now, whoever wrote it.
    """

    captions: list[FoundText] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    technical: str = ""
    marked: bool = False
    keywords: list[str] = field(default_factory=list)
    block: TiffBlock | None = None
    standing: str | None = None
    taken_at: str | None = None
    problems: list[str] = field(default_factory=list)

    def add(self, where: str, text: str) -> None:
        """Note a caption unless it is blank, boilerplate or ours."""
        text = text.strip("\0 \t\r\n")
        if texts.is_boilerplate(text):
            return
        self.standing = self.standing or text
        if texts.is_technical(text):
            self.technical = self.technical or where
        elif texts.clean(text) not in self.own:
            self.captions.append(FoundText(where, text))


def read(data: bytes, sidecars: tuple[bytes, ...] = ()) -> Reading:
    """Read a photo's bytes and the sidecars beside it; oddities end up in ``problems``."""
    reading = Reading()
    try:
        blocks = find_blocks(data)
    except PARSE_ERRORS as error:
        blocks = Blocks()
        reading.problems.append(reason_of(error))
    packets = _parse_packets(blocks, sidecars, reading)
    steps: list[Callable[[], None]] = [
        lambda: _note_own(reading, blocks, packets),
        lambda: _read_exif(reading, blocks),
        *(partial(_read_xmp, reading, packet) for packet in packets),
        lambda: _read_iptc(reading, blocks),
        lambda: _read_exif_comments(reading, blocks),  # fields that MWG readers do not know
        lambda: _read_text_chunks(reading, blocks),
    ]
    for step in steps:
        try:
            step()
        except PARSE_ERRORS as error:
            reading.problems.append(reason_of(error))
    return reading


@dataclass(frozen=True, slots=True)
class _Packet:
    """An XMP packet or sidecar, and what it says without what we wrote into it for the machine."""

    where: str
    data: bytes
    people: Xmp


def _parse_packets(blocks: Blocks, sidecars: tuple[bytes, ...], reading: Reading) -> list[_Packet]:
    """The packets that can be read; the others are noted as problems."""
    packets: list[_Packet] = []
    found = [(_IN_XMP, packet.strip(b"\0 \r\n\t")) for packet in blocks.xmp]
    found += [(_IN_SIDECAR, sidecar) for sidecar in sidecars]
    for where, data in found:
        if where == _IN_SIDECAR and len(data) > xmp.MAX_SIDECAR:
            reading.problems.append("its sidecar is too large")
        elif data:
            try:
                packets.append(_Packet(where, data, Xmp(xmp.strip_machine(data))))
            except PARSE_ERRORS as error:
                reading.problems.append(reason_of(error))
    return packets


def _note_own(reading: Reading, blocks: Blocks, packets: list[_Packet]) -> None:
    for block in blocks.exif:
        mark = exif_patch.own_mark(block)
        reading.marked |= mark is not None
        if mark and mark.source is Source.MODEL:
            reading.own.add(mark.caption)
    for packet in packets:
        if packet.people.text(xmp.OWN_SOURCE) == xmp.author(Source.MODEL):
            reading.own.add(packet.people.text(xmp.OWN_CAPTION))
    for packet in packets:
        if xmp.strip_marks(packet.data) != packet.data:
            reading.marked = True
            full = Xmp(packet.data)
            reading.standing = reading.standing or full.text(xmp.DESCRIPTION) or None
            reading.own.update(
                full.text(name)
                for name in xmp.CAPTION_PROPERTIES
                if full.text(name) != packet.people.text(name)
            )


def _read_exif(reading: Reading, blocks: Blocks) -> None:
    for raw in blocks.exif[:4]:
        block = TiffBlock(raw)
        if "IFD0" not in block.ifds:
            reading.problems += block.problems[:1]
            continue
        reading.block = reading.block or block
        described = exif_patch.read_description(TiffBlock(exif_patch.without_machine(raw)))
        mark = exif_patch.own_mark(raw)
        if mark and mark.provenance.existing is not ExistingText.COMMENT:
            reading.standing = mark.caption
        reading.add(_IN_EXIF, described)
        others, own = exif_patch.split_keywords(raw)
        reading.keywords += (*others, *own)


def _read_exif_comments(reading: Reading, blocks: Blocks) -> None:
    for block in (TiffBlock(exif_patch.without_machine(raw)) for raw in blocks.exif[:4]):
        reading.add(_IN_XP_COMMENT, charsets.decode_xp(block.raw(block.find("IFD0", exif_patch.XP_COMMENT))))
        comment = block.raw(block.find("IFD0/Exif", _USER_COMMENT))
        reading.add("its EXIF user comment", charsets.decode_user_comment(comment, block.byte_order))


def _read_xmp(reading: Reading, packet: _Packet) -> None:
    tree = packet.people
    for name, words in _XMP_CAPTIONS.items():
        reading.add(f"{packet.where} ({words})", tree.text(name))
    reading.keywords += tree.keywords()
    if reading.taken_at is None:
        found = tree.text(f"{xmp.EXIF} DateTimeOriginal") or tree.text(f"{xmp.PHOTOSHOP} DateCreated")
        reading.taken_at = parse_date(found)


def _read_iptc(reading: Reading, blocks: Blocks) -> None:
    for found in [*map(iptc.read_photoshop, blocks.photoshop), *map(iptc.read_iim, blocks.iim)]:
        reading.add("its IPTC caption", found.caption)
        reading.keywords += found.keywords


def _read_text_chunks(reading: Reading, blocks: Blocks) -> None:
    for where, text in blocks.captions:
        reading.add(where, text)


def parse_date(text: str) -> str | None:
    """An EXIF or XMP date as ISO 8601 without zone; None for zeros and nonsense."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        date = datetime.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return date.isoformat() if year >= 1800 else None


# ------------------------------------------------------------------------------------ camera and place


def _text(block: TiffBlock, ifd: str, tag: int) -> str | None:
    text = " ".join(charsets.decode_bytes(block.raw(block.find(ifd, tag), 512)).split())
    return text if text and charsets.is_texty(text) else None


def _camera(block: TiffBlock) -> str | None:
    make, model = _text(block, "IFD0", _MAKE), _text(block, "IFD0", _MODEL)
    if not make or not model:
        return make or model
    return model if model.casefold().startswith(make.split()[0].casefold()) else f"{make} {model}"


def _number(block: TiffBlock, tag: int) -> float | None:
    numbers = block.numbers(block.find("IFD0/Exif", tag))
    return numbers[0] if numbers and math.isfinite(numbers[0]) and numbers[0] > 0 else None


def _exposure(block: TiffBlock) -> str | None:
    time, aperture = _number(block, _EXPOSURE), _number(block, _APERTURE)
    iso, focal = _number(block, _ISO), _number(block, _FOCAL)
    parts = []
    if time and 1e-6 < time < 1e5:
        parts.append(f"1/{round(1 / time)} s" if time < 0.3 else f"{time:.3g} s")
    if aperture and aperture < 200:
        parts.append(f"f/{aperture:.3g}")
    if iso:
        parts.append(f"ISO {iso:.0f}")
    if focal and focal < 1e5:
        parts.append(f"{focal:.4g} mm")
    return ", ".join(parts) or None


def _angle(block: TiffBlock, tag: int, reference: int, negative: str, limit: float) -> float | None:
    entry = block.find("IFD0/GPS", tag)
    parts = block.numbers(entry)
    if entry is None or len(parts) != entry.count or not 1 <= len(parts) <= 3:
        return None
    value = sum(part / 60**index for index, part in enumerate(parts))
    side = block.raw(block.find("IFD0/GPS", reference))[:1].decode("latin-1").upper()
    if not math.isfinite(value) or not 0 <= value <= limit:
        return None
    return round(float(-value if side == negative else value), 7)


def _date(block: TiffBlock) -> str | None:
    for ifd, tag in (("IFD0/Exif", _DATE_ORIGINAL), ("IFD0/Exif", _DATE_DIGITIZED), ("IFD0", _DATE_TIME)):
        date = parse_date(_text(block, ifd, tag) or "")
        if date:
            return date
    return None


def read_facts(data: bytes, file_format: str, sidecar: bytes | None = None) -> FileFacts:
    """What the file says of itself, whatever it holds: what cannot be read is named in ``problem``.

    Args:
        data: the whole file.
        file_format: as the decoder named it; told again by the first bytes here.
        sidecar: the bytes of the sidecar beside it, if there is one.
    """
    try:
        return _facts(read(data, (sidecar,) if sidecar else ()))
    except PARSE_ERRORS:
        return FileFacts(problem=f"The metadata of this {file_format} file is not readable.")


def _facts(reading: Reading) -> FileFacts:
    block = reading.block
    keywords = dict.fromkeys(" ".join(k.split()) for k in reading.keywords)
    latitude = _angle(block, 2, 1, "S", 90) if block else None
    longitude = _angle(block, 4, 3, "W", 180) if block else None
    known = latitude is not None and longitude is not None and (latitude, longitude) != (0, 0)
    problem = reading.problems[0] if reading.problems else None
    return FileFacts(
        taken_at=(_date(block) if block else None) or reading.taken_at,
        camera=_camera(block) if block else None,
        lens=_text(block, "IFD0/Exif", _LENS) if block else None,
        exposure=_exposure(block) if block else None,
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        caption=reading.captions[0].text if reading.captions else None,
        keywords=tuple(k for k in keywords if k and charsets.is_texty(k))[:200],
        problem=f"A part of the metadata was not read: {problem}." if problem else None,
    )
