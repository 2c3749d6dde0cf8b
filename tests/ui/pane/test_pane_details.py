"""The rows of the file's details."""

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import open_photo
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.details import DetailValue


def test_stars_are_read_out_as_a_number(qtbot):
    value = DetailValue("Rating", "★★★★☆")
    qtbot.addWidget(value)
    assert value.text() == "★★★★☆"
    assert value.accessibleName() == "Rating: 4 of 5 stars"


ROWS = [
    ("Place", "38.72230, -9.13930"),
    ("Folder", "/p/<b>x</b>"),
    ("File and catalog", "The file has another caption than yours"),
]


@pytest.fixture
def open_details(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> PhotoPane:
    workspace.library.file_details = lambda photo: ROWS
    workspace.change([8], conflict=True)
    open_photo(qtbot, pane)
    pane.page.details.toggle.setChecked(True)
    return pane


def test_details_are_acted_on_by_key(qtbot: QtBot, open_details: PhotoPane) -> None:
    pane, details = open_details, open_details.page.details
    shown_files: list[bool] = []
    compared: list[int] = []
    pane.show_file_requested.connect(lambda: shown_files.append(True))
    pane.compare_requested.connect(compared.append)
    for value in details.values:
        QTest.keyClick(value, Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == "38.72230, -9.13930"
    assert ("Coordinates copied", False) in pane.toasts
    assert shown_files == [True] and compared == [8]
    QTest.mouseClick(details.values[1], Qt.MouseButton.LeftButton)
    assert len(shown_files) == 2
    details.grab()


def test_all_details_are_copied_at_once(qtbot: QtBot, open_details: PhotoPane) -> None:
    details = open_details.page.details
    details.copy_button.click()
    assert QApplication.clipboard().text() == "\n".join(f"{label}: {value}" for label, value in ROWS)
    details.toggle.setChecked(False)
    assert not details.copy_button.isVisible()


def test_a_difference_that_is_decided_is_said_and_not_pressed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.library.file_details = lambda photo: [("File and catalog", "The file says: harbour")]
    open_photo(qtbot, pane)
    pane.page.details.toggle.setChecked(True)
    (value,) = pane.page.details.values
    assert value.focusPolicy() == Qt.FocusPolicy.NoFocus
