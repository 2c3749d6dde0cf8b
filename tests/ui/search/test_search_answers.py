"""A query's two answers: at each key, and once the typing rests; and what is clicked stays where it is."""

from __future__ import annotations

import threading

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.search import Suggestion, SuggestionKind
from blipdesk.domain.values import LibraryCounts, LibraryView, SortOrder, ViewKind
from blipdesk.services.nothing_found import NothingFound
from blipdesk.ui.gallery.empty import empty_state
from blipdesk.ui.side_data import SideData
from blipdesk.ui.tasks import run_in_pool, wait_for_tasks


@pytest.fixture
def workspace():
    made = FakeWorkspace(300)
    made.searching.rank = lambda ids: ids[::-1]
    return made


def ids_of(window):
    return window.gallery.model.ids.tolist()


def type_and_see(window, qtbot, text="moon"):
    """The answer at the key, before the ranked one."""
    window.browser._rest.setInterval(60_000)
    QTest.keyClicks(window.top_bar.search.field, text)
    qtbot.waitUntil(lambda: 0 < count(window) < 100 and window.browser.answer is not None)
    return ids_of(window)


def whether_captions_come(window):
    """Of each list that is shown from now on, whether the captions of its first photos are there with it."""
    model, shown = window.gallery.model, []

    def on_reset():
        first = model.ids[: window.gallery.view.first_in_sight]
        shown.append(len(first) > 10 and all(model.cached(photo_id) is not None for photo_id in first))

    model.modelReset.connect(on_reset)
    return shown


def test_a_key_shows_the_newest_at_once_and_the_best_once_the_typing_rests(open_window, qtbot, workspace):
    window = open_window(workspace)
    newest = type_and_see(window, qtbot)
    assert newest == sorted(newest)  # the invented photos are numbered from the newest
    assert not window.browser.is_ranked
    window.browser.rank_now()
    qtbot.waitUntil(lambda: ids_of(window) == newest[::-1])
    assert window.browser.is_ranked


def test_an_answer_is_shown_with_the_captions_of_its_first_photos(open_window, qtbot, workspace):
    window = open_window(FakeWorkspace(3000))
    window.workspace.searching.rank = lambda ids: ids[::-1]
    shown = whether_captions_come(window)
    QTest.keyClicks(window.top_bar.search.field, "moon")
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert shown and all(shown)


def test_an_answer_that_another_came_before_is_shown_with_its_captions_too(open_window, qtbot):
    window = open_window(FakeWorkspace(3000))
    searching = window.workspace.searching
    searching.rank = lambda ids: ids[::-1]
    searching.may_answer.clear()
    searching.may_rank.clear()
    QTest.keyClicks(window.top_bar.search.field, "moon")
    window.browser.rank_now()
    qtbot.waitUntil(lambda: any(request.ranked for request in searching.requests))
    with qtbot.waitSignal(window.browser.ids_changed):
        searching.may_answer.set()
    shown = whether_captions_come(window)
    searching.may_rank.set()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert shown == [True]


def test_what_changes_while_its_list_is_read_is_shown_as_it_is(open_window, qtbot):
    workspace, began, go_on = FakeWorkspace(3000), threading.Event(), threading.Event()
    workspace.searching.rank = lambda ids: ids[::-1]
    tiles = workspace.library.tiles
    window = open_window(workspace)
    model = window.gallery.model

    def read(ids):
        found = tiles(ids)
        began.set()
        assert go_on.wait(10)
        return found

    workspace.library.tiles = read
    window.browser.show_search("moon")
    assert began.wait(10)
    last = workspace.library.tile_calls[-1][0]
    with qtbot.waitSignal(window.browser.photos_changed):
        workspace.change([last], user_caption="a moon of my own")
    go_on.set()
    qtbot.waitUntil(lambda: model.cached(last) is not None)
    qtbot.waitUntil(lambda: model.cached(last).caption == "a moon of my own")


