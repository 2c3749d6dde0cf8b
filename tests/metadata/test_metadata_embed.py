"""Writing into JPEG bytes: everything else stays as it is, and whatever is not safe is refused."""

import io
import random
import struct

import metadata_samples as samples
import piexif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from blipdesk.domain.values import Source
from blipdesk.metadata import embed, embed_proof, exif_patch, exif_texts, jpeg, xmp
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp


def text(caption="a dog on a lawn", keywords=("dog", "lawn"), source=Source.MODEL):
    return Wanted(caption, keywords, source, replace=source is Source.USER)


def written(data, wanted=None):
    return embed.embed(data, wanted or text())[0]


def block_of(data):
    return jpeg.exif_block(data, jpeg.read_header(data).exif(data)[0])


def packet_of(data):
    return Xmp(jpeg.xmp_packet(data, jpeg.read_header(data).xmp(data)[0]))


def exif_of(data):
    """As piexif reads the block (its own walk gives up on fill bytes)."""
    return piexif.load(b"Exif\0\0" + block_of(data))


def others(data):
    """Marker and payload of every segment but EXIF and XMP, and all from the first scan on."""
    header = jpeg.read_header(data)
    ours = {*header.exif(data), *header.xmp(data)}
    return [(s.marker, s.payload(data)) for s in header.segments if s not in ours], data[header.sos :]


SOUND = {
    "bare": samples.picture,
    "little endian": lambda: samples.camera_photo("<"),
    "big endian": lambda: samples.camera_photo(">"),
    "camera boilerplate": lambda: samples.camera_photo(">", "OLYMPUS DIGITAL CAMERA         "),
    "trailer": lambda: samples.camera_photo() + b"TRAILER" + bytes(500),
    "comment and profile": lambda: samples.picture(comment=b"keep me", icc_profile=b"ICC" * 200),
    "iptc keywords": lambda: samples.with_segments(samples.iptc_segment(keywords=[b"one"])),
    "foreign xmp": lambda: samples.with_segments(
        samples.xmp_segment(samples.xmp_packet(samples.subjects("old")))
    ),
    "fill bytes": lambda: samples.with_segments(b"\xff\xff" + samples.exif_segment(samples.camera_block())),
    "empty ifd0": lambda: samples.with_segments(samples.exif_segment(samples.tiff({}))),
    "odd length": lambda: samples.camera_photo(pad=1),
    "progressive": lambda: samples.picture(progressive=True),
    "pillow exif": lambda: samples.picture(exif=_pillow_exif()),
}


def _pillow_exif():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "TestCam", 6
    exif.get_ifd(0x8769).update({0x9003: "2024:05:01 10:00:00", 0x927C: bytes(range(256)), 0x829A: 0.01})
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 3.0), 3: "E", 4: (11.0, 34.0, 0.0)})
    return exif


@pytest.mark.parametrize("name", SOUND)
def test_only_exif_and_xmp_differ_and_the_caption_reads_back(name):
    old = SOUND[name]()
    new = written(old)
    assert others(new) == others(old)
    loaded = exif_of(new)
    assert loaded["0th"][0x010E] == b"a dog on a lawn"
    assert bytes(loaded["0th"][0x9C9C]) == "a dog on a lawn\0".encode("utf-16-le")
    assert bytes(loaded["0th"][0x9C9E]).decode("utf-16-le") == "dog;lawn\0"
    with Image.open(io.BytesIO(new)) as image, Image.open(io.BytesIO(old)) as before:
        assert image.getexif()[0x010E] == "a dog on a lawn"
        assert image.tobytes() == before.tobytes()
    tree = packet_of(new)
    assert tree.text(xmp.DESCRIPTION) == "a dog on a lawn"
    assert {"dog", "lawn"} <= set(tree.keywords())


@pytest.mark.parametrize("name", SOUND)
def test_captioning_again_gives_the_bytes_of_captioning_the_original(name):
    old = SOUND[name]()
    first, second = written(old, text("first")), written(old, text("第二 caption 🐕", ("x",)))
    assert written(first, text("第二 caption 🐕", ("x",))) == second
    assert written(second, text("第二 caption 🐕", ("x",))) == second
    assert embed.strip(second) == old


