"""The icon in the system tray: how far the work is, and the few things that are done from there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import LibraryCounts
from blipdesk.domain.wording import tr
from blipdesk.services.notices import Notice
from blipdesk.ui import icons
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.status_bar import left_words, progress_share, progress_words
from blipdesk.ui.theme import DARK

_EDGE, _RING = 64, 7
"""Pixels of the icon and of the ring around the logo; trays scale it to 16 to 48."""
_STEPS = 32
"""The ring is drawn anew so many times a run: an icon crosses to the tray's process each time."""
_NOTE_MS = 10_000


def plain(text: str) -> str:
    """The text without what a tray or a notification might read as markup."""
    return shown(text).replace("<", "‹")


def tray_icon(step: int | None, paused: bool) -> QIcon:
    """The logo; in a ring that is closed by ``step`` of ``_STEPS`` where work is under way."""
    if step is None:
        return icons.app_icon()
    made = QPixmap(_EDGE, _EDGE)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = _EDGE - 2 * (_RING + 4)
    painter.drawPixmap(
        QRectF(_RING + 4, _RING + 4, inner, inner).toRect(), icons.pixmap("logo", "text", inner)
    )
    box = QRectF(0, 0, _EDGE, _EDGE).adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2)
    # Drawn on the tray's ground, not on the window's: inks that are seen on light and dark.
    for ink, part in (
        (QColor(128, 128, 128, 110), _STEPS),
        (QColor(DARK.warn if paused else DARK.accent), step),
    ):
        painter.setPen(QPen(ink, _RING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(box, 90 * 16, -round(360 * 16 * part / _STEPS))
    painter.end()
    return QIcon(made)


class Tray(QObject):
    """What is chosen is emitted; ``pause_toggled`` carries True to pause.  Owner: the GUI thread."""

    open_requested = Signal()
    activity_requested = Signal()
    pause_toggled = Signal(bool)
    quit_requested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._progress = Progress()
        self._drawn: tuple[int | None, bool] | None = None
        self.menu = QMenu()
        self.open_action, self.state_action = QAction(self.menu), QAction(self.menu)
        self.pause_action, self.quit_action = QAction(self.menu), QAction(self.menu)
        self.open_action.triggered.connect(self.open_requested)
        self.state_action.triggered.connect(self.activity_requested)
        self.pause_action.triggered.connect(self._on_pause)
        self.quit_action.triggered.connect(self.quit_requested)
        self.menu.addAction(self.open_action)
        self.menu.addSeparator()
        self.menu.addActions([self.state_action, self.pause_action])
        self.menu.addSeparator()
        self.menu.addAction(self.quit_action)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.open_requested)
        self.show_progress(self._progress)
        self.icon.show()

    @property
    def is_there(self) -> bool:
        """Whether the person can see it: only then may the window go."""
        return self.icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the work is; also after the language was changed."""
        self._progress = progress
        share = progress_share(progress)
        paused = progress.state in (RunState.PAUSED, RunState.WAITING)
        drawn = (None if share is None else round(share * _STEPS), paused)
        if drawn != self._drawn:
            self._drawn = drawn
            self.icon.setIcon(tray_icon(*drawn))
        words = progress_words(progress, LibraryCounts())[1]
        left = left_words(progress.seconds_left, progress.seconds_left_most)
        said = plain(f"{words} · {left}" if left and progress.state is RunState.CAPTIONING else words)
        self.icon.setToolTip(f"BlipDesk\n{said}")
        self.open_action.setText(tr("Open BlipDesk"))
        self.state_action.setText(said.replace("&", "&&"))
        self.pause_action.setText(tr("Go on") if progress.state is RunState.PAUSED else tr("Pause"))
        working = progress.state not in (RunState.STARTING, RunState.STOPPED, RunState.ERROR)
        self.pause_action.setEnabled(working)
        self.quit_action.setText(tr("Quit BlipDesk"))

    def say(self, notice: Notice) -> None:
        """Show a notification."""
        kind = QSystemTrayIcon.MessageIcon
        mark = kind.Warning if notice.is_warning else kind.Information
        self.icon.showMessage(plain(notice.title), plain(notice.text), mark, _NOTE_MS)

    def put_away(self) -> None:
        """Take the icon out of the tray."""
        self.icon.hide()
        self.menu.deleteLater()

    def _on_pause(self) -> None:
        self.pause_toggled.emit(self._progress.state is not RunState.PAUSED)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_requested.emit()
