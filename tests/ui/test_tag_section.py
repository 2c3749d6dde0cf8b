"""Tags of the whole library: found, renamed, merged, hidden, and taken back."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from blipdesk.domain.values import Keyword, Source, ViewKind
from blipdesk.ui import undoing
from blipdesk.ui.dialogs.rename_tag import RenameTag
from blipdesk.ui.pane.keywords import KeywordBar

KNOWN = [("dog", 12), ("Sea", 3), ("hot dog", 1)]


@pytest.fixture
def window(open_window, qtbot):
    made = open_window(FakeWorkspace(60))
    qtbot.waitUntil(lambda: len(made.side_bar.tags.chips) > 10)
    return made


def chip(window, name):
    return window.side_bar.tags.chips[name]


def dialog_of(window, qtbot) -> RenameTag:
    def there():
        assert [each for each in window.window().findChildren(RenameTag) if each.isVisible()]

    qtbot.waitUntil(there)
    return next(each for each in window.window().findChildren(RenameTag) if each.isVisible())


def choose(window, name: str, words: str, qtbot) -> None:
    """Choose an entry of a tag's menu."""
    place = chip(window, name)
    QApplication.sendEvent(
        place, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), QPoint(200, 200))
    )
    menu = next(each for each in window.side_bar.tags.findChildren(QMenu) if each.isVisible())
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_f2_renames_a_tag_and_undo_takes_it_back(window, qtbot):
    chip(window, "night").click()
    assert window.browser.view.argument == "night"
    QTest.keyClick(chip(window, "night"), Qt.Key.Key_F2)
    dialog = dialog_of(window, qtbot)
    assert not dialog.go.isEnabled()
    dialog.field.setText("  clear   night ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "clear night" in window.side_bar.tags.chips)
    assert (window.browser.view.kind, window.browser.view.argument) == (ViewKind.KEYWORD, "clear night")
    assert "\u201cnight\u201d is called \u201cclear night\u201d now" in window.toast.words
    window.toast.button.click()
    qtbot.waitUntil(lambda: "night" in window.side_bar.tags.chips)
    qtbot.waitUntil(lambda: window.browser.view.argument == "night")
    qtbot.waitUntil(lambda: window.toast.words == "Undone")


def test_ctrl_z_takes_the_newest_back_whatever_it_was(window, qtbot):
    def undo() -> None:
        QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    window.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window.window())
    window.tags.rename("night", "dark")
    qtbot.waitUntil(lambda: "dark" in window.side_bar.tags.chips)
    window.tags.hide("sky")
    qtbot.waitUntil(lambda: "is hidden" in window.toast.words and "sky" not in window.side_bar.tags.chips)
    undo()
    qtbot.waitUntil(lambda: "sky" in window.side_bar.tags.chips)
    assert "dark" in window.side_bar.tags.chips
    undo()
    qtbot.waitUntil(lambda: "night" in window.side_bar.tags.chips)


def test_what_the_toast_took_back_does_not_change_what_is_newest(window, qtbot):
    def starred() -> bool:
        tile = window.workspace.library.tiles([5])[0]
        return bool(tile.favourite)

    window.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window.window())
    window.tags.hide("sky")
    qtbot.waitUntil(lambda: "is hidden" in window.toast.words)
    window.pane.toggle_favourite([5])
    qtbot.waitUntil(starred)
    window.tags.rename("night", "dark")
    qtbot.waitUntil(lambda: "is called" in window.toast.words)
    window.toast.button.click()
    qtbot.waitUntil(lambda: "night" in window.side_bar.tags.chips)
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not starred())
    assert "sky" in window.workspace.keywords.away
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.workspace.keywords.away)


def test_a_query_follows_too(window, qtbot):
    window.top_bar.search.field.setText("red keyword:night")
    window.tags.rename("night", "clear night")
    qtbot.waitUntil(lambda: window.browser.view.query == 'red keyword:"clear night"')


def test_a_tag_is_merged_into_one_that_there_is(window, qtbot):
    choose(window, "night", "Merge into another…", qtbot)
    dialog = dialog_of(window, qtbot)
    dialog.field.setText("no such tag")
    assert not dialog.go.isEnabled() and "no tag of that name" in dialog.hint.text()
    dialog.field.setText("SKY")
    assert "sky" in dialog.hint.text() and dialog.go.text() == "Merge"
    dialog.go.click()
    qtbot.waitUntil(lambda: "night" not in window.side_bar.tags.chips)


