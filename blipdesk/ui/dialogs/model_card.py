"""One checkpoint in the settings: what it is for, whether it fits this computer, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout
from typing_extensions import override

from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.wording import later, retold, tr
from blipdesk.ui.dialogs.framed import progress_bar
from blipdesk.ui.dialogs.model_words import fit_words, speed_words, tasks_words, title_of
from blipdesk.ui.model_work import Doing, WorkState
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.paint import Glyph, rounded_fill
from blipdesk.ui.pane.texts import plain_label, readable_size, set_reading, set_tooltip
from blipdesk.ui.theme import RADIUS_INPUT, SPACE_M, SPACE_S
from blipdesk.ui.words import sentences

_USES = {
    "caption": later("Use for captions"),
    "answer": later("Use for answers"),
    "retrieval": later("Use for checking"),
}
_DOT = "  ·  "


@dataclass(frozen=True, slots=True)
class CardModel:
    """A checkpoint with what a card needs to know of the settings."""

    model: ModelInfo
    used_for: tuple[str, ...] = ()
    """The tasks that the settings give it."""
    is_shipped: bool = False
    """It comes with the program, and stays."""
    more: tuple[ModelInfo, ...] = ()
    """What is one with it for a person: the other demo models."""

    @property
    def tasks(self) -> tuple[str, ...]:
        """All that it can do."""
        return tuple(dict.fromkeys(task for one in (self.model, *self.more) for task in one.tasks))

    @property
    def size_bytes(self) -> int:
        """What it takes on the disk, or will take."""
        return sum(one.size_bytes for one in (self.model, *self.more))


class ModelCard(QFrame):
    """Signals for what is asked for; ``use`` with a task."""

    download = Signal()
    pause = Signal()
    cancel = Signal()
    check = Signal()
    remove = Signal()
    use = Signal(str)

    def __init__(self, shown: CardModel) -> None:
        super().__init__()
        self.shown = shown
        model = shown.model
        self.title = title_of(model)
        heading = QHBoxLayout()
        heading.setSpacing(SPACE_S)
        heading.addWidget(plain_label(self.title, "strong"))
        heading.addStretch(1)
        fits = fit_words(model)
        if fits:
            mark = ("check", "ok") if model.fits.startswith("fits") else ("warning", "warn")
            heading.addWidget(Glyph(*mark, 14))
            heading.addWidget(plain_label(fits, "meta"))
        note = tr("They understand drawn scenes only.") if shown.is_shipped else retold(model.note)
        facts = self._facts(shown)
        self.words = plain_label("", "meta", wrap=True)
        self.bar = progress_bar()
        self.buttons: dict[str, QPushButton] = {}
        self._foot = QHBoxLayout()
        self._foot.setSpacing(SPACE_S)
        self._foot.addWidget(plain_label(facts, "meta", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2)
        column.setSpacing(3)
        column.addLayout(heading)
        if note:
            column.addWidget(plain_label(note, "muted", wrap=True))
        column.addWidget(self.bar)
        column.addWidget(self.words)
        column.addLayout(self._foot)
        set_reading(self, self.title, sentences(note, facts, fits))
        self._add_buttons()
        self.show_work(WorkState())

    def _facts(self, shown: CardModel) -> str:
        model, size = shown.model, readable_size(shown.size_bytes) if shown.size_bytes else ""
        if not model.installed and model.arrived_bytes:
            size = tr("{part} of {size} here", part=readable_size(model.arrived_bytes), size=size)
        name = retold(model.licence).replace("-", "\u2011")  # a line never ends within it
        licence = tr("Licence: {licence}", licence=name) if name else ""
        return _DOT.join(
            part for part in (tasks_words(shown.tasks), size, licence, speed_words(model)) if part
        )

    def _add_buttons(self) -> None:
        model, used = self.shown.model, self.shown.used_for
        if not model.installed:
            here = bool(model.arrived_bytes)
            self._add("download", tr("Resume") if here else tr("Download"), self.download.emit)
            if here:
                self._add("remove", tr("Discard"), self.remove.emit)
        else:
            for task in self.shown.tasks:
                if task in _USES and task not in used:
                    self._add(f"use-{task}", tr(_USES[task]), partial(self.use.emit, task))
            self._add("check", tr("Check"), self.check.emit)
            if not self.shown.is_shipped:
                button = self._add("remove", tr("Remove…"), self.remove.emit)
                if used:
                    button.setEnabled(False)
                    set_tooltip(button, tr("It is in use: choose another model first"))
        self._add("pause", tr("Pause"), self.pause.emit)
        self._add("cancel", tr("Cancel"), self.cancel.emit)

    def _add(self, key: str, words: str, asked: Callable[[], object]) -> QPushButton:
        name = tr("{action}: {model}", action=words.rstrip("…"), model=self.title)
        button = text_button(words, "on-raised", name)
        button.clicked.connect(asked)
        self._foot.addWidget(button)
        self.buttons[key] = button
        return button

    def show_work(self, state: WorkState, said: str = "") -> None:
        """Show what is being done with it, or with another one; or what was said at the end."""
        here = state.doing is not Doing.NOTHING and state.key == self.shown.model.key
        download = here and state.doing is Doing.DOWNLOAD
        self.bar.setVisible(here)
        self.bar.setRange(0, state.total if here else 0)
        self.bar.setValue(state.done if here else 0)
        words = self._progress_words(state) if here else said
        self.words.setText(words)
        self.words.setVisible(bool(words))
        for key, button in self.buttons.items():
            is_stop = key in ("pause", "cancel")
            button.setVisible(download if is_stop else not here)
            if is_stop:
                button.setEnabled(not state.is_stopping)
            elif key != "remove" or not self.shown.used_for:
                button.setEnabled(state.doing is Doing.NOTHING)

    @staticmethod
    def _progress_words(state: WorkState) -> str:
        if state.doing is not Doing.DOWNLOAD or not state.total:
            return state.words
        done, total = (readable_size(kib * 1024) for kib in (state.done, state.total))
        return tr("{words} {done} of {total}", words=state.words, done=done, total=total)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")
