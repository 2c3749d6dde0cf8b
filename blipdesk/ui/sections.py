"""A part of the side bar under a heading that folds it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.texts import set_reading, set_tooltip
from blipdesk.ui.theme import RADIUS_CONTROL, SECTION_HEAD, SIZE_HEAD, colors, font


class SectionHead(PaintedButton):
    """The heading: capitals, and a chevron under the pointer, with the keyboard, or while it is folded."""

    def __init__(self, title: str) -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self.title = title
        self.setFixedHeight(SECTION_HEAD)
        self.setCheckable(True)
        self.setChecked(True)
        self.toggled.connect(self._say)
        self._say()

    def _say(self) -> None:
        says = tr("Press to fold") if self.isChecked() else tr("Folded; press to open")
        set_reading(self, tr("Section {title}", title=self.title), says)
        set_tooltip(self, "" if self.isChecked() else says)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.setChecked(wanted)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(palette.color("accent"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        drawn = font(SIZE_HEAD, 600, 0.7)
        painter.setFont(drawn)
        shown = self.underMouse() or self.hasFocus() or not self.isChecked()
        painter.setPen(palette.color("muted" if shown else "faint"))
        words = self.title.upper()
        painter.drawText(QRectF(8, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if shown:
            left = 8 + painter.fontMetrics().horizontalAdvance(words) + 5
            name = "chevron-down" if self.isChecked() else "chevron-right"
            painter.drawPixmap(QPointF(left, (self.height() - 14) / 2), icons.pixmap(name, "muted", 14))


class Section(QWidget):
    """A heading and what it folds.

    ``folded`` tells that it was folded or opened by a person.

    Args:
        key: what it is remembered by.
        title: its heading.
        parts: what stands below, from the top.
        button: at the right of the heading.
    """

    folded = Signal()

    def __init__(
        self, key: str, title: str, parts: tuple[QWidget, ...], button: QWidget | None = None
    ) -> None:
        super().__init__()
        self.key = key
        self.head = SectionHead(title)
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        for part in parts:
            inside.addWidget(part)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 2, 0)
        top.addWidget(self.head)
        if button is not None:
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.head.toggled.connect(self.body.setVisible)
        self.head.clicked.connect(self.folded)

    @property
    def is_open(self) -> bool:
        """Whether what stands below the heading is shown."""
        return self.head.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Fold or open it, as it is remembered."""
        self.head.setChecked(is_open)
