"""Del moves the selected photos to the trash, and Undo puts them back."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QFile, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from blipdesk.ui.dialogs.large import LargePreview
from blipdesk.ui.tasks import wait_for_tasks


@pytest.fixture
def window(open_window, qtbot):
    made = open_window(FakeWorkspace(60))
    made.window().activateWindow()
    made.chosen.focus()
    qtbot.waitUntil(made.gallery.view.hasFocus)
    return made


def press_delete(window):
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Delete)


def answer(window, qtbot, words):
    """Click a button of the question that is asked."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.window().findChildren(QMessageBox)))
    box = next(box for box in window.window().findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if button.text() == words).click()


def rows(window):
    return window.gallery.model.rowCount()


def test_one_photo_goes_at_once_the_next_is_looked_at_and_ctrl_z_brings_it_back(window, qtbot):
    photos = window.gallery.model
    first, second = photos.id_at(0), photos.id_at(1)
    press_delete(window)
    qtbot.waitUntil(lambda: rows(window) == 59 and window.gallery.view.current_id() == second)
    assert window.toast.words == "1 photo moved to the trash"
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: rows(window) == 60 and window.toast.words == "1 photo is back")
    assert photos.id_at(0) == first


def test_the_last_photo_leaves_the_one_before_it_selected(window, qtbot):
    window.gallery.view.select_row(59)
    before = window.gallery.model.id_at(58)
    press_delete(window)
    qtbot.waitUntil(lambda: rows(window) == 59 and window.gallery.view.current_id() == before)


def test_several_go_only_when_the_person_agrees(window, qtbot):
    window.gallery.view.select_rows([0, 1, 2], 2)
    press_delete(window)
    answer(window, qtbot, "Cancel")
    assert wait_for_tasks() and window.workspace.library.forgotten == []
    press_delete(window)
    answer(window, qtbot, "Move to the trash")
    qtbot.waitUntil(lambda: rows(window) == 57)
    window.toast.button.click()
    qtbot.waitUntil(lambda: rows(window) == 60)


def test_what_could_not_go_is_named_and_undo_brings_back_the_others(window, qtbot):
    window.workspace.trashing.refused = {window.gallery.model.id_at(1)}
    window.gallery.view.select_rows([0, 1, 2], 2)
    press_delete(window)
    answer(window, qtbot, "Move to the trash")
    qtbot.waitUntil(lambda: rows(window) == 58)
    assert window.toast.words.startswith("2 photos moved to the trash. ")
    assert "could not be moved" in window.toast.words
    window.toast.button.click()
    qtbot.waitUntil(lambda: rows(window) == 60)


def test_del_in_the_large_view_goes_on_to_the_next_photo_and_undo_is_there(window, qtbot):
    view, photos = window.gallery.view, window.gallery.model
    second = photos.id_at(1)
    window.windows.open_preview(photos.id_at(0))
    (large,) = window.window().findChildren(LargePreview)
    QTest.keyClick(large, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows(window) == 59 and large.photo_id == second)
    assert large.isVisible() and view.current_id() == second
    assert large._words.position == "1 of 59"
    QTest.keyClick(large, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: rows(window) == 60)
    assert large._words.position == "2 of 60"


def test_the_large_view_closes_behind_the_last_photo_of_all(open_window, qtbot):
    window = open_window(FakeWorkspace(1))
    window.gallery.view.select_row(0)
    window.windows.open_preview(window.gallery.model.id_at(0))
    (large,) = window.window().findChildren(LargePreview)
    QTest.keyClick(large, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not large.isVisible() and not rows(window))


def test_the_key_is_that_of_the_text_while_one_is_typed(window):
    window.pane.show_photo(window.gallery.view.current_id())
    window.top_bar.search.focus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
    assert wait_for_tasks() and window.workspace.library.forgotten == []


def test_the_systems_trash_takes_a_file_and_says_where_it_lies(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    from blipdesk.ui.trashing import SystemTrash

    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"picture")
    lies = SystemTrash().put(str(photo))
    assert not photo.exists() and QFile.exists(lies) and QFile(lies).size() == len(b"picture")
    with pytest.raises(OSError, match=r"\S"):
        SystemTrash().put(str(photo))
