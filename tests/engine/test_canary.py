"""The pictures that every loaded model is tried on."""

import pytest

from blipdesk.engine.canary import agree, make_sense, pictures
from blipdesk.engine.registry import ANSWER, CAPTION


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
    assert make_sense(["2", "yes"], ANSWER)
    assert not make_sense(["2", "a a a a a a a a"], CAPTION)
    assert make_sense(["...", "a red house"], CAPTION), "one picture may be too plain for a model"


def test_most_pictures_have_to_be_called_the_same() -> None:
    exact = ["a", "b", "c", "d"]
    assert agree(["a", "b", "x", "y"], exact)
    assert not agree(["a", "w", "x", "y"], exact)
