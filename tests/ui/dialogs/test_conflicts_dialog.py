"""Two captions for one photo are shown side by side and decided one by one, or for all."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.writes import KeepText
from blipdesk.ui.dialogs.conflicts import ConflictsDialog
from blipdesk.ui.tasks import wait_for_tasks


@pytest.fixture
def workspace() -> FakeWorkspace:
    made = FakeWorkspace(60)
    made.writing.with_conflicts(5)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, workspace: FakeWorkspace) -> ConflictsDialog:
    dialog = ConflictsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 5)
    return dialog


def decided(workspace: FakeWorkspace) -> list[object]:
    return [what for name, what in workspace.writing.calls if name == "decide"]


def test_both_captions_stand_side_by_side_with_the_photo(qtbot: QtBot, dialog: ConflictsDialog) -> None:
    first, second = dialog.conflicts[:2]
    assert dialog.name.text() == first.path.rsplit("/", 1)[1] and dialog.place.text() == "1 of 5"
    assert (dialog.mine.text.text(), dialog.file.text.text()) == (first.mine, first.file)
    qtbot.waitUntil(lambda: dialog.preview.has_picture)
    dialog.next.click()
    assert (dialog.mine.text.text(), dialog.file.text.text()) == (second.mine, second.file)
    assert any(label.text() == "IN THE FILE BESIDE THE PHOTO" for label in dialog.file.findChildren(QLabel))
    dialog.previous.click()
    assert dialog.mine.text.text() == first.mine and not dialog.previous.isEnabled()


def test_each_is_decided_by_itself_and_the_next_one_comes(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace
) -> None:
    ids = [conflict.photo_id for conflict in dialog.conflicts]
    dialog.activateWindow()
    for left, button in ((4, dialog.mine.button), (3, dialog.file.button), (2, dialog.both_button)):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda left=left, button=button: len(dialog.conflicts) == left and button.hasFocus())
    keeps = [KeepText.MINE, KeepText.FILE, KeepText.BOTH]
    assert decided(workspace) == [((photo_id,), keep) for photo_id, keep in zip(ids[:3], keeps, strict=True)]
    assert dialog.place.text() == "1 of 2"


def test_all_are_decided_at_once_where_that_is_chosen(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace
) -> None:
    ids = tuple(conflict.photo_id for conflict in dialog.conflicts)
    assert dialog.all_box.text() == "The same for all 5 photos"
    dialog.all_box.setChecked(True)
    assert dialog.file.button.text() == "Keep the file's for all"
    dialog.file.button.click()
    qtbot.waitUntil(lambda: dialog.end.title.text() == "All decided")
    assert decided(workspace) == [(ids, KeepText.FILE)]
    assert dialog.end.isVisible() and not dialog.both_button.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_enter_and_escape_decide_nothing(dialog: ConflictsDialog, workspace: FakeWorkspace) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and decided(workspace) == []


def test_what_could_not_be_written_is_said(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace
) -> None:
    workspace.writing.refuses = True
    dialog.mine.button.click()
    said = "1 file could not be written: The folder cannot be written to. The decision is kept in BlipDesk."
    qtbot.waitUntil(lambda: dialog.message.text() == said)
    assert len(dialog.conflicts) == 4


def test_a_decision_that_fails_leaves_the_question(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CatalogError("The disk is full.", "Free some space.")

    monkeypatch.setattr(workspace.writing, "decide", full)
    dialog.mine.button.click()
    qtbot.waitUntil(lambda: "The disk is full." in dialog.message.text())
    assert len(dialog.conflicts) == 5 and dialog.mine.button.isEnabled()


def test_every_control_has_a_name_and_every_label_is_plain(dialog: ConflictsDialog) -> None:
    buttons = [b for b in dialog.findChildren(QAbstractButton) if b.isVisibleTo(dialog)]
    assert [b for b in buttons if not b.accessibleName()] == []
    labels = dialog.findChildren(QLabel)
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    wait_for_tasks()
