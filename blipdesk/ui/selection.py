"""What can be done with the selected photos: the context menu, its shortcuts, and the work behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from blipdesk.domain.paths import file_name
from blipdesk.domain.values import PhotoState, PhotoTile, Source, WriteTarget
from blipdesk.domain.wording import later, number, plural, tr
from blipdesk.ui import icons
from blipdesk.ui import shortcuts as keys
from blipdesk.ui.dialogs.confirm import Confirm, ask_first
from blipdesk.ui.file_manager import mark_in_file_manager
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.handing_out import HandingOut, in_order
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.words import error_words, photos_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


MARKED = 200
"""Photos that are marked in the file manager at once."""


T = TypeVar("T")
GONE = later("their files are not there")
_REASONS = {
    PhotoState.MISSING: later("the file is gone"),
    PhotoState.OFFLINE: later("its drive is not connected"),
}


def caption_refusal(states: Sequence[PhotoState]) -> str:
    """Why none of the photos can be captioned now; empty where one can, or nothing is known of them.

    >>> caption_refusal([PhotoState.MISSING]), caption_refusal([PhotoState.MISSING, PhotoState.DONE])
    ('the file is gone', '')
    """
    if not states or any(state not in _REASONS for state in states):
        return ""
    return _REASONS[states[0]] if len(states) == 1 else GONE


_MOST_LOOKED_AT = 500
"""Selected photos whose tiles are asked what can be done."""


def may_be_written(view: GalleryView) -> bool:
    """Whether something of ours may stand in the selected photos' files: of tiles not read nobody knows."""
    if view.selected_count() > _MOST_LOOKED_AT:
        return True
    tiles = map(view.photos.cached, view.selected_ids())
    return any(tile is None or tile.written for tile in tiles)


