"""Camera, lens, exposure and place, from EXIF and from XMP, as people read them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import takewhile

from blipdesk.metadata.exif_tags import ExifTags
from blipdesk.metadata.xmp_values import XmpValues

_MAKE, _MODEL = 0x010F, 0x0110
_EXPOSURE, _APERTURE, _ISO, _SHUTTER_APEX, _APERTURE_APEX, _FOCAL = (
    0x829A, 0x829D, 0x8827, 0x9201, 0x9202, 0x920A,
)  # fmt: skip
_RECOMMENDED_INDEX, _ISO_IS_ELSEWHERE = 0x8832, 65535
_LENS_RANGE, _LENS = 0xA432, 0xA434
_LATITUDE, _LATITUDE_SIDE, _LONGITUDE, _LONGITUDE_SIDE = 2, 1, 4, 3
_COORDINATE = re.compile(
    r"([+-]?\d{1,3}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))?\s*([NSEWnsew])?"
)


def camera(tags: ExifTags, packets: Sequence[XmpValues]) -> str | None:
    """Make and model, the make not twice."""
    make = tags.text("IFD0", _MAKE) or _text(packets, "tiff Make")
    model = tags.text("IFD0", _MODEL) or _text(packets, "tiff Model")
    if not make or not model:
        return make or model
    return model if model.casefold().startswith(make.split()[0].casefold()) else f"{make} {model}"


def lens(tags: ExifTags, packets: Sequence[XmpValues]) -> str | None:
    """The lens by name, else by its range."""
    names = (
        tags.text("Exif", _LENS),
        *(_text(packets, name) for name in ("exifex LensModel", "aux Lens", "microsoft LensModel")),
    )
    named = next((name for name in names if name and _is_name(name)), None)
    return named or _range(tags.numbers("Exif", _LENS_RANGE)) or _range(_fractions(packets, "aux LensInfo"))


def _is_name(text: str) -> bool:
    """False for what stands there when the camera knows no lens: dashes, zeros."""
    return re.search(r"[^\W\d_]{2}|[1-9]", text) is not None


def _range(parts: Sequence[float]) -> str | None:
    """``18-55 mm f/3.5-5.6`` from shortest and longest focal length and the widest apertures at them."""
    if len(parts) != 4 or not 0 < parts[0] <= parts[1] < 1e5:
        return None
    focal = f"{parts[0]:.4g}" if parts[0] == parts[1] else f"{parts[0]:.4g}-{parts[1]:.4g}"
    if not 0 < parts[2] < 200:
        return f"{focal} mm"
    zoom = parts[0] < parts[1] and parts[2] < parts[3] < 200
    return f"{focal} mm f/{parts[2]:.3g}-{parts[3]:.3g}" if zoom else f"{focal} mm f/{parts[2]:.3g}"


def exposure(tags: ExifTags, packets: Sequence[XmpValues]) -> str | None:
    """Time, aperture, ISO and focal length, as far as they are known."""
    time = _number(tags, _EXPOSURE) or _first(_fractions(packets, "exif ExposureTime"))
    apex = tags.numbers("Exif", _SHUTTER_APEX)
    if time is None and apex and abs(apex[0]) < 30:
        time = 2.0 ** -apex[0]
    aperture = _number(tags, _APERTURE) or _first(_fractions(packets, "exif FNumber"))
    apex = tags.numbers("Exif", _APERTURE_APEX)
    if aperture is None and apex and 0 < apex[0] < 15:
        aperture = 2.0 ** (apex[0] / 2)
    iso = _number(tags, _ISO) or _first(
        _fractions(packets, "exif ISOSpeedRatings") or _fractions(packets, "exifex PhotographicSensitivity")
    )
    if iso == _ISO_IS_ELSEWHERE:  # what does not fit into 16 bits (EXIF 2.3, 4.6.5 C)
        iso = _number(tags, _RECOMMENDED_INDEX) or iso
    focal = _number(tags, _FOCAL) or _first(_fractions(packets, "exif FocalLength"))
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


def _number(tags: ExifTags, tag: int) -> float | None:
    return _first(tags.numbers("Exif", tag))


def _first(numbers: Sequence[float]) -> float | None:
    return numbers[0] if numbers and math.isfinite(numbers[0]) and numbers[0] > 0 else None


def _text(packets: Sequence[XmpValues], name: str) -> str | None:
    return next((" ".join(text.split()) for packet in packets if (text := packet.text(name))), None)


def _fractions(packets: Sequence[XmpValues], name: str) -> list[float]:
    """The numbers of an XMP value: ``28/10``, ``2.8``, or several in a row."""
    for packet in packets:
        found: list[float] = []
        for word in " ".join(packet.texts(name)).split()[:8]:
            top, _, bottom = word.partition("/")
            try:
                found.append(float(top) / float(bottom or 1))
            except (ValueError, ZeroDivisionError):
                break
        if found:
            return found
    return []


# ------------------------------------------------------------------------------------------- place


def exif_place(tags: ExifTags) -> tuple[float, float] | None:
    """Latitude and longitude, degrees, north and east positive; None where they are not known."""
    latitude = _angle(tags, _LATITUDE, _LATITUDE_SIDE, "S", 90)
    longitude = _angle(tags, _LONGITUDE, _LONGITUDE_SIDE, "W", 180)
    return _place(latitude, longitude)


def xmp_place(values: XmpValues) -> tuple[float, float] | None:
    """The same from a packet: ``52,30.5N`` or ``52,30,30N`` (XMP Part 2, GPSCoordinate), or plain degrees."""
    latitude = _coordinate(values, "exif GPSLatitude", 90)
    longitude = _coordinate(values, "exif GPSLongitude", 180)
    return _place(latitude, longitude)


def _place(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None  # receivers without a fix write zeros
    return latitude, longitude


def _angle(tags: ExifTags, tag: int, reference: int, negative: str, limit: float) -> float | None:
    parts = tags.numbers("GPS", tag)
    if not 1 <= len(parts) <= 3:
        return None
    known = list(takewhile(math.isfinite, parts))
    if not known or any(map(math.isfinite, parts[len(known) :])):
        return None
    value = sum(part / 60**index for index, part in enumerate(known))
    side = tags.raw("GPS", reference, 8).strip(b"\0 ")[:1].decode("latin-1").upper()
    return _checked(-value if side == negative and value > 0 else value, limit)


def _coordinate(values: XmpValues, name: str, limit: float) -> float | None:
    match = _COORDINATE.fullmatch(values.text(name).strip())
    if not match:
        return None
    degrees = float(match[1])
    value = abs(degrees) + float(match[2] or 0) / 60 + float(match[3] or 0) / 3600
    side = (match[4] or values.text(f"{name}Ref")[:1]).upper()
    return _checked(-value if degrees < 0 or side in ("S", "W") else value, limit)


def _checked(value: float, limit: float) -> float | None:
    return round(float(value), 7) if math.isfinite(value) and abs(value) <= limit else None
