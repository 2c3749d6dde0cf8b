"""Place, lens and exposure, wherever they stand."""

import struct

import metadata_samples as samples
import pytest
from metadata_fields import fractions, photo, with_packet

from blipdesk.metadata import read_facts


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        ("52,30.5N", "13,24.25E", (52.5083333, 13.4041667)),
        ("33,51,36S", "70,30,0W", (-33.86, -70.5)),
        ("-33.86", "-70.5", (-33.86, -70.5)),
        ("91,0N", "13,24E", (None, None)),
        ("0,0N", "0,0E", (None, None)),
        ("nowhere", "13,24E", (None, None)),
    ],
)
def test_places_in_xmp(latitude, longitude, place):
    data = with_packet("", f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="{longitude}"')
    found = read_facts(data, "JPEG")
    assert (found.latitude, found.longitude) == place


def test_a_place_as_apple_writes_it_into_sidecars():
    sides = 'exif:GPSLatitudeRef="S" exif:GPSLongitudeRef="W"'
    data = with_packet("", f'exif:GPSLatitude="33.86" exif:GPSLongitude="70.5" {sides}')
    found = read_facts(data, "JPEG")
    assert (found.latitude, found.longitude) == (-33.86, -70.5)


@pytest.mark.parametrize("text", ["52/1,50/1,3401/100", "52,00000,50,00000,34,01000", "52 50 34.01"])
def test_a_place_in_words(text):
    gps = {1: samples.ascii_field("N"), 2: samples.ascii_field(text), 3: samples.ascii_field("E")}
    gps[4] = samples.ascii_field(text)
    raw = bytearray(samples.tiff({}, exif=gps))
    at = raw.index(struct.pack("<H", 0x8769))
    raw[at : at + 2] = struct.pack("<H", 0x8825)
    found = read_facts(samples.with_segments(samples.exif_segment(bytes(raw))), "JPEG")
    assert found.latitude == pytest.approx(52 + 50 / 60 + 34.01 / 3600, abs=1e-6)


@pytest.mark.parametrize(
    ("data", "lens"),
    [
        (photo(xA434="EF 50mm f/1.8"), "EF 50mm f/1.8"),
        (photo(xA434="----", xA432=fractions((18, 1), (55, 1), (35, 10), (56, 10))), "18-55 mm f/3.5-5.6"),
        (photo(xA432=fractions((50, 1), (50, 1), (18, 10), (18, 10))), "50 mm f/1.8"),
        (photo(xA432=fractions((24, 1), (105, 1), (0, 0), (0, 0))), "24-105 mm"),
        (photo(xA432=fractions((0, 0), (0, 0), (0, 0), (0, 0))), None),
        (with_packet("", 'aux:Lens="Zoom 24-70"'), "Zoom 24-70"),
        (with_packet("", 'exifEX:LensModel="FE 35mm"'), "FE 35mm"),
        (with_packet("", 'aux:LensInfo="70/1 200/1 28/10 28/10"'), "70-200 mm f/2.8"),
    ],
)
def test_lenses(data, lens):
    assert read_facts(data, "JPEG").lens == lens


def test_exposure_and_camera_in_xmp_alone():
    iso = "<exif:ISOSpeedRatings><rdf:Seq><rdf:li>200</rdf:li></rdf:Seq></exif:ISOSpeedRatings>"
    attributes = 'exif:ExposureTime="1/250" exif:FNumber="28/10" exif:FocalLength="35/1" tiff:Model="X100"'
    found = read_facts(with_packet(iso, attributes), "JPEG")
    assert (found.exposure, found.camera) == ("1/250 s, f/2.8, ISO 200, 35 mm", "X100")


def test_exposure_by_exponents_where_the_plain_values_are_missing():
    data = photo(x9201=fractions((8, 1), signed=True), x9202=fractions((3, 1)), x8827=(3, 1, b"\xff\xff"))
    assert read_facts(data, "JPEG").exposure == "1/256 s, f/2.83, ISO 65535"


def test_an_iso_that_does_not_fit_into_its_field():
    data = photo(x8827=(3, 1, b"\xff\xff"), x8832=(4, 1, struct.pack("<I", 204800)))
    assert read_facts(data, "JPEG").exposure == "ISO 204800"
