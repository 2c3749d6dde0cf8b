"""The keys of the whole window, and the list of them."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from blipdesk.ui.dialogs.keys_list import KeysList
from blipdesk.ui.shortcuts import GROUPS, LARGE, LARGER, SEARCH, SIMILAR, Keys

PORTABLE = QKeySequence.SequenceFormat.PortableText


@pytest.fixture
def window(open_window, qtbot):
    made = open_window(FakeWorkspace(60))
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.chosen.focus()
    qtbot.waitUntil(lambda: made.pane._photo is not None)
    return made


def lists(window) -> list[KeysList]:
    return [one for one in window.window().findChildren(KeysList) if one.isVisible()]


def close(window) -> None:
    for one in lists(window):
        one.reject()


def words(keys: KeysList) -> set[str]:
    return {label.text() for label in keys.findChildren(QLabel)}


def press(widget: QWidget, typed: str) -> None:
    QTest.keyClick(widget, Qt.Key.Key_F1) if typed == "F1" else QTest.keyClicks(widget, typed)


@pytest.mark.parametrize("typed", ["F1", "?"])
def test_the_keys_are_listed_where_nothing_is_typed(window, typed):
    parts = [window.gallery.view, window.side_bar.rows[0], window.pane.header]
    for part in parts:
        part.setFocus()
        press(QApplication.focusWidget(), typed)
        assert len(lists(window)) == 1
        close(window)
    window.windows.open_preview(5)
    large = window.windows._large
    press(large, typed)
    assert len(lists(window)) == 1 and large.isVisible()


def test_a_question_mark_in_a_field_is_typed_and_f1_in_the_search_tells_how_to_search(window, qtbot):
    for field in (window.top_bar.search.field, window.pane.page.ask_bar.field):
        field.setFocus()
        QTest.keyClicks(field, "a?")
        assert field.text() == "a?"
    assert lists(window) == []
    window.top_bar.search.focus()
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_F1)
    assert window.searching._help.isVisible() and lists(window) == []


def test_every_key_of_the_window_is_listed(window):
    of_group = (keys for _, group in GROUPS for keys in group)
    listed = {QKeySequence(key).toString(PORTABLE) for keys in of_group for key in keys.keys}
    bound = {shortcut.key().toString(PORTABLE) for shortcut in window.window().findChildren(QShortcut)}
    for action in window.selection.findChildren(QAction):
        bound |= {keys.toString(PORTABLE) for keys in action.shortcuts()}
    assert len(bound) > 20
    assert bound - listed == set()


def test_the_list_says_what_each_key_does(window):
    window.windows.open_keys()
    said = words(lists(window)[0])
    for _, group in GROUPS:
        for keys in group:
            assert {keys.does, *keys.names} <= said


def test_keys_are_named_as_on_a_keyboard():
    assert SEARCH.names == ["Ctrl+F", "Ctrl+K", "/"]
    assert LARGE.names == ["Space", "Enter"]
    assert LARGER.names[0] == "Ctrl++" and SIMILAR.names == ["Ctrl+Shift+F"]
    assert Keys("", ("Alt+Left", "-", "Esc", "Del")).names == ["Alt+←", "−", "Esc", "Del"]


@pytest.mark.parametrize("size", [(1000, 700), (960, 600)])
def test_the_list_fits_into_small_windows_and_turns_by_pages(open_window, qtbot, size):
    window = open_window(FakeWorkspace(5), size)
    window.windows.open_keys()
    keys = lists(window)[0]
    keys.resize(size[0] - 40, size[1] - 40)
    bar = keys.area.verticalScrollBar()
    qtbot.waitUntil(lambda: keys.area.widget().width() <= keys.area.viewport().width())
    for label in keys.findChildren(QLabel):
        assert label.isHidden() or label.width() >= label.minimumSizeHint().width(), label.text()
    QTest.keyClick(keys, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()


def test_the_menu_of_a_photo_leads_to_the_list(window):
    menu = window.selection.menu()
    next(action for action in menu.actions() if action.text() == "Keyboard shortcuts").trigger()
    assert len(lists(window)) == 1


def test_keys_make_the_photos_larger_smaller_and_as_usual(window, qtbot):
    view, keys, ctrl = window.gallery.view, Qt.Key, Qt.KeyboardModifier.ControlModifier
    usual = view.grid.columns
    QTest.keyClick(view, keys.Key_Plus, ctrl)
    assert view.grid.columns == usual - 1
    QTest.keyClick(view, keys.Key_Equal, ctrl)
    assert view.grid.columns == usual - 2
    window.top_bar.search.field.setFocus()
    for columns in range(usual - 1, usual + 2):
        QTest.keyClick(window.top_bar.search.field, keys.Key_Minus, ctrl)
        assert view.grid.columns == columns
    assert window.top_bar.search.field.text() == ""
    QTest.keyClick(view, keys.Key_0, ctrl)
    assert view.grid.columns == usual and window.top_bar.size_slider.value() == 200


def test_dialogs_keep_the_keys_of_the_window_to_themselves(window):
    window.windows.open_settings()
    dialog = next(one for one in window.window().findChildren(QDialog) if one.isVisible())
    QTest.keyClicks(dialog, "?")
    assert lists(window) == []
    dialog.reject()


@pytest.mark.parametrize("width", [480, 560, 880])
def test_no_key_is_cut_off_however_narrow_the_list_is(window, qtbot, width):
    window.windows.open_keys()
    (keys,) = lists(window)
    keys.resize(width, 500)
    body, room = keys.area.widget(), keys.area.viewport()
    qtbot.waitUntil(lambda: body.width() == room.width())
    for label in body.findChildren(QLabel):
        assert label.mapTo(body, label.rect().topRight()).x() <= body.width()
        assert label.height() >= label.heightForWidth(label.width())
