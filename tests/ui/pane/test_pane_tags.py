"""Tags in the pane: added, taken off, folded away, and none typed is lost."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import open_photo, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from blipdesk.domain.values import Keyword, Source
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.edits import take_edits
from blipdesk.ui.pane.tag_completion import known_tags

CTRL = Qt.KeyboardModifier.ControlModifier


def test_tags_are_added_and_removed(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    bar.add_button.click()
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "summer, Moon; late  evening;")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.names == ["moon", "lake", "night", "summer", "late evening"])
    assert bar.field.hasFocus(), "the next tag can be typed at once"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.field.isVisible() and bar.add_button.isVisible()
    chip = bar.chips[1]
    assert "Found in the caption" in chip.toolTip() and "Added by you" in bar.chips[3].toolTip()
    cross = QPoint(chip.width() - 12, chip.height() // 2)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)
    qtbot.waitUntil(lambda: bar.names == ["moon", "night", "summer", "late evening"])
    assert ("Tag removed", True) in pane.toasts
    assert [k.name for k in workspace.library.photo_now(8).keywords] == bar.names


@pytest.mark.parametrize("end", [False, True])
def test_a_tag_that_is_still_being_typed_is_kept_for_its_photo(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, end: bool
) -> None:
    open_photo(qtbot, pane)
    pane.page.keywords.add_button.click()
    QTest.keyClicks(pane.page.keywords.field, "summer")
    if end:
        pane.set_workspace(None)
        take_edits()()
    else:
        open_photo(qtbot, pane, 9)
        assert not pane.page.keywords.field.isVisible()
    settle(qtbot)
    assert [k.name for k in workspace.library.photo_now(8).keywords] == ["moon", "lake", "night", "summer"]
    assert "summer" not in [k.name for k in workspace.library.photo_now(9).keywords]


def test_a_tag_is_removed_by_key_and_the_focus_stays_in_the_row(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    bar.chips[1].setFocus()
    QTest.keyClick(bar.chips[1], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bar.names == ["moon", "night"])
    assert bar.chips[1].hasFocus()


def test_a_click_on_a_tags_name_does_not_remove_it(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    QTest.mouseClick(pane.page.keywords.chips[0], Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    settle(qtbot)
    assert len(workspace.library.photo_now(8).keywords) == 3


def test_known_tags_are_offered_while_typing(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    bar.add_button.click()
    settle(qtbot)
    QTest.keyClicks(bar.field, "summer, BÉA")
    assert bar.offers.names == ["beach"]
    popup = bar.completer.popup()
    assert popup.isVisible()
    index = bar.offers.index(0, 0)
    count = dict(workspace.library.top_keywords(500))["beach"]
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"beach, {count} photos"
    popup.grab()
    right = popup.mapToGlobal(popup.rect().topRight()).x()
    assert right <= pane.mapToGlobal(pane.rect().topRight()).x(), "it stays inside the window"
    assert not popup.verticalScrollBar().isVisible(), "the list is as tall as what it offers"
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible() and bar.field.text() == "summer, BÉA", "the list alone is closed"
    QTest.keyClick(bar.field, Qt.Key.Key_Backspace)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.names == ["moon", "lake", "night", "summer", "beach"])
    assert bar.field.text() == "" and bar.field.isVisible(), "the next tag can be typed at once"
    assert not popup.isVisible()


def test_offered_tags_begin_with_what_is_typed_and_are_not_there_yet(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    bar.set_known(
        known_tags([("mountain lake", 9), ("lake", 8), ("Lakeside", 7), ("Übersee", 3), ("snowlake", 2)])
    )
    bar.begin_add()
    QTest.keyClicks(bar.field, "lake")
    assert bar.offers.names == ["Lakeside", "mountain lake"], "the photo has 'lake' already"
    bar.field.clear()
    QTest.keyClicks(bar.field, "uber")
    assert bar.offers.names == ["Übersee"]
    bar.field.clear()
    QTest.keyClicks(bar.field, "x")
    assert bar.offers.names == [] and not bar.completer.popup().isVisible()
    QTest.keyClicks(bar.field, ", lakes")
    assert bar.offers.names == ["Lakeside"]
    QTest.keyClick(bar.completer.popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.names[-2:] == ["x", "lakes"])  # nothing was chosen from the list


def test_many_tags_are_folded_and_can_be_unfolded(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([8], keywords=tuple(Keyword(f"tag {n}", Source.MODEL) for n in range(40)))
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    assert len(bar.chips) == 14
    assert bar.more_button.text() == "26 more"
    bar.more_button.click()
    assert len(bar.chips) == 40
    qtbot.waitUntil(lambda: all(bar.rect().contains(chip.geometry()) for chip in bar.chips))
