"""The try of the first start: what a model makes of a photo, before anything is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace

from blipdesk.domain.errors import ModelError
from blipdesk.ui.dialogs.first_start import FirstStartDialog


@pytest.fixture
def workspace():
    return FakeWorkspace(0, first_start_done=False)


@pytest.fixture
def dialog(qtbot, workspace, tmp_path):
    dialog = FirstStartDialog(workspace, folder=str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.model_step.cards) == 2)
    return dialog


@pytest.fixture
def step(qtbot, dialog):
    for _ in range(3):
        dialog.next_button.click()
    qtbot.waitUntil(lambda: bool(dialog.trial_step.words.text()))
    return dialog.trial_step


def test_the_photo_its_caption_and_the_time_that_it_took_are_shown(qtbot, workspace, dialog, step):
    qtbot.waitUntil(lambda: step.trial is not None)
    assert step.photo.has_picture and "a photo named" in step.caption.text()
    assert "0.8 s" in step.words.text() and "measured" in step.words.text()
    assert "13 minutes" in step.words.text() and "drawn scenes" in step.words.text()
    assert dialog.next_button.text() == "Looks right: begin"
    assert not workspace.settings.values.first_start_done and not workspace.begun, "nothing is kept before"


def test_the_ring_is_on_the_button_that_enter_presses(dialog):
    dialog.folder_step.zone.button.setFocus()  # where the choice of a folder leaves it
    for _ in range(3):
        dialog.next_button.click()
    assert dialog.focusWidget() is dialog.next_button


def test_another_photo_is_tried_as_often_as_one_likes(qtbot, workspace, step):
    for count in (1, 2, 3, 4):
        qtbot.waitUntil(lambda n=count: step.trial is not None and len(workspace.trials.asked) == n)
        step.another_button.click()
        assert step.trial is None
    qtbot.waitUntil(lambda: step.trial is not None)
    assert {path for path, _ in workspace.trials.asked} == set(workspace.trials.paths)


def test_another_model_looks_at_the_same_photo(qtbot, workspace, dialog, step):
    qtbot.waitUntil(lambda: step.trial is not None)
    step.other_button.click()
    assert dialog.step == 2
    dialog.model_step.import_folder("/models/mine")
    qtbot.waitUntil(lambda: dialog.model_step.choice()[0] == "mine")
    dialog.next_button.click()
    qtbot.waitUntil(lambda: step.trial is not None)
    first, second = workspace.trials.asked
    assert first[0] == second[0] and second[1] == "mine"
    dialog.back_button.click()
    dialog.next_button.click()
    assert step.trial is not None, "what is known already is not tried again"


def test_one_may_begin_without_waiting_and_the_try_ends(qtbot, workspace, dialog, step):
    workspace.trials.may_say.clear()
    step.another_button.click()
    qtbot.waitUntil(lambda: dialog.next_button.text() == "Begin without waiting")
    dialog.next_button.click()
    assert dialog.result_value.folders
    qtbot.waitUntil(lambda: workspace.trials.closed == 1)


def test_what_cannot_be_tried_is_said_with_its_remedy_and_hinders_nobody(qtbot, workspace, dialog):
    workspace.trials.error = ModelError("The model needs more memory.", "Choose a smaller one.")
    for _ in range(3):
        dialog.next_button.click()
    qtbot.waitUntil(lambda: "Choose a smaller one." in dialog.trial_step.words.text())
    assert dialog.next_button.isEnabled() and dialog.trial_step.another_button.isEnabled()


def test_a_folder_without_photos_can_be_begun_with(qtbot, workspace, dialog):
    workspace.trials.paths = []
    for _ in range(3):
        dialog.next_button.click()
    qtbot.waitUntil(lambda: "no photo" in dialog.trial_step.words.text())
    dialog.next_button.click()
    assert dialog.result_value.folders


def test_without_a_folder_there_is_nothing_to_try(qtbot, workspace):
    dialog = FirstStartDialog(workspace, folder="")
    qtbot.addWidget(dialog)
    for _ in range(3):
        dialog.next_button.click()
    assert not workspace.trials.asked and dialog.result_value.folders == ()


def test_a_model_is_downloaded_within_the_first_start_and_then_chosen(qtbot, workspace, dialog):
    for _ in range(2):
        dialog.next_button.click()
    step = dialog.model_step
    (button,) = step.download_buttons
    assert button.text() == "Download BLIP base"
    workspace.models.may_go_on.clear()
    button.click()
    qtbot.waitUntil(lambda: step.bar.value() > 0)
    assert not dialog.next_button.isEnabled() and step.pause_button.isVisible()
    workspace.models.may_go_on.set()
    qtbot.waitUntil(lambda: step.choice()[0] == "blip-base")
    qtbot.waitUntil(dialog.next_button.isEnabled)


def test_each_model_that_is_offered_can_be_downloaded(qtbot, workspace, dialog):
    large = replace(workspace.models.list()[-1], key="blip-large", title="BLIP large", installed=False)
    known = [*workspace.models.list(), large]
    step = dialog.model_step
    step.show_models(known)
    assert [button.text() for button in step.download_buttons] == [
        "Download BLIP base",
        "Download BLIP large",
    ]
    begun = []
    step.work.download = begun.append
    step.download_buttons[1].click()
    assert begun == [large]
