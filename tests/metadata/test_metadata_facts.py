"""What is read from files: date, camera, place, people's captions, and never our own or a camera's words."""

import struct
import zlib

import metadata_samples as samples
import pytest
from PIL import Image, PngImagePlugin

from blipdesk.domain.values import Source
from blipdesk.metadata import containers, embed, facts, read_facts, sidecar_patch, texts, xmp
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted


def photo(*segments):
    return samples.with_segments(*segments)


def described(block):
    return photo(samples.exif_segment(block))


def test_camera_facts():
    found = read_facts(samples.camera_photo(), "JPEG")
    assert found.taken_at == "2024-05-01T10:20:30"
    assert found.camera == "TestCam Model 7"
    assert found.exposure == "1/250 s, f/2.8, ISO 100"
    assert found.caption is None
    assert found.problem is None


def test_place_and_lens():
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS 5D"
    exif.get_ifd(0x8769).update({0xA434: "EF 50mm f/1.8", 0x920A: 50.0})
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 51.0, 36.0), 3: "W", 4: (70.0, 30.0, 0.0)})
    found = read_facts(samples.picture(exif=exif), "JPEG")
    assert found.camera == "Canon EOS 5D"
    assert found.lens == "EF 50mm f/1.8"
    assert found.exposure == "50 mm"
    assert (found.latitude, found.longitude) == (-33.86, -70.5)


@pytest.mark.parametrize(
    "date", ["0000:00:00 00:00:00", "2024:13:40 10:00:00", "    :  :     :  :  ", "soon"]
)
def test_dates_that_are_none(date):
    block = samples.tiff({}, exif={0x9003: samples.ascii_field(date)})
    assert read_facts(described(block), "JPEG").taken_at is None


USER_COMMENT = b"UNICODE\0" + "Hafen im Nebel".encode("utf-16-le")
XP = "Am See".encode("utf-16-le") + b"\0\0"
CAPTIONS = {
    "exif": (described(samples.camera_block(description="Grandma's garden")), "Grandma's garden"),
    "exif utf-8": (described(samples.camera_block(">", "緑の芝生 🐕")), "緑の芝生 🐕"),
    "exif latin-1": (
        described(samples.tiff({0x010E: (2, 6, "Gr\xfc\xdfe".encode("latin-1") + b"\0")})),
        "Grüße",
    ),
    "xp comment": (described(samples.tiff({0x9C9C: (1, len(XP), XP)})), "Am See"),
    "user comment": (
        described(samples.tiff({}, exif={0x9286: (7, len(USER_COMMENT), USER_COMMENT)})),
        "Hafen im Nebel",
    ),
    "dc": (photo(samples.xmp_segment(samples.xmp_packet(samples.described("On the beach")))), "On the beach"),
    "tiff in xmp": (
        photo(
            samples.xmp_segment(
                samples.xmp_packet(
                    '<tiff:ImageDescription xmlns:tiff="http://ns.adobe.com/tiff/1.0/">Tower</tiff:ImageDescription>'
                )
            )
        ),
        "Tower",
    ),
    "iptc": (photo(samples.iptc_segment("Größe".encode())), "Größe"),
}


@pytest.mark.parametrize("name", CAPTIONS)
def test_a_persons_caption_is_found_wherever_it_stands(name):
    data, caption = CAPTIONS[name]
    assert read_facts(data, "JPEG").caption == caption


def test_the_exif_description_comes_first():
    data = photo(
        samples.exif_segment(samples.camera_block(description="first")),
        samples.xmp_segment(samples.xmp_packet(samples.described("second"))),
        samples.iptc_segment(b"third"),
    )
    assert read_facts(data, "JPEG").caption == "first"


