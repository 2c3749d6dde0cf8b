"""Compare what we read of photos with what ExifTool reads, field by field, and list every difference.

    python tests/bench/reading.py [FOLDER ...]

Without folders: the public corpora of ../shared.  Caption, keywords and date are those of ExifTool's MWG
module where it has any, the other fields come from its tags in the order of metadata/file_facts.py; both
sides are brought into one form.  Prints ``file | field | ours | ExifTool's`` for each difference, then the
numbers.  A difference is no error by itself: camera boilerplate, say, is no caption to us.
"""

import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

from blipdesk.metadata import read_facts
from blipdesk.metadata.dates import parse_date, parse_zone
from blipdesk.metadata.texts import is_boilerplate, is_technical

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FIELDS = (
    "caption", "title", "keywords", "paths", "rating", "taken", "zone", "place", "camera", "lens", "time",
    "aperture", "iso", "focal",
)  # fmt: skip
COMMON = ("-r", "-j", "-a", "-n", "-G1", "-struct", "-fast0", "-charset", "exif=UTF8")


def exiftool(*arguments):
    """The tags of every file, by path."""
    result = subprocess.run(["exiftool", *COMMON, *arguments], check=False, capture_output=True, timeout=500)
    rows = json.loads(result.stdout.decode("utf-8", "replace"))
    return {row["SourceFile"]: row for row in rows}


class Judged:
    """ExifTool's view of one file, in our terms."""

    def __init__(self, plain, mwg):
        self.plain, self.mwg = plain, mwg

    def first(self, *names):
        for name in names:
            for place in name.split("/"):
                value = self.plain.get(place, self.mwg.get(place))
                if value not in (None, "", [], {}):
                    return value
        return None

    def said(self, *names):
        """The first text of a person's."""
        for name in names:
            value = text(self.first(name))
            if value and not is_boilerplate(value) and not is_technical(value):
                return value
        return None

    def caption(self):
        return self.said(
            "MWG:Description", "IFD0:ImageDescription", "XMP-dc:Description", "XMP-tiff:ImageDescription",
            "XMP-exif:UserComment", "IPTC:Caption-Abstract", "IPTC2:Caption-Abstract", "IFD0:XPComment",
            "ExifIFD:UserComment", "PNG:Description",
        )  # fmt: skip

    def title(self):
        return self.said("XMP-dc:Title", "IPTC:ObjectName", "IPTC2:ObjectName", "IFD0:XPTitle", "PNG:Title")

    def keywords(self):
        found = []
        names = ("XMP-dc:Subject", "IPTC:Keywords", "IPTC2:Keywords", "PNG-iTXt:Keywords")
        for name in names:
            found += listed(self.first(name))
        found += str(self.first("IFD0:XPKeywords") or "").split(";")
        leaves = [path.rpartition("|")[2] for path in self.all_paths()]
        return {" ".join(k.split()).casefold() for k in (*found, *leaves) if k.strip()}

    def all_paths(self):
        found = []
        for name, mark in (
            ("XMP-lr:HierarchicalSubject", "|"), ("XMP-digiKam:TagsList", "/"),
            ("XMP-microsoft:LastKeywordXMP", "/"), ("XMP-mediapro:CatalogSets", "|"),
        ):  # fmt: skip
            found += ["|".join(path.split(mark)) for path in listed(self.first(name))]
        return found

    def paths(self):
        return {path for path in self.all_paths() if "|" in path}

    def rating(self):
        stars = self.first("XMP-xmp:Rating", "IFD0:Rating")
        return round(float(stars)) or None if stars not in (None, "") else None

    def moment(self):
        for name in (
            "ExifIFD:DateTimeOriginal", "IFD0:DateTimeOriginal", "ExifIFD:CreateDate", "IFD0:CreateDate",
            "MWG:DateTimeOriginal", "XMP-exif:DateTimeOriginal", "XMP-photoshop:DateCreated",
            "Composite:DateTimeCreated", "IPTC:DateCreated", "XMP-exif:DateTimeDigitized",
            "XMP-xmp:CreateDate", "PNG:CreationTime", "IFD0:ModifyDate",
        ):  # fmt: skip
            date = parse_date(str(self.first(name) or ""))
            if date:
                return name, date
        return "", None

    def taken(self):
        date = self.moment()[1]
        return date.at if date else None

    def zone(self):
        name, date = self.moment()
        offset = "ExifIFD:OffsetTimeDigitized" if "Create" in name else "ExifIFD:OffsetTimeOriginal"
        said = self.first(offset, "ExifIFD:OffsetTime") if date and name.startswith("Exif") else None
        return (date.zone if date else None) or parse_zone(str(said or ""))

    def place(self):
        found = self.first("GPS:GPSLatitude"), self.first("GPS:GPSLongitude")
        if None not in found:
            south = str(self.first("GPS:GPSLatitudeRef") or "").upper().startswith("S")
            west = str(self.first("GPS:GPSLongitudeRef") or "").upper().startswith("W")
            found = number(found[0]), number(found[1])
            if None not in found:
                found = found[0] * (-1 if south else 1), found[1] * (-1 if west else 1)
        else:
            found = tuple(
                map(number, (self.first("XMP-exif:GPSLatitude"), self.first("XMP-exif:GPSLongitude")))
            )
        if None in found or found == (0, 0) or abs(found[0]) > 90 or abs(found[1]) > 180:
            return None
        return tuple(round(part, 4) for part in found)

    def camera(self):
        make, model = (
            " ".join(str(self.first(a, b) or "").split())
            for a, b in (("IFD0:Make", "XMP-tiff:Make"), ("IFD0:Model", "XMP-tiff:Model"))
        )
        both = f"{make} {model}".strip()
        return (model if make and model.casefold().startswith(make.split()[0].casefold()) else both) or None

    def lens(self):
        return text(self.first("ExifIFD:LensModel", "IFD0:LensModel", "XMP-exifEX:LensModel", "XMP-aux:Lens"))

    def time(self):
        return rounded(self.first("ExifIFD:ExposureTime", "IFD0:ExposureTime", "XMP-exif:ExposureTime"))

    def aperture(self):
        return rounded(self.first("ExifIFD:FNumber", "IFD0:FNumber", "XMP-exif:FNumber"))

    def iso(self):
        found = self.first("ExifIFD:ISO", "IFD0:ISO", "XMP-exif:ISO", "XMP-exifEX:PhotographicSensitivity")
        found = found[0] if isinstance(found, list) else found
        return rounded(str(found).split()[0] if found else None)

    def focal(self):
        return rounded(self.first("ExifIFD:FocalLength", "IFD0:FocalLength", "XMP-exif:FocalLength"))


