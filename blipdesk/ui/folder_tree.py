"""The watched folders as a tree with counts; as high as its open rows, the side bar scrolls."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import overload

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)
from typing_extensions import override

from blipdesk.domain.values import FolderNode, FolderState
from blipdesk.domain.wording import listed, number, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.theme import RADIUS_CONTROL, ROW, SIZE_BODY, SIZE_META, colors, font, theme
from blipdesk.ui.words import photos_words

NODE = int(Qt.ItemDataRole.UserRole) + 1
"""The row's :class:`FolderNode`."""
NOTE = NODE + 1
"""What is to be known of a folder, such as that only a part is watched; empty where nothing is."""
SCANNED = NODE + 2
"""Whether it is being looked through."""
_STEP, _CHEVRON = 18, 20
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def _depth(index: Index) -> int:
    depth, parent = 0, index.parent()
    while parent.isValid():
        depth, parent = depth + 1, parent.parent()
    return depth


class FolderModel(QAbstractItemModel):
    """The nodes by number, breadth first: the children of each stand side by side.

    Texts are made when they are shown: with an item a folder, ten thousand folders kept the window waiting
    for 90 ms at each change of a count.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[FolderNode] = []
        self._parents: list[int] = []
        self._firsts: list[int] = []
        self._tops = 0
        self._numbers: dict[str, int] = {}
        self._messages: Mapping[str, str] = {}
        self.is_scanning = False
        """Whether the folders are being looked through."""

    def show_nodes(self, tops: Sequence[FolderNode], messages: Mapping[str, str]) -> bool:
        """Hold these trees; True when folders came or went, not just numbers."""
        nodes, parents, firsts = list(tops), [-1] * len(tops), []
        for place, node in enumerate(nodes):  # grows as it goes
            firsts.append(len(nodes))
            nodes += node.children
            parents += [place] * len(node.children)
        numbers = {node.path: place for place, node in enumerate(nodes)}
        changed = list(numbers) != list(self._numbers) or parents != self._parents
        if changed:
            self.beginResetModel()
        self._nodes, self._parents, self._firsts, self._tops = nodes, parents, firsts, len(tops)
        self._numbers, self._messages = numbers, messages
        if changed:
            self.endResetModel()
        return changed

    def __contains__(self, path: str) -> bool:
        return path in self._numbers

    def index_of(self, path: str) -> QModelIndex:
        """The row of a path; invalid when it is not there."""
        number = self._numbers.get(path, -1)
        return self._index(number) if number >= 0 else QModelIndex()

    def _index(self, number: int) -> QModelIndex:
        parent = self._parents[number]
        return self.createIndex(number - (self._firsts[parent] if parent >= 0 else 0), 0, number)

    @override
    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        first = self._firsts[parent.internalId()] if parent.isValid() else 0
        return self.createIndex(row, 0, first + row)

    @overload
    def parent(self) -> QObject | None: ...
    @overload
    def parent(self, child: Index) -> QModelIndex: ...
    @override
    def parent(self, child: Index | None = None) -> QObject | QModelIndex | None:
        if child is None:
            return super().parent()
        number = self._parents[child.internalId()] if child.isValid() else -1
        return self._index(number) if number >= 0 else QModelIndex()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return len(self._nodes[parent.internalId()].children) if parent.isValid() else self._tops

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self._nodes[index.internalId()]
        offline = node.state is FolderState.OFFLINE
        if role == NODE:
            return node
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(node.name)
        if role == NOTE:
            return "" if offline else self._messages.get(node.path, "")
        if role == SCANNED:
            return self.is_scanning and node.root and not offline
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (node.name, photos_words(node.count), *self._state_words(index))
            return shown(listed(filter(None, said)))
        if role == Qt.ItemDataRole.ToolTipRole:
            note = tr("The drive is not connected; captions are kept.") if offline else index.data(NOTE)
            looked = tr("It is being looked through for photos.") if index.data(SCANNED) else ""
            return _tooltip(node.path, photos_words(node.count), note, looked)
        return None

    def _state_words(self, index: Index) -> tuple[str, str]:
        """What is said of a folder behind its number."""
        if self._nodes[index.internalId()].state is FolderState.OFFLINE:
            return tr("not connected"), ""
        return index.data(NOTE), tr("being looked through") if index.data(SCANNED) else ""


class _RowPainter(QStyledItemDelegate):
    """Chevron, folder, name, count."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = colors()
        rect: QRectF = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        on = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on or hovered or focused:
            painter.setPen(palette.color("accent") if focused else Qt.PenStyle.NoPen)
            painter.setBrush(
                palette.color("soft" if on else "hover") if on or hovered else Qt.BrushStyle.NoBrush
            )
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)
        left = rect.left() + 4 + _depth(index) * _STEP
        node: FolderNode = index.data(NODE)
        if node.children:
            tree = option.widget
            opened = isinstance(tree, QTreeView) and tree.isExpanded(index)
            name = "chevron-down" if opened else "chevron-right"
            painter.drawPixmap(QPointF(left + 2, rect.top() + 9), icons.pixmap(name, "muted", 14))
        left += _CHEVRON
        offline = node.state is FolderState.OFFLINE
        icon, tint = ("drive-off", "warn") if offline else ("folder", "accent" if on else "muted")
        if index.data(SCANNED):
            icon, tint = "refresh", "accent"
        painter.drawPixmap(QPointF(left, rect.top() + 7), icons.pixmap(icon, tint))
        left += 25
        painter.setFont(font(SIZE_META))
        count = number(node.count)
        room = painter.fontMetrics().horizontalAdvance(count) + 18
        painter.setPen(palette.color("muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -10, 0), right, count)
        if index.data(NOTE):
            room += 20
            painter.drawPixmap(
                QPointF(rect.right() - room + 2, rect.top() + 9), icons.pixmap("warning", "warn", 14)
            )
        drawn = font(SIZE_BODY, 600 if on else 400)
        painter.setFont(drawn)
        painter.setPen(palette.color("muted" if offline else "text"))
        width = int(rect.right() - room - left)
        name = QFontMetrics(drawn).elidedText(index.data(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()


class FolderTree(QTreeView):
    """Emits ``chosen`` with a folder's path, ``menu_requested`` with a root's path and a global position."""

    chosen = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._model = FolderModel(self)
        self._open: set[str] = set()
        """The paths whose rows are open, seen or not."""
        self._marked = ""
        self.setModel(self._model)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_RowPainter(self))
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet(
            "QTreeView { background: transparent; outline: none; }"
            "QTreeView::item, QTreeView::branch { background: transparent; border: none; }"
        )
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)
        set_reading(self, tr("Folders"), tr("Arrow keys open and close folders, Enter shows their photos"))
        theme().changed.connect(self.viewport().update)

    def show_nodes(self, nodes: Sequence[FolderNode], messages: Mapping[str, str]) -> None:
        """Show the tree; what is open stays open, numbers change in place."""
        fresh = {node.path for node in nodes if node.path not in self._model}
        if not self._model.show_nodes(nodes, messages):
            self.viewport().update()
            return
        self._open = {path for path in self._open if path in self._model} | fresh
        for path in self._open:
            self.setExpanded(self._model.index_of(path), True)
        self._fit()
        self.mark(self._marked)

    def set_scanning(self, is_scanning: bool) -> None:
        """Show whether the folders are being looked through."""
        if is_scanning is not self._model.is_scanning:
            self._model.is_scanning = is_scanning
            self.viewport().update()

    def _on_expanded(self, index: QModelIndex) -> None:
        self._open.add(index.data(NODE).path)
        self._fit()

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._open.discard(index.data(NODE).path)
        self._fit()

    def _fit(self) -> None:
        opened = (self._model.index_of(path) for path in self._open)
        rows = sum(self._model.rowCount(index) for index in opened if self._is_seen(index))
        self.setFixedHeight((self._model.rowCount() + rows) * ROW)

    def _is_seen(self, index: QModelIndex) -> bool:
        parent = index.parent()
        while parent.isValid() and self.isExpanded(parent):
            parent = parent.parent()
        return not parent.isValid()

    def mark(self, path: str) -> None:
        """Select a folder without emitting; none where empty."""
        self._marked = path
        index = self._model.index_of(path)
        parent = index.parent()
        while parent.isValid():
            self.setExpanded(parent, True)
            parent = parent.parent()
        self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(NODE).path)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        left = 4 + _depth(index) * _STEP
        if self._model.rowCount(index) and left - 4 <= event.position().x() <= left + _CHEVRON:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._choose(index)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keys = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keys else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_keys else event.pos()
            self.menu_requested.emit(index.data(NODE).path, self.viewport().mapToGlobal(place))


def _tooltip(*said: str) -> str:
    lines = [html.escape(shown(line)) for line in said if line]
    return f"<qt>{'<br>'.join(lines)}</qt>"
