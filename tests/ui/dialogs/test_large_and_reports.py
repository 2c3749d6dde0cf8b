"""The large view, the crash report and the list of what could not be read."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest
from fake_workspace import BROKEN, FakeWorkspace
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.values import PhotoState
from blipdesk.ui.dialogs.crash import CrashDialog
from blipdesk.ui.dialogs.large import LargePreview
from blipdesk.ui.dialogs.problems import ProblemsDialog
from blipdesk.ui.tasks import wait_for_tasks

HOSTILE = '<img src="file:///etc/passwd"> & <b>bold</b>'


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace(60)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def decoded(workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids of the photos whose picture was decoded, in order."""
    calls: list[int] = []
    real = workspace.library.preview
    monkeypatch.setattr(workspace.library, "preview", lambda n, edge: calls.append(n) or real(n, edge))
    return calls


def one_colour(name: str) -> bytes:
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(name))
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(data, "JPEG", 100)
    return bytes(data.data().data())


def middle(large: LargePreview) -> QColor:
    return large.grab().toImage().pixelColor(450, 262)


def test_the_large_view_shows_the_picture_then_sharp(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace
) -> None:
    large = LargePreview(workspace, window)
    large.show_photo(8)
    assert large.geometry() == window.rect()
    qtbot.waitUntil(lambda: large.is_sharp)
    lake = large.grab().toImage().pixelColor(450, 500)
    assert lake.blue() > 40, "the lake is blue where the ground is black"
    assert "a full moon" in large.accessibleDescription()
    wait_for_tasks()


def test_keys_step_and_close(qtbot: QtBot, window: QWidget, workspace: FakeWorkspace) -> None:
    large = LargePreview(workspace, window)
    steps: list[int] = []
    closed: list[bool] = []
    large.navigate.connect(steps.append)
    large.closed.connect(lambda: closed.append(True))
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return):
        large.show_photo(8)
        QTest.keyClick(large, Qt.Key.Key_Right)
        QTest.keyClick(large, Qt.Key.Key_Left)
        QTest.keyClick(large, key)
        assert not large.isVisible() and large.photo_id is None
    assert steps == [1, -1] * 3 and closed == [True] * 3
    wait_for_tasks()


def test_the_windows_shortcuts_do_not_act_behind_the_picture(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace
) -> None:
    fired: list[bool] = []
    shortcut = QShortcut(QKeySequence("F2"), window)
    shortcut.activated.connect(lambda: fired.append(True))
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert fired == [True]
    large = LargePreview(workspace, window)
    large.show_photo(8)
    QTest.keyClick(large, Qt.Key.Key_F2)
    assert fired == [True] and large.isVisible()
    large.close_view()
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert fired == [True, True]
    wait_for_tasks()


def test_going_back_needs_no_second_decode(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace, decoded: list[int]
) -> None:
    large = LargePreview(workspace, window)
    large.show_photo(8)
    qtbot.waitUntil(lambda: large.is_sharp)
    large.prefetch([9, 7])
    qtbot.waitUntil(lambda: sorted(decoded) == [7, 8, 9])
    wait_for_tasks()
    QApplication.processEvents()
    large.show_photo(9)
    assert large.is_sharp
    large.show_photo(8)
    assert large.is_sharp
    wait_for_tasks()
    assert sorted(decoded) == [7, 8, 9]


def test_fast_steps_decode_only_where_one_stays(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace, decoded: list[int]
) -> None:
    large = LargePreview(workspace, window)
    for photo_id in (3, 5, 6, 8):
        large.show_photo(photo_id)
    qtbot.waitUntil(lambda: large.is_sharp)
    assert decoded == [8]
    wait_for_tasks()


