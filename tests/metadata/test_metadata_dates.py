"""When a photo was taken, with its zone, wherever that stands."""

import struct

import metadata_samples as samples
import pytest
from metadata_fields import block, dataset, photo, photoshop, with_packet
from PIL import Image

from blipdesk.metadata import read_facts


@pytest.mark.parametrize(
    ("exif", "zone"),
    [
        ({"x9011": "+02:00"}, "+02:00"),
        ({"x9010": "-03:30"}, "-03:30"),
        ({"x9011": "   :  ", "x9010": "+05:45"}, "+05:45"),
        ({"x9011": "+99:00"}, None),
        ({"x882A": (8, 1, struct.pack("<h", -5))}, "-05:00"),
        ({}, None),
    ],
)
def test_the_zone_of_the_date_in_exif(exif, zone):
    found = read_facts(photo(x9003="2024:05:01 10:20:30", **exif), "JPEG")
    assert (found.taken_at, found.taken_zone) == ("2024-05-01T10:20:30", zone)


@pytest.mark.parametrize(
    ("attributes", "at", "zone"),
    [
        ('exif:DateTimeOriginal="2024-05-01T10:20:30.25+02:00"', "2024-05-01T10:20:30", "+02:00"),
        ('photoshop:DateCreated="2024-05-01T10:20Z"', "2024-05-01T10:20:00", "+00:00"),
        ('xmp:CreateDate="2024-05-01"', "2024-05-01T00:00:00", None),
        ('xmp:CreateDate="2024"', None, None),
    ],
)
def test_dates_in_xmp(attributes, at, zone):
    found = read_facts(with_packet("", attributes), "JPEG")
    assert (found.taken_at, found.taken_zone) == (at, zone)


@pytest.mark.parametrize(("time", "zone"), [(b"102030-0500", "-05:00"), (b"102030+0000", None)])
def test_dates_in_iptc_whose_zone_may_be_a_filler(time, zone):
    data = samples.with_segments(photoshop(dataset(55, b"20240501") + dataset(60, time)))
    found = read_facts(data, "JPEG")
    assert (found.taken_at, found.taken_zone) == ("2024-05-01T10:20:30", zone)


def test_the_zone_of_the_same_moment_elsewhere_counts():
    exif = samples.exif_segment(block(x9003="2024:05:01 10:20:30"))
    found = read_facts(with_packet("", 'exif:DateTimeOriginal="2024-05-01T10:20:30+09:00"', exif), "JPEG")
    assert found.taken_zone == "+09:00"
    found = read_facts(with_packet("", 'exif:DateTimeOriginal="2024-05-01T10:20:31+09:00"', exif), "JPEG")
    assert found.taken_zone is None


def located(clock, longitude=13.0, side="E", day="2024:05:01"):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2024:05:01 10:20:30"
    gps = {1: "N", 2: (52.0, 30.0, 0.0), 3: side, 4: (longitude, 0.0, 0.0), 7: clock, 29: day}
    exif.get_ifd(0x8825).update(gps)
    return samples.picture(exif=exif)


@pytest.mark.parametrize(
    ("data", "zone"),
    [
        (located((8.0, 20.0, 12.0)), "+02:00"),
        (located((4.0, 50.0, 30.0), 80.0), "+05:30"),
        (located((20.0, 20.0, 30.0), 155.0, day="2024:04:30"), None),  # +14:00 so near to Japan
        (located((8.0, 5.0, 0.0)), None),  # a fix of a quarter of an hour before
        (located((10.0, 20.0, 30.0), 116.0), None),  # the clock copied, not the satellites'
    ],
)
def test_the_satellites_clock_tells_the_zone_where_it_fits_the_place(data, zone):
    assert read_facts(data, "JPEG").taken_zone == zone
