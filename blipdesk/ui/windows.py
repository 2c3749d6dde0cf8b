"""Opens the dialogs, imported when they are first asked for: the first paint needs none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from blipdesk.domain.wording import joined, tr
from blipdesk.ui.dialogs.opening import open_dialog
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.toast import Toast
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.dialogs.first_start import FirstStartDialog
    from blipdesk.ui.dialogs.large import LargePreview
    from blipdesk.ui.model_work import ModelWork


class Windows(QObject):
    """The large view, first start, settings, keys, problems; ``setting_changed`` names a saved one."""

    setting_changed = Signal(str)
    favourite_requested = Signal(object)
    """These photos shall be favourites, or no more: their ids."""
    trash_requested = Signal()
    """The selected photo shall go into the trash."""

    def __init__(self, window: QMainWindow, over: QWidget, view: GalleryView, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._over, self._view, self._toast = window, over, view, toast
        self._workspace: Workspace | None = None
        self._large: LargePreview | None = None
        for counted in (view.photos.rowsInserted, view.photos.rowsRemoved, view.photos.modelReset):
            counted.connect(self._place)
        self._model_work: ModelWork | None = None
        """What is being done with a model, also while the settings are closed."""

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Work on this library; what is open is closed."""
        if self._large is not None:
            self._large.close_view()
            self._large.deleteLater()
            self._large = None
        if self._model_work is not None:
            self._model_work.close()
            self._model_work = None
        self._workspace = workspace

    # ------------------------------------------------------------------------------------ large view

    def open_preview(self, photo_id: int) -> None:
        """Show one photo as large as the window; the arrow keys go through the gallery."""
        if self._workspace is None:
            return
        if self._large is None:
            from blipdesk.ui.dialogs.large import LargePreview

            self._large = LargePreview(self._workspace, self._over)
            self._large.navigate.connect(self._on_navigate)
            self._large.closed.connect(self._on_large_closed)
            self._large.favourite_requested.connect(self.favourite_requested)
            self._large.trash_requested.connect(self._on_trash)
        self._large.show_photo(photo_id)
        self._toast.float_over(self._large, self._large.words_height)
        self._place()

    def _on_large_closed(self) -> None:
        self._toast.float_over(None)
        self._view.setFocus()

    def _on_navigate(self, step: int) -> None:
        now, last = self._view.currentIndex().row(), self._view.photos.rowCount() - 1
        row = min(max(now + step, 0), last)
        if self._large is not None and row != now:
            self._view.select_row(row)
            self._large.show_photo(self._view.photos.id_at(row))
            self._place()

    def _on_trash(self) -> None:
        self._view.select_row(self._view.currentIndex().row())  # of several that are selected the shown one
        self.trash_requested.emit()

    def follow(self) -> None:
        """Show in the large view the photo that is current now, after the shown one went."""
        if self._large is not None and self._large.isVisible():
            current = self._view.current_id()
            if current is None:
                self._large.close_view()
            else:
                self._large.show_photo(current)
                self._place()

    def _place(self) -> None:
        """Say which of how many photos it is, and have the ones beside it decoded soon."""
        row, photos = self._view.currentIndex().row(), self._view.photos
        if self._large is not None and self._large.isVisible() and row >= 0:
            self._large.set_position(row + 1, photos.rowCount())
            near = [photos.id_at(n) for n in (row + 1, row - 1, row + 2) if 0 <= n < photos.rowCount()]
            self._large.prefetch(near)

    # ------------------------------------------------------------------------------------ dialogs

    def open_first_start(self) -> None:
        """Ask what is asked once; a skip counts as answered."""
        if self._workspace is None:
            return
        from blipdesk.ui.dialogs.first_start import FirstStartDialog

        dialog = FirstStartDialog(self._workspace, self._window, work=self._work(self._workspace))
        dialog.finished.connect(lambda _: self._on_first_start(dialog))
        open_dialog(dialog)

    def _on_first_start(self, dialog: FirstStartDialog) -> None:
        from blipdesk.ui.dialogs.first_start import apply_first_start

        workspace, result = self._workspace, dialog.result_value
        if workspace is None:
            return

        def done(problems: list[str]) -> None:
            if problems:
                self._toast.show_note(joined(*problems), None, "warning", "err")

        def failed(error: Exception) -> None:
            words = error_words(tr("Your answers could not be saved."), error)
            self._toast.show_note(words, None, "warning", "err")

        run_in_pool(lambda: apply_first_start(workspace, result), done, failed, self, 3)

    def open_settings(self, section: str = "") -> None:
        """Open the settings, at a section where one is named."""
        workspace = self._workspace
        if workspace is None:
            return
        from blipdesk.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(workspace, self._window, self._work(workspace))
        dialog.changed.connect(self.setting_changed)
        if section in dialog.page_names:
            dialog.show_page(section)
        open_dialog(dialog)

    def _work(self, workspace: Workspace) -> ModelWork:
        from blipdesk.ui.model_work import ModelWork

        if self._model_work is None:
            self._model_work = ModelWork(self, workspace.models)
        return self._model_work

    def open_keys(self) -> None:
        """The keys of the keyboard."""
        from blipdesk.ui.dialogs.keys_list import KeysList

        open_dialog(KeysList(self._window))

    def open_problems(self) -> None:
        """The causes of what could not be read, with their remedies."""
        if self._workspace is None:
            return
        from blipdesk.ui.dialogs.problems import ProblemsDialog

        dialog = ProblemsDialog(self._workspace, self._window)
        open_dialog(dialog)


def open_crash(window: QMainWindow, details: str, log_path: str) -> bool:
    """Say that something went wrong inside, with the trace and where the log lies; True: quit."""
    from blipdesk.ui.dialogs.crash import CrashDialog

    dialog = CrashDialog(details, window, log_path)
    dialog.exec()
    dialog.deleteLater()
    return bool(dialog.quit_wanted)
