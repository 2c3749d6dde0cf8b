"""What was measured on this computer is kept, and a damaged file is no more than a lost cache."""

from pathlib import Path

import pytest

from blipdesk.engine import speed
from blipdesk.engine.speed import Choice, Figure


def test_nothing_measured_is_nothing_known(tmp_path: Path) -> None:
    known = speed.read(tmp_path / "not there")
    assert known.photos_per_second("a", 10) is None
    assert known.choice("a", "here") is None
    assert speed.read(None) == known


def test_figures_and_choices_outlive_the_process(tmp_path: Path) -> None:
    place = tmp_path / "models"
    speed.record(place, Figure("a", "cpu", "fp32", 2.0, 1000))
    speed.record(place, Figure("a", "cpu", "int8", 6.0, 1000))
    speed.record(place, Choice("a", "cpu 1", "int8", "fastest", {"fp32": 9.0, "int8": 3.0}))
    speed.record(place, Figure("a", "cpu", "fp32", 3.0, 1000))
    known = speed.read(place)
    assert known.photos_per_second("a", 1000, "cpu", "fp32") == 3.0
    assert known.photos_per_second("a", 1000) == 6.0
    choice = known.choice("a", "cpu 1")
    assert choice is not None and choice.milliseconds == {"fp32": 9.0, "int8": 3.0}
    assert known.choice("a", "cpu 2") is None
    assert len(known.figures) == 2
    assert [path.name for path in place.iterdir()] == [speed.FILE]


def test_a_model_that_was_not_measured_is_guessed_from_the_nearest_size(tmp_path: Path) -> None:
    speed.record(tmp_path, Figure("small", "cpu", "fp32", 40.0, 100))
    speed.record(tmp_path, Figure("base", "cpu", "fp32", 4.0, 1000))
    speed.record(tmp_path, Figure("base", "cpu", "fp16", 1.0, 1000))
    known = speed.read(tmp_path)
    assert known.photos_per_second("large", 2000) == pytest.approx(2.0)
    assert known.photos_per_second("large", 2000, "cuda") is None
    assert known.photos_per_second("unknown size", 0) is None


def test_a_model_of_quite_another_size_is_not_guessed(tmp_path: Path) -> None:
    """What a tiny model takes is what surrounds a model, and says nothing about a large one's weights."""
    speed.record(tmp_path, Figure("tiny", "cpu", "fp32", 400.0, 200_000))
    known = speed.read(tmp_path)
    assert known.photos_per_second("base", 990_000_000) is None
    assert known.photos_per_second("next", 2_000_000) == pytest.approx(40.0)
    assert known.photos_per_second("tiny", 200_000) == 400.0
    speed.record(tmp_path, Figure("opt", "cpu", "bf16", 0.05, 15_000_000_000))
    assert speed.read(tmp_path).photos_per_second("base", 990_000_000) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 2}', '{"format": 1, "figures": [1], "choices": []}', "[" * 100_000]
)
def test_a_damaged_file_is_replaced_by_the_next_measurement(tmp_path: Path, text: str) -> None:
    (tmp_path / speed.FILE).write_text(text)
    assert speed.read(tmp_path) == speed.Speed()
    speed.record(tmp_path, Figure("a", "cpu", "fp32", 2.0, 1000))
    assert speed.read(tmp_path).photos_per_second("a", 1000) == 2.0


def test_a_place_that_cannot_be_written_costs_nothing_but_the_figure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    speed.record(blocked / "models", Figure("a", "cpu", "fp32", 2.0, 1000))
    assert speed.read(blocked / "models") == speed.Speed()
