"""Groups under headings that stay in sight, the compact list, and the rubber band."""

from __future__ import annotations

from array import array

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtTest import QTest
from whole_window import count, show_ids

from blipdesk.domain.grouping import Grouping, Groups
from blipdesk.domain.values import SortOrder
from blipdesk.ui.gallery.geometry import HEADING, LIST_ROW
from blipdesk.ui.gallery.heading import group_words
from blipdesk.ui.gallery.model import GalleryModel, IdsChange, tile_name
from blipdesk.ui.gallery.thumbnails import Thumbnails
from blipdesk.ui.gallery.view import GalleryView

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
GROUPS = Groups(Grouping.DAY, array("q", [0, 6, 30]), ("2024-05-02", "2024-05-01", "2023-12-31"))


@pytest.fixture
def view(qtbot) -> GalleryView:
    workspace = FakeWorkspace(90)
    model = GalleryModel()
    model.set_source(workspace.library.tiles)
    show_ids(model, array("q", range(1, 91)))
    made = GalleryView(model, Thumbnails())
    made.workspace, made.model_kept = workspace, model
    qtbot.addWidget(made)
    made.resize(805, 620)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


@pytest.fixture
def groups(view) -> GalleryView:
    model = view.photos
    model.apply(IdsChange.between(model.ids, model.ids, groups=GROUPS))
    return view


def rows(view: GalleryView) -> list[int]:
    return [photo_id - 1 for photo_id in view.selected_ids()]


def press(view: GalleryView, point: QPoint, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, point)


def drag(view: GalleryView, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, modifier, start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)


def drop(view: GalleryView) -> None:
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, view.viewport().rect().center())


# ---------------------------------------------------------------------------------------- groups


def test_the_first_heading_that_comes_with_another_size_of_cells_covers_no_photo(view):
    model = view.photos
    view.grab()
    with QSignalBlocker(model):
        model.apply(IdsChange.between(model.ids, model.ids, groups=GROUPS))
    view.resize(1000, 620)
    assert view.grid.section_top(0) == 0 and view.row_rect(0).top() == HEADING


def test_short_days_share_a_line_each_under_its_own_heading(view):
    days = Groups(
        Grouping.DAY, array("q", [0, 1, 3, 4, 30]),
        ("2024-05-05", "2024-05-04", "2024-05-03", "2024-05-02", "2024-05-01"),
    )  # fmt: skip
    model = view.photos
    model.apply(IdsChange.between(model.ids, model.ids, groups=days))
    assert view.grid.columns == 4
    assert {view.row_rect(row).top() for row in range(4)} == {HEADING}
    at = [QPoint(view.row_rect(row).center().x(), 10) for row in (0, 1, 2, 3)]
    assert [view.heading_at(point) for point in at] == [0, 1, 1, 2]
    press(view, at[2])
    assert rows(view) == [1, 2]
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    assert rows(view) == [3]
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    assert rows(view) == [4] and view.row_rect(4).top() == HEADING
    view.set_listed(True)
    view.verticalScrollBar().setValue(0)
    assert [view.heading_at(QPoint(60, view.row_rect(row).top() - 5)) for row in (0, 1, 3)] == [0, 1, 2]


def test_a_group_begins_a_line_under_its_heading(groups):
    assert groups.grid.columns == 4
    assert [groups.row_rect(row).left() for row in (0, 6, 30)] == [groups.grid.left] * 3
    assert groups.heading_at(QPoint(300, 10)) == 0
    assert groups.heading_at(QPoint(300, groups.row_rect(6).top() - 10)) == 1
    assert groups.heading_at(groups.row_rect(2).center()) == -1


def test_the_heading_stays_while_its_photos_pass_under_it_and_no_photo_is_there(groups):
    groups.verticalScrollBar().setValue(groups.grid.section_top(1) + 150)
    assert groups.heading_at(QPoint(300, 0)) == groups.heading_at(QPoint(300, HEADING - 1)) == 1
    assert groups.heading_at(QPoint(300, HEADING)) == -1
    assert not groups.indexAt(QPoint(300, HEADING - 1)).isValid()
    assert groups.indexAt(QPoint(300, HEADING + 20)).isValid()
    groups.verticalScrollBar().setValue(groups.grid.section_top(2) - 10)  # pushed away by the next
    assert groups.heading_at(QPoint(300, 9)) == 1 and groups.heading_at(QPoint(300, 10)) == 2


def test_a_photo_that_is_gone_to_is_not_left_under_the_heading(groups):
    groups.select_row(29)
    for _ in range(4):
        QTest.keyClick(groups, Qt.Key.Key_Up)
        row = groups.currentIndex().row()
        assert groups.row_rect(row).top() >= HEADING
        assert groups.viewport().rect().contains(groups.row_rect(row))


