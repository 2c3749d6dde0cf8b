"""The field for a question, its send or stop button, and suggested questions above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.jobs import MAX_PROMPT
from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.controls import FieldBox, icon_button, text_button
from blipdesk.ui.pane.flow import FlowBox
from blipdesk.ui.pane.texts import plain_label, sentence, set_reading, set_tooltip, shown
from blipdesk.ui.theme import CHAT_INPUT, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, colors, set_role, theme
from blipdesk.ui.undoing import leaves_undo

_CHIP_TEXT = 44
_ONE_LINE = 2
"""Suggested questions that stand beside one another."""
_CHOICES = 32
"""Height of the line for the answers to choose from, pixels."""


class _Field(ComposedLine):
    """One line; Escape emits :attr:`escaped`."""

    escaped = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        if self.composition.takes(event):
            return True
        return not leaves_undo(event, self.isUndoAvailable()) and super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class AskBar(QWidget):
    """Emits :attr:`asked` and :attr:`stopped`; :meth:`set_busy` turns send into stop.

    A second line, opened by a button, takes the answers that a question allows.
    """

    asked = Signal(str, str)
    """A question, and the answers that it allows as they were typed; empty: any."""
    stopped = Signal()
    rebuilt = Signal()
    """The suggestions are other widgets now: the tab order must be set again."""

    def __init__(self) -> None:
        super().__init__()
        self._busy = self._stopping = False
        self._room = (True, True)
        self._possible = True
        self._look: tuple[bool, ...] = ()
        self._suggestions: tuple[str, ...] = ()
        self._asked: frozenset[str] = frozenset()
        self._chips: list[QPushButton] = []
        self.field = _Field()
        self.field.setPlaceholderText(tr("Ask about this photo…"))
        self.field.setMaxLength(MAX_PROMPT)
        self.field.setFrame(False)
        set_role(self.field, "bare")
        set_reading(self.field, tr("Ask about this photo"), tr("Enter asks; Escape stops the answer"))
        self.button = QToolButton()
        self.button.setFixedSize(28, 28)
        self.button.setIconSize(QSize(16, 16))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.choices = _Field()
        self.choices.setPlaceholderText(tr("yes, no"))
        self.choices.setMaxLength(MAX_PROMPT)
        self.choices.setFrame(False)
        set_role(self.choices, "bare")
        parted = tr("Parted by commas; Enter asks, Escape closes the line")
        set_reading(self.choices, tr("Answers to choose from"), parted)
        self.choices_button = icon_button("list", tr("Give the answers to choose from"))
        self.choices_button.setCheckable(True)
        box = self._lay_out_box()
        self._chip_box = FlowBox(gap=8, row_gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_M)
        column.setSpacing(10)
        column.addWidget(self._chip_box)
        column.addWidget(box)
        self.field.returnPressed.connect(self._on_entered)
        self.choices.returnPressed.connect(self._on_entered)
        self.choices.escaped.connect(self._close_choices)
        self.choices_button.toggled.connect(self._on_choices)
        self.field.textChanged.connect(self._refresh)
        self.field.escaped.connect(self._on_escape)
        self.button.clicked.connect(self._on_button)
        theme().changed.connect(self._refresh)
        self._refresh()

    def _lay_out_box(self) -> FieldBox:
        box = FieldBox(self.field, self.choices)
        row = QHBoxLayout()
        row.setSpacing(SPACE_XS)
        row.addWidget(self.field, 1)
        row.addWidget(self.choices_button)
        row.addWidget(self.button)
        self._line = QWidget()
        self._line.setFixedHeight(_CHOICES)
        second = QHBoxLayout(self._line)
        second.setContentsMargins(0, 0, SPACE_S, 0)
        second.addWidget(plain_label(tr("One of:"), "faint"))
        second.addWidget(self.choices, 1)
        self._line.hide()
        column = QVBoxLayout(box)
        column.setContentsMargins(SPACE_M, 0, 6, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._line)
        row.addStrut(CHAT_INPUT)
        return box

    @property
    def allowed(self) -> str:
        """The answers to choose from, as they were typed; empty: any answer will do."""
        if not self.choices_button.isChecked():
            return ""
        return self.choices.text().strip() or self.choices.placeholderText()

    @property
    def busy(self) -> bool:
        """True while the button stops an answer."""
        return self._busy

    @property
    def possible(self) -> bool:
        """True when there is a picture to ask about."""
        return self._possible

    @property
    def suggestion_chips(self) -> list[QPushButton]:
        """The suggested questions' buttons."""
        return list(self._chips)

    def set_busy(self, busy: bool, stopping: bool = False) -> None:
        """Offer Stop (an answer is under way, and not being stopped already) or Send."""
        if (busy, stopping) != (self._busy, self._stopping):
            self._busy, self._stopping = busy, stopping
            self._refresh()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab visits, in order."""
        return [*self._chips, self.field, self.choices, self.choices_button, self.button]

    def set_possible(self, possible: bool) -> None:
        """Whether there is a picture to ask about."""
        self.field.setEnabled(possible)
        self.field.setPlaceholderText(
            tr("Ask about this photo…") if possible else tr("No picture to ask about")
        )
        self._possible = possible
        self._line.setVisible(possible and self.choices_button.isChecked())
        self._refresh()

    def show_suggestions(self, questions: Sequence[str]) -> None:
        """Offer these questions, in the words in which they are asked."""
        wanted = tuple(sentence(shown(" ".join(question.split()))) for question in questions)
        if wanted == self._suggestions:
            return
        self._suggestions = wanted
        for chip in self._chips[len(self._suggestions) :]:
            self._chip_box.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        del self._chips[len(self._suggestions) :]
        while len(self._chips) < len(self._suggestions):
            chip = text_button("", "chip")
            chip.clicked.connect(partial(self._on_chip, len(self._chips)))
            self._chip_box.flow.addWidget(chip)
            self._chips.append(chip)
        for chip, text in zip(self._chips, self._suggestions, strict=True):
            chip.setText(
                (text if len(text) <= _CHIP_TEXT else text[: _CHIP_TEXT - 1] + "…").replace("&", "&&")
            )
            set_reading(chip, tr("Ask: {question}", question=text))
            set_tooltip(chip, text)
        self._refresh()
        self.rebuilt.emit()

    def set_room(self, before_asked: bool, after_asked: bool) -> None:
        """Whether there is room for suggestions, before and after something was asked of the photo."""
        if self._room != (before_asked, after_asked):
            self._room = (before_asked, after_asked)
            self._refresh()

    def set_asked(self, questions: Iterable[str]) -> None:
        """Leave out the suggestions that stand in the photo's history already."""
        asked = frozenset(question.strip().casefold() for question in questions)
        if asked != self._asked:
            self._asked = asked
            self._refresh()

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_text(self, text: str) -> None:
        """Put a question into the field, not asked yet."""
        self.field.setText(shown(text))

    def _on_chip(self, index: int) -> None:
        self._ask(self._suggestions[index], "")

    def _ask(self, question: str, allowed: str) -> None:
        if not self._busy and question.strip():
            self.asked.emit(" ".join(question.split()), allowed)

    def _on_entered(self) -> None:
        if not self._busy and (question := self.field.text().strip()):
            self.field.setText("")  # clear() would leave Ctrl+Z to bring the question that was asked back
            self._ask(question, self.allowed)

    def _on_choices(self, opened: bool) -> None:
        self._line.setVisible(opened)
        (self.choices if opened and self.field.text().strip() else self.field).setFocus()
        self._refresh()

    def _close_choices(self) -> None:
        self.choices_button.setChecked(False)

    def _on_button(self) -> None:
        if self._busy:
            self.stopped.emit()
        else:
            self._on_entered()
            self.field.setFocus()

    def _on_escape(self) -> None:
        if self._busy:
            self.stopped.emit()
        elif self.field.text():
            self.field.clear()
        else:
            self.window().setFocus()

    def _refresh(self) -> None:
        ready = (self._busy and not self._stopping) or (
            not self._busy and self._possible and bool(self.field.text().strip())
        )
        palette = colors()
        look = (ready, self._busy, palette.dark, self._possible, self._stopping)
        self.button.setEnabled(self._possible and not self._stopping)
        self.choices_button.setEnabled(self._possible)
        opened = self.choices_button.isChecked()
        icons.bind_icon(
            self.choices_button, "list", "accent" if opened and self._possible else "muted", active="text"
        )
        offered = [text.casefold() not in self._asked for text in self._suggestions]
        if self._asked:  # the answers above need the room
            offered = [offer and sum(offered[:n]) < _ONE_LINE for n, offer in enumerate(offered)]
        self._chip_box.setVisible(any(offered) and self._possible and self._room[bool(self._asked)])
        for chip, offer in zip(self._chips, offered, strict=True):
            chip.setVisible(offer)
            chip.setEnabled(not self._busy)
        if look == self._look:
            return
        self._look = look
        ink = "on_accent" if ready else "muted"
        self.button.setIcon(icons.icon("stop" if self._busy else "send", ink, active=ink, size=16))
        ground = palette.accent if ready else palette.hover
        self.button.setStyleSheet(
            f"QToolButton {{ background: {ground}; border: 1px solid {ground}; padding: 0; }}"
            f"QToolButton:focus {{ border: 2px solid {palette.text}; }}"
        )
        name = tr("Stopping") if self._stopping else tr("Stop answering") if self._busy else tr("Ask")
        set_reading(self.button, name)
        tip = tr("Stopping…") if self._stopping else tr("Stop (Esc)") if self._busy else tr("Ask (Enter)")
        set_tooltip(self.button, tip)
