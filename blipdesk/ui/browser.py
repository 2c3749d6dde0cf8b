"""What the window looks at: the view, its ids, the numbers of the side bar; read in the pool, kept fresh.

Views listen to this alone; it listens to the services' one ``CatalogChange`` per commit.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.values import Folder, FolderNode, LibraryCounts, LibraryView, SortOrder, ViewKind
from blipdesk.ui.gallery.model import IdsChange
from blipdesk.ui.tasks import LatestTask, single_shot

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

SEARCH_MS = 80
"""Typing pauses this long before a query runs."""
_IDS_MS, _SIDE_MS = 250, 400
"""While photos pour in, the list and the side bar are read again at most this often."""
KEYWORDS = 16


@dataclass(frozen=True, slots=True)
class SideData:
    """The numbers of the side bar and the head, read together."""

    counts: LibraryCounts
    tree: tuple[FolderNode, ...]
    keywords: tuple[tuple[str, int], ...]
    folders: tuple[Folder, ...]


class Browser(QObject):
    """The state of browsing.

    Signals: ``view_changed`` (the LibraryView, at once), ``ids_changed`` (an IdsChange and whether the view
    is a new one), ``side_changed`` (SideData), ``words_changed`` (words to highlight), ``failed`` (an
    exception), ``photos_changed`` (ids or None: tiles to read again).
    """

    view_changed = Signal(object)
    ids_changed = Signal(object, bool)
    side_changed = Signal(object)
    words_changed = Signal(object)
    photos_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = LibraryView()
        self.side: SideData | None = None
        self.ids: array[int] = array("q")
        self.loaded = False
        """True once the first id list of this workspace is there."""
        self.keep: Callable[[], Sequence[int]] = lambda: ()
        """Ids whose new rows are wanted after a reset (the selection)."""
        self._workspace: Workspace | None = None
        self._order = SortOrder.NEWEST
        self._fresh = True
        self._ids_task, self._side_task = LatestTask(self), LatestTask(self)
        self._search_timer = single_shot(self, SEARCH_MS, self._load_ids)
        self._was_captioning = False
        self._ids_timer = single_shot(self, _IDS_MS, self._refresh_ids)
        self._side_timer = single_shot(self, _SIDE_MS, self._refresh_side)
        # Reading under way; what goes stale meanwhile is read again after it: were each refresh to replace
        # the one before, a library that takes longer to read than photos take to come would never show.
        self._ids_reading = self._side_reading = False

    def attach(self, workspace: Workspace, order: str = "newest") -> None:
        """Look at a workspace from now on."""
        self._workspace = workspace
        self.loaded = False
        self._order = SortOrder(order) if order in set(SortOrder) else SortOrder.NEWEST
        self.view = LibraryView(order=self._order)
        self.view_changed.emit(self.view)
        self._fresh = True
        self._load_ids()
        self._load_side()

    def detach(self) -> None:
        """Stop reading (the workspace is about to close)."""
        self._workspace = None
        self._ids_reading = self._side_reading = False
        for task in (self._ids_task, self._side_task):
            task.cancel()
        for timer in (self._search_timer, self._ids_timer, self._side_timer):
            timer.stop()

    # ------------------------------------------------------------------------------------ what to look at

    def show_row(self, kind: ViewKind, argument: str = "") -> None:
        """Another row of the side bar; the query stays."""
        self._change(replace(self.view, kind=kind, argument=argument))

    def show_failed(self) -> None:
        """All photos that could not be read, whatever was searched for."""
        self._change(LibraryView(ViewKind.FAILED, order=self._order))

    def search(self, query: str) -> None:
        """Narrow by a query, while it is typed."""
        query = query.strip()
        if query == self.view.query:
            return
        order = self.view.order
        if query and not self.view.query:
            order = SortOrder.RELEVANCE
        elif not query and order is SortOrder.RELEVANCE:
            order = self._order
        self._change(replace(self.view, query=query, order=order), self._search_timer)

    def set_order(self, order: SortOrder) -> None:
        """Sort otherwise."""
        if order is not SortOrder.RELEVANCE:
            self._order = order
        self._change(replace(self.view, order=order))

    def _change(self, view: LibraryView, timer: QTimer | None = None) -> None:
        if view == self.view:
            return
        self.view = view
        self._fresh = True
        self.view_changed.emit(view)
        if timer is None:
            self._load_ids()
        else:
            timer.start()

    # ------------------------------------------------------------------------------------ reading

    def reload(self) -> None:
        """Read everything again."""
        self._load_ids()
        self._load_side()

    def _refresh_ids(self) -> None:
        if self._ids_reading:
            self._ids_timer.start()
        else:
            self._load_ids()

    def _refresh_side(self) -> None:
        if self._side_reading:
            self._side_timer.start()
        else:
            self._load_side()

    def _load_ids(self) -> None:
        workspace, view, old = self._workspace, self.view, self.ids
        if workspace is None:
            return
        self._search_timer.stop()
        self._ids_timer.stop()
        fresh, keep = self._fresh, tuple(self.keep())

        def read() -> tuple[IdsChange, tuple[str, ...]]:
            words = workspace.library.highlight_words(view.query) if view.query else ()
            return IdsChange.between(old, workspace.library.ids(view), keep), words

        def done(result: tuple[IdsChange, tuple[str, ...]]) -> None:
            change, words = result
            self._ids_reading = False
            if view != self.view:
                return  # the person went on; that view's list is on its way
            self.ids = change.ids
            self.loaded = True
            self._fresh = False
            self.words_changed.emit(words)
            self.ids_changed.emit(change, fresh)

        def failed(error: Exception) -> None:
            self._ids_reading = False
            if view == self.view:
                self.failed.emit(error)

        self._ids_reading = True
        self._ids_task.start(read, done, failed, priority=3)

    def _load_side(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        library = workspace.library

        def read() -> SideData:
            return SideData(
                library.counts(),
                tuple(library.folder_tree()),
                tuple(library.top_keywords(KEYWORDS)),
                tuple(library.folders()),
            )

        def done(side: SideData) -> None:
            self._side_reading = False
            self.side = side
            self.side_changed.emit(side)

        def failed(error: Exception) -> None:
            self._side_reading = False
            self.failed.emit(error)

        self._side_reading = True
        self._side_task.start(read, done, failed, priority=1)

    def on_catalog_changed(self, change: CatalogChange) -> None:
        """Read what a commit made stale; coalesced already."""
        if self._workspace is None:
            return
        if change.photos is None or change.photos:
            self.photos_changed.emit(change.photos)
        moved = change.photos is None or bool(change.photos)
        by_state = (ViewKind.NEEDS_REVIEW, ViewKind.FAILED, ViewKind.KEYWORD)
        narrowed = bool(self.view.query) or self.view.kind in by_state
        if change.added or change.folders or (moved and narrowed):
            self._start(self._ids_timer)
        if change.added or change.folders or change.keywords or moved:
            self._start(self._side_timer)

    def on_progressed(self, progress: Progress) -> None:
        """A run has ended: what it read (the dates taken) may have put the photos in another order."""
        if self._was_captioning and progress.state is RunState.IDLE:
            self._start(self._ids_timer)
        self._was_captioning = progress.state is RunState.CAPTIONING

    @staticmethod
    def _start(timer: QTimer) -> None:
        if not timer.isActive():
            timer.start()
