"""The keys that do something, by where they do it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import listed, tr
from blipdesk.ui.dialogs.framed import Framed
from blipdesk.ui.pane.controls import scrolled, text_button
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.shortcuts import GROUPS, Keys
from blipdesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL, SPACE_XS

_MOST, _WIDTH = 3, 200
"""Columns beside each other, and the pixels that each has at least."""


def _row(keys: Keys) -> QHBoxLayout:
    """What keys do, and the keys beside each other, each as it looks on a keyboard."""
    row = QHBoxLayout()
    row.setSpacing(SPACE_XS)
    does = plain_label(tr(keys.does), wrap=True)
    set_reading(does, tr("{name}: {words}", name=tr(keys.does), words=listed(keys.names)))
    row.addWidget(does, 1)
    for name in keys.names:
        row.addWidget(plain_label(name, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
    return row


class _Group(QWidget):
    """The keys of one part of the window."""

    def __init__(self, head: str, all_keys: tuple[Keys, ...]) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, SPACE_L)
        rows.setSpacing(SPACE_XS + 2)
        rows.addWidget(plain_label(tr(head), "head"))
        for keys in all_keys:
            rows.addLayout(_row(keys))


class KeysList(Framed):
    """All keys at one glance; where there is no room for that, the keys that turn pages turn it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keyboard shortcuts"), parent, (880, 580))
        self.words.hide()
        body = QWidget()
        across = self._across = QHBoxLayout(body)
        across.setContentsMargins(SPACE_XL, 0, SPACE_XL, 0)
        across.setSpacing(SPACE_XL + SPACE_S)
        self._groups = [_Group(*group) for group in GROUPS]
        self._columns = [QVBoxLayout() for _ in range(_MOST)]
        for column in self._columns:
            column.setSpacing(0)
            column.addStretch(1)
            across.addLayout(column)
        close = text_button(tr("Close"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.area = scrolled(body)
        self.lay_out(self.area, [], [close])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for: narrower ones break words of two letters."""
        across = self._across
        inside = event.size().width() - 2 * SPACE_XL + across.spacing()
        count = max(1, min(_MOST, inside // (_WIDTH + across.spacing())))
        beside = -(-len(self._groups) // count)
        for number, group in enumerate(self._groups):
            column = self._columns[number // beside]
            column.insertWidget(column.count() - 1, group)  # it leaves the column where it was
        for number in range(_MOST):
            across.setStretch(number, int(number < count))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() in (keys.Key_PageUp, keys.Key_PageDown, keys.Key_Home, keys.Key_End):
            QApplication.sendEvent(self.area.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)
