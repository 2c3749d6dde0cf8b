"""The pictures that every loaded model is tried on."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from blipdesk.engine.canary import Said, pictures, try_canary
from blipdesk.engine.checkpoints import find_checkpoint
from blipdesk.engine.registry import ANSWER
from blipdesk.engine.vision_model import RawMatch


@pytest.mark.parametrize("size", [32, 96, 224, 385])
def test_they_are_whole_and_show_different_things(size: int) -> None:
    drawn = pictures(size)
    assert {(picture.width, picture.height, len(picture.rgb)) for picture in drawn} == {
        (size, size, size * size * 3)
    }
    assert len({picture.rgb for picture in drawn}) == len(drawn) == 4
    house = drawn[2].rgb
    middle, corner = 3 * (size * (size // 2) + size // 2), 0
    assert house[middle : middle + 3] != house[corner : corner + 3] != house[-3:]


def test_one_word_is_an_answer_and_no_caption() -> None:
    assert Said(answers=("2", "yes")).makes_sense
    assert not Said(captions=("2", "a a a a a a a a")).makes_sense
    assert Said(captions=("...", "a red house")).makes_sense, "one picture may be too plain for a model"


@pytest.mark.parametrize("babble", ["the the the", "dog dog dog dog", "of the and it", "..."])
def test_words_again_and_again_are_no_answer(babble: str) -> None:
    assert not Said(answers=(babble, babble)).makes_sense
    assert Said(answers=(babble, "a house")).makes_sense


def test_matches_have_to_be_numbers() -> None:
    number, none = RawMatch(-3.0, 0.1), RawMatch(float("nan"), 0.1)
    assert Said(matches=((number,), (number,))).makes_sense
    assert not Said(matches=((number,), (none,))).makes_sense


def test_three_of_four_pictures_have_to_be_called_the_same() -> None:
    exact = ("a", "b", "c", "d")
    for kind in ("captions", "answers"):
        expected = Said(**{kind: exact})
        assert Said(**{kind: ("a", "b", "c", "x")}).agrees(expected)
        assert not Said(**{kind: ("a", "b", "x", "y")}).agrees(expected)


def test_matches_may_be_off_by_rounding_alone() -> None:
    exact = Said(matches=((RawMatch(-3.0, 0.1), RawMatch(2.0, 0.4)),))
    assert Said(matches=((RawMatch(-3.04, 0.105), RawMatch(2.03, 0.398)),)).agrees(exact)
    assert not Said(matches=((RawMatch(-3.0, 0.1), RawMatch(1.0, 0.4)),)).agrees(exact)
    assert not Said(matches=((RawMatch(-3.0, 0.1), RawMatch(2.0, 0.2)),)).agrees(exact)


def test_a_model_that_is_asked_captions_too_where_it_can(tiny: Callable[[str], Path]) -> None:
    """It is held for both: what it says of a photo is to be trusted whichever came first."""
    for kind, captions in (("blip2-opt", 2), ("blip-answer", 0)):
        checkpoint = find_checkpoint(str(tiny(kind)), ANSWER, None)
        family = importlib.import_module(f"blipdesk.engine.{checkpoint.family.module}")
        said = try_canary(family.load_model(checkpoint, "cpu", "fp32"), checkpoint.title, ANSWER)
        assert (len(said.captions), len(said.answers)) == (captions, 2)
