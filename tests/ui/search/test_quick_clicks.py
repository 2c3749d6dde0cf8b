"""A click before the answer to what is typed is there: what was clicked stays, the answer comes around it."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.values import SortOrder


@pytest.fixture
def window(open_window, qtbot):
    """One with the answer to "night" on the screen: moons over a lake, and cities."""
    workspace = FakeWorkspace(300)
    workspace.searching.rank = lambda ids: ids[::-1]
    made = open_window(workspace)
    made.searched = workspace.searching
    QTest.keyClicks(made.top_bar.search.field, "night")
    qtbot.waitUntil(lambda: made.browser.is_ranked and 0 < count(made) < 100)
    made.browser._rest.setInterval(60_000)
    return made


def ids_of(window):
    return window.gallery.model.ids.tolist()


def click(window, row):
    """Click a photo, and return its id and where it stands on the screen."""
    view = window.gallery.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(row).center())
    return window.gallery.model.id_at(row), view.row_rect(row)


def row_with(window, word):
    """The row of a photo in sight with a word, not in the first line."""
    return next(row for row, i in enumerate(ids_of(window)) if word in _caption(window, i) and row > 4)


def place_of(window, photo_id):
    return window.gallery.view.row_rect(ids_of(window).index(photo_id))


def type_more(window, words):
    """Type so fast that no answer comes in between."""
    window.searched.may_answer.clear()
    QTest.keyClicks(window.top_bar.search.field, words)


def rests(window, qtbot):
    window.browser._rest.stop()
    window.browser._on_rest()
    qtbot.waitUntil(lambda: window.browser.is_ranked)


def click_before(window, qtbot, words, shown):
    """Type more, click a photo of the answer of before that shows something, and let the new answer come."""
    type_more(window, words)
    clicked = click(window, row_with(window, shown))
    window.searched.may_answer.set()
    rests(window, qtbot)
    return clicked


def answer_of(window, query):
    """The ranked answer to a query, asked without a click."""
    return [i for i in range(300, 0, -1) if all(w in _caption(window, i) for w in query.split())]


def _caption(window, photo_id):
    photo = window.workspace.library.photo_now(photo_id)
    return f"{photo.caption or ''} {photo.path} {' '.join(k.name for k in photo.keywords)}".lower()


def test_the_answer_to_another_query_does_not_stay_for_a_click(window, qtbot):
    clicked, place = click_before(window, qtbot, " moon lake", "city")
    ids = ids_of(window)
    best = answer_of(window, "night moon lake")
    assert [i for i in ids if i != clicked] == best and clicked not in best
    assert window.gallery.view.selected_ids().tolist() == [clicked]
    assert place_of(window, clicked) == place
    assert window.gallery.count.text() == f"{len(best)} photos"
    assert window.gallery.view._painter.marks == (("night",), ("moon",), ("lake",))
    qtbot.waitUntil(lambda: "you clicked" in " ".join(window.pane.page.found.words))


def test_a_clicked_photo_of_the_new_answer_is_not_in_it_twice_and_says_its_reasons(window, qtbot):
    clicked, place = click_before(window, qtbot, " moon", "moon")
    best = answer_of(window, "night moon")
    assert sorted(ids_of(window)) == sorted(best)
    assert [i for i in ids_of(window) if i != clicked] == [i for i in best if i != clicked]
    assert place_of(window, clicked) == place
    qtbot.waitUntil(lambda: any("moon" in words for words in window.pane.page.found.words))
    assert not window.browser.strangers.ids


def test_a_click_between_both_answers_keeps_what_is_in_sight_and_ranks_the_rest(window, qtbot):
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 300)
    window.searched.rank = lambda ids: [*range(251, 261), *ids[::-1][: len(ids) // 2]]
    QTest.keyClicks(window.top_bar.search.field, "2026")
    qtbot.waitUntil(lambda: window.browser.answer is not None and not window.browser.is_ranked)
    newest, in_sight = ids_of(window), window.gallery.view.rows_in_sight().stop
    assert 0 < in_sight < len(newest)
    click(window, 3)
    window.browser._rest.stop()
    window.browser._on_rest()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    ids = ids_of(window)
    assert ids[:in_sight] == newest[:in_sight]
    best = window.browser.found.ids.tolist()
    assert ids[in_sight:] == [i for i in best if i not in newest[:in_sight]]
    assert window.gallery.count.text() == f"{len(best)} photos"


def test_enter_always_brings_the_ranked_answer(window, qtbot):
    type_more(window, " moon")
    click(window, 7)
    window.searched.may_answer.set()
    rests(window, qtbot)
    window.top_bar.search.focus()
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Return)
    best = answer_of(window, "night moon")
    qtbot.waitUntil(lambda: ids_of(window) == best)
    assert window.gallery.view.verticalScrollBar().value() == 0
    asked = len(window.searched.requests)
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Return)
    assert len(window.searched.requests) == asked


def test_enter_does_not_ask_again_for_an_answer_that_is_on_its_way(window, qtbot):
    window.searched.may_rank.clear()
    QTest.keyClicks(window.top_bar.search.field, " moon")
    window.browser._on_rest()
    before = answer_of(window, "night moon")
    qtbot.waitUntil(lambda: window.browser.answer is not None and count(window) == len(before))
    click(window, 3)
    window.top_bar.search.focus()
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Return)
    window.searched.may_rank.set()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert ids_of(window) == before
    asked = [request for request in window.searched.requests if request.query == "night moon"]
    assert [request.ranked for request in asked].count(True) == 1


def test_a_clicked_photo_that_is_no_answer_stays_while_the_catalog_changes(window, qtbot):
    clicked, _ = click_before(window, qtbot, " moon lake", "city")
    before = ids_of(window)
    late = next(i for i in range(1, 300) if i not in before)
    window.workspace.change([late], user_caption="a moon and a lake at night")
    qtbot.waitUntil(lambda: late in ids_of(window))
    assert ids_of(window) == [*before, late]
    assert window.gallery.view.selected_ids().tolist() == [clicked]


@pytest.mark.parametrize("order", [SortOrder.RELEVANCE, SortOrder.NEWEST])
def test_a_click_far_down_stays_at_its_height(window, qtbot, order):
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 300)
    view = window.gallery.view
    view.verticalScrollBar().setValue(3 * view.grid.cell_height + 11)
    window.searched.maybe = range(1, 41)
    type_more(window, "2026")
    window.browser.set_order(order)
    clicked, place = click(window, view.rows_in_sight().start + view.grid.columns + 1)
    window.searched.may_answer.set()
    rests(window, qtbot)
    assert place_of(window, clicked) == place
    assert view.selected_ids().tolist() == [clicked]
