"""The note that floats over the gallery: for four seconds, with Undo where something can be taken back, or
as long as something is under way, with Stop.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import plain_label, set_reading, shown
from blipdesk.ui.tasks import single_shot
from blipdesk.ui.theme import RADIUS_PREVIEW, colors

SHOWN_MS = 4000
LONG_MS = 9000
"""For sentences that take longer to read, such as errors."""
_LONG = 60
"""Characters from which on a sentence is one of those, and wrapped."""
_WIDEST, _NARROWEST = 420, 160
_AROUND = 108
"""Pixels of the note and beside it that are not its words' or its button's."""
_BELOW = 16
"""Pixels between it and the lower edge of what it floats over."""


class Toast(QWidget):
    """One note at a time, centred above the lower edge of ``anchor``, a part of the parent.

    It is no child of the anchor: a stack in there would raise its pages over the note.
    """

    def __init__(self, parent: QWidget, anchor: QWidget) -> None:
        super().__init__(parent)
        self._anchor = self._usual = anchor
        self._room_below = _BELOW
        self._act: Callable[[], None] | None = None
        self._stays = False
        self._mark = plain_label()
        self._words = plain_label(wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.button = text_button(tr("Undo"), "link")
        # Else a click takes the keyboard from a field, and a picture has it once this goes.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        row.addSpacing(6)
        row.addWidget(self.button)
        self._timer = single_shot(self, SHOWN_MS, self.hide)
        anchor.installEventFilter(self)
        self.hide()

    def float_over(self, anchor: QWidget | None, below: int = 0) -> None:
        """Float over another part of the parent, so many pixels higher; None: the usual one again."""
        self._anchor.removeEventFilter(self)
        self._anchor, self._room_below = anchor or self._usual, below + _BELOW
        self._anchor.installEventFilter(self)
        if self.isVisible():
            self._place()
            self.raise_()

    @property
    def words(self) -> str:
        """What the note says."""
        return self._words.text()

    def show_note(
        self, words: str, undo: Callable[[], None] | None = None, icon: str = "check", ink: str = "ok"
    ) -> None:
        """Show a note; ``undo`` adds the button."""
        self._show(words, undo, tr("Undo"), icon, ink)
        self._stays = False
        self._timer.start(LONG_MS if len(words) > _LONG else SHOWN_MS)

    def show_work(self, words: str, stop: Callable[[], None] | None = None) -> None:
        """Say what is under way until the next note; one that is being read keeps its time."""
        if self.isVisible() and not self._stays:
            return
        self._timer.stop()
        self._show(words, stop, tr("Stop"), "clock", "muted")
        self._stays = True

    def _show(self, words: str, act: Callable[[], None] | None, name: str, icon: str, ink: str) -> None:
        self._act = act
        icons.bind_icon(self._mark, icon, ink)
        self._words.setMinimumWidth(0)  # a label's size hint is never narrower than the last note was
        self._words.setText(shown(words))
        self.button.setText(name)
        set_reading(self.button, name)
        self.button.setVisible(act is not None)
        set_reading(self, words)
        self._fit_words()
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def _fit_words(self) -> None:
        """Long words are wrapped, and no note is wider than what it floats over."""
        self._words.setWordWrap(False)
        whole = self._words.sizeHint().width()
        room = self._anchor.width() - _AROUND
        if not self.button.isHidden():
            room -= self.button.sizeHint().width()
        width = min(_WIDEST if len(self.words) > _LONG else whole, max(room, _NARROWEST))
        self._words.setWordWrap(width < whole)
        self._words.setFixedWidth(width)

    def _on_clicked(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            corner = self._anchor.mapTo(parent, QPoint(0, 0))
            x = corner.x() + (self._anchor.width() - self.width()) // 2
            self.move(x, corner.y() + self._anchor.height() - self.height() - self._room_below)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return False

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if not self._stays:
            self._timer.start(SHOWN_MS)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors().color("line"), 1))
        painter.setBrush(colors().color("raised"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_PREVIEW, RADIUS_PREVIEW)
        painter.setPen(Qt.PenStyle.NoPen)
