"""The left side: library rows, saved searches, folders as a tree, tags."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.ui import icons
from blipdesk.ui.browser import SideData
from blipdesk.ui.chips import Chip
from blipdesk.ui.folder_tree import FolderTree
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.controls import icon_button, scrolled
from blipdesk.ui.pane.flow import FlowLayout
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.search.saved import SavedSearches
from blipdesk.ui.search.tag_terms import has_tag
from blipdesk.ui.tasks import single_shot
from blipdesk.ui.theme import (
    RADIUS_CONTROL,
    ROW,
    SIDEBAR,
    SIDEBAR_LEAST,
    SIZE_BODY,
    SIZE_META,
    SPACE_M,
    SPACE_S,
    colors,
    font,
)
from blipdesk.ui.words import photos_words

_SETTLE_MS = 3000
"""While captions pour in, the tags are put into their new order at most this often."""


class SideRow(PaintedButton):
    """A row of the library section: icon, name, count."""

    def __init__(self, icon: str, name: str, kind: ViewKind | None, count_ink: str = "muted") -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self.kind = kind
        """The view that it stands for; None: it opens a dialog."""
        self._icon, self._name, self._ink = icon, name, count_ink
        self._count: int | None = None
        self.setCheckable(kind is not None)
        self.setFixedHeight(ROW)
        set_reading(self, name)

    def set_count(self, count: int | None) -> None:
        """Show a number; nothing where None."""
        self._count = count
        set_reading(self, self._name if count is None else f"{self._name}, {photos_words(count)}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(SIDEBAR - 20, ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(palette.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(
            palette.color("soft" if on else "hover") if on or self.underMouse() else Qt.BrushStyle.NoBrush
        )
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.drawPixmap(QPointF(8, 7), icons.pixmap(self._icon, "accent" if on else "muted"))
        painter.setFont(font(SIZE_BODY, 600 if on else 400))
        painter.setPen(palette.color("text"))
        line = QRectF(34, 0, self.width() - 34, self.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._name)
        if self._count is not None:
            painter.setFont(font(SIZE_META))
            painter.setPen(palette.color(self._ink if self._count else "faint"))
            painter.drawText(
                QRectF(0, 0, self.width() - 10, self.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                f"{self._count:,}",
            )


class SideBar(QWidget):
    """Emits ``row_chosen`` with the kind and argument of a view, ``tag_chosen``, ``add_folder`` for the plus
    button, ``conflicts_requested`` for the row of photos with two captions, there when there are any.
    """

    row_chosen = Signal(object, str)
    tag_chosen = Signal(str)
    add_folder = Signal()
    conflicts_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = LibraryView()
        self.setMinimumWidth(SIDEBAR_LEAST)
        set_reading(self, "Library")
        self.rows = (
            SideRow("grid", "All photos", ViewKind.ALL),
            SideRow("clock", "Recently added", ViewKind.RECENT),
            SideRow("eye", "Needs review", ViewKind.NEEDS_REVIEW, "warn"),
            SideRow("warning", "Could not read", ViewKind.FAILED, "err"),
        )
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for row in self.rows:
            self._group.addButton(row)
            row.clicked.connect(lambda _=False, row=row: self.row_chosen.emit(row.kind, ""))
        self.rows[0].setChecked(True)
        self.conflicts = SideRow("compare", "Two captions", None, "warn")
        set_tooltip(self.conflicts, "You wrote one caption, and the file has another")
        self.conflicts.clicked.connect(self.conflicts_requested)
        self.saved = SavedSearches()
        self.saved.marked.connect(lambda: self.show_view(self._view))
        self.tree = FolderTree()
        self.tree.chosen.connect(lambda path: self.row_chosen.emit(ViewKind.FOLDER, path))
        self.plus = icon_button("plus", "Add a folder", "Add a folder (Ctrl+O)", size=26, glyph=16)
        self.plus.clicked.connect(self.add_folder)
        self.no_folders = plain_label("No folder is watched yet.", "faint", wrap=True)
        self.no_tags = plain_label("Tags appear as photos are captioned.", "faint", wrap=True)
        self._tags = QWidget()
        self._tag_flow = FlowLayout(self._tags, 6, 6)
        self._tags.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._chips: dict[str, Chip] = {}
        self._keywords: tuple[tuple[str, int], ...] = ()
        self._settle = single_shot(self, _SETTLE_MS, self._on_settle)
        self._lay_out()
        for part in (self.conflicts, self.tree, self.no_folders, self.no_tags, self._tags):
            part.hide()  # nothing is known yet

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(10, 16, 10, 16)
        column.setSpacing(2)
        column.addWidget(self._head("LIBRARY"))
        for row in self.rows:
            column.addWidget(row)
        column.addWidget(self.conflicts)
        column.addWidget(self.saved)
        column.addSpacing(SPACE_M)
        column.addWidget(self._head("FOLDERS", self.plus))
        column.addWidget(self.tree)
        column.addLayout(self._indented(self.no_folders))
        column.addSpacing(SPACE_M)
        column.addWidget(self._head("TAGS"))
        column.addSpacing(2)
        column.addLayout(self._indented(self._tags))
        column.addLayout(self._indented(self.no_tags))
        column.addStretch(1)
        self._scroll = scrolled(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    @staticmethod
    def _head(words: str, button: QWidget | None = None) -> QWidget:
        head = QWidget()
        head.setFixedHeight(28)
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 2, 0)
        row.addWidget(plain_label(words, "head"))
        row.addStretch(1)
        if button is not None:
            row.addWidget(button)
        return head

    @staticmethod
    def _indented(widget: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        row.addWidget(widget)
        return row

    def show_side(self, side: SideData) -> None:
        """Show new numbers."""
        counts = side.counts
        numbers = (counts.total, counts.recent, counts.needs_review, counts.failed)
        for row, count in zip(self.rows, numbers, strict=True):
            row.set_count(count)
        self.conflicts.set_count(counts.conflicts)
        self.conflicts.setVisible(bool(counts.conflicts))
        self.tree.show_nodes(side.tree, {folder.path: folder.message for folder in side.folders})
        self.tree.setVisible(bool(side.tree))
        self.no_folders.setVisible(not side.tree)
        self.no_tags.setVisible(not side.keywords)
        self._tags.setVisible(bool(side.keywords))
        self._show_tags(side.keywords)

    def _show_tags(self, keywords: tuple[tuple[str, int], ...]) -> None:
        self._keywords = keywords
        if {name for name, _ in keywords} != set(self._chips):
            self._place_chips()
            return
        # Chips must not hop about under the pointer while photos are captioned: the order settles later.
        for name, count in keywords:
            self._chips[name].set_count(count)
        self._fit_tags()
        if [name for name, _ in keywords] != list(self._chips) and not self._settle.isActive():
            self._settle.start()

    def _on_settle(self) -> None:
        if self._tags.underMouse():
            self._settle.start()
        elif [name for name, _ in self._keywords] != list(self._chips):
            self._place_chips()

    def _place_chips(self) -> None:
        """In the order of the tags; a chip whose tag stays keeps the keyboard and its mark."""
        old, self._chips = self._chips, {}
        for chip in old.values():
            self._tag_flow.removeWidget(chip)
        for name, count in self._keywords:
            chip = self._chips[name] = old.pop(name) if name in old else self._make_chip(name)
            chip.set_count(count)
            self._tag_flow.addWidget(chip)
        for chip in old.values():
            chip.deleteLater()
        QTimer.singleShot(0, self, self._fit_tags)  # the layout counts the new chips once they are shown

    def _make_chip(self, name: str) -> Chip:
        chip = Chip(name)
        chip.setChecked(_is_by_tag(self._view, name))
        chip.clicked.connect(lambda: self.tag_chosen.emit(name))
        return chip

    def _fit_tags(self) -> None:
        # The layout alone would reserve the height of its narrowest form, and the side bar would scroll.
        width = self._scroll.viewport().width() - 2 * (10 + SPACE_S)
        self._tags.setFixedHeight(max(self._tag_flow.heightForWidth(width), 1))

    @override
    def resizeEvent(self, event: object) -> None:
        self._fit_tags()

    def show_view(self, view: LibraryView) -> None:
        """Mark the row, folder or tag of a view."""
        self._view = view
        self._group.setExclusive(False)
        for row in self.rows:
            row.setChecked(row.kind is view.kind and not self.saved.is_marked)
        self._group.setExclusive(any(row.isChecked() for row in self.rows))
        self.tree.mark(view.argument if view.kind is ViewKind.FOLDER else "")
        for name, chip in self._chips.items():
            chip.setChecked(_is_by_tag(view, name))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colors().color("surface"))


def _is_by_tag(view: LibraryView, name: str) -> bool:
    """Whether a view shows only photos with a tag."""
    return (view.kind is ViewKind.KEYWORD and view.argument == name) or has_tag(view.query, name)