def test_a_users_caption_in_xmp_alone_comes_before_an_old_comment_in_a_block_that_cannot_be_changed():
    old = b"ASCII\0\0\0old words"
    block = samples.tiff({0x0131: (77, 1, b"abcd")}, exif={0x9286: (7, len(old), old)})
    assert read_facts(described(block), "JPEG").caption == "old words"
    new, note = embed.embed(described(block), Wanted("Bella", (), Source.USER, replace=True))
    assert note
    assert read_facts(new, "JPEG").caption == "Bella"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "OLYMPUS DIGITAL CAMERA         ",
        "SONY DSC",
        "DCF 1.0",
        "dav",
        "00000",
        "Screenshot",
        '{"shape": [3]}',
    ],
)
def test_what_cameras_and_programs_write_is_no_caption(text):
    assert read_facts(described(samples.camera_block(description=text)), "JPEG").caption is None


@pytest.mark.parametrize("text", ["Sony", "Anna", "dog", "Digital natives at play", "Bella, 2004"])
def test_short_human_captions_are_captions(text):
    assert not texts.is_boilerplate(text)
    assert read_facts(described(samples.camera_block(description=text)), "JPEG").caption == text


def test_keywords_from_everywhere_without_repetition():
    xp = "red;blue".encode("utf-16-le")
    data = photo(
        samples.exif_segment(samples.tiff({0x9C9E: (1, len(xp), xp)})),
        samples.xmp_segment(samples.xmp_packet(samples.subjects("blue", "green"))),
        samples.iptc_segment(keywords=[b"green", b"gold"]),
    )
    assert read_facts(data, "JPEG").keywords == ("red", "blue", "green", "gold")


def test_a_sidecar_counts():
    packet = samples.xmp_packet(samples.described("From Lightroom") + samples.subjects("raw"))
    found = read_facts(samples.picture(), "JPEG", packet)
    assert (found.caption, found.keywords) == ("From Lightroom", ("raw",))


def test_our_machine_text_is_not_taken_for_a_persons():
    new, _ = embed.embed(samples.camera_photo(), Wanted("a dog", ("dog",), Source.MODEL))
    found = read_facts(new, "JPEG")
    assert (found.caption, found.keywords) == (None, ())
    assert found.camera == "TestCam Model 7"


def test_a_users_text_that_we_wrote_is_a_persons():
    new, _ = embed.embed(
        samples.camera_photo(), Wanted("Bella", ("pet",), Source.USER, ("pet",), replace=True)
    )
    found = read_facts(new, "JPEG")
    assert (found.caption, found.keywords) == ("Bella", ("pet",))


def test_png_webp_and_tiff(tmp_path):
    exif = Image.Exif()
    exif[0x0110], exif[0x010E] = "Model X", "By the lake"
    image = Image.new("RGB", (8, 8))
    for name in ("a.png", "a.webp", "a.tif"):
        image.save(tmp_path / name, exif=exif)
        found = read_facts((tmp_path / name).read_bytes(), "?")
        assert (found.camera, found.caption) == ("Model X", "By the lake"), name
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", samples.xmp_packet(samples.described("In PNG")).decode(), zip=True)
    image.save(tmp_path / "b.png", pnginfo=info)
    assert read_facts((tmp_path / "b.png").read_bytes(), "PNG").caption == "In PNG"


def test_a_broken_packet_with_our_mark_does_not_hide_what_a_sidecar_says():
    broken = xmp.mark(Source.MODEL, b"<a/>") + b"<broken"
    sidecar_of_ours = sidecar_patch.render(None, Wanted("a dog", ("dog",), Source.MODEL))
    reading = facts.read(photo(samples.xmp_segment(broken)), (sidecar_of_ours,))
    assert (reading.standing, reading.captions) == ("a dog", [])


def test_hostile_packets_are_named_and_survived():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + samples.xmp_packet("<dc:title>&a;</dc:title>")
    deep = b"<a>" * 5000
    for packet in (bomb, deep, b"\xff\xfe<", b"<x/>", samples.xmp_packet("")[:-40]):
        found = read_facts(samples.picture(), "JPEG", packet)
        assert found.caption is None
        assert found.problem