def test_a_renaming_that_takes_long_says_how_far_it_is_and_can_be_stopped(window, qtbot, monkeypatch):
    monkeypatch.setattr(undoing, "_MOMENT", 0.0)
    keywords = window.workspace.keywords
    keywords.pages = 3
    keywords.may_go_on.clear()
    window.tags.rename("night", "dark")
    qtbot.waitUntil(lambda: window.toast.words == "Renaming “night” to “dark”: 300 of 900")
    assert window.toast.button.text() == "Stop"
    window.toast.button.click()
    keywords.may_go_on.set()
    qtbot.waitUntil(lambda: window.toast.words == "Stopped: the other photos follow at the next start")


def test_what_cannot_be_done_is_said(window, qtbot):
    window.workspace.keywords.refused = "x"
    window.tags.rename("night", "x")
    qtbot.waitUntil(lambda: "The disk is full." in window.toast.words)
    assert window.toast.button.isHidden()


def test_a_hidden_tag_is_away_and_comes_back(window, qtbot):
    tags = window.side_bar.tags
    chip(window, "night").setFocus()  # Delete where the photos have the keyboard is theirs
    QTest.keyClick(chip(window, "night"), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "night" not in tags.chips and tags.away.isVisible())
    assert tags.away.text() == "1 hidden tag" and not tags.hidden_flow.isVisible()
    tags.away.click()
    assert tags.hidden_flow.isVisible()
    QTest.keyClick(tags.hidden_flow.chips["night"], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "night" in tags.chips and tags.away.isHidden())


def test_the_keyboard_stays_among_the_tags_when_one_is_hidden(window, qtbot):
    tags = window.side_bar.tags
    second = list(tags.chips)[1]
    chip(window, second).setFocus()
    QTest.keyClick(chip(window, second), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: second not in tags.chips)
    assert window.window().focusWidget() is list(tags.chips.values())[1]


def test_hiding_is_taken_back_by_the_toast(window, qtbot):
    choose(window, "night", "Hide", qtbot)
    qtbot.waitUntil(lambda: "is hidden" in window.toast.words)
    window.toast.button.click()
    qtbot.waitUntil(lambda: "night" in window.side_bar.tags.chips and not window.workspace.keywords.away)


def test_a_tag_is_found_by_a_part_of_its_name(window, qtbot):
    tags = window.side_bar.tags
    assert tags.field.isVisible()
    QTest.keyClicks(tags.field, "igh")
    qtbot.waitUntil(lambda: set(tags.chips) == {"night"})
    QTest.keyClicks(tags.field, "zz")
    qtbot.waitUntil(tags.nothing.isVisible)
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(tags.chips) > 10 and not tags.nothing.isVisible())


def test_what_was_cut_short_is_finished_at_the_start(window, qtbot):
    qtbot.waitUntil(lambda: window.workspace.keywords.finished == 1)


@pytest.mark.parametrize(
    ("typed", "button", "enabled"),
    [("Dog", "Rename", True), ("dog", "Rename", False), ("", "Rename", False), ("sea", "Merge", True),
     ("cat", "Rename", True)],
)  # fmt: skip
def test_the_button_says_what_becomes_of_it(qtbot, typed, button, enabled):
    dialog = RenameTag("dog", False, KNOWN, None)
    qtbot.addWidget(dialog)
    dialog.field.setText(typed)
    assert (dialog.go.text(), dialog.go.isEnabled()) == (button, enabled)


def test_a_name_that_there_is_keeps_its_spelling(qtbot):
    dialog = RenameTag("dog", False, KNOWN, None)
    qtbot.addWidget(dialog)
    dialog.field.setText("sea")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == ["Sea"]


def test_the_pane_shows_hidden_tags_when_they_are_asked_for(qtbot):
    bar = KeywordBar()
    qtbot.addWidget(bar)
    bar.show_keywords([Keyword("dog", Source.MODEL), Keyword("photo", Source.MODEL, hidden=True)])
    assert [each.name for each in bar.chips] == ["dog"]
    assert bar.more_button.text() == "1 more"
    bar.more_button.click()
    assert [each.name for each in bar.chips] == ["dog", "photo"]
