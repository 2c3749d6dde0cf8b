"""The query's filters as chips: the text and the chips are always the same."""

from __future__ import annotations

import pytest
from pane_steps import compose, hand_keys_on
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from blipdesk.domain.filters import filter_named
from blipdesk.domain.search import Suggestion, SuggestionKind
from blipdesk.domain.values import ViewKind


@pytest.fixture
def bar(focused):
    """Where a folder's row is shown, and there are no suggestions."""
    focused.workspace.searching.offers = []
    return focused.gallery.filters


def words(bar):
    return [chip.name for chip in bar.chips]


def type_query(window, qtbot, query, chips):
    window.search.setText(query)
    qtbot.waitUntil(lambda: words(window.gallery.filters) == chips)


def press(chip, x):
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(x, 13))


def edit(window, qtbot, place):
    press(window.gallery.filters.chips[place], 15)
    assert window.filters.editor is not None
    qtbot.waitUntil(window.filters.editor.field.hasFocus)
    return window.filters.editor


def test_what_is_typed_stands_on_chips_as_a_person_says_it(focused, qtbot, bar):
    type_query(focused, qtbot, "dog OR cat date:2023..2024 -has:gps type:png,gif is:missing camera:", [
        "dog or cat", "2023 – 2024", "Not: Has: a place (GPS)", "PNG or GIF", "Missing",
    ])  # fmt: skip
    type_query(focused, qtbot, 'date:2024-07 asked:"is it red"=yes date:last summer date:2019.. ', [
        "Jul 2024", "Asked: is it red – yes", "last summer", "2019 – ",
    ])  # fmt: skip
    type_query(focused, qtbot, "moon date:2023..2024", ["moon", "2023 – 2024"])
    assert bar.chips[1].accessibleName() == "Filter Date: 2023 – 2024"
    assert "Delete" in bar.chips[1].accessibleDescription()


def test_the_cross_takes_a_filter_off_and_the_keyboard_goes_to_the_next(focused, qtbot, bar):
    type_query(focused, qtbot, "moon date:2024 type:png", ["moon", "2024", "PNG"])
    chip = bar.chips[1]
    chip.setFocus()
    press(chip, chip.width() - 8)
    assert focused.search.text() == "moon type:png"
    qtbot.waitUntil(lambda: words(bar) == ["moon", "PNG"])
    assert bar.chips[1].hasFocus()
    QTest.keyClick(bar.chips[1], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: words(bar) == ["moon"])
    assert focused.search.text() == "moon" and focused.browser.view.query == "moon"


def test_a_press_edits_a_filter_in_its_place(focused, qtbot, bar):
    type_query(focused, qtbot, "moon date:2024 type:png", ["moon", "2024", "PNG"])
    editor = edit(focused, qtbot, 1)
    assert editor.field.text() == "2024" and editor.field.selectedText() == "2024"
    QTest.keyClicks(editor.field, "last summer")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert focused.search.text() == 'moon date:"last summer" type:png'
    qtbot.waitUntil(lambda: words(bar) == ["moon", "last summer", "PNG"])


def test_a_value_that_is_not_understood_is_said_and_kept_for_mending(focused, qtbot, bar):
    type_query(focused, qtbot, "date:2024", ["2024"])
    editor = edit(focused, qtbot, 0)
    QTest.keyClicks(editor.field, "lst summr")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert "last summer" in editor.problem.text() and focused.search.text() == "date:2024"
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert focused.filters.editor is None and focused.search.text() == "date:2024"
    assert bar.chips[0].hasFocus()


def test_a_filter_is_turned_into_its_opposite(focused, qtbot, bar):
    type_query(focused, qtbot, "type:png", ["PNG"])
    editor = edit(focused, qtbot, 0)
    editor.exclude.click()
    editor.apply.click()
    assert focused.search.text() == "-type:png"
    qtbot.waitUntil(lambda: words(bar) == ["Not: PNG"])