class SelectionActions(QObject):
    """Acts on what is selected in the gallery; ``said`` has a sentence for the toast, and Undo or not."""

    said = Signal(str, bool)
    similar_requested = Signal(int, str)
    """Photos like this one, with its file's name."""
    preview_requested = Signal(int)
    edit_requested = Signal(int)
    tags_requested = Signal()
    write_requested = Signal(object)
    """The captions into the files: a WriteTarget."""
    take_back_requested = Signal()
    favourite_requested = Signal(object)
    """These photos shall be favourites, or no more: their ids."""
    ask_many_requested = Signal()
    anew_requested = Signal(int)
    """This one photo is to be captioned anew."""
    trash_requested = Signal()
    keys_requested = Signal()
    """All keys shall be listed."""

    def __init__(self, view: GalleryView, owner: QWidget, confirm: Confirm = ask_first) -> None:
        super().__init__(owner)
        self._view = view
        self._confirm = confirm
        self._owner = owner
        self._workspace: Workspace | None = None
        self.open = self._action(tr("Large view"), "expand", keys.LARGE, self._on_open)
        self.similar = self._action(tr("Find similar photos"), "similar", keys.SIMILAR, self.find_similar)
        star = tr("Add to the favourites")
        self.favourite = self._action(star, "star", keys.FAVOURITE, self.toggle_favourite)
        self.edit = self._action(tr("Edit caption"), "pencil", keys.EDIT_CAPTION, self._on_edit)
        self.tag = self._action(tr("Add tags…"), "tag", keys.EDIT_TAGS, self.tags_requested.emit)
        self.again = self._action(tr("Caption again"), "refresh", keys.CAPTION_AGAIN, self.caption_again)
        self.retry = self._action(tr("Try again"), "refresh", None, self._on_retry)
        self.copy = self._action(tr("Copy captions"), "copy", keys.COPY_CAPTION, self.copy_captions)
        self.files = HandingOut(view, self)
        self.files.said.connect(self.said)
        self.copy_photo = self._action(tr("Copy photo"), "image", keys.COPY_PHOTO, self.files.copy)
        self.copy_path = self._action(tr("Copy path"), "copy", keys.COPY_PATH, self._on_copy_path)
        self.show_file = self._action(tr("Show in the file manager"), "folder", None, self._on_show_file)
        self.back = self._action(tr("Take caption back…"), "undo", None, self.take_back_requested.emit)
        self.trash = self._action(tr("Move to the trash"), "trash", keys.TRASH, self.trash_requested.emit)
        self.forget = self._action(tr("Remove from the library…"), "trash", None, self.forget_missing)
        self.ask_many = self._action(
            tr("Ask all of them…"), "ask-many", keys.ASK_MANY, self.ask_many_requested.emit
        )
        copying = self.copy, self.copy_photo, self.copy_path
        for action in (self.ask_many, self.trash, self.similar, self.favourite, self.again, *copying):
            view.addAction(action)
        view.menu_requested.connect(self.show_menu)
        view.starred.connect(lambda photo_id: self.favourite_requested.emit([photo_id]))

    def _action(self, words: str, icon: str, by: keys.Keys | None, slot: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setData(icon)
        if by is not None:
            action.setShortcuts(by.sequences)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: slot())
        return action

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act through these services."""
        self._workspace = workspace
        self.files.set_workspace(workspace)

    def menu(self) -> QMenu:
        """The context menu for what is selected now."""
        count = self._view.selected_count()
        model = self._view.model()
        menu = QMenu(self._owner)
        self.copy.setText(tr("Copy captions") if count > 1 else tr("Copy caption"))
        self.copy_photo.setText(tr("Copy photos") if count > 1 else tr("Copy photo"))
        self.copy_path.setText(tr("Copy paths") if count > 1 else tr("Copy path"))
        chosen = [self.open, self.similar, self.edit] if count == 1 else []
        tiles = self._selected_tiles()
        states = [tile.state for tile in tiles]
        starred = bool(tiles) and all(tile.favourite for tile in tiles)
        self.favourite.setText(tr("Take off the favourites") if starred else tr("Add to the favourites"))
        self.favourite.setData("star-on" if starred else "star")
        chosen += [self.tag, self.favourite]
        failed = PhotoState.FAILED in states
        refusal = caption_refusal(states)
        again = tr("Caption again")
        again = tr("{action} ({reason})", action=again, reason=tr(refusal)) if refusal else again
        chosen += [self.ask_many] if count > 1 else []
        chosen += [self.again, *([self.retry] if failed else []), self.copy, self.copy_photo]
        chosen += [self.copy_path, self.show_file]
        chosen += [self.forget] if PhotoState.MISSING in states else []
        for action in chosen:
            action.setIcon(icons.icon(action.data()))
            menu.addAction(self._greyed(again, action, menu) if action is self.again and refusal else action)
            last_of_group = (self.favourite, self.retry if failed else self.again)
            if action in last_of_group and action is not chosen[-1]:
                menu.addSeparator()
        if any(state not in _REASONS for state in states):
            self._add_writing(menu, count > 1)
            menu.addSeparator()
            self.trash.setIcon(icons.icon("trash"))
            menu.addAction(self.trash)
        if count < model.rowCount():
            menu.addSeparator()
            menu.addAction(tr("Select all"), self._view.selectAll).setShortcuts(keys.SELECT_ALL.sequences)
        menu.addSeparator()
        by_key = menu.addAction(tr("Keyboard shortcuts"), self.keys_requested.emit)
        by_key.setShortcuts(keys.THESE_KEYS.sequences)
        return menu

    def _add_writing(self, menu: QMenu, many: bool) -> None:
        """What can be done with the files of those photos."""
        menu.addSeparator()
        into = menu.addMenu(icons.icon("file-check"), tr("Write captions") if many else tr("Write caption"))
        for words, icon, target in (
            (tr("Into the photos") if many else tr("Into the photo"), "file-check", WriteTarget.EMBED),
            (tr("Beside the photos") if many else tr("Beside the photo"), "file-plus", WriteTarget.SIDECAR),
        ):
            into.addAction(icons.icon(icon), words, lambda target=target: self.write_requested.emit(target))
        if not may_be_written(self._view):
            return
        self.back.setText(tr("Take captions back…") if many else tr("Take caption back"))
        self.back.setIcon(icons.icon("undo"))
        menu.addAction(self.back)

    def show_menu(self, point: QPoint) -> None:
        """Open the context menu at a global position."""
        if self._view.selected_count() and self._workspace is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(point)

    # ------------------------------------------------------------------------------------ actions

    def _selected_tiles(self) -> list[PhotoTile]:
        model = self._view.photos
        ids = self._view.selected_ids()[:_MOST_LOOKED_AT]
        return [tile for photo_id in ids if (tile := model.cached(photo_id)) is not None]

    @staticmethod
    def _greyed(words: str, action: QAction, menu: QMenu) -> QAction:
        """A stand-in in the menu: the action itself stays on, so that its key can say why nothing happens."""
        shown_only = QAction(action.icon(), words, menu)
        shown_only.setEnabled(False)
        return shown_only

    def _on_open(self) -> None:
        current = self._view.current_id()
        if current is not None:
            self.preview_requested.emit(current)

    def find_similar(self) -> None:
        """Show the photos that are like the current one."""
        current = self._view.current_id()
        if current is not None:
            tile = self._view.photos.cached(current)
            self.similar_requested.emit(
                current, file_name(tile.path) if tile is not None else tr("this photo")
            )

    def toggle_favourite(self) -> None:
        """Make all selected photos favourites, or none where all are."""
        ids = self._view.selected_ids().tolist()
        if self._workspace is not None and ids:
            self.favourite_requested.emit(ids)

    def _on_edit(self) -> None:
        current = self._view.current_id()
        if current is not None:
            self.edit_requested.emit(current)

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failure: str) -> None:
        run_in_pool(work, done, lambda e: self.said.emit(error_words(failure, e), False), self, priority=3)

    def _say(self, words: str) -> None:
        self.said.emit(words, False)

    def caption_again(self) -> None:
        """Queue the selected photos anew, those whose files are there; several once the person has agreed."""
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is None or not ids:
            return

        there: list[int] = []
        away: list[PhotoState] = []

        def read() -> bool:
            replaces = False
            for tile in in_order(workspace, ids):
                if tile.state in _REASONS:
                    away.append(tile.state)
                else:
                    there.append(tile.id)
                    replaces |= tile.source is Source.MODEL
            return replaces

        def ask(replaces: bool) -> None:
            if not there:
                refusal = caption_refusal(away) or GONE
                self._say(tr("Nothing can be captioned: {reason}", reason=tr(refusal)))
            elif len(there) == 1:
                self.anew_requested.emit(there[0])  # an edit, which comes behind those being saved
            elif replaces:
                self._confirm(
                    self._owner,
                    tr("Caption {words} again?", words=photos_words(len(there))),
                    tr(
                        "The model's captions are replaced by its next ones. This cannot be undone. "
                        "What people wrote stays."
                    ),
                    tr("Caption again"),
                    lambda agreed: queue() if agreed else None,
                )
            else:
                queue()

        def queue() -> None:
            words = tr("{n} photos will be captioned again", n=number(len(there)))
            self._run(lambda: workspace.captioning.caption_again(there), lambda _: self._say(words), failed)

        failed = tr("Captioning again did not work.")
        self._run(read, ask, failed)

    def forget_missing(self) -> None:
        """Take the selected photos whose files are gone out of the library, once the person has agreed."""
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is None or not ids:
            return

        def read() -> list[int]:
            return [t.id for t in in_order(workspace, ids) if t.state is PhotoState.MISSING]

        def ask(gone: list[int]) -> None:
            if gone:
                words = photos_words(len(gone))
                self._confirm(
                    self._owner,
                    tr("Remove {words} from the library?", words=words),
                    tr(
                        "The files are gone already. Their captions, tags, questions and answers are deleted "
                        "too, and do not come back if the files do. This cannot be undone."
                    ),
                    tr("Remove"),
                    lambda agreed: forget(gone) if agreed else None,
                )

        def forget(gone: list[int]) -> None:
            self._run(
                lambda: workspace.library.forget_missing(gone),
                lambda count: self._say(
                    plural(
                        count,
                        tr("{n} photo removed from the library"),
                        tr("{n} photos removed from the library"),
                    )
                ),
                failed,
            )

        failed = tr("Removing did not work.")
        self._run(read, ask, failed)

    def _on_retry(self) -> None:
        ids = self._view.selected_ids().tolist()
        if ids:
            self._retry(ids, tr("Trying again"))

    def retry_all(self) -> None:
        """Try every failed photo again."""
        self._retry(None, tr("Trying all of them again"))

    def _retry(self, ids: list[int] | None, words: str) -> None:
        workspace = self._workspace
        if workspace is not None:
            self._run(
                lambda: workspace.captioning.retry(ids),
                lambda _: self._say(words),
                tr("Trying again did not work."),
            )

    def copy_captions(self) -> None:
        """Put the selected photos' captions on the clipboard, one a line."""
        said = tr("Caption copied"), tr("{n} captions copied"), tr("There is no caption to copy")
        self._copy(lambda tile: tile.caption or "", said)

    def _on_copy_path(self) -> None:
        said = tr("Path copied"), tr("{n} paths copied"), tr("There is no path to copy")
        self._copy(lambda tile: tile.path, said)

    def _copy(self, text: Callable[[PhotoTile], str], said: tuple[str, str, str]) -> None:
        """Put one line a photo on the clipboard; ``said`` of one, of several, of none."""
        one, many, none = said
        workspace, ids = self._workspace, self._view.selected_ids().tolist()
        if workspace is None or not ids:
            return

        def read() -> list[str]:
            return [line for tile in in_order(workspace, ids) if (line := text(tile))]

        def done(lines: list[str]) -> None:
            QGuiApplication.clipboard().setText(shown("\n".join(lines)))
            self._say(plural(len(lines), one, many) if lines else none)

        self._run(read, done, tr("Copying failed."))

    def _on_show_file(self) -> None:
        workspace, ids = self._workspace, self._view.selected_ids()[:MARKED].tolist()
        if workspace is None or not ids:
            return

        def work() -> str:
            paths = [tile.path for tile in in_order(workspace, ids)]
            return "" if not paths or mark_in_file_manager(paths) else os.path.dirname(paths[0])

        def done(folder: str) -> None:
            if folder:
                QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

        self._run(work, done, tr("The file manager could not be opened."))
