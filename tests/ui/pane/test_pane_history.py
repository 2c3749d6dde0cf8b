"""What the chat shows: each photo's kept turns, suggestions and hints, and that the newest is in view."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import ask, finished, open_photo, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from blipdesk.domain.values import Choice, PhotoState, QuestionAnswer
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.bars import share

pytestmark = pytest.mark.usefixtures("shown_photo")


def test_a_question_and_its_dots_are_in_view_while_the_answer_is_awaited(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.word_seconds = 30.0
    pane.resize(356, 560)
    workspace.asking._turns += [
        QuestionAnswer(n, 9, f"q{n}", f"a{n}", "m", 0.0, 1.0) for n in range(100, 108)
    ]
    open_photo(qtbot, pane, 9)
    ask(pane, "what is it?")
    turn, bar = pane.page.chat.turns[-1], pane.page._whole.verticalScrollBar()
    qtbot.waitUntil(lambda: turn._dots.visibleRegion().boundingRect() == turn._dots.rect())
    assert turn.waiting and bar.value() == bar.maximum() > 0
    pane.page.ask_bar.stopped.emit()


def test_each_photo_has_its_own_history(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    chat = pane.page.chat
    ask(pane, "about eight?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 1)
    open_photo(qtbot, pane, 9)
    assert chat.turns == []
    workspace.asking.answer = "nine"
    ask(pane, "about nine?")
    qtbot.waitUntil(lambda: finished(chat) == [("about nine?", "nine")])
    open_photo(qtbot, pane, 8)
    assert finished(chat) == [("about eight?", "red and white, and blue and white")]


@pytest.mark.parametrize(
    ("answer", "offered"),
    [("2", ""), ("Yes.", ""), ("12:30", ""), ("red boat.", "tag"), ("a red boat", "caption"), ("x" * 41, "")],
)
def test_an_answer_of_some_words_is_offered_as_a_caption_and_a_shorter_one_as_a_tag(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, answer: str, offered: str
) -> None:
    workspace.asking._turns[:] = [QuestionAnswer(1, 9, "what?", answer, "m", 0.0, 1.0)]
    open_photo(qtbot, pane, 9)
    turn = pane.page.chat.turns[0]
    assert turn.use_button.isVisibleTo(turn) is (offered == "caption")
    assert turn.tag_button.isVisibleTo(turn) is (offered == "tag")
    assert turn.note.endswith("·") is bool(offered)
    entries = {action.text(): action for action in turn.menu().actions()}
    assert entries["Use as caption"].isEnabled()


def test_a_turn_can_be_copied_and_deleted(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    chat = pane.page.chat
    ask(pane, "first?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 1)
    ask(pane, "second?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 2)
    settle(qtbot)
    actions = {action.text(): action for action in chat.turns[0].menu().actions()}
    actions["Copy answer"].trigger()
    assert QApplication.clipboard().text() == "red and white, and blue and white"
    actions["Delete this question"].trigger()
    assert [turn.question for turn in chat.turns] == ["second?"]
    settle(qtbot)
    assert [turn.question for turn in workspace.asking.history(8)] == ["second?"]
    assert [turn.question for turn in chat.turns] == ["second?"]
    assert ("Question deleted", True) in pane.toasts
    pane.undo()
    qtbot.waitUntil(lambda: [turn.question for turn in chat.turns] == ["first?", "second?"])


def test_a_short_answer_becomes_a_tag(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    workspace.asking._turns[:] = [QuestionAnswer(1, 9, "what?", "Red boat.", "m", 0.0, 1.0)]
    open_photo(qtbot, pane, 9)
    pane.page.chat.turns[0].tag_button.click()
    qtbot.waitUntil(lambda: "Red boat" in pane.page.keywords.names)
    assert ("Tag added", True) in pane.toasts


def test_what_can_be_done_with_an_answer_is_reached_by_key(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking._turns[:] = [QuestionAnswer(1, 9, "what?", "a boat", "m", 0.0, 1.0)]
    open_photo(qtbot, pane, 9)
    turn = pane.page.chat.turns[0]
    pane.activateWindow()
    turn.more_button.setFocus()
    QTest.keyClick(turn.more_button, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "Copy answer", "Copy question", "Use as caption", "Add as tag", "Ask again", "Delete this question",
    ]  # fmt: skip
    menu.close()


def test_a_new_conversation_begins_with_the_next_question_and_is_marked(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    chat = pane.page.chat
    assert not chat.new_button.isVisible(), "there is none yet"
    ask(pane, "first?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 1)
    settle(qtbot)
    chat.new_button.click()
    assert pane.page.ask_bar.field.hasFocus() and chat._divider.isVisible()
    chat.new_button.click()
    assert not chat._divider.isVisible(), "it can be thought better of"
    chat.new_button.click()
    ask(pane, "second?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 2)
    ask(pane, "third?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 3)
    assert [turn.is_new for turn in workspace.asking.history(8)] == [False, True, False]
    assert [turn.begins for turn in chat.turns] == [False, True, False]
    assert not chat._divider.isVisible()


def test_a_closed_question_is_answered_with_bars(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    bar, chat = pane.page.ask_bar, pane.page.chat
    bar.field.setText("is it night?")
    bar.choices_button.click()
    assert bar.choices.hasFocus() and bar.choices.placeholderText() == "yes, no"
    QTest.keyClicks(bar.choices, "day, <b>night</b>, dawn")
    QTest.keyClick(bar.choices, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: finished(chat) == [("is it night?", "day")])
    assert chat.turns[0].bars.isVisible()
    assert chat.turns[0].bars.rows == [("day", "57 %"), ("<b>night</b>", "29 %"), ("dawn", "14 %")]
    assert "29 %" in chat.turns[0].bars.accessibleDescription()
    assert bar.choices.text() == "day, <b>night</b>, dawn", "the next question may have the same answers"
    chat.turns[0]._ask_again()
    qtbot.waitUntil(lambda: len(finished(chat)) == 2)
    assert len(workspace.asking.history(8)[1].choices) == 3
    bar.set_possible(False)
    assert not bar.choices.isVisible(), "nothing can be asked of a photo that cannot be read"
    bar.set_possible(True)
    assert bar.choices.isVisible()
    QTest.keyClick(bar.choices, Qt.Key.Key_Escape)
    assert not bar.choices.isVisible()
    ask(pane, "is it night?")
    qtbot.waitUntil(lambda: len(finished(chat)) == 3)
    assert workspace.asking.history(8)[2].choices == ()


def test_choices_that_are_none_are_said_in_words(qtbot: QtBot, pane: PhotoPane) -> None:
    bar, chat = pane.page.ask_bar, pane.page.chat
    bar.choices_button.click()
    bar.choices.setText("day, day")
    ask(pane, "is it night?")
    assert chat.turns[0].reply_text == "The choice day is there twice. Name each choice once."
    bar.choices.setText("day, night")
    chat.turns[0].retry_button.click()
    assert "twice" in chat.turns[0].reply_text, "it was asked with those"


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.0, "0 %"), (0.001, "< 1 %"), (0.5, "50 %"), (0.9999, "> 99 %"), (1.0, "100 %")],
)
def test_a_share_says_no_more_than_is_known(probability: float, words: str) -> None:
    assert share(Choice("a", probability)) == words


def test_many_choices_show_the_likeliest_and_how_many_more(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    choices = tuple(Choice(f"answer {n}", 0.004 if n else 0.9, 0.0) for n in range(12))
    workspace.asking._turns[:] = [QuestionAnswer(1, 9, "what?", "answer 0", "m", 0.0, 1.0, choices=choices)]
    open_photo(qtbot, pane, 9)
    turn = pane.page.chat.turns[0]
    assert [percent for _, percent in turn.bars.rows] == ["90 %"] + ["< 1 %"] * 4
    assert "answer 11" in turn.bars.toolTip()
    assert "hardly say any of these" in turn.notice
    turn.bars.grab()


def test_a_suggestion_is_asked_as_it_reads_and_then_no_longer_offered(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.suggestions = lambda photo: ["how many are there?", "What is it?"]
    workspace.asking._turns[:] = [QuestionAnswer(1, 9, "WHAT is it?", "a boat", "m", 0.0, 1.0)]
    open_photo(qtbot, pane, 9)
    bar = pane.page.ask_bar

    def offered() -> list[str]:
        return [chip.text() for chip in bar.suggestion_chips if chip.isVisible()]

    assert offered() == ["How many are there?"]
    bar.suggestion_chips[0].click()
    qtbot.waitUntil(lambda: [q for q, _ in finished(pane.page.chat)][1:] == ["How many are there?"])
    assert offered() == []
    pane.page.chat.turns[0].deleted.emit()
    assert offered() == ["What is it?"]
    settle(qtbot)
    open_photo(qtbot, pane, 8)
    assert offered() == ["How many are there?", "What is it?"]


def test_what_was_asked_leaves_room_for_its_answers_by_fewer_suggestions(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    questions = ["what is it?", "how many are there?", "who is this?", "where is this?"]
    workspace.asking.suggestions = lambda photo: questions
    open_photo(qtbot, pane, 9)
    bar = pane.page.ask_bar
    assert sum(chip.isVisible() for chip in bar.suggestion_chips) == 4
    bar.suggestion_chips[0].click()
    qtbot.waitUntil(lambda: not bar.busy and len(finished(pane.page.chat)) == 1)
    shown = [chip.text() for chip in bar.suggestion_chips if chip.isVisible()]
    assert shown == ["How many are there?", "Who is this?"]


def test_the_demo_model_says_what_it_is(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    assert "drawn scenes" in pane.page.chat._hint.text()
    for photo_id, other in ((9, "blip-vqa-base"), (10, "demolition-sites")):
        workspace.settings.change(answer_model=other)
        open_photo(qtbot, pane, photo_id)
        assert "drawn scenes" not in pane.page.chat._hint.text()


def test_the_hint_comes_with_the_picture_of_a_photo_that_became_readable(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([9], state=PhotoState.MISSING)
    open_photo(qtbot, pane, 9)
    assert not pane.page.chat._hint.isVisible()
    workspace.change([9], state=PhotoState.DONE)
    qtbot.waitUntil(pane.page.chat._hint.isVisible)
    assert "drawn scenes" in pane.page.chat._hint.text()


def test_a_long_history_opens_with_its_end_and_shows_the_rest_when_asked(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    turns = [QuestionAnswer(n, 9, f"q{n}", f"a{n}", "m", 0.0, 1.0) for n in range(30)]
    workspace.asking._turns[:] = turns
    open_photo(qtbot, pane, 9)
    chat = pane.page.chat
    assert [turn.question for turn in chat.turns] == [f"q{n}" for n in range(18, 30)]
    chat._earlier.click()
    assert [turn.question for turn in chat.turns] == [f"q{n}" for n in range(6, 30)]
    workspace.change([9], model_caption="other words")
    qtbot.waitUntil(lambda: pane.page.caption.text() == "other words")
    assert len(chat.turns) == 24, "a refresh does not fold them again"
    chat._earlier.click()
    assert [turn.question for turn in chat.turns] == [f"q{n}" for n in range(30)]
    assert not chat._earlier.isVisible()


def test_an_answer_is_selected_with_the_mouse_and_copied(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.answer = "a cat \U0001f408 in a <b>red</b> hat"
    ask(pane, "what is it?")
    qtbot.waitUntil(lambda: len(finished(pane.page.chat)) == 1)
    body, left = pane.page.chat.turns[0]._reply.body, Qt.MouseButton.LeftButton
    pane.activateWindow()
    middle = body.height() // 2
    QTest.mousePress(body, left, pos=QPoint(0, middle))
    QTest.mouseMove(body, QPoint(body.width(), middle))
    QTest.mouseRelease(body, left, pos=QPoint(body.width(), middle))
    assert body.selected_text() == workspace.asking.answer
    body.grab()
    QTest.keyClick(body, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == workspace.asking.answer
    QTest.mouseDClick(body, left, pos=QPoint(18, middle))
    assert body.selected_text().strip() == "cat"


def test_a_photo_that_was_asked_before_shows_its_picture_and_where_there_is_room_its_newest_answer(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking._turns += [
        QuestionAnswer(n, 9, f"q{n}", f"a{n}", "m", 0.0, 1.0) for n in range(100, 103)
    ]
    for height in (900, 560):
        pane.resize(356, height)
        open_photo(qtbot, pane, 9)
        settle(qtbot)
        assert whole(pane.page.preview)
        assert whole(pane.page.chat.turns[-1]) is (height == 900)
        open_photo(qtbot, pane, 8)


def test_the_newest_answer_stays_in_view_after_a_resize(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    ask(pane, "what is it?")
    qtbot.waitUntil(lambda: len(finished(pane.page.chat)) == 1)
    newest = pane.page.chat.turns[-1]
    for height in (900, 560, 620, 900):
        pane.resize(356, height)
        settle(qtbot)
        assert whole(newest)


@pytest.mark.parametrize("height", [500, 608, 808])
def test_the_bars_of_a_closed_question_are_wholly_in_view(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, height: int
) -> None:
    pane.resize(356, height)
    workspace.asking._turns += [
        QuestionAnswer(n, 9, f"q{n}", f"a{n}", "m", 0.0, 1.0) for n in range(100, 108)
    ]
    open_photo(qtbot, pane, 9)
    pane.page.chat.ask("which colour?", "red, green, blue, yellow, pink, white")
    turn = pane.page.chat.turns[-1]
    qtbot.waitUntil(lambda: turn.question_id is not None and turn.bars.isVisible())
    qtbot.waitUntil(lambda: whole(turn))


def test_an_answer_is_followed_to_its_end_unless_the_person_has_scrolled_away(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    pane.resize(356, 560)
    workspace.asking.word_seconds = 30.0
    ask(pane, "what is it?")
    chat, bar = pane.page.chat, pane.page._whole.verticalScrollBar()
    pending = chat._pending[8]
    chat._on_token(pending, "a red boat on the sea " * 9)
    qtbot.waitUntil(lambda: whole(chat.turns[-1]._reply))
    end = bar.maximum()
    bar.triggerAction(bar.SliderAction.SliderSingleStepSub)
    bar.triggerAction(bar.SliderAction.SliderSingleStepSub)
    left_at = bar.value()
    assert 0 < left_at < end
    chat._on_token(pending, "a red boat on the sea " * 18)
    qtbot.waitUntil(lambda: bar.maximum() > end)
    assert bar.value() == left_at
    bar.triggerAction(bar.SliderAction.SliderToMaximum)
    chat._on_token(pending, "a red boat on the sea " * 30)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > end)
    pane.page.ask_bar.stopped.emit()


def whole(part: QWidget) -> bool:
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()
