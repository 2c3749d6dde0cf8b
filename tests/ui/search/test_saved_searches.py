"""A query is kept with the star, run from the side bar, renamed and let go."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from whole_window import count

from blipdesk.domain.search import SavedSearch
from blipdesk.domain.values import ViewKind


@pytest.fixture
def window(open_window, qtbot):
    workspace = FakeWorkspace(100)
    workspace.searching.kept = [SavedSearch("Nights", "moon"), SavedSearch("boats", "sailboat water")]
    made = open_window(workspace)
    made.window().activateWindow()
    qtbot.waitUntil(lambda: len(made.side_bar.saved.rows) == 2)
    return made


def names(window):
    return [row.search.name for row in window.side_bar.saved.rows]


def kept(window):
    return {search.name: search.query for search in window.workspace.searching.saved()}


def test_a_press_runs_a_saved_search_among_all_photos_and_marks_it(window, qtbot):
    window.browser.show_row(ViewKind.RECENT)
    assert names(window) == ["boats", "Nights"]
    window.side_bar.saved.rows[1].click()
    qtbot.waitUntil(lambda: window.browser.is_ranked and 0 < count(window) < 100)
    assert window.top_bar.search.field.text() == "moon"
    assert window.browser.view.kind is ViewKind.ALL
    assert [row.isChecked() for row in window.side_bar.saved.rows] == [False, True]
    assert not any(row.isChecked() for row in window.side_bar.rows)
    assert [request.ranked for request in window.workspace.searching.requests] == [True]
    window.top_bar.search.field.clear()
    assert not any(row.isChecked() for row in window.side_bar.saved.rows)
    assert window.side_bar.rows[0].isChecked()


def test_a_search_that_is_saved_or_let_go_takes_the_mark_from_all_photos_and_gives_it_back(window, qtbot):
    QTest.keyClicks(window.top_bar.search.field, "sunset")
    assert window.side_bar.rows[0].isChecked()
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: "sunset" in names(window))
    assert not window.side_bar.rows[0].isChecked()
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: "sunset" not in names(window))
    assert window.side_bar.rows[0].isChecked()


def test_the_star_keeps_the_query_and_lets_it_be_named(window, qtbot):
    QTest.keyClicks(window.top_bar.search.field, "sunset")
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: window.side_bar.saved._edit is not None)
    edit = window.side_bar.saved._edit
    assert edit.text() == "sunset" and edit.selectedText() == "sunset"
    QTest.keyClicks(edit, "Evenings")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(window).get("Evenings") == "sunset" and "Evenings" in names(window))
    assert "sunset" not in kept(window)
    assert window.top_bar.search.star.accessibleName().startswith("Saved")


def test_the_star_takes_no_name_that_another_query_has(window, qtbot):
    before = dict(kept(window))
    QTest.keyClicks(window.top_bar.search.field, "Boats")
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: window.side_bar.saved._edit is not None)
    QTest.keyClick(window.side_bar.saved._edit, Qt.Key.Key_Escape)
    assert kept(window) == {**before, "Boats (2)": "Boats"}


@pytest.mark.parametrize("earlier", [0, 2])
def test_the_name_of_a_new_search_is_edited_in_its_own_row(window, qtbot, earlier):
    saved = window.side_bar.saved
    for left in range(1, earlier - 1, -1):
        saved.rows[0].forgotten.emit()
        qtbot.waitUntil(lambda left=left: len(saved.rows) == left)
    QTest.keyClicks(window.top_bar.search.field, "sunset")
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: saved._edit is not None)
    row = next(row for row in saved.rows if row.search.name == "sunset")
    window.window().resize(1300, 800)
    qtbot.wait(50)
    corner = saved._edit.mapTo(row, saved._edit.rect().center())
    assert row.rect().contains(corner) and saved._edit.height() > 20
    assert saved._edit.mapTo(row, saved._edit.rect().topRight()).x() == row.width() - 1


def test_escape_keeps_the_offered_name_of_a_new_search(window, qtbot):
    QTest.keyClicks(window.top_bar.search.field, "sunset")
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: window.side_bar.saved._edit is not None)
    QTest.keyClicks(window.side_bar.saved._edit, "Ev")
    QTest.keyClick(window.side_bar.saved._edit, Qt.Key.Key_Escape)
    qtbot.wait(50)
    assert names(window) == ["boats", "Nights", "sunset"] and kept(window)["sunset"] == "sunset"
    assert window.side_bar.saved._edit is None
    assert window.top_bar.search.field.text() == "sunset"
    assert window.top_bar.search.star.accessibleName().startswith("Saved")


def press(row):
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)


def focused(qtbot):
    """The widget with the keyboard, once it is settled."""
    qtbot.wait(50)
    return QApplication.focusWidget()


def test_a_pressed_saved_search_has_the_keys(window, qtbot):
    qtbot.waitUntil(window.isActiveWindow)
    saved = window.side_bar.saved
    press(saved.rows[1])
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    assert focused(qtbot) is saved.rows[1]
    QTest.keyClick(focused(qtbot), Qt.Key.Key_F2)
    QTest.keyClicks(saved._edit, "Dark")
    QTest.keyClick(saved._edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window) == ["boats", "Dark"])
    assert focused(qtbot) is saved.rows[1]
    QTest.keyClick(focused(qtbot), Qt.Key.Key_F2)
    assert saved._edit.text() == "Dark"
    QTest.keyClick(saved._edit, Qt.Key.Key_Escape)
    assert focused(qtbot) is saved.rows[1]
    QTest.keyClick(focused(qtbot), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(window) == ["boats"])
    assert focused(qtbot) is saved.rows[0]


def test_a_new_search_that_was_named_has_the_keys(window, qtbot):
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClicks(window.top_bar.search.field, "sunset")
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: window.side_bar.saved._edit is not None)
    QTest.keyClicks(window.side_bar.saved._edit, "Evenings")
    QTest.keyClick(window.side_bar.saved._edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Evenings" in names(window))
    row = window.side_bar.saved.rows[names(window).index("Evenings")]
    assert focused(qtbot) is row and row.isChecked()


def test_the_keys_of_the_name_are_not_the_rows(window, qtbot):
    row = window.side_bar.saved.rows[1]
    QTest.keyClick(row, Qt.Key.Key_F2)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_F2):
        QTest.keyClick(window.side_bar.saved._edit, key)
    QTest.keyClicks(window.side_bar.saved._edit, "x")
    QTest.keyClick(window.side_bar.saved._edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window) == ["boats", "x"])
    assert window.top_bar.search.field.text() == ""


def test_the_star_of_a_kept_query_lets_it_go_and_undo_brings_it_back(window, qtbot):
    window.side_bar.saved.rows[1].click()
    window.top_bar.search.star.click()
    qtbot.waitUntil(lambda: names(window) == ["boats"])
    assert "Nights" in window.toast.words
    window.toast.button.click()
    qtbot.waitUntil(lambda: names(window) == ["boats", "Nights"])
    assert kept(window)["Nights"] == "moon"


def test_f2_renames_escape_leaves_the_name_and_delete_lets_go(window, qtbot):
    row = window.side_bar.saved.rows[0]
    QTest.keyClick(row, Qt.Key.Key_F2)
    edit = window.side_bar.saved._edit
    QTest.keyClicks(edit, "no")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert window.side_bar.saved._edit is None and names(window) == ["boats", "Nights"]
    QTest.keyClick(row, Qt.Key.Key_F2)
    window.side_bar.saved._edit.setText("Ships")
    window.gallery.view.setFocus()
    qtbot.waitUntil(lambda: names(window) == ["Nights", "Ships"])
    row = window.side_bar.saved.rows[0]
    qtbot.waitUntil(row.isVisible)
    row.setFocus()  # while the photos have the keyboard the key is for them
    QTest.keyClick(row, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(window) == ["Ships"])


def test_a_name_that_another_search_has_is_refused(window, qtbot):
    window.side_bar.saved.rename("boats")
    window.side_bar.saved._edit.setText("nights")
    QTest.keyClick(window.side_bar.saved._edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "already" in window.toast.words)
    assert kept(window) == {"Nights": "moon", "boats": "sailboat water"}


def test_without_saved_searches_there_is_no_section(open_window, qtbot):
    window = open_window(FakeWorkspace(5))
    qtbot.wait(50)
    assert window.side_bar.sections["saved"].isHidden()
