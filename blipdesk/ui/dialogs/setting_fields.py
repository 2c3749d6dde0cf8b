"""One field of the settings dialog, made from its :class:`SettingSpec`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.services.setting_specs import SettingSpec, choice_words
from blipdesk.services.settings import Settings
from blipdesk.ui.dialogs.cards import RadioCard
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import SIZE_BODY, SPACE_S, SPACE_XS, font

_CARD_FROM = 40
"""Choices with a label longer than this are cards, not the rows of a combo box."""

_CHECK = 26
"""Pixels of a check box before its words."""


class _NoWheel(QObject):
    """Keeps the wheel for scrolling: a combo box under the mouse must not change while one scrolls past."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class SettingField(QWidget):
    """Label, help and the control that fits the setting; emits :attr:`edited` with name and value."""

    edited = Signal(str, object)

    def __init__(self, spec: SettingSpec, value: Any, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.spec = spec
        self.choices: tuple[tuple[Any, str], ...] = tuple(choices or spec.choices)
        if isinstance(value, int) and spec.minimum is not None and spec.maximum is not None:
            self.choices = tuple((number, str(number)) for number in range(spec.minimum, spec.maximum + 1))
        self._cards: list[RadioCard] = []
        self._wheel = _NoWheel(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_XS)
        switch = isinstance(value, bool) and not self.choices
        help_words = plain_label(tr(spec.help), "meta", wrap=True)
        self._default = getattr(Settings(), spec.name)
        self.reset = LinkButton(tr("Reset"), tr("Reset: {setting}", setting=tr(spec.label)))
        self.reset.clicked.connect(self._on_reset)
        self._head = QHBoxLayout()
        self._head.setSpacing(SPACE_S)
        self._column.addLayout(self._head)
        if not switch:
            self._head.addWidget(plain_label(tr(spec.label), "strong"))
            self._column.addWidget(help_words)
            self._column.addSpacing(SPACE_XS)
        self.control = self._make_control(value)
        if self.control is not None:
            set_reading(self.control, tr(spec.label), tr(spec.help))
            self.control.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self.control.installEventFilter(self._wheel)
            row = self._head if switch else self._column
            row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.addStretch(1)
        self._head.addWidget(self.reset)
        if switch:
            help_words.setContentsMargins(_CHECK, 0, 0, 0)
            self._column.addWidget(help_words)
        self.error = plain_label("", "error", wrap=True)
        self.error.hide()
        self._column.addWidget(self.error)
        self.show_value(value)
        self.edited.connect(lambda _, value: self._show_reset(value))

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says: what it is found by."""
        spec = self.spec
        said = [spec.label, spec.help, *(str(label) for _, label in self.choices), spec.sought]
        return tuple(tr(text) for text in said if text)

    def _show_reset(self, value: Any) -> None:
        """Offer the default where the value is another."""
        label = dict(self.choices).get(self._default, self._default)
        self.reset.setVisible(value != self._default)
        said = choice_words(tr(label))[0] if isinstance(label, str) and label else ""
        set_tooltip(self.reset, tr("Back to: {value}", value=said) if said else tr("Back to what it was"))

    def _on_reset(self) -> None:
        self.show_value(self._default)
        self.edited.emit(self.spec.name, self._default)
        focus = self.control or next((card for card in self._cards if card.isChecked()), None)
        if focus is not None:  # the button that was pressed is gone
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_control(self, value: Any) -> QWidget | None:
        if self.choices and max(len(label) for _, label in self.choices) > _CARD_FROM:
            self._make_cards()
            return None
        if self.choices:
            return self._make_combo()
        if isinstance(value, bool):
            check = QCheckBox(tr(self.spec.label))
            check.setFont(font(SIZE_BODY, 600))
            check.toggled.connect(lambda on: self.edited.emit(self.spec.name, on))
            return check
        line = ComposedLine()
        line.setMinimumWidth(360)
        line.setMinimumHeight(32)
        if self.spec.maximum is not None:
            line.setMaxLength(self.spec.maximum)
        line.editingFinished.connect(lambda: self._on_line(line))
        return line

    def _make_cards(self) -> None:
        self._column.addSpacing(SPACE_XS)
        for value, label in self.choices:
            card = RadioCard(*choice_words(tr(label)), value, arrows_choose=False)
            card.clicked.connect(lambda _=False, value=value: self.edited.emit(self.spec.name, value))
            self._column.addWidget(card)
            self._column.addSpacing(SPACE_S - SPACE_XS)
            self._cards.append(card)

    def _make_combo(self) -> QComboBox:
        combo = QComboBox()
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel: it would turn the value next
        combo.setMinimumWidth(280 if isinstance(self.choices[0][0], str) else 90)
        for value, label in self.choices:
            combo.addItem(shown(tr(label)), value)
        combo.activated.connect(lambda index: self.edited.emit(self.spec.name, combo.itemData(index)))
        return combo

    def _on_line(self, line: QLineEdit) -> None:
        if line.isModified():
            line.setModified(False)
            self.edited.emit(self.spec.name, line.text().strip())

    def value(self) -> Any:
        """The value that the control shows."""
        control = self.control
        if self._cards:
            return next((card.value for card in self._cards if card.isChecked()), None)
        if isinstance(control, QComboBox):
            return control.currentData()
        if isinstance(control, QCheckBox):
            return control.isChecked()
        return control.text() if isinstance(control, QLineEdit) else None

    def show_value(self, value: Any) -> None:
        """Show a value without announcing it."""
        self._show_reset(value)
        for card in self._cards:
            card.setChecked(card.value == value)
        control = self.control
        if control is None:
            return
        with QSignalBlocker(control):
            if isinstance(control, QComboBox):
                control.setCurrentIndex(control.findData(value))
            elif isinstance(control, QCheckBox):
                control.setChecked(value)
            elif isinstance(control, QLineEdit) and not control.hasFocus():
                control.setText(shown(str(value)))

    def show_choices(self, choices: Sequence[tuple[str, str]], value: Any) -> None:
        """Offer other choices (models come and go)."""
        self.choices = tuple(choices)
        if isinstance(self.control, QComboBox):
            self.control.clear()
            for key, label in self.choices:
                self.control.addItem(shown(tr(label)), key)
            self.show_value(value)

    def show_error(self, words: str) -> None:
        """Say under the control why a value was not taken; empty hides it."""
        self.error.setText(shown(words))
        self.error.setVisible(bool(words))