def test_what_the_first_key_needs_is_loaded_once_the_field_is_entered(focused, qtbot):
    searching = focused.workspace.searching
    qtbot.waitUntil(lambda: searching.prepared == 1)
    focused.gallery.view.setFocus()
    focused.top_bar.search.focus()
    QTest.keyClicks(focused.search, "moon")
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    assert searching.prepared == 1


def test_what_was_to_be_loaded_is_not_once_the_library_is_closed(window, qtbot):
    go_on, searching = threading.Event(), window.workspace.searching
    for _ in range(3):  # the pool has so many threads
        run_in_pool(go_on.wait)
    window.search.entered_field.emit()
    window.detach()
    go_on.set()
    assert wait_for_tasks()
    assert searching.prepared == 0


def test_ranking_waits_for_the_typing_to_rest(open_window, qtbot, workspace):
    window = open_window(workspace)
    asked = workspace.searching.requests
    type_and_see(window, qtbot, "moo")
    assert not any(request.ranked for request in asked)
    window.browser._rest.setInterval(0)
    QTest.keyClicks(window.top_bar.search.field, "n")
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert [request.query for request in asked if request.ranked] == ["moon"]


def test_what_was_clicked_stays_and_what_comes_later_stands_behind_it(open_window, qtbot, workspace):
    window = open_window(workspace)
    newest = type_and_see(window, qtbot)
    late = [i for i in range(1, 300) if i not in newest][:3]
    workspace.searching.rank = lambda ids: [*late, *list(ids)[::-1]]
    view = window.gallery.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(2).center())
    window.browser._on_rest()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    ids, in_sight = ids_of(window), view.rows_in_sight().stop
    assert ids == [*newest[:in_sight], *late, *newest[: in_sight - 1 : -1]]
    assert view.selected_ids().tolist() == [newest[2]]
    qtbot.waitUntil(lambda: workspace.searching.noted == ["moon"])


def test_a_click_while_the_ranking_runs_counts_too(open_window, qtbot, workspace):
    window = open_window(workspace)
    newest = type_and_see(window, qtbot)
    workspace.searching.may_rank.clear()
    window.browser._on_rest()
    window.gallery.view.select_row(1)
    workspace.searching.may_rank.set()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    in_sight = window.gallery.view.rows_in_sight().stop
    assert ids_of(window) == [*newest[:in_sight], *newest[: in_sight - 1 : -1]]


def test_photos_that_were_selected_before_the_search_hold_nothing(open_window, qtbot, workspace):
    window = open_window(workspace)
    first = type_and_see(window, qtbot)[0]
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 300)
    window.gallery.view.select_row(ids_of(window).index(first))
    newest = type_and_see(window, qtbot)
    window.browser.rank_now()
    qtbot.waitUntil(lambda: ids_of(window) == newest[::-1])
    assert window.gallery.view.selected_ids().tolist() == [first]


def test_after_a_click_a_change_of_the_catalog_only_adds_behind(open_window, qtbot, workspace):
    window = open_window(workspace)
    type_and_see(window, qtbot)
    window.browser.rank_now()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    before = ids_of(window)
    window.gallery.view.select_row(0)
    stays = next(i for i in range(1, 300) if i not in before)
    workspace.change([stays], user_caption="a moon of my own")
    qtbot.waitUntil(lambda: count(window) == len(before) + 1)
    assert ids_of(window) == [*before, stays]
    workspace.change([before[1]], user_caption="nothing", path="/p/x.jpg")
    qtbot.waitUntil(lambda: count(window) == len(before))
    assert ids_of(window) == [*[i for i in before if i != before[1]], stays]


def test_by_date_everything_stands_by_its_date(open_window, qtbot, workspace):
    window = open_window(workspace)
    newest = type_and_see(window, qtbot)
    window.browser.set_order(SortOrder.OLDEST)
    qtbot.waitUntil(lambda: ids_of(window) == newest[::-1])
    window.gallery.view.select_row(0)
    stays = next(i for i in range(1, 300) if i not in newest)
    workspace.change([stays], user_caption="a moon of my own")
    qtbot.waitUntil(lambda: count(window) == len(newest) + 1)
    assert ids_of(window) == sorted([*newest, stays])[::-1]


