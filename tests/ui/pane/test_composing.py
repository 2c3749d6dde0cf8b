"""Input methods: what is composed is neither asked, saved, searched for nor lost, and no key acts on it."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import compose, finished, hand_keys_on, open_photo, settle, type_into
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from whole_window import opened_dialog

from blipdesk.domain.search import SavedSearch
from blipdesk.ui.dialogs.rename_tag import RenameTag
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.composing import ComposedLine

CTRL = Qt.KeyboardModifier.ControlModifier


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


@pytest.fixture
def window(open_window, qtbot) -> MainWindow:
    workspace = FakeWorkspace(60)
    workspace.searching.kept = [SavedSearch("Nights", "moon")]
    made = open_window(workspace)
    qtbot.waitUntil(lambda: bool(made.side_bar.saved.rows))
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_saved_search_is_named_with_what_was_composed(window, qtbot) -> None:
    window.side_bar.saved.rename("Nights")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    hand_keys_on(field)
    assert field.isVisible() and [row.search.name for row in window.side_bar.saved.rows] == ["Nights"]
    compose(field, "", "海")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row.search.name for row in window.side_bar.saved.rows] == ["海"])


def test_a_tag_is_looked_for_with_what_was_composed(window, qtbot) -> None:
    field = window.side_bar.tags.field
    field.setFocus()
    QTest.keyClicks(field, "x")
    hand_keys_on(field)
    assert field.hasFocus() and field.text() == "x"
    compose(field, "", "海")
    assert field.text() == "x海"


def test_a_setting_is_looked_for_with_what_was_composed(window, qtbot) -> None:
    search = opened_dialog(window, qtbot, "settings").search
    search.setFocus()
    QTest.keyClicks(search, "e")
    hand_keys_on(search)
    assert search.hasFocus() and search.text() == "e"


def test_a_tag_is_renamed_to_what_was_composed(qtbot) -> None:
    dialog = RenameTag("dog", False, [("Sea", 3)], None)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.field, "x")
    hand_keys_on(dialog.field)
    assert dialog.isVisible() and dialog.field.text() == "x"


def without_composition(root: QWidget) -> list[str]:
    lines = [one for one in root.findChildren(QLineEdit) if not one.objectName().startswith("qt_")]
    return [line.accessibleName() for line in lines if not isinstance(line, ComposedLine)]


def test_every_line_of_the_window_knows_of_input_methods(window) -> None:
    assert without_composition(window) == []


def test_every_line_of_a_dialog_knows_of_input_methods(dialog) -> None:
    assert without_composition(dialog) == []
