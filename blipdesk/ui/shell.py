"""The top-level window: its place, and a drawing of its frame until the content is there.

Importing and making the content takes three times as long as showing a window, so the first paint needs this
module alone: the bars and columns where they will stand, with the name, in the theme and place of the last
window.  The middle stays empty, because whether photos or an invitation come is not known yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget
from shiboken6 import isValid
from typing_extensions import override

from blipdesk.ui import icons
from blipdesk.ui.theme import (
    GALLERY_LEAST,
    NARROW,
    PANE,
    RADIUS_CONTROL,
    RADIUS_INPUT,
    ROW,
    SEARCH,
    SEARCH_WIDTH,
    SIDEBAR,
    SIDEBAR_LEAST,
    SIZE_BRAND,
    SPACE_L,
    SPACE_M,
    STATUS_BAR,
    TOP_BAR,
    colors,
    font,
)

_TOOLS, _NAME = 432, 106
"""Pixels that the top bar's controls take, and logo with name."""
_HEADS = ((80, 51), (224, 53), (266, 30))
"""Top and width of the side bar's headings; its rows begin at ``_ROWS``."""
_ROWS = ((102, 62), (136, 92), (170, 88))


class Shell(QMainWindow):
    """``painted`` is emitted after the first paint: only then may anything heavy be imported.

    ``closed`` is emitted once the window was closed by the person and is gone from the screen: what is still
    to be saved then keeps nobody looking at a window that does not answer.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, splitter: str = "") -> None:
        """Make the window, not shown yet.

        Args:
            splitter: the remembered columns, base64 of Qt's own form; blank where not known.
        """
        super().__init__()
        self.setWindowTitle("BlipDesk")
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(1440, screen.width()), min(900, screen.height() - 32))
        self.setMinimumSize(SIDEBAR_LEAST + GALLERY_LEAST + PANE + 4, 560)
        self.stays: Callable[[], bool] = lambda: False
        """Asked when the person closes the window: True where it is not to end the program."""
        self._is_leaving = False
        self._had_focus: QWidget | None = None
        self.place_known = False
        """A remembered place was taken: none that is known later moves the window again."""
        self._was_painted = False
        self.splitter = splitter

    def restore(self, geometry: str) -> None:
        """Put the window where it was (base64 of Qt's own form; blank where it is not known)."""
        if geometry and not self.isMaximized():
            self.place_known = self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def leave(self) -> None:
        """Close the window for good, seen or not: the program ends."""
        self._is_leaving = True
        self.close()

    def put_away(self) -> None:
        """Take the window from the screen; the program goes on, and the keyboard comes back where it was."""
        self._had_focus = self.focusWidget()
        self.hide()

    def come_forward(self) -> None:
        """Show the window, wherever it was, and give it the keyboard."""
        held, self._had_focus = self._had_focus, None
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if held is not None and isValid(held):
            held.setFocus()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_leaving and self.stays():
            event.ignore()
            return
        event.accept()
        QTimer.singleShot(0, self, self.closed.emit)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors().color("bg"))
        if self.centralWidget() is None:
            self._draw_frame(painter)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    # ------------------------------------------------------------------------------------ the frame

    def _draw_frame(self, painter: QPainter) -> None:
        width, foot = self.width(), self.height() - STATUS_BAR
        surface, line = colors().color("surface"), colors().color("line")
        left, right = self._columns()
        for x, y, wide, high, ink in (
            (0, 0, width, TOP_BAR, surface),
            (0, TOP_BAR - 1, width, 1, line),
            (0, TOP_BAR, left, foot, surface),
            (left, TOP_BAR, 1, foot, line),
            (width - right, TOP_BAR, right, foot, surface),
            (width - right - 1, TOP_BAR, 1 if right else 0, foot, line),
            (0, foot, width, STATUS_BAR, surface),
            (0, foot, width, 1, line),
        ):
            painter.fillRect(x, y, wide, high, ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(SPACE_L, (TOP_BAR - 28) // 2, icons.pixmap("logo", "text", 28))
        painter.setPen(colors().color("text"))
        painter.setFont(font(SIZE_BRAND, 600))
        name = QRect(SPACE_L + 36, 0, _NAME, TOP_BAR)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, "BlipDesk")
        end = width - SPACE_M
        self._block(painter, *self._search(), RADIUS_INPUT, "raised", "line")
        self._block(painter, end - _TOOLS, 13, 148, 30, RADIUS_CONTROL, "raised", "line")
        self._block(painter, end - 184, 26, 96, 4, 2, "line")
        self._block(painter, 10, _ROWS[0][0], left - 20, ROW, RADIUS_CONTROL, "soft")
        for top, wide in _HEADS:
            self._block(painter, 18, top + 2, wide, 8, 4, "raised")
        for top, wide in _ROWS:
            self._block(painter, 18, top + 7, 18, 18, 5, "line")
            self._block(painter, 44, top + 11, wide, 10, 5, "line")
        self._block(painter, 14, foot + 10, 16, 16, 8, "line")
        self._block(painter, 38, foot + 13, 54, 10, 5, "line")

    @staticmethod
    def _block(
        painter: QPainter, x: int, y: int, width: int, height: int, radius: int, fill: str, edge: str = ""
    ) -> None:
        painter.setPen(colors().color(edge) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(colors().color(fill))
        inset = 0.5 if edge else 0.0
        box = QRectF(x, y, width, height).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, radius, radius)

    def _search(self) -> tuple[int, int, int, int]:
        """Place and size that the top bar's layout will give the search field, to one pixel."""
        start = SPACE_L + (_NAME if self.width() < NARROW else _TOOLS) + SPACE_L
        room = self.width() - SPACE_M - _TOOLS - SPACE_L - start
        size = min(round(room * 100 / 102), SEARCH_WIDTH)
        return start + (room - size) // 2, (TOP_BAR - SEARCH) // 2, size, SEARCH

    def _columns(self) -> tuple[int, int]:
        """Widths of the side bar and of the photo pane: those of a splitter like the content's."""
        parts = [QWidget() for _ in range(3)]
        for part, least in zip(parts, (SIDEBAR_LEAST, GALLERY_LEAST, PANE), strict=True):
            part.setMinimumWidth(least)
        splitter = columns(parts)
        splitter.resize(self.width(), ROW)
        restore_columns(splitter, self.splitter)
        QGuiApplication.sendEvent(splitter, QResizeEvent(splitter.size(), splitter.size()))
        sizes = splitter.sizes()
        return sizes[0], sizes[2]


def columns(parts: Sequence[QWidget]) -> QSplitter:
    """Side bar, gallery and photo pane beside each other; the gallery takes what is left."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for part in parts:
        splitter.addWidget(part)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes([SIDEBAR, 1440 - SIDEBAR - PANE - 2, PANE])
    return splitter


def restore_columns(splitter: QSplitter, state: str) -> None:
    """Give the columns remembered widths (base64 of Qt's own form; blank where they are not known)."""
    if state:
        splitter.restoreState(QByteArray.fromBase64(state.encode()))
