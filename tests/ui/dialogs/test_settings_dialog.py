"""The settings dialog is made from the descriptions, keeps changes at once, and says what was refused."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
)
from pytestqt.qtbot import QtBot
from settings_steps import card, choose, preview

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.services.setting_specs import SETTINGS, spec_of
from blipdesk.ui.dialogs.confirm import ask_first
from blipdesk.ui.dialogs.settings import SettingsDialog
from blipdesk.ui.dialogs.write_preview import WritePreview
from blipdesk.ui.tasks import run_in_pool, wait_for_tasks
from blipdesk.ui.theme import theme


def test_every_described_setting_is_there_with_its_words_and_value(
    dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    assert list(dialog.fields) == [spec.name for spec in SETTINGS]
    assert dialog.page_names == ["Folders", *dict.fromkeys(spec.section for spec in SETTINGS)]
    for spec in SETTINGS:
        texts = [
            part.text()
            for kind in (QLabel, QCheckBox)
            for part in dialog.fields[spec.name].findChildren(kind)
        ]
        assert spec.label in texts and spec.help in texts
        assert dialog.fields[spec.name].value() == getattr(workspace.settings.values, spec.name)


def test_every_choice_can_be_chosen_and_is_kept(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    for spec in SETTINGS:
        field = dialog.fields[spec.name]
        for value, _ in field.choices:
            if field.control is None:
                card(dialog, spec.name, value).click()
            else:
                choose(field, value)
            if value in ("sidecar", "embed") or (spec.name == "existing_text" and value != "skip"):
                preview(qtbot, dialog).go_button.click()
            qtbot.waitUntil(
                lambda v=value, n=spec.name: getattr(workspace.settings.values, n) == v, timeout=20_000
            )
            assert field.value() == value
    assert workspace.settings.values.num_beams == 10


def test_a_switch_says_itself_what_it_is_for(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    switch = dialog.fields["embed_heif"].control
    assert isinstance(switch, QCheckBox) and not switch.isChecked()
    dialog.show_page(spec_of("embed_heif").section)
    dialog.activateWindow()
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: workspace.settings.values.embed_heif)


def tab_stops(dialog: SettingsDialog, many: int) -> list[str]:
    """The texts of what Tab comes to, from the page's name on."""
    stops = []
    for _ in range(many):
        focused = dialog.focusWidget()
        assert focused is not None
        stops.append(focused.text() if isinstance(focused, QAbstractButton) else focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return stops


def test_tab_goes_from_the_shown_pages_name_down_the_page_and_arrows_change_the_page(
    qtbot: QtBot, dialog: SettingsDialog
) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(lambda: bool(dialog.folders_page.cards))
    name = next(b for b in dialog.findChildren(QAbstractButton) if b.text() == "Folders")
    name.setFocus()
    removes = ["Remove"] * len(dialog.folders_page.cards)
    expected = ["Folders", *removes, "Add a folder…", "Done", "Search settings", "Folders"]
    assert tab_stops(dialog, len(expected)) == expected
    name.setFocus()
    for _ in range(3):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert dialog.fields["write_target"].isVisible()
    dialog.close_button.setFocus()
    QTest.keyClick(dialog.close_button, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.search, Qt.Key.Key_Tab)
    focused = dialog.focusWidget()
    assert isinstance(focused, QAbstractButton) and focused.text() == "Photo files"


def test_arrow_keys_go_through_the_cards_without_choosing(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    dialog.show_page(spec_of("write_target").section)
    dialog.activateWindow()
    card(dialog, "write_target", "none").setFocus()
    for key, value in ((Qt.Key.Key_Down, "sidecar"), (Qt.Key.Key_Down, "embed"), (Qt.Key.Key_Up, "sidecar")):
        QTest.keyClick(dialog.focusWidget(), key)
        assert dialog.focusWidget() is card(dialog, "write_target", value)
        assert dialog.fields["write_target"].value() == "none"
    wait_for_tasks()
    assert not dialog.findChildren(WritePreview)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    preview(qtbot, dialog).go_button.click()
    qtbot.waitUntil(lambda: workspace.settings.values.write_target == "sidecar")
    assert dialog.isVisible(), "Enter chooses; it does not close the dialog"


@pytest.mark.parametrize(("words", "expected"), [("Cancel", False), ("Write captions", True), (None, False)])
def test_the_question_is_plain_and_its_default_is_to_leave_things(
    qtbot: QtBot, dialog: SettingsDialog, words: str | None, expected: bool
) -> None:
    answers: list[bool] = []
    ask_first(dialog, "Sure?", "1 photo.", "Write captions", answers.append)
    box = dialog.findChild(QMessageBox)
    assert box.defaultButton().text() == "Cancel"
    if words is None:
        QTest.keyClick(box, Qt.Key.Key_Escape)
    else:
        next(button for button in box.buttons() if button.text() == words).click()
    qtbot.waitUntil(lambda: answers == [expected])


def test_a_typed_setting_is_kept_when_the_field_is_left(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    dialog.show_page("Captions")
    line = dialog.fields["prompt"].control
    assert isinstance(line, QLineEdit)
    dialog.activateWindow()
    line.setFocus()
    QTest.keyClicks(line, "a photo of")
    names: list[str] = []
    dialog.changed.connect(names.append)
    dialog.close_button.click()
    qtbot.waitUntil(lambda: workspace.settings.values.prompt == "a photo of")
    qtbot.waitUntil(lambda: names == ["prompt"])


def test_the_appearance_changes_at_once(dialog: SettingsDialog) -> None:
    choose(dialog.fields["theme"], "light")
    assert not theme().palette.dark
    choose(dialog.fields["theme"], "dark")
    assert theme().palette.dark
    wait_for_tasks()


def test_a_change_that_cannot_be_kept_is_taken_back_and_explained(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise CatalogError("The disk is full.", "Free <i>some</i> space.")

    monkeypatch.setattr(workspace.settings, "change", full)
    field = dialog.fields["device"]
    choose(field, "cpu")
    qtbot.waitUntil(lambda: field.error.text().endswith(" The disk is full. Free <i>some</i> space."))
    assert field.value() == "auto"


def test_an_imported_model_can_be_chosen(qtbot: QtBot, dialog: SettingsDialog) -> None:
    dialog.models.work.import_folder("/models/mine")
    qtbot.waitUntil(lambda: ("mine", "My model") in dialog.fields["model"].choices)
    assert ("mine", "My model") not in dialog.fields["answer_model"].choices, "it only captions"
    assert dialog.fields["model"].value() == "demo", "nothing is switched without being asked"


def test_a_model_that_is_gone_is_named(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(3, model="lost")
    dialog = SettingsDialog(workspace)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: ("lost", "lost (not on this computer)") in dialog.fields["model"].choices)
    assert dialog.fields["model"].value() == "lost"


def test_folders_are_listed_added_and_removed_with_a_promise(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    page = dialog.folders_page
    assert [card.folder.path for card in page.cards] == ["/home/ada/Pictures", "/mnt/phone"]
    assert "not connected" in page.cards[1].words.text()
    assert any("kept" in label.text() for label in page.findChildren(QLabel))
    page.add("/more/photos")
    qtbot.waitUntil(lambda: len(page.cards) == 3)
    page.add("/missing")
    qtbot.waitUntil(lambda: "There is no folder /missing." in page.message.text())
    qtbot.waitUntil(lambda: len(page.cards) == 3)
    page.cards[0].remove_button.click()
    assert len(workspace.library.folders()) == 3, "asked once more before anything happens"
    page.cards[0].remove_button.click()
    qtbot.waitUntil(lambda: [c.folder.path for c in page.cards] == ["/mnt/phone", "/more/photos"])


def test_what_was_asked_for_is_done_also_when_the_dialog_is_closed_at_once(
    qtbot: QtBot, workspace: FakeWorkspace
) -> None:
    dialog = SettingsDialog(workspace)
    wait_for_tasks()
    held = threading.Event()
    for _ in range(3):
        run_in_pool(lambda: held.wait(10))
    dialog.folders_page.add("/more/photos")
    choose(dialog.fields["device"], "cpu")
    shiboken6.delete(dialog)
    held.set()
    qtbot.waitUntil(lambda: workspace.settings.values.device == "cpu")
    qtbot.waitUntil(lambda: "/more/photos" in [folder.path for folder in workspace.library.folders()])


def test_every_control_has_a_name_and_every_label_is_plain(dialog: SettingsDialog) -> None:
    controls = [w for kind in (QAbstractButton, QComboBox, QLineEdit) for w in dialog.findChildren(kind)]
    assert [w for w in controls if not w.accessibleName()] == []
    labels = dialog.findChildren(QLabel)
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []


def test_the_wheel_scrolls_past_a_combo_box_and_changes_nothing(
    qtbot: QtBot, dialog: SettingsDialog, workspace: FakeWorkspace
) -> None:
    dialog.show_page("Model")
    combo = dialog.fields["device"].control
    assert combo is not None
    # Qt gives what takes the focus by the wheel that focus first, and the wheel then.
    assert combo.focusPolicy() is Qt.FocusPolicy.StrongFocus
    middle = QPointF(combo.rect().center())
    turned = QWheelEvent(
        middle, QPointF(combo.mapToGlobal(combo.rect().center())), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, turned)
    assert dialog.fields["device"].value() == "auto" == workspace.settings.values.device


def test_the_registrys_demo_models_are_what_the_settings_call_demo(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = FakeWorkspace(3)
    pair = [
        ModelInfo("demo-captioner", "Demo captioner", ("caption",), True, 3, "Apache-2.0", "/m"),
        ModelInfo("demo-answerer", "Demo answerer", ("answer",), True, 4, "Apache-2.0", "/m"),
    ]
    monkeypatch.setattr(workspace.models, "list", lambda: pair)
    dialog = SettingsDialog(workspace)
    qtbot.addWidget(dialog)
    for name in ("model", "answer_model"):
        qtbot.waitUntil(lambda n=name: dialog.fields[n].choices == (("demo", "Demo models"),))
        assert dialog.fields[name].value() == "demo"
