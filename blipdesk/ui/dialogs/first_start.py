"""The first start: which photos, where captions go, which model, and a try.  Each can be skipped."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.errors import KnownError
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import later, tr
from blipdesk.ui.dialogs.cards import footer
from blipdesk.ui.dialogs.first_steps import CaptionStep, FolderStep, ModelStep
from blipdesk.ui.dialogs.trial_step import TrialStep
from blipdesk.ui.model_work import ModelWork
from blipdesk.ui.pane.controls import Line, text_button
from blipdesk.ui.pane.paint import Glyph
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, set_role

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

STEPS = (later("Photos"), later("Captions"), later("Model"), later("Try it"))


_MODEL = 2
"""The step that asks for the model; the try comes after it."""


@dataclass(frozen=True, slots=True)
class FirstStartResult:
    """What the person chose; defaults are what skipping means."""

    folders: tuple[str, ...] = ()
    write_target: WriteTarget = WriteTarget.NONE
    model: str = "demo"
    answer_model: str = "demo"


def apply_first_start(workspace: Workspace, result: FirstStartResult) -> list[str]:
    """Keep the answers, watch the folders and start the worker; call it from the pool.

    Returns:
        A sentence for each folder that could not be added; everything else was done.

    Raises:
        KnownError: the settings could not be saved.
    """
    workspace.settings.change(
        first_start_done=True,
        write_target=result.write_target.value,
        model=result.model,
        answer_model=result.answer_model,
    )
    workspace.apply_settings()
    problems = []
    for folder in result.folders:
        try:
            workspace.library.add_folder(folder)
        except KnownError as error:
            problems.append(str(error))
    workspace.begin()
    return problems


def default_folder() -> str:
    """The person's Pictures folder where there is one, else empty.  Asks the disk: for the pool."""
    path = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
    # Without a Pictures folder Qt answers the home folder: never propose to caption all of that.
    usable = path and os.path.isdir(path) and os.path.normpath(path) != os.path.normpath(home)
    return path if usable else ""


