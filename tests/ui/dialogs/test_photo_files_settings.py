"""The settings' page about photo files: what is asked first, and what is said of taking back."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from settings_steps import card, choose, preview

from blipdesk.domain.values import PhotoState
from blipdesk.ui.dialogs.changes import ChangesDialog
from blipdesk.ui.dialogs.report_list import PICTURE
from blipdesk.ui.dialogs.settings import SettingsDialog
from blipdesk.ui.dialogs.write_preview import WritePreview
from blipdesk.ui.tasks import wait_for_tasks


def embedding(qtbot: QtBot) -> tuple[FakeWorkspace, SettingsDialog]:
    """A library whose captions are embedded, and the settings over it."""
    workspace = FakeWorkspace(30, write_target="embed")
    dialog = SettingsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    return workspace, dialog


def test_captions_go_into_photos_only_after_a_look_and_a_yes(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    card(dialog, "write_target", "embed").click()
    asking = preview(qtbot, dialog)
    assert asking.title.text() == "Write captions into your photos?"
    assert asking.words.text().startswith("300 photos have captions. JPEG, PNG, WebP and TIFF photos get")
    texts = {row.title: [text for _, text in row.lines] for row in asking.list.rows}
    assert texts["IMG_20260001.jpg"] == [
        "Into the photo",
        "no caption",
        workspace.library.photo_now(1).caption,
    ]
    assert texts["IMG_20260003.jpg"] == [
        "Left as it is. A person's caption stands there already.",
        "Ada and the umbrellas, Costa da Caparica 2019",
    ]
    assert texts["IMG_20260005.jpg"][0].startswith("Into a small file beside it. This photo is signed;")
    marks = [row.icon for row in asking.list.rows]
    assert len(marks) == 40 and marks[:4] == ["file-check", "eye", "file-plus", "file-check"], (
        "each kind is seen"
    )
    assert not [call for call in workspace.writing.calls if call[0] == "run"], "nothing is written yet"
    QTest.keyClick(asking, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.fields["write_target"].value() == "none")
    wait_for_tasks()
    assert workspace.settings.values.write_target == "none", "Enter is the safe answer"
    card(dialog, "write_target", "embed").click()
    preview(qtbot, dialog).go_button.click()
    qtbot.waitUntil(lambda: workspace.settings.values.write_target == "embed")
    card(dialog, "write_target", "none").click()
    qtbot.waitUntil(lambda: workspace.settings.values.write_target == "none")


def test_the_look_shows_the_photos(qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace) -> None:
    workspace.change([2], state=PhotoState.FAILED)
    card(dialog, "write_target", "embed").click()
    rows = {row.title: row for row in preview(qtbot, dialog).list.rows}
    picture = rows["IMG_20260001.jpg"].picture
    assert picture is not None and picture.size() == PICTURE
    assert not rows["IMG_20260002.jpg"].picture, "what cannot be shown stands without"


def test_an_answer_does_not_wait_for_the_look(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace, caplog: pytest.LogCaptureFixture
) -> None:
    workspace.writing.hold.clear()
    card(dialog, "write_target", "embed").click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(WritePreview)))
    asking = dialog.findChild(WritePreview)
    QTest.keyClick(asking, Qt.Key.Key_Escape)
    assert dialog.fields["write_target"].value() == "none"
    workspace.writing.hold.set()
    assert wait_for_tasks(), "the look ends with its dialog"
    QApplication.processEvents()
    assert caplog.records == []


def test_captions_go_beside_photos_only_after_a_look_and_a_yes(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    card(dialog, "write_target", "sidecar").click()
    asking = preview(qtbot, dialog)
    assert asking.title.text() == "Write captions beside your photos?"
    assert asking.words.text().startswith("300 photos have captions. Each photo gets a small .xmp file")
    assert asking.list.rows[0].lines[0] == ("", "Into a small file beside it")
    asking.cancel_button.click()
    wait_for_tasks()
    assert workspace.settings.values.write_target == "none"
    assert dialog.fields["write_target"].value() == "none", "the field says what is so"
    card(dialog, "write_target", "sidecar").click()
    preview(qtbot, dialog).go_button.click()
    qtbot.waitUntil(lambda: workspace.settings.values.write_target == "sidecar")


def test_a_persons_caption_is_replaced_only_after_a_look_and_a_yes(qtbot: QtBot) -> None:
    workspace, dialog = embedding(qtbot)
    field = dialog.fields["existing_text"]
    card(dialog, "existing_text", "replace").click()
    asking = preview(qtbot, dialog)
    assert asking.title.text() == "Replace captions that people wrote?"
    lines = next(row.lines for row in asking.list.rows if row.title == "IMG_20260003.jpg")
    assert lines[1:] == (
        ("Now", "Ada and the umbrellas, Costa da Caparica 2019"),
        ("Then", workspace.library.photo_now(3).caption),
    )
    asking.cancel_button.click()
    qtbot.waitUntil(lambda: field.value() == "skip")
    assert workspace.settings.values.existing_text == "skip"
    card(dialog, "existing_text", "append").click()
    preview(qtbot, dialog).go_button.click()
    qtbot.waitUntil(lambda: workspace.settings.values.existing_text == "append")


def test_heic_photos_are_written_only_after_a_look_and_a_yes(qtbot: QtBot) -> None:
    workspace, dialog = embedding(qtbot)
    field = dialog.fields["embed_heif"]
    field.control.click()
    asking = preview(qtbot, dialog)
    assert asking.title.text() == "Write captions into HEIC and AVIF photos too?"
    asking.cancel_button.click()
    assert field.value() is False
    field.control.click()
    preview(qtbot, dialog).go_button.click()
    qtbot.waitUntil(lambda: workspace.settings.values.embed_heif)
    field.control.click()
    qtbot.waitUntil(lambda: not workspace.settings.values.embed_heif)


def test_what_is_done_beside_a_persons_caption_is_not_asked_while_nothing_is_written(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    card(dialog, "existing_text", "replace").click()
    qtbot.waitUntil(lambda: workspace.settings.values.existing_text == "replace")
    assert not dialog.findChildren(WritePreview)


def test_what_is_kept_for_taking_back_follows_the_setting(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    qtbot.waitUntil(lambda: "Kept for a year, 1 GB at most." in dialog.write_back.words.text())
    choose(dialog.fields["journal_days"], 90)
    qtbot.waitUntil(lambda: "Kept for 90 days, 1 GB at most." in dialog.write_back.words.text())


def test_the_settings_say_what_can_be_taken_back(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    workspace.writing.with_runs()
    dialog = SettingsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(
        lambda: dialog.write_back.words.text().startswith("412.0 kB for 1,297 changes, the oldest")
    )
    assert "232 older changes can no longer be taken back." in dialog.write_back.words.text()
    dialog.write_back.button.click()
    changes = dialog.findChild(ChangesDialog)
    qtbot.waitUntil(lambda: len(changes.cards) == 4)


def test_what_was_taken_back_is_not_shown_as_to_be_written(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    workspace.writing.taken_back = {1}
    card(dialog, "write_target", "embed").click()
    shown = [row.title for row in preview(qtbot, dialog).list.rows]
    assert shown and "IMG_20260001.jpg" not in shown