def text(value):
    """A text as both sides would show it."""
    if isinstance(value, list):
        value = value[0]
    if isinstance(value, dict):
        value = value.get("x-default") or next(iter(value.values()), "")
    return None if value is None else " ".join(str(value).split()) or None


def listed(value):
    return [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def rounded(value):
    found = number(value)
    return float(f"{found:.2g}") if found and math.isfinite(found) and found > 0 else None


def ours(facts):
    """Our facts in the same terms."""
    found = {
        "caption": text(facts.caption), "title": facts.title,
        "keywords": {k.casefold() for k in facts.keywords}, "paths": set(facts.keyword_paths),
        "rating": facts.rating, "taken": facts.taken_at, "zone": facts.taken_zone, "camera": facts.camera,
        "lens": facts.lens, "place": None, "time": None, "aperture": None, "iso": None, "focal": None,
    }  # fmt: skip
    if facts.latitude is not None and facts.longitude is not None:
        found["place"] = round(facts.latitude, 4), round(facts.longitude, 4)
    for part in (facts.exposure or "").split(", "):
        if part.endswith(" s"):
            top, _, bottom = part[:-2].partition("/")
            found["time"] = rounded(float(top) / float(bottom or 1))
        elif part.startswith("f/"):
            found["aperture"] = rounded(part[2:])
        elif part.startswith("ISO"):
            found["iso"] = rounded(part[4:])
        elif part.endswith(" mm"):
            found["focal"] = rounded(part[:-3])
    return found


def same(field, mine, theirs):
    if isinstance(mine, float) and isinstance(theirs, float):
        return math.isclose(mine, theirs, rel_tol=0.06)
    if field == "place" and mine and theirs:
        return all(math.isclose(a, b, abs_tol=0.0002) for a, b in zip(mine, theirs, strict=True))
    return mine == theirs


def main():
    folders = sys.argv[1:] or [str(SHARED / name) for name in ("photos-exif", "bad-images")]
    plain, mwg = exiftool(*folders), exiftool("-use", "MWG", "-MWG:all", *folders)
    equal, empty, other = Counter(), Counter(), Counter()
    for path, row in sorted(plain.items()):
        if path.endswith((".xmp", ".md")):
            continue
        judged, mine = Judged(row, mwg.get(path, {})), ours(read_facts(Path(path).read_bytes(), "?"))
        for field in FIELDS:
            theirs = getattr(judged, field)()
            if same(field, mine[field], theirs):
                (equal if mine[field] else empty)[field] += 1
            else:
                other[field] += 1
                print(f"{Path(path).name} | {field} | {mine[field]!r} | {theirs!r}")
    print("field: equal, empty on both sides, different")
    for field in FIELDS:
        print(f"{field}: {equal[field]}, {empty[field]}, {other[field]}")


if __name__ == "__main__":
    main()
