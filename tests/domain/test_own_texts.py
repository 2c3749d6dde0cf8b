"""Texts of ours that are known again whatever another program made of them."""

import unicodedata

import pytest

from blipdesk.domain.own_texts import is_among

BOAT = "ein Boot bei Übersee\nund ein Café"
LONG = "ein Café am Meer, " * 200


@pytest.mark.parametrize(
    "found",
    [
        BOAT,
        f" {BOAT}\n",
        BOAT.replace("\n", "\r\n"),
        BOAT.replace("\n", "\r"),
        unicodedata.normalize("NFD", BOAT),
    ],
)
def test_our_text_is_known_by_its_words(found):
    assert is_among(found, {"another", BOAT})
    assert is_among(BOAT, {found})


@pytest.mark.parametrize("size", [64, 255, 256, 2000])
def test_our_text_is_known_where_a_program_cut_it(size):
    in_bytes = LONG.encode()[:size].decode("utf-8", "ignore")
    assert in_bytes != LONG[:size]
    assert is_among(in_bytes, {LONG}) and is_among(LONG[:size], {LONG})
    assert not is_among(LONG[: size - 1 - (size > 255)], {LONG})


@pytest.mark.parametrize("found", ["", " ", "ein Boot", BOAT + "!", BOAT.upper()])
def test_other_texts_are_not_ours(found):
    assert not is_among(found, {BOAT})
    assert not is_among(found, ())
