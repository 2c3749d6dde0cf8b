"""The search field: suggestions under it, what it underlines, what is said of the answer, and the help."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from whole_window import count

from blipdesk.domain.filters import FILTERS
from blipdesk.domain.search import QueryProblem, Suggestion, SuggestionKind
from blipdesk.domain.values import ViewKind
from blipdesk.ui.search.edit import QueryEdit
from blipdesk.ui.theme import colors

TAG = Suggestion(SuggestionKind.KEYWORD, "moon", "moon ", 5, 12)
FILTER = Suggestion(SuggestionKind.FILTER, "folder:", "folder:", 7, None, "Photos in a folder.")
EARLIER = Suggestion(SuggestionKind.HISTORY, "two boats", "two boats", 9)


@pytest.fixture
def window(open_window):
    workspace = FakeWorkspace(100)
    workspace.searching.offers = [TAG, FILTER, EARLIER]
    made = open_window(workspace)
    made.search = made.top_bar.search.field
    return made


@pytest.fixture
def offered(window, qtbot):
    QTest.keyClicks(window.search, "mo")
    window.search.setFocus()
    qtbot.waitUntil(window.searching.offered.isVisible)
    return window.searching.offered


@pytest.fixture
def focused(window, qtbot):
    """Offscreen a window is active only once it was asked to be."""
    window.window().activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.top_bar.search.focus()
    qtbot.waitUntil(window.search.hasFocus)
    return window


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


def test_tab_puts_nothing_before_what_is_typed(focused, qtbot, offered):
    boat = Suggestion(SuggestionKind.KEYWORD, "boat", "pink keyword:boat ", 18, 7)
    focused.workspace.searching.offers = [boat]
    focused.search.selectAll()
    QTest.keyClicks(focused.search, "pink boat")
    qtbot.waitUntil(lambda: offered.suggestions == [boat])
    QTest.keyClick(focused.search, Qt.Key.Key_Tab)
    assert focused.search.text() == "pink boat" and not focused.search.hasFocus()
    assert offered.isHidden()


def test_escape_closes_the_list_first_then_goes_back_to_the_photos(focused, qtbot, offered):
    QTest.keyClick(focused.search, Qt.Key.Key_Escape)
    assert offered.isHidden() and focused.search.hasFocus()
    QTest.keyClick(focused.search, Qt.Key.Key_Escape)
    assert focused.search.text() == "mo" and focused.gallery.view.hasFocus()
    assert not focused.gallery.view.selected_count()


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


# ---------------------------------------------------------------------------------------- problems


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


# ---------------------------------------------------------------------------------------- of the answer


def test_a_word_taken_for_another_is_said_and_can_be_taken_as_typed(focused, qtbot):
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "mooon")
    note = focused.gallery.note
    qtbot.waitUntil(lambda: note.isVisible() and 0 < count(focused) < 100)
    assert note.instead.text() == "Showing results for “moon”."
    assert note.link.text() == "Search instead for “mooon”"
    assert focused.gallery.view._painter.words == ("moon",)
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    note.link.click()
    qtbot.waitUntil(lambda: focused.gallery.showing_state == "No photo matches")
    assert note.instead.text() == "Showing results for “mooon”."
    assert note.link.text() == "Search instead for “moon”"
    note.link.click()
    qtbot.waitUntil(lambda: 0 < count(focused) < 100 and focused.browser.is_ranked)
    assert note.link.text() == "Search instead for “mooon”"
    note.link.click()
    qtbot.waitUntil(lambda: focused.gallery.showing_state == "No photo matches")
    QTest.keyClick(focused.search, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    assert note.isHidden()
    QTest.keyClicks(focused.search, "n")
    qtbot.waitUntil(note.isVisible)
    assert note.link.text() == "Search instead for “mooon”"


def test_what_was_perhaps_meant_is_asked_and_searched_for_at_a_press(focused, qtbot):
    searching, note = focused.workspace.searching, focused.gallery.note
    searching.offers = []
    meant = Suggestion(SuggestionKind.WORD, "moon", "moon", 4)
    searching.meant = {"noon": (meant,), "moon": ()}
    QTest.keyClicks(focused.search, "noon")
    qtbot.waitUntil(lambda: note.isVisible() and focused.browser.is_ranked)
    assert note.other.text() == "“moon”?"
    note.other.click()
    qtbot.waitUntil(lambda: 0 < count(focused) < 100 and focused.browser.is_ranked)
    assert focused.search.text() == "moon"
    assert note.isHidden()
    searching.meant = {"moon 2024": (replace(meant, query="moon date:2024", count=1234),)}
    QTest.keyClicks(focused.search, " 2024")
    qtbot.waitUntil(note.isVisible)
    assert note.other.text() == "“moon date:2024”, 1,234 photos?"


def test_what_is_missing_is_said_quietly_until_it_is_put_away(focused, qtbot):
    focused.workspace.searching.missing = "Found by words alone: there is no sentence model."
    note = focused.gallery.note
    QTest.keyClicks(focused.search, "moon")
    qtbot.waitUntil(lambda: "sentence model" in note.missing.words and note.isVisible())
    focused.browser._rest.setInterval(60_000)
    QTest.keyClick(focused.search, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: focused.browser.answer is not None and not focused.browser.is_ranked)
    assert note.isVisible()  # the photos do not hop at each key
    note.missing.cross.click()
    assert note.isHidden()
    focused.browser.rank_now()
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    assert note.isHidden()


# ---------------------------------------------------------------------------------------- help


def test_f1_lists_every_filter_and_a_press_puts_it_into_the_field(focused, qtbot):
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "moon")
    QTest.keyClick(focused.search, Qt.Key.Key_F1)
    card = focused.searching._help
    assert card.isVisible()
    named = [row.typed.partition(":")[0] for row in card.rows]
    assert set(named) >= {spec.name for spec in FILTERS}
    assert all(row.accessibleName() for row in card.rows)
    card.rows[named.index("camera")].click()
    assert focused.search.text() == "moon camera:" and focused.search.hasFocus() and card.isHidden()


@pytest.mark.parametrize("key", ["F1", "?"])
def test_the_help_opens_from_the_photos_and_escape_goes_back_to_them(focused, qtbot, key):
    view = focused.gallery.view
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_F1) if key == "F1" else QTest.keyClicks(view, "?")
    qtbot.waitUntil(lambda: focused.searching._help is not None and focused.searching._help.isVisible())
    assert focused.search.text() == "" and focused.searching.offered.isHidden()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert focused.searching._help.isHidden() and view.hasFocus()


@pytest.mark.parametrize("width", [620, 1000, 1440])
def test_the_help_says_everything_whole(open_window, qtbot, width):
    window = open_window(FakeWorkspace(5), (width, 900))
    window.top_bar.search.help.click()
    rows = window.searching._help.rows
    assert {"dog*", "dog OR cat"} <= {row.typed for row in rows}
    qtbot.waitUntil(lambda: all(row.isVisible() for row in rows))
    for row in rows:
        assert row.words_height(row.width()) <= row.height()
        assert not row.says.endswith("…")


@pytest.mark.parametrize("size", [(1000, 700), (876, 560), (1440, 900)])
def test_the_help_lies_within_the_window(open_window, size):
    window = open_window(FakeWorkspace(5), size)
    window.top_bar.search.help.click()
    card = window.searching._help
    assert window.rect().contains(card.mapTo(window, card.rect().topLeft()))
    assert window.rect().contains(card.mapTo(window, card.rect().bottomRight()))
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Escape)
    assert card.isHidden()
