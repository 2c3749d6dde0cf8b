"""Title, stars, keywords in a hierarchy, date with zone, place, lens and exposure, wherever they stand."""

import hashlib
import html
import struct

import metadata_samples as samples
import pytest
from PIL import Image, PngImagePlugin

from blipdesk.domain.values import Source
from blipdesk.metadata import embed, read_facts, sidecar_patch
from blipdesk.metadata.wanted import Wanted

NAMESPACES = " ".join(
    f'xmlns:{name}="{url}"'
    for name, url in {
        "acdsee": "http://ns.acdsee.com/iptc/1.0/",
        "aux": "http://ns.adobe.com/exif/1.0/aux/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "digiKam": "http://www.digikam.org/ns/1.0/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "exifEX": "http://cipa.jp/exif/1.0/",
        "lr": "http://ns.adobe.com/lightroom/1.0/",
        "mediapro": "http://ns.iview-multimedia.com/mediapro/1.0/",
        "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
        "mwg-kw": "http://www.metadataworkinggroup.com/schemas/keywords/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "tiff": "http://ns.adobe.com/tiff/1.0/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
    }.items()
)


def packet(content="", attributes=""):
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {NAMESPACES} {attributes}>{content}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def alternatives(name, **texts):
    items = "".join(
        f'<rdf:li xml:lang="{lang.replace("_", "-")}">{text}</rdf:li>' for lang, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def bag(name, *items):
    return f"<{name}><rdf:Bag>{''.join(f'<rdf:li>{item}</rdf:li>' for item in items)}</rdf:Bag></{name}>"


def with_packet(content="", attributes="", *segments):
    return samples.with_segments(*segments, samples.xmp_segment(packet(content, attributes)))


def block(ifd0=None, **exif):
    """A block with fields by number: ``x9003="..."`` is a text, a tuple (type, count, bytes) anything."""
    fields = {int(tag[1:], 16): value for tag, value in exif.items()}
    fields = {tag: v if isinstance(v, tuple) else samples.ascii_field(v) for tag, v in fields.items()}
    return samples.tiff(ifd0 or {}, exif=fields or None)


def photo(ifd0=None, **exif):
    return samples.with_segments(samples.exif_segment(block(ifd0, **exif)))


def fractions(*pairs, signed=False):
    raw = b"".join(struct.pack("<2i" if signed else "<2I", *pair) for pair in pairs)
    return (10 if signed else 5, len(pairs), raw)


def dataset(number, value):
    return b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value


def photoshop(iim, digest=None):
    def resource(kind, value):
        return b"8BIM" + struct.pack(">HHI", kind, 0, len(value)) + value + bytes(len(value) & 1)

    payload = b"Photoshop 3.0\0" + resource(0x0404, iim)
    return samples.segment(0xED, payload + (resource(0x0425, digest) if digest else b""))


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


def xp(text):
    raw = text.encode("utf-16-le") + b"\0\0"
    return (1, len(raw), raw)


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


# ------------------------------------------------------------------------------------------- keywords


ACDSEE = (
    '<Categories><Category Assigned="0">Places<Category Assigned="0">France<Category Assigned="1">Paris'
    '</Category></Category></Category><Category Assigned="1">Anna</Category></Categories>'
)
RESOURCE = 'rdf:parseType="Resource"'
MWG = f"""
<mwg-kw:Keywords {RESOURCE}><mwg-kw:Hierarchy><rdf:Bag>
  <rdf:li {RESOURCE}><mwg-kw:Keyword>Places</mwg-kw:Keyword><mwg-kw:Children><rdf:Bag>
    <rdf:li {RESOURCE}><mwg-kw:Keyword>France</mwg-kw:Keyword><mwg-kw:Children><rdf:Bag>
      <rdf:li mwg-kw:Keyword="Paris"/>
    </rdf:Bag></mwg-kw:Children></rdf:li>
  </rdf:Bag></mwg-kw:Children></rdf:li>
  <rdf:li mwg-kw:Keyword="Anna"/>
</rdf:Bag></mwg-kw:Hierarchy></mwg-kw:Keywords>
"""
HIERARCHIES = {
    "lightroom": bag("lr:hierarchicalSubject", "Places|France|Paris", "Anna"),
    "digikam": bag("digiKam:TagsList", "Places/France/Paris", "Anna"),
    "windows": bag("MicrosoftPhoto:LastKeywordXMP", "Places/France/Paris", "Anna"),
    "media pro": bag("mediapro:CatalogSets", "Places|France|Paris", "Anna"),
    "acdsee": f"<acdsee:categories>{html.escape(ACDSEE)}</acdsee:categories>",
    "mwg": MWG,
}


@pytest.mark.parametrize("program", HIERARCHIES)
def test_keywords_in_a_hierarchy(program):
    found = read_facts(with_packet(HIERARCHIES[program]), "JPEG")
    assert "Places|France|Paris" in found.keyword_paths
    assert all("|" in path for path in found.keyword_paths)
    assert {"Paris", "Anna"} <= set(found.keywords)


def test_a_keyword_in_a_hierarchy_and_by_itself_is_one():
    data = with_packet(bag("dc:subject", "paris") + HIERARCHIES["lightroom"] + HIERARCHIES["digikam"])
    found = read_facts(data, "JPEG")
    assert (found.keywords, found.keyword_paths) == (("paris", "Anna"), ("Places|France|Paris",))


def test_keywords_that_we_wrote_into_a_sidecar_are_nobodys():
    ours = sidecar_patch.render(None, Wanted("a dog", ("dog", "Pets"), Source.MODEL))
    found = read_facts(samples.picture(), "JPEG", ours)
    assert (found.keywords, found.keyword_paths) == ((), ())


# ------------------------------------------------------------------------------------------- rating


@pytest.mark.parametrize(
    ("attributes", "rating"),
    [
        ('xmp:Rating="4"', 4),
        ('xmp:Rating="4.0"', 4),
        ('xmp:Rating="-1"', -1),
        ('xmp:Rating="0"', None),
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
    assert read_facts(both, "JPEG").rating is None  # taken off by a program that does not know the other


# ------------------------------------------------------------------------------------------- date and zone


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


# ------------------------------------------------------------------------------------------- place, lens


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


# ------------------------------------------------------------------------------------------- odd packets


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-16", "latin-1", "utf-32"])
def test_packets_in_other_charsets(charset):
    text = packet(alternatives("dc:description", x_default="Grüße")).decode()
    if charset == "latin-1":
        text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + text
    assert read_facts(samples.picture(), "JPEG", text.encode(charset)).caption == "Grüße"


def test_a_packet_in_a_segment_whose_name_is_misspelt():
    xmp = packet("", 'xmp:Rating="5"')
    for name in (b"XMP\0://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xap/1.0/ \0"):
        data = samples.with_segments(samples.segment(0xE1, name + xmp))
        assert read_facts(data, "JPEG").rating == 5


def test_a_block_that_goes_on_in_another_segment():
    raw = block({0x010E: samples.ascii_field("first and second")})
    parts = [samples.exif_segment(part) for part in (raw[:30], raw[30:])]
    assert read_facts(samples.with_segments(*parts), "JPEG").caption == "first and second"


def test_what_imagemagick_writes_into_png(tmp_path):
    info = PngImagePlugin.PngInfo()
    for kind, raw in {
        "exif": b"Exif\0\0" + block(x9003="2024:05:01 10:20:30"),
        "xmp": packet("", 'xmp:Rating="3"'),
        "iptc": photoshop(dataset(25, b"gold"))[18:],
    }.items():
        lines = "\n".join(raw.hex()[i : i + 72] for i in range(0, 2 * len(raw), 72))
        name = "IPTC profile" if kind == "iptc" else kind
        info.add_text(f"Raw profile type {kind}", f"\n{name}\n{len(raw):8}\n{lines}\n", zip=True)
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png", pnginfo=info)
    found = read_facts((tmp_path / "a.png").read_bytes(), "PNG")
    assert (found.taken_at, found.rating, found.keywords) == ("2024-05-01T10:20:30", 3, ("gold",))


def test_a_packet_of_endless_properties_is_looked_through_once(monkeypatch):
    from blipdesk.metadata import xmp

    looks = []
    real = xmp.Xmp.properties
    monkeypatch.setattr(xmp.Xmp, "properties", lambda tree: looks.append(tree) or real(tree))
    read_facts(samples.picture(), "JPEG", packet('<xmp:Label rdf:resource="x"/>' * 1000))
    assert len(looks) < 20  # not once for each of the forty values that are asked for


# ------------------------------------------------------------------------------------------- RAW


def box(kind, content):
    return struct.pack(">I", 8 + len(content)) + kind + content


CAMERA_BLOCK = block({0x0110: samples.ascii_field("Model R")}, x9003="2024:05:01 10:20:30")


def canon():
    """A CR3: what stands in one block elsewhere has three of its own."""
    gps = {1: samples.ascii_field("N"), 2: samples.ascii_field("52/1,30/1,0/1")}
    gps |= {3: samples.ascii_field("E"), 4: samples.ascii_field("13/1,0/1,0/1")}
    parts = {
        b"CMT1": samples.tiff({0x0110: samples.ascii_field("Model R")}),
        b"CMT2": samples.tiff({0x9003: samples.ascii_field("2024:05:01 10:20:30")}),
        b"CMT3": b"note",
        b"CMT4": samples.tiff(gps),
    }
    directories = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    inner = box(b"uuid", directories + b"".join(box(kind, part) for kind, part in parts.items()))
    rating = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + packet("", 'xmp:Rating="4"')
    return box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", inner) + box(b"uuid", rating)


RAW = {
    "olympus": b"IIRO" + CAMERA_BLOCK[4:],
    "panasonic": b"IIU\0" + CAMERA_BLOCK[4:],
    "fujifilm": b"FUJIFILMCCD-RAW ".ljust(84, b"\0")
    + struct.pack(">II", 92, len(samples.picture()) * 2)
    + samples.with_segments(samples.exif_segment(CAMERA_BLOCK)),
    "minolta": b"\0MRM" + struct.pack(">I", 16 + 4 + len(CAMERA_BLOCK)) + b"\0PRD" + struct.pack(">I", 4)
    + b"size\0TTW" + struct.pack(">I", len(CAMERA_BLOCK)) + CAMERA_BLOCK,
    "canon": canon(),
}  # fmt: skip


@pytest.mark.parametrize("maker", RAW)
def test_raw_files_that_are_no_plain_tiff(maker):
    found = read_facts(RAW[maker], "RAW")
    assert (found.camera, found.taken_at) == ("Model R", "2024-05-01T10:20:30")
    if maker == "canon":
        assert (found.latitude, found.longitude, found.rating) == (52.5, 13.0, 4)


@pytest.mark.parametrize("maker", RAW)
def test_raw_files_that_are_cut_off_are_read_as_far_as_they_go(maker):
    for end in range(0, len(RAW[maker]), 7):
        read_facts(RAW[maker][:end], "RAW")
