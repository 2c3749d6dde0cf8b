"""Favourites in the whole window: the key, the star, the menu, the pane, the side bar, and Undo."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace, make_photo
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.ratings import is_favourite
from blipdesk.domain.values import PhotoState, PhotoTile, Source, ViewKind
from blipdesk.ui.gallery.badges import badge_of, star_box
from blipdesk.ui.gallery.model import tile_name, tile_tooltip


@pytest.fixture
def workspace():
    return FakeWorkspace(30)


@pytest.fixture
def window(open_window, workspace, qtbot):
    made = open_window(workspace)
    made.gallery.view.grab()
    qtbot.waitUntil(lambda: made.gallery.model.cached(1) is not None)
    return made


def favourites(workspace: FakeWorkspace) -> list[int]:
    return [photo.id for photo in workspace.library.all() if is_favourite(photo)]


def test_f_toggles_the_selection_as_one_edit_that_ctrl_z_takes_back(window, workspace, qtbot):
    view = window.gallery.view
    window.window().activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.select_rows([0, 1, 4], 0)
    QTest.keyClick(view, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: favourites(workspace) == [1, 2, 5])
    qtbot.waitUntil(lambda: window.toast.words == "3 photos added to the favourites")
    view.select_rows([1, 6], 1)
    QTest.keyClick(view, Qt.Key.Key_F)  # one is, one is not: both are
    qtbot.waitUntil(lambda: favourites(workspace) == [1, 2, 5, 7])
    QTest.keyClick(view, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: favourites(workspace) == [1, 5])
    for expected in ([1, 2, 5, 7], [1, 2, 5], []):
        window.pane.undo()
        qtbot.waitUntil(lambda expected=expected: favourites(workspace) == expected)


def test_the_star_of_a_tile_is_pressed_and_what_is_selected_stays(window, workspace, qtbot):
    view = window.gallery.view
    view.select_rows([3, 4], 3)
    star = star_box(view.row_rect(1), False).center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=star)
    qtbot.waitUntil(lambda: favourites(workspace) == [2])
    assert list(view.selected_ids()) == [4, 5]
    beside = star + QPoint(-40, 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert (list(view.selected_ids()), favourites(workspace)) == ([2], [2])


def test_the_panes_star_shows_and_toggles_the_photo(window, workspace, qtbot):
    window.gallery.view.select_row(0)
    star = window.pane.header.star
    qtbot.waitUntil(lambda: star.accessibleName() == "Favourite: no")
    star.click()
    qtbot.waitUntil(lambda: star.accessibleName() == "Favourite: yes")
    qtbot.waitUntil(lambda: window.toast.words == "Added to the favourites")
    star.click()
    qtbot.waitUntil(lambda: favourites(workspace) == [])
    qtbot.waitUntil(lambda: window.toast.words == "Taken off the favourites")


def test_the_side_bars_row_counts_and_lists_them(window, workspace, qtbot):
    (row,) = (row for row in window.side_bar.rows if row.kind is ViewKind.FAVOURITES)
    row.click()
    qtbot.waitUntil(lambda: window.gallery.showing_state == "No favourites yet")
    workspace.editing.toggle_favourite([3, 9])
    qtbot.waitUntil(lambda: row.accessibleName() == "Favourites, 2 photos")
    qtbot.waitUntil(lambda: count(window) == 2)
    window.gallery.view.select_row(0)
    qtbot.waitUntil(lambda: window.gallery.model.cached(3).favourite)
    assert "Take off the favourites" in [action.text() for action in window.selection.menu().actions()]
    window.selection.favourite.trigger()
    qtbot.waitUntil(lambda: count(window) == 1)


def tile(state=PhotoState.DONE, **fields) -> PhotoTile:
    photo = make_photo(4)
    return PhotoTile(
        1,
        "/p/a.jpg",
        "a dog",
        fields.pop("source", Source.MODEL),
        state,
        fields.pop("problem", photo.problem),
        "h",
        4,
        3,
        None,
        **fields,
    )


@pytest.mark.parametrize(
    ("shown", "icon", "words"),
    [
        (tile(), "", ""),
        (tile(PhotoState.WRITTEN), "file-check", ""),
        (tile(PhotoState.WRITTEN, source=Source.USER), "pencil", "Edited"),
        (tile(PhotoState.WRITTEN, source=Source.USER, needs_review=True), "eye", "Review"),
        (tile(needs_review=True, damaged=True), "warning", "Damaged"),
        (tile(PhotoState.QUEUED, needs_review=True, damaged=True), "clock", "Queued"),
        (tile(PhotoState.MISSING, needs_review=True), "image-off", "Missing"),
        (
            tile(PhotoState.FAILED, problem=Problem(ProblemKind.UNREADABLE, "a.jpg is cut off")),
            "warning",
            "Could not read",
        ),
        (
            tile(PhotoState.FAILED, problem=Problem(ProblemKind.DEGENERATE, "No words")),
            "warning",
            "Could not caption",
        ),
    ],
)
def test_of_several_badges_the_most_urgent_is_shown(shown, icon, words):
    badge = badge_of(shown)
    assert (badge.icon, badge.words) == (icon, words) if icon else badge is None


def test_a_badge_says_why_and_what_helps():
    assert "Put it back, or remove the photo" in tile_tooltip(tile(PhotoState.MISSING))
    assert "confirm it beside the photo" in tile_tooltip(tile(needs_review=True))
    assert tile_name(tile(PhotoState.MISSING, favourite=True)) == "a dog, file is missing, favourite"