class _Stepper(QWidget):
    """The names of the steps; the present one is strong, done ones have a check."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        self._marks = []
        for number, name in enumerate(STEPS, 1):
            label = plain_label(f"{number}  {tr(name)}", "meta")
            row.addWidget(label)
            self._marks.append(label)
            if number < len(STEPS):
                line = Line()
                line.setFixedWidth(28)
                row.addWidget(line)
        row.addStretch(1)

    def show_step(self, step: int) -> None:
        """Mark the step (from 0)."""
        for index, label in enumerate(self._marks):
            set_role(label, "strong" if index == step else "meta")
            label.setText(f"{'✓' if index < step else index + 1}  {tr(STEPS[index])}")
        said = tr("Step {n} of {total}: {step}", n=step + 1, total=len(STEPS), step=tr(STEPS[step]))
        set_reading(self, said)


class FirstStartDialog(QDialog):
    """Asks three things and tries them; :attr:`result_value` has the answers once it is closed.

    Args:
        workspace: for the list of models and the import of one.
        parent: the main window.
        folder: proposed folder; the person's Pictures folder where None.
        work: what downloads and imports models, and goes on with it when this is closed.
    """

    def __init__(
        self,
        workspace: Workspace,
        parent: QWidget | None = None,
        folder: str | None = None,
        work: ModelWork | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.result_value = FirstStartResult()
        set_role(self, "surface")
        self.setWindowTitle(tr("Welcome to BlipDesk"))
        self.setModal(True)
        self.resize(640, 600)
        self.setMinimumSize(520, 480)
        self.folder_step = FolderStep()
        self.caption_step = CaptionStep()
        self.model_step = ModelStep(workspace, work or ModelWork(self, workspace.models))
        self.trial_step = TrialStep(workspace)
        self.skip_button = text_button(
            tr("Skip all"), "link", tr("Skip: start with an empty library and the demo models")
        )
        self.back_button = text_button(tr("Back"))
        self.next_button = text_button(tr("Continue"), "primary")
        self.next_button.setDefault(True)
        self._stepper = _Stepper()
        self._pages = QStackedWidget()
        for page in (self.folder_step, self.caption_step, self.model_step, self.trial_step):
            self._pages.addWidget(page)
        self._lay_out()
        self.skip_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(lambda: self._show_step(self.step - 1))
        self.next_button.clicked.connect(self._on_next)
        self.folder_step.changed.connect(self._refresh)
        self.model_step.import_changed.connect(self._refresh)
        self.trial_step.changed.connect(self._refresh)
        self.trial_step.other_model_requested.connect(lambda: self._show_step(_MODEL))
        self.finished.connect(lambda _: self.trial_step.end())
        run_in_pool(workspace.models.list, self.model_step.show_models, owner=self)
        if folder is None:
            run_in_pool(default_folder, self._propose, owner=self)
        else:
            self.folder_step.add([folder])
        self._show_step(0)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_M)
        head.setSpacing(SPACE_M)
        head.addWidget(Glyph("logo", "accent", 36))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(plain_label(tr("Welcome to BlipDesk"), "brand"))
        words.addWidget(
            plain_label(tr("Captions for your photos, made on this computer. Nothing is uploaded."), "meta")
        )
        head.addLayout(words, 1)
        steps = QHBoxLayout()
        steps.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_M)
        steps.addWidget(self._stepper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(steps)
        column.addWidget(Line())
        column.addSpacing(SPACE_L)
        column.addWidget(self._pages, 1)
        column.addWidget(Line())
        column.addLayout(footer([self.skip_button], [self.back_button, self.next_button]))

    @property
    def step(self) -> int:
        """The step shown, from 0."""
        return self._pages.currentIndex()

    def _propose(self, folder: str) -> None:
        # The disk may have slept: what the person has chosen meanwhile, none included, is not added to.
        if self.step == 0 and not self.folder_step.answered:
            self.folder_step.add([folder])

    def _show_step(self, step: int) -> None:
        held = self.focusWidget()
        leaves = held is not None and self._pages.isAncestorOf(held)
        self._pages.setCurrentIndex(min(max(step, 0), self._last))
        self._stepper.show_step(self.step)
        if self.step > _MODEL:
            self.trial_step.begin(self.folder_step.folders, self.model_step.choice()[0])
        if leaves or self.step > _MODEL:
            self.next_button.setFocus()  # else the next in line has the keyboard: one that imports, say
        self._refresh()

    @property
    def _last(self) -> int:
        """The last step: without a folder there is no photo to try."""
        return len(STEPS) - 1 if self.folder_step.folders else _MODEL

    def _refresh(self) -> None:
        self.back_button.setVisible(self.step > 0)
        self.next_button.setEnabled(not (self.step == _MODEL and self.model_step.importing))
        if self.step > _MODEL:
            tried = self.trial_step.trial is not None
            self.next_button.setText(tr("Looks right: begin") if tried else tr("Begin without waiting"))
        elif self.step == self._last:
            self.next_button.setText(tr("Start"))
        else:
            bare = self.step == 0 and not self.folder_step.folders
            self.next_button.setText(tr("Continue without a folder") if bare else tr("Continue"))
        set_reading(self.next_button, self.next_button.text())

    def _on_next(self) -> None:
        if self.step < self._last:
            self._show_step(self.step + 1)
            return
        model, answer_model = self.model_step.choice()
        self.result_value = FirstStartResult(
            folders=tuple(self.folder_step.folders),
            write_target=self.caption_step.target(),
            model=model,
            answer_model=answer_model,
        )
        self.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held, enter = self.focusWidget(), event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # Escape must not throw the answers of earlier steps away: it goes back one step.
        if event.key() == Qt.Key.Key_Escape and self.step > 0:
            self._show_step(self.step - 1)
        elif enter and isinstance(held, QAbstractButton) and not held.isCheckable():
            held.click()  # a card hands Enter on, and it continues
        else:
            super().keyPressEvent(event)
