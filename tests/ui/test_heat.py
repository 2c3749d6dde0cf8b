"""A word of a caption that is pointed at: asked for once, remembered, drawn where it is seen."""

from __future__ import annotations

import itertools
import threading

import pytest
from fake_explaining import GRID, heat_at
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import ModelError
from blipdesk.domain.values import Photo, Sureness
from blipdesk.ui import heat
from blipdesk.ui.heat import HeatedWord, heat_image

TEXT = "two cats and a dog"
CATS, DOG = (4, 8), (15, 18)


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace(60)


@pytest.fixture
def heated(qtbot: QtBot, workspace: FakeWorkspace) -> HeatedWord:
    owner = QObject()
    made = HeatedWord(workspace, owner)
    made.show_caption(workspace.library.photo(8), TEXT)
    yield made
    made.forget()


def photo(workspace: FakeWorkspace, photo_id: int) -> Photo:
    found = workspace.library.photo(photo_id)
    assert found is not None
    return found


def test_all_words_come_with_one_answer(qtbot: QtBot, workspace: FakeWorkspace, heated: HeatedWord) -> None:
    heated.point_at(CATS)
    assert heated.image is None and heated.note == "Looking for “cats”…"
    qtbot.waitUntil(lambda: heated.image is not None)
    assert heated.note == "“cats”: top"
    heated.point_at(DOG)
    assert heated.image is not None and heated.note == "“dog”: top"
    heated.point_at(None)
    assert heated.image is None and heated.note == ""
    assert workspace.explaining.asked == [(photo(workspace, 8).path, TEXT)]


def test_an_answer_is_remembered_for_the_way_back(
    qtbot: QtBot, workspace: FakeWorkspace, heated: HeatedWord
) -> None:
    heated.point_at(CATS)
    qtbot.waitUntil(lambda: heated.image is not None)
    heated.show_caption(photo(workspace, 9), TEXT)
    assert heated.note == "", "the next photo has no word pointed at"
    heated.show_caption(photo(workspace, 8), TEXT)
    heated.point_at(DOG)
    assert heated.image is not None
    heated.show_caption(photo(workspace, 8), "a dog, as somebody wrote")
    heated.point_at((2, 5))
    assert heated.image is None, "of another caption nothing is known"
    qtbot.waitUntil(lambda: heated.image is not None)
    assert len(workspace.explaining.asked) == 2


def test_a_question_is_let_go_that_was_still_on_its_way(
    qtbot: QtBot, workspace: FakeWorkspace, heated: HeatedWord, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow(path: str, model: object) -> None:
        began.set()
        assert go_on.wait(20)

    monkeypatch.setattr(workspace, "matching_engine", slow)
    workspace.explaining.may_say.clear()
    heated.point_at(CATS)
    qtbot.waitUntil(began.is_set)
    heated.show_caption(photo(workspace, 9), TEXT)
    go_on.set()
    qtbot.waitUntil(lambda: any(future.cancelled() for future in workspace.explaining.begun))


def test_a_pointer_that_crosses_the_caption_asks_nothing(
    qtbot: QtBot, workspace: FakeWorkspace, heated: HeatedWord
) -> None:
    heated.point_at(CATS)
    heated.point_at(None)
    qtbot.wait(250)
    assert workspace.explaining.asked == []


def test_going_on_lets_the_question_go_and_its_answer_shows_nowhere(
    qtbot: QtBot, workspace: FakeWorkspace, heated: HeatedWord
) -> None:
    workspace.explaining.may_say.clear()
    heated.point_at(CATS)
    qtbot.waitUntil(lambda: heated._future is not None)
    heated.show_caption(photo(workspace, 9), TEXT)
    assert workspace.explaining.begun[0].cancelled()
    heated.point_at(DOG)
    qtbot.waitUntil(lambda: len(workspace.explaining.begun) == 2)
    workspace.explaining.may_say.set()
    qtbot.waitUntil(lambda: heated.image is not None)
    assert [path for path, _ in workspace.explaining.asked] == [photo(workspace, n).path for n in (8, 9)]


def test_a_slow_answer_is_explained(
    qtbot: QtBot, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heat, "_SLOW_MS", 1)
    workspace.explaining.may_say.clear()
    owner = QObject()
    heated = HeatedWord(workspace, owner)
    heated.show_caption(photo(workspace, 8), TEXT)
    heated.point_at(DOG)
    qtbot.waitUntil(lambda: "the model is busy" in heated.note.lower())
    workspace.explaining.may_say.set()
    qtbot.waitUntil(lambda: heated.note == "“dog”: top")


def test_without_a_model_that_is_said_and_asked_again_at_the_next_photo(
    qtbot: QtBot, workspace: FakeWorkspace, heated: HeatedWord
) -> None:
    workspace.explaining.error = ModelError("There is no model here.", "Get one.")
    heated.point_at(CATS)
    qtbot.waitUntil(lambda: heated.note == "There is no model here. Get one.")
    heated.point_at(DOG)
    assert heated.note == "There is no model here. Get one." and heated.image is None
    qtbot.wait(250)
    assert len(workspace.explaining.asked) == 1
    workspace.explaining.error = None
    heated.show_caption(photo(workspace, 9), TEXT)
    heated.point_at(DOG)
    qtbot.waitUntil(lambda: heated.image is not None)


def test_what_the_model_did_not_read_or_does_not_believe_is_said(
    qtbot: QtBot, workspace: FakeWorkspace, heated: HeatedWord
) -> None:
    workspace.explaining.words, workspace.explaining.sureness = 2, Sureness.UNSURE
    heated.point_at(CATS)
    qtbot.waitUntil(lambda: heated.note == "“cats”: top, but the caption may not fit the photo")
    heated.point_at(DOG)
    assert heated.image is None
    assert heated.note == "The caption is too long for the model: it did not come to “dog”."


def test_heat_is_drawn_where_it_is_and_darkens_the_rest() -> None:
    for cell in (0, 6, 15):
        image = heat_image(heat_at(cell))
        edge = image.width()
        assert (edge, image.height()) == (edge, edge)
        warm = {
            (x, y): QColor(image.pixelColor(x, y)).red() * image.pixelColor(x, y).alpha()
            for x, y in itertools.product(range(edge), repeat=2)
        }
        x, y = max(warm, key=warm.__getitem__)
        assert (y * GRID // edge, x * GRID // edge) == divmod(cell, GRID)
        far = image.pixelColor(*((0, edge - 1) if cell != 12 else (edge - 1, 0)))
        assert 100 < far.alpha() < 200 and far.lightness() < 30, "the photo stays seen through it"
