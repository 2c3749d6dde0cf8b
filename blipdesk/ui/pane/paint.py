"""Widgets that paint text themselves: elided names and wrapped plain text that may break anywhere.

QLabel wraps at words only, so one long word from a file would widen the whole pane.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.ui import icons
from blipdesk.ui.pane.texts import set_tooltip, shown
from blipdesk.ui.theme import SIZE_BODY, SIZE_TITLE, colors, font

MAX_SHOWN = 20_000
"""Characters of one text that are laid out; a longer one ends with an ellipsis (copying gives all)."""

_LINE = 1.45
"""Height of a line of wrapped text by its font's size."""


class ElidedText(QWidget):
    """One line, elided in the middle; the whole text is its tooltip."""

    def __init__(self, size: int = SIZE_TITLE, weight: int = 600) -> None:
        super().__init__()
        self._text = ""
        self._drawn = font(size, weight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, tooltip: str = "") -> None:
        """Show one line of text."""
        self._text = " ".join(shown(text).split("\n"))
        self.setAccessibleName(self._text)
        set_tooltip(self, tooltip or text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._drawn)
        return QSize(int(metrics.horizontalAdvance(self._text[:200])) + 2, int(metrics.height()) + 4)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._drawn)
        painter.setPen(colors().color("text"))
        fitting = QFontMetricsF(self._drawn).elidedText(
            self._text[:MAX_SHOWN], Qt.TextElideMode.ElideMiddle, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)


class WrappedText(QWidget):
    """Plain text in lines that break at words, or anywhere where a word is too long.

    Its size is fixed by :meth:`fit`, so that no layout has to guess a height for a width.
    """

    def __init__(self, text: str = "", ink: str = "text", size: int = SIZE_BODY) -> None:
        super().__init__()
        self._ink = ink
        self._drawn = font(size)
        self._line = _LINE * size
        self._text = ""
        self._width = 280
        self._layout = QTextLayout()
        self.set_text(text)

    def text(self) -> str:
        """The whole text, as it was given."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text at the width of the last :meth:`fit`."""
        self._text = text
        self.setAccessibleName(shown(text))
        self.fit(self._width)

    def set_ink(self, ink: str) -> None:
        """Paint in another colour of the palette."""
        self._ink = ink
        self.update()

    def fit(self, width: int) -> None:
        """Lay the text out in ``width`` pixels at most and take the size that it needs."""
        self._width = max(width, 24)
        text = shown(self._text)
        if len(text) > MAX_SHOWN:
            text = text[:MAX_SHOWN] + "…"
        # U+2028 is the line break that QTextLayout obeys.
        self._layout = QTextLayout(text.replace("\r\n", "\n").replace("\n", "\u2028"), self._drawn)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        y, widest = 0.0, 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, y + (self._line - line.height()) / 2))
            widest = max(widest, line.naturalTextWidth())
            y += self._line
        self._layout.endLayout()
        self.setFixedSize(min(self._width, int(widest) + 2), max(int(y + 0.5), int(self._line)))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colors().color(self._ink))
        self._layout.draw(painter, QPointF(0, 0), clip=event.rect().toRectF())


class Glyph(QWidget):
    """An icon that follows the theme because it is painted, never stored."""

    def __init__(self, name: str, ink: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self.setFixedSize(size, size)

    def set_glyph(self, name: str, ink: str) -> None:
        """Show another icon in a colour of the palette."""
        self._name, self._ink = name, ink
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, icons.pixmap(self._name, self._ink, self._size))


def rounded_fill(painter: QPainter, rect: QRect, radius: int, ink: str, border: str = "") -> None:
    """Fill a rounded rectangle with a palette colour, with a one-pixel border where one is named."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colors().color(ink))
    painter.setPen(colors().color(border) if border else Qt.PenStyle.NoPen)
    inset = rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5) if border else rect.toRectF()
    painter.drawRoundedRect(inset, radius, radius)
