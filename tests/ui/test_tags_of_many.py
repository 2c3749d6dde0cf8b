"""Tags of many selected photos in the whole window: shown, added, taken off, stopped, and taken back."""

from __future__ import annotations

import re

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from blipdesk.domain.values import Keyword, Source
from blipdesk.ui import tagging, undoing
from blipdesk.ui.pane.edits import take_edits
from blipdesk.ui.pane.many_tags import TagBarOfMany

BEACH = (Keyword("beach", Source.MODEL), Keyword("sea", Source.FILE))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def workspace() -> FakeWorkspace:
    """Of the first ten photos all are tagged "beach" and "sea", and four of them "sun"."""
    workspace = FakeWorkspace(60)
    workspace.change(range(1, 11), keywords=BEACH)
    workspace.change(range(3, 7), keywords=(*BEACH, Keyword("sun", Source.USER)))
    return workspace


@pytest.fixture
def window(open_window, workspace, qtbot):
    made = open_window(workspace)
    made.window().activateWindow()
    made.gallery.view.setFocus()
    qtbot.waitUntil(made.gallery.view.hasFocus)
    return made


def bar_of(window) -> TagBarOfMany:
    return window.pane.many.tags.bar


def shown(window) -> list[tuple[str, str]]:
    return [(chip.name, re.sub("</?qt>", "", chip.toolTip())) for chip in bar_of(window).chips]


def select(window, qtbot, rows, *expected: str) -> TagBarOfMany:
    """Select rows, and wait for their tags."""
    window.gallery.view.select_rows(rows, rows[0])
    qtbot.waitUntil(lambda: [chip.name for chip in bar_of(window).chips] == list(expected))
    return bar_of(window)


def tagged(workspace: FakeWorkspace, name: str) -> list[int]:
    return [p.id for p in workspace.library.all() if name in [k.name for k in p.keywords]]


def add(window, words: str) -> None:
    """Ctrl+T, the words, Enter."""
    QTest.keyClick(window.gallery.view, Qt.Key.Key_T, CONTROL)
    QTest.keyClicks(bar_of(window).field, words)
    QTest.keyClick(bar_of(window).field, Qt.Key.Key_Return)


def test_the_tags_of_the_selection_are_shown_with_how_many_have_them(window, workspace, qtbot):
    select(window, qtbot, range(4), "beach", "sea", "sun")
    assert shown(window) == [
        ("beach", "beach: All of them have it"),
        ("sea", "sea: All of them have it"),
        ("sun", "sun: 2 of 4 photos have it"),
    ]
    assert "2 of 4" in bar_of(window).chips[2]._note
    workspace.change([1], keywords=BEACH[:1])
    qtbot.waitUntil(lambda: ("sea", "sea: 3 of 4 photos have it") in shown(window))
    select(window, qtbot, [0, 1], "beach", "sea")


def test_tags_typed_once_go_to_all_as_one_edit_that_ctrl_z_takes_back(window, workspace, qtbot):
    select(window, qtbot, range(4), "beach", "sea", "sun")
    before = [workspace.library.photo_now(each) for each in range(1, 5)]
    add(window, "Sun, late  light; beach")
    qtbot.waitUntil(lambda: window.toast.words == "Tags added to 4 photos")
    assert tagged(workspace, "late light") == [1, 2, 3, 4]
    assert bar_of(window).field.hasFocus(), "the next tag can be typed at once"
    qtbot.waitUntil(lambda: ("late light", "late light: All of them have it") in shown(window))
    QTest.keyClicks(bar_of(window).field, "party")
    QTest.keyClick(bar_of(window).field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.toast.words == "\u201cparty\u201d added to 4 photos")
    for left in (["late light"], []):
        QTest.keyClick(bar_of(window).field, Qt.Key.Key_Z, CONTROL)
        qtbot.waitUntil(
            lambda left=left: [n for n in ("party", "late light") if tagged(workspace, n)] == left
        )
    assert [workspace.library.photo_now(each) for each in range(1, 5)] == before
    qtbot.waitUntil(lambda: window.toast.words == "Undone")


