"""Escape closes what is open, then clears the search, then leaves it; nothing that was typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
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


def in_photos(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.gallery.view, key, modifiers)


def take_back(window):
    """Ctrl+Z, wherever the keyboard is."""
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def chosen(searched, qtbot):
    """The same with the keyboard in the photos, and the first one chosen."""
    QTest.keyClick(searched.search, Qt.Key.Key_Return)
    qtbot.waitUntil(searched.gallery.view.hasFocus)
    assert searched.gallery.view.selected_count() == 1
    return searched


def test_escape_among_the_photos_closes_what_is_open_and_then_clears(chosen, qtbot):
    view = chosen.gallery.view
    view.selectAll()
    in_photos(chosen, Qt.Key.Key_Escape)
    assert view.selected_count() == 1 and chosen.search.text() == "moon"
    photo = view.current_id()
    in_photos(chosen, Qt.Key.Key_Escape)
    assert chosen.search.text() == "" and view.hasFocus()
    qtbot.waitUntil(lambda: count(chosen) == 100 and chosen.workspace.searching.noted[-1:] == ["moon"])
    assert view.current_id() == photo and view.selected_count() == 1
    in_photos(chosen, Qt.Key.Key_Escape)
    assert view.hasFocus() and count(chosen) == 100


def test_escape_among_the_photos_leaves_similar_ones_and_the_search_of_before_stays(chosen, qtbot):
    chosen.selection.find_similar()
    qtbot.waitUntil(lambda: chosen.browser.view.kind is ViewKind.SIMILAR and chosen.browser.is_ranked)
    in_photos(chosen, Qt.Key.Key_Escape)
    assert chosen.browser.view.kind is ViewKind.ALL and chosen.search.text() == "moon"
    in_photos(chosen, Qt.Key.Key_Escape)
    assert chosen.search.text() == ""


def test_escape_among_the_photos_closes_the_note_first(focused, qtbot):
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "moon is:so")
    qtbot.waitUntil(lambda: focused.gallery.note.isVisible() and focused.browser.is_ranked)
    focused.gallery.view.setFocus()
    in_photos(focused, Qt.Key.Key_Escape)
    assert focused.gallery.note.isHidden() and focused.search.text() == "moon is:so"
    in_photos(focused, Qt.Key.Key_Escape)
    assert focused.search.text() == ""


def test_escape_where_nothing_was_found_clears_too(focused, qtbot):
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "zebra")
    qtbot.waitUntil(lambda: focused.gallery.showing_state == "No photo matches")
    focused.gallery.state.first.setFocus()
    QTest.keyClick(focused.gallery.state.first, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: focused.search.text() == "" and count(focused) == 100)
    take_back(focused)
    assert focused.search.text() == "zebra"


def to_the_photos(window):
    window.gallery.view.setFocus()


def to_the_question(window):
    window.pane.page.ask_bar.field.setFocus()


@pytest.mark.parametrize("go", [to_the_photos, to_the_question])
@pytest.mark.parametrize("where", ["field", "photos"])
def test_undo_brings_a_cleared_search_back_wherever_the_keyboard_is(chosen, qtbot, where, go):
    qtbot.waitUntil(lambda: chosen.pane.photo_id is not None and chosen.pane.page.isVisible())
    chosen.workspace.editing.set_caption(5, "an older edit")
    if where == "field":
        chosen.top_bar.search.focus()
        escape(chosen)
        escape(chosen)  # the first one closed what was offered for it
    else:
        in_photos(chosen, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: chosen.search.text() == "" and count(chosen) == 100)
    go(chosen)
    take_back(chosen)
    assert chosen.search.text() == "moon" and not chosen.search.hasFocus()
    qtbot.waitUntil(lambda: chosen.browser.is_ranked and 0 < count(chosen) < 100)
    assert chosen.workspace.library.photo_now(5).user_caption == "an older edit"
    take_back(chosen)
    qtbot.waitUntil(lambda: chosen.workspace.library.photo_now(5).user_caption is None)
    assert chosen.search.text() == "moon"


def test_undo_takes_a_later_edit_back_before_the_search_and_an_older_one_after_it(chosen, qtbot):
    editing, photo = chosen.workspace.editing, chosen.workspace.library.photo_now
    qtbot.waitUntil(lambda: chosen.pane.photo_id is not None and chosen.pane.page.isVisible())
    shown = chosen.pane.photo_id
    editing.set_caption(5, "an older edit")
    in_photos(chosen, Qt.Key.Key_Escape)
    chosen.pane.page.keywords.added.emit("late")
    qtbot.waitUntil(lambda: any(keyword.name == "late" for keyword in photo(shown).keywords))
    chosen.gallery.view.setFocus()
    take_back(chosen)
    qtbot.waitUntil(lambda: not any(keyword.name == "late" for keyword in photo(shown).keywords))
    assert chosen.search.text() == ""
    take_back(chosen)
    assert chosen.search.text() == "moon" and photo(5).user_caption == "an older edit"
    take_back(chosen)
    qtbot.waitUntil(lambda: photo(5).user_caption is None)


def test_a_cleared_search_is_not_brought_back_over_another_one(chosen, qtbot):
    in_photos(chosen, Qt.Key.Key_Escape)
    chosen.search.setText("sunset")
    chosen.search.clear()
    chosen.gallery.view.setFocus()
    take_back(chosen)
    qtbot.waitUntil(lambda: chosen.toast.words == "There is nothing to undo")
    assert chosen.search.text() == ""


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