def test_a_long_text_is_put_together_once(monkeypatch):
    joins = []

    class Counted(str):
        """A piece of text that tells when it is copied into a longer one."""

        def __radd__(self, other):
            joins.append(len(other))
            return str(other) + str(self)

    class Counting(xmp.Builder):
        def _text(self, text):
            super()._text(Counted(text))

    monkeypatch.setattr(xmp, "Builder", Counting)
    lines = "\n" * 2000  # expat reports each line of a text by itself
    packet = samples.xmp_packet(samples.described(f"a{lines}b"))
    assert xmp.Xmp(packet).text(xmp.DESCRIPTION) == f"a{lines}b"
    assert joins == []


def test_a_block_that_claims_gigabytes_costs_nothing():
    block = bytearray(samples.tiff({0x010E: (2, 8, b"caption\0"), 0x0131: (2, 8, b"program\0")}))
    block[14:18] = struct.pack("<I", 0xFFFFFFF0)
    found = read_facts(described(bytes(block)), "JPEG")
    assert found.caption is None


def box(kind, content):
    return struct.pack(">I", 8 + len(content)) + kind + content


def heif(*boxes):
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(4) + b"".join(boxes))


def test_a_heif_that_claims_four_billion_items_costs_nothing():
    places = b"\2\0\0\0" + struct.pack(">HI", 0, 0xFFFFFFFF)
    assert read_facts(heif(box(b"iloc", places)), "HEIF").caption is None


def test_blocks_that_many_items_or_chunks_repeat_are_not_piled_up():
    """Items that all name the same bytes, and text that unpacks to a thousand times as much."""
    block = bytes(1 << 20)
    items = [struct.pack(">HHHHII", number, 0, 0, 1, 0, len(block)) for number in range(64)]
    names = [box(b"infe", b"\2\0\0\0" + struct.pack(">HH", number, 0) + b"Exif\0") for number in range(64)]
    places = b"\1\0\0\0" + struct.pack(">HH", 0x4400, 64) + b"".join(items)
    kinds = bytes(4) + struct.pack(">H", 64) + b"".join(names)
    data = heif(box(b"iinf", kinds), box(b"iloc", places)) + block
    assert 0 < sum(map(len, containers.find_blocks(data).exif)) <= containers.MAX_TOTAL
    chunk = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b" " * (4 << 20))
    text = struct.pack(">I", len(chunk)) + b"iTXt" + chunk + bytes(4)
    found = containers.find_blocks(b"\x89PNG\r\n\x1a\n" + text * 16)
    assert 0 < sum(map(len, found.xmp)) <= containers.MAX_TOTAL


def test_a_block_of_endless_directories_is_read_as_far_as_any_camera_goes(monkeypatch):
    """A hundred fields, each with sixty places of a directory of its own."""
    read, real = [], TiffBlock._read_ifd
    monkeypatch.setattr(TiffBlock, "_read_ifd", lambda *args: read.append(args) or real(*args))
    lists, rest = 8 + 2 + 1200 + 4, 40_000
    fields = (struct.pack("<HHII", 0x8769, 4, 60, lists + 240 * n) for n in range(100))
    places = struct.pack("<6000I", *range(rest, rest + 12_000, 2))
    block = b"II*\0\x08\0\0\0" + struct.pack("<H", 100) + b"".join(fields) + bytes(4) + places
    found = TiffBlock(block.ljust(60_000, b"\0"))
    assert "IFD0/Exif" in found.ifds
    assert len(read) < 100


def test_iptc_in_a_fotoware_trailer():
    iim = b"\x1c\x02\x78\x00\x05Hello"
    trailer = iim + b"\x00\x01" + struct.pack(">I", len(iim) + 10) + b"\xa1\xb2\xc3\xd4"
    assert facts.read(samples.picture() + trailer).captions[0].text == "Hello"
