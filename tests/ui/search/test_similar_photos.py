"""Photos that are like one: from the menu, the pane, a key; and back again."""

from __future__ import annotations

from array import array

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.search import SearchAnswer
from blipdesk.domain.values import SortOrder, ViewKind


@pytest.fixture
def window(open_window, qtbot):
    made = open_window(FakeWorkspace(100))
    made.top_bar.search.field.setText("moon")
    qtbot.waitUntil(lambda: made.browser.is_ranked and 0 < count(made) < 100)
    made.gallery.view.select_row(2)
    made.of = made.gallery.view.current_id()
    return made


def find_by_menu(window):
    next(a for a in window.selection.menu().actions() if a.text() == "Find similar photos").trigger()


def find_by_key(window):
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.gallery.view, Qt.Key.Key_F, modifiers)


def find_in_pane(window):
    window.pane.header.like.click()


@pytest.mark.parametrize("find", [find_by_menu, find_by_key, find_in_pane])
def test_similar_photos_stand_by_likeness_and_a_chip_leaves_them(window, qtbot, find):
    window.window().activateWindow()
    window.gallery.view.setFocus()
    qtbot.waitUntil(window.gallery.view.hasFocus)
    near = window.workspace.searching.similar(window.of).ids.tolist()
    moons = window.gallery.model.ids.tolist()
    qtbot.waitUntil(lambda: window.gallery.model.cached(window.of) is not None)
    find(window)
    qtbot.waitUntil(lambda: window.gallery.model.ids.tolist() == near)
    (chip,) = window.gallery.filters.chips
    assert chip.name == f"Like IMG_{20260000 + window.of}.jpg"
    assert window.top_bar.search.field.text() == "" and not window.top_bar.order.isEnabled()
    assert window.top_bar.order.currentText() == "Best match"
    assert not any(row.isChecked() for row in window.side_bar.rows)
    chip.removed.emit()
    qtbot.waitUntil(lambda: window.gallery.model.ids.tolist() == moons)
    assert window.top_bar.search.field.text() == "moon" and window.top_bar.order.isEnabled()


@pytest.mark.parametrize(
    ("keys", "then"),
    [((Qt.Key.Key_Escape,), ""), ((Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier), "moon")],
)
def test_escape_goes_back_to_the_search_one_came_from_and_to_the_photo(window, qtbot, keys, then):
    window.window().activateWindow()
    window.gallery.view.select_row(count(window) - 1)
    of = window.gallery.view.current_id()
    find_in_pane(window)
    view = window.gallery.view
    qtbot.waitUntil(lambda: window.browser.is_ranked and view.hasFocus())
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, *keys)
    qtbot.waitUntil(lambda: window.browser.is_ranked and window.browser.view.query == "moon")
    assert view.current_id() == of and view.viewport().rect().intersects(view.visualRect(view.currentIndex()))
    QTest.keyClick(view, *keys)  # there is nothing more to go back to: Escape clears the search
    assert window.top_bar.search.field.text() == then


def test_back_in_a_search_as_typed_it_is_answered_as_typed(window, qtbot):
    window.workspace.searching.maybe = [7]
    window.top_bar.search.field.setText("mooon")
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    window.browser.search_as_typed()
    qtbot.waitUntil(lambda: window.gallery.model.ids.tolist() == [7])
    window.gallery.view.select_row(0)
    window.selection.find_similar()
    qtbot.waitUntil(lambda: window.browser.view.kind is ViewKind.SIMILAR and window.browser.is_ranked)
    window.gallery.leave_similar()
    qtbot.waitUntil(lambda: window.gallery.model.ids.tolist() == [7])
    assert not window.workspace.searching.requests[-1].corrected


def test_they_are_counted_without_the_photo_itself_and_say_how_like_they_are(window, qtbot):
    name = f"IMG_{20260000 + window.of}.jpg"
    window.selection.find_similar()
    qtbot.waitUntil(lambda: window.browser.view.kind is ViewKind.SIMILAR and window.browser.is_ranked)
    assert window.gallery.count.text() == f"{count(window) - 1} photos"
    assert window.gallery.of.text() == ""
    window.gallery.view.select_row(2)
    qtbot.waitUntil(lambda: window.pane.page.found.words == [f"Like {name}"])
    assert window.why._words(window.gallery.model.id_at(1)) == [f"Like {name}"]
    assert window.why._words(window.of) == []
    window.gallery.view.select_row(0)
    qtbot.waitUntil(lambda: window.pane.photo_id == window.of and window.pane.page.found.words == [])


def test_with_none_but_itself_that_is_said(window, qtbot):
    window.workspace.searching.similar = lambda photo, limit=200: SearchAnswer(
        array("q", [photo]), array("d", [1.0]), 1, missing="This photo has no caption yet."
    )
    window.selection.find_similar()
    qtbot.waitUntil(lambda: window.gallery.count.text() == "No similar photo")
    assert "no caption" in window.gallery.note.missing.words


def test_where_none_is_surely_like_it_those_that_may_be_are_counted(window, qtbot):
    window.workspace.searching.similar = lambda photo, limit=200: SearchAnswer(
        array("q", [photo, *range(50, 64)]), array("d", [1.0, *[0.55] * 14]), 1
    )
    window.selection.find_similar()
    qtbot.waitUntil(lambda: window.browser.view.kind is ViewKind.SIMILAR and window.browser.is_ranked)
    assert (window.gallery.count.text(), window.gallery.of.text()) == ("14 photos", "that may be alike")
    assert window.gallery.view._heading == "These may be alike"


def test_typing_leaves_them_for_all_photos(window, qtbot):
    window.selection.find_similar()
    qtbot.waitUntil(lambda: window.browser.view.kind is ViewKind.SIMILAR)
    window.top_bar.search.field.setText("beach")
    assert window.browser.view.kind is ViewKind.ALL
    assert window.browser.view.order is SortOrder.RELEVANCE
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 100)
    assert window.browser.view.order is SortOrder.NEWEST


def test_a_row_of_the_side_bar_leaves_them_in_the_order_of_before(window, qtbot):
    window.selection.find_similar()
    window.side_bar.rows[2].click()
    qtbot.waitUntil(lambda: count(window) == 86)
    assert window.browser.view.order is SortOrder.NEWEST


def test_what_was_clicked_among_them_stays(window, qtbot):
    window.selection.find_similar()
    qtbot.waitUntil(lambda: window.browser.view.kind is ViewKind.SIMILAR and window.browser.is_ranked)
    before = window.gallery.model.ids.tolist()
    window.gallery.view.select_row(1)
    window.workspace.searching.similar = lambda photo, limit=200: SearchAnswer(
        array("q", [99, *reversed(before)]), sure=len(before) + 1
    )
    window.workspace.change([before[0]], user_caption="another")
    qtbot.waitUntil(lambda: window.gallery.model.ids.tolist() == [*before, 99])


def test_nothing_similar_is_said_with_the_way_back(window, qtbot):
    window.workspace.searching.similar = lambda photo, limit=200: SearchAnswer()
    window.selection.find_similar()
    qtbot.waitUntil(lambda: window.gallery.showing_state == "No similar photo")
    window.gallery.state.first.click()
    qtbot.waitUntil(lambda: not window.gallery.showing_state)
    assert window.browser.view.query == "moon"
