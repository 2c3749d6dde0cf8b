"""Input methods: what is composed is neither asked, saved, searched for nor lost, and no key acts on it."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import finished, open_photo, settle, type_into
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from blipdesk.ui.pane import PhotoPane

CTRL = Qt.KeyboardModifier.ControlModifier


def compose(field: QWidget, words: str, commit: str = "") -> None:
    event = QInputMethodEvent(words, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_enter_in_a_composition_asks_and_saves_nothing(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    page = pane.page
    page.ask_bar.focus_field()
    compose(page.ask_bar.field, "うみ")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
        QTest.keyClick(page.ask_bar.field, key)
    assert page.chat.turns == [] and page.ask_bar.field.hasFocus()
    compose(page.ask_bar.field, "", "海ですか")
    QTest.keyClick(page.ask_bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [question for question, _ in finished(page.chat)] == ["海ですか"])

    page.keywords.begin_add()
    compose(page.keywords.field, "うみ")
    QTest.keyClick(page.keywords.field, Qt.Key.Key_Return)
    QTest.keyClick(page.keywords.field, Qt.Key.Key_Escape)
    assert page.keywords.field.isVisible()
    compose(page.keywords.field, "", "海")
    QTest.keyClick(page.keywords.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "海" in page.keywords.names)

    type_into(pane, "x")
    compose(page.caption.editor, "うみ")
    QTest.keyClick(page.caption.editor, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(page.caption.editor, Qt.Key.Key_Escape)
    settle(qtbot)
    assert workspace.library.photo_now(8).user_caption is None and page.caption.dirty
    compose(page.caption.editor, "", "海")
    QTest.keyClick(page.caption.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption is not None)
    assert (workspace.library.photo_now(8).user_caption or "").count("海") == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Tab, Qt.Key.Key_Up])
def test_no_shortcut_takes_the_keyboard_from_a_composition(
    qtbot: QtBot, pane: PhotoPane, key: Qt.Key
) -> None:
    open_photo(qtbot, pane)
    pane.activateWindow()
    field = pane.page.ask_bar.field
    pane.page.ask_bar.focus_field()
    compose(field, "うみ")
    QTest.keyClick(field, key)
    assert field.hasFocus()
    compose(field, "", "海")
    assert field.text() == "海"
    QTest.keyClick(field, Qt.Key.Key_F2)
    assert pane.page.caption.editor.hasFocus(), "the keys act again"


def test_a_composition_that_ended_with_the_focus_leaves_enter_as_it_was(
    qtbot: QtBot, pane: PhotoPane
) -> None:
    open_photo(qtbot, pane)
    pane.activateWindow()
    bar = pane.page.ask_bar
    bar.focus_field()
    compose(bar.field, "うみ")
    pane.page.caption.editor.setFocus()
    bar.focus_field()
    QTest.keyClicks(bar.field, "sea?")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(finished(pane.page.chat)) == 1)


def test_a_search_runs_with_what_was_composed_and_not_before(open_window, qtbot) -> None:
    window = open_window(FakeWorkspace(60))
    qtbot.waitUntil(lambda: window.gallery.model.rowCount() == 60)
    field = window.top_bar.search.field
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    compose(field, "moo")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
    QTest.keyClick(field, Qt.Key.Key_B, CTRL)
    assert field.hasFocus() and window.browser.view.query == "" and field.text() == ""
    compose(field, "", "moon")
    qtbot.waitUntil(lambda: window.browser.view.query == "moon")


def test_a_question_to_many_is_not_asked_while_it_is_composed(open_window, qtbot) -> None:
    window = open_window(FakeWorkspace(60))
    qtbot.waitUntil(lambda: window.gallery.model.rowCount() == 60)
    window.asked.ask()
    field = window.asked.dialog.ask_page.field
    field.setFocus()
    QTest.keyClicks(field, "x")
    compose(field, "うみ")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
    assert window.workspace.asking_many.started == [] and window.asked.dialog.isVisible()
    compose(field, "", "海")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [run.question for run in window.workspace.asking_many.kept] == ["x海"])