@pytest.mark.parametrize("order", "<>")
def test_the_old_block_stays_but_for_the_four_bytes_of_its_offset(order):
    old = samples.camera_photo(order)
    before, after = block_of(old), block_of(written(old))
    assert after[:4] == before[:4]
    assert after[8 : len(before)] == before[8:]
    start = before.index(samples.MAKER_NOTE)
    assert after.index(samples.MAKER_NOTE) == start
    tags = [entry.tag for entry in TiffBlock(after).ifds["IFD0"].entries]
    assert tags == sorted(tags)
    assert TiffBlock(after).order == order


def test_a_jfif_header_stays_first():
    old = samples.picture()
    assert written(old).startswith(old[:20])
    assert jpeg.read_header(written(old)).segments[1].marker == 0xE1


def test_keywords_of_explorer_only_grow():
    block = samples.tiff({0x9C9E: (1, 18, "beach;Dog".encode("utf-16-le"))})
    new = written(samples.with_segments(samples.exif_segment(block)))
    assert exif_texts.read_keywords(TiffBlock(block_of(new))) == ("beach", "Dog", "lawn")
    again = written(new, text(keywords=("sea",)))
    assert exif_texts.read_keywords(TiffBlock(block_of(again))) == ("beach", "Dog", "sea")


def test_explorer_gets_title_and_subject_when_the_caption_is_not_ascii():
    title = "Mine".encode("utf-16-le") + b"\0\0"
    block = samples.tiff({0x9C9B: (1, len(title), title)})
    new = written(samples.with_segments(samples.exif_segment(block)), text("緑の芝生"))
    loaded = exif_of(new)["0th"]
    assert bytes(loaded[0x9C9B]) == title
    assert bytes(loaded[0x9C9F]).decode("utf-16-le") == "緑の芝生\0"
    assert 0x9C9F not in exif_of(written(samples.picture()))["0th"]


def test_a_field_changed_in_our_part_by_another_program_is_kept():
    new = bytearray(written(samples.camera_photo(">")))
    block = TiffBlock(block_of(bytes(new)))
    orientation = block.find("IFD0", 0x0112)
    at = bytes(new).index(b"Exif\0\0") + 6 + orientation.value_at
    new[at : at + 2] = b"\0\6"  # rotated in place, as viewers do
    again = written(bytes(new), text("another"))
    loaded = exif_of(again)["0th"]
    assert loaded[0x0112] == 6
    assert loaded[0x010E] == b"another"


def test_a_caption_changed_in_place_by_another_program_is_no_longer_ours():
    new = written(samples.camera_photo()).replace(b"a dog on a lawn", b"a cat on a lawn")
    assert exif_patch.own_mark(block_of(new)) is None
    assert embed.strip(new).count(b"a cat on a lawn") >= 1


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("order", "<>")
def test_further_pictures_of_a_multi_picture_file_are_still_found(first, order):
    second = samples.picture((32, 24))
    old = samples.multi_picture(order, first, b"TAIL", second)
    new = written(old)
    base = new.index(b"MPF\0") + 4
    index = TiffBlock(new[base:])
    entries = index.raw(index.find("IFD0", 0xB002))
    _, size, zero, *_ = struct.unpack(order + "IIIHH", entries[:16])
    _, length, offset, *_ = struct.unpack(order + "IIIHH", entries[16:32])
    assert zero == 0
    assert new[base + offset : base + offset + length] == second
    assert size == len(new) - len(second) - 4
    assert embed.strip(new) == old


def test_a_block_that_is_full_keeps_its_bytes_and_xmp_takes_the_caption():
    block = samples.camera_block()
    full = samples.with_segments(samples.exif_segment(block + bytes(65_526 - len(block))))
    new, note = embed.embed(full, text())
    assert block_of(new) == block_of(full)
    assert "full" in note
    tree = packet_of(new)
    assert tree.text(xmp.DESCRIPTION) == "a dog on a lawn"
    assert embed.strip(new) == full


def test_a_full_block_with_a_description_is_refused_for_a_users_caption():
    block = samples.camera_block(description="Grandma")
    full = samples.with_segments(samples.exif_segment(block + bytes(65_526 - len(block))))
    with pytest.raises(Refusal, match="full"):
        embed.embed(full, text("Granny", (), Source.USER))


def long_field(offset, size):
    """An entry of ``size`` bytes whose value lies at ``offset``."""
    raw = bytearray(samples.tiff({0x0131: (2, size, bytes(size))}))
    raw[18:22] = struct.pack("<I", offset)
    return bytes(raw)


