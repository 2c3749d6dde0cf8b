"""The chat: asking, streaming, stopping, errors, and a history for each photo."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import open_photo, settle, type_into
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.values import PhotoState, QuestionAnswer
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.chat import Chat


@pytest.fixture
def workspace() -> FakeWorkspace:
    workspace = FakeWorkspace(60)
    workspace.asking.word_seconds = 0.0
    return workspace


@pytest.fixture(autouse=True)
def shown_photo(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)


def ask(pane: PhotoPane, question: str) -> None:
    pane.page.ask_bar.focus_field()
    QTest.keyClicks(pane.page.ask_bar.field, question)
    QTest.keyClick(pane.page.ask_bar.field, Qt.Key.Key_Return)


def finished(chat: Chat) -> list[tuple[str, str]]:
    return [(turn.question, turn.answer) for turn in chat.turns if turn.question_id is not None]


def test_a_question_is_answered_with_its_time(qtbot: QtBot, pane: PhotoPane) -> None:
    chat = pane.page.chat
    ask(pane, "what colours are they?")
    assert pane.page.ask_bar.field.text() == ""
    qtbot.waitUntil(
        lambda: finished(chat) == [("what colours are they?", "red and white, and blue and white")]
    )
    assert chat.turns[0].note.startswith("0.1 s")
    assert not pane.page.ask_bar.busy


def test_the_answer_grows_word_by_word_and_stop_keeps_what_there_is(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.word_seconds = 0.05
    workspace.asking.answer = " ".join(["word"] * 400)
    chat, bar = pane.page.chat, pane.page.ask_bar
    ask(pane, "tell me everything")
    assert bar.busy and chat.turns[0].waiting
    assert bar.button.accessibleName() == "Stop answering"
    seen: set[int] = set()
    qtbot.waitUntil(lambda: (seen.add(len(chat.turns[0].answer)), len(seen) > 3)[1])
    bar.button.click()
    qtbot.waitUntil(lambda: not bar.busy)
    kept = chat.turns[0].answer
    assert kept and len(kept.split()) < 400
    assert "stopped" in chat.turns[0].note
    settle(qtbot)
    assert [turn.answer for turn in workspace.asking.history(8)] == [kept]
    assert finished(chat) == [("tell me everything", kept)]


def test_stopping_is_said_until_the_model_has_stopped_and_the_mark_stays(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.word_seconds = 0.02
    workspace.asking.answer = " ".join(["word"] * 400)
    workspace.asking.may_stop.clear()
    chat, bar = pane.page.chat, pane.page.ask_bar
    ask(pane, "tell me everything")
    qtbot.waitUntil(lambda: not chat.turns[0].waiting)
    bar.button.click()
    assert chat.turns[0].note == "Stopping…" and not bar.button.isEnabled()
    assert bar.button.accessibleName() == "Stopping"
    open_photo(qtbot, pane, 9)
    open_photo(qtbot, pane, 8)
    assert chat.turns[0].note == "Stopping…" and not bar.button.isEnabled()
    workspace.asking.may_stop.set()
    qtbot.waitUntil(lambda: chat.turns[0].note.endswith(" · stopped"))
    assert not bar.busy
    settle(qtbot)
    open_photo(qtbot, pane, 9)
    open_photo(qtbot, pane, 8)
    assert chat.turns[0].note.endswith(" · stopped"), "also when the history is read again"


def test_escape_in_the_field_stops(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    workspace.asking.word_seconds = 0.05
    workspace.asking.answer = " ".join(["word"] * 400)
    ask(pane, "tell me everything")
    qtbot.waitUntil(lambda: not pane.page.chat.turns[0].waiting)
    QTest.keyClick(pane.page.ask_bar.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)


def test_a_second_question_waits_for_the_first_and_is_not_lost(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.word_seconds = 0.05
    ask(pane, "first?")
    QTest.keyClicks(pane.page.ask_bar.field, "second?")
    QTest.keyClick(pane.page.ask_bar.field, Qt.Key.Key_Return)
    assert pane.page.ask_bar.field.text() == "second?"
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)
    QTest.keyClick(pane.page.ask_bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [q for q, _ in finished(pane.page.chat)] == ["first?", "second?"])


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
    turn, bar = pane.page.chat.turns[-1], pane.page._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: turn._dots.visibleRegion().boundingRect() == turn._dots.rect())
    assert turn.waiting and bar.value() == bar.maximum() > 0
    pane.page.ask_bar.stopped.emit()


def test_blank_questions_are_not_asked(qtbot: QtBot, pane: PhotoPane) -> None:
    ask(pane, "   ")
    pane.page.ask_bar.button.click()
    assert pane.page.chat.turns == []


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


def test_an_answer_goes_on_while_another_photo_is_shown(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.word_seconds = 0.06
    chat, bar = pane.page.chat, pane.page.ask_bar
    ask(pane, "about eight?")
    qtbot.waitUntil(lambda: not chat.turns[0].waiting)
    open_photo(qtbot, pane, 9)
    assert chat.turns == [] and not bar.busy
    open_photo(qtbot, pane, 8)
    assert chat.turns[0].question == "about eight?"
    qtbot.waitUntil(lambda: not bar.busy)
    settle(qtbot)
    assert finished(chat) == [("about eight?", "red and white, and blue and white")]


def test_a_refresh_while_an_answer_streams_changes_nothing(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.word_seconds = 0.05
    chat = pane.page.chat
    ask(pane, "about eight?")
    qtbot.waitUntil(lambda: not chat.turns[0].waiting)
    turn = chat.turns[0]
    workspace.change([8], model_caption="other words")
    qtbot.waitUntil(lambda: pane.page.caption.text() == "other words")
    assert chat.turns == [turn]
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)
    settle(qtbot)
    assert len(finished(chat)) == 1


def test_an_error_is_said_in_words_and_can_be_asked_again(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    chat = pane.page.chat
    workspace.asking.error = ModelError("The model is not complete.", "Import it again.")
    ask(pane, "why?")
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)
    assert chat.turns[0].reply_text == "The model is not complete. Import it again."
    open_photo(qtbot, pane, 9)
    open_photo(qtbot, pane, 8)
    assert chat.turns[0].reply_text == "The model is not complete. Import it again."
    workspace.asking.error = None
    chat.turns[0].retry_button.click()
    qtbot.waitUntil(lambda: len(finished(chat)) == 1)
    assert len(chat.turns) == 1


def test_a_bug_is_said_without_its_trace(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    workspace.asking.error = ValueError("<b>inner</b> detail")
    ask(pane, "why?")
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)
    assert "inner" not in pane.page.chat.turns[0].reply_text
    assert "log file" in pane.page.chat.turns[0].reply_text


def test_a_question_cancelled_before_its_answer_comes_back_into_the_field(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.error = Cancelled()
    ask(pane, "why?")
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)
    assert pane.page.chat.turns == []
    assert pane.page.ask_bar.field.text() == "why?"


def test_an_answer_can_become_the_caption(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    ask(pane, "what?")
    qtbot.waitUntil(lambda: len(finished(pane.page.chat)) == 1)
    pane.page.chat.turns[0].use_button.click()
    assert pane.page.caption.text() == "red and white, and blue and white"
    assert pane.page.caption.dirty, "nothing is kept without Save"
    pane.page.caption.save_button.click()
    qtbot.waitUntil(
        lambda: workspace.library.photo_now(8).user_caption == "red and white, and blue and white"
    )


def test_words_typed_come_back_by_undo_after_an_answer_took_their_place(
    qtbot: QtBot, pane: PhotoPane
) -> None:
    ask(pane, "what?")
    qtbot.waitUntil(lambda: len(finished(pane.page.chat)) == 1)
    type_into(pane, " in May")
    pane.page.chat.turns[0].use_button.click()
    assert pane.page.caption.text() == "red and white, and blue and white"
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.page.caption.text() == "a full moon over a lake at night in May"
    pane.page.caption.revert()


@pytest.mark.parametrize(("answer", "offered"), [("2", False), ("yes it", False), ("a red boat", True)])
def test_only_an_answer_of_some_words_is_offered_as_a_caption(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, answer: str, offered: bool
) -> None:
    workspace.asking._turns[:] = [QuestionAnswer(1, 9, "what?", answer, "m", 0.0, 1.0)]
    open_photo(qtbot, pane, 9)
    turn = pane.page.chat.turns[0]
    assert turn.use_button.isVisibleTo(turn) is offered
    assert turn.note.endswith("·") is offered
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


def test_a_question_deleted_while_it_is_answered_leaves_nothing_behind(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.word_seconds = 0.02
    workspace.asking.answer = " ".join(["word"] * 400)
    chat, bar = pane.page.chat, pane.page.ask_bar
    ask(pane, "tell me everything")
    qtbot.waitUntil(lambda: not chat.turns[0].waiting)
    chat.turns[0].deleted.emit()
    qtbot.waitUntil(lambda: not bar.busy)
    qtbot.waitUntil(lambda: workspace.asking.history(8) == [] and chat.turns == [])
    settle(qtbot)
    assert chat.turns == [] and bar.field.text() == ""


def test_a_bug_while_asking_leaves_the_field_ready(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(workspace.asking, "ask", broken)
    with pytest.raises(RuntimeError):
        pane.page.chat.ask("why?")
    assert not pane.page.ask_bar.busy and pane.page.chat.turns == []


def test_a_suggested_question_is_asked_by_a_click(qtbot: QtBot, pane: PhotoPane) -> None:
    pane.page.ask_bar.suggestion_chips[1].click()
    qtbot.waitUntil(lambda: [q for q, _ in finished(pane.page.chat)] == ["How many are there?"])


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


def test_closing_the_window_while_an_answer_streams_is_quiet(
    qtbot: QtBot, workspace: FakeWorkspace, caplog: pytest.LogCaptureFixture
) -> None:
    workspace.asking.word_seconds = 0.03
    pane = PhotoPane()
    pane.set_workspace(workspace)
    pane.show()
    open_photo(qtbot, pane, 8)
    ask(pane, "what?")
    qtbot.waitUntil(lambda: not pane.page.chat.turns[0].waiting)
    pane.set_workspace(None)
    pane.deleteLater()
    qtbot.waitUntil(lambda: len(workspace.asking.history(8)) == 1)
    qtbot.wait(50)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_the_demo_model_says_what_it_is(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    assert "drawn scenes" in pane.page.chat._hint.text()
    workspace.settings.change(answer_model="blip-vqa-base")
    open_photo(qtbot, pane, 9)
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


def test_a_low_window_keeps_caption_tags_and_the_newest_answer_in_view(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    pane.resize(356, 600)
    workspace.asking._turns += [
        QuestionAnswer(n, 9, f"q{n}", f"a{n}", "m", 0.0, 1.0) for n in range(100, 108)
    ]
    open_photo(qtbot, pane, 9)
    ask(pane, "what is it?")
    page, chat = pane.page, pane.page.chat
    qtbot.waitUntil(lambda: len(chat.turns) == 9 and chat.turns[-1].question_id is not None)
    for part in (page.caption, page.keywords, chat.turns[-1]._reply):
        qtbot.waitUntil(lambda p=part: p.visibleRegion().boundingRect() == p.rect())


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


def test_the_newest_answer_is_in_view_after_a_resize_and_on_the_way_back(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking._turns += [
        QuestionAnswer(n, 9, f"q{n}", f"a{n}", "m", 0.0, 1.0) for n in range(100, 103)
    ]
    pane.resize(356, 900)
    open_photo(qtbot, pane, 9)
    newest = pane.page.chat.turns[-1]._reply
    qtbot.waitUntil(lambda: newest.visibleRegion().boundingRect() == newest.rect())
    pane.resize(356, 560)
    qtbot.waitUntil(lambda: pane.page._scroll.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: newest.visibleRegion().boundingRect() == newest.rect())
    open_photo(qtbot, pane, 8)
    open_photo(qtbot, pane, 9)
    again = pane.page.chat.turns[-1]._reply
    qtbot.waitUntil(lambda: again.visibleRegion().boundingRect() == again.rect())
