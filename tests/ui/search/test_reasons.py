"""Why a photo was found is said of the photos that are looked at, and asked for those alone."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from whole_window import count

from blipdesk.catalog.searchtext import FIELDS
from blipdesk.domain.search import SearchHit, SearchReason
from blipdesk.domain.values import QuestionAnswer
from blipdesk.ui.search.reasons import _FIELDS, reason_lines


@pytest.fixture
def window(open_window, qtbot):
    made = open_window(FakeWorkspace(100))
    made.top_bar.search.field.setText("moon")
    qtbot.waitUntil(lambda: made.browser.is_ranked and 0 < count(made) < 100)
    return made


def test_the_pane_says_why_the_selected_photo_was_found(window, qtbot):
    assert window.workspace.searching.explained == []
    window.gallery.view.select_row(1)
    qtbot.waitUntil(lambda: window.pane.page.found.words != [])
    assert window.pane.page.found.words[0] == "Caption: moon"
    assert window.pane.page.found.words[1].startswith("Said nearly the same: “a full moon")
    assert window.workspace.searching.explained == [[window.gallery.view.current_id()]]


def test_without_a_search_there_is_no_reason(window, qtbot):
    window.gallery.view.select_row(1)
    qtbot.waitUntil(lambda: window.pane.page.found.words != [])
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 100 and window.pane.page.found.words == [])
    window.gallery.view.select_row(5)
    qtbot.waitUntil(lambda: window.pane.page.meta.isVisible() and window.pane.photo_id == 6)
    assert window.pane.page.found.words == []


def test_the_reasons_of_the_photo_before_are_not_said_of_the_next(window, qtbot):
    window.gallery.view.select_row(0)
    qtbot.waitUntil(lambda: window.pane.page.found.words != [])
    window.workspace.searching.explain = lambda request, ids: [SearchHit(i, 0, "") for i in ids]
    window.gallery.view.select_row(1)
    qtbot.waitUntil(lambda: window.pane._photo.id == window.gallery.view.current_id())
    assert "Caption: moon" not in window.pane.page.found.words
    qtbot.waitUntil(lambda: window.pane.page.found.words == ["Near in meaning"])


def test_the_tooltip_gets_the_reasons_once_they_are_known(window, qtbot):
    view = window.gallery.view
    qtbot.waitUntil(lambda: view.photos.tile(0) is not None)
    place = view.row_rect(0).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    assert "Caption: moon" not in QToolTip.text()
    qtbot.waitUntil(lambda: "Caption: moon" in QToolTip.text())
    beside = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), view.viewport().mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(view.viewport(), beside)
    qtbot.waitUntil(lambda: not QToolTip.isVisible() or QToolTip.text() == "")


def said(*reasons, why=""):
    return [line.words for line in reason_lines(SearchHit(1, 0.5, why, (), reasons))]


def test_a_hit_without_reasons_says_what_it_has():
    assert said(why="meets the filters") == ["Meets the filters"]
    assert said() == ["Near in meaning"]


def test_each_word_is_said_once_where_it_stands_first():
    caption, other = SearchReason("caption", "beach, dogs"), SearchReason("another caption", "dog, beach")
    keyword, name = SearchReason("keyword", "dog, boat"), SearchReason("file name", "Boat, img")
    assert said(caption, other, keyword, name) == ["Caption: beach, dogs  ·  Tag: boat  ·  File name: img"]
    assert said(other, keyword) == ["Another caption: dog, beach  ·  Tag: boat"]


def test_each_field_of_a_search_text_has_a_name_in_the_windows_language():
    assert set(_FIELDS) == set(FIELDS)


def test_nearness_is_said_in_words_and_its_score_in_the_tooltip(window, qtbot):
    same, near = SearchReason("meaning", "a ship", 0.61), SearchReason("meaning", "a ship", 0.38)
    assert said(same) == ["Said nearly the same: “a ship”"]
    assert said(near) == ["Near in meaning: “a ship”"]
    assert said(SearchReason("picture", "it shows what you typed", 0.9)) == [
        "The picture itself shows what you typed"
    ]
    window.gallery.view.select_row(1)
    qtbot.waitUntil(lambda: len(window.pane.page.found.words) == 2)
    assert "0.71" in window.pane.page.found._lines[1].toolTip()
    assert window.pane.page.found._lines[0].toolTip() == ""


@pytest.mark.parametrize("height", [700, 900])
def test_reasons_take_no_room_from_the_texts_of_a_low_pane(open_window, qtbot, height):
    window = open_window(FakeWorkspace(100), (1000, height))
    window.top_bar.search.field.setText("moon lake")
    qtbot.waitUntil(lambda: window.browser.is_ranked and 0 < count(window) < 100)
    window.gallery.view.select_row(0)
    page = window.pane.page
    qtbot.waitUntil(lambda: page.found.words != [])
    qtbot.waitUntil(lambda: page.meta.y() >= page.preview.geometry().bottom())
    qtbot.waitUntil(lambda: page.found.y() > page.keywords.geometry().bottom() > page.caption.y())
    assert page.keywords.height() >= page.keywords.sizeHint().height()


def test_the_file_details_stay_in_reach_beside_reasons_and_answers_in_a_low_pane(open_window, qtbot):
    window = open_window(FakeWorkspace(100), (1000, 700))
    window.top_bar.search.field.setText("moon lake")
    qtbot.waitUntil(lambda: window.browser.is_ranked and 0 < count(window) < 100)
    first = window.gallery.model.id_at(0)
    window.workspace.asking._turns += [
        QuestionAnswer(n, first, f"what is it {n}?", "a moon " * 9, "m", 0.0, 1.0) for n in range(100, 106)
    ]
    window.gallery.view.select_row(0)
    page = window.pane.page
    qtbot.waitUntil(lambda: page.found.words != [] and len(page.chat.turns) == 6)
    body = page.details._body
    page.details.toggle.click()
    qtbot.waitUntil(lambda: body.isVisible() and body.visibleRegion().boundingRect() == body.rect())
