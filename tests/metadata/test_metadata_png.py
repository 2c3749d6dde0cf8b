"""PNG files: where the two chunks go, and what they must never come between."""

import functools
import struct
import tracemalloc
import zlib

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from metadata_pictures import PACKET, chunk, idot, itxt, png, raw_profile
from metadata_writing import write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import embed, facts, formats
from blipdesk.metadata import png as png_files
from blipdesk.metadata.png import read_chunks
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted

TEXT = Wanted("a dog on a lawn", ("dog",), Source.MODEL)


def written(data):
    return embed.embed(data, TEXT)[0]


def kinds(data):
    return [chunk.kind for chunk in read_chunks(data)]


def others(data):
    """All chunks but the two, as they stand, and what follows the last."""
    found = read_chunks(data)
    kept = [
        data[c.start : c.end]
        for c in found
        if c.kind != b"eXIf" and (c.kind, c.content(data)[:18]) != (b"iTXt", pictures.XML)
    ]
    return kept, data[found[-1].end :]


def test_the_new_chunks_stand_right_before_the_picture_with_their_checksums():
    old = png(chunk(b"tEXt", b"Software\0x"))
    new = written(old)
    assert kinds(new) == [b"IHDR", b"tEXt", b"eXIf", b"iTXt", b"IDAT", b"IDAT", b"IEND"]
    for part in read_chunks(new):
        content = part.content(new)
        assert new[part.start : part.end] == chunk(part.kind, content)
    assert others(new) == others(old)


def test_a_frame_of_an_animation_stays_with_its_header():
    new = written(pictures.animated("PNG"))
    assert kinds(new)[:6] == [b"IHDR", b"acTL", b"eXIf", b"iTXt", b"fcTL", b"IDAT"]


def test_nothing_comes_between_apples_index_and_the_picture():
    index = idot()
    new = written(png(chunk(b"pHYs", bytes(9)), index))
    assert kinds(new) == [b"IHDR", b"pHYs", b"eXIf", b"iTXt", b"iDOT", b"IDAT", b"IDAT", b"IEND"]


def test_the_proof_notices_what_came_between_apples_index_and_the_picture():
    old = png(idot())
    with pytest.raises(Refusal, match="check of the result"):
        formats.open_file(old).prove(
            formats.open_file(png(idot(), chunk(b"eXIf", pictures.block()))), exif_changed=True
        )


