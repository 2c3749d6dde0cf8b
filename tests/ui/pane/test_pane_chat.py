"""The chat: asking, streaming, stopping, and what goes wrong."""

from __future__ import annotations

import re

import pytest
from fake_asking import FakeAskingHandle
from fake_workspace import FakeWorkspace
from pane_steps import ask, finished, open_photo, settle, type_into
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.ui.pane import PhotoPane

pytestmark = pytest.mark.usefixtures("shown_photo")


def test_a_question_is_answered_with_its_time(qtbot: QtBot, pane: PhotoPane) -> None:
    chat = pane.page.chat
    ask(pane, "what colours are they?")
    field = pane.page.ask_bar.field
    assert field.text() == ""
    assert not field.isUndoAvailable(), "Ctrl+Z is for what is done next, not for the sending"
    qtbot.waitUntil(
        lambda: finished(chat) == [("what colours are they?", "red and white, and blue and white")]
    )
    assert re.match(r"\d+\.\d s( ·)?$", chat.turns[0].note)
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
    qtbot.waitUntil(lambda: " · stopped" in chat.turns[0].note)
    assert not bar.busy
    settle(qtbot)
    open_photo(qtbot, pane, 9)
    open_photo(qtbot, pane, 8)
    assert " · stopped" in chat.turns[0].note, "also when the history is read again"


def test_a_model_that_is_loaded_first_is_named_until_it_is(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.asking.loads = "blip-vqa-base"
    workspace.asking.word_seconds = 10.0
    chat = pane.page.chat
    ask(pane, "what colours are they?")
    qtbot.waitUntil(lambda: chat.turns[0].notice == "BLIP vqa base is being loaded…")
    assert chat.turns[0].waiting
    open_photo(qtbot, pane, 9)
    open_photo(qtbot, pane, 8)
    assert chat.turns[0].notice == "BLIP vqa base is being loaded…" == chat.turns[0].accessibleDescription()
    workspace.asking.may_load.set()
    qtbot.waitUntil(lambda: not chat.turns[0].notice)
    assert chat.turns[0].waiting and chat.turns[0].accessibleDescription() == "The answer is awaited"
    chat.stop()


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


def test_blank_questions_are_not_asked(qtbot: QtBot, pane: PhotoPane) -> None:
    ask(pane, "   ")
    pane.page.ask_bar.button.click()
    assert pane.page.chat.turns == []


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


def test_a_question_deleted_while_it_is_asked_leaves_no_error_either(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = FakeAskingHandle()
    monkeypatch.setattr(workspace.asking, "ask", lambda *_, **__: handle)
    ask(pane, "what is it?")
    qtbot.waitUntil(lambda: len(pane.page.chat.turns) == 1)
    pane.page.chat.turns[0].deleted.emit()
    handle.future.set_exception(ModelError("The model process ended.", "Try again."))
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)
    settle(qtbot)
    assert pane.page.chat.turns == []


def test_a_bug_while_asking_leaves_the_field_ready(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(workspace.asking, "ask", broken)
    with pytest.raises(RuntimeError):
        pane.page.chat.ask("why?")
    assert not pane.page.ask_bar.busy and pane.page.chat.turns == []


def test_a_suggested_question_is_asked_by_a_click(qtbot: QtBot, pane: PhotoPane) -> None:
    pane.page.ask_bar.suggestion_chips[1].click()
    qtbot.waitUntil(lambda: [q for q, _ in finished(pane.page.chat)] == ["How many are there?"])


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
