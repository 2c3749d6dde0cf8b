"""What is kept of a write gives the old bytes back, exactly, and is little."""

from __future__ import annotations

import random
import struct
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from blipdesk.catalog.difference import difference, restored

pieces = st.lists(
    st.binary(max_size=40) | st.binary(min_size=1, max_size=3).map(lambda b: b * 50), max_size=8
)


def kept(old: bytes, new: bytes) -> int:
    parts, old_bytes = difference(old, new)
    assert restored(new, parts, old_bytes) == old
    ends = [(offset, offset + length) for offset, length, _ in parts]
    assert all(end <= begin for (_, end), (begin, _) in pairwise(ends))
    assert sum(length for _, _, length in parts) == len(old_bytes) <= len(old)
    return len(old_bytes)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_two_contents(old: bytes, new: bytes) -> None:
    kept(old, new)


@given(pieces, pieces, st.randoms(use_true_random=False))
def test_contents_of_the_same_pieces(first: list[bytes], second: list[bytes], rng: random.Random) -> None:
    mixed = [piece for piece in (*first, *second) if rng.random() < 0.7]
    rng.shuffle(mixed)
    kept(b"".join(first), b"".join(mixed))
    kept(b"".join(mixed), b"".join(first))


@given(st.binary(max_size=200), st.integers(0, 1 << 20), st.integers(0, 400), st.binary(max_size=400))
def test_a_change_in_the_midst_of_a_picture(head: bytes, seed: int, gone: int, come: bytes) -> None:
    picture = random.Random(seed).randbytes(5000)
    old, new = head + picture, head + picture[:2000] + come + picture[2000 + gone :]
    assert kept(old, new) <= gone
    assert kept(new, old) <= len(come)


def test_header_and_end_of_a_hundred_megabytes_are_little() -> None:
    picture = random.Random(1).randbytes(1 << 20) * 100
    tiff = b"II*\0" + struct.pack("<I", 8) + picture + bytes(range(200))
    captioned = b"II*\0" + struct.pack("<I", len(tiff)) + tiff[8:] + b"a caption" * 40
    assert kept(tiff, captioned) <= 4
    assert kept(captioned, tiff) <= 4 + 9 * 40


def test_a_blank_picture_is_little() -> None:
    old = b"II*\0" + struct.pack("<I", 8) + bytes(1 << 22) + b"end"
    new = b"II*\0" + struct.pack("<I", len(old)) + bytes(1 << 22) + b"end" + b"a caption"
    assert kept(old, new) < 100
    assert kept(new, old) < 100


def test_the_places_of_a_webp_that_take_a_caption() -> None:
    picture = random.Random(2).randbytes(300_000)
    old = b"RIFF" + struct.pack("<I", len(picture) + 12) + b"WEBPVP8 " + picture
    grown = struct.pack("<I", len(picture) + 12 + 18 + 500)
    new = b"RIFF" + grown + b"WEBP" + b"VP8X" + bytes(14) + b"VP8 " + picture + b"EXIF" + bytes(496)
    assert kept(old, new) < 100
    assert kept(new, old) < 700


def test_two_pictures_that_have_nothing_in_common() -> None:
    rng = random.Random(3)
    old, new = rng.randbytes(1 << 20), rng.randbytes(1 << 20)
    assert kept(old, new) > (1 << 20) - 64
