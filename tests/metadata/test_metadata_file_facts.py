"""Which of several places that say the same comes first; titles and stars."""

import hashlib

import metadata_samples as samples
import pytest
from metadata_fields import alternatives, bag, block, dataset, packet, photo, photoshop, with_packet, xp
from PIL import Image, PngImagePlugin

from blipdesk.domain.values import Source
from blipdesk.metadata import embed, read_facts
from blipdesk.metadata.wanted import Wanted

# ------------------------------------------------------------------------------------------- precedence


@pytest.mark.parametrize(
    ("digest", "caption", "title"),
    [
        (None, "in XMP", "XMP title"),
        ("same", "in XMP", "XMP title"),
        ("other", "in IPTC", "IPTC title"),
    ],
)
def test_iptc_comes_first_where_its_digest_says_that_it_is_newer(digest, caption, title):
    iim = dataset(120, b"in IPTC") + dataset(5, b"IPTC title") + dataset(25, b"gold")
    digests = {"same": hashlib.md5(iim).digest(), "other": hashlib.md5(b"before").digest()}
    xmp = alternatives("dc:description", x_default="in XMP") + alternatives("dc:title", x_default="XMP title")
    data = with_packet(xmp + bag("dc:subject", "blue"), "", photoshop(iim, digests.get(digest)))
    found = read_facts(data, "JPEG")
    assert (found.caption, found.title) == (caption, title)
    assert set(found.keywords) == {"gold", "blue"}


def test_iptc_that_has_no_room_for_all_of_it_is_not_newer():
    iim = dataset(120, b"A long text")
    xmp = alternatives("dc:description", x_default="A long text that goes on")
    data = with_packet(xmp, "", photoshop(iim, hashlib.md5(b"before").digest()))
    assert read_facts(data, "JPEG").caption == "A long text that goes on"


def test_a_sidecar_comes_before_the_photo_itself():
    exif = photo(
        {0x010E: samples.ascii_field("In EXIF"), 0x4746: (3, 1, b"\2\0")}, x9003="2024:05:01 10:20:30"
    )
    beside = packet(
        alternatives("dc:description", x_default="In darktable"),
        'xmp:Rating="5" exif:DateTimeOriginal="2023-04-01T09:00:00"',
    )
    found = read_facts(exif, "JPEG", beside)
    assert (found.caption, found.rating, found.taken_at) == ("In darktable", 5, "2023-04-01T09:00:00")
    found = read_facts(exif, "JPEG", packet("", 'xmp:CreateDate="2023-04-01T09:00:00"'))
    assert (found.caption, found.rating, found.taken_at) == ("In EXIF", 2, "2024-05-01T10:20:30")


def test_of_several_languages_the_default_one_else_the_first():
    texts = alternatives("dc:description", de="Strand", x_default="beach", en="beach")
    titles = alternatives("dc:title", fr="Plage", de="Strand")
    found = read_facts(with_packet(texts + titles), "JPEG")
    assert (found.caption, found.title) == ("beach", "Plage")


# ------------------------------------------------------------------------------------------- titles


def test_titles_of_windows_iptc_and_png(tmp_path):
    assert read_facts(photo({0x9C9B: xp("Am See")}), "JPEG").title == "Am See"
    data = samples.with_segments(photoshop(dataset(5, "Ängar".encode("mac_roman"))))
    assert read_facts(data, "JPEG").title == "Ängar"
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "Der See")
    info.add_text("Creation Time", "2024:05:01 10:20:30")
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png", pnginfo=info)
    found = read_facts((tmp_path / "a.png").read_bytes(), "PNG")
    assert (found.title, found.taken_at) == ("Der See", "2024-05-01T10:20:30")


def test_a_title_that_we_wrote_is_nobodys():
    new, _ = embed.embed(samples.camera_photo(), Wanted("Ein Hund läuft", ("Hund",), Source.MODEL))
    found = read_facts(new, "JPEG")
    assert (found.title, found.caption, found.rating) == (None, None, None)


@pytest.mark.parametrize("title", ["OLYMPUS DIGITAL CAMERA", "  "])
def test_boilerplate_is_no_title(title):
    assert read_facts(photo({0x9C9B: xp(title)}), "JPEG").title is None


# ------------------------------------------------------------------------------------------- rating


@pytest.mark.parametrize(
    ("attributes", "rating"),
    [
        ('xmp:Rating="4"', 4),
        ('xmp:Rating="4.0"', 4),
        ('xmp:Rating="-1"', -1),
        ('xmp:Rating="0"', 0),
        ('xmp:Rating="many"', None),
        ('xmp:Rating="nan"', None),
        ('MicrosoftPhoto:Rating="75"', 4),
        ('MicrosoftPhoto:Rating="1"', 1),
        ('MicrosoftPhoto:Rating="99"', 5),
        ('acdsee:rating="2"', 2),
    ],
)
def test_stars_in_xmp(attributes, rating):
    assert read_facts(with_packet("", attributes), "JPEG").rating == rating


def test_stars_of_windows_count_where_the_xmp_has_none():
    assert read_facts(photo({0x4746: (3, 1, b"\3\0")}), "JPEG").rating == 3
    assert read_facts(photo({0x4749: (3, 1, b"\x32\0")}), "JPEG").rating == 3
    both = with_packet("", 'xmp:Rating="0"', samples.exif_segment(block({0x4746: (3, 1, b"\3\0")})))
    assert read_facts(both, "JPEG").rating == 0  # taken off by a program that does not know the other
