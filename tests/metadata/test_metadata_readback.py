"""Captions in every script, read back by other people's programs from every format and from sidecars."""

import functools
import json
import shutil
import subprocess
import unicodedata

import metadata_pictures as pictures
import metadata_samples as samples
import piexif
import pytest
from metadata_writing import SIDECAR, write
from PIL import Image

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import WriteOutcome, WritePolicy
from blipdesk.metadata import texts

needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
needs_exiv2 = pytest.mark.skipif(shutil.which("exiv2") is None, reason="needs exiv2")
KEYWORDS = ("dog", '草 & <tag> "x"')
TEXTS = {
    "plain": "a dog on a lawn",
    "Japanese": "芝生の上の犬、ガス。",
    "emoji": "a dog 🐕\u200d🦺 and a family 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈",
    "Hebrew": "כלב רץ על הדשא (2024)",
    "Arabic": "كلب يجري\u200f (dog) على العشب\u200f",
    "combining": unicodedata.normalize("NFD", "Ünïcödé Škoda ẹ̀kọ́"),
    "long": "犬 läuft & <läuft> 🐕 " * 250,
    "XML": """He said "it's <b>5 > 3 & 2</b>" ]]> &amp; &#65; <!-- no --> <?x?>""",
    "lines": "first\nsecond\n\nfourth\tand a tab",
    "Thai": "สุนัขวิ่งบนสนามหญ้า",
    "Devanagari": "कुत्ता घास पर दौड़ रहा है",
}
EXPECTED = {name: texts.clean(text) for name, text in TEXTS.items()}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The paths of a photo of each format for each text (embedded), and of photos with sidecars, by text."""
    folder, found = tmp_path_factory.mktemp("written"), {}
    for kind, recipe in pictures.RECIPES.items():
        for name, text in EXPECTED.items():
            path = folder / f"{kind} {name}{recipe.suffix}"
            path.write_bytes(recipe.make(None, (), None))
            policy = WritePolicy(WriteTarget.EMBED, embed_heif=True)
            plan = write(path, samples.machine(text, *KEYWORDS), policy)
            assert plan.outcome is WriteOutcome.EMBEDDED, plan.note
            found[path] = text
    return found


@pytest.fixture(scope="module")
def sidecars(tmp_path_factory):
    folder, found = tmp_path_factory.mktemp("beside"), {}
    for name, text in EXPECTED.items():
        path = folder / f"{name}.jpg"
        path.write_bytes(samples.camera_photo())
        write(path, samples.machine(text, *KEYWORDS), SIDECAR)
        found[folder / f"{name}.jpg.xmp"] = text
    return found


def run(*command):
    result = subprocess.run(list(map(str, command)), check=False, capture_output=True, timeout=100)
    return result.stdout.decode("utf-8")


def exiftool(paths):
    found = json.loads(run("exiftool", "-a", "-G1", "-j", "-struct", *paths))
    return {tags["SourceFile"]: tags for tags in found}


def test_pillow_and_piexif_read_every_script_from_every_format(written):
    for path, text in written.items():
        with Image.open(path) as image:
            exif = image.getexif()
        fields = piexif.load(exif.tobytes())["0th"]
        assert as_utf_8(exif[0x010E]) == text, path
        assert exif[0x9C9C].decode("utf-16-le") == text + "\0"
        assert bytes(fields[0x9C9C]).decode("utf-16-le") == text + "\0"
        if path.suffix == ".jpg":
            assert piexif.load(str(path))["0th"][0x010E].decode() == text


def as_utf_8(text):
    """Pillow takes what is not ASCII for Latin-1."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8")


@needs_exiftool
def test_exiftool_reads_every_script_from_every_format(written):
    found = exiftool(written)
    for path, text in written.items():
        tags = found[str(path)]
        assert tags["IFD0:ImageDescription"] == text, path
        if path.suffix != ".avif":  # a packet has no place there
            assert tags["XMP-dc:Description"] == text, path
            assert tags["XMP-dc:Subject"] == list(KEYWORDS)
        assert tags["IFD0:XPKeywords"] == ";".join(KEYWORDS)
        if max(text) <= "\uffff":  # it takes XP fields for UCS-2
            assert tags["IFD0:XPComment"] == text, path
        assert tags.get("ExifTool:Warning", "[minor]").startswith("[minor]"), path


@needs_exiftool
def test_exiftool_reads_every_script_from_sidecars(sidecars):
    found = exiftool(sidecars)
    for path, text in sidecars.items():
        tags = found[str(path)]
        assert tags["XMP-dc:Description"] == tags["XMP-tiff:ImageDescription"] == text, path
        for name in ("XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList"):
            assert tags[name] == list(KEYWORDS)
        assert tags.get("ExifTool:Warning", "[minor]").startswith("[minor]"), path


@needs_exiv2
def test_exiv2_reads_every_script_from_every_format(written):
    for path, text in written.items():
        said = exiv2(path)
        assert said["Exif.Image.ImageDescription"] == text, path
        if path.suffix != ".avif":
            assert said["Xmp.dc.description"] == f'lang="x-default" {text}', path


@needs_exiv2
def test_exiv2_reads_every_script_from_sidecars(sidecars):
    for path, text in sidecars.items():
        said = exiv2(path)
        assert said["Xmp.dc.description"] == f'lang="x-default" {text}', path
        assert said["Xmp.tiff.ImageDescription"] == f'lang="x-default" {text}', path


def exiv2(path):
    """The captions that it shows, one call for each, since they may have several lines."""
    keys = ("Exif.Image.ImageDescription", "Xmp.dc.description", "Xmp.tiff.ImageDescription")
    show = functools.partial(run, "exiv2", "-q", "-PEXv")
    return {key: show("-K", key, path).removesuffix("\n") for key in keys}
