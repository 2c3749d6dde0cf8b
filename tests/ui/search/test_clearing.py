"""Escape closes what is open, then clears the search, then leaves it; nothing that was typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.values import ViewKind


def escape(window):
    QTest.keyClick(window.search, Qt.Key.Key_Escape)


@pytest.fixture
def searched(focused, qtbot):
    """After the search for "moon", with nothing open."""
    focused.workspace.searching.offers = None
    QTest.keyClicks(focused.search, "moon")
    qtbot.waitUntil(lambda: focused.browser.is_ranked and 0 < count(focused) < 100)
    qtbot.waitUntil(lambda: not focused.searching._asking.running)
    assert focused.searching.offered.isHidden() and focused.gallery.note.isHidden()
    return focused


def test_escape_closes_the_list_then_clears_then_goes_to_the_photos(focused, qtbot, offered):
    escape(focused)
    assert offered.isHidden() and focused.search.text() == "mo"
    escape(focused)
    assert focused.search.text() == "" and focused.search.hasFocus()
    qtbot.waitUntil(lambda: count(focused) == 100 and focused.workspace.searching.noted == ["mo"])
    assert offered.isHidden()
    escape(focused)
    assert focused.gallery.view.hasFocus() and not focused.gallery.view.selected_count()


def test_escape_closes_the_help_and_the_query_stays(searched):
    QTest.keyClick(searched.search, Qt.Key.Key_F1)
    escape(searched)
    assert searched.searching._help.isHidden() and searched.search.text() == "moon"


def test_what_a_query_was_taken_for_stays_as_long_as_that_is_shown(focused, qtbot):
    note = focused.gallery.note
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "mooon is:so")
    qtbot.waitUntil(lambda: note.isVisible() and focused.browser.is_ranked and note.problem.isVisible())
    escape(focused)
    assert note.link.isVisible() and note.instead.text().startswith("Showing results for")
    assert note.problem.isHidden() and focused.search.text() == "mooon is:so"
    focused.gallery.say_answer()
    assert note.link.isVisible() and note.problem.isHidden()
    escape(focused)
    assert focused.search.text() == ""
    qtbot.waitUntil(note.isHidden)


def test_escape_closes_what_is_said_of_the_answer_until_another_query(focused, qtbot):
    note = focused.gallery.note
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "moon is:so")
    qtbot.waitUntil(lambda: note.isVisible() and focused.browser.is_ranked)
    escape(focused)
    assert note.isHidden() and focused.search.text() == "moon is:so"
    focused.gallery.say_answer()  # while photos come in
    assert note.isHidden()
    QTest.keyClicks(focused.search, "x")
    qtbot.waitUntil(lambda: note.isVisible() and focused.browser.is_ranked)
    escape(focused)
    escape(focused)
    assert focused.search.text() == ""


def test_undo_brings_a_cleared_search_back(searched, qtbot):
    escape(searched)
    qtbot.waitUntil(lambda: count(searched) == 100)
    QTest.keyClick(searched.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert searched.search.text() == "moon"
    qtbot.waitUntil(lambda: searched.browser.is_ranked and 0 < count(searched) < 100)


def test_down_in_the_empty_field_brings_the_last_search_back(searched, qtbot):
    escape(searched)
    qtbot.waitUntil(lambda: searched.workspace.searching.noted == ["moon"])
    QTest.keyClick(searched.search, Qt.Key.Key_Down)
    offered = searched.searching.offered
    qtbot.waitUntil(lambda: offered.isVisible() and offered.current is not None)
    QTest.keyClick(searched.search, Qt.Key.Key_Return)
    assert searched.search.text() == "moon"


def test_down_in_the_empty_field_goes_to_the_photos_where_nothing_was_searched_for(focused, qtbot):
    focused.workspace.searching.offers = []
    escape(focused)
    if focused.gallery.view.hasFocus():
        focused.top_bar.search.focus()
    QTest.keyClick(focused.search, Qt.Key.Key_Down)
    qtbot.waitUntil(focused.gallery.view.hasFocus)


def clear_by_the_cross(window):
    window.top_bar.search.clear.click()


def clear_by_hand(window):
    window.search.selectAll()
    QTest.keyClick(window.search, Qt.Key.Key_Delete)


def clear_by_another_view(window):
    window.browser.show_failed()
    assert window.browser.view.kind is ViewKind.FAILED


@pytest.mark.parametrize("clear", [clear_by_the_cross, clear_by_hand, clear_by_another_view])
def test_however_it_is_cleared_a_search_is_among_the_earlier_ones(searched, qtbot, clear):
    clear(searched)
    assert searched.search.text() == ""
    qtbot.waitUntil(lambda: searched.workspace.searching.noted == ["moon"])


def test_what_is_taken_back_letter_by_letter_is_no_search(searched, qtbot):
    for _ in "moon":
        QTest.keyClick(searched.search, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: count(searched) == 100)
    assert searched.workspace.searching.noted == []
