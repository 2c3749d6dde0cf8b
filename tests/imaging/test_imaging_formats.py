from importlib import import_module

import pytest
from imaging_pictures import encoded, scene
from PIL import Image

from blipdesk.domain.suffixes import PHOTO_SUFFIXES, RAW_SUFFIXES, SUFFIXES_OF
from blipdesk.imaging import FORMATS
from blipdesk.imaging.formats import describe_unsupported, has_raw_suffix, sniff_format


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF"])
def test_a_format_is_told_by_its_bytes(name):
    assert sniff_format(encoded(scene(64, 48), name)) == name


def iso(major, *compatible):
    body = b"ftyp" + major + b"\0\0\0\0" + b"".join(compatible)
    return (len(body) + 4).to_bytes(4, "big") + body


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (iso(b"heic", b"mif1", b"heic"), "HEIF"),
        (iso(b"hevc", b"msf1"), "HEIF"),
        (iso(b"mif1", b"heic"), "HEIF"),
        (iso(b"mif1", b"miaf", b"avif"), "AVIF"),
        (iso(b"mif1", *[b"MiHB"] * 20, b"avif"), "AVIF"),
        (iso(b"avis", b"msf1"), "AVIF"),
        (iso(b"mp42", b"isom"), None),
        (iso(b"crx ", b"isom"), "RAW"),
        (b"II+\0\x08\0\0\0", "TIFF"),
        (b"II*\0\x10\0\0\0CR\x02\0", "RAW"),
        (b"FUJIFILMCCD-RAW 0201", "RAW"),
        (b"BMW builds cars in Munich and elsewhere", None),
        (b"\xff\xd8", None),
        (b"", None),
    ],
)
def test_look_alikes_are_told_apart(head, expected):
    assert sniff_format(head) == expected


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        (b"", "a.jpg", "empty"),
        (b"II*\0\x08\0\0\0", "a.NEF", "RAW"),
        (b"IIII\x01\x02\x03\x04", "a.iiq", "RAW"),
        (b"\xff\x0a\xfa\x1f", "a.jxl", "JPEG XL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "a.jxl", "JPEG XL"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "a.jp2", "JPEG 2000"),
        (b"%PDF-1.7\n", "a.pdf", "PDF"),
        (b"8BPS\0\x01", "a.psd", "Photoshop"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.jpg", "PostScript"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "SVG"),
        (b"<!DOCTYPE html><html>404", "a.jpg", "web page"),
        (b"PK\x03\x04\x14\0", "a.jpg", "ZIP"),
        (iso(b"qt  "), "a.mov", "video"),
        (iso(b"XXXX", b"mif1", b"heic"), "a.heic", "HEIF picture"),
        (iso(b"mp42", b"isom"), "a.heic", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "a.avi", "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a.wav", "sound"),
        (b"just some words\n", "a.jpg", "text"),
        ("Grüße aus München".encode(), "a.jpg", "text"),
        (b"\0" * 100, "a.jpg", "zeros"),
        (b"\x80\x04\x95\x01", "a.jpg", "no picture"),
    ],
)
def test_what_is_not_read_is_named_with_a_way_out(head, name, words):
    kind = describe_unsupported(head, name)
    assert words in kind.what
    assert kind.remedy.endswith(".")


def test_a_scan_looks_at_every_kind_that_is_read():
    assert SUFFIXES_OF.keys() == FORMATS.keys()
    assert not RAW_SUFFIXES & set(SUFFIXES_OF["TIFF"])
    assert {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tiff", ".heic", ".avif"} <= PHOTO_SUFFIXES
    assert all(suffix == suffix.lower() for suffix in PHOTO_SUFFIXES)
    assert has_raw_suffix("/photos/DSC_0001.NEF")


def test_every_listed_format_has_a_pillow_plugin_and_nothing_else_is_tried():
    import_module("blipdesk.imaging.decode")  # registers HEIF
    Image.preinit()
    Image.init()
    assert set(FORMATS) - {"RAW"} <= set(Image.OPEN)
    assert not {"EPS", "WMF", "PSD", "FPX"} & set(FORMATS)
