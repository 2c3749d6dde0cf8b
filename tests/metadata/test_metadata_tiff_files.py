"""TIFF files: all is appended, page 1 alone gets the caption, and the original comes back to the byte."""

import io
import json
import shutil
import struct
import subprocess
from pathlib import Path

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, write
from PIL import Image

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import embed, formats
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.tiff_file import TiffFile
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import DESCRIPTION, Xmp

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
CAPTION = "Ein Hund läuft, 日本 \N{DOG}"
WANTED = Wanted(CAPTION, ("dog", "lawn"), Source.MODEL)
DESCRIBED, PACKET = 0x010E, 0x02BC


def page(number, size=(40, 30)):
    return (
        Image.linear_gradient("L")
        .resize(size)
        .point(lambda value: (value + 40 * number) % 256)
        .convert("RGB")
    )


def scan(pages=1, **save):
    """A TIFF file of that many pages, written by Pillow."""
    first, *rest = (page(number) for number in range(pages))
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, **save)
    return out.getvalue()


def grey(order="<", **more):
    """A picture of one strip, field by field; a field that is None is left out."""
    short = lambda value: (3, 1, struct.pack(order + "H", value))  # noqa: E731 - a word in a table
    fields = {
        0x0100: short(8),
        0x0101: short(4),
        0x0102: short(8),
        0x0103: short(1),
        0x0106: short(1),
        0x0111: (4, 1, struct.pack(order + "I", 8)),  # any bytes will do
        0x0116: short(4),
        0x0117: (4, 1, struct.pack(order + "I", 32)),
    }
    fields |= {int(tag[1:], 16): value for tag, value in more.items()}
    return samples.tiff({t: v for t, v in fields.items() if v is not None}, order=order, pad=64)


def pages_of(data):
    with Image.open(io.BytesIO(data)) as image:
        found = []
        for index in range(image.n_frames):
            image.seek(index)
            found.append((image.tobytes(), image.tag_v2.get(DESCRIBED)))
        return found


@pytest.mark.parametrize(
    "save", [{}, {"compression": "tiff_lzw"}, {"compression": "jpeg"}, {"big": True}], ids=str
)
def test_the_first_page_alone_gets_the_caption_and_no_pixel_changes(save):
    old = scan(3, **{k: v for k, v in save.items() if k != "big"}) if "big" not in save else grey(">")
    new, note = embed.embed(old, WANTED)
    before, after = pages_of(old), pages_of(new)
    assert [pixels for pixels, _ in after] == [pixels for pixels, _ in before]
    assert after[0][1].encode("latin-1").decode() == CAPTION
    assert {text for _, text in after[1:]} <= {None}
    assert new[8 : len(old)] == old[8:]
    assert not note
    assert Xmp(TiffFile(new).xmp[0]).text(DESCRIPTION) == CAPTION
    assert embed.embed(new, WANTED) == (new, "")
    assert embed.strip(new) == old


def test_another_caption_gives_the_bytes_of_captioning_the_original():
    old = scan(2)
    other = Wanted("Another text, and a longer one", ("cat",), Source.MODEL)
    assert embed.embed(embed.embed(old, WANTED)[0], other) == embed.embed(old, other)


def test_keywords_of_a_packet_that_broke_out_of_use_stay():
    packet = samples.xmp_packet(samples.subjects("old"))
    new, _ = embed.embed(grey(t02BC=(1, len(packet), packet)), WANTED)
    broken = new.replace(b"<?xpacket", b"\0?xpacket", 1)
    again, _ = embed.embed(broken, Wanted("Another text", ("cat",), Source.MODEL))
    assert set(Xmp(TiffFile(again).xmp[0]).keywords()) >= {"old", "cat"}
    assert embed.embed(again, Wanted("Another text", ("cat",), Source.MODEL))[0] == again


@pytest.mark.parametrize("kind", [1, 7])
def test_a_packet_that_stands_there_is_kept_and_keeps_its_type(kind):
    packet = samples.xmp_packet(samples.subjects("old"))
    old = grey(t02BC=(kind, len(packet), packet))
    new, _ = embed.embed(old, WANTED)
    block = TiffBlock(new)
    assert block.find("IFD0", PACKET).type == kind
    found = Xmp(TiffFile(new).xmp[0])
    assert set(found.keywords()) == {"old", "dog", "lawn"}
    assert found.text(DESCRIPTION) == CAPTION
    assert embed.strip(new) == old


def test_a_packet_of_several_pages_of_text_is_not_cut():
    packet = samples.xmp_packet(samples.subjects(*(f"keyword number {n}" for n in range(6000))))
    assert len(packet) > 1 << 17
    old = grey(t02BC=(1, len(packet), packet))
    new, _ = embed.embed(old, WANTED)
    assert len(Xmp(TiffFile(new).xmp[0]).keywords()) == 6002
    assert embed.strip(new) == old


