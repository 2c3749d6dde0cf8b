"""What cameras and programs put into caption fields, told from what people type there.

The texts of cameras are from public photo collections and from what users of other photo programs report
(PhotoPrism's pull request 5078, iNaturalist's issue 1323, Immich-Android-TV's issue 238).
"""

import re
from importlib import util
from pathlib import Path

import metadata_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from metadata_writing import write

from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import read_facts, texts

JUDGE = Path(__file__).resolve().parents[2].parent / "shared" / "judges" / "exif_judge.py"
PEOPLE = [
    "1962",
    "2004",
    "19620705",
    "05071962",
    "12.05.1962",
    "2004.7.3",
    "❤️",
    "🎂🎉",
    "犬",
    "سلام\u200f",
    "HDR",
    "Mon",
    "Dav",
    "Burst",
    "My new digital camera",
    "MY NEW DIGITAL CAMERA AND ME",
    "Kodak moment with my new cam",
    "Jenoptik plant in Jena, 1990",
    "Exif JPEG test from Dad",
    "Untitled No. 5",
    "Default risk",
    "Left: Anna; middle: Bob; right: Carl;",
    "Samsung building in Seoul",
    "Created with love",
    "Sony",
    "7",
]
NOISE = [
    "",
    "   \0",
    "\u200b\ufeff",
    "----",
    "00000",
    "000015",
    "OLYMPUS DIGITAL CAMERA         ",
    "KONICA MINOLTA DIGITAL CAMERA",
    "SANYO DIGITAL CAMERA",
    "MEDION DIGITAL CAMERA",
    "KODAK Digital Still Camera",
    "KODAK DX4530 ZOOM DIGITAL CAMERA",
    "SONY DSC",
    "EPSON DSC picture",
    "SAMSUNG CAMERA PICTURES",
    "<Digimax i50 MP3, Samsung #1 MP3>",
    "<KENOX S1050  / Samsung S1050>",
    "DCF 1.0",
    "DCIM\\100GOPRO\\GOPR0482.JPG",
    "DSC00019",
    "Exif_JPEG_PICTURE",
    "EXIF_JPEG_T422",
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), default quality\n",
    "charset=Ascii",
    "dav",
    "oznorWO",
    "default",
    "binary comment",
]
PROGRAMS = [
    '{"shape": [3]}',
    "ImageJ=1.52p\nimages=3",
    "0.9.142",
    "Screenshot",
    "Created with GIMP",
    "Created by IrfanView",
    "CameraID=52.FrameCount=30.lutFilename=.configID=.Version=AGC9.2 V6.0",
    "oplus_32",
    "oplus_8388608",
    "filter: 0; fileterIntensity: 0.0; filterMask: 0; captureOrientation: 0;\nmodule: photo;",
    "_cuva",
    "hdr",
    "smart",
    "HELLOMOTO",
    "My beautiful picture",
    "MOULTRIE DIGITAL GAME CAMERA",
    "converted PBM file",
    "ICM107B",
    "4711",
]


@pytest.mark.parametrize("text", PEOPLE)
def test_what_a_person_types_is_a_caption_and_never_replaced(photo, text):
    assert not texts.is_boilerplate(text)
    assert not texts.is_technical(text)
    photo.write_bytes(samples.camera_photo(description=text))
    before = photo.read_bytes()
    assert read_facts(before, "JPEG").caption == text
    assert write(photo).outcome is WriteOutcome.KEPT
    assert photo.read_bytes() == before


@pytest.mark.parametrize("text", NOISE)
def test_what_says_nothing_does_not_stand_in_the_way(photo, text):
    photo.write_bytes(samples.camera_photo(description=text))
    assert read_facts(photo.read_bytes(), "JPEG").caption is None
    assert write(photo).outcome is WriteOutcome.EMBEDDED


@pytest.mark.parametrize("text", PROGRAMS)
def test_what_somebody_may_need_stays_and_xmp_takes_the_caption(photo, text):
    block = samples.camera_block(description=text)
    photo.write_bytes(samples.with_segments(samples.exif_segment(block)))
    assert read_facts(photo.read_bytes(), "JPEG").caption is None
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    assert samples.exif_segment(block) in photo.read_bytes()


@pytest.mark.parametrize("text", ["oplus_32", '{"data": 1}', "Screenshot"])
def test_what_a_phone_puts_into_its_user_comment_keeps_no_caption_out_of_the_photo(photo, text):
    raw = b"ASCII\0\0\0" + text.encode()
    block = samples.tiff({0x010F: samples.ascii_field("OnePlus")}, exif={0x9286: (7, len(raw), raw)})
    photo.write_bytes(samples.with_segments(samples.exif_segment(block)))
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    assert raw in photo.read_bytes()
    assert read_facts(photo.read_bytes(), "JPEG").caption is None


def judges_boilerplate():
    spec = util.spec_from_file_location("exif_judge", JUDGE)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.boiler


@pytest.mark.skipif(not JUDGE.exists(), reason="needs ../shared (exif_judge.py)")
@pytest.mark.parametrize("text", NOISE)
def test_the_judge_calls_boilerplate_whatever_we_replace(text):
    assert judges_boilerplate()(text)


@given(st.text(max_size=220))
def test_no_text_takes_long_and_none_is_both(text):
    if texts.is_boilerplate(text):
        assert not re.search(r"[^\W\d_]{13}", text)
    assert isinstance(texts.is_technical(text), bool)


@pytest.mark.parametrize("text", ["a" * 2000, "A: 1; " * 400, "1." * 1000, "{" * 2000, "KODAK " * 33])
def test_hostile_texts_are_judged_at_once(text):
    texts.is_boilerplate(text)
    texts.is_technical(text)
