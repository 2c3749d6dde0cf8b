"""What a file and its sidecar say, as one set of facts.

Where the same thing is said twice, the sidecar comes first (programs that do not write into photos, or were
told not to, put the newest word there), then the order of MWG Guidance 2.0: EXIF, then IPTC or XMP by the
digest, then fields that only some programs know.  Keywords are those of all places: none is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from blipdesk.domain.values import FileFacts
from blipdesk.domain.wording import later
from blipdesk.metadata import camera, charsets, dates, exif_patch, exif_texts, facts, ratings, texts
from blipdesk.metadata.dates import Taken
from blipdesk.metadata.exif_tags import ExifTags
from blipdesk.metadata.keyword_paths import compared, keyword_paths, leaves
from blipdesk.metadata.refusal import PARSE_ERRORS
from blipdesk.metadata.tiff import TiffBlock, read_block
from blipdesk.metadata.xmp_beginnings import read_beginnings
from blipdesk.metadata.xmp_values import XmpValues

_T = TypeVar("_T")
_MOST_KEYWORDS = 200


def read_facts(data: bytes, file_format: str, *sidecars: bytes | None) -> FileFacts:
    """What the file says of itself, whatever it holds: what cannot be read is named in ``problem``.

    Args:
        data: the whole file.
        file_format: as the decoder named it; told again by the first bytes here.
        sidecars: the bytes of those beside it; None where there is none.
    """
    try:
        return _facts(facts.read(data, tuple(filter(None, sidecars)), parse=read_beginnings))
    except PARSE_ERRORS:
        return FileFacts(
            problem=later("The metadata of this {kind} file is not readable.").format(kind=file_format)
        )


def _facts(reading: facts.Reading) -> FileFacts:
    blocks = [("", reading.block)] if reading.block else []
    blocks += [(name, TiffBlock(raw)) for name, raw in reading.blocks.directories]
    fields = ExifTags(blocks)
    beside = [XmpValues(packet.people) for packet in reading.packets if packet.beside]
    inside = [XmpValues(packet.people) for packet in reading.packets if not packet.beside]
    packets = (*inside, *beside)
    taken = _taken(reading, fields, inside, beside)
    place = _first(
        (*map(camera.xmp_place, beside), camera.exif_place(fields), *map(camera.xmp_place, inside))
    )
    rating = _first((ratings.rating_beside(reading), ratings.rating_inside(reading)))
    paths = keyword_paths((*beside, *inside))
    problem = reading.problems[0] if reading.problems else None
    captions = _captions(reading)
    return FileFacts(
        taken_at=taken.at if taken else None,
        taken_zone=taken.zone if taken else None,
        camera=camera.camera(fields, packets),
        lens=camera.lens(fields, packets),
        exposure=camera.exposure(fields, packets),
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        title=_title(reading, inside, beside),
        caption=captions[0] if captions else None,
        other_captions=captions[1:],
        rating=rating,
        keywords=_keywords(reading, paths),
        keyword_paths=tuple(path for path in paths if "|" in path),
        problem=later("A part of the metadata was not read: {problem}.").format(problem=problem)
        if problem
        else None,
        our_captions=tuple(sorted(filter(None, reading.ours))),
        our_keywords=tuple(dict.fromkeys(reading.our_keywords))[:_MOST_KEYWORDS],
    )


def _first(found: Iterable[_T | None]) -> _T | None:
    return next((value for value in found if value is not None), None)


def _captions(reading: facts.Reading) -> tuple[str, ...]:
    known = (found for found in reading.captions if found.text)
    captions = sorted(known, key=lambda found: not found.beside)  # a stable sort
    return tuple(dict.fromkeys(found.text for found in captions))


def _keywords(reading: facts.Reading, paths: Sequence[str]) -> tuple[str, ...]:
    """Each once; of those in a hierarchy the last level, where it stands nowhere by itself."""
    keywords = dict.fromkeys(" ".join(keyword.split()) for keyword in reading.keywords)
    known = set(map(compared, keywords))
    for leaf in leaves(paths):
        if compared(leaf) not in known:
            known.add(compared(leaf))
            keywords[leaf] = None
    return tuple(k for k in keywords if k and charsets.is_texty(k))[:_MOST_KEYWORDS]


def _title(reading: facts.Reading, inside: Sequence[XmpValues], beside: Sequence[XmpValues]) -> str | None:
    newer = [record.title for record in reading.records if record.newer]
    older = [record.title for record in reading.records if not record.newer]
    windows = (_windows_title(block) for block in reading.blocks.exif)
    of_packets = ([packet.text("dc title") for packet in packets] for packets in (beside, inside))
    first, second = of_packets
    for found in (*first, *newer, *second, *older, *windows, *reading.blocks.titles):
        text = " ".join(found.split())
        if text and not texts.is_boilerplate(text) and charsets.is_texty(text):
            return text
    return None


def _windows_title(raw: bytes) -> str:
    """XPTitle, unless we wrote it."""
    people = exif_patch.strip(raw) if exif_patch.own_mark(raw) else raw
    block = read_block(people or b"")
    return charsets.decode_xp(block.raw(block.find("IFD0", exif_texts.XP_TITLE)))


def _taken(
    reading: facts.Reading, fields: ExifTags, inside: Sequence[XmpValues], beside: Sequence[XmpValues]
) -> Taken | None:
    records = [(record.newer, dates.iptc_date(record.date)) for record in reading.records]
    found = [
        *map(dates.xmp_original, beside),
        dates.exif_original(fields),
        *(date for newer, date in records if newer),
        *map(dates.xmp_original, inside),
        *(date for newer, date in records if not newer),
        *map(dates.xmp_last, inside),
        *(dates.parse_date(date) for date in reading.blocks.dates),
        dates.exif_last(fields),
    ]
    taken = _first(found)
    if taken is None or taken.zone is not None:
        return taken
    # The same moment with its zone may stand elsewhere; a Z is also what programs make of none.
    zones = (other.zone for other in found if other is not None and other.at == taken.at)
    return replace(taken, zone=_first(zone for zone in zones if zone != "+00:00"))