def test_a_document_of_two_hundred_pages_takes_its_caption():
    old = scan(200)
    new, _ = embed.embed(old, WANTED)
    assert pages_of(new)[199] == pages_of(old)[199]


def test_the_copy_of_an_unsorted_directory_names_the_same():
    data = bytearray(grey())
    first, second = slice(10, 22), slice(22, 34)
    data[first], data[second] = data[second], data[first]
    new, _ = embed.embed(bytes(data), WANTED)
    entries = TiffBlock(new).ifds["IFD0"].entries
    assert [e.tag for e in entries] == sorted(e.tag for e in entries)
    assert {0x0100, 0x0101} <= {e.tag for e in entries}
    assert embed.strip(new) == bytes(data)


def with_sub(link=0):
    """A picture with a directory inside, which names another with its link."""
    base = grey(t014A=(4, 1, bytes(4)))
    at = len(base)
    sub = struct.pack("<H", 0) + struct.pack("<I", link and at + 6)
    more = struct.pack("<HI", 0, 0) if link else b""
    return (
        base.replace(struct.pack("<HHII", 0x014A, 4, 1, 0), struct.pack("<HHII", 0x014A, 4, 1, at))
        + sub
        + more
    )


REFUSED = {
    "BigTIFF": (b"II+\0\x08\0\0\0" + struct.pack("<Q", 16) + bytes(200), "BigTIFF"),
    "strip beyond the end": (grey(t0117=(4, 1, struct.pack("<I", 4000))), "damaged"),
    "no strip sizes": (grey(t0117=None), "damaged"),
    "strip of no size": (grey(t0117=(4, 1, bytes(4))), "how much picture data"),
    "fewer bytes than pixels": (grey(t0101=(3, 1, b"\x40\0"), t0116=None), "cut off"),
    "wider than its bytes": (grey(t0115=(3, 1, b"\x09\0")), "cut off"),
    "value beyond the end": (grey(t013B=(2, 9000, struct.pack("<I", 100))), "damaged"),
    "unknown type": (grey(t013B=(99, 1, bytes(4))), "damaged"),
    "circle": (samples.tiff({0x0100: (3, 1, b"\x08\0")}, next_ifd=8), "damaged"),
    "link beyond the end": (samples.tiff({0x0100: (3, 1, b"\x08\0")}, next_ifd=9000), "damaged"),
    "unlisted further picture": (with_sub(link=1), "chained"),
    "two packets": (
        grey(t02BC=(1, 4, b"<a/>")).replace(b"\x17\x01\4\0", b"\xbc\x02\1\0"),
        "damaged|several",
    ),
    "DNG": (grey(tC612=(1, 4, b"\1\4\0\0")), "RAW"),
    "mosaic": (grey(t0106=(3, 1, struct.pack("<H", 32803))), "RAW"),
    "linear RAW": (grey(t0106=(3, 1, struct.pack("<H", 34892))), "RAW"),
    "stamp of a RAW file": (
        with_sub().replace(struct.pack("<HHI", 0x0103, 3, 1), struct.pack("<HHI", 0x00FE, 3, 1)),
        "RAW",
    ),
    "CR2": (b"II*\0\x10\0\0\0CR\x02\0" + bytes(4) + grey()[8:], "RAW|damaged"),
    "signed": (grey(tCD41=(7, 8, b"manifest")), "C2PA"),
    "map": (grey(t87AF=(3, 4, struct.pack("<4H", 1, 1, 0, 0))), "map data"),
    "GDAL": (grey(tA480=(2, 16, b"<GDALMetadata/>\0")), "map data"),
    "microscope": (grey(t866C=(7, 8, b"LSMLSMLS")), "microscope"),
    "no picture": (samples.tiff({0x010F: samples.ascii_field("TestCam")}), "no picture"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_whatever_could_be_harmed_is_refused_in_words(case):
    data, words = REFUSED[case]
    with pytest.raises(Refusal, match=words):
        embed.embed(data, WANTED)


def test_a_made_picture_that_is_like_the_refused_ones_but_sound_is_written():
    for order in "<>":
        old = grey(order)
        assert embed.strip(embed.embed(old, WANTED)[0]) == old
    assert embed.embed(with_sub(), WANTED)[0].startswith(b"II*\0")


def short(value):
    return (3, 1, struct.pack("<H", value))


PIECES = {
    "strips": ((24, 16), {"t0101": short(5), "t0116": short(3)}),
    "tiles": ((256, 256), {"t0111": None, "t0117": None, "t0142": short(16), "t0143": short(16)}),
    "planes": ((32, 32), {"t0115": short(2), "t011C": short(2)}),
}


@pytest.mark.parametrize("kind", PIECES)
def test_a_picture_that_ends_with_the_file_is_whole_and_one_byte_less_is_not(kind):
    """Of one that is cut off, readers would show our bytes: Pillow goes by the size of the picture alone."""
    sizes, more = PIECES[kind]
    places, lengths = ("t0144", "t0145") if kind == "tiles" else ("t0111", "t0117")

    def ending(end, missing=0):
        at = (end - sum(sizes), end - sizes[-1])
        given = (sizes[0], sizes[1] - missing)
        fields = {tag: (4, 2, struct.pack("<2I", *pair)) for tag, pair in ((places, at), (lengths, given))}
        return grey(**{**more, **fields})

    end = len(ending(4000)) + 600
    TiffFile(ending(end).ljust(end, b"\x55")).refuse_unsafe()
    with pytest.raises(Refusal, match="cut off"):
        TiffFile(ending(end, missing=1).ljust(end - 1, b"\x55")).refuse_unsafe()


def test_a_file_that_its_offsets_cannot_address_is_refused():
    """The limit is asked, without four gigabytes of memory: a file is never read to its end for that."""

    class Huge(bytes):
        def __len__(self):
            return 1 << 32

    file = TiffFile(grey())
    file._data = Huge(file._data)
    with pytest.raises(Refusal, match="4 GB"):
        file.refuse_unsafe()
    with pytest.raises(Refusal, match="4 GB"):
        TiffFile(grey()).refuse_unfit(Huge(b"x" * 200), None)


def test_a_raw_photo_of_tiff_build_is_known_by_its_name():
    row = formats.format_of(grey())
    assert row.is_named("/photos/Scan 1.TIFF")
    assert not any(
        row.is_named(f"/photos/1.{suffix}") for suffix in ("nef", "cr2", "dng", "arw", "pef", "3fr")
    )


@pytest.mark.parametrize(
    "said",
    [
        '<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"/>',
        '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"/></OME>',
        "ImageJ=1.53t\nimages=40\nslices=40\nloop=false\n",
        '{"shape": [3, 512, 512]}',
        "IMAGINE TIFF Support\nCopyright 1991 - 1999 by ERDAS, Inc.",
        "Aperio Image Library v11.2.1\n46000x32914 [0,100 46000x32814] (256x256) JPEG/RGB Q=30",
        "state.configPath='C:\\\\scan'\rstate.configName='std'",
    ],
)
def test_a_programs_own_data_are_left_alone(tmp_path, said):
    path = tmp_path / "scan.tif"
    path.write_bytes(grey(t010E=samples.ascii_field(said)))
    before = path.read_bytes()
    plan = write(path, policy=EMBED)
    assert plan.outcome is WriteOutcome.SIDECAR
    assert "a program's own data stand in its EXIF description" in plan.note
    assert path.read_bytes() == before


def test_a_part_that_is_not_ours_may_not_change():
    old = scan(2)
    new = embed.embed(old, WANTED)[0]
    file = TiffFile(old)
    file.prove(TiffFile(new), True)
    last_page = TiffBlock(new).ifds["IFD1"].entries[0]
    first_page = next(e for e in TiffBlock(new).ifds["IFD0"].entries if e.tag == 0x0101)
    strip = TiffBlock(new).integers(TiffBlock(new).find("IFD1", 0x0111))[0]
    for at in (last_page.value_at, first_page.at + 8, strip + 7, 2):
        harmed = bytearray(new)
        harmed[at] ^= 0x10
        with pytest.raises(Refusal):
            file.prove(TiffFile(bytes(harmed)), True)
    with pytest.raises(Refusal):
        file.prove(TiffFile(new), False)


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")
def test_exiftool_reads_what_was_written(tmp_path):
    (tmp_path / "photo.tif").write_bytes(embed.embed(scan(2), WANTED)[0])
    command = ["exiftool", "-j", "-G1", "-a", "-struct", str(tmp_path)]
    (found,) = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    assert found["IFD0:ImageDescription"] == found["XMP-dc:Description"] == CAPTION
    assert set(found["XMP-dc:Subject"]) == {"dog", "lawn"}
    assert "IFD1:ImageDescription" not in found


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the photo corpus is not here")
def test_every_tiff_of_the_corpora_is_written_cleanly_or_refused():
    written = 0
    for path in sorted(CORPUS.glob("*/**/*.tif*")):
        data = path.read_bytes()
        try:
            new, _ = embed.embed(data, WANTED)
        except Refusal as refusal:
            assert refusal.reason
            continue
        assert embed.strip(new) == data, path.name
        assert embed.embed(new, WANTED)[0] == new, path.name
        written += 1
    assert written >= 35
