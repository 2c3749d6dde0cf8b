"""What tests of the settings do over and over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from blipdesk.ui.dialogs.cards import RadioCard
from blipdesk.ui.dialogs.setting_fields import SettingField
from blipdesk.ui.dialogs.settings import SettingsDialog
from blipdesk.ui.dialogs.write_preview import WritePreview


class Person:
    """Answers what the dialog asks, and remembers it."""

    def __init__(self) -> None:
        self.says = True
        self.asked: list[tuple[str, str, str]] = []

    def confirm(
        self, parent: object, question: str, words: str, yes: str, answered: Callable[[bool], None]
    ) -> None:
        self.asked.append((question, words, yes))
        answered(self.says)


def choose(field: SettingField, value: object) -> None:
    """Choose in a combo box as a person does."""
    combo = field.control
    assert isinstance(combo, QComboBox)
    index = combo.findData(value)
    assert index >= 0
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def card(dialog: SettingsDialog, name: str, value: str) -> RadioCard:
    """The card of one choice of a setting."""
    return next(c for c in dialog.fields[name].findChildren(RadioCard) if c.value == value)


def preview(qtbot: QtBot, dialog: SettingsDialog) -> WritePreview:
    """What asks before captions go into photos, once it shows what would be done."""

    def open_ones() -> list[WritePreview]:
        return [found for found in dialog.findChildren(WritePreview) if found.isVisible()]

    qtbot.waitUntil(lambda: bool(open_ones()))
    asking = open_ones()[0]
    qtbot.waitUntil(asking.bar.isHidden)
    return asking
