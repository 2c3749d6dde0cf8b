"""Stars, as the programs that give them write them."""

from __future__ import annotations

from collections.abc import Iterable

from blipdesk.metadata.exif_tags import ExifTags
from blipdesk.metadata.facts import Packet, Reading
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp_values import XmpValues

EXIF_RATING, EXIF_PERCENT = 0x4746, 0x4749


def rating_inside(reading: Reading, *, ours: bool = True) -> int | None:
    """The stars of the photo's own file: its XMP, then its EXIF fields.

    Args:
        reading: of the file.
        ours: with those that were given here, which stand there over the person's.
    """
    blocks = [("", reading.block)] if reading.block else []
    blocks += [(name, TiffBlock(raw)) for name, raw in reading.blocks.directories]
    inside = (packet for packet in reading.packets if not packet.beside)
    return _first((*_of_packets(inside, ours), exif_rating(ExifTags(blocks))))


def rating_beside(reading: Reading, *, ours: bool = True) -> int | None:
    """The same of its sidecars."""
    return _first(_of_packets((packet for packet in reading.packets if packet.beside), ours))


def _of_packets(packets: Iterable[Packet], ours: bool) -> list[int | None]:
    return [
        xmp_rating(XmpValues(packet.people)) if packet.stars is None or not ours else packet.stars
        for packet in packets
    ]


def _first(found: Iterable[int | None]) -> int | None:
    return next((stars for stars in found if stars is not None), None)


def xmp_rating(packet: XmpValues) -> int | None:
    """Stars, 0 for none, -1 for rejected (XMP Part 1, 8.4); None where the packet says nothing."""
    for name in ("xmp Rating", "acdsee rating"):
        stars = _stars(packet.text(name))
        if stars is not None:
            return stars
    percent = _number(packet.text("microsoft Rating") or packet.text("microsoft0 Rating"))
    return None if percent is None else _of_percent(percent)


def exif_rating(tags: ExifTags) -> int | None:
    """The same from the fields that Windows writes."""
    stars, percent = tags.numbers("IFD0", EXIF_RATING), tags.numbers("IFD0", EXIF_PERCENT)
    if stars and 0 <= stars[0] <= 5:
        return int(stars[0])
    return _of_percent(percent[0]) if percent else None


def _stars(text: str) -> int | None:
    number = _number(text)
    return round(number) if number is not None and -1 <= number <= 5 else None


def _of_percent(percent: float) -> int | None:
    """Windows has 1, 25, 50, 75 and 99 for one to five stars."""
    if not 0 <= percent <= 100:
        return None
    return min(5, int((percent + 12.5) // 25) + 1) if percent else 0


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