def test_enter_goes_to_the_best_photo_not_to_the_newest(open_window, qtbot, workspace):
    window = open_window(workspace)
    newest = type_and_see(window, qtbot)
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.gallery.view.selected_count() == 1)
    assert window.gallery.view.current_id() == newest[-1] == ids_of(window)[0]
    qtbot.waitUntil(lambda: "moon" in workspace.searching.noted)


def test_a_word_that_is_none_yet_leaves_the_photos_until_the_ranked_answer(open_window, qtbot, workspace):
    window = open_window(workspace)
    window.browser._rest.setInterval(60_000)
    QTest.keyClicks(window.top_bar.search.field, "zebra")
    qtbot.waitUntil(lambda: "zebra" in [request.query for request in workspace.searching.requests])
    assert not window.gallery.showing_state
    workspace.searching.maybe = [5, 6]
    window.browser.rank_now()
    qtbot.waitUntil(lambda: ids_of(window) == [5, 6])


def test_photos_that_may_fit_stand_under_a_heading(open_window, qtbot, workspace):
    window = open_window(workspace)
    workspace.searching.maybe = range(1, 41)
    newest = type_and_see(window, qtbot)
    window.browser.rank_now()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    gallery, view = window.gallery, window.gallery.view
    sure = len(newest)
    assert gallery.count.text() == f"{sure} photos"
    assert gallery.of.text() == f"{count(window) - sure} more maybe"
    first = view.row_rect(sure)
    assert first.left() == view.row_rect(0).left()
    assert first.top() - view.row_rect(sure - 1).bottom() > 40
    gap = first.center()
    gap.setY(first.top() - 10)
    assert not view.indexAt(gap).isValid()
    assert gallery.model.data(gallery.model.index(sure)).startswith("Maybe: ")
    assert not gallery.model.data(gallery.model.index(sure - 1)).startswith("Maybe: ")


def test_the_keyboard_crosses_the_heading_both_ways(open_window, qtbot, workspace):
    window = open_window(workspace)
    workspace.searching.maybe = range(1, 41)
    sure = len(type_and_see(window, qtbot))
    window.browser.rank_now()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    view = window.gallery.view
    last_line = view.grid.line_rows(view.grid.line_of(sure - 1))
    view.select_row(last_line.start)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == sure
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == last_line.start
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selected_ids()) == sure - last_line.start + 1


def test_with_nothing_sure_the_heading_says_so(open_window, qtbot, workspace):
    window = open_window(workspace)
    workspace.searching.maybe = [7, 8, 9]
    QTest.keyClicks(window.top_bar.search.field, "zebra")
    qtbot.waitUntil(lambda: ids_of(window) == [7, 8, 9])
    assert window.gallery.count.text() == "3 photos" and window.gallery.of.text() == "that may fit"
    assert window.gallery.view.row_rect(0).top() > 40


@pytest.mark.parametrize("at_both_ends", [False, True])
def test_photos_that_come_above_do_not_move_what_is_looked_at(open_window, qtbot, workspace, at_both_ends):
    window = open_window(workspace)
    workspace.searching.maybe = list(range(1, 120))
    sure = len(type_and_see(window, qtbot))
    window.browser.rank_now()
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    view, before = window.gallery.view, count(window)
    view.select_row(sure + 40)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 17)
    top, above = view.top_row()
    seen = window.gallery.model.id_at(top)
    late = [i for i in range(200, 300) if i not in ids_of(window)][:9]
    workspace.searching.maybe = [*workspace.searching.maybe, *range(130, 140 if at_both_ends else 130)]
    workspace.change(late, user_caption="a moon of my own")
    qtbot.waitUntil(lambda: count(window) >= before + 9)
    row, now_above = view.top_row()
    line = view.grid.line_rows(view.grid.line_of(ids_of(window).index(seen)))
    assert (row, now_above) == (line.start, above)
    assert view.selected_count() == 1


