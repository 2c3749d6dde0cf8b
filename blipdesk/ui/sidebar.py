"""The left side: library rows, saved searches, folders, tags, dates, cameras; all scrolls in one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.domain.wording import tr
from blipdesk.ui.camera_rows import CameraRows
from blipdesk.ui.date_bars import DateBars
from blipdesk.ui.folder_tree import FolderTree
from blipdesk.ui.pane.controls import icon_button, scrolled
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.search.date_terms import days_of
from blipdesk.ui.search.saved import SavedSearches
from blipdesk.ui.search.tag_terms import has_tag
from blipdesk.ui.sections import Section
from blipdesk.ui.side_data import SideData
from blipdesk.ui.side_facets import FacetData
from blipdesk.ui.side_rows import SideRow
from blipdesk.ui.tag_section import TagSection
from blipdesk.ui.theme import SIDEBAR_LEAST, SPACE_M, SPACE_S, colors

_MARGIN = 10


class SideBar(QWidget):
    """Emits ``row_chosen`` with the kind and argument of a view, ``tag_chosen``, ``add_folder`` for the plus
    button, ``conflicts_requested`` for the row of photos with two captions, there when there are any, and
    ``folded`` when a person folded or opened a section.
    """

    row_chosen = Signal(object, str)
    tag_chosen = Signal(str)
    add_folder = Signal()
    conflicts_requested = Signal()
    folded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = LibraryView()
        self.setMinimumWidth(SIDEBAR_LEAST)
        set_reading(self, tr("Library"))
        self.rows = (
            SideRow("grid", tr("All photos"), ViewKind.ALL),
            SideRow("star", tr("Favourites"), ViewKind.FAVOURITES),
            SideRow("clock", tr("Recently added"), ViewKind.RECENT),
            SideRow("eye", tr("Needs review"), ViewKind.NEEDS_REVIEW, "warn"),
            SideRow("warning", tr("Could not read"), ViewKind.FAILED, "err"),
        )
        self.wordless = SideRow("warning", tr("Could not caption"), ViewKind.WORDLESS, "err")
        self.wordless.set_tip(tr("Photos that were read, and for which the model found no caption"))
        self.copies = SideRow("copy", tr("Duplicates"), ViewKind.DUPLICATES)
        self.copies.set_tip(tr("Photos that show the very same picture as another, beside each other"))
        self.missing = SideRow("image-off", tr("Missing"), ViewKind.MISSING, "warn")
        self.missing.set_tip(tr("Photos whose files are no longer where they were; their texts are kept"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for row in self._all_rows:
            self._group.addButton(row)
            row.clicked.connect(lambda _=False, row=row: self.row_chosen.emit(row.kind, ""))
        self.rows[0].setChecked(True)
        self.conflicts = SideRow("compare", tr("Two captions"), None, "warn")
        self.conflicts.set_tip(tr("You wrote one caption, and the file has another"))
        self.conflicts.clicked.connect(self.conflicts_requested)
        self.saved = SavedSearches()
        self.saved.marked.connect(lambda: self.show_view(self._view))
        self.tree = FolderTree()
        self.tree.chosen.connect(lambda path: self.row_chosen.emit(ViewKind.FOLDER, path))
        self.plus = icon_button("plus", tr("Add a folder"), tr("Add a folder (Ctrl+O)"), size=26, glyph=16)
        self.plus.clicked.connect(self.add_folder)
        self.no_folders = _note(tr("No folder is watched yet."))
        self.tags = TagSection(lambda name: _is_by_tag(self._view, name))
        self.tags.chosen.connect(self.tag_chosen)
        self.tags.placed.connect(self._fit_tags)
        self.dates, self.cameras = DateBars(), CameraRows()
        self.sections = self._made_sections()
        self._lay_out()
        nothing_known = (self.wordless, self.copies, self.missing, self.conflicts, self.tree, self.no_folders)
        for part in (*nothing_known, *(self.sections[key] for key in ("saved", "dates", "cameras"))):
            part.hide()

    @property
    def _all_rows(self) -> tuple[SideRow, ...]:
        return (*self.rows, self.wordless, self.copies, self.missing)

    def _made_sections(self) -> dict[str, Section]:
        library = (*self._all_rows, self.conflicts)
        made = (
            Section("library", tr("Library"), library),
            Section("saved", tr("Saved searches"), (self.saved,)),
            Section("folders", tr("Folders"), (self.tree, self.no_folders), self.plus),
            Section("tags", tr("Tags"), (self.tags,)),
            Section("dates", tr("Date"), (self.dates,)),
            Section("cameras", tr("Cameras"), (self.cameras,)),
        )
        for section in made:
            section.folded.connect(self.folded)
        return {section.key: section for section in made}

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, SPACE_M, _MARGIN, SPACE_M)
        column.setSpacing(SPACE_M)
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = scrolled(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    # ------------------------------------------------------------------------------------ folding

    @property
    def folded_keys(self) -> list[str]:
        """The sections that are folded."""
        return [key for key, section in self.sections.items() if not section.is_open]

    def fold(self, keys: Collection[str]) -> None:
        """Fold these sections, and no others."""
        for key, section in self.sections.items():
            section.set_open(key not in keys)

    # ------------------------------------------------------------------------------------ numbers

    def show_side(self, side: SideData) -> None:
        """Show new numbers."""
        counts = side.counts
        numbers = (counts.total, counts.favourites, counts.recent, counts.needs_review, counts.failed)
        for row, count in zip(self.rows, numbers, strict=True):
            row.set_count(count)
        self._show_where_any(self.wordless, counts.wordless)
        self._show_where_any(self.missing, counts.missing)
        self._show_where_any(self.conflicts, counts.conflicts)
        self.tree.show_nodes(side.tree, {folder.path: folder.message for folder in side.folders})
        self.tree.setVisible(bool(side.tree))
        self.no_folders.setVisible(not side.tree)
        self.tags.show_tags(side.keywords)

    def show_facets(self, facets: FacetData) -> None:
        """Show what is read after those, for it takes longer."""
        self._show_where_any(self.copies, facets.duplicates)
        self.dates.show_bars(facets.dates)
        self.sections["dates"].setVisible(bool(facets.dates))
        if facets.cameras is not None:
            self.cameras.show_cameras(facets.cameras)
        self.sections["cameras"].setVisible(facets.has_cameras)

    def show_progress(self, progress: Progress) -> None:
        """Show whether the folders are being looked through."""
        self.tree.set_scanning(progress.state is RunState.SCANNING)

    def _show_where_any(self, row: SideRow, count: int) -> None:
        row.set_count(count)
        row.setVisible(bool(count) or row.isChecked())

    def _fit_tags(self) -> None:
        self.tags.fit(self._scroll.viewport().width() - 2 * _MARGIN)

    @override
    def resizeEvent(self, event: object) -> None:
        self._fit_tags()

    # ------------------------------------------------------------------------------------ the view

    def show_view(self, view: LibraryView) -> None:
        """Mark the row, folder, tag, dates or camera of a view."""
        self._view = view
        self.sections["saved"].setVisible(bool(self.saved.rows))
        self._group.setExclusive(False)
        for row in self._all_rows:
            row.setChecked(row.kind is view.kind and not self.saved.is_marked)
        self._group.setExclusive(any(row.isChecked() for row in self._all_rows))
        self.tree.mark(view.argument if view.kind is ViewKind.FOLDER else "")
        self.tags.mark()
        self.dates.mark(days_of(view.query, date.today()))
        self.cameras.mark(view.query)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colors().color("surface"))


def _note(words: str) -> QWidget:
    return _indented(plain_label(words, "faint", wrap=True))


def _indented(widget: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
    row.addWidget(widget)
    return box


def _is_by_tag(view: LibraryView, name: str) -> bool:
    """Whether a view shows only photos with a tag."""
    return (view.kind is ViewKind.KEYWORD and view.argument == name) or has_tag(view.query, name)
