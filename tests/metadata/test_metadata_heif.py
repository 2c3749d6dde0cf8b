"""HEIC and AVIF: a new box behind everything, the numbers of one item changed, and back again to the byte."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import metadata_heifs as heifs
import metadata_samples as samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from blipdesk.domain.values import Source
from blipdesk.metadata import embed
from blipdesk.metadata.heif import HeifFile
from blipdesk.metadata.heif_items import read_structure
from blipdesk.metadata.refusal import PARSE_ERRORS, Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
CAPTION = "Ein Hund läuft, 日本 \N{DOG}"
WANTED = Wanted(CAPTION, ("dog", "lawn"), Source.MODEL)
NEW_BLOCK = samples.camera_block(description="a new block")


def changed_bytes(old, new):
    return [at for at in range(len(old)) if old[at] != new[at]]


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"version": 0},
        {"version": 2},
        {"widths": (8, 8, 0, 0)},
        {"widths": (4, 4, 4, 4)},
        {"widths": (0, 4, 4, 0), "based": True},
        {"widths": (4, 4, 4, 0), "based": True},
        {"split": 3},
        {"xmp": samples.xmp_packet("")},
        {"brand": b"avif"},
        {"behind": (heifs.box(b"free", bytes(40)),)},
    ],
    ids=str,
)
def test_another_block_is_appended_and_one_item_names_it(shape):
    old = heifs.heif(**shape)
    file = HeifFile(old)
    file.refuse_unsafe()
    new = file.with_blocks(NEW_BLOCK, None)
    after = HeifFile(new)
    file.prove(after, True)
    assert after.exif == (NEW_BLOCK,)
    assert after.xmp == file.xmp
    iloc = old.index(b"iloc")
    size = int.from_bytes(old[iloc - 4 : iloc], "big")
    assert all(iloc < at < iloc - 4 + size for at in changed_bytes(old, new))
    assert new[len(old) + 4 : len(old) + 8] == b"mdat"
    assert after.with_blocks(file.exif[0], None) == old


def test_the_packet_of_an_xmp_item_is_replaced_and_comes_back():
    first, second = samples.xmp_packet(""), samples.xmp_packet(samples.described("words"))
    old = heifs.heif(xmp=first)
    both = HeifFile(old).with_blocks(NEW_BLOCK, second)
    after = HeifFile(both)
    assert (after.exif, after.xmp) == ((NEW_BLOCK,), (second,))
    half = after.with_blocks(None, first)
    assert (HeifFile(half).exif, HeifFile(half).xmp) == ((NEW_BLOCK,), (first,))
    assert HeifFile(half).with_blocks(HeifFile(old).exif[0], None) == old


def test_a_place_that_the_base_offset_alone_says_is_said_by_it_again():
    """Half the cameras write so, and exiv2 0.27 looks nowhere else."""
    old = heifs.heif(widths=(4, 4, 4, 0), based=True)
    new = HeifFile(old).with_blocks(NEW_BLOCK, None)
    place = read_structure(new).places[heifs.EXIF]
    assert place.base.value == len(old) + 8
    assert place.extents[0][0].value == 0


def test_writing_again_gives_the_bytes_of_the_first_time():
    old = heifs.heif()
    once = HeifFile(old).with_blocks(NEW_BLOCK, None)
    other = HeifFile(once).with_blocks(samples.camera_block(description="another, longer"), None)
    assert HeifFile(other).with_blocks(NEW_BLOCK, None) == once


def test_a_file_that_somebody_changed_since_counts_as_it_is():
    once = bytearray(HeifFile(heifs.heif()).with_blocks(NEW_BLOCK, None))
    at = once.index(b"picture data")
    once[at : at + 7] = b"PICTURE"
    again = HeifFile(bytes(once)).with_blocks(samples.camera_block(), None)
    assert again.startswith(bytes(once[at:]), at)  # nothing of it is taken away
    assert HeifFile(again).exif == (samples.camera_block(),)


def place(item, at=8, size=4):
    """A row of the list of places, of version 1 and four bytes a number."""
    parts = (item, 2), (0, 2), (0, 2), (1, 2), (at, 4), (size, 4)
    return b"".join(heifs.number(*part) for part in parts)


REFUSED = {
    "C2PA": {"behind": (heifs.box(b"uuid", heifs.C2PA_BOX, b"\0\0\0\0manifest"),)},
    "open-ended": {"mdat_size": 0},
    "idat": {"method": 1, "in_meta": (heifs.box(b"idat", bytes(4000)),)},
    "of another item": {"method": 2},
    "of another file": {"source": 1},
    "protected item": {"protection": 1},
    "protection": {"in_meta": (heifs.full(b"ipro", 0, bytes(2)),)},
    "listed twice": {"infos": (heifs.infe(heifs.EXIF, b"Exif"),)},
    "stored twice": {"places": (place(heifs.EXIF),)},
    "several": {"infos": (heifs.infe(9, b"Exif"),), "places": (place(9, 4, 40),)},
    "reaches to the end": {"infos": (heifs.infe(9, b"hvc1"),), "places": (place(9, 40, 0),)},
    "cut off": {"infos": (heifs.infe(9, b"hvc1"),), "places": (place(9, 40, 1 << 20),)},
    "of a part": {"describes": ((heifs.EXIF, 77),)},
    "empty": {"exif": b"\0\0\0\0"},
    "offset beyond": {"exif": b"\0\0\xff\0Exif\0\0" + samples.camera_block()},
    "sequence": {"behind": (heifs.box(b"moov", heifs.box(b"trak")),)},
    "fragments": {"behind": (heifs.box(b"mfra"),)},
    "motion photo": {"behind": (heifs.box(b"mpvd", b"a video"),)},
    "motion photo of old": {"xmp": samples.xmp_packet("", about='" xmlns:G="g" G:MicroVideoOffset="99')},
    "Samsung": {"behind": (heifs.box(b"sefd", b"data SEFT"),)},
    "unknown part": {"behind": (heifs.box(b"zzzz"),)},
    "trailing bytes": {"behind": (b"SEFT",)},
    "XMP in a box too": {
        "xmp": samples.xmp_packet(""),
        "behind": (heifs.box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<x:xmpmeta/>"),),
    },
}


@pytest.mark.parametrize("case", REFUSED)
def test_whatever_could_be_harmed_is_refused_in_words(case):
    with pytest.raises(Refusal) as refusal:
        embed.embed(heifs.heif(**REFUSED[case]), WANTED)
    assert refusal.value.reason[0].islower() and not refusal.value.reason.endswith(".")


def test_a_photo_without_an_exif_item_is_refused():
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "AVIF")
    with pytest.raises(Refusal, match="no EXIF block"):
        embed.embed(out.getvalue(), WANTED)


@pytest.mark.parametrize("widths", [0x40, 0x14, 0x04])
def test_places_that_have_no_room_for_new_ones_are_refused(widths):
    data = bytearray(heifs.heif())
    data[data.index(b"iloc") + 8] = widths  # bytes of an offset and of a length
    with pytest.raises(Refusal):
        embed.embed(bytes(data), WANTED)


def test_the_metadata_of_a_part_of_the_picture_are_left_alone():
    """A depth map or gain map has a packet of its own, which says nothing about the photo."""
    packet = samples.xmp_packet("")
    more = {
        "infos": (heifs.infe(9, b"mime", extra=b"application/rdf+xml\0"),),
        "places": (place(9, 4, 40),),
    }
    own = (heifs.EXIF, heifs.PICTURE)
    assert len(HeifFile(heifs.heif(xmp=packet, **more)).xmp) == 2
    assert HeifFile(heifs.heif(xmp=packet, describes=(own, (9, 77)), **more)).xmp == (packet,)


@pytest.mark.parametrize("xmp", [True, False])
def test_a_real_photo_keeps_its_pixels_and_says_the_caption(xmp):
    old = heifs.avif(xmp)
    new, note = embed.embed(old, WANTED)
    with Image.open(io.BytesIO(old)) as before, Image.open(io.BytesIO(new)) as after:
        assert before.tobytes() == after.tobytes()
        assert after.getexif()[0x010E].encode("latin-1").decode() == CAPTION
        assert after.getexif()[0x010F] == "TestCam"
    assert embed.embed(new, WANTED)[0] == new
    assert embed.strip(new) == old
    assert embed.embed(new, Wanted("another", (), Source.MODEL)) == embed.embed(
        old, Wanted("another", (), Source.MODEL)
    )
    if xmp:
        assert "old" in HeifFile(new).xmp[0].decode() and CAPTION in HeifFile(new).xmp[0].decode()
    assert note == ("" if xmp else "Only the EXIF part is written, because it has no place for XMP.")


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")
def test_exiftool_reads_what_was_written(tmp_path):
    (tmp_path / "1.avif").write_bytes(heifs.avif())
    (tmp_path / "2.avif").write_bytes(embed.embed(heifs.avif(), WANTED)[0])
    command = ["exiftool", "-j", "-G1", "-a", "-struct", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, check=True, timeout=60)
    old, found = sorted(json.loads(said.stdout), key=lambda entry: entry["SourceFile"])
    assert found["IFD0:ImageDescription"] == found["XMP-dc:Description"] == CAPTION
    assert found["IFD0:Make"] == "TestCam"
    assert set(found["XMP-dc:Subject"]) == {"old", "dog", "lawn"}
    assert found.get("ExifTool:Warning") == old.get("ExifTool:Warning")


FEW = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


FILES = [heifs.heif(xmp=samples.xmp_packet("")), heifs.heif(split=2, version=2), heifs.heif(version=0)]


@FEW
@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8),
    st.integers(0, 1500),
)
def test_broken_files_are_patched_or_refused(data, changes, cut):
    broken = bytearray(data[: len(data) - cut] if cut % 3 == 0 else data)
    for at, value in changes:
        broken[at % len(broken)] = value
    broken = bytes(broken)
    try:
        file = HeifFile(broken)
        file.refuse_unsafe()
        new = file.with_blocks(NEW_BLOCK, None)
        file.prove(HeifFile(new), True)
    except PARSE_ERRORS:
        return
    assert HeifFile(new).exif == (NEW_BLOCK,)
    assert HeifFile(new).with_blocks(file.exif[0], None) == broken


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the photo corpus is not here")
def test_every_photo_of_the_corpus_is_written_cleanly_or_refused():
    written = 0
    for path in sorted(CORPUS.glob("photos-exif/*/*")):
        data = path.read_bytes()
        if path.suffix.lower() not in (".heic", ".heif", ".hif", ".avif"):
            continue
        try:
            new, _ = embed.embed(data, WANTED)
        except PARSE_ERRORS:
            continue
        assert embed.strip(new) == data, path.name
        assert embed.embed(new, WANTED)[0] == new, path.name
        block = TiffBlock(HeifFile(new).exif[0])
        assert block.raw(block.find("IFD0", 0x010E)) == CAPTION.encode() + b"\0"
        written += 1
    assert written >= 12
