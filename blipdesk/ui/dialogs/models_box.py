"""The checkpoints in the settings: those on this computer, and those that can be downloaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.wording import joined, plural, tr
from blipdesk.services.run_options import is_demo
from blipdesk.ui.dialogs.confirm import Confirm, ask_first
from blipdesk.ui.dialogs.model_card import CardModel, ModelCard
from blipdesk.ui.dialogs.model_words import DEMO, FIRST_CHOICES, setting_key, title_of
from blipdesk.ui.model_work import Doing, ModelWork, WorkState
from blipdesk.ui.pane.controls import LinkButton, text_button
from blipdesk.ui.pane.texts import plain_label, readable_size
from blipdesk.ui.theme import SPACE_S

Used = Callable[[], dict[str, str]]
"""The settings key of the model that the settings give each task."""


class ModelsBox(QWidget):
    """Cards with what can be done.  ``use_requested`` with a task and the settings key of a model."""

    use_requested = Signal(str, str)

    def __init__(self, work: ModelWork, used: Used, confirm: Confirm = ask_first) -> None:
        super().__init__()
        self.work, self._used, self._confirm = work, used, confirm
        self._models: Sequence[ModelInfo] = ()
        self._shows_all = False
        self._said = dict([work.last])
        """What was said at the end, by the key of the model."""
        self.cards: list[ModelCard] = []
        self.space = plain_label("", "meta", wrap=True)
        self.message = plain_label("", "meta", wrap=True)
        self.message.hide()
        self.import_button = text_button(tr("Import a model folder…"))
        self.import_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.import_button.clicked.connect(self._choose)
        self.more_link = LinkButton(tr("Show all models"))
        self.more_link.clicked.connect(self._show_all)
        self._here, self._there = QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        self._there_head = plain_label(tr("To download"), "strong")
        self._there_words = plain_label(
            tr("From huggingface.co, when you press Download and not before. Your photos stay here."), "meta",
            wrap=True,
        )  # fmt: skip
        for widget in (plain_label(tr("On this computer"), "strong"), self.space):
            column.addWidget(widget)
        for cards, head in ((self._here, self._there_head), (self._there, None)):
            cards.setSpacing(SPACE_S)
            column.addLayout(cards)
            if head is not None:
                column.addSpacing(SPACE_S)
                column.addWidget(head)
                column.addWidget(self._there_words)
        column.addWidget(self.more_link)
        column.addWidget(self.message)
        column.addWidget(self.import_button)
        work.changed.connect(self._show_work)
        work.ended.connect(self._on_ended)

    @property
    def texts(self) -> tuple[str, ...]:
        """What it is found by in the settings."""
        return tr("Models"), tr("Download"), tr("Import a model folder…"), tr("Check"), tr("Remove…"), "BLIP"

    def show_models(self, models: Sequence[ModelInfo]) -> None:
        """Show these; what comes with the program is one."""
        self._models = models
        held = next((place for place, card in enumerate(self.cards) if self._holds(card)), None)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        used = self._used()
        together: dict[str, list[ModelInfo]] = {}
        for model in models:
            together.setdefault(setting_key(model), []).append(model)
        shown = {key: _card_model(key, each, used) for key, each in together.items()}
        here = [one for one in shown.values() if one.model.installed]
        begun = [one for one in shown.values() if not one.model.installed and one.model.arrived_bytes]
        others = [one for one in shown.values() if not one.model.installed and one not in begun]
        first = [one for one in others if one.model.key in FIRST_CHOICES]
        left = len(others) - len(first or others[:2])
        there = [*begun, *(others if self._shows_all else first or others[:2])]
        for layout, cards in ((self._here, here), (self._there, there)):
            for one in cards:
                card = self._made(one)
                layout.addWidget(card)
                self.cards.append(card)
        for part in (self._there_head, self._there_words):
            part.setVisible(bool(there))
        self.more_link.setText(plural(left, tr("Show {n} more model"), tr("Show {n} more models")))
        self.more_link.setVisible(left > 0 and not self._shows_all)
        own = sum(one.model.size_bytes for one in here if not one.is_shipped)
        own += sum(one.model.arrived_bytes for one in begun)
        count = sum(not one.is_shipped for one in here)
        words = plural(count, tr("{n} model beside the demo models"), tr("{n} models beside the demo models"))
        taken = tr("{models}, {size}", models=words, size=readable_size(own))
        self.space.setText(taken if own else tr("Only the demo models, which come with BlipDesk."))
        self._show_work()
        if held is not None and self.cards:
            self._focus(self.cards[min(held, len(self.cards) - 1)])

    def _holds(self, card: ModelCard) -> bool:
        focused = card.window().focusWidget()
        return focused is not None and card.isAncestorOf(focused)

    def _focus(self, card: ModelCard) -> None:
        usable = [button for button in card.buttons.values() if not button.isHidden() and button.isEnabled()]
        for button in usable[:1]:
            button.setFocus()

    def _made(self, one: CardModel) -> ModelCard:
        card, model = ModelCard(one), one.model
        name = DEMO if is_demo(model.key) else model.key
        card.download.connect(partial(self._begin, self.work.download, model))
        card.pause.connect(self.work.pause)
        card.cancel.connect(self.work.cancel)
        card.check.connect(partial(self._begin, lambda found: self.work.check(found, name), model))
        card.remove.connect(partial(self._ask_remove, model))
        card.use.connect(lambda task: self.use_requested.emit(task, setting_key(model)))
        return card

    def _begin(self, begin: Callable[[ModelInfo], None], model: ModelInfo) -> None:
        self._said = {}
        begin(model)

    def _ask_remove(self, model: ModelInfo) -> None:
        size = readable_size(model.size_bytes if model.installed else model.arrived_bytes)
        again = tr("It can be downloaded again.") if model.repo else tr("It can be imported again.")
        self._confirm(
            self,
            tr("Remove {model}?", model=title_of(model)),
            tr("{size} become free. {again} Captions that it wrote stay.", size=size, again=again),
            tr("Remove"),
            lambda yes: self._begin(self.work.remove, model) if yes else None,
        )

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_models(self._models)

    # ------------------------------------------------------------------------------------ under way

    def _show_work(self) -> None:
        state = self.work.state
        for card in self.cards:
            card.show_work(state, self._said.get(card.shown.model.key, ""))
        self.import_button.setEnabled(not self.work.busy)
        self._say_beside(state)

    def _say_beside(self, state: WorkState) -> None:
        """Say what is of no card."""
        shown = {card.shown.model.key for card in self.cards}
        if state.doing is Doing.IMPORT:
            words = state.words
        else:
            words = joined(*(said for key, said in self._said.items() if key not in shown))
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def _on_ended(self, key: str, words: str) -> None:
        self._said = {key: words}
        self._show_work()

    def _choose(self) -> None:
        title = tr("Choose the folder of a model")
        path = QFileDialog.getExistingDirectory(self, title, os.path.expanduser("~"))
        if path:
            self._said = {}
            self.work.import_folder(path)


def _card_model(key: str, together: Sequence[ModelInfo], used: dict[str, str]) -> CardModel:
    tasks = tuple(task for task, chosen in used.items() if chosen == key)
    if key == DEMO:  # the demo checks its own captions, as "Automatic" has it
        tasks += tuple(task for task in ("retrieval",) if used.get("caption") == DEMO)
    return CardModel(together[0], tasks, key == DEMO, tuple(together[1:]))
