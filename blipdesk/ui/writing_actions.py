"""Writing the captions of chosen photos into their files now, and taking them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import number, retold, tr
from blipdesk.domain.writes import (
    TAKEN_BACK,
    UndoOutcome,
    UndoReport,
    UndoSelection,
    WriteOutcome,
    WriteReport,
)
from blipdesk.ui.dialogs.opening import open_dialog
from blipdesk.ui.long_task import LongTask, Report, stop_all
from blipdesk.ui.words import error_words, noted, photos_words
from blipdesk.ui.writing_words import CHANGED_A_FILE, UNDONE, write_summary

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.gallery.view import GalleryView
    from blipdesk.ui.pane import PhotoPane
    from blipdesk.ui.selection import SelectionActions
    from blipdesk.ui.sidebar import SideBar
    from blipdesk.ui.toast import Toast

T = TypeVar("T")


class WritingActions(QObject):
    """Acts on the photos selected in the gallery, and opens the dialogs about files.

    Owner: the GUI thread; the services' calls run in the pool.
    """

    def __init__(self, window: QWidget, view: GalleryView, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._view, self._toast = window, view, toast
        self._workspace: Workspace | None = None

    def serve(self, pane: PhotoPane, selection: SelectionActions, side_bar: SideBar) -> None:
        """Do what the pane, the selection's menu and the side bar ask for."""
        for part in (pane, selection):
            part.write_requested.connect(self.write_now)
            part.take_back_requested.connect(self.take_back)
        pane.changes_requested.connect(self.open_changes)
        pane.compare_requested.connect(self.open_conflicts)
        pane.show_file_requested.connect(selection.show_file.trigger)
        side_bar.conflicts_requested.connect(self.open_conflicts)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act through these services; what is under way on former ones is stopped in order."""
        if workspace is None:
            stop_all()
        self._workspace = workspace

    # ------------------------------------------------------------------------------------ photos

    def write_now(self, target: WriteTarget = WriteTarget.NONE) -> None:
        """Write the selected photos' captions; ``target`` NONE: where the settings say."""
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is None or not ids:
            return

        skipped: list[str] = []

        def work(report: Report) -> list[WriteReport]:
            policy = workspace.writing.policy
            if target is not WriteTarget.NONE:
                policy = replace(policy, target=target)
            paths = [tile.path for tile in workspace.library.tiles(ids)]
            return workspace.writing.run(
                policy, paths, report, on_skipped=lambda _, reason: skipped.append(reason)
            )

        def done(reports: Sequence[WriteReport], stopped: bool) -> None:
            well = not skipped and all(report.outcome is not WriteOutcome.REFUSED for report in reports)
            words = tr(
                "Stopped after {count}. The others are as they were.", count=photos_words(len(reports))
            )
            run = next((report.run_id for report in reports if report.outcome in CHANGED_A_FILE), None)
            undo = None if run is None else partial(self._take_run_back, workspace, run, len(ids) > 1)
            self._say(words if stopped else write_summary(reports, skipped), well, undo)

        self._run(work, done, tr("The caption could not be written."), len(ids))

    def take_back(self) -> None:
        """Give the selected photos' files their former bytes back: several after a look at them."""
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is None or not ids:
            return
        selection = UndoSelection(photo_ids=tuple(ids))
        if len(ids) > 1:
            self._open_undo(
                workspace,
                selection,
                tr("Take back what was written for {count}?", count=photos_words(len(ids))),
            )
        else:
            self._undo(workspace, selection)

    def _take_run_back(self, workspace: Workspace, run: int, many: bool) -> None:
        """Undo of the note that a write ends with."""
        selection = UndoSelection(run_id=run)
        if many:
            self._open_undo(workspace, selection, tr("Take back what was just written?"))
        else:
            self._undo(workspace, selection)

    def _undo(self, workspace: Workspace, selection: UndoSelection) -> None:
        self._run(
            lambda report: workspace.writing.undo(selection, on_progress=report),
            lambda reports, _: self._on_taken_back(reports),
            tr("The caption could not be taken back."),
        )

    def _on_taken_back(self, reports: Sequence[UndoReport]) -> None:
        left = [r for r in reports if r.outcome not in (*TAKEN_BACK, UndoOutcome.ALREADY)]
        partly = [r for r in reports if r.outcome is UndoOutcome.PARTLY]
        if partly:
            self._say(noted(tr(UNDONE[UndoOutcome.PARTLY][2]), retold(partly[0].note)), False)
        elif left:
            self._say(retold(left[0].note) or tr(UNDONE[left[0].outcome][2]), False)
        elif reports:
            removed = all(report.outcome is UndoOutcome.REMOVED for report in reports)
            self._say(
                tr("Taken back: its sidecar is removed")
                if removed
                else tr("Taken back: the file is as it was before")
            )
        else:
            self._say(tr("BlipDesk has written nothing there"))

    def _say(self, words: str, well: bool = True, undo: Callable[[], None] | None = None) -> None:
        self._toast.show_note(words, undo, "check" if well else "warning", "ok" if well else "warn")

    def _run(
        self, work: Callable[[Report], T], done: Callable[[T, bool], None], failure: str, many: int = 1
    ) -> None:
        """Beside what is under way already; the end of the app stops it between two files.

        Args:
            work: in the pool.
            done: gets its result, and whether it was stopped.
            failure: said before the error.
            many: of how many photos; of several it is said how far it is, and it can be stopped.
        """
        task = LongTask(self)

        def stop() -> None:
            task.stop()
            self._toast.show_work(tr("Stopping after this file…"), None)

        def tell(count: int, total: int) -> None:
            if not task.stopping:
                self._toast.show_work(
                    tr("Writing {count} of {total}…", count=number(count), total=photos_words(total)), stop
                )

        def ended(result: T) -> None:
            task.deleteLater()
            done(result, task.stopping)

        def failed(error: Exception) -> None:
            task.deleteLater()
            self._say(error_words(failure, error), False)

        if many > 1:
            task.progressed.connect(tell)
            tell(0, many)
        task.start(work, ended, failed)

    # ------------------------------------------------------------------------------------ dialogs

    def _open_undo(self, workspace: Workspace, selection: UndoSelection, question: str) -> None:
        from blipdesk.ui.dialogs.undo import UndoDialog

        dialog = UndoDialog(workspace, selection, question, self._window)
        open_dialog(dialog)

    def open_changes(self) -> None:
        """The list of everything that was written into files."""
        if self._workspace is None:
            return
        from blipdesk.ui.dialogs.changes import ChangesDialog

        dialog = ChangesDialog(self._workspace, self._window)
        open_dialog(dialog)

    def open_conflicts(self, first: int | None = None) -> None:
        """The photos with two captions, one after the other, from the one of this id on."""
        if self._workspace is None:
            return
        from blipdesk.ui.dialogs.conflicts import ConflictsDialog

        dialog = ConflictsDialog(self._workspace, self._window, first)
        open_dialog(dialog)
