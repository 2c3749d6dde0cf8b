"""The numbers of the side bar and the head: read in the pool, again where a commit made them stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.values import Folder, FolderNode, LibraryCounts
from blipdesk.ui.tasks import LatestTask, single_shot

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_WAIT_MS = 400
"""While photos pour in, they are read again at most this often."""
KEYWORDS = 12


@dataclass(frozen=True, slots=True)
class SideData:
    """What is read together."""

    counts: LibraryCounts
    tree: tuple[FolderNode, ...]
    keywords: tuple[tuple[str, int], ...]
    folders: tuple[Folder, ...]


class SideReader(QObject):
    """Emits ``read`` with SideData, and ``failed`` with an exception."""

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._task = LatestTask(self)
        self._timer = single_shot(self, _WAIT_MS, self._on_due)
        # What goes stale while it is read is read again after it: were each reading to replace the one
        # before, a library that takes longer to read than photos take to come would never show.
        self._is_reading = False

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Read there, or no more."""
        self._workspace = workspace
        self._is_reading = False
        self._task.cancel()
        self._timer.stop()
        self.read_now()

    def read_soon(self) -> None:
        """They are stale."""
        if not self._timer.isActive():
            self._timer.start()

    def _on_due(self) -> None:
        (self._timer.start if self._is_reading else self.read_now)()

    def read_now(self) -> None:
        """Read them at once, where there is a library."""
        workspace = self._workspace
        if workspace is None:
            return
        library = workspace.library

        def work() -> SideData:
            return SideData(
                library.counts(),
                tuple(library.folder_tree()),
                tuple(library.top_keywords(KEYWORDS)),
                tuple(library.folders()),
            )

        self._is_reading = True
        self._task.start(work, self._on_read, self._on_failed, priority=1)

    def _on_read(self, side: SideData) -> None:
        self._is_reading = False
        self.read.emit(side)

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)