def test_packets_without_end_are_not_unpacked():
    packet = itxt(bytes(4 << 20), zlib.compress)
    tracemalloc.start()
    with pytest.raises(Refusal, match="several"):
        written(png(*[packet] * 20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


def test_a_packet_between_apples_index_and_the_picture_stays():
    old = png(idot(), itxt(PACKET))
    new = written(old)
    assert new[new.index(b"iDOT") :] == old[old.index(b"iDOT") :]
    assert formats.open_file(new).xmp == (PACKET,)
    assert facts.read(new).standing == "a dog on a lawn"
    assert embed.strip(new) == old


@pytest.mark.parametrize("level", [1, 5, 9])
def test_a_packed_packet_is_packed_as_it_was(level):
    old = png(itxt(PACKET, functools.partial(zlib.compress, level=level)))
    new = written(old)
    (standing,) = (c.content(new) for c in read_chunks(new) if c.kind == b"iTXt")
    assert standing.startswith(pictures.XML + b"\1\0\0\0")
    assert zlib.decompress(standing.removeprefix(pictures.XML)[4:]) == formats.open_file(new).xmp[0]
    assert embed.strip(new) == old


def test_a_packet_packed_by_an_unknown_program_says_the_same_when_ours_is_out_again():
    def stored(data):
        packer = zlib.compressobj(0)
        return packer.compress(data) + packer.flush()

    old = png(itxt(PACKET, stored))
    assert formats.open_file(embed.strip(written(old))).xmp == (PACKET,)
    assert written(embed.strip(written(old))) == written(old)


def test_a_packet_that_unpacks_without_end_is_refused():
    with pytest.raises(Refusal, match="structure"):
        written(png(itxt(bytes(40 << 20), zlib.compress)))


@pytest.mark.parametrize(
    "content", [b"", b"\1", b"\0\0", b"\0\0\0", b"\2\0\0\0x", b"\0\1\0\0x", b"\1\0\0\0x"], ids=repr
)
def test_a_packet_chunk_that_is_cut_off_or_odd_is_refused(content):
    with pytest.raises(Refusal, match="structure"):
        written(png(chunk(b"iTXt", pictures.XML + content)))


@pytest.mark.parametrize("name", [b"exif", b"APP1"])
def test_camera_data_in_a_text_chunk_are_not_hidden_by_a_block(tmp_path, name):
    old = png(raw_profile(name, pictures.block(), b"Exif\0\0"))
    if name == b"APP1":  # either of the two may stand there
        with pytest.raises(Refusal, match="text chunk"):
            written(old)
        return
    new, note = embed.embed(old, TEXT)
    assert "text chunk" in note
    assert not formats.open_file(new).exif
    assert facts.read(new).standing == "a dog on a lawn"
    assert others(new) == others(old)


def test_a_block_beside_the_same_in_a_text_chunk_stays():
    """ExifTool takes the two for one while they are alike to the byte."""
    old = png(chunk(b"eXIf", pictures.block()), raw_profile(b"exif", pictures.block(), b"Exif\0\0"))
    new, note = embed.embed(old, TEXT)
    assert "text chunk" in note
    assert formats.open_file(new).exif == (pictures.block(),)


def test_a_block_with_a_prefix_that_does_not_belong_there_stays():
    old = png(chunk(b"eXIf", b"Exif\0\0" + pictures.block()))
    new, note = embed.embed(old, TEXT)
    assert note
    assert formats.open_file(new).exif == (b"Exif\0\0" + pictures.block(),)
    assert facts.read(old).block is not None  # some read it all the same


@pytest.mark.parametrize("text", [raw_profile(b"xmp", PACKET), chunk(b"tEXt", pictures.XML + PACKET)])
def test_a_packet_in_a_text_chunk_is_not_hidden_by_another(text):
    old = png(text)
    new = written(old)
    assert not formats.open_file(new).xmp
    assert formats.open_file(new).exif
    assert others(new) == others(old)


@pytest.mark.parametrize(
    "words",
    [
        raw_profile(b"iptc", samples.iptc_segment(b"Grandma")[4:].removeprefix(b"Photoshop 3.0\0")),
        raw_profile(b"exif", pictures.block("Grandma"), b"Exif\0\0"),
        raw_profile(b"xmp", samples.xmp_packet(samples.described("Grandma"))),
        chunk(b"tEXt", b"Description\0Grandma"),
        chunk(b"zTXt", b"Description\0\0" + zlib.compress(b"Grandma")),
        chunk(b"iTXt", b"Description\0\0\0en\0Words\0Grandma"),
    ],
    ids=["iptc", "exif", "xmp", "text", "packed text", "international text"],
)
def test_a_persons_words_in_a_text_chunk_are_kept(tmp_path, words):
    path = tmp_path / "photo.png"
    path.write_bytes(png(words))
    before = path.read_bytes()
    assert write(path).outcome is WriteOutcome.KEPT
    assert path.read_bytes() == before


def test_a_raw_profile_that_is_no_text_of_digits_is_nothing():
    for text in (b"", b"\niptc\n", b"\niptc\n  9\nzz", b"\niptc\n  x\n00"):
        found = facts.read(png(chunk(b"tEXt", b"Raw profile type iptc\0" + text)))
        assert (found.captions, found.problems) == ([], [])


def test_a_block_that_reaches_beyond_its_chunk_keeps_what_follows_it():
    fields = {0x0201: (4, 1, struct.pack("<I", 9000)), 0x0202: (4, 1, struct.pack("<I", 9))}
    with pytest.raises(Refusal, match="taken for a part"):
        written(png(chunk(b"eXIf", samples.tiff(fields))))


def test_a_chunk_of_somebody_with_a_wrong_checksum_is_refused():
    old = png(chunk(b"tEXt", b"Software\0Some program").replace(b"Some", b"Soda"))
    with pytest.raises(Refusal, match="cannot be read"):
        written(old)


def test_chunks_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(png_files, "_MAX_CHUNKS", 1000)
    with pytest.raises(Refusal, match="structure"):
        written(png(*[chunk(b"zzZz")] * 1000))


BEFORE = [
    chunk(b"tEXt", b"Software\0x"),
    chunk(b"zzZz", b"anything"),
    chunk(b"eXIf", pictures.block()),
    chunk(b"eXIf", b"Exif\0\0" + pictures.block()),
    chunk(b"eXIf", samples.tiff({}, magic=85)),
    itxt(PACKET),
    itxt(PACKET, zlib.compress),
    itxt(b"<broken"),
    idot(),
    chunk(b"IDAT"),
    raw_profile(b"exif", b"II*\0", b"Exif\0\0"),
    raw_profile(b"xmp", PACKET),
]
few = st.lists(st.sampled_from(BEFORE), max_size=4)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(few, few, few, st.binary(max_size=20))
def test_any_chunks_in_any_order_stay_or_the_file_is_refused(before, between, behind, tail):
    old = png(*before, between=between, behind=behind, tail=tail)
    try:
        new, _ = embed.embed(old, TEXT)
    except Refusal:
        return
    assert others(new) == others(old)
    assert embed.embed(new, TEXT)[0] == new
    assert embed.strip(new) == old
    index, first = new.find(b"iDOT"), new.find(b"IDAT")
    if 0 <= index < first:
        assert first - index == old.find(b"IDAT") - old.find(b"iDOT")