def test_words_are_edited_on_their_chip_and_an_empty_value_takes_it_off(focused, qtbot, bar):
    type_query(focused, qtbot, "moon type:png", ["moon", "PNG"])
    editor = edit(focused, qtbot, 0)
    QTest.keyClicks(editor.field, "sunset sea")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(bar) == ["sunset sea", "PNG"])
    editor = edit(focused, qtbot, 0)
    editor.field.clear()
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(bar) == ["PNG"])
    assert focused.search.text() == "type:png"


def test_a_filter_is_changed_to_what_was_composed(focused, qtbot, bar):
    focused.workspace.searching.offers = [Suggestion(SuggestionKind.VALUE, "xy", "name:xy ", 8)]
    type_query(focused, qtbot, "name:x", ["File name: x"])
    editor = edit(focused, qtbot, 0)
    qtbot.waitUntil(lambda: bool(editor.offers))
    hand_keys_on(editor.field)
    assert focused.filters.editor is editor and editor.field.hasFocus()
    compose(editor.field, "", "海")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused.browser.view.query == "name:海")


def test_values_of_the_library_are_offered_and_taken_by_keys(focused, qtbot, bar):
    asked = []
    offer = Suggestion(SuggestionKind.VALUE, "Nikon D90", 'camera:"Nikon D90" ', 18, 12)
    earlier = Suggestion(SuggestionKind.HISTORY, "camera:x", "camera:x", 8)

    def suggestions(text, cursor, limit=8):
        asked.append(text)
        return [offer, earlier]

    focused.workspace.searching.suggestions = suggestions
    focused.filters.add(filter_named("camera"))
    editor = focused.filters.editor
    qtbot.waitUntil(lambda: editor.offers == [offer])
    qtbot.waitUntil(lambda: editor.rows[0].height() <= editor.apply.y() - editor.rows[0].y())
    QTest.keyClicks(editor.field, "nik")
    qtbot.waitUntil(lambda: asked[-1] == 'camera:"nik' and editor.offers == [offer])
    QTest.keyClick(editor.field, Qt.Key.Key_Down)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert focused.search.text() == 'camera:"Nikon D90"'
    qtbot.waitUntil(lambda: words(bar) == ["Nikon D90"])


def test_the_menu_has_every_filter_and_adds_a_value_at_once(focused, qtbot, bar):
    focused.search.setText("moon")
    menu = focused.filters.menu()
    assert [action.text() for action in menu.actions()][:3] == ["Folder…", "Tag…", "Date…"]
    inner = {action.text(): action.menu() for action in menu.actions()}
    kinds = {action.text(): action for action in inner["File type"].actions()}
    kinds["PNG"].trigger()
    assert focused.search.text() == "moon type:png"
    {action.text(): action for action in inner["State"].actions()}["Missing"].trigger()
    qtbot.waitUntil(lambda: words(bar) == ["moon", "PNG", "Missing"])
    menu.deleteLater()


def test_the_row_of_the_side_bar_is_a_chip_whose_tag_can_be_another(focused, qtbot, bar):
    focused.browser.show_row(ViewKind.KEYWORD, "boat")
    assert words(bar) == ["boat"]
    editor = edit(focused, qtbot, 0)
    assert editor.exclude.isHidden()
    QTest.keyClicks(editor.field, "golden retriever")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert focused.browser.view.argument == "golden retriever"
    press(bar.chips[0], bar.chips[0].width() - 8)
    assert focused.browser.view.kind is ViewKind.ALL and words(bar) == []


def test_many_filters_go_on_in_more_rows_and_all_can_be_reached(open_window, qtbot):
    from fake_workspace import FakeWorkspace

    window = open_window(FakeWorkspace(30), size=(1000, 700))
    bar = window.gallery.filters
    query = "one two three type:png,gif date:2023..2025 camera:nikon keyword:boat is:missing"
    window.top_bar.search.field.setText(query)
    qtbot.waitUntil(lambda: len(bar.chips) == 6)
    qtbot.waitUntil(lambda: bar.add_button.geometry().bottom() < bar.height())
    assert all(bar.rect().contains(chip.geometry()) for chip in bar.chips)
    assert bar.chips[-1].y() > bar.chips[0].y()
