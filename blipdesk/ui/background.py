"""The program behind its window: the tray icon, what a closed window means, and notifications."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon
from typing_extensions import override

from blipdesk.domain.events import CatalogChange, Progress
from blipdesk.services.notices import Notice, Notices
from blipdesk.ui.pane.edits import EditQueue
from blipdesk.ui.shell import Shell
from blipdesk.ui.tasks import EventBridge, run_in_pool
from blipdesk.ui.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtCore import QTimerEvent

    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.dialogs.staying import StayingDialog

log = logging.getLogger(__name__)
_LOOK_MS = 5000
"""How often a tray is looked for where there is none yet: at a login it may come late."""


class Background(QObject):
    """Of one opened library, whatever content the window has.  Owner: the GUI thread.

    Args:
        shell: the window; it asks here whether closing it ends the program.
        workspace: the library.
        show_activity: brings the window to the front, with what is being done.
        make_tray: makes the icon; tests give another.
    """

    def __init__(
        self,
        shell: Shell,
        workspace: Workspace,
        show_activity: Callable[[], None],
        make_tray: Callable[[QObject], Tray] = Tray,
    ) -> None:
        super().__init__(shell)
        self._shell, self._workspace = shell, workspace
        self._show_activity, self._make_tray = show_activity, make_tray
        self._edits, self._notices = EditQueue(), Notices()
        self.tray: Tray | None = None
        self.dialog: StayingDialog | None = None
        self._bridge = EventBridge(self)
        self._bridge.progressed.connect(self._on_progress)
        self._bridge.catalog_changed.connect(self._on_change)
        self._bridge.attach(workspace.events.subscribe)
        self._look_at_folders()
        shell.stays = self.stays
        if not self._look_for_tray():
            self._timer = self.startTimer(_LOOK_MS)

    def end(self) -> None:
        """The library is being closed."""
        self._bridge.detach()
        self._shell.stays = lambda: False
        if self.tray is not None:
            self.tray.put_away()

    def say_again(self) -> None:
        """The language was changed."""
        if self.tray is not None:
            self.tray.show_progress(self._workspace.captioning.progress())

    # ------------------------------------------------------------------------------------ the tray

    @override
    def timerEvent(self, event: QTimerEvent) -> None:
        if self._look_for_tray():
            self.killTimer(event.timerId())

    def _look_for_tray(self) -> bool:
        if self._make_tray is Tray and not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        self.tray = tray = self._make_tray(self)
        tray.open_requested.connect(self._shell.come_forward)
        tray.activity_requested.connect(self._show_activity)
        tray.quit_requested.connect(self._shell.leave)
        tray.pause_toggled.connect(self._on_pause)
        self.say_again()
        return True

    def _on_pause(self, pause: bool) -> None:
        captioning = self._workspace.captioning
        run_in_pool(captioning.pause if pause else captioning.resume, None, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        log.error("it could not be paused, or gone on with", exc_info=error)

    # ------------------------------------------------------------------------------------ closing

    def stays(self) -> bool:
        """The person closes the window: put it away and go on, or ask first; False: the program ends.

        Only where it can be opened again: with a tray.  A session that is ending (a logout) is not held up,
        and the demo has nothing to go on with.
        """
        values = self._workspace.settings.values
        app = QGuiApplication.instance()
        ending = isinstance(app, QGuiApplication) and app.isSavingSession()
        can = self.tray is not None and self.tray.is_there and not self._workspace.demo
        if ending or not can or not values.keep_running:
            return False
        if values.keep_running_told:
            self._shell.put_away()
        elif self.dialog is None:
            self._ask()
        return True

    def _ask(self) -> None:
        from blipdesk.ui.dialogs.staying import StayingDialog

        self.dialog = dialog = StayingDialog(self._shell)
        dialog.finished.connect(lambda _: self._on_answer(dialog))
        dialog.open()

    def _on_answer(self, dialog: StayingDialog) -> None:
        self.dialog = None
        dialog.deleteLater()
        if dialog.stays is None:
            return
        stays, settings = dialog.stays, self._workspace.settings
        self._edits.add(
            lambda: settings.change(keep_running=stays, keep_running_told=True),
            lambda: None,
            lambda error: log.error("the answer could not be kept", exc_info=error),
        )
        if stays:
            self._shell.put_away()
        else:
            self._shell.leave()

    # ------------------------------------------------------------------------------------ telling

    def _on_progress(self, progress: Progress) -> None:
        if self.tray is not None:
            self.tray.show_progress(progress)
        self._tell(self._notices.of_progress(progress))

    def _on_change(self, change: CatalogChange) -> None:
        if change.folders:
            self._look_at_folders()

    def _look_at_folders(self) -> None:
        run_in_pool(
            self._workspace.library.folders,
            lambda found: self._tell(self._notices.of_folders(found)),
            owner=self,
        )

    def _tell(self, notice: Notice | None) -> None:
        """A person who looks at the window sees it there."""
        looks = self._shell.isVisible() and self._shell.isActiveWindow()
        wanted = self._workspace.settings.values.notifications and not looks
        if notice is not None and self.tray is not None and wanted:
            self.tray.say(notice)