def test_a_tag_is_taken_off_those_that_have_it_by_its_cross_and_the_toast_brings_it_back(
    window, workspace, qtbot
):
    bar = select(window, qtbot, range(4), "beach", "sea", "sun")
    chip = bar.chips[2]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, chip.height() // 2))
    qtbot.waitUntil(lambda: window.toast.words == "\u201csun\u201d taken off 2 photos")
    assert tagged(workspace, "sun") == [5, 6], "the others are not selected"
    qtbot.waitUntil(lambda: len(bar.chips) == 2)
    window.toast.button.click()
    qtbot.waitUntil(lambda: tagged(workspace, "sun") == [3, 4, 5, 6])
    bar.chips[0].setFocus()
    QTest.keyClick(bar.chips[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.toast.words == "\u201cbeach\u201d taken off 4 photos")


def test_edits_of_photos_and_of_many_are_taken_back_in_their_order(window, workspace, qtbot):
    select(window, qtbot, range(4), "beach", "sea", "sun")
    add(window, "party")
    qtbot.waitUntil(lambda: tagged(workspace, "party") == [1, 2, 3, 4])
    window.tagging.add(["party"])
    qtbot.waitUntil(lambda: window.toast.words == "All of them have \u201cparty\u201d already")
    window.gallery.view.setFocus()
    QTest.keyClick(window.gallery.view, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: window.toast.words == "4 photos added to the favourites")
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: workspace.library.photo_now(1).user_rating is None)
    assert tagged(workspace, "party") == [1, 2, 3, 4]
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: tagged(workspace, "party") == [])


def test_what_takes_long_says_how_far_it_is_and_is_stopped(window, workspace, qtbot, monkeypatch):
    monkeypatch.setattr(undoing, "_MOMENT", 0.0)
    select(window, qtbot, range(10), "beach", "sea", "sun")
    workspace.tagging.may_go_on.clear()
    add(window, "party")
    qtbot.waitUntil(lambda: tagged(workspace, "party") == [1, 2, 3])
    workspace.tagging.may_go_on.set()
    workspace.tagging.may_go_on.clear()
    qtbot.waitUntil(lambda: window.toast.words.startswith("Adding \u201cparty\u201d: "))
    assert window.toast.button.text() == "Stop"
    window.toast.button.click()
    workspace.tagging.may_go_on.set()
    qtbot.waitUntil(lambda: window.toast.words.startswith("Stopped: \u201cparty\u201d added to "))
    assert 3 <= len(tagged(workspace, "party")) < 10
    window.toast.button.click()
    qtbot.waitUntil(lambda: tagged(workspace, "party") == [])


def test_what_was_stopped_before_anything_changed_does_not_say_that_all_have_it(window, workspace, qtbot):
    select(window, qtbot, range(10), "beach", "sea", "sun")
    workspace.change([1, 2, 3], keywords=(*BEACH, Keyword("party", Source.USER)))
    workspace.tagging.may_go_on.clear()
    window.tagging.add(["party"])
    window.tagging._stops[0].set()
    workspace.tagging.may_go_on.set()
    qtbot.waitUntil(lambda: window.toast.words == "Stopped")
    assert tagged(workspace, "party") == [1, 2, 3] and window.toast.button.isHidden()


def test_ctrl_z_takes_back_what_is_not_done_yet(window, workspace, qtbot):
    select(window, qtbot, range(10), "beach", "sea", "sun")
    workspace.tagging.may_go_on.clear()
    add(window, "party")
    qtbot.waitUntil(lambda: tagged(workspace, "party") == [1, 2, 3])
    QTest.keyClick(bar_of(window).field, Qt.Key.Key_Z, CONTROL)
    workspace.tagging.may_go_on.set()
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    assert tagged(workspace, "party") == []


