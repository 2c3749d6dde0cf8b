"""What the gallery lists, and when it reads its list again."""

from __future__ import annotations

import threading
from array import array
from dataclasses import replace

from fake_workspace import FakeWorkspace
from whole_window import count

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.grouping import Grouping
from blipdesk.domain.values import LibraryView, SortOrder, ViewKind


def test_after_a_run_the_photos_stand_in_the_order_of_the_dates_it_read(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    workspace.publish(Progress(RunState.CAPTIONING, 1, 30))
    qtbot.waitUntil(lambda: window.browser._was_captioning)
    workspace.library.ids = lambda view: array("q", range(30, 0, -1))
    workspace.publish(Progress(RunState.IDLE, 30, 30))
    qtbot.waitUntil(lambda: window.gallery.model.id_at(0) == 30)


def test_a_failed_read_of_a_view_that_was_left_is_not_said(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    read, began, go_on = workspace.library.ids, threading.Event(), threading.Event()

    def broken(view: LibraryView) -> array[int]:
        if view.kind is ViewKind.ALL:
            return read(view)
        began.set()
        assert go_on.wait(10)
        raise CatalogError("The disk failed.")

    workspace.library.ids = broken
    window.browser.show_row(ViewKind.RECENT)
    assert began.wait(10)
    window.browser.search("moon")  # its list waits for typing to pause
    window.browser.view = replace(window.browser.view, kind=ViewKind.ALL)
    with qtbot.assertNotEmitted(window.browser.failed):
        go_on.set()
        qtbot.waitUntil(lambda: 0 < count(window) < 30)


def test_back_from_a_search_the_list_is_read_again_only_where_it_may_be_another(open_window, qtbot):
    workspace = FakeWorkspace(100)
    window = open_window(workspace)
    read, asked = workspace.library.ids, []

    def counted(view: LibraryView) -> array[int]:
        asked.append(view.query)
        return read(view)

    workspace.library.ids = counted
    field = window.top_bar.search.field
    for added in (0, 5):
        field.setText("moon")
        qtbot.waitUntil(lambda: window.browser.is_ranked and 0 < count(window) < 50)
        if added:
            workspace.library.count += added
            workspace.publish(CatalogChange(photos=frozenset({101}), added=True))
            qtbot.waitUntil(lambda: window.browser._unsearched is None)
        field.clear()
        qtbot.waitUntil(lambda added=added: count(window) == 100 + added)
        assert asked.count("") == (1 if added else 0)


def test_a_change_while_the_list_is_read_is_not_lost(open_window, qtbot):
    workspace = FakeWorkspace(100)
    window = open_window(workspace)
    read, began, go_on = workspace.library.ids, threading.Event(), threading.Event()

    def slow(view: LibraryView) -> array[int]:
        ids = read(view)
        began.set()
        assert go_on.wait(10)
        return ids

    workspace.library.ids = slow
    window.browser.show_row(ViewKind.RECENT)
    assert began.wait(10)
    workspace.change([5], user_caption="x")
    workspace.library.ids = lambda view: array("q", [1, 2, 3])
    workspace.publish(CatalogChange(added=True))
    qtbot.wait(100)
    go_on.set()
    qtbot.waitUntil(lambda: count(window) == 3)


def test_filters_alone_keep_the_order_and_the_groups(open_window, qtbot):
    window = open_window(FakeWorkspace(60))
    top = window.top_bar
    top.order_chosen.emit(SortOrder.NAME)
    top.grouping_chosen.emit(Grouping.DAY)
    qtbot.waitUntil(lambda: len(window.gallery.model.sections) > 1)
    window.side_bar.dates.dates_chosen.emit("2019..2026")
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert window.browser.view.order is SortOrder.NAME and top.order.currentText() == "By name"
    assert len(window.gallery.model.sections) > 1 and top.group_button.isEnabled()
    assert top.order.findText("Best match") < 0
    qtbot.waitUntil(lambda: len(window.gallery.filters.chips) == 1)

    window.browser.search("date:2019..2026 moon")
    assert window.browser.view.order is SortOrder.RELEVANCE and top.order.currentText() == "Best match"
    window.browser.search("date:2019..2026")
    assert window.browser.view.order is SortOrder.NAME


def test_a_query_of_filters_from_the_last_time_keeps_the_order(open_window, qtbot):
    window = open_window(FakeWorkspace(60, query="date:2019..2026", sort="oldest"))
    assert window.browser.view.order is SortOrder.OLDEST
