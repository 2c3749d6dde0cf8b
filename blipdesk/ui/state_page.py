"""A calm page in the middle of an area: what is (not) there, why, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.motion import is_reduced
from blipdesk.ui.pane.controls import icon_button, text_button
from blipdesk.ui.pane.texts import plain_label, set_reading, shown
from blipdesk.ui.theme import RADIUS_PREVIEW, SPACE_L, SPACE_M, SPACE_S, colors, set_role


class _Mark(QWidget):
    """The icon on a soft disc."""

    def __init__(self) -> None:
        super().__init__()
        self.icon, self.ink = "image", "accent"
        self.setFixedSize(72, 72)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors().color("soft" if self.ink == "accent" else "hover"))
        painter.drawEllipse(self.rect())
        painter.drawPixmap(20, 20, icons.pixmap(self.icon, self.ink, 32))


class StatePage(QWidget):
    """Icon, title, sentence, at most two buttons; ``framed`` draws the dashed border of a drop target."""

    primary = Signal()
    secondary = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.framed = self._hot = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._mark = _Mark()
        self.title = plain_label(role="title", wrap=True)
        self.words = plain_label(role="muted", wrap=True)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(460)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedWidth(180)
        self.first = text_button("", "primary")
        self.second = text_button("")
        self.first.clicked.connect(self.primary)
        self.second.clicked.connect(self.secondary)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        buttons.addWidget(self.first)
        buttons.addWidget(self.second)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        column.setSpacing(SPACE_S)
        column.addStretch(4)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACE_M)
        for widget in (self.title, self.words):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget, 100)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(SPACE_M)
        column.addWidget(self.busy, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addStretch(5)

    def show_state(
        self,
        icon: str,
        title: str,
        words: str = "",
        primary: str = "",
        secondary: str = "",
        ink: str = "accent",
        framed: bool = False,
        busy: bool = False,
    ) -> None:
        """Say something.

        Args:
            icon: name of the icon.
            title: one line.
            words: a sentence or two below it.
            primary: words of the main button, none where empty.
            secondary: words of the other button.
            ink: colour of the icon (``accent``, ``warn``, ``err``, ``muted``).
            framed: draw the border of a drop target.
            busy: show a moving bar.
        """
        self._mark.icon, self._mark.ink = icon, ink
        self.framed = framed
        self.title.setText(shown(title))
        self.words.setText(shown(words))
        self.words.setVisible(bool(words))
        self.busy.setVisible(busy and not is_reduced())
        for button, text in ((self.first, primary), (self.second, secondary)):
            button.setText(text.replace("&", "&&"))
            button.setVisible(bool(text))
            set_reading(button, text)
        set_reading(self, title, words)
        self._mark.update()
        self.update()

    def set_hot(self, hot: bool) -> None:
        """A folder hovers over the page."""
        self._hot = hot
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.framed:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colors().color("accent" if self._hot else "line"), 2 if self._hot else 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colors().color("soft", 90) if self._hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(20, 12, -20, -20), RADIUS_PREVIEW, RADIUS_PREVIEW
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside of a dialog a button answers Space only, and hands Enter on to its parent.
        focused = next((button for button in (self.first, self.second) if button.hasFocus()), None)
        if focused is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused.click()
        else:
            super().keyPressEvent(event)


class Notice(QFrame):
    """A line above the gallery: an icon and words, with a cross that puts it away until they change."""

    def __init__(self) -> None:
        super().__init__()
        self._put_away = ""
        self._mark = plain_label()
        self._words = plain_label(wrap=True)
        self._close = icon_button("x", tr("Close this note"), size=24, glyph=14)
        self._close.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, 6, 6, 6)
        row.setSpacing(SPACE_S)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._close)
        set_role(self, "card")
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_note(self, icon: str, ink: str, words: str) -> None:
        """Show a note, unless it was put away."""
        icons.bind_icon(self._mark, icon, ink)
        self._words.setText(shown(words))
        set_reading(self, words)
        self.setVisible(words != self._put_away)

    def _on_close(self) -> None:
        self._put_away = self._words.text()
        self.hide()
