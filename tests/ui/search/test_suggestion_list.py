"""Suggestions stand under the search field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from search_field_steps import EARLIER, FILTER, TAG

from blipdesk.domain.search import Suggestion, SuggestionKind
from blipdesk.domain.values import ViewKind

BOAT = Suggestion(SuggestionKind.KEYWORD, "boat", "pink keyword:boat ", 18, 7)
BOATHOUSE = Suggestion(SuggestionKind.KEYWORD, "boathouse", "pink keyword:boathouse ", 23, 1)
RETRIEVER = Suggestion(SuggestionKind.KEYWORD, "Golden Retriever", 'keyword:"Golden Retriever" ', 27, 7)


def test_suggestions_stand_under_the_field_and_the_keys_walk_them(focused, qtbot, offered):
    assert [one.label for one in offered.suggestions] == ["moon", "folder:", "two boats"]
    field = focused.top_bar.search
    assert offered.width() == field.width()
    assert offered.y() == field.mapTo(offered.parentWidget(), QPoint(0, field.height())).y() + 4
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(focused.search, key)
        seen.append(offered.current)
    assert seen == [TAG, FILTER, EARLIER, None, EARLIER]
    assert focused.search.hasFocus()


def test_enter_takes_what_is_marked_and_runs_it(focused, qtbot, offered):
    QTest.keyClick(focused.search, Qt.Key.Key_Down)
    QTest.keyClick(focused.search, Qt.Key.Key_Return)
    assert focused.search.text() == "moon " and offered.isHidden()
    qtbot.waitUntil(lambda: focused.gallery.view.selected_count() == 1)
    assert focused.browser.view.query == "moon"


def test_tab_takes_the_first_that_goes_on_with_what_is_typed_and_then_offers_values(focused, qtbot, offered):
    focused.workspace.searching.offers = [FILTER]
    focused.search.selectAll()
    QTest.keyClicks(focused.search, "fol")
    qtbot.waitUntil(lambda: offered.suggestions == [FILTER])
    focused.workspace.searching.offers = [Suggestion(SuggestionKind.VALUE, "2025", "folder:2025", 11)]
    QTest.keyClick(focused.search, Qt.Key.Key_Tab)
    assert focused.search.text() == "folder:" and focused.search.hasFocus()
    qtbot.waitUntil(lambda: [one.label for one in offered.suggestions] == ["2025"] and offered.isVisible())


def test_tab_goes_through_an_empty_field_whatever_is_offered(focused, qtbot):
    qtbot.waitUntil(focused.searching.offered.isVisible)
    QTest.keyClick(focused.search, Qt.Key.Key_Tab)
    assert not focused.search.hasFocus()


def test_a_click_takes_a_suggestion_and_the_field_keeps_the_keyboard(focused, qtbot, offered):
    QTest.mouseClick(offered._rows[2], Qt.MouseButton.LeftButton)
    assert focused.search.text() == "two boats" and focused.search.hasFocus() and offered.isHidden()


def test_tab_takes_what_is_marked(focused, qtbot, offered):
    QTest.keyClick(focused.search, Qt.Key.Key_Down)
    QTest.keyClick(focused.search, Qt.Key.Key_Down)
    QTest.keyClick(focused.search, Qt.Key.Key_Tab)
    assert focused.search.text() == "folder:" and focused.search.hasFocus()


@pytest.mark.parametrize(
    ("typed", "offers", "taken"),
    [
        ("pink bo", [BOAT], BOAT),
        ("pink -BO", [BOAT], BOAT),
        ("retr", [RETRIEVER], RETRIEVER),
        ("tag:bo", [BOAT], BOAT),
        ("pink boat", [BOAT], None),
        ("pink boat", [BOAT, BOATHOUSE], None),
        ("boat ", [BOAT], None),
        ("wood", [BOAT], None),
        ("jpg", [Suggestion(SuggestionKind.VALUE, "type:jpeg", "type:jpeg ", 10)], None),
    ],
)
def test_tab_takes_the_first_that_completes_the_word_and_else_goes_on(focused, qtbot, typed, offers, taken):
    offered, searching = focused.searching.offered, focused.workspace.searching
    searching.offers = []
    QTest.keyClicks(focused.search, typed[:-1])
    searching.offers = offers
    QTest.keyClicks(focused.search, typed[-1])
    qtbot.waitUntil(lambda: offered.suggestions == offers and offered.isVisible())
    QTest.keyClick(focused.search, Qt.Key.Key_Tab)
    assert focused.search.text() == (taken.query if taken else typed)
    assert focused.search.hasFocus() is (taken is not None) and offered.isHidden()


def test_tab_goes_on_once_the_list_is_closed(focused, qtbot, offered):
    QTest.keyClick(focused.search, Qt.Key.Key_Escape)
    QTest.keyClick(focused.search, Qt.Key.Key_Tab)
    assert focused.search.text() == "mo" and not focused.search.hasFocus()


def test_a_click_beside_closes_the_list(focused, qtbot, offered):
    QTest.mouseClick(focused.side_bar, Qt.MouseButton.LeftButton)
    assert offered.isHidden()


def test_down_without_a_list_goes_to_the_photos(focused, qtbot, offered):
    QTest.keyClick(focused.search, Qt.Key.Key_Escape)
    QTest.keyClick(focused.search, Qt.Key.Key_Down)
    assert focused.gallery.view.hasFocus()


def test_an_empty_field_offers_earlier_searches(focused, qtbot):
    focused.gallery.view.setFocus()
    focused.workspace.searching.offers = [EARLIER]
    focused.top_bar.search.focus()
    qtbot.waitUntil(focused.searching.offered.isVisible)
    assert focused.searching.offered.suggestions == [EARLIER]


def test_earlier_searches_can_be_forgotten_where_they_are_offered(focused, qtbot):
    searching, offered = focused.workspace.searching, focused.searching.offered
    searching.offers, searching.noted = None, ["moon", "two boats"]
    focused.gallery.view.setFocus()
    focused.top_bar.search.focus()
    qtbot.waitUntil(lambda: [one.label for one in offered.suggestions] == ["two boats", "moon"])
    offered.clear_link.click()
    qtbot.waitUntil(lambda: searching.noted == [])
    assert offered.isHidden()
    QTest.keyClicks(focused.search, "s")
    qtbot.waitUntil(offered.isVisible)
    assert offered.clear_link.isHidden()


def test_suggestions_for_a_text_that_is_gone_are_not_shown(focused, qtbot):
    QTest.keyClicks(focused.search, "moo")
    focused.search.clear()
    qtbot.waitUntil(lambda: not focused.searching._asking.running)
    qtbot.wait(50)
    assert focused.searching.offered.isHidden()


def test_the_numbers_of_all_photos_are_not_said_within_a_folder(focused, qtbot):
    offered = focused.searching.offered
    focused.workspace.searching.offers = [TAG]
    focused.browser.show_row(ViewKind.FOLDER, "/home/ada/Pictures/2026 Lisbon")
    QTest.keyClicks(focused.search, "mo")
    qtbot.waitUntil(lambda: [one.label for one in offered.suggestions] == ["moon"])
    assert offered.suggestions[0].count is None
    focused.browser.show_row(ViewKind.ALL)
    QTest.keyClicks(focused.search, "o")
    qtbot.waitUntil(lambda: [one.count for one in offered.suggestions] == [12])


def test_a_saved_search_is_not_offered_as_an_earlier_one_too(focused, qtbot):
    saved = Suggestion(SuggestionKind.SAVED, "Ships", "two boats", 9, help="two boats")
    focused.workspace.searching.offers = [EARLIER, saved]
    QTest.keyClicks(focused.search, "two")
    qtbot.waitUntil(lambda: focused.searching.offered.suggestions == [saved])


def test_a_list_that_opens_under_the_resting_pointer_leaves_enter_alone(focused, qtbot, offered):
    row = offered._rows[1]
    place = row.rect().center()
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(QCursor.pos()), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(row, move)
    assert offered.current is None
    QTest.mouseMove(row, place + QPoint(3, 1))
    qtbot.waitUntil(lambda: offered.current == FILTER)


def test_fewer_suggestions_cover_the_photos_of_a_word(focused, qtbot):
    offered = focused.searching.offered
    tags = [Suggestion(SuggestionKind.KEYWORD, f"moon {n}", f"moon {n}", 6) for n in range(8)]
    focused.workspace.searching.offers = tags
    QTest.keyClicks(focused.search, "m")
    qtbot.waitUntil(lambda: offered.suggestions == tags[:5])
    focused.search.clear()
    focused.workspace.searching.offers = [EARLIER, *tags[:7]]
    focused.gallery.view.setFocus()
    focused.search.setFocus()
    qtbot.waitUntil(lambda: len(offered.suggestions) == 8)
