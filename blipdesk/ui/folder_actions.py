"""Adding, scanning and removing watched folders; folders dropped onto the window."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu
from typing_extensions import override

from blipdesk.domain.paths import file_name
from blipdesk.domain.values import Folder
from blipdesk.domain.wording import listed, number, tr
from blipdesk.ui import icons
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

T = TypeVar("T")


def folders_of(paths: Sequence[str]) -> list[str]:
    """The folders among paths that are there; a file stands for its folder.  Asks the disk: for the pool."""
    there = (path for path in paths if os.path.exists(path))
    return list(dict.fromkeys(path if os.path.isdir(path) else os.path.dirname(path) for path in there))


class FolderActions(QObject):
    """Does the work in the pool; ``said`` carries a sentence and an undo function or None.

    ``hovered`` tells that a folder is being dragged over the window, and that it is no more.
    """

    said = Signal(str, object)
    hovered = Signal(bool)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace: Workspace | None = None
        window.installEventFilter(self)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act through these services."""
        self._workspace = workspace

    def choose(self) -> None:
        """Let the person choose a folder to watch."""
        if self._workspace is None:
            return
        from blipdesk.ui.dialogs.first_start import default_folder

        failed = tr("The folders could not be looked at.")
        self._run(lambda: default_folder() or os.path.expanduser("~"), self._choose_from, failed)

    def _choose_from(self, start: str) -> None:
        dialog = QFileDialog(self._window, tr("Choose a folder of photos"), start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.add)
        dialog.open()

    def add(self, path: str) -> None:
        """Watch a folder."""
        self._add(lambda: [path])

    def _add(self, find: Callable[[], list[str]]) -> None:
        workspace = self._workspace
        if workspace is None:
            return

        def work() -> list[Folder]:
            return workspace.library.add_folders(find())

        def done(folders: list[Folder]) -> None:
            if not folders:
                self.said.emit(tr("What was dropped is no longer there"), None)
                return
            names = listed(file_name(folder.path) for folder in folders[:3])
            more = len(folders) - 3
            words = tr("Watching {names} and {count} more") if more > 0 else tr("Watching {names}")
            self.said.emit(words.format(names=names, count=number(more)), None)

        self._run(work, done, tr("The folder could not be added."))

    def rescan(self) -> None:
        """Look through all folders again."""
        workspace = self._workspace
        if workspace is not None:
            self._run(
                workspace.library.rescan,
                lambda _: self.said.emit(tr("Looking through the folders again"), None),
                tr("The folders could not be looked through."),
            )

    def remove(self, path: str) -> None:
        """Stop watching; captions are kept, so that adding it again takes this back."""
        workspace = self._workspace
        if workspace is None:
            return

        def work() -> bool:
            found = [folder for folder in workspace.library.folders() if folder.path == path]
            for folder in found:
                workspace.library.remove_folder(folder.id, forget=False)
            return bool(found)

        def done(found: bool) -> None:
            if found:
                words = tr("{name} is no longer watched; its captions are kept", name=file_name(path))
                self.said.emit(words, lambda: self.add(path))

        self._run(work, done, tr("The folder could not be removed."))

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failure: str) -> None:
        run_in_pool(work, done, lambda e: self.said.emit(error_words(failure, e), None), self, priority=3)

    def show_menu(self, path: str, point: QPoint) -> None:
        """The menu of a folder of the tree."""
        workspace = self._workspace
        if workspace is None:
            return

        def show(roots: list[Folder]) -> None:
            menu = QMenu(self._window)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            open_folder = menu.addAction(icons.icon("folder"), tr("Show in the file manager"))
            open_folder.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
            menu.addAction(icons.icon("refresh"), tr("Look through the folders again")).triggered.connect(
                self.rescan
            )
            if any(folder.path == path for folder in roots):
                menu.addSeparator()
                remove = menu.addAction(icons.icon("eye-off"), tr("Stop watching this folder"))
                remove.triggered.connect(lambda: self.remove(path))
            menu.popup(point)

        self._run(workspace.library.folders, show, tr("The folders could not be read."))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            ours = event.source() is not None  # photos dragged out of the gallery are there already
            if self._workspace is not None and not ours and _local_paths(event):
                event.acceptProposedAction()
                self.hovered.emit(True)
                return True
        elif event.type() == QEvent.Type.DragLeave:
            self.hovered.emit(False)
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.hovered.emit(False)
            paths = _local_paths(event)
            self._add(lambda: folders_of(paths))
            event.acceptProposedAction()
            return True
        return False


def _local_paths(event: QDropEvent) -> list[str]:
    return [path for url in event.mimeData().urls() if (path := url.toLocalFile())]
