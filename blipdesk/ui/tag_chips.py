"""The tags of the side bar as pills, in rows as wide as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.ui.chips import Chip
from blipdesk.ui.pane.flow import FlowLayout
from blipdesk.ui.tasks import single_shot

_SETTLE_MS = 3000
"""While captions pour in, the tags are put into their new order at most this often."""


class TagChip(Chip):
    """A tag of the side bar; F2 renames it, Delete hides it, and a menu does both."""

    renaming = Signal()
    hiding = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, name: str, keys: str) -> None:
        super().__init__(name)
        self.setAccessibleDescription(keys)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_F2)  # F2 is not the caption's here
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.renaming.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.hiding.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class TagChips(QWidget):
    """Emits ``chosen``, ``renaming`` and ``hiding`` with a tag's name, ``menu_wanted`` with one and a global
    position, ``placed`` when it may need another height.

    Args:
        is_on: whether the view is narrowed by a tag.
        keys: what the keys do with a tag.
    """

    chosen = Signal(str)
    renaming = Signal(str)
    hiding = Signal(str)
    menu_wanted = Signal(str, QPoint)
    placed = Signal()

    def __init__(self, is_on: Callable[[str], bool], keys: str) -> None:
        super().__init__()
        self._is_on, self._keys = is_on, keys
        self._flow = FlowLayout(self, 6, 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.chips: dict[str, TagChip] = {}
        self._keywords: tuple[tuple[str, int], ...] = ()
        self._settle = single_shot(self, _SETTLE_MS, self.settle)

    def show_tags(self, keywords: tuple[tuple[str, int], ...]) -> None:
        """Show these tags, the most frequent first, with the number of their photos."""
        self._keywords = keywords
        if {name for name, _ in keywords} != set(self.chips):
            self._place()
            return
        # Chips must not hop about under the pointer while photos are captioned: the order settles later.
        for name, count in keywords:
            self.chips[name].set_count(count)
        self.placed.emit()
        if [name for name, _ in keywords] != list(self.chips) and not self._settle.isActive():
            self._settle.start()

    def settle(self) -> None:
        """Put them into their order, unless the pointer is among them."""
        if self.underMouse():
            self._settle.start()
        elif [name for name, _ in self._keywords] != list(self.chips):
            self._place()

    def mark(self) -> None:
        """Show by which of them the view is narrowed."""
        for name, chip in self.chips.items():
            chip.setChecked(self._is_on(name))

    def fit(self, width: int) -> None:
        """Be as high as so many pixels across need.

        The layout alone would reserve the height of its narrowest form, and the side bar would scroll.
        """
        self.setFixedHeight(max(self._flow.heightForWidth(width), 1))

    def _place(self) -> None:
        """In the order of the tags; a chip whose tag stays keeps the keyboard and its mark."""
        old, self.chips = self.chips, {}
        focus = self.window().focusWidget()  # the keyboard itself may be in a dialog that renames one
        focused = next((place for place, chip in enumerate(old.values()) if chip is focus), None)
        for chip in old.values():
            self._flow.removeWidget(chip)
        for name, count in self._keywords:
            chip = self.chips[name] = old.pop(name) if name in old else self._made(name)
            chip.set_count(count)
            self._flow.addWidget(chip)
        if focused is not None and self.chips and focus in old.values():
            chips = list(self.chips.values())  # else Qt gives the keyboard to the search field
            chips[min(focused, len(chips) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in old.values():
            chip.hide()
            chip.deleteLater()
        QTimer.singleShot(0, self, self.placed.emit)  # the layout counts the new chips once they are shown

    def _made(self, name: str) -> TagChip:
        chip = TagChip(name, self._keys)
        chip.setChecked(self._is_on(name))
        chip.clicked.connect(lambda: self.chosen.emit(name))
        chip.renaming.connect(lambda: self.renaming.emit(name))
        chip.hiding.connect(lambda: self.hiding.emit(name))
        chip.menu_wanted.connect(lambda place: self.menu_wanted.emit(name, place))
        return chip
