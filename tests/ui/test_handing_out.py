"""Photos dragged out of the gallery and copied: which files, of which names, and what the mouse means."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtTest import QTest

from blipdesk.domain.values import PhotoState
from blipdesk.ui.handing_out import mime_of, stack_picture, there


@pytest.fixture
def workspace(tmp_path):
    """Photos 1 to 4 are files, 2 is on a drive that is away, and 5 is not there."""
    made = FakeWorkspace(30)
    for number in range(1, 6):
        path = tmp_path / f"{number} a#b.jpg"
        if number < 5:
            path.write_bytes(b"jpeg")
        state = PhotoState.OFFLINE if number == 2 else PhotoState.DONE
        made.library.edited[number] = replace(made.library.photo_now(number), path=str(path), state=state)
    return made


@pytest.fixture
def window(open_window, workspace, qtbot):
    made = open_window(workspace)
    made.gallery.view.grab()
    qtbot.waitUntil(lambda: made.gallery.model.cached(1) is not None)
    return made


def carried(window) -> list[list[str]]:
    """What is dragged from now on, instead of the pointer being held."""
    found: list[list[str]] = []
    window.selection.files.carry = lambda paths, current: found.append([os.path.basename(p) for p in paths])
    return found


def pull(view, row: int, monkeypatch) -> None:
    """Press a photo and move on; the button stays down."""
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    start = view.row_rect(row).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for by in (QPoint(30, 20), QPoint(60, 40)):
        QTest.mouseMove(view.viewport(), start + by)


def test_a_drag_that_begins_on_a_selected_photo_carries_all_that_are_there(window, qtbot, monkeypatch):
    view, found = window.gallery.view, carried(window)
    view.select_rows([0, 1, 3, 4], 0)
    pull(view, 3, monkeypatch)
    qtbot.waitUntil(lambda: found == [["1 a#b.jpg", "4 a#b.jpg"]])
    assert view.selected_count() == 4


def test_one_that_begins_on_another_photo_carries_that_one(window, qtbot, monkeypatch):
    view, found = window.gallery.view, carried(window)
    view.select_rows([0, 1], 0)
    pull(view, 3, monkeypatch)
    qtbot.waitUntil(lambda: found == [["4 a#b.jpg"]])
    assert list(view.selected_ids()) == [4]


def test_what_is_not_there_is_not_carried_but_said(window, qtbot, monkeypatch):
    found = carried(window)
    pull(window.gallery.view, 4, monkeypatch)
    qtbot.waitUntil(lambda: window.toast.words == "No file of these photos is there")
    assert found == []


def test_a_click_on_one_of_many_selected_selects_it_alone(window):
    view = window.gallery.view
    view.select_rows([0, 1, 3], 0)
    middle = view.row_rect(1).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert view.selected_count() == 3
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert list(view.selected_ids()) == [2]


def test_copied_photos_are_files_and_a_single_one_a_picture_too(window, qtbot):
    view, clipboard = window.gallery.view, QGuiApplication.clipboard()
    view.select_rows([0, 2, 4], 0)
    window.selection.copy_photo.trigger()
    qtbot.waitUntil(lambda: window.toast.words == "2 photos copied")
    names = [os.path.basename(url.toLocalFile()) for url in clipboard.mimeData().urls()]
    assert names == ["1 a#b.jpg", "3 a#b.jpg"] and not clipboard.mimeData().hasImage()
    view.select_row(2)
    window.selection.copy_photo.trigger()
    qtbot.waitUntil(lambda: window.toast.words == "Photo copied")
    assert clipboard.mimeData().hasImage() and len(clipboard.mimeData().urls()) == 1


@pytest.mark.skipif(os.name == "nt", reason="names are of any bytes")
def test_a_name_of_any_bytes_is_handed_out(workspace, tmp_path):
    odd = os.fsencode(tmp_path) + b"/caf\xe9 #1.jpg"
    with open(odd, "wb"):
        pass
    workspace.library.edited[1] = replace(workspace.library.photo_now(1), path=os.fsdecode(odd))
    (path,) = there(workspace, [1])
    data = mime_of([path])
    assert data.urls()[0].toEncoded().data().endswith(b"/caf%E9%20%231.jpg")
    assert bytes(data.data("x-special/gnome-copied-files").data()).startswith(b"copy\nfile:///")


def test_the_dragged_picture_is_larger_for_many(qtbot):
    front = QPixmap(40, 30)
    assert stack_picture(front, 1, 1.0).width() < stack_picture(front, 12, 1.0).width()
    assert stack_picture(None, 1234567, 2.0).devicePixelRatio() == 2.0
