"""Where words are seen is asked without waiting, for all of a caption at once, and let go of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from blipdesk.domain.errors import KnownError, ModelError, UsageError
from blipdesk.domain.jobs import HeatMap
from blipdesk.services.explaining import SeenWord, word_spans
from blipdesk.services.workspace import Workspace

TEXT = "a dog on the beach"


@pytest.fixture
def photo(tmp_path: Path) -> str:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (64, 48), "navy").save(path)
    return str(path)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "data", start=False) as opened:
        opened.settings.change(model="fake")
        opened.apply_settings()
        yield opened


def test_every_word_of_a_text_comes_with_one_answer(workspace: Workspace, photo: str) -> None:
    seen = workspace.explaining.begin(photo, TEXT, workspace.matching_engine(photo, None)).result(60)
    assert [word.word for word in seen.words] == TEXT.split()
    dog = seen.at(2, 5)
    assert dog is not None and dog.word == "dog"
    assert seen.at(len(TEXT), len(TEXT) + 3) is None
    with pytest.raises(UsageError):
        workspace.explaining.begin(photo, "...")


def test_what_is_let_go_of_keeps_nobody_waiting(workspace: Workspace, photo: str, tmp_path: Path) -> None:
    workspace.settings.change(model="fake:300")
    workspace.apply_settings()
    first, second = (workspace.explaining.begin(photo, TEXT) for _ in range(2))
    assert second.cancel() and first.cancel()
    with pytest.raises(KnownError):  # its turn comes at once
        workspace.explaining.begin(str(tmp_path / "gone.jpg"), TEXT).result(60)


def test_without_a_model_the_person_hears_where_to_get_one(workspace: Workspace, photo: str) -> None:
    workspace.settings.change(match_model="none")
    workspace.apply_settings()
    with pytest.raises(ModelError) as caught:
        workspace.matching_engine(photo, None)
    assert "settings" in caught.value.remedy
    with pytest.raises(ModelError):
        workspace.explaining.begin(photo, TEXT).result(60)


def test_words_that_name_nothing_are_passed_over_unless_there_are_no_others() -> None:
    said = "Ein Hund's Ball, 二本の傘!"
    assert [said[start:end] for start, end in word_spans(said)] == ["Ein", "Hund's", "Ball", "二本の傘"]
    assert word_spans("on a") == [(0, 2), (3, 4)] and word_spans("…!") == []


def test_a_place_is_said_in_words() -> None:
    said = [
        "top left",
        "top",
        "top right",
        "left",
        "middle",
        "right",
        "bottom left",
        "bottom",
        "bottom right",
    ]
    for cell, words in enumerate(said):
        heat = HeatMap(3, 3, tuple(float(n == cell) for n in range(9)))
        assert SeenWord("dog", 0, 3, heat).place == words
