"""Mismatched captions and the margin against them."""

import json
import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.domain.errors import ModelError
from blipdesk.domain.values import Sureness
from blipdesk.engine.sureness import (
    MISMATCHES,
    Bands,
    band,
    load_bands,
    margin,
    match_score,
    mismatches,
)
from blipdesk.engine.vision_model import RawMatch

CAPTIONS = (
    "a red apple on the beach",
    "two blue cats, an orange car and a kite in a room",
    "a man riding a wave on top of a surfboard",
    "An elephant and a zebra in a field of grass",
    "THREE WHITE DUCKS AT NIGHT",
    "a close up of a vase with roses",
)
SNIPPETS = st.sampled_from(
    [
        "a ",
        "an ",
        "two ",
        "red ",
        "Orange ",
        "cat",
        "cats",
        "men ",
        " on  the\nbeach",
        "İ",
        "ß",
        "é",
        "\udc80",
        "狗",
        "'s",
    ]
)
any_text = st.one_of(
    st.text(), st.text(st.characters(exclude_categories=())), st.lists(SNIPPETS).map("".join)
)


@given(any_text)
def test_any_text_has_variants_and_none_is_the_text(text: str) -> None:
    found = mismatches(text)
    assert len(found) == MISMATCHES
    assert len({variant.casefold() for variant in (*found, text)}) == MISMATCHES + 1
    assert all(variant.strip() for variant in found)
    assert mismatches(text) == found


@pytest.mark.parametrize("text", CAPTIONS)
def test_a_variant_differs_in_one_place(text: str) -> None:
    words = text.lower().split()
    for variant in mismatches(text):
        other = variant.lower().split()
        start = _equal(words, other)
        end = _equal(words[::-1], other[::-1])
        assert len(words) - start - end <= 4, f"{variant} differs in too much"


def _equal(words: list[str], other: list[str]) -> int:
    """How many words at the start are equal."""
    return next(i for i, pair in enumerate(zip(words, other, strict=False)) if pair[0] != pair[1])


@pytest.mark.parametrize("text", CAPTIONS)
def test_variants_are_good_english(text: str) -> None:
    for variant in mismatches(text):
        for article, word in pairwise(re.findall(r"\w+", variant.lower())):
            if article in {"a", "an"}:
                assert (article == "an") == (word[0] in "aeiou"), variant
        assert variant[0].isupper() == text[0].isupper()
        assert variant.isupper() == text.isupper()


def test_each_kind_of_word_is_put_for_another_of_its_class() -> None:
    assert "a green apple on the beach" in mismatches("a red apple on the beach")
    assert "two red apples on the beach" in mismatches("a red apple on the beach")
    assert any(variant.startswith("a red apple ") for variant in mismatches("a red apple on the beach"))
    variants = mismatches("two sheep next to a man")
    assert any(re.fullmatch(r"(?:three|four) sheep next to a man", variant) for variant in variants)
    assert any(re.fullmatch(r"two sheep next to a (?:woman|girl|dog)", variant) for variant in variants)
    assert any(variant.startswith("two ") and "sheep" not in variant for variant in variants)


def test_what_a_matching_head_hardly_heeds_is_left() -> None:
    """Their variants would fit as well, and every photo would need a review."""
    text = "a man sitting on the left of two tables with a dog"
    for variant in mismatches(text):
        assert "sitting on the left of two" in variant.replace("three", "two").replace("four", "two")
        assert "two dogs" not in variant


def test_an_unlisted_noun_is_put_for_an_unlikely_thing_in_its_number() -> None:
    assert {"a kite", "an umbrella", "a cactus"} & set(mismatches("a blender"))
    assert {"kites", "umbrellas", "mushrooms"} & set(mismatches("blenders"))


def test_what_may_be_true_as_well_is_never_put() -> None:
    """A person may be a man, a plane is an airplane, and of a duck it is true that it is a bird."""
    truths = {
        "two people on a bench": {"men", "women", "children"},
        "a plane in the sky": {"airplane"},
        "a duck on a lake": {"bird"},
        "a guy on a bike": {"man", "bicycle", "boy"},
        "a tall building": {"church", "house", "lighthouse", "windmill"},
        "a dog in a field": {"meadow", "grass"},
    }
    for text, true_too in truths.items():
        said = {word for variant in mismatches(text) for word in variant.split()}
        assert not said & true_too, text


def test_a_text_without_a_known_word_is_held_against_other_sentences() -> None:
    for text in ("", "Oma beim Kuchenbacken", "一只狗", "IMG_2041", "🎉🎉"):
        assert all(re.fullmatch(r"[a-z ]{20,}", variant) for variant in mismatches(text))


def test_long_texts_stay_quick_and_are_changed_where_a_model_reads_them() -> None:
    text = "a red apple on the beach and " * 20_000
    for variant in mismatches(text):
        assert variant[-1000:] == text[-1000:]


def test_the_margin_is_taken_against_the_best_mismatch() -> None:
    assert margin(3.0, [1.0, 2.5, -4.0]) == 0.5
    assert margin(-1.0, [-3.0, -4.0]) == -1.0, "what does not fit is no surer for worse variants"
    bands = Bands(sure=2.0, fair=0.5)
    others = [RawMatch(1.0, 0.1), RawMatch(2.5, 0.2)]
    score = match_score(RawMatch(3.0, 0.4), others, bands)
    assert (score.itc, score.margin, score.sureness) == (0.4, 0.5, Sureness.FAIR)
    assert score.itm == pytest.approx(1 / (1 + math.exp(-3)))


@given(st.floats(-1e6, 1e6), st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_scores_are_finite_and_higher_margins_never_fall_a_band(logit: float, others: list[float]) -> None:
    bands = Bands(sure=2.0, fair=0.0)
    score = match_score(RawMatch(logit, 0.0), [RawMatch(other, 0.0) for other in others], bands)
    assert 0 <= score.itm <= 1
    order = [Sureness.UNSURE, Sureness.FAIR, Sureness.SURE]
    assert order.index(band(score.margin + 1, bands)) >= order.index(score.sureness)


def test_no_number_is_unsure() -> None:
    assert band(math.nan, Bands(2.0, 0.0)) is Sureness.UNSURE


def test_the_shipped_bands_are_in_order() -> None:
    bands = load_bands()
    assert bands.sure > bands.fair


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sure": "x", "fair": 0}', '{"sure": 1}'])
def test_damaged_bands_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sureness.json"
    file.write_text(text)
    with pytest.raises(ModelError, match="calibration"):
        load_bands(file)
    file.write_text(json.dumps({"format": 1, "sure": 3, "fair": 1}))
    assert load_bands(file) == Bands(3.0, 1.0)
