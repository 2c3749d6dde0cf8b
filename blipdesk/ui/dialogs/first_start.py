"""The first start: which photos, where captions go, which model. Three calm steps, each can be skipped."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.errors import KnownError
from blipdesk.domain.values import WriteTarget
from blipdesk.ui.dialogs.cards import footer
from blipdesk.ui.dialogs.first_steps import CaptionStep, FolderStep, ModelStep
from blipdesk.ui.pane.controls import Line, text_button
from blipdesk.ui.pane.paint import Glyph
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, set_role

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

STEPS = ("Photos", "Captions", "Model")


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
            label = plain_label(f"{number}  {name}", "meta")
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
            label.setText(f"{'✓' if index < step else index + 1}  {STEPS[index]}")
        set_reading(self, f"Step {step + 1} of {len(STEPS)}: {STEPS[step]}")


class FirstStartDialog(QDialog):
    """Asks three things; :attr:`result_value` has the answers after it closed, also after a skip.

    Args:
        workspace: for the list of models and the import of one.
        parent: the main window.
        folder: proposed folder; the person's Pictures folder where None.
    """

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, folder: str | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.result_value = FirstStartResult()
        set_role(self, "surface")
        self.setWindowTitle("Welcome to BlipDesk")
        self.setModal(True)
        self.resize(640, 600)
        self.setMinimumSize(520, 480)
        self.folder_step = FolderStep()
        self.caption_step = CaptionStep()
        self.model_step = ModelStep(workspace)
        self.skip_button = text_button(
            "Skip", "link", "Skip: start with an empty library and the demo models"
        )
        self.back_button = text_button("Back")
        self.next_button = text_button("Continue", "primary")
        self.next_button.setDefault(True)
        self._stepper = _Stepper()
        self._pages = QStackedWidget()
        for page in (self.folder_step, self.caption_step, self.model_step):
            self._pages.addWidget(page)
        self._lay_out()
        self.skip_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(lambda: self._show_step(self.step - 1))
        self.next_button.clicked.connect(self._on_next)
        self.folder_step.changed.connect(self._refresh)
        self.model_step.import_changed.connect(self._refresh)
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
        words.addWidget(plain_label("Welcome to BlipDesk", "brand"))
        words.addWidget(
            plain_label("Captions for your photos, made on this computer. Nothing is uploaded.", "meta")
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
        self._pages.setCurrentIndex(min(max(step, 0), len(STEPS) - 1))
        self._stepper.show_step(self.step)
        self._refresh()

    def _refresh(self) -> None:
        last = self.step == len(STEPS) - 1
        self.back_button.setVisible(self.step > 0)
        self.next_button.setEnabled(not (last and self.model_step.importing))
        if last:
            self.next_button.setText("Start captioning" if self.folder_step.folders else "Start")
        else:
            bare = self.step == 0 and not self.folder_step.folders
            self.next_button.setText("Continue without a folder" if bare else "Continue")
        set_reading(self.next_button, self.next_button.text())

    def _on_next(self) -> None:
        if self.step < len(STEPS) - 1:
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
        # Escape must not throw the answers of earlier steps away: it goes back one step.
        if event.key() == Qt.Key.Key_Escape and self.step > 0:
            self._show_step(self.step - 1)
        else:
            super().keyPressEvent(event)
