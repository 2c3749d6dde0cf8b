"""The settings' part about writing back: what would be written, write it now, and take any of it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import number, tr
from blipdesk.domain.writes import JournalSize, UndoSelection, WriteReport, WriteRun
from blipdesk.ui.dialogs.changes import ChangesDialog, RunCard
from blipdesk.ui.dialogs.framed import progress_bar
from blipdesk.ui.dialogs.opening import open_dialog
from blipdesk.ui.dialogs.undo import UndoDialog
from blipdesk.ui.dialogs.write_preview import WritePreview
from blipdesk.ui.long_task import LongTask, Report
from blipdesk.ui.motion import show_busy
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import plain_label
from blipdesk.ui.tasks import LatestTask
from blipdesk.ui.theme import SPACE_S, SPACE_XS
from blipdesk.ui.words import error_words
from blipdesk.ui.writing_words import journal_words, write_summary

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_LAST = 3
"""Runs that are shown here; all of them are a press away."""
_Found = tuple[Sequence[WriteRun], JournalSize]


class WriteBackBox(QWidget):
    """Preview, run and undo.  Owner: the GUI thread; files are looked at and written in the pool."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._load = LatestTask(self)
        self._task = LongTask(self)
        self._task.progressed.connect(self._on_progress)
        self.is_writing = False
        self.state = plain_label("", "meta", wrap=True)
        self.bar = progress_bar()
        self.bar.hide()
        self.write_button = text_button(tr("See what would be written…"))
        self.stop_button = text_button(tr("Stop"))
        self.stop_button.hide()
        self.words = plain_label("", "meta", wrap=True)
        self.button = text_button(tr("Changes to photos…"))
        self.cards: list[RunCard] = []
        self._runs = QVBoxLayout()
        self._runs.setSpacing(SPACE_S)
        self._lay_out()
        self.write_button.clicked.connect(self._preview)
        self.stop_button.clicked.connect(self._stop)
        self.button.clicked.connect(self._open)
        self.reload()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addWidget(plain_label(tr("Writing back"), "strong"))
        column.addWidget(self.state)
        column.addWidget(self.bar)
        column.addSpacing(SPACE_XS)
        column.addLayout(_row(self.write_button, self.stop_button))
        column.addSpacing(SPACE_S)
        column.addWidget(plain_label(tr("Taking back"), "strong"))
        column.addWidget(self.words)
        column.addSpacing(SPACE_XS)
        column.addLayout(self._runs)
        column.addSpacing(SPACE_XS)
        column.addLayout(_row(self.button))

    @property
    def texts(self) -> tuple[str, ...]:
        """What it is found by in the settings."""
        names = tr("Writing back"), tr("Taking back"), tr("undo, history")
        return *names, self.write_button.text(), self.button.text()

    def reload(self) -> None:
        """Read the numbers and the last runs again."""
        writing = self._workspace.writing
        if not self.is_writing:
            target = writing.policy.target
            self.write_button.setEnabled(target is not WriteTarget.NONE)
            words = {
                WriteTarget.NONE: tr("Captions stay in BlipDesk: choose above where else they go."),
                WriteTarget.SIDECAR: tr(
                    "New captions and the stars of favourites go into a small file beside each photo."
                ),
                WriteTarget.EMBED: tr("New captions and the stars of favourites go into the photos."),
            }
            self.state.setText(words[target])
        self._load.start(lambda: (writing.runs(_LAST), writing.journal_size()), self._show, self._on_unread)

    def _show(self, found: _Found) -> None:
        runs, size = found
        values = self._workspace.settings.values
        self.words.setText(journal_words(size, values.journal_days, values.journal_mb))
        if [card.run for card in self.cards] == list(runs):
            return
        for card in self.cards:
            self._runs.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [RunCard(run, newest=place == 0) for place, run in enumerate(runs)]
        for card in self.cards:
            card.undo_requested.connect(self._ask_undo)
            self._runs.addWidget(card)

    def _on_unread(self, error: Exception) -> None:
        self.words.setText(error_words(tr("What is kept could not be read."), error))

    # ------------------------------------------------------------------------------------ writing

    def _preview(self) -> None:
        dialog = WritePreview(
            self._workspace,
            self._workspace.writing.policy,
            tr("Write all captions now?"),
            tr("What was refused or taken back before is tried once more. Everything can be taken back."),
            lambda yes: self._write() if yes else None,
            self.window(),
            asked_for=True,
        )
        open_dialog(dialog)

    def _write(self) -> None:
        writing, skipped = self._workspace.writing, list[str]()
        self._show_writing(True)
        self.state.setText(tr("Writing…"))

        def work(report: Report) -> list[WriteReport]:
            return writing.run(
                writing.policy, (), report, on_skipped=lambda _, reason: skipped.append(reason)
            )

        def done(reports: list[WriteReport]) -> None:
            self._end(write_summary(reports, skipped) or tr("There was nothing to write."))

        self._task.start(work, done, lambda error: self._end(error_words(tr("Nothing was written."), error)))

    def _stop(self) -> None:
        self._task.stop()
        self.state.setText(tr("Stopping after this file…"))
        self.stop_button.setEnabled(False)

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if self.is_writing and not self._task.stopping:
            self.state.setText(tr("Writing {n} of {total}…", n=number(done), total=number(total)))

    def _show_writing(self, on: bool) -> None:
        self.is_writing = on
        show_busy(self.bar)
        self.bar.setVisible(on)
        self.stop_button.setVisible(on)
        self.stop_button.setEnabled(on)
        self.write_button.setEnabled(not on)

    def _end(self, words: str) -> None:
        self._show_writing(False)
        self.reload()
        self.state.setText(words)

    # ------------------------------------------------------------------------------------ taking back

    def _ask_undo(self, selection: UndoSelection, question: str, again: bool) -> None:
        dialog = UndoDialog(self._workspace, selection, question, self.window(), again)
        dialog.files_changed.connect(self.reload)
        open_dialog(dialog)

    def _open(self) -> None:
        dialog = ChangesDialog(self._workspace, self.window())
        dialog.finished.connect(self.reload)
        open_dialog(dialog)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_S)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
