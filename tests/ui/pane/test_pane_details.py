"""The rows of the file's details."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import open_photo
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from blipdesk.domain.grouping import Grouping
from blipdesk.ui.gallery.heading import group_words
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.details import DetailValue, FileDetails
from blipdesk.ui.pane.texts import day_of

SHORT, LONG = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat


@pytest.fixture
def speaking() -> Iterator[Callable[[str], None]]:
    """Has the window write dates as a locale does."""
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


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


def test_stars_beside_two_captions_are_said_and_not_pressed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    rows = [ROWS[2], ("File and catalog", "The stars are not in the file")]
    workspace.library.file_details = lambda photo: rows
    workspace.change([8], conflict=True)
    open_photo(qtbot, pane)
    pane.page.details.toggle.setChecked(True)
    assert [value.focusPolicy() for value in pane.page.details.values] == [
        Qt.FocusPolicy.TabFocus,
        Qt.FocusPolicy.NoFocus,
    ]


@pytest.mark.parametrize(
    ("locale", "taken", "changed"),
    [
        ("en_GB", "4 Jul 2026, 18:12:05 (UTC+02:00)", "4 Jul 2026, 19:30"),
        ("en_US", "Jul 4, 2026, 6:12:05\u00a0PM (UTC+02:00)", "Jul 4, 2026, 7:30\u00a0PM"),
        ("de_DE", "4. Juli 2026, 18:12:05 (UTC+02:00)", "4. Juli 2026, 19:30"),
    ],
)
def test_times_are_said_as_everywhere(
    qtbot: QtBot, speaking: Callable[[str], None], locale: str, taken: str, changed: str
) -> None:
    speaking(locale)
    details = FileDetails()
    qtbot.addWidget(details)
    details.show_rows([("Taken", "2026-07-04 18:12:05 (UTC+02:00)"), ("Changed", "2026-07-04 19:30")])
    details.toggle.setChecked(True)
    assert [value.text() for value in details.values] == [taken, changed]


def test_a_time_that_is_none_is_shown_as_it_stands(qtbot: QtBot) -> None:
    details = FileDetails()
    qtbot.addWidget(details)
    details.show_rows([("Taken", "one day")])
    details.toggle.setChecked(True)
    assert [value.text() for value in details.values] == ["one day"]


@pytest.mark.parametrize("locale", ["en_GB", "en_US", "de_DE", "fr_FR", "ja_JP", "sv_SE", "hu_HU", "da_DK"])
def test_a_day_is_written_in_the_order_of_the_headings(speaking: Callable[[str], None], locale: str) -> None:
    speaking(locale)
    heading = group_words(Grouping.DAY, "2026-03-04")[0]
    short, long = (QLocale().monthName(3, form) for form in (SHORT, LONG))
    day = day_of(date(2026, 3, 4))
    assert day.replace(short, long) in heading and "2026" in day and "Wed" not in day