def test_a_picture_that_comes_late_does_not_take_the_next_ones_place(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, release = threading.Event(), threading.Event()

    def preview(photo_id: int, edge: int) -> bytes | None:
        if photo_id == 8:
            begun.set()
            release.wait(10)
        return one_colour("black" if photo_id == 8 else "white")

    monkeypatch.setattr(workspace.library, "preview", preview)
    monkeypatch.setattr(workspace.library, "thumbnail", lambda n: None)
    large = LargePreview(workspace, window)
    large.show_photo(9)
    qtbot.waitUntil(lambda: large.is_sharp)
    large.show_photo(8)
    qtbot.waitUntil(begun.is_set)
    large.show_photo(9)
    release.set()
    wait_for_tasks()
    QApplication.processEvents()
    assert middle(large) == QColor("white")
    large.show_photo(8)
    assert large.is_sharp and middle(large) == QColor("black"), "what was decoded meanwhile is kept"
    wait_for_tasks()


def test_the_former_picture_does_not_stay_over_the_next_ones_name(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    large = LargePreview(workspace, window)
    large.show_photo(8)
    qtbot.waitUntil(lambda: large.is_sharp)
    monkeypatch.setattr(workspace.library, "thumbnail", lambda n: None)
    monkeypatch.setattr(workspace.library, "preview", lambda n, edge: release.wait(10) and None)
    large.show_photo(9)
    qtbot.waitUntil(lambda: middle(large).lightness() < 20)
    release.set()
    wait_for_tasks()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (PhotoState.FAILED, "no picture"),
        (PhotoState.OFFLINE, "drive"),
        (PhotoState.MISSING, "no longer in its place"),
        (PhotoState.DONE, "cannot be shown"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_explained(
    qtbot: QtBot,
    window: QWidget,
    workspace: FakeWorkspace,
    monkeypatch: pytest.MonkeyPatch,
    state: PhotoState,
    said: str,
) -> None:
    monkeypatch.setattr(workspace.library, "thumbnail", lambda n: None)
    monkeypatch.setattr(workspace.library, "preview", lambda n, edge: None)
    workspace.change([8], state=state, problem=BROKEN if state is PhotoState.FAILED else None)
    large = LargePreview(workspace, window)
    large.show_photo(8)
    qtbot.waitUntil(lambda: bool(large.words))
    assert said in large.words
    large.grab()
    QTest.keyClick(large, Qt.Key.Key_Tab)
    assert large.note == "", "no word is looked for in a picture that is not there"
    wait_for_tasks()


def test_where_only_the_thumbnail_is_left_the_reason_stands_below_it(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace.library, "preview", lambda n, edge: None)
    workspace.change([8], state=PhotoState.OFFLINE)
    large = LargePreview(workspace, window)
    large.show_photo(8)
    qtbot.waitUntil(lambda: large.note == "The drive of this photo is not connected.")
    assert large.words == "" and middle(large).blue() > 20, "the thumbnail is shown"
    monkeypatch.undo()
    large.show_photo(9)
    assert large.note == ""
    wait_for_tasks()


def test_the_large_view_follows_the_window(qtbot: QtBot, window: QWidget, workspace: FakeWorkspace) -> None:
    large = LargePreview(workspace, window)
    large.show_photo(8)
    window.resize(700, 500)
    qtbot.waitUntil(lambda: large.size() == window.size())
    qtbot.waitUntil(lambda: large.is_sharp)
    wait_for_tasks()


def test_the_crash_report_keeps_the_details(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = CrashDialog(f"Traceback\n{HOSTILE}", None, str(tmp_path / "blipdesk.log"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.text.toPlainText() == f"Traceback\n{HOSTILE}"
    assert dialog.text.isReadOnly()
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == f"Traceback\n{HOSTILE}"
    dialog.continue_button.click()
    assert not dialog.quit_wanted and not dialog.isVisible()


def test_the_crash_report_finds_the_log_and_quits_when_asked(qtbot: QtBot, tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "blipdesk.log")
    logging.getLogger().addHandler(handler)
    try:
        dialog = CrashDialog("Traceback")
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    qtbot.addWidget(dialog)
    assert dialog.log_path == str(tmp_path / "blipdesk.log")
    dialog.quit_button.click()
    assert dialog.quit_wanted


def test_problems_are_grouped_with_their_remedy(
    qtbot: QtBot, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(BROKEN, 12), (Problem(ProblemKind.UNSUPPORTED, HOSTILE, "Export it."), 1)]
    monkeypatch.setattr(workspace.library, "problems", lambda: found)
    monkeypatch.setattr(workspace.captioning, "retry", lambda ids=None: 13)
    dialog = ProblemsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.cards) == 2)
    assert [(card.problem, card.count) for card in dialog.cards] == found
    assert dialog.cards[1].accessibleName() == f"1 photo: {HOSTILE}"
    dialog.retry_button.click()
    qtbot.waitUntil(lambda: dialog.words.text() == "13 photos are tried again.")


def test_a_bug_is_logged_and_said_without_its_trace(
    qtbot: QtBot, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("inner detail")

    monkeypatch.setattr(workspace.library, "problems", broken)
    dialog = ProblemsDialog(workspace)
    qtbot.addWidget(dialog)
    said = "The reasons could not be read. The log file has the details."
    qtbot.waitUntil(lambda: dialog.words.text() == said)
    assert "inner detail" in caplog.text
    caplog.clear()


def test_no_problems_is_said_calmly(qtbot: QtBot) -> None:
    dialog = ProblemsDialog(FakeWorkspace(0))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "could be captioned" in dialog.words.text())
    assert not dialog.retry_button.isEnabled()


def test_every_control_has_a_name_and_every_label_is_plain(
    qtbot: QtBot, window: QWidget, workspace: FakeWorkspace
) -> None:
    large = LargePreview(workspace, window)
    for root in (large, CrashDialog("x", window), ProblemsDialog(workspace, window)):
        assert [b for b in root.findChildren(QAbstractButton) if not b.accessibleName()] == []
        labels = root.findChildren(QLabel)
        assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    wait_for_tasks()
