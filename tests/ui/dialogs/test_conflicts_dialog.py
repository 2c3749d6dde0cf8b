"""Two captions for one photo are shown side by side and decided one by one, or for all."""

from __future__ import annotations

import gc

import pytest
import shiboken6
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot
from settings_steps import Person

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.writes import KeepText
from blipdesk.ui import long_task
from blipdesk.ui.dialogs.conflicts import ConflictsDialog
from blipdesk.ui.tasks import wait_for_tasks


@pytest.fixture
def workspace() -> FakeWorkspace:
    made = FakeWorkspace(60)
    made.writing.with_conflicts(5)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, workspace: FakeWorkspace, person: Person) -> ConflictsDialog:
    dialog = ConflictsDialog(workspace, confirm=person.confirm)
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


def test_all_are_decided_at_once_where_that_is_chosen_and_agreed(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace, person: Person
) -> None:
    ids = tuple(conflict.photo_id for conflict in dialog.conflicts)
    assert dialog.all_box.text() == "The same for all 5 photos"
    dialog.all_box.setChecked(True)
    assert dialog.file.button.text() == "Keep the file's for all"
    person.says = False
    dialog.file.button.click()
    assert person.asked == [
        (
            "Keep the file's caption for all 5 photos?",
            "What you wrote for them in BlipDesk goes. Ctrl+Z brings it back, photo by photo.",
            "Keep the file's for all",
        )
    ]
    assert decided(workspace) == [] and len(dialog.conflicts) == 5
    person.says = True
    dialog.file.button.click()
    qtbot.waitUntil(lambda: dialog.end.title.text() == "All decided")
    assert decided(workspace) == [(ids, KeepText.FILE)]
    assert dialog.end.isVisible() and not dialog.both_button.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


@pytest.mark.parametrize(("target", "said"), [("embed", "takes the place"), ("none", "keep what they say")])
def test_what_keeping_mine_does_to_the_files_is_said_first(
    qtbot: QtBot, person: Person, target: str, said: str
) -> None:
    workspace = FakeWorkspace(60, write_target=target)
    workspace.writing.with_conflicts(2)
    dialog = ConflictsDialog(workspace, confirm=person.confirm)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 2)
    person.says = False
    dialog.all_box.setChecked(True)
    dialog.mine.button.click()
    assert said in person.asked[0][1]


def decide_all_and_leave(qtbot: QtBot, workspace: FakeWorkspace, person: Person) -> None:
    """Close the dialog while the first photo is being written."""
    dialog = ConflictsDialog(workspace, confirm=person.confirm)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 5)
    workspace.writing.hold.clear()
    dialog.all_box.setChecked(True)
    dialog.mine.button.click()
    qtbot.waitUntil(lambda: dialog.words.text().startswith("Writing 0 of 5 photos…"))
    assert dialog.bar.isVisible() and dialog.bar.maximum() == 5
    busy = (dialog.mine.button, dialog.file.button, dialog.both_button, dialog.previous, dialog.next)
    assert not any(button.isEnabled() for button in busy)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    shiboken6.delete(dialog)


@pytest.mark.parametrize(("app_ends", "written"), [(False, 5), (True, 1)])
def test_a_decision_for_all_goes_on_when_its_dialog_is_closed_and_stops_when_the_app_ends(
    qtbot: QtBot, workspace: FakeWorkspace, person: Person, app_ends: bool, written: int
) -> None:
    decide_all_and_leave(qtbot, workspace, person)
    gc.collect()
    if app_ends:
        long_task.stop_all()
    workspace.writing.hold.set()
    assert wait_for_tasks()
    assert workspace.writing.found == [] and len(decided(workspace)) == 1
    assert [name for name, _ in workspace.writing.calls].count("wrote") == written


def test_it_begins_with_the_photo_that_it_is_opened_for(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    third = workspace.writing.found[2]
    dialog = ConflictsDialog(workspace, first=third.photo_id)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.mine.text.text() == third.mine)
    assert dialog.place.text() == "3 of 5"


def test_where_nothing_is_to_be_decided_it_is_said(qtbot: QtBot) -> None:
    dialog = ConflictsDialog(FakeWorkspace(3))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.end.title.text() == "Nothing to decide")
    assert not dialog.both_button.isVisible() and not dialog.all_box.isVisible()


def test_captions_that_cannot_be_read_are_said_and_nothing_seems_busy(
    qtbot: QtBot, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise CatalogError("The disk is full.", "Free some space.")

    monkeypatch.setattr(workspace.writing, "conflicts", full)
    dialog = ConflictsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.end.words.text() == "The disk is full. Free some space.")
    assert not dialog.end.busy.isVisible()


def test_enter_and_escape_decide_nothing(dialog: ConflictsDialog, workspace: FakeWorkspace) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and decided(workspace) == []


def test_enter_presses_what_has_the_keyboard(dialog: ConflictsDialog, workspace: FakeWorkspace) -> None:
    dialog.activateWindow()
    for button in (dialog.next, dialog.all_box):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
    assert dialog.place.text() == "2 of 5" and dialog.all_box.isChecked()
    assert dialog.isVisible() and decided(workspace) == []


def test_what_could_not_be_written_is_said(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace
) -> None:
    workspace.writing.refuses = True
    dialog.mine.button.click()
    said = "1 file could not be written: The folder cannot be written to. The decision is kept in BlipDesk."
    qtbot.waitUntil(lambda: dialog.message.text() == said)
    assert len(dialog.conflicts) == 4


def test_what_could_not_be_written_is_said_also_when_nothing_is_left_to_decide(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace
) -> None:
    workspace.writing.refuses = True
    dialog.all_box.setChecked(True)
    dialog.mine.button.click()
    said = "5 files could not be written: The folder cannot be written to. The decision is kept in BlipDesk."
    qtbot.waitUntil(lambda: dialog.end.words.text().startswith(said))
    assert dialog.end.isVisible()


def test_a_decision_that_fails_leaves_the_question(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
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


def test_a_drive_that_is_away_is_told_once_and_the_decision_kept(
    qtbot: QtBot, dialog: ConflictsDialog, workspace: FakeWorkspace
) -> None:
    workspace.writing.away = ["The drive of /photos is not connected. Nothing is lost."]
    dialog.mine.button.click()
    qtbot.waitUntil(dialog.message.isVisible)
    assert dialog.message.text() == f"{workspace.writing.away[0]} The decision is kept in BlipDesk."
    assert len(dialog.conflicts) == 4
