"""Packets that are not what the standard says, and RAW files that are no plain TIFF."""

import struct

import metadata_samples as samples
import pytest
from metadata_fields import alternatives, block, dataset, packet, photoshop
from PIL import Image, PngImagePlugin

from blipdesk.metadata import read_facts


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
    real = xmp.Xmp._look_through
    monkeypatch.setattr(xmp.Xmp, "_look_through", lambda tree: looks.append(tree) or real(tree))
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
