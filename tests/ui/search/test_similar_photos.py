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
    chip = window.gallery._chips.itemAt(0).widget()
    assert chip.name == f"Similar to IMG_{20260000 + window.of}.jpg"
    assert window.top_bar.search.field.text() == "" and not window.top_bar.order.isEnabled()
    assert window.top_bar.order.currentText() == "Best match"
    assert not any(row.isChecked() for row in window.side_bar.rows)
    chip.removed.emit()
    qtbot.waitUntil(lambda: window.gallery.model.ids.tolist() == moons)
    assert window.top_bar.search.field.text() == "moon" and window.top_bar.order.isEnabled()


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
    window.side_bar.rows[1].click()
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
