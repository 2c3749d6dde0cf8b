"""What cannot be followed is underlined in the search field, and said in one place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from search_field_steps import TAG

from blipdesk.domain.search import QueryProblem, Suggestion, SuggestionKind
from blipdesk.ui.search.edit import QueryEdit
from blipdesk.ui.theme import colors


def test_what_cannot_be_followed_is_underlined_and_said(focused, qtbot):
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, " foldr:x moon ")
    qtbot.waitUntil(lambda: bool(focused.search.problems) and focused.browser.is_ranked)
    (problem,) = focused.search.problems
    assert focused.search.text()[problem.start : problem.end] == "foldr:"
    assert "foldr" in focused.search.toolTip()
    assert "foldr" in focused.gallery.note.problem.words
    QTest.keyClick(focused.search, Qt.Key.Key_Home)
    QTest.keyClick(focused.search, Qt.Key.Key_Delete)
    assert focused.search.problems == ()


def test_the_list_has_suggestions_for_what_is_typed_and_problems_of_the_rest(focused, qtbot):
    offered = focused.searching.offered
    QTest.keyClicks(focused.search, "foldr:x is:")
    qtbot.waitUntil(lambda: offered.isVisible() and "foldr" in offered.problem)
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    assert len(focused.search.problems) == 1 and "is:" not in offered.problem
    focused.workspace.searching.offers = []
    QTest.keyClick(focused.search, Qt.Key.Key_Space)
    qtbot.waitUntil(offered.isHidden)
    qtbot.waitUntil(lambda: "is:" in focused.gallery.note.problem.words)
    assert len(focused.search.problems) == 2


def test_a_filter_that_has_suggestions_needs_no_value_yet(focused, qtbot):
    note, offered = focused.gallery.note, focused.searching.offered
    focused.workspace.searching.offers = [Suggestion(SuggestionKind.VALUE, "jpeg", "type:jpeg", 9)]
    QTest.keyClicks(focused.search, "type:")
    qtbot.waitUntil(lambda: focused.browser.is_ranked and offered.isVisible())
    assert note.isHidden() and focused.search.problems == ()
    QTest.keyClick(focused.search, Qt.Key.Key_Escape)
    assert "type:" in note.problem.words and focused.search.problems != ()


def test_a_problem_is_said_in_one_place_and_the_photos_do_not_move(focused, qtbot):
    note, offered, view = focused.gallery.note, focused.searching.offered, focused.gallery.view
    focused.workspace.searching.offers = [TAG]
    QTest.keyClicks(focused.search, "foldr:x a")
    qtbot.waitUntil(lambda: offered.isVisible() and "foldr" in offered.problem and focused.browser.is_ranked)
    assert note.problem.words == ""
    qtbot.waitUntil(lambda: note.isVisible() and note.height() > 20)
    top = view.mapTo(focused, QPoint(0, 0)).y()
    QTest.mouseClick(focused.side_bar, Qt.MouseButton.LeftButton)
    assert offered.isHidden() and "foldr" in note.problem.words
    qtbot.wait(50)
    assert view.mapTo(focused, QPoint(0, 0)).y() == top


def test_a_problem_is_said_also_where_suggestions_come_to_nothing_behind_the_answer(focused, qtbot):
    note, offered = focused.gallery.note, focused.searching.offered
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "foldr:x a")
    qtbot.waitUntil(lambda: focused.browser.is_ranked and "foldr" in note.problem.words)
    offered.show_suggestions([], note.problem.words)
    assert offered.isHidden() and "foldr" in note.problem.words


def test_what_is_being_typed_is_no_problem_yet(qtbot):
    edit = QueryEdit()
    qtbot.addWidget(edit)
    edit.setText("moon folder:")
    problem = QueryProblem(5, 12, "folder: needs a value.")
    edit.show_problems("moon folder:", [problem], resting=False)
    assert edit.problems == ()
    edit.show_problems("moon folder:", [problem], resting=True)
    assert edit.problems == (problem,)
    edit.show_problems("another", [], resting=True)  # the answer to what was typed before
    assert edit.problems == (problem,)


@pytest.mark.parametrize("before", ["moon ", "\U0001f319\U0001f319 ", ""])
def test_the_line_stands_under_the_words_that_are_meant(qtbot, before):
    def drawn(problems):
        edit = QueryEdit()
        qtbot.addWidget(edit)
        edit.resize(300, 30)
        edit.setText(f"{before}foldr:x")
        edit.show_problems(edit.text(), problems, resting=True)
        image = QImage(300, 30, QImage.Format.Format_RGB32)
        image.fill(colors().color("surface"))
        edit.render(image)
        return image, edit

    start = len(before)
    marked, edit = drawn([QueryProblem(start, start + 6, "No.")])
    plain, _ = drawn([])
    columns = [x for x in range(300) if any(marked.pixel(x, y) != plain.pixel(x, y) for y in range(30))]
    metrics = edit.fontMetrics()
    left = edit.cursorRect().center().x() - metrics.horizontalAdvance("foldr:x")
    assert abs(min(columns) - left) < 6
    assert abs(max(columns) - left - metrics.horizontalAdvance("foldr:")) < 6


def test_the_cursor_counts_characters_not_units(qtbot):
    edit = QueryEdit()
    qtbot.addWidget(edit)
    edit.show_text("\U0001f319 moon", 2)
    assert edit.cursor_place == 2 and edit.cursorPosition() == 3
