"""The side bar of the whole window: its rows, folders and tags change what is looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.values import PhotoState, ViewKind
from blipdesk.ui.gallery.badges import badge_of


def test_tags_keep_their_place_while_their_numbers_change(open_window, qtbot):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    before = list(window.side_bar.tags.chips)
    swapped = tuple(reversed([(name, 5) for name in before]))
    window.side_bar.show_side(replace(window.browser.side, keywords=swapped))
    assert list(window.side_bar.tags.chips) == before
    window.side_bar.tags.settle()
    assert list(window.side_bar.tags.chips) == before[::-1]


def test_a_tag_that_stays_keeps_the_keyboard_when_others_come_and_go(open_window, qtbot):
    window = open_window(FakeWorkspace(60))
    side = window.browser.side
    name, chip = next(iter(window.side_bar.tags.chips.items()))
    qtbot.waitUntil(chip.isVisible)
    chip.click()
    chip.setFocus()
    window.side_bar.show_side(replace(side, keywords=(("new", 99), (name, 7), ("newer", 3))))
    assert list(window.side_bar.tags.chips) == ["new", name, "newer"]
    assert window.side_bar.tags.chips[name] is chip and chip.isChecked()
    assert window.window().focusWidget() is chip
    assert not window.side_bar.tags.chips["new"].isChecked()


def test_photos_that_were_read_and_have_no_words_are_counted_apart(open_window, qtbot):
    workspace = FakeWorkspace(300)
    window = open_window(workspace)
    unread, wordless = window.side_bar.rows[4], window.side_bar.wordless
    qtbot.waitUntil(lambda: unread.accessibleName() == "Could not read, 10 photos")
    assert not wordless.isVisible()
    said_nothing = Problem(ProblemKind.DEGENERATE, "The model said nothing.", "")
    workspace.change([3, 4], state=PhotoState.FAILED, problem=said_nothing)
    qtbot.waitUntil(lambda: wordless.accessibleName() == "Could not caption, 2 photos")
    assert wordless.isVisible() and unread.accessibleName() == "Could not read, 10 photos"
    QTest.mouseClick(wordless, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(window) == 2 and window.gallery.retry.isVisible())
    badges = [badge_of(tile).words for tile in workspace.library.tiles([3, 4])]
    assert badges == [wordless.name] * 2


def test_side_bar_rows_folders_and_tags_change_the_view(open_window, qtbot):
    window = open_window(FakeWorkspace(300))
    QTest.mouseClick(window.side_bar.rows[4], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.browser.view.kind is ViewKind.FAILED and count(window) == 10)
    assert window.gallery.retry.isVisible()
    window.side_bar.tree.chosen.emit("/home/ada/Pictures/2026 Lisbon")
    qtbot.waitUntil(lambda: count(window) == 75)
    assert not any(row.isChecked() for row in window.side_bar.rows)
    window.side_bar.rows[0].click()
    chip = window.side_bar.tags.chips["sky"]
    chip.click()
    qtbot.waitUntil(lambda: window.browser.view.argument == "sky" and count(window) not in (0, 75, 300))
    assert chip.isChecked()
    chip.click()
    qtbot.waitUntil(lambda: count(window) == 300)
    assert window.side_bar.rows[0].isChecked()


def test_a_tag_narrows_the_folder_and_the_search_that_one_is_in(open_window, qtbot):
    window = open_window(FakeWorkspace(60))
    window.side_bar.tree.chosen.emit("/home/ada/Pictures/2026 Lisbon")
    window.top_bar.search.field.setText("moon")
    chip = window.side_bar.tags.chips["sky"]
    chip.click()
    view = window.browser.view
    assert (view.kind, view.argument) == (ViewKind.FOLDER, "/home/ada/Pictures/2026 Lisbon")
    assert view.query == window.top_bar.search.field.text() == "moon keyword:sky"
    assert chip.isChecked()
    chip.click()
    assert window.browser.view.query == "moon" and not chip.isChecked()
    assert window.browser.view.kind is ViewKind.FOLDER


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keys_press_the_rows_and_tags_of_the_side_bar(open_window, qtbot, key):
    window = open_window(FakeWorkspace(60))
    QTest.keyClick(window.side_bar.rows[2], key)
    assert window.browser.view.kind is ViewKind.RECENT
    QTest.keyClick(window.side_bar.rows[0], key)
    QTest.keyClick(window.side_bar.tags.chips["sky"], key)
    assert (window.browser.view.kind, window.browser.view.argument) == (ViewKind.KEYWORD, "sky")
    chip = window.gallery.filters.chips[0]
    qtbot.waitUntil(chip.isVisible)
    chip.setFocus()  # Delete where the photos have the keyboard is theirs
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert window.browser.view.kind is ViewKind.ALL