def test_pressing_a_heading_selects_its_group(groups):
    press(groups, QPoint(300, groups.row_rect(6).top() - 10))
    assert rows(groups) == list(range(6, 30))
    press(groups, QPoint(300, 10), CONTROL)
    assert rows(groups) == list(range(30))
    press(groups, QPoint(300, 10), CONTROL)
    assert rows(groups) == list(range(6, 30))
    press(groups, QPoint(300, 10))
    assert rows(groups) == list(range(6))


def test_pressing_the_heading_of_what_is_scrolled_through_stays_there(groups):
    groups.verticalScrollBar().setValue(place := groups.grid.section_top(2) + 700)
    press(groups, QPoint(300, 10))
    assert rows(groups) == list(range(30, 90))
    assert groups.verticalScrollBar().value() == place
    assert groups.row_rect(groups.currentIndex().row()).top() >= 0


def test_keys_select_a_group_and_go_to_the_next(groups):
    groups.select_row(2)
    QTest.keyClick(groups, Qt.Key.Key_G, CONTROL)
    assert rows(groups) == list(range(6))
    for row in (6, 30, 30):
        QTest.keyClick(groups, Qt.Key.Key_Down, ALT)
        assert rows(groups) == [row]
    QTest.keyClick(groups, Qt.Key.Key_Up, ALT)
    assert rows(groups) == [6]


def test_the_first_photo_of_a_group_is_read_out_with_its_heading(groups, qtbot):
    qtbot.waitUntil(lambda: groups.photos.cached(8) is not None)
    said = [groups.photos.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (6, 7)]
    names = [tile_name(groups.photos.cached(photo_id)) for photo_id in (7, 8)]
    assert said == [f"{group_words(Grouping.DAY, '2024-05-01')[0]}: {names[0]}", names[1]]


def test_photos_that_may_fit_stand_behind_the_groups(view):
    model = view.photos
    model.apply(IdsChange.between(model.ids, model.ids, sure=50, groups=GROUPS))
    assert [view.grid.section_rows(section).start for section in range(4)] == [0, 6, 30, 50]
    assert [model.group_of(section) for section in (0, 3)] == [(Grouping.DAY, "2024-05-02"), None]


@pytest.mark.parametrize(
    ("by", "key", "expected"),
    [
        (Grouping.MONTH, "2024-05", ("May 2024", "")),
        (Grouping.FOLDER, "/photos/2024/Lisbon", ("Lisbon", "/photos/2024")),
        (Grouping.FOLDER, "C:\\photos\\Rome", ("Rome", "C:/photos")),
        (Grouping.FOLDER, "/", ("/", "")),
    ],
)
def test_a_heading_says_what_its_photos_have_in_common(qapp, by, key, expected):
    assert group_words(by, key) == expected


def test_a_day_is_said_whole(qapp):
    title, _ = group_words(Grouping.DAY, "2024-05-02")
    assert "2024" in title and "2" in title and "May" in title


# ---------------------------------------------------------------------------------------- the list


def test_the_list_has_a_photo_a_line_and_keeps_what_was_at_the_top_and_selected(groups):
    groups.select_row(40)
    groups.verticalScrollBar().setValue(groups.grid.section_top(2) + 300)
    top = groups.rows_in_sight().start
    groups.set_listed(True)
    assert groups.grid.columns == 1 and groups.row_rect(40).height() == LIST_ROW
    assert groups.rows_in_sight().start == top
    assert rows(groups) == [40]
    QTest.keyClick(groups, Qt.Key.Key_Down)
    assert rows(groups) == [41]
    assert groups.heading_at(QPoint(300, 3)) == 2
    groups.set_listed(False)
    assert groups.grid.columns == 4
    for listed in (True, False):  # what is at the very top has its heading over it
        groups.verticalScrollBar().setValue(0)
        groups.set_listed(listed)
        assert groups.verticalScrollBar().value() == 0


def test_a_row_paints_what_the_cell_says(view, qtbot):
    view.set_listed(True)
    before = view.grab().toImage()
    qtbot.waitUntil(lambda: view.photos.cached(1) is not None)
    qtbot.waitUntil(lambda: view.grab().toImage() != before)


# ---------------------------------------------------------------------------------------- the band


