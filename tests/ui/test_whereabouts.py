"""The next start goes on where a person was: the same row, the same query, the same place."""

from __future__ import annotations

from fake_workspace import FakeWorkspace
from whole_window import count

from blipdesk.domain.values import ViewKind
from blipdesk.ui.gallery.geometry import HEADING


def test_the_next_start_shows_the_same_search_at_the_same_place(open_window, qtbot):
    workspace = FakeWorkspace(900)
    window = open_window(workspace)
    window.browser.show_row(ViewKind.KEYWORD, workspace.library.top_keywords()[0][0])
    qtbot.waitUntil(lambda: 0 < count(window) < 900)
    bar = window.gallery.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    row, _ = window.gallery.view.top_row()
    top, chosen = window.gallery.model.id_at(row), window.gallery.model.id_at(row + 2)
    window.gallery.view.select_rows([row + 2], row + 2)
    qtbot.waitUntil(lambda: window.remembered._changes.get("top_photo") == top)
    workspace.settings.change(**window.remembered.last_changes())
    window.detach()

    again = open_window(workspace)
    assert again.browser.view.kind is ViewKind.KEYWORD
    assert again.browser.view.argument == window.browser.view.argument
    assert again.gallery.model.id_at(again.gallery.view.top_row()[0]) == top
    assert list(again.gallery.view.selected_ids()) == [chosen] and again.pane.photo_id == chosen


def test_the_photo_at_the_top_stands_below_the_heading_of_its_group(open_window, qtbot):
    window = open_window(FakeWorkspace(900, grouping="folder", top_photo=1))
    view = window.gallery.view
    place = view.row_rect(window.gallery.model.ids.index(1))
    assert view.verticalOffset() > 0 and place.top() == HEADING


def test_the_query_comes_back_with_its_chips(open_window, qtbot):
    workspace = FakeWorkspace(60, query="moon type:png", view="all")
    window = open_window(workspace)
    assert window.top_bar.search.field.text() == "moon type:png"
    qtbot.waitUntil(lambda: [chip.name for chip in window.gallery.filters.chips] == ["moon", "PNG"])


def test_a_search_typed_while_the_library_opens_counts_more_than_the_last_one(open_window, qtbot):
    window = open_window()
    window.top_bar.search.field.setText("sunset")
    window.attach(FakeWorkspace(60, query="moon", view="failed"))
    qtbot.waitUntil(lambda: window.browser.loaded)
    assert window.top_bar.search.field.text() == "sunset" and window.browser.view.kind is ViewKind.ALL


def test_photos_that_were_like_one_are_no_place_to_come_back_to(open_window, qtbot):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    window.browser.show_similar(5, "five.jpg")
    changes = window.remembered.last_changes()
    assert (changes["view"], changes["view_argument"]) == ("all", "")


def test_a_row_that_this_version_does_not_know_is_the_whole_library(open_window, qtbot):
    window = open_window(FakeWorkspace(60, view="planets", view_argument="mars"))
    assert window.browser.view.kind is ViewKind.ALL and count(window) == 60
