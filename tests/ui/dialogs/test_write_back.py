"""Writing back in the settings: look first, write, take back; on one page."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from settings_steps import preview

from blipdesk.domain.values import WriteTarget
from blipdesk.ui.dialogs.settings import SettingsDialog
from blipdesk.ui.dialogs.undo import UndoDialog


@pytest.fixture
def workspace():
    made = FakeWorkspace(12, write_target="embed")
    made.writing.with_runs(2)
    return made


@pytest.fixture
def dialog(qtbot, workspace):
    made = SettingsDialog(workspace)
    qtbot.addWidget(made)
    made.show()
    made.show_page("Photo files")
    qtbot.waitUntil(lambda: bool(made.write_back.cards))
    return made


def test_captions_are_written_after_a_look_at_what_would_change(qtbot, workspace, dialog):
    box = dialog.write_back
    box.write_button.click()
    asking = preview(qtbot, dialog)
    assert asking.list.rows and not any(call == "run" for call, _ in workspace.writing.calls)
    asking.go_button.click()
    qtbot.waitUntil(lambda: not box.is_writing and any(call == "run" for call, _ in workspace.writing.calls))
    assert box.bar.isHidden() and box.write_button.isEnabled()
    assert "written" in box.state.text() or "photo" in box.state.text()


def test_a_preview_that_is_cancelled_writes_nothing(qtbot, workspace, dialog):
    dialog.write_back.write_button.click()
    preview(qtbot, dialog).cancel_button.click()
    assert not any(call == "run" for call, _ in workspace.writing.calls)


def test_writing_shows_how_far_it_is_and_stops_between_two_files(qtbot, workspace, dialog):
    box = dialog.write_back
    box.write_button.click()
    asking = preview(qtbot, dialog)
    workspace.writing.step_seconds = 0.1
    asking.go_button.click()
    qtbot.waitUntil(lambda: box.stop_button.isVisible() and "Writing" in box.state.text())
    box.stop_button.click()
    qtbot.waitUntil(lambda: not box.is_writing)
    changed = [p for p in workspace.library.all() if p.written is not WriteTarget.NONE]
    assert len(changed) < 12


def test_where_captions_stay_here_there_is_nothing_to_write(qtbot):
    made = SettingsDialog(FakeWorkspace(3))
    qtbot.addWidget(made)
    assert not made.write_back.write_button.isEnabled()
    assert "stay in BlipDesk" in made.write_back.state.text()


def test_the_last_runs_are_listed_and_any_can_be_taken_back(qtbot, workspace, dialog):
    box = dialog.write_back
    assert 0 < len(box.cards) <= 3
    card = next(card for card in box.cards if not card.undo_button.isHidden())
    card.undo_button.click()
    qtbot.waitUntil(lambda: any(found.isVisible() for found in dialog.findChildren(UndoDialog)))


def test_another_place_for_captions_is_told_of_at_once(qtbot, workspace, dialog):
    workspace.settings.change(write_target="sidecar")
    dialog.write_back.reload()
    assert "beside each photo" in dialog.write_back.state.text()
