"""The window's own settings (place, splitter, order, tile size, theme), saved once dragging has ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtWidgets import QSplitter

from blipdesk.ui.shell import Shell, restore_columns
from blipdesk.ui.tasks import run_in_pool, single_shot

if TYPE_CHECKING:
    from blipdesk.services.settings import Settings
    from blipdesk.services.workspace import Workspace

SAVE_MS = 800


class Remembered(QObject):
    """Gathers changes and saves them through the settings service, in the pool.

    ``failed`` carries the exception of a save that did not work.
    """

    failed = Signal(object)

    def __init__(self, window: Shell, splitter: QSplitter) -> None:
        super().__init__(window)
        self._window, self._splitter = window, splitter
        self._workspace: Workspace | None = None
        self._changes: dict[str, Any] = {}
        self._timer = single_shot(self, SAVE_MS, self._save)
        splitter.splitterMoved.connect(lambda *_: self._on_moved())

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Restore from these settings, and save there."""
        self._workspace = workspace
        self._timer.stop()
        if workspace is not None and self._changes:
            self._timer.start()  # made while the library was being opened
        if workspace is not None and not self._window.place_known:
            values = workspace.settings.values
            self.restore(values.geometry, values.splitter)

    def restore(self, geometry: str, splitter: str) -> None:
        """Put the window where it was (base64 of Qt's own form; blank where it is not known)."""
        self._window.restore(geometry)
        restore_columns(self._splitter, splitter)

    def change(self, **changes: Any) -> None:
        """Save these soon."""
        self._changes.update(changes)
        self._timer.start()

    def with_changes(self, values: Settings) -> Settings:
        """The settings as they will be once all is saved."""
        return replace(values, **self._changes)

    def _on_moved(self) -> None:
        self.change(splitter=_text(self._splitter.saveState()))

    def _save(self) -> None:
        workspace, changes = self._workspace, self._changes
        if workspace is not None and changes:
            self._changes = {}
            run_in_pool(lambda: workspace.settings.change(**changes), None, self.failed.emit, self)

    def last_changes(self) -> dict[str, Any]:
        """What is still to be saved, with the window's place; for the end."""
        self._timer.stop()
        changes, self._changes = self._changes, {}
        changes["geometry"] = _text(self._window.saveGeometry())
        changes["splitter"] = _text(self._splitter.saveState())
        return changes


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()