def test_a_band_from_beside_the_photos_takes_what_it_touches(view):
    end = view.row_rect(5).center()
    drag(view, QPoint(3, 20), end)
    assert rows(view) == [0, 1, 4, 5]
    QTest.mouseMove(view.viewport(), view.row_rect(1).center())
    assert rows(view) == [0, 1]
    drop(view)
    QTest.mouseMove(view.viewport(), end)
    assert rows(view) == [0, 1]
    assert view.current_id() == 2


def test_a_band_with_shift_adds_and_with_control_turns_over(view):
    press(view, view.row_rect(0).center())
    drag(view, QPoint(3, view.row_rect(4).center().y()), view.row_rect(5).center(), SHIFT)
    drop(view)
    assert rows(view) == [0, 4, 5]
    drag(view, QPoint(3, 20), view.row_rect(4).center(), CONTROL)
    assert rows(view) == [5]
    QTest.mouseMove(view.viewport(), QPoint(3, 21))
    assert rows(view) == [0, 4, 5]
    drop(view)


def test_a_press_on_a_photo_begins_no_band(view):
    drag(view, view.row_rect(0).center(), view.row_rect(5).center())
    assert view.band_rect().isEmpty()
    drop(view)


def test_escape_gives_back_what_was_selected_before_the_band(view):
    press(view, view.row_rect(7).center())
    drag(view, QPoint(3, 20), view.row_rect(5).center(), SHIFT)
    assert len(rows(view)) == 5
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert rows(view) == [7]
    drop(view)


def test_photos_scroll_under_a_band_that_is_held_at_the_edge(view, qtbot):
    last = view.rows_in_sight().stop
    height = view.viewport().height()
    drag(view, QPoint(3, 20), QPoint(790, height + 60))
    qtbot.waitUntil(lambda: len(rows(view)) > last + 8)
    assert rows(view)[0] == 0
    QTest.mouseMove(view.viewport(), QPoint(790, height // 2))
    place = view.verticalScrollBar().value()
    qtbot.wait(60)
    assert view.verticalScrollBar().value() == place > 0
    QTest.mouseMove(view.viewport(), QPoint(790, -80))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() == 0)
    drop(view)


def test_a_band_ends_where_other_photos_come(view):
    drag(view, QPoint(3, 20), view.row_rect(5).center())
    show_ids(view.photos, array("q", range(200, 230)))
    assert view.band_rect().isEmpty()
    QTest.mouseMove(view.viewport(), view.row_rect(2).center())
    assert rows(view) == []


# ---------------------------------------------------------------------------------------- the window


def test_groups_are_chosen_in_the_top_bar_and_remembered(open_window, qtbot):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    model, actions = window.gallery.model, window.top_bar.group_button.menu().actions()
    actions[3].trigger()
    qtbot.waitUntil(lambda: len(model.sections) > 1)
    folders = [model.group_of(section)[1] for section in range(len(model.sections))]
    assert folders == sorted({photo.path.rpartition("/")[0] for photo in workspace.library.all()})
    assert count(window) == 60
    qtbot.waitUntil(lambda: workspace.settings.values.grouping == "folder", timeout=3000)
    window.detach()
    window.attach(workspace)
    qtbot.waitUntil(lambda: window.browser.loaded and len(model.sections) == len(folders))
    assert [action.isChecked() for action in actions] == [False, False, False, True]
    actions[0].trigger()
    qtbot.waitUntil(lambda: len(model.sections) == 1)
    assert not model.sections.headed


def test_what_is_sorted_by_best_match_is_not_grouped(open_window, qtbot):
    window = open_window(FakeWorkspace(60))
    window.top_bar.group_button.menu().actions()[1].trigger()
    model = window.gallery.model
    qtbot.waitUntil(lambda: model.group_of(0) is not None)
    window.top_bar.search.field.setText("sunset")
    qtbot.waitUntil(lambda: 0 < count(window) < 60)
    assert model.group_of(0) is None
    assert not window.top_bar.group_button.isEnabled()
    window.browser.set_order(SortOrder.NEWEST)
    qtbot.waitUntil(lambda: model.group_of(0) is not None)
    assert window.top_bar.group_button.isEnabled()


def test_the_list_is_chosen_in_the_top_bar_and_remembered(open_window, qtbot):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    window.top_bar.list_button.click()
    assert window.gallery.view.listed and not window.top_bar.size_slider.isEnabled()
    qtbot.waitUntil(lambda: workspace.settings.values.listed, timeout=3000)
    window.detach()
    workspace.settings.change(listed=True)
    window.attach(workspace)
    assert window.gallery.view.listed and window.top_bar.list_button.isChecked()
    window.top_bar.list_button.click()
    assert not window.gallery.view.listed and window.top_bar.size_slider.isEnabled()
