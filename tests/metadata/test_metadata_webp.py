"""WebP files: the header that a simple file gets and loses again, and where the two chunks go."""

import struct

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from metadata_pictures import PACKET, bare_webp, header, piece, riff, saved, webp
from metadata_writing import write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import embed, facts
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.webp import read_chunks

TEXT = Wanted("a dog on a lawn", ("dog",), Source.MODEL)


def written(data):
    return embed.embed(data, TEXT)[0]


def kinds(data):
    return [chunk.kind for chunk in read_chunks(data)]


def others(data):
    """All chunks but the two and the header, and what follows the list."""
    found = read_chunks(data)
    kept = [data[c.start : c.end] for c in found if c.kind not in (b"VP8X", b"EXIF", b"XMP ")]
    return kept, data[found[-1].end :]


@pytest.mark.parametrize(
    ("options", "flags"),
    [({}, 12), ({"lossless": True}, 12), ({"mode": "LA", "lossless": True}, 12)],
)
@pytest.mark.parametrize("size", [(64, 48), (1, 1), (300, 17)])
def test_a_simple_file_gets_a_header_of_its_own_picture(options, flags, size):
    old = saved("WEBP", size=size, **options)
    new = written(old)
    assert new[12:30] == header(flags, size)
    assert kinds(new)[1:] == [*kinds(old), b"EXIF", b"XMP "]
    assert struct.unpack("<I", new[4:8])[0] == len(new) - 8
    assert embed.strip(new) == old


@pytest.mark.parametrize("flags", [0, 4, 8, 12, 0x20])
def test_of_a_standing_header_the_two_flags_alone_change(flags):
    old = webp(flags=flags)
    new = written(old)
    assert new[20] == flags | 12
    assert new[21:30] == old[21:30]


def test_a_header_that_no_chunk_needs_goes_with_our_text():
    """It cannot be told from ours; captioning again gives the same bytes all the same."""
    old = webp()
    assert embed.strip(written(old)) == riff(bare_webp())
    assert written(embed.strip(written(old))) == written(old)


def test_a_block_that_the_header_does_not_tell_of_is_not_shown_by_us():
    """A viewer that goes by the flags would begin to turn the picture."""
    old = webp(piece(b"EXIF", pictures.block()))
    new = written(old)
    assert new[20] == 4
    assert embed.strip(new) == old


def test_the_chunks_stand_behind_the_picture_and_before_those_of_others():
    old = webp(piece(b"zzzz", b"1"), before=(piece(b"ICCP", b"123"),), flags=0x20)
    assert kinds(written(old)) == [b"VP8X", b"ICCP", b"VP8 ", b"EXIF", b"XMP ", b"zzzz"]
    assert others(written(old)) == others(old)


def test_an_animation_keeps_its_frames():
    new = written(pictures.animated("WEBP"))
    assert kinds(new) == [b"VP8X", b"ANIM", b"ANMF", b"ANMF", b"ANMF", b"EXIF", b"XMP "]
    assert new[20] == 2 + 12 + 16


def test_what_follows_the_list_stays_behind_it():
    new = written(riff(bare_webp(), tail=b"trailer"))
    assert new.endswith(b"trailer")
    assert struct.unpack("<I", new[4:8])[0] == len(new) - 8 - 7


def test_a_misspelt_packet_stays_and_the_block_takes_the_caption():
    old = webp(piece(b"XMP\0", PACKET))
    new = written(old)
    assert kinds(new) == [b"VP8X", b"VP8 ", b"EXIF", b"XMP\0"]
    assert new[20] == 8
    assert others(new) == others(old)


def test_a_persons_words_in_a_misspelt_packet_are_kept(tmp_path):
    path = tmp_path / "photo.webp"
    path.write_bytes(webp(piece(b"XMP\0", samples.xmp_packet(samples.described("Grandma")))))
    assert write(path).outcome is WriteOutcome.KEPT


def test_a_block_that_reaches_beyond_its_chunk_keeps_what_follows_it():
    fields = {0x0201: (4, 1, struct.pack("<I", 9000)), 0x0202: (4, 1, struct.pack("<I", 9))}
    with pytest.raises(Refusal, match="taken for a part"):
        written(webp(piece(b"EXIF", samples.tiff(fields)), flags=8))


@pytest.mark.parametrize(
    "data",
    [
        saved("WEBP") + b"x",
        riff(piece(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + bytes(10))),
        riff(piece(b"VP8L", b"\x2e" + bytes(20))),
        riff(piece(b"VP8L", b"\x2f")),
        riff(piece(b"VP8X", bytes(9)), bare_webp()),
        riff(bare_webp(), header(0)),
        b"RIFF" + struct.pack("<I", len(saved("WEBP")) - 9) + saved("WEBP")[8:-1],
    ],
    ids=["a byte behind", "no size", "not lossless", "cut", "short header", "header behind", "odd list"],
)
def test_odd_files_are_refused_or_keep_every_other_byte(data):
    try:
        new = written(data)
    except Refusal:
        assert embed.strip(data) == data
        return
    assert others(new) == others(data)


POOL = [
    piece(b"ICCP", b"123"),
    piece(b"zzzz", b"1"),
    piece(b"EXIF", pictures.block()),
    piece(b"EXIF", b"Exif\0\0" + pictures.block()),
    piece(b"EXIF", samples.tiff({}, magic=85)),
    piece(b"XMP ", PACKET),
    piece(b"XMP ", b"<broken"),
    piece(b"XMP\0", PACKET),
]
few = st.lists(st.sampled_from(POOL), max_size=3)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(few, few, st.sampled_from([None, 0, 4, 8, 12, 0x2C]), st.binary(max_size=20))
def test_any_chunks_in_any_order_stay_or_the_file_is_refused(before, behind, flags, tail):
    first = [] if flags is None else [header(flags)]
    old = riff(*first, *before, bare_webp(), *behind, tail=tail)
    try:
        new, _ = embed.embed(old, TEXT)
    except Refusal:
        return
    assert others(new) == others(old)
    assert embed.embed(new, TEXT)[0] == new
    again = embed.strip(new)
    assert others(again) == others(old)
    assert written(again) == new
    standing = {kind for kind in kinds(old) if kind in (b"EXIF", b"XMP ")}
    if flags is None or flags & 12 == (8 if b"EXIF" in standing else 0) + (4 if b"XMP " in standing else 0):
        assert again == old or kinds(old)[0] == b"VP8X" != kinds(again)[0]


def test_the_caption_of_a_simple_file_is_told_for_ours():
    found = facts.read(written(saved("WEBP")))
    assert (found.captions, found.standing) == ([], "a dog on a lawn")
