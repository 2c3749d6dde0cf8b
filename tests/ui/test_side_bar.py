"""The side bar: sections that fold, dates as bars, cameras, copies."""

from __future__ import annotations

from datetime import date

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from blipdesk.domain.periods import Days
from blipdesk.domain.timeline import Bar
from blipdesk.domain.values import ViewKind
from blipdesk.ui.date_bars import DateBars
from blipdesk.ui.date_words import days_words

YEARS = tuple(Bar(date(year, 1, 1), date(year, 12, 31), n) for year, n in ((2022, 4), (2023, 0), (2024, 9)))


@pytest.fixture
def bars(qtbot):
    made = DateBars()
    qtbot.addWidget(made)
    made.resize(220, made.height())
    made.show_bars(YEARS)
    made.show()
    return made


def at(bars: DateBars, number: int) -> QPoint:
    return bars.place_of(number).toPoint()


def chosen(bars: DateBars, qtbot, act) -> str:
    with qtbot.waitSignal(bars.dates_chosen) as emitted:
        act()
    return emitted.args[0]


def press(widget: QWidget, place: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def drag(bars: DateBars, first: int, last: int) -> None:
    QTest.mousePress(bars, Qt.MouseButton.LeftButton, pos=at(bars, first))
    QTest.mouseMove(bars, at(bars, last))
    QTest.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=at(bars, last))


def test_a_press_is_of_one_bar_and_a_drag_of_several(bars, qtbot):
    assert chosen(bars, qtbot, lambda: press(bars, at(bars, 2))) == "2024"
    assert chosen(bars, qtbot, lambda: drag(bars, 2, 0)) == "2022..2024"


def test_a_year_without_photos_is_not_chosen(bars, qtbot):
    with qtbot.assertNotEmitted(bars.dates_chosen):
        press(bars, at(bars, 1))


def test_the_range_is_told_and_a_press_on_it_takes_it_off(bars, qtbot):
    bars.mark(Days(date(2024, 1, 1), date(2024, 12, 31)))
    assert bars.chosen_bars == YEARS[2:]
    assert "2024: 9 photos" in bars.accessibleName()
    assert chosen(bars, qtbot, lambda: press(bars, at(bars, 2))) == ""


def test_the_pointer_tells_a_bar(bars):
    QTest.mouseMove(bars, at(bars, 0))
    assert "2022: 4 photos" in bars.accessibleName()


def test_the_keyboard_goes_through_the_bars(bars, qtbot):
    bars.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Left):
        QTest.keyClick(bars, key)
    assert "2022: 4 photos" in bars.accessibleName()
    assert chosen(bars, qtbot, lambda: QTest.keyClick(bars, Qt.Key.Key_Return)) == "2022"
    QTest.keyClick(bars, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(bars, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert "13 photos" in bars.accessibleName()
    assert chosen(bars, qtbot, lambda: QTest.keyClick(bars, Qt.Key.Key_Space)) == "2022..2024"
    bars.mark(Days(date(2024, 1, 1), date(2024, 12, 31)))
    assert chosen(bars, qtbot, lambda: QTest.keyClick(bars, Qt.Key.Key_Delete)) == ""


def test_no_bars_take_no_press(qtbot):
    bars = DateBars()
    qtbot.addWidget(bars)
    with qtbot.assertNotEmitted(bars.dates_chosen):
        press(bars, QPoint(20, 20))
        QTest.keyClick(bars, Qt.Key.Key_Return)


def test_stretches_in_words():
    said = [
        days_words(date(2024, 1, 1), date(2024, 12, 31)), days_words(date(2019, 1, 1), date(2024, 12, 31)),
        days_words(date(2024, 2, 1), date(2024, 2, 29)), days_words(date(2024, 12, 31), date(2024, 12, 31)),
    ]  # fmt: skip
    assert said == ["2024", "2019 – 2024", "Feb 2024", "31 Dec 2024"]


# ---------------------------------------------------------------------------------------- in the window


def opened(open_window, qtbot, **more):
    window = open_window(FakeWorkspace(60, **more))
    qtbot.waitUntil(lambda: bool(window.side_bar.dates.bars))
    return window


def test_dates_narrow_what_is_searched_for_and_go_again(open_window, qtbot):
    window = opened(open_window, qtbot)
    field = window.top_bar.search.field
    field.setText("moon date:2020")
    qtbot.waitUntil(lambda: window.browser.view.query == "moon date:2020")
    assert {bar.first.year for bar in window.side_bar.dates.chosen_bars} == {2020}
    window.side_bar.dates.dates_chosen.emit("2024-07..2024-09")
    assert window.browser.view.query == field.text() == "moon date:2024-07..2024-09"
    assert [bar.first for bar in window.side_bar.dates.chosen_bars] == [date(2024, 7, 1)]
    window.side_bar.dates.dates_chosen.emit("")
    assert window.browser.view.query == field.text() == "moon"
    assert window.side_bar.dates.chosen_bars == ()


def test_the_duplicates_are_a_row_where_there_are_any(open_window, qtbot):
    window = opened(open_window, qtbot)
    row = window.side_bar.copies
    assert row.isVisible() and "12 photos" in row.accessibleName()
    row.click()
    assert window.browser.view.kind is ViewKind.DUPLICATES and row.isChecked()
    window.workspace.facets.copied = 0
    window.browser.reload()
    qtbot.waitUntil(lambda: "0 photos" in row.accessibleName())
    assert row.isVisible()  # what is looked at does not vanish
    window.side_bar.rows[0].click()
    assert not row.isChecked()


def test_cameras_are_read_once_they_are_looked_at(open_window, qtbot):
    window = opened(open_window, qtbot)
    facets, cameras = window.workspace.facets, window.side_bar.cameras
    section = window.side_bar.sections["cameras"]
    assert not section.is_open and not facets.reads["cameras"]
    QTest.keyClick(section.head, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(cameras.rows))
    name = next(iter(cameras.rows))
    cameras.rows[name].click()
    assert window.browser.view.query == 'camera:"Fuji X100V"' and cameras.rows[name].isChecked()
    cameras.rows[name].click()
    assert window.browser.view.query == ""
    few = len(cameras.rows)
    cameras.more.click()
    assert len(cameras.rows) == 11 > few and cameras.more.isHidden()


def test_no_camera_is_no_section(open_window, qtbot):
    window = opened(open_window, qtbot)
    section = window.side_bar.sections["cameras"]
    assert section.isVisible()
    window.workspace.facets.taken_by.clear()
    window.browser.reload()
    qtbot.waitUntil(lambda: not section.isVisible())


def test_sections_stay_folded_at_the_next_start(open_window, qtbot):
    window = opened(open_window, qtbot)
    sections = window.side_bar.sections
    QTest.keyClick(sections["folders"].head, Qt.Key.Key_Space)
    assert not window.side_bar.tree.isVisible() and window.side_bar.sections["tags"].body.isVisible()
    assert "Folded" in sections["folders"].head.accessibleDescription()
    kept = window.remembered.last_changes()["folded"]
    assert kept.split() == ["folders", "cameras"]
    again = opened(open_window, qtbot, folded=kept)
    assert not again.side_bar.tree.isVisible()
    QTest.keyClick(again.side_bar.sections["folders"].head, Qt.Key.Key_Right)
    assert again.side_bar.tree.isVisible()


def test_every_part_of_the_side_bar_has_a_name(open_window, qtbot):
    window = opened(open_window, qtbot)
    reached = [w for w in window.side_bar.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(reached) > 15
    qtbot.waitUntil(lambda: [type(one).__name__ for one in reached if not one.accessibleName()] == [])