def note_reaching(offset):
    """A MakerNote laid out like a directory, whose value lies at ``offset``."""
    note = struct.pack("<H", 3)
    note += (
        struct.pack("<HHII", 1, 3, 1, 7)
        + struct.pack("<HHII", 2, 3, 1, 9)
        + struct.pack("<HHII", 3, 2, 600, offset)
    )
    note += bytes(4)
    return samples.tiff({}, exif={0x927C: (7, len(note), note)}, pad=2000)


UNSAFE_BLOCKS = {
    "value beyond the block": long_field(4000, 100),
    "value in the header": long_field(0, 100),
    "thumbnail beyond the block": samples.tiff(
        {0x0201: (4, 1, struct.pack("<I", 9000)), 0x0202: (4, 1, struct.pack("<I", 9))}
    ),
    "maker note beyond the block": note_reaching(3000),
    "directory loop": samples.tiff({0x010F: samples.ascii_field("Cam")}, next_ifd=8),
    "directory beyond the block": samples.tiff({0x010F: samples.ascii_field("Cam")}, next_ifd=70_000),
    "unknown type": samples.tiff({0x0131: (77, 1, b"abcd")}),
    "magic number": samples.tiff({}, magic=85),
    "caption twice": samples.tiff({0x010E: (2, 2, b"a\0"), 0x010D: (2, 2, b"b\0")}).replace(
        b"\x0d\x01", b"\x0e\x01"
    ),
    "too short": b"II*\0",
    "directories without end": samples.chain(70),
}


@pytest.mark.parametrize("name", UNSAFE_BLOCKS)
def test_unsafe_blocks_are_never_appended_to(name):
    with pytest.raises(Refusal):
        exif_patch.append(UNSAFE_BLOCKS[name], {0x010E: b"x\0"}, Source.MODEL)
    photo = samples.with_segments(samples.exif_segment(UNSAFE_BLOCKS[name]))
    try:
        new, note = embed.embed(photo, text())
    except Refusal:
        return
    assert note
    assert block_of(new) == UNSAFE_BLOCKS[name]


@pytest.mark.parametrize("name", ["thumbnail beyond the block", "maker note beyond the block"])
@pytest.mark.parametrize("caption", ["a dog on a lawn", None])
def test_what_lies_behind_a_block_that_reaches_out_stays_too(name, caption):
    photo = samples.with_segments(samples.exif_segment(UNSAFE_BLOCKS[name])) + bytes(80_000)
    wanted = Wanted(caption, ("dog",), Source.MODEL)
    with pytest.raises(Refusal, match="taken for a part"):
        embed.embed(photo, wanted)


def test_a_thumbnail_behind_the_end_of_the_file_reads_nothing_that_could_change():
    photo = samples.with_segments(samples.exif_segment(UNSAFE_BLOCKS["thumbnail beyond the block"]))
    assert packet_of(written(photo)).text(xmp.DESCRIPTION) == "a dog on a lawn"


def test_a_maker_note_that_stays_inside_is_no_reason_to_refuse():
    assert exif_patch.append(note_reaching(10), {0x010E: b"x\0"}, Source.MODEL)


def _preview_behind(order="<", counted_from=0, first=b"\xff"):
    """A block that names the offset of a picture behind the end of its own."""

    def pointing_at(offset):
        block = samples.tiff({0x9999: (4, 1, struct.pack(order + "I", offset))}, order=order)
        return samples.with_segments(samples.exif_segment(block))

    draft = pointing_at(0)
    start = draft.index(b"Exif\0\0") + 6 if counted_from else 0
    tables = samples.picture((20, 20))[20:]  # a preview has no JFIF header
    return pointing_at(len(draft) - start) + first + b"\xd8" + tables


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("counted_from", [0, 1], ids=["from the file", "from the block"])
@pytest.mark.parametrize("first", [b"\xff", b"\0"], ids=["whole", "as Minolta leaves it"])
def test_a_preview_behind_the_picture_is_told_by_its_offset(order, counted_from, first):
    with pytest.raises(Refusal, match="preview further back"):
        embed.embed(_preview_behind(order, counted_from, first), text())


def _signed():
    payload = b"JP\0\1\0\0\0\1" + struct.pack(">I", 60) + b"jumb" + b"\0\0\0\x20jumdc2pa" + bytes(30)
    return samples.with_segments(samples.segment(0xEB, payload))


def _cut_index():
    data = samples.multi_picture()
    return data[: len(data) - 200]


