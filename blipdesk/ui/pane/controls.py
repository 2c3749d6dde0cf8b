"""Small controls that the pane and the dialogs share."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.paint import Glyph, WrappedText, rounded_fill
from blipdesk.ui.pane.texts import set_reading, set_tooltip
from blipdesk.ui.theme import ICON, RADIUS_INPUT, SIZE_META, SPACE_M, SPACE_S, colors, font, set_role


def icon_button(
    icon: str,
    name: str,
    tooltip: str = "",
    size: int = 28,
    glyph: int = ICON,
    inks: tuple[str, str] = ("muted", "text"),
) -> QToolButton:
    """A square button with an icon, a name for screen readers and a tooltip.

    Args:
        icon: name of the icon.
        name: what it does, in words.
        tooltip: shown on hover; ``name`` where empty.
        size: edge in pixels.
        glyph: edge of the icon in pixels.
        inks: colours of the icon at rest and under the mouse.
    """
    button = QToolButton()
    icons.bind_icon(button, icon, inks[0], size=glyph, active=inks[1])
    button.setFixedSize(size, size)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    set_reading(button, name)
    set_tooltip(button, tooltip or name)
    return button


def text_button(text: str, role: str = "", name: str = "") -> QPushButton:
    """A push button in one of the style sheet's roles; an ampersand in ``text`` is shown as it is."""
    button = QPushButton(text.replace("&", "&&"))
    if role:
        set_role(button, role)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(False)
    set_reading(button, name or text)
    return button


class LinkButton(PaintedButton):
    """Words that act, painted: a chat of many turns has two a turn, and a styled QPushButton is slow to make.

    Args:
        text: what it says.
        name: for screen readers; ``text`` where empty.
        ink: colour of the words.
        size: font size in pixels.
        height: pixels.
        glyph: name of an icon before the words.
        inset: pixels at either side.
    """

    def __init__(
        self,
        text: str,
        name: str = "",
        ink: str = "accent",
        size: int = SIZE_META,
        height: int = 18,
        glyph: str = "",
        inset: int = 4,
    ) -> None:
        super().__init__()
        self._ink, self._glyph, self._height, self._inset = ink, glyph, height, inset
        self._drawn = font(size)
        self.setText(text)
        set_reading(self, name or text)

    def set_glyph(self, glyph: str) -> None:
        """Show another icon before the words."""
        self._glyph = glyph
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._drawn).horizontalAdvance(self.text())
        return QSize(words + 2 * self._inset + (18 if self._glyph else 0), self._height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = "text" if self.underMouse() or self.hasFocus() else self._ink
        if not self.isEnabled():
            ink = "muted"
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colors().color("accent"))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        left = self._inset
        if self._glyph:
            painter.drawPixmap(QPoint(left, (self.height() - 14) // 2), icons.pixmap(self._glyph, ink, 14))
            left += 18
        painter.setFont(self._drawn)
        painter.setPen(colors().color(ink))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())


class FieldBox(QFrame):
    """The rounded ground of bare text fields; its edge shows whether one of them has the keyboard."""

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self._fields = fields
        for field in fields:
            field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        border = "accent" if any(field.hasFocus() for field in self._fields) else "line"
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", border)


class Banner(QFrame):
    """A note with an icon, a sentence, a remedy and at most one action."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = Glyph("warning", "warn")
        self._message = WrappedText(size=13)
        self._remedy = WrappedText(ink="muted", size=12)
        self.action = text_button(tr("Retry"), "on-raised")
        self.action.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._message)
        column.addWidget(self._remedy)
        self._gap = QSpacerItem(0, 0)
        column.addItem(self._gap)
        column.addWidget(self.action)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, 10, SPACE_M, SPACE_M)
        row.setSpacing(SPACE_S)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column)
        row.addStretch(1)  # short words leave room: it is not the mark's

    @property
    def message(self) -> str:
        """The sentence shown."""
        return self._message.text()

    @property
    def remedy(self) -> str:
        """The remedy shown."""
        return self._remedy.text()

    def show_note(self, icon: str, ink: str, message: str, remedy: str = "", action: str = "") -> None:
        """Show a note; ``ink`` colours its icon, ``action`` names its button (none where empty)."""
        self._mark.set_glyph(icon, ink)
        self._message.set_text(message)
        self._remedy.set_text(remedy)
        self._remedy.setVisible(bool(remedy))
        self.action.setText(action)
        set_reading(self.action, action)
        self.action.setVisible(bool(action))
        self._gap.changeSize(0, SPACE_S if action else 0)
        set_reading(self, message, remedy)
        self.show()

    @override
    def resizeEvent(self, event: object) -> None:
        inner = self.width() - 2 * SPACE_M - ICON - SPACE_S
        self._message.fit(inner)
        self._remedy.fit(inner)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")


def scrolled(body: QWidget, area: QScrollArea | None = None) -> QScrollArea:
    """``area`` (or a new one) around ``body``: frameless, vertical, without a ground of its own."""
    area = QScrollArea() if area is None else area
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    area.viewport().setAutoFillBackground(False)
    body.setAutoFillBackground(False)  # setWidget() switches filling on
    return area


class Line(QWidget):
    """A one-pixel line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(10, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colors().color("line"))
