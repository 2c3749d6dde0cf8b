"""What can be done with the selected photos: the context menu, its shortcuts, and the work behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QProcess, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from blipdesk.domain.values import PhotoState, PhotoTile
from blipdesk.ui import icons
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


def show_in_file_manager(path: str) -> None:
    """Open the photo's folder, with the photo marked where the desktop can do that."""
    if os.name == "nt":
        QProcess.startDetached("explorer", ["/select,", os.path.normpath(path)])
        return
    if os.uname().sysname == "Darwin":
        QProcess.startDetached("open", ["-R", path])
        return
    url = QUrl.fromLocalFile(path).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    call = [
        "--session", "--print-reply", "--type=method_call", "--dest=org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1.ShowItems",
        f"array:string:{url}", "string:",
    ]  # fmt: skip
    process = QProcess()
    process.start("dbus-send", call)
    if not process.waitForStarted(300) or not process.waitForFinished(800) or process.exitCode() != 0:
        QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(path)))


class SelectionActions(QObject):
    """Acts on what is selected in the gallery; ``said`` has a sentence for the toast, and Undo or not."""

    said = Signal(str, bool)
    preview_requested = Signal(int)
    edit_requested = Signal(int)

    def __init__(self, view: GalleryView, owner: QWidget) -> None:
        super().__init__(owner)
        self._view = view
        self._owner = owner
        self._workspace: Workspace | None = None
        self.open = self._action("Large preview", "expand", "Space", self._on_open)
        self.edit = self._action("Edit caption", "pencil", "F2", self._on_edit)
        self.again = self._action("Caption again", "refresh", "Ctrl+R", self.caption_again)
        self.retry = self._action("Try again", "refresh", "", self._on_retry)
        self.copy = self._action("Copy captions", "copy", "Ctrl+C", self.copy_captions)
        self.copy_path = self._action("Copy path", "copy", "Ctrl+Shift+C", self._on_copy_path)
        self.show_file = self._action("Show in the file manager", "folder", "", self._on_show_file)
        for action in (self.again, self.copy, self.copy_path):
            view.addAction(action)
        view.menu_requested.connect(self.show_menu)

    def _action(self, words: str, icon: str, keys: str, slot: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setData(icon)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: slot())
        return action

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act through these services."""
        self._workspace = workspace

    def menu(self) -> QMenu:
        """The context menu for what is selected now."""
        count = self._view.selected_count()
        model = self._view.model()
        menu = QMenu(self._owner)
        self.copy.setText("Copy captions" if count > 1 else "Copy caption")
        self.copy_path.setText("Copy paths" if count > 1 else "Copy path")
        chosen = [self.open, self.edit] if count == 1 else []
        failed = any(self._is_failed(tile) for tile in self._selected_tiles())
        chosen += [self.again, *([self.retry] if failed else []), self.copy, self.copy_path]
        chosen += [self.show_file] if count == 1 else []
        for action in chosen:
            action.setIcon(icons.icon(action.data()))
            menu.addAction(action)
            if action in (self.edit, self.again, self.retry) and action is not chosen[-1]:
                menu.addSeparator() if action is not self.again or not failed else None
        if count < model.rowCount():
            menu.addSeparator()
            menu.addAction("Select all", self._view.selectAll).setShortcut(QKeySequence.StandardKey.SelectAll)
        return menu

    def show_menu(self, point: QPoint) -> None:
        """Open the context menu at a global position."""
        if self._view.selected_count() and self._workspace is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(point)

    # ------------------------------------------------------------------------------------ actions

    def _selected_tiles(self) -> list[PhotoTile]:
        model = self._view.photos
        return [tile for i in self._view.selected_ids()[:500] if (tile := model.cached(i)) is not None]

    @staticmethod
    def _is_failed(tile: PhotoTile) -> bool:
        return tile.state is PhotoState.FAILED

    def _on_open(self) -> None:
        current = self._view.current_id()
        if current is not None:
            self.preview_requested.emit(current)

    def _on_edit(self) -> None:
        current = self._view.current_id()
        if current is not None:
            self.edit_requested.emit(current)

    def _run(self, work: Callable[[], object], done: Callable[[object], str], failure: str) -> None:
        run_in_pool(
            work,
            lambda value: self.said.emit(done(value), False),
            lambda error: self.said.emit(error_words(failure, error), False),
            self,
            priority=3,
        )

    def caption_again(self) -> None:
        """Queue the selected photos anew."""
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is None or not ids:
            return
        words = "1 photo" if len(ids) == 1 else f"{len(ids):,} photos"
        self._run(
            lambda: workspace.captioning.caption_again(ids),
            lambda _: f"{words} will be captioned again",
            "Captioning again did not work.",
        )

    def _on_retry(self) -> None:
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is not None and ids:
            self._run(
                lambda: workspace.captioning.retry(ids),
                lambda _: "Trying again",
                "Trying again did not work.",
            )

    def retry_all(self) -> None:
        """Try every failed photo again."""
        workspace = self._workspace
        if workspace is not None:
            self._run(
                lambda: workspace.captioning.retry(None),
                lambda _: "Trying all of them again",
                "Trying again did not work.",
            )

    def copy_captions(self) -> None:
        """Put the selected photos' captions on the clipboard, one a line."""
        self._copy(lambda tile: tile.caption or "", "caption")

    def _on_copy_path(self) -> None:
        self._copy(lambda tile: tile.path, "path")

    def _copy(self, text: Callable[[PhotoTile], str], noun: str) -> None:
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is None or not ids:
            return

        def read() -> list[str]:
            lines: list[str] = []
            for start in range(0, len(ids), 500):
                lines += [text(tile) for tile in _in_order(workspace, ids[start : start + 500])]
            return [line for line in lines if line]

        def done(lines: list[str]) -> None:
            QGuiApplication.clipboard().setText(shown("\n".join(lines)))
            count = len(lines)
            words = f"{noun.capitalize()} copied" if count == 1 else f"{count:,} {noun}s copied"
            self.said.emit(words if lines else f"There is no {noun} to copy", False)

        run_in_pool(read, done, lambda e: self.said.emit(error_words("Copying failed.", e), False), self, 3)

    def _on_show_file(self) -> None:
        workspace, current = self._workspace, self._view.current_id()
        if workspace is None or current is None:
            return

        def done(tiles: list[PhotoTile]) -> None:
            if tiles:
                show_in_file_manager(tiles[0].path)

        run_in_pool(lambda: workspace.library.tiles([current]), done, owner=self, priority=3)


def _in_order(workspace: Workspace, ids: Sequence[int]) -> list[PhotoTile]:
    tiles = {tile.id: tile for tile in workspace.library.tiles(ids)}
    return [tiles[i] for i in ids if i in tiles]
