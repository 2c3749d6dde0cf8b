"""The card that lists what can be typed."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from blipdesk.domain.filters import FILTERS
from blipdesk.domain.query import parse_query


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


def test_escape_in_the_help_goes_back_to_where_the_keyboard_was(focused, qtbot):
    view = focused.gallery.view
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    focused.top_bar.search.help.click()
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
    keys = window.searching._help.keys
    assert "Escape" in keys.text() and keys.width() >= keys.sizeHint().width()
    for row in rows:
        assert row.words_height(row.width()) <= row.height()
        assert not row.says.endswith("…")


def test_each_example_that_it_names_is_understood(focused):
    focused.top_bar.search.help.click()
    says = " ".join(f"{row.typed} {row.says}" for row in focused.searching._help.rows)
    for spec in FILTERS:
        for typed in (f"{spec.name}:{value}" for value in spec.examples):
            assert typed in says
            assert parse_query(typed).problems == ()


@pytest.mark.parametrize("size", [(1000, 700), (876, 560), (1440, 900)])
def test_the_help_lies_within_the_window(open_window, size):
    window = open_window(FakeWorkspace(5), size)
    window.top_bar.search.help.click()
    card = window.searching._help
    assert window.rect().contains(card.mapTo(window, card.rect().topLeft()))
    assert window.rect().contains(card.mapTo(window, card.rect().bottomRight()))
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Escape)
    assert card.isHidden()