def test_the_pane_keeps_the_photo_while_the_list_changes_around_it(open_window, qtbot, workspace):
    window = open_window(workspace)
    newest = type_and_see(window, qtbot)
    window.gallery.view.select_row(1)
    qtbot.waitUntil(lambda: window.pane._photo is not None)
    shown = []
    window.gallery.view.selection_changed.connect(lambda: shown.append(window.pane.photo_id))
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 300)
    assert set(shown) == {newest[1]} and window.pane._pages.currentWidget() is window.pane.page


def test_a_search_that_takes_long_is_said_to_be_under_way(open_window, qtbot, workspace):
    window = open_window(workspace)
    workspace.searching.may_rank.clear()
    QTest.keyClicks(window.top_bar.search.field, "zebra")
    qtbot.waitUntil(lambda: window.gallery.count.text() == "Searching…")
    workspace.searching.may_rank.set()
    qtbot.waitUntil(lambda: window.gallery.showing_state == "No photo matches")
    assert window.gallery.count.text() == "0 photos"


def test_enter_says_that_the_value_of_a_filter_is_whole(open_window, qtbot, workspace):
    window = open_window(workspace)

    def asked():
        return [request for request in workspace.searching.requests if request.ranked]

    field = window.top_bar.search.field
    QTest.keyClicks(field, "folder:2026")
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert not any(request.is_whole for request in asked())
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked()[-1].is_whole and window.browser.is_ranked)
    before = len(asked())
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(asked()) == before
    QTest.keyClicks(field, "x")
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert not asked()[-1].is_whole
    window.browser.show_search("moon is:missing")
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert asked()[-1].is_whole


def test_what_is_typed_while_the_library_is_opened_is_searched_for_once_it_is(open_window, qtbot, workspace):
    window = open_window()
    QTest.keyClicks(window.top_bar.search.field, "moon")
    qtbot.wait(200)
    window.attach(workspace)
    qtbot.waitUntil(lambda: window.browser.is_ranked and 0 < count(window) < 100)
    assert window.top_bar.search.field.text() == "moon"
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 300)
    assert window.browser.view.order is SortOrder.NEWEST


def test_nothing_found_names_what_there_is_and_offers_to_leave_out_what_no_photo_fits(
    open_window, qtbot, workspace
):
    window = open_window(workspace)
    workspace.searching.offers = [Suggestion(SuggestionKind.VALUE, "Fuji X100V", "camera:Fuji", 11)]
    window.top_bar.search.field.setText("camera:canon moon")
    state = window.gallery.state
    qtbot.waitUntil(
        lambda: "No photo fits camera:canon; there is the camera “Fuji X100V”." in state.words.text()
    )
    assert state.first.text() == "Search without “camera:canon”"
    state.first.click()
    qtbot.waitUntil(lambda: not window.gallery.showing_state and 0 < count(window) < 300)
    assert window.top_bar.search.field.text() == "moon"


def test_nothing_found_in_a_folder_offers_all_photos(open_window, qtbot, workspace):
    window = open_window(workspace)
    window.browser.show_row(ViewKind.RECENT)
    workspace.change([200], user_caption="a zebra")
    window.top_bar.search.field.setText("zebra")
    qtbot.waitUntil(lambda: window.gallery.showing_state == "No photo matches")
    assert window.gallery.state.second.text() == "Search all photos"
    window.gallery.state.second.click()
    qtbot.waitUntil(lambda: ids_of(window) == [200] and not window.gallery.showing_state)
    window.top_bar.search.field.setText("nothing at all")
    qtbot.waitUntil(lambda: window.gallery.showing_state == "No photo matches")
    assert window.gallery.state.second.isHidden()


def test_what_is_left_out_is_quoted_where_it_stands_in_the_query():
    side = SideData(LibraryCounts(total=4), (), (), ())
    phrase = LibraryView(query='"dog beach"')
    assert empty_state(phrase, side, NothingFound("", "the quotes", "dog beach")).primary == (
        "Search without the quotes"
    )
    camera = LibraryView(query="dog camera:canon")
    assert empty_state(camera, side, NothingFound("", "camera:canon", "dog")).primary == (
        "Search without “camera:canon”"
    )
