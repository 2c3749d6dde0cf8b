"""The first start: three answers, any of them skipped, and what is done with them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.values import WriteTarget
from blipdesk.ui.dialogs.cards import RadioCard
from blipdesk.ui.dialogs.first_start import (
    FirstStartDialog,
    FirstStartResult,
    apply_first_start,
    default_folder,
)
from blipdesk.ui.dialogs.model_words import setting_key, title_of
from blipdesk.ui.dialogs.settings import SettingsDialog
from blipdesk.ui.tasks import wait_for_tasks


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace(0, first_start_done=False)


@pytest.fixture
def dialog(qtbot: QtBot, workspace: FakeWorkspace, tmp_path: Path) -> FirstStartDialog:
    dialog = FirstStartDialog(workspace, folder=str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.model_step.cards) == 2)
    return dialog


def test_three_steps_and_a_try_give_the_answers(
    qtbot: QtBot, dialog: FirstStartDialog, tmp_path: Path
) -> None:
    assert dialog.step == 0 and not dialog.back_button.isVisible()
    dialog.next_button.click()
    QTest.mouseClick(dialog.caption_step.cards[2], Qt.MouseButton.LeftButton)
    dialog.next_button.click()
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.next_button.text() == "Looks right: begin")
    dialog.next_button.click()
    assert dialog.result_value == FirstStartResult((str(tmp_path),), WriteTarget.EMBED, "demo", "demo")


def test_skipping_means_the_careful_defaults(dialog: FirstStartDialog) -> None:
    dialog.next_button.click()
    QTest.mouseClick(dialog.caption_step.cards[2], Qt.MouseButton.LeftButton)
    dialog.skip_button.click()
    assert dialog.result_value == FirstStartResult()
    assert dialog.result_value.write_target is WriteTarget.NONE


def test_escape_goes_back_a_step_before_it_skips(dialog: FirstStartDialog) -> None:
    dialog.next_button.click()
    dialog.next_button.click()
    for step in (1, 0):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.step == step and dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and dialog.result_value == FirstStartResult()


def test_enter_presses_the_button_that_has_the_keyboard_and_each_step_begins_on_continue(
    qtbot: QtBot, dialog: FirstStartDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    dialog.activateWindow()
    button = dialog.folder_step.zone.button
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: str(chosen) in dialog.folder_step.folders)
    assert dialog.step == 0, "the folder was to be chosen, and nothing else"
    dialog.next_button.click()
    assert dialog.next_button.hasFocus(), "what had the keyboard is out of sight"
    card = dialog.caption_step.cards[2]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert dialog.step == 2 and dialog.next_button.hasFocus()


def test_a_folder_can_be_left_out_and_others_dropped(
    qtbot: QtBot, dialog: FirstStartDialog, tmp_path: Path
) -> None:
    dialog.folder_step.remove(str(tmp_path))
    assert dialog.next_button.text() == "Continue without a folder"
    inside = tmp_path / "a <b>album"
    inside.mkdir()
    (inside / "photo.jpg").write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(inside)), QUrl.fromLocalFile(str(inside / "photo.jpg"))])
    drop = QDropEvent(
        QPointF(QPoint(9, 9)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier(0),
    )
    dialog.folder_step.zone.dropEvent(drop)
    qtbot.waitUntil(lambda: dialog.folder_step.folders == [str(inside)])
    assert dialog.next_button.text() == "Continue"


@pytest.mark.parametrize(("pictures", "proposed"), [("", ""), ("Bilder", "Bilder"), ("Gone", "")])
def test_the_pictures_folder_is_proposed_where_there_is_one_and_never_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pictures: str, proposed: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "user-dirs.dirs").write_text(f'XDG_PICTURES_DIR="$HOME/{pictures}"\n')
    (tmp_path / "Bilder").mkdir()
    assert default_folder() == (str(tmp_path / proposed) if proposed else "")


def test_the_pictures_folder_is_in_the_list_at_the_first_start(
    qtbot: QtBot, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blipdesk.ui.dialogs.first_start.default_folder", lambda: "/home/ada/Pictures")
    dialog = FirstStartDialog(workspace)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.folder_step.folders == ["/home/ada/Pictures"])
    assert dialog.next_button.text() == "Continue"


@pytest.mark.parametrize("meanwhile", ["another folder", "no folder"])
def test_a_pictures_folder_found_late_is_not_added_to_what_was_chosen_meanwhile(
    qtbot: QtBot, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, meanwhile: str
) -> None:
    awake = threading.Event()
    monkeypatch.setattr(
        "blipdesk.ui.dialogs.first_start.default_folder", lambda: awake.wait(5) and "/home/ada/Pictures"
    )
    dialog = FirstStartDialog(workspace)
    qtbot.addWidget(dialog)
    chosen = [str(tmp_path)] if meanwhile == "another folder" else []
    if chosen:
        dialog.folder_step._on_dropped(chosen)
        qtbot.waitUntil(lambda: dialog.folder_step.folders == chosen)
    else:
        dialog.next_button.click()
    awake.set()
    wait_for_tasks()
    QApplication.processEvents()
    assert dialog.folder_step.folders == chosen


def test_a_model_that_is_not_here_cannot_be_chosen(dialog: FirstStartDialog) -> None:
    demo, base = dialog.model_step.cards
    assert demo.isChecked() and not base.isEnabled()
    assert "drawn scenes only" in demo.sentence
    assert "Not on this computer" in base.sentence
    texts = " ".join(label.text() for label in dialog.model_step.findChildren(QLabel))
    assert "huggingface.co" in texts


def test_an_imported_model_is_chosen(qtbot: QtBot, dialog: FirstStartDialog) -> None:
    dialog.model_step.import_folder("/models/mine")
    qtbot.waitUntil(lambda: len(dialog.model_step.cards) == 3 and not dialog.model_step.importing)
    assert dialog.model_step.message.text() == "My model is ready."
    for _ in range(4):
        dialog.next_button.click()
    assert (dialog.result_value.model, dialog.result_value.answer_model) == ("mine", "demo")


def test_nothing_starts_with_another_model_while_one_is_being_imported(
    qtbot: QtBot, dialog: FirstStartDialog, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied, copy = threading.Event(), workspace.models.import_folder
    monkeypatch.setattr(workspace.models, "import_folder", lambda path: copied.wait(10) and copy(path))
    dialog.model_step.import_folder("/models/mine")
    for _ in range(4):
        dialog.next_button.click()
    assert dialog.step == 2 and dialog.isVisible() and not dialog.next_button.isEnabled()
    copied.set()
    qtbot.waitUntil(dialog.next_button.isEnabled)
    for _ in range(2):
        dialog.next_button.click()
    assert dialog.result_value.model == "mine"


def registry() -> list[ModelInfo]:
    """The models as the registry of the engine lists them: the demo models under keys of their own."""

    def model(key: str, task: str, installed: bool = True) -> ModelInfo:
        return ModelInfo(key, key, (task,), installed, 1_000_000, "BSD-3-Clause", "/m", "Everyday photos.")

    return [
        model("demo-captioner", "caption"),
        model("demo-answerer", "answer"),
        model("demo-blip2", "caption"),
        model("base", "caption"),
        model("large", "caption", installed=False),
        model("blip2", "caption", installed=False),
        model("instructblip", "caption", installed=False),
        model("vqa", "answer"),
    ]


def test_the_demo_models_are_one_choice_and_what_the_settings_call_demo(dialog: FirstStartDialog) -> None:
    step = dialog.model_step
    step.show_models(registry())
    assert [card.value for card in step.cards] == ["demo", "base", "large", "blip2"]
    assert step.cards[0].isChecked() and step.cards[0].title == "Demo models"
    assert step.cards[0].badge == "3.0 MB"
    assert step.choice() == ("demo", "demo")


def test_an_imported_model_whose_name_begins_like_the_demo_s_is_itself() -> None:
    mine = ModelInfo("demolition-sites", "Mine", ("caption",), True, 1, "MIT", "/m")
    assert setting_key(mine) == "demolition-sites"
    assert title_of(mine) == "Mine"


def test_an_installed_answerer_goes_with_an_installed_captioner(dialog: FirstStartDialog) -> None:
    step = dialog.model_step
    step.show_models(registry(), "base")
    assert step.choice() == ("base", "vqa")
    step.show_models(registry()[:4], "base")
    assert step.choice() == ("base", "demo")


def test_an_import_that_fails_says_why(
    qtbot: QtBot, dialog: FirstStartDialog, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> ModelInfo:
        raise ModelError(
            "There is no model in <b>this</b> folder.", "Choose the folder that holds config.json."
        )

    monkeypatch.setattr(workspace.models, "import_folder", refuse)
    dialog.model_step.import_folder("/x")
    qtbot.waitUntil(dialog.model_step.import_button.isEnabled)
    assert dialog.model_step.message.text() == (
        "The model could not be imported. There is no model in <b>this</b> folder. "
        "Choose the folder that holds config.json."
    )
    assert dialog.model_step.choice() == ("demo", "demo")


def test_the_answers_are_applied(workspace: FakeWorkspace) -> None:
    result = FirstStartResult(("/a", "/missing"), WriteTarget.SIDECAR, "demo", "demo")
    problems = apply_first_start(workspace, result)
    assert problems == ["There is no folder /missing. Check that its drive is connected."]
    assert workspace.settings.values.first_start_done
    assert workspace.settings.values.write_target == "sidecar"
    assert [folder.path for folder in workspace.library.folders()] == ["/a"]
    assert workspace.begun


def test_a_skip_is_not_asked_again(workspace: FakeWorkspace) -> None:
    assert apply_first_start(workspace, FirstStartResult()) == []
    assert workspace.settings.values.first_start_done and workspace.begun
    assert workspace.library.folders() == []


def test_every_control_has_a_name_and_every_label_is_plain(dialog: FirstStartDialog) -> None:
    assert [b for b in dialog.findChildren(QAbstractButton) if not b.accessibleName()] == []
    labels = dialog.findChildren(QLabel)
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    wait_for_tasks()


def test_the_arrow_keys_choose_between_cards(dialog: FirstStartDialog) -> None:
    dialog.next_button.click()
    dialog.activateWindow()
    cards = dialog.caption_step.cards
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Down)
    assert cards[1].isChecked()
    assert dialog.caption_step.target() is WriteTarget.SIDECAR


def test_the_first_start_and_the_settings_say_the_same_of_where_captions_go(qtbot):
    workspace = FakeWorkspace(0)
    first, settings = FirstStartDialog(workspace, folder=""), SettingsDialog(workspace)
    for dialog in (first, settings):
        qtbot.addWidget(dialog)
    there = [(c.value, c.title, c.sentence) for c in first.caption_step.cards]
    here = [(c.value, c.title, c.sentence) for c in settings.fields["write_target"].findChildren(RadioCard)]
    assert there == here and len(here) == len(WriteTarget)
