"""The selected photos into the system's trash, and out of it again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QModelIndex, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from blipdesk.domain.wording import joined, plural, tr
from blipdesk.ui.dialogs.confirm import Confirm, ask_first
from blipdesk.ui.long_task import LongTask
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.undoing import UndoableActions
from blipdesk.ui.words import error_words, photos_words

if TYPE_CHECKING:
    from blipdesk.domain.ports import TrashCan
    from blipdesk.services.trashing import Trashed
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.gallery.view import GalleryView
    from blipdesk.ui.toast import Toast


class SystemTrash:
    """The desktop's own trash, by Qt; also on a worker thread."""

    def put(self, path: str) -> str:
        """Move a file there; returns where it lies now.  Raises OSError."""
        # Qt makes the trash's folder there, but not that one (6.11.3: "Bad file descriptor").
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        os.makedirs(data, 0o700, exist_ok=True)
        file = QFile(path)
        if not file.moveToTrash():
            raise OSError(file.errorString())
        return "" if file.fileName() == path else file.fileName()


class TrashActions(UndoableActions):
    """Asks before several photos go; Undo puts them back."""

    went = Signal()
    """The selected photos went; the one beside them is selected now, where there is one."""

    def __init__(
        self,
        view: GalleryView,
        owner: QWidget,
        toast: Toast,
        can: TrashCan | None = None,
        confirm: Confirm = ask_first,
    ) -> None:
        super().__init__(owner)
        self._view, self._owner, self._toast, self._confirm = view, owner, toast, confirm
        self._can: TrashCan = can or SystemTrash()
        self._workspace: Workspace | None = None
        self._task = LongTask(self)
        self._task.progressed.connect(self._on_progressed)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act there; what is under way ends at its next photo."""
        self._task.stop()
        self._undo.clear()
        self._workspace = workspace

    def put(self) -> None:
        """Move the selected photos to the trash: one at once, several when the person has agreed."""
        ids = self._view.selected_ids().tolist()
        if self._workspace is None or not ids:
            return
        if len(ids) == 1:
            self._start(ids)
            return
        self._confirm(
            self._owner,
            tr("Move {words} to the trash?", words=photos_words(len(ids))),
            tr(
                "Their files go to the trash of this computer, from where they can be put back. "
                "Captions, tags and answers are kept for when they come back."
            ),
            tr("Move to the trash"),
            lambda agreed: self._start(ids) if agreed else None,
        )

    def _start(self, ids: list[int]) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        after = self._row_after()
        self._task.start(
            lambda report: workspace.trashing.put(ids, self._can, report),
            lambda trashed: self._on_put(workspace, trashed, after),
            lambda error: self.said.emit(error_words(tr("The trash did not work."), error), None),
        )

    def _row_after(self) -> int:
        """The row of the photo that is looked at once the selected ones are gone; -1: all go."""
        spans = self._view.selected_spans()
        behind = spans[-1][1]
        return behind if behind < self._view.photos.rowCount() else spans[0][0] - 1

    def _on_progressed(self, done: int, total: int) -> None:
        if total > 1:
            words = tr("Moving to the trash: {done} of {total}", done=done, total=total)
            self._toast.show_work(words, self._task.stop)

    def _on_put(self, workspace: Workspace, trashed: Trashed, after: int) -> None:
        count = len(trashed.photo_ids)
        if count and trashed.photo_ids[0] in self._view.selected_ids():
            if after >= 0:
                self._view.select_row(after)
            else:
                self._view.setCurrentIndex(QModelIndex())
            self.went.emit()
        words = plural(count, tr("{n} photo moved to the trash"), tr("{n} photos moved to the trash"))
        if trashed.failures:
            rest = len(trashed.failures) - 1
            more = plural(rest, tr("{n} more stayed too."), tr("{n} more stayed too.")) if rest else ""
            words = joined(tr("{words}.", words=words) if count else "", trashed.failures[0], more)
        elif not count:
            words = tr("There is no file that could be moved to the trash.")
        if trashed.can_come_back:
            self._done(words, lambda: self._put_back(workspace, trashed))
        else:
            self.said.emit(words, None)

    def _put_back(self, workspace: Workspace, trashed: Trashed) -> None:
        def done(failures: tuple[str, ...]) -> None:
            if self._workspace is workspace:
                count = len(trashed.photo_ids)
                words = plural(count, tr("{n} photo is back"), tr("{n} photos are back"))
                self.said.emit(failures[0] if failures else words, None)

        run_in_pool(
            lambda: workspace.trashing.put_back(trashed),
            done,
            lambda error: self.said.emit(error_words(tr("The trash did not work."), error), None),
        )
