"""How sure a caption is: the mark, the line that asks for a look; and what is said of an answer."""

from __future__ import annotations

from typing import Any

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import ask, finished, open_photo, settle, type_into
from pytestqt.qtbot import QtBot

from blipdesk.domain.values import QuestionAnswer
from blipdesk.ui.pane import PhotoPane

pytestmark = pytest.mark.usefixtures("shown_photo")
SURE, FAIR, UNSURE, EDITED = 8, 9, 7, 33
"""Photos of the fake library."""


@pytest.mark.parametrize(
    ("photo_id", "words"), [(SURE, "Sure"), (FAIR, "Fair"), (UNSURE, "Unsure: check this caption")]
)
def test_the_mark_says_how_sure_the_caption_is(
    qtbot: QtBot, pane: PhotoPane, photo_id: int, words: str
) -> None:
    open_photo(qtbot, pane, photo_id)
    mark = pane.page.caption.sureness
    assert mark.isVisible() == (photo_id != UNSURE)  # the line says it in words then
    assert mark.accessibleName() == words
    assert words.split(":")[0] in mark.toolTip()
    assert pane.page.caption.review.isVisible() == (photo_id == UNSURE)


def test_a_person_s_words_are_not_judged(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane, EDITED)
    assert not pane.page.caption.sureness.isVisible()
    assert not pane.page.caption.review.isVisible()


def test_a_caption_without_scores_has_no_mark(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([SURE], candidates=())
    open_photo(qtbot, pane, SURE)
    qtbot.waitUntil(lambda: not pane.page.caption.sureness.isVisible())


def test_a_caption_is_confirmed_by_one_click_and_undone(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    said: list[tuple[str, bool]] = []
    pane.toast.connect(lambda words, undo: said.append((words, undo)))
    open_photo(qtbot, pane, UNSURE)
    review = pane.page.caption.review
    review.button.click()
    qtbot.waitUntil(lambda: not review.isVisible() and said == [("Caption confirmed", True)])
    mark = pane.page.caption.sureness
    assert mark.isVisible() and "confirmed" in mark.toolTip()
    assert mark.accessibleName() == "Confirmed", "nothing is left to check"
    pane.undo()
    qtbot.waitUntil(review.isVisible)
    assert mark.accessibleName() == "Unsure: check this caption"


def test_typing_takes_the_line_away_until_it_is_taken_back(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane, UNSURE)
    type_into(pane, "!")
    assert not pane.page.caption.review.isVisible()
    pane.page.caption.revert()
    assert pane.page.caption.review.isVisible()


def turn_of(number: int, left_out: int = 0, **more: Any) -> QuestionAnswer:
    return QuestionAnswer(number, 9, "what?", "red", "m", 0.0, 1.2, turns_left_out=left_out, **more)


@pytest.mark.parametrize(
    ("turns", "notice"),
    [
        ([turn_of(1), turn_of(2), turn_of(3, 1)], "Answered without 1 earlier question: "),
        ([turn_of(n) for n in range(1, 5)] + [turn_of(5, 3)], "Answered without 3 earlier questions: "),
        # This model takes one question at a time: no fault of any answer.
        ([turn_of(1), turn_of(2, 1), turn_of(3, 2)], ""),
        ([turn_of(1), turn_of(2, 1, stopped=True), turn_of(3, 1)], ""),
        # A conversation began in between, elsewhere: of the turns before it nothing is left out.
        ([turn_of(1), turn_of(2), turn_of(3, is_new=True), turn_of(4, 1)], ""),
    ],
)
def test_an_answer_says_what_was_left_out(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, turns: list[QuestionAnswer], notice: str
) -> None:
    workspace.asking._turns[:] = turns
    open_photo(qtbot, pane, 9)
    newest = pane.page.chat.turns[-1]
    assert newest.notice == (f"{notice}the model takes no more at a time." if notice else "")
    assert newest.note == "1.2 s ·"


def test_deleted_questions_are_not_missed(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    chat = pane.page.chat
    workspace.asking._turns[:] = [turn_of(1), turn_of(2)]
    workspace.asking.turns_left_out = 1
    open_photo(qtbot, pane, 9)
    chat.turns[0].deleted.emit()
    settle(qtbot)
    ask(pane, "and now?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 2)
    assert not chat.turns[-1].notice, "this model takes one question at a time"


def test_the_line_that_asks_for_a_look_widens_no_pane(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane, UNSURE)
    page = pane.page
    qtbot.waitUntil(page.caption.review.isVisible)
    page.caption.written.show()  # where captions are written to the photos
    page.caption.written.setFixedWidth(50)
    settle(qtbot)
    assert page.caption.width() == page.meta.width()
