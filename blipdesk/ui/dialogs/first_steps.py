"""The three pages of the first start."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import retold, tr
from blipdesk.services.setting_specs import choice_words, spec_of
from blipdesk.ui.dialogs.cards import RadioCard
from blipdesk.ui.dialogs.framed import progress_bar
from blipdesk.ui.dialogs.model_words import (
    DEMO,
    answerer_for,
    badge_of,
    offered,
    setting_key,
    title_of,
    words_of,
)
from blipdesk.ui.folder_actions import folders_of
from blipdesk.ui.model_work import Doing, ModelWork
from blipdesk.ui.pane.controls import icon_button, scrolled, text_button
from blipdesk.ui.pane.flow import FlowBox
from blipdesk.ui.pane.paint import ElidedText, Glyph
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import RADIUS_PREVIEW, SIZE_BODY, SPACE_M, SPACE_S, SPACE_XL, colors
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class Step(QWidget):
    """A page with a heading and a sentence; the rest goes into :attr:`column`."""

    def __init__(self, heading: str, words: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_M)
        self.column.setSpacing(SPACE_S)
        self.column.addWidget(plain_label(heading, "title"))
        self.column.addWidget(plain_label(words, "muted", wrap=True))
        self.column.addSpacing(SPACE_S)


class DropZone(QFrame):
    """A dashed box that takes folders dropped on it."""

    dropped = Signal(list)
    """Paths on this computer, of folders and photos."""

    def __init__(self) -> None:
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)
        self.setMinimumHeight(150)
        self.button = text_button(tr("Choose a folder…"))
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        hint = plain_label(tr("Drop a folder with photos here"), "muted")
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_S)
        column.addStretch(1)
        for widget in (Glyph("folder-plus", "accent", 32), hint, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        set_reading(self, tr("Drop a folder with photos here"))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self._over = True
            self.update()
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        self.dropped.emit([path for url in event.mimeData().urls() if (path := url.toLocalFile())])
        event.acceptProposedAction()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colors().color("accent" if self._over else "line"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colors().color("soft" if self._over else "bg"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, RADIUS_PREVIEW, RADIUS_PREVIEW)


class _FolderRow(QWidget):
    """A chosen folder and the cross that takes it off."""

    removed = Signal()

    def __init__(self, path: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(Glyph("folder", "muted"))
        name = ElidedText(SIZE_BODY, 400)
        name.set_text(path)
        row.addWidget(name, 1)
        cross = icon_button(
            "x", tr("Leave out {path}", path=path), tr("Leave this folder out"), size=26, glyph=14
        )
        cross.clicked.connect(self.removed)
        row.addWidget(cross)


class FolderStep(Step):
    """Which folders to watch."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr("Where are your photos?"),
            tr(
                "BlipDesk looks through the folder and everything inside it, and "
                "notices new photos by itself. Nothing is moved or renamed."
            ),
        )
        self.folders: list[str] = []
        self.answered = False
        """The person has chosen a folder, or taken one off."""
        self.zone = DropZone()
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.addWidget(self.zone, 1)
        self.column.addLayout(self._list)
        self.zone.dropped.connect(self._on_dropped)
        self.zone.button.clicked.connect(self._choose)

    def _on_dropped(self, paths: list[str]) -> None:
        self.answered = True
        run_in_pool(lambda: folders_of(paths), self.add, owner=self)

    def add(self, folders: Sequence[str]) -> None:
        """Add folders that are not in the list yet; an empty path is none."""
        for path in folders:
            if path and path not in self.folders:
                self.folders.append(path)
        self._rebuild()

    def remove(self, path: str) -> None:
        """Take one off the list."""
        self.answered = True
        self.folders = [folder for folder in self.folders if folder != path]
        self._rebuild()

    def _rebuild(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for path in self.folders:
            row = _FolderRow(path)
            row.removed.connect(lambda path=path: self.remove(path))
            self._list.addWidget(row)
        self.changed.emit()

    def _choose(self) -> None:
        start = self.folders[-1] if self.folders else os.path.expanduser("~")
        path = QFileDialog.getExistingDirectory(self, tr("Choose a folder with photos"), start)
        if path:
            self.answered = True
            self.add([path])


class CaptionStep(Step):
    """Where captions go, in the words of the setting."""

    def __init__(self) -> None:
        spec = spec_of("write_target")
        super().__init__(
            tr("Where should captions go?"), tr("{help} You can change this at any time.", help=tr(spec.help))
        )
        self.cards = [RadioCard(*choice_words(tr(label)), value) for value, label in spec.choices]
        for card in self.cards:
            self.column.addWidget(card)
        self.cards[0].setChecked(True)
        self.column.addStretch(1)

    def target(self) -> WriteTarget:
        """The choice."""
        return WriteTarget(next(card.value for card in self.cards if card.isChecked()))


class ModelStep(Step):
    """Which checkpoint captions; another one can be downloaded, or imported from its folder."""

    import_changed = Signal()
    """An import or a download began or ended."""

    def __init__(self, workspace: Workspace, work: ModelWork) -> None:
        super().__init__(
            tr("Which model should look at them?"),
            tr("The demo models are built in and quick, but they only understand drawn scenes: fine to look "
               "around, not for real photos. You can change this at any time under Settings."),
        )  # fmt: skip
        self._workspace, self.work = workspace, work
        self._models: list[ModelInfo] = []
        self._wanted = ""
        """The model that is being downloaded, to be chosen then."""
        self.cards: list[RadioCard] = []
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACE_S)
        self._list.addStretch(1)
        self.download_buttons: list[QPushButton] = []
        """One for each model for real photos that is offered and not here."""
        self.import_button = text_button(tr("Import a model folder…"))
        self.message = plain_label("", "meta", wrap=True)
        self.message.hide()
        self.bar = progress_bar()
        self.bar.hide()
        self.pause_button = text_button(tr("Pause"))
        self.pause_button.hide()
        self._buttons = FlowBox()
        for button in (self.pause_button, self.import_button):
            self._buttons.flow.addWidget(button)
        hub = tr("From huggingface.co, when you press Download and not before. Your photos stay here.")
        self.column.addWidget(scrolled(self._body), 1)
        for widget in (self.bar, self.message, plain_label(hub, "meta", wrap=True)):
            self.column.addWidget(widget)
        self.column.addWidget(self._buttons)
        self.import_button.clicked.connect(self._choose)
        self.pause_button.clicked.connect(work.pause)
        work.changed.connect(self._show_work)
        work.ended.connect(self._on_ended)

    def show_models(self, models: Sequence[ModelInfo], chosen: str = "") -> None:
        """List what can be chosen; a model that is not on this computer is shown but cannot be."""
        chosen = chosen or self.choice()[0]
        self._models = list(models)
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for index, model in enumerate(offered(models, "caption")):
            card = RadioCard(title_of(model), words_of(model), setting_key(model), badge_of(models, model))
            card.setEnabled(model.installed)
            card.setChecked(model.installed and card.value == chosen)
            self._list.insertWidget(index, card)
            self.cards.append(card)
        if self.cards and not any(card.isChecked() for card in self.cards):
            next((card for card in self.cards if card.isEnabled()), self.cards[0]).setChecked(True)
        self._offer_downloads()
        self._show_work()

    def _offer_downloads(self) -> None:
        for old in self.download_buttons:
            self._buttons.flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.download_buttons = []
        for model in offered(self._models, "caption"):
            if model.installed or not model.repo:
                continue
            begun = tr("Resume {model}", model=retold(model.title))
            words = begun if model.arrived_bytes else tr("Download {model}", model=retold(model.title))
            button = text_button(words)
            button.clicked.connect(partial(self._download, model))
            self._buttons.flow.insert_widget(len(self.download_buttons), button)
            self.download_buttons.append(button)

    def choice(self) -> tuple[str, str]:
        """Keys of the captioning and the answering model."""
        model = next((card.value for card in self.cards if card.isChecked()), DEMO)
        return model, answerer_for(self._models, model)

    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(
            self, tr("Choose the folder of a model"), os.path.expanduser("~")
        )
        if path:
            self.import_folder(path)

    def import_folder(self, path: str) -> None:
        """Import a checkpoint in the pool and choose it."""
        workspace = self._workspace
        self._set_importing(True)
        self._say(tr("Checking and copying the model…"))

        def work() -> tuple[ModelInfo, list[ModelInfo]]:
            made = workspace.models.import_folder(path)
            return made, workspace.models.list()

        run_in_pool(work, self._on_imported, self._on_import_failed, self)

    def _on_imported(self, found: tuple[ModelInfo, list[ModelInfo]]) -> None:
        made, models = found
        self._say(tr("{model} is ready.", model=retold(made.title)))
        known = models if any(model.key == made.key for model in models) else [*models, made]
        self._set_importing(False)
        self.show_models(known, made.key)

    @property
    def importing(self) -> bool:
        """True while a checkpoint is copied in or downloaded, to be chosen then."""
        return not self.import_button.isEnabled()

    def _set_importing(self, importing: bool) -> None:
        self.import_button.setEnabled(not importing)
        self.import_changed.emit()

    def _on_import_failed(self, error: Exception) -> None:
        self._set_importing(False)
        self._say(error_words(tr("The model could not be imported."), error))

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))

    # ------------------------------------------------------------------------------------ download

    def _download(self, model: ModelInfo) -> None:
        self._wanted = model.key
        self.work.download(model)
        self._set_importing(True)

    def _show_work(self) -> None:
        state = self.work.state
        busy = state.doing is Doing.DOWNLOAD
        self.bar.setVisible(busy)
        self.bar.setRange(0, state.total)
        self.bar.setValue(state.done)
        self.pause_button.setVisible(busy)
        self.pause_button.setEnabled(not state.is_stopping)
        for button in self.download_buttons:
            button.setVisible(not busy)
            button.setEnabled(not self.work.busy)
        if busy:
            self._say(state.words)

    def _on_ended(self, key: str, words: str) -> None:
        """Choose what was downloaded."""
        wanted, self._wanted = self._wanted, ""
        self._say(words)
        self._set_importing(False)

        def show(models: Sequence[ModelInfo]) -> None:
            is_here = any(model.key == wanted and model.installed for model in models)
            self.show_models(models, wanted if is_here else "")

        run_in_pool(self._workspace.models.list, show, owner=self)
