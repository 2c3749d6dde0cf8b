"""The watched folders as a tree with counts; as high as its open rows, the side bar scrolls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)
from typing_extensions import override

from blipdesk.domain.values import FolderNode, FolderState
from blipdesk.ui import icons
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.theme import RADIUS_CONTROL, ROW, SIZE_BODY, SIZE_META, colors, font, theme

PATH, COUNT, OFFLINE = (int(Qt.ItemDataRole.UserRole) + n for n in (1, 2, 3))
_STEP, _CHEVRON = 18, 20
Index = QModelIndex | QPersistentModelIndex


def _depth(index: Index) -> int:
    depth, parent = 0, index.parent()
    while parent.isValid():
        depth, parent = depth + 1, parent.parent()
    return depth


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
        tree = option.widget
        if index.model().hasChildren(index):
            name = (
                "chevron-down"
                if isinstance(tree, QTreeWidget) and tree.isExpanded(index)
                else "chevron-right"
            )
            painter.drawPixmap(QPointF(left + 2, rect.top() + 9), icons.pixmap(name, "muted", 14))
        left += _CHEVRON
        offline = bool(index.data(OFFLINE))
        icon, tint = ("drive-off", "warn") if offline else ("folder", "accent" if on else "muted")
        painter.drawPixmap(QPointF(left, rect.top() + 7), icons.pixmap(icon, tint))
        left += 25
        painter.setFont(font(SIZE_META))
        count = f"{index.data(COUNT):,}"
        room = painter.fontMetrics().horizontalAdvance(count) + 18
        painter.setPen(palette.color("muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -10, 0), right, count)
        drawn = font(SIZE_BODY, 600 if on else 400)
        painter.setFont(drawn)
        painter.setPen(palette.color("muted" if offline else "text"))
        width = int(rect.right() - room - left)
        name = QFontMetrics(drawn).elidedText(index.data(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()


class FolderTree(QTreeWidget):
    """Emits ``chosen`` with a folder's path, ``menu_requested`` with a root's path and a global position."""

    chosen = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._marked = ""
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
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.itemExpanded.connect(self._fit)
        self.itemCollapsed.connect(self._fit)
        set_reading(self, "Folders")
        theme().changed.connect(self.viewport().update)

    def show_nodes(self, nodes: Sequence[FolderNode], messages: Mapping[str, str]) -> None:
        """Show the tree; what is open stays open, numbers change in place."""
        paths = _paths(nodes)
        if paths != list(self._items):
            opened = {path for path, item in self._items.items() if item.isExpanded()}
            known = set(self._items)
            self.clear()
            self._items = {}
            for node in nodes:
                item = self._add(None, node)
                self.addTopLevelItem(item)
            for path, item in self._items.items():
                item.setExpanded(path in opened or (path not in known and item.parent() is None))
        self._update(nodes, messages)
        self._fit()
        self.mark(self._marked)

    def _add(self, parent: QTreeWidgetItem | None, node: FolderNode) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(0, PATH, node.path)
        self._items[node.path] = item
        for child in node.children:
            item.addChild(self._add(item, child))
        return item

    def _update(self, nodes: Sequence[FolderNode], messages: Mapping[str, str]) -> None:
        for node in nodes:
            item = self._items[node.path]
            offline = node.state is FolderState.OFFLINE
            item.setText(0, shown(node.name))
            item.setData(0, COUNT, node.count)
            item.setData(0, OFFLINE, offline)
            note = (
                "The drive is not connected; captions are kept." if offline else messages.get(node.path, "")
            )
            item.setToolTip(0, _tooltip(node.path, note))
            words = f"{node.name}, {node.count} photos" + (", not connected" if offline else "")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, shown(words))
            self._update(node.children, messages)

    def _fit(self, *_: object) -> None:
        rows, item = 0, self.topLevelItem(0)
        while item is not None:
            rows, item = rows + 1, self.itemBelow(item)
        self.setFixedHeight(rows * ROW)

    def mark(self, path: str) -> None:
        """Select a folder without emitting; none where empty."""
        self._marked = path
        item = self._items.get(path)
        self.clearSelection()
        if item is not None:
            parent = item.parent()
            while parent is not None:
                parent.setExpanded(True)
                parent = parent.parent()
            item.setSelected(True)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(0, PATH))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        item = self.itemAt(event.position().toPoint())
        if item is None:
            return
        left = 4 + _depth(self.indexFromItem(item)) * _STEP
        if item.childCount() and left - 4 <= event.position().x() <= left + _CHEVRON:
            item.setExpanded(not item.isExpanded())
        else:
            self._choose(item)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.childCount():
            item.setExpanded(not item.isExpanded())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _on_menu(self, point: QPoint) -> None:
        item = self.itemAt(point)
        if item is not None:
            self.menu_requested.emit(item.data(0, PATH), self.viewport().mapToGlobal(point))


def _paths(nodes: Sequence[FolderNode]) -> list[str]:
    found: list[str] = []
    for node in nodes:
        found.append(node.path)
        found += _paths(node.children)
    return found


def _tooltip(path: str, note: str) -> str:
    import html

    lines = [html.escape(shown(line)) for line in (path, note) if line]
    return f"<qt>{'<br>'.join(lines)}</qt>"
