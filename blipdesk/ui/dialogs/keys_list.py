"""The keys that do something, by where they do it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import listed, tr
from blipdesk.ui.dialogs.framed import Framed
from blipdesk.ui.pane.controls import scrolled, text_button
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.shortcuts import GROUPS, Keys
from blipdesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL, SPACE_XS

_COLUMNS = 3


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
        across = QHBoxLayout(body)
        across.setContentsMargins(SPACE_XL, 0, SPACE_XL, 0)
        across.setSpacing(SPACE_XL + SPACE_S)
        groups = [_Group(*group) for group in GROUPS]
        beside = -(-len(groups) // _COLUMNS)
        for first in range(0, len(groups), beside):
            column = QVBoxLayout()
            column.setSpacing(0)
            for group in groups[first : first + beside]:
                column.addWidget(group)
            column.addStretch(1)
            across.addLayout(column, 1)
        close = text_button(tr("Close"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.area = scrolled(body)
        self.lay_out(self.area, [], [close])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() in (keys.Key_PageUp, keys.Key_PageDown, keys.Key_Home, keys.Key_End):
            QApplication.sendEvent(self.area.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)
