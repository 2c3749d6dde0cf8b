"""What the whole window says where there is no library, an empty one, or one that cannot be read."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from whole_window import count

from blipdesk.domain.errors import CatalogError, CatalogLockedError, CatalogNewerError
from blipdesk.domain.values import ViewKind
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.tasks import wait_for_tasks

if TYPE_CHECKING:
    from blipdesk.ui.main_window import MainWindow


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (CatalogLockedError("In use by process 12.", "Close it first."), "This library is already open"),
        (CatalogNewerError("Made by 2.0.", "Update."), "This library was made by a newer BlipDesk"),
        (CatalogError("Page 12 is damaged.", "Restore a backup."), "The library could not be opened"),
    ],
)
def test_a_library_that_cannot_be_opened_is_explained_over_the_whole_window(open_window, error, title):
    window = open_window()
    window.show_open_error(error)
    assert window.problem.isVisible() and not window.gallery.isVisible()
    assert window.problem.title.text() == title
    assert error.message in window.problem.words.text() and error.remedy in window.problem.words.text()


def test_no_filter_is_offered_before_there_are_photos(open_window, qtbot):
    window = open_window()
    window.show_opening()
    adding = window.gallery.filters.add_button
    assert window.gallery.state.isVisible() and not adding.isVisible()
    window.attach(FakeWorkspace(5))
    qtbot.waitUntil(adding.isVisible)


def test_retry_and_quit_are_offered(open_window, qtbot):
    window = open_window()
    window.show_open_error(CatalogError("Damaged."))
    with qtbot.waitSignal(window.retry_open):
        window.problem.first.click()
    with qtbot.waitSignal(window.window().closed):
        window.problem.second.click()


def test_a_read_that_fails_is_said_and_can_be_tried_again(open_window, qtbot):
    workspace = FakeWorkspace(50)
    window = open_window(workspace)
    read = workspace.library.ids

    def broken(view):
        raise CatalogError("The disk failed.", "Check it.")

    workspace.library.ids = broken
    window.browser.show_row(ViewKind.RECENT)
    qtbot.waitUntil(lambda: window.gallery.showing_state == "The library could not be read")
    assert "The disk failed." in window.gallery.state.words.text()
    workspace.library.ids = read
    window.gallery.state.first.click()
    qtbot.waitUntil(lambda: not window.gallery.showing_state)


def test_place_and_splitter_are_kept_for_the_next_start(open_window):
    workspace = FakeWorkspace(5)
    window = open_window(workspace, (1300, 640))
    window.splitter.setSizes([260, 600, 440])
    sizes = window.splitter.sizes()
    workspace.settings.change(**window.remembered.last_changes())
    again = open_window(workspace, (1000, 700))
    assert again.window().height() == 640  # the test screen is 800 pixels wide, so the width is cut to it
    again.window().resize(1300, 640)
    assert again.splitter.sizes() == sizes


def test_a_late_result_after_closing_does_no_harm(open_window, qtbot):
    workspace = FakeWorkspace(300, latency=0.05)
    window = open_window(workspace)
    window.top_bar.search.field.setText("moon")
    qtbot.wait(90)
    listed = count(window)
    window.detach()
    wait_for_tasks()
    qtbot.wait(20)
    assert window.workspace is None and count(window) == listed


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keys_press_the_focused_button_of_the_empty_page(qtbot, key):
    page, asked = StatePage(), []
    qtbot.addWidget(page)
    page.primary.connect(lambda: asked.append("primary"))
    page.show_state("folder-plus", "Drop a folder of photos here", "", "Choose a folder", framed=True)
    page.show()
    page.activateWindow()
    page.first.setFocus()
    qtbot.waitUntil(page.first.hasFocus)
    QTest.keyClick(page.first, key)
    assert asked == ["primary"]


def test_an_empty_library_asks_for_a_folder_also_under_a_search(open_window, qtbot):
    window = open_window(FakeWorkspace(0))
    window.top_bar.search.field.setText("zebra")
    qtbot.waitUntil(lambda: window.browser.view.query == "zebra" and window.browser.loaded)
    wait_for_tasks()
    qtbot.wait(50)
    assert window.gallery.showing_state == "Drop a folder of photos here"
    assert window.gallery.state.first.text() == "Choose a folder"


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QGuiApplication.sendEvent(window.window(), QDragEnterEvent(QPoint(500, 400), copy, data, left, none))
    QGuiApplication.sendEvent(window.window(), QDropEvent(QPointF(500, 400), copy, data, left, none))


def test_an_empty_library_asks_for_a_folder_and_fills_when_one_is_dropped(open_window, qtbot, tmp_path):
    workspace = FakeWorkspace(0)
    window = open_window(workspace)
    qtbot.waitUntil(lambda: window.gallery.showing_state == "Drop a folder of photos here")
    assert not window.pane.isVisible()
    drop(window, tmp_path)
    qtbot.waitUntil(lambda: count(window) == 60 and not window.gallery.showing_state)
    assert workspace.library.roots[-1].path == str(tmp_path)
    qtbot.waitUntil(window.pane.isVisible)
    qtbot.waitUntil(window.toast.isVisible)
    assert window.toast.words == f"Watching {tmp_path.name}"


def test_a_dropped_photo_stands_for_its_folder_and_no_slow_drive_holds_the_window_up(
    open_window, qtbot, tmp_path, monkeypatch
):
    asked, isdir = [], os.path.isdir
    monkeypatch.setattr(os.path, "isdir", lambda path: (asked.append(threading.get_ident()), isdir(path))[1])
    photo, other = tmp_path / "a.jpg", tmp_path / "other"
    photo.write_bytes(b"")
    other.mkdir()
    workspace = FakeWorkspace(0)
    window = open_window(workspace)
    drop(window, photo, tmp_path, tmp_path / "gone" / "b.jpg", other)
    qtbot.waitUntil(lambda: window.toast.words == f"Watching {tmp_path.name}, other")
    assert [root.path for root in workspace.library.roots] == [str(tmp_path), str(other)]
    assert asked and threading.get_ident() not in asked
    drop(window, tmp_path / "gone")
    qtbot.waitUntil(lambda: window.toast.words == "What was dropped is no longer there")


def test_a_chosen_folder_is_watched(open_window, qtbot, tmp_path):
    workspace = FakeWorkspace(0)
    window = open_window(workspace)
    window.side_bar.plus.click()
    qtbot.waitUntil(lambda: window.window().findChild(QFileDialog) is not None)
    dialog = window.window().findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    qtbot.waitUntil(lambda: [root.path for root in workspace.library.roots] == [str(tmp_path)])


def test_a_folder_that_is_not_there_is_refused_in_words(open_window, qtbot):
    window = open_window(FakeWorkspace(10))
    window.folders.add("/media/missing")
    qtbot.waitUntil(window.toast.isVisible)
    assert "There is no folder /media/missing." in window.toast.words
    assert "drive is connected" in window.toast.words


def test_an_offline_drive_is_said_without_hiding_the_photos(open_window):
    window = open_window(FakeWorkspace(100))
    assert window.gallery.banner.isVisible()
    assert "phone is not connected" in window.gallery.banner.words
    assert count(window) == 100