def test_what_is_taken_back_after_the_next_start_says_how_far_it_is(window, workspace, qtbot, monkeypatch):
    monkeypatch.setattr(undoing, "_MOMENT", 0.0)
    workspace.editing.toggle_favourite([1, 2, 3])  # as an edit of many from before
    said = []
    window.pane.working.connect(lambda words, stop: said.append((words, stop, window.toast.words)))
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    assert said == [("Taking tags back: 1 of 3", None, "Taking tags back: 1 of 3")]


def test_what_was_asked_for_last_before_the_end_is_done(window, workspace, qtbot):
    select(window, qtbot, range(2), "beach", "sea")
    add(window, "party")
    add(window, "guests")
    window.detach()
    take_edits()()
    assert tagged(workspace, "party") == tagged(workspace, "guests") == [1, 2]


def test_a_failure_is_said_and_nothing_is_to_be_taken_back(window, workspace, qtbot):
    select(window, qtbot, range(2), "beach", "sea")
    workspace.tagging.refused = "party"
    add(window, "party")
    qtbot.waitUntil(lambda: window.toast.words == "The tags could not be changed. The disk is full.")
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.toast.words == "There is nothing to undo")


def test_tab_goes_from_the_buttons_through_the_tags_to_the_field(window, workspace, qtbot):
    bar = select(window, qtbot, range(4), "beach", "sea", "sun")
    workspace.change([1], keywords=BEACH[:1])
    qtbot.waitUntil(lambda: ("sea", "sea: 3 of 4 photos have it") in shown(window))
    many = window.pane.many
    visited = [many.ask_button]
    many.ask_button.setFocus()
    while visited[-1] is not bar.add_button and len(visited) < 12:
        QTest.keyClick(visited[-1], Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    assert visited == [many.ask_button, many.again_button, many.copy_button, *bar.chips, bar.add_button]


def test_known_tags_are_offered_but_for_those_that_all_have(window, workspace, qtbot):
    bar = select(window, qtbot, range(4), "beach", "sea", "sun")
    window.selection.menu()
    window.selection.tag.trigger()
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "su")
    qtbot.waitUntil(lambda: "sun" in bar.offers.names)
    bar.field.clear()
    QTest.keyClicks(bar.field, "bea")
    assert "beach" not in bar.offers.names
    window.gallery.view.select_rows([0, 1, 2], 0)
    assert bar.field.text() == "bea", "what is being typed is neither lost nor given to anybody"


def test_a_hundred_tags_are_folded_away_and_rarer_ones_are_counted(window, workspace, qtbot):
    many = tuple(Keyword(f"tag {number:03}", Source.USER) for number in range(tagging.MOST + 7))
    workspace.change([1], keywords=many)
    window.gallery.view.select_rows([0, 1], 0)
    qtbot.waitUntil(lambda: len(bar_of(window).chips) == 14)
    tags = window.pane.many.tags
    assert tags._note.text() == "9 tags that fewer photos have are not shown."
    assert tags.bar.more_button.text() == "86 more"
    tags.bar.more_button.click()
    assert len(tags.bar.chips) == tagging.MOST
    QTest.keyClick(window.gallery.view, Qt.Key.Key_T, CONTROL)
    area = window.pane.many._area
    qtbot.waitUntil(lambda: area.viewport().rect().contains(tags.bar.field.mapTo(area.viewport(), QPoint())))


def test_ctrl_t_opens_the_field_of_one_photo_too_also_while_the_pane_is_put_away(window, workspace, qtbot):
    window.gallery.view.select_row(0)
    window.pane.hide()
    QTest.keyClick(window.gallery.view, Qt.Key.Key_T, CONTROL)
    qtbot.waitUntil(window.pane.page.keywords.field.hasFocus)
    QTest.keyClicks(window.pane.page.keywords.field, "party")
    QTest.keyClick(window.pane.page.keywords.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tagged(workspace, "party") == [1])
