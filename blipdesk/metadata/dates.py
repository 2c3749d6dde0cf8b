"""When a photo was taken: local time as the camera's clock showed it, and the zone where one is known.

Sources: EXIF 2.32 (CIPA DC-008, 4.6.5 F and the offsets of 2.31), XMP Part 1 (ISO 16684-1, 8.2.1.2), IIM 4.2
(2:55, 2:60).
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, replace

from blipdesk.metadata.camera import exif_place
from blipdesk.metadata.exif_tags import ExifTags
from blipdesk.metadata.xmp_values import XmpValues

_DATE_TIME, _ORIGINAL, _DIGITIZED = 0x0132, 0x9003, 0x9004
_OFFSETS = {_DATE_TIME: 0x9010, _ORIGINAL: 0x9011, _DIGITIZED: 0x9012}
_ZONE_HOURS = 0x882A
_GPS_TIME, _GPS_DATE = 7, 29
_DATE = re.compile(
    r"(\d{4})[:\-/.]?(\d\d)[:\-/.]?(\d\d)"
    r"(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)? ?(Z|[+-]\d\d:?\d\d)?"
)
_ZONE = re.compile(r"([+-])(\d\d?):?(\d\d)")
_MOST_HOURS = 14
_FIX_SECONDS = 30
"""A satellite fix so near to a whole zone is of the moment of the photo."""
_OFF_THE_SUN = 3.0
"""Hours that a clock set to a zone is ahead of the sun, or behind it, at most (the west of China)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A moment: ``at`` is local time, ISO 8601 without zone; ``zone`` like ``+02:00``, None if unknown."""

    at: str
    zone: str | None = None


def parse_date(text: str) -> Taken | None:
    """An EXIF, XMP or IPTC date; None for zeros, nonsense and what is no whole day."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        date = datetime.datetime(year, month, day, hour, minute, min(second, 59))  # leap seconds
    except ValueError:
        return None
    zone = parse_zone(match[7] or "") if match[4] else None
    return Taken(date.isoformat(), zone) if year >= 1800 else None


def parse_zone(text: str) -> str | None:
    """A zone as ``+02:00``; None where it is none."""
    if text == "Z":
        return "+00:00"
    match = _ZONE.match(text.strip())
    if not match or int(match[2]) > _MOST_HOURS or int(match[3]) > 59:
        return None
    return f"{match[1]}{int(match[2]):02}:{match[3]}"


def iptc_date(text: str) -> Taken | None:
    """The date of an IPTC record; a zone must stand there, and ``+0000`` does where none is known."""
    found = parse_date(text)
    return replace(found, zone=None) if found and found.zone == "+00:00" else found


def exif_date(tags: ExifTags, *wanted: int) -> Taken | None:
    """The first of these dates that the block has, with its zone."""
    for tag in wanted:
        found = parse_date(tags.text("Exif", tag) or "")
        if found is not None:
            return replace(found, zone=found.zone or _exif_zone(tags, tag, found.at))
    return None


def exif_original(tags: ExifTags) -> Taken | None:
    """When the photo was taken, by its EXIF; for a scan, when that was made."""
    return exif_date(tags, _ORIGINAL, _DIGITIZED)


def exif_last(tags: ExifTags) -> Taken | None:
    """When the file was changed, by its EXIF: better than nothing."""
    return exif_date(tags, _DATE_TIME)


def xmp_original(values: XmpValues) -> Taken | None:
    """When the photo was taken, by an XMP packet."""
    return _first(values, "exif DateTimeOriginal", "photoshop DateCreated")


def xmp_last(values: XmpValues) -> Taken | None:
    """When it was digitized, by an XMP packet."""
    return _first(values, "exif DateTimeDigitized", "xmp CreateDate")


def _first(values: XmpValues, *names: str) -> Taken | None:
    return next((date for name in names if (date := parse_date(values.text(name)))), None)


def _exif_zone(tags: ExifTags, tag: int, local: str) -> str | None:
    for offset in (_OFFSETS[tag], _OFFSETS[_DATE_TIME]):
        zone = parse_zone(tags.text("Exif", offset) or "")
        if zone is not None:
            return zone
    hours = tags.numbers("Exif", _ZONE_HOURS)
    if tag == _ORIGINAL and hours and abs(hours[0]) <= _MOST_HOURS:
        return f"{int(hours[0]):+03}:00"
    return _satellite_zone(tags, local) if tag == _ORIGINAL else None


def _satellite_zone(tags: ExifTags, local: str) -> str | None:
    """The zone by what the satellites' clock (UTC) showed, where the two differ by a zone that exists."""
    clock, day = tags.numbers("GPS", _GPS_TIME), parse_date(tags.text("GPS", _GPS_DATE) or "")
    if day is None or len(clock) != 3 or not all(math.isfinite(part) and 0 <= part <= 60 for part in clock):
        return None
    seconds = clock[0] * 3600 + clock[1] * 60 + clock[2]
    utc = datetime.datetime.fromisoformat(day.at) + datetime.timedelta(seconds=seconds)
    ahead = (datetime.datetime.fromisoformat(local) - utc).total_seconds()
    half_hours = round(ahead / 1800)
    place = exif_place(tags)  # a clock that was never set is ahead by anything
    if abs(ahead - half_hours * 1800) > _FIX_SECONDS or abs(half_hours) > 2 * _MOST_HOURS or place is None:
        return None
    sun = ahead / 3600 - place[1] / 15
    if min(abs(sun), abs(sun - 24), abs(sun + 24)) > _OFF_THE_SUN:
        return None
    sign = "-" if half_hours < 0 else "+"
    return f"{sign}{abs(half_hours) // 2:02}:{abs(half_hours) % 2 * 30:02}"