UNSAFE_FILES = {
    "several exif segments": lambda: samples.with_segments(
        *[samples.exif_segment(samples.camera_block())] * 2
    ),
    "two xmp packets": lambda: samples.with_segments(*[samples.xmp_segment(samples.xmp_packet(""))] * 2),
    "preview behind": _preview_behind,
    "content credentials": _signed,
    "afcp trailer": lambda: samples.camera_photo() + bytes(40) + b"AXS!" + bytes(8),
    "pictures cut off": _cut_index,
    "unreadable index": lambda: samples.with_segments(samples.segment(0xE2, b"MPF\0II*\0rubbish")),
    "no scan": lambda: samples.picture()[:40],
    "cut header": lambda: samples.picture()[:21],
    "not a jpeg": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "empty": lambda: b"",
    "no picture": lambda: b"\xff\xd8" + samples.segment(0xFE, b"x") + b"\xff\xda\0\2\xff\xd9",
}


@pytest.mark.parametrize("name", UNSAFE_FILES)
def test_unsafe_files_are_refused(name):
    with pytest.raises(Refusal):
        embed.embed(UNSAFE_FILES[name](), text())


def test_endless_pictures_behind_are_not_each_searched_for():
    far = bytes(0x7A5B3C)  # the offset of none stands in the block by chance
    with pytest.raises(Refusal, match="more pictures"):
        embed.embed(samples.camera_photo() + far + b"\xff\xd8\xff" * 5000, text())


def test_foreign_xmp_that_is_broken_is_left_alone_and_exif_takes_the_caption():
    broken = samples.with_segments(samples.xmp_segment(b"<x:xmpmeta><rdf:RDF>"))
    new, _ = embed.embed(broken, text())
    assert b"<x:xmpmeta><rdf:RDF>" in new
    assert exif_of(new)["0th"][0x010E] == b"a dog on a lawn"


def test_a_users_caption_takes_the_place_of_the_old_one_in_exif_and_xmp():
    packet = samples.xmp_packet(samples.described("old words") + samples.subjects("a"))
    old = samples.with_segments(
        samples.exif_segment(samples.camera_block(description="old words")), samples.xmp_segment(packet)
    )
    new = written(old, text("Bella & <Rex>", ("b",), Source.USER))
    assert exif_of(new)["0th"][0x010E] == b"Bella & <Rex>"
    tree = packet_of(new)
    assert tree.text(xmp.DESCRIPTION) == "Bella & <Rex>"
    assert tree.keywords() == ("a", "b")
    assert tree.text("http://ns.adobe.com/camera-raw-settings/1.0/ Exposure2012") == "+0.35"


def test_the_self_check_notices_any_changed_byte_outside_the_caption():
    old = samples.camera_photo()
    new = written(old)
    rng = random.Random(1)
    header = jpeg.read_header(new)
    app1 = header.exif(new)[0]
    outside = [*range(24), *range(header.xmp(new)[0].end, len(new))]
    inside = range(app1.body + 14, app1.body + 6 + len(block_of(old)))
    for at in rng.sample(outside, 60) + rng.sample(inside, 60):
        bad = new[:at] + bytes([new[at] ^ 0x10]) + new[at + 1 :]
        with pytest.raises(Refusal):
            embed_proof.verify(old, bad, text().caption)


PACKET = samples.xmp_packet(samples.subjects("old"))
SEGMENTS = [
    b"\xff",  # fill bytes belong to what follows
    samples.exif_segment(samples.camera_block("<")),
    samples.exif_segment(samples.camera_block(">", "OLYMPUS DIGITAL CAMERA")),
    samples.exif_segment(samples.tiff({}, magic=85)),
    samples.exif_segment(note_reaching(3000)),
    samples.segment(0xE1, b"Exif\0\xff" + samples.camera_block()),
    samples.xmp_segment(PACKET),
    samples.xmp_segment(b"<broken"),
    samples.segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 80),
    samples.segment(0xE0, b"JFXX\0\x10" + samples.picture((8, 8))),
    samples.segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(200)),
    samples.segment(0xE3, b"anything"),
    samples.segment(0xFE, b"a comment"),
    samples.iptc_segment(keywords=[b"one"]),
]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SEGMENTS), max_size=5), st.binary(max_size=40))
def test_any_segments_in_any_order_stay_or_the_file_is_refused(segments, trailer):
    old = samples.with_segments(*segments) + trailer
    try:
        new = written(old)
    except Refusal:
        return
    assert others(new) == others(old)
    assert written(new) == new
    assert embed.strip(new) == old
    second = text("another", ("x",))
    assert written(new, second) == written(old, second)
