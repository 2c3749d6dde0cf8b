"""What the window looks at: the view, its ids, the numbers of the side bar; read in the pool, kept fresh.

Views listen to this alone; it listens to the services' one ``CatalogChange`` per commit.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.grouping import Grouping
from blipdesk.domain.query import tells_best
from blipdesk.domain.search import RESTS, SearchAnswer, SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder, ViewKind
from blipdesk.ui.listing import Asked, Found, Hold, Listed, Looked, Screen, Strangers, find, find_first, place
from blipdesk.ui.search.tag_terms import with_tag
from blipdesk.ui.side_data import SideData, SideReader
from blipdesk.ui.tasks import LatestTask, NewestTask, single_shot

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_IDS_MS = 250
"""While photos pour in, the list is read again at most this often."""
_BY_STATE = frozenset(ViewKind) - {ViewKind.ALL, ViewKind.RECENT, ViewKind.FOLDER}
"""Rows whose photos another state of one makes others."""
_VALUE_LAST = re.compile(r":\S*$")
"""A query that may end in the value of a filter, or in the beginning of one."""


class Browser(QObject):
    """The state of browsing.

    A query is answered twice: at each key by its words alone, and ranked once the typing rests.  What a
    person has clicked keeps its place (:meth:`hold`), and of the same search what was in sight then, until
    Enter (:meth:`rank_now`): photos that come later stand behind.

    Signals: ``view_changed`` (the LibraryView, at once), ``first_shown`` (an IdsChange: the beginning of the
    first list), ``ids_changed`` (an IdsChange and whether the view is a new one), ``side_changed``
    (SideData), ``marks_changed`` (what to mark), ``failed`` (an exception), ``photos_changed`` (ids or None:
    tiles to read again), ``ranked`` once a query's last answer is shown, ``looked_at`` with a query whose
    answer a person looks at, for the first time.
    """

    view_changed = Signal(object)
    first_shown = Signal(object)
    ids_changed = Signal(object, bool)
    side_changed = Signal(object)
    marks_changed = Signal(object)
    photos_changed = Signal(object)
    failed = Signal(object)
    ranked = Signal()
    looked_at = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = LibraryView()
        self.side: SideData | None = None
        self.ids: array[int] = array("q")
        self.turned_down = ""
        """What the query was taken for, before it was to be answered as it was typed."""
        self.similar_to = ""
        """The name of the photo that those of a SIMILAR view are like."""
        self.answer: SearchAnswer | None = None
        """The answer shown, with the ids in their order on the screen; None where nothing was asked."""
        self.found: SearchAnswer | None = None
        """The same as the services gave it, with its scores."""
        self.loaded = False
        """True once the first id list of this workspace is there."""
        self.strangers = Strangers()
        self.look: Callable[[], Looked] = Looked
        """What a person sees of the photos."""
        self._workspace: Workspace | None = None
        self._order, self.grouping = SortOrder.NEWEST, Grouping.NONE
        self._before = LibraryView(), True, False
        """What is shown again after similar photos: the view, whether words may be mended, whether whole."""
        self._unsearched: tuple[LibraryView, Found] | None = None
        """The last list without a search: back from one it need not be read again, 0.7 s at a million."""
        self._state = object()
        """Another one once that list may be stale."""
        self._fresh, self._corrected, self._whole, self._hold = True, True, False, Hold.NOTHING
        self._resting, self._ranked = True, False
        self._ids_task, self._first_task = LatestTask(self), LatestTask(self)
        self._typed_task, self._ranked_task = NewestTask(self), NewestTask(self)
        self._rest = single_shot(self, round(RESTS * 1000), self._on_rest)
        self._was_captioning = False
        self._ids_timer = single_shot(self, _IDS_MS, self._refresh_ids)
        self._all_soon = single_shot(self, 0, self._load_all)
        self._ids_reading = False
        """What goes stale meanwhile is read again after it, see :class:`SideReader`."""
        self._side = SideReader(self)
        self._side.read.connect(self._on_side)
        self._side.failed.connect(self.failed)

    def attach(
        self, workspace: Workspace, order: str = "newest", last: LibraryView | None = None, top: int = 0
    ) -> None:
        """Look at a workspace from now on: as last time, or with what was typed while it was opened.

        ``top`` is the photo that will be brought to the top; 0: none.
        """
        self._workspace = workspace
        self.loaded, self.answer = False, None
        self._forget_list()
        self._before = LibraryView(), True, False
        self._order = SortOrder(order) if order in set(SortOrder) else SortOrder.NEWEST
        last, query = last or LibraryView(), self.view.query or (last.query if last else "")
        self.view = replace(last, query=query, order=self._first_order(query))
        self.view_changed.emit(self.view)
        self._rest.stop()
        self._fresh, self._hold, self._resting, self._ranked = True, Hold.NOTHING, True, False
        self._load_first(workspace, top)

    def detach(self) -> None:
        """Stop reading (the workspace is about to close)."""
        self._workspace, self._ids_reading = None, False
        self._side.set_workspace(None)
        for task in (self._first_task, self._ids_task, self._typed_task, self._ranked_task):
            task.cancel()
        for timer in (self._rest, self._ids_timer, self._all_soon):
            timer.stop()

    # ------------------------------------------------------------------------------------ what to look at

    def show_row(self, kind: ViewKind, argument: str = "") -> None:
        """Another row of the side bar; the query stays."""
        order = self._order if self.view.kind is ViewKind.SIMILAR else self.view.order
        self._change(replace(self.view, kind=kind, argument=argument, order=order))

    def toggle_tag(self, name: str) -> None:
        """Narrow by a tag, or no more; within a row or a folder its filter is put into the query."""
        view = with_tag(self.view, name)
        if view.query != self.view.query:
            self.search(view.query)
        else:
            self.show_row(view.kind, view.argument)

    def show_search(self, query: str) -> None:
        """A whole query at once, among all photos."""
        query = query.strip()
        self._change(LibraryView(query=query, order=self._first_order(query)), whole=True)

    def show_similar(self, photo_id: int, name: str) -> None:
        """The photos that are like one; :meth:`leave_similar` comes back to what is shown now."""
        if self.view.kind is not ViewKind.SIMILAR:
            self._before = self.view, self._corrected, self._whole
        self.similar_to = name
        self._change(LibraryView(ViewKind.SIMILAR, str(photo_id), order=SortOrder.RELEVANCE))

    def leave_similar(self) -> None:
        """Back to what was shown before, a search with what was made of its words."""
        if self.view.kind is ViewKind.SIMILAR:
            view, corrected, whole = self._before
            self._change(view, whole=whole, corrected=corrected)

    def show_failed(self) -> None:
        """All photos that could not be read, whatever was searched for."""
        self._change(LibraryView(ViewKind.FAILED, order=self._order))

    def search(self, query: str) -> None:
        """Narrow by a query, while it is typed."""
        query = query.strip()
        if query == self.view.query:
            return
        view = self.view
        if view.kind is ViewKind.SIMILAR:
            view = LibraryView(order=self._order)
        order = view.order
        if tells_best(query) is not tells_best(view.query) or order is SortOrder.RELEVANCE:
            order = self._first_order(query)
        self._change(replace(view, query=query, order=order), typed=bool(query))

    def _first_order(self, query: str) -> SortOrder:
        """The order of a query until another is chosen: filters alone keep that of the photos."""
        return SortOrder.RELEVANCE if tells_best(query) else self._order

    def rank_now(self) -> None:
        """Do not wait for the typing to rest: nothing more is typed (Enter).  Nothing keeps its place."""
        self._rest.stop()
        whole = self._whole or bool(_VALUE_LAST.search(self.view.query))
        if whole is not self._whole or (self._hold is not Hold.NOTHING and self.answer is not self.found):
            self._whole, self._ranked, self._resting = whole, False, False
        self._hold = self._hold if self._ranked else Hold.NOTHING
        if not self._resting:  # else the ranked answer is on its way
            self._on_rest()

    @property
    def is_ranked(self) -> bool:
        """Whether the last answer is shown; ``ranked`` tells of it else."""
        return self._ranked

    @property
    def request(self) -> SearchRequest | None:
        """What is searched for; None where nothing is."""
        return replace(self._asked(), ranked=self._ranked).request if self.view.query else None

    def _asked(self) -> Asked:
        return Asked(self.view, self._resting, self._corrected, self._whole, self.grouping)

    def search_as_typed(self) -> None:
        """Answer the query again, with no word taken for another."""
        self.turned_down = self.answer.shown_query if self.answer is not None else ""
        self._answer_again(corrected=False)

    def search_as_mended(self) -> None:
        """Answer it again as before that."""
        self._answer_again(corrected=True)

    def _answer_again(self, corrected: bool) -> None:
        self._corrected, self._hold, self._ranked = corrected, Hold.NOTHING, False
        if corrected:
            self.turned_down = ""
        self._load_ids()

    def hold(self) -> None:
        """A person has clicked one of the photos shown."""
        first, self._hold = self._hold is Hold.NOTHING, Hold.BEFORE if self._fresh else Hold.HERE
        if first and self.view.query:
            self.looked_at.emit(self.view.query)

    def set_order(self, order: SortOrder) -> None:
        """Sort otherwise."""
        if order is not SortOrder.RELEVANCE:
            self._order = order
        self._change(replace(self.view, order=order))

    def set_grouping(self, grouping: Grouping) -> None:
        """Group otherwise."""
        if grouping is not self.grouping:
            self.grouping, self._fresh = grouping, True
            self._forget_list()
            self._load_ids()

    def _change(
        self, view: LibraryView, *, typed: bool = False, whole: bool = False, corrected: bool = True
    ) -> None:
        if view == self.view:
            return
        if view.query != self.view.query:
            self._corrected, self._whole = corrected, whole
            self.turned_down = ""
        self.view = view
        self._fresh, self._hold, self._resting, self._ranked = True, Hold.NOTHING, not typed, False
        self.view_changed.emit(view)
        self._rest.stop()
        self._load_ids()
        if typed:
            self._rest.start()

    def _on_rest(self) -> None:
        self._resting = True
        self._load_ids()

    # ------------------------------------------------------------------------------------ reading

    def reload(self) -> None:
        """Read everything again."""
        self._forget_list()
        self._load_ids()
        self._side.read_now()

    def _on_side(self, side: SideData) -> None:
        self.side = side
        self.side_changed.emit(side)

    def _forget_list(self) -> None:
        self._unsearched, self._state = None, object()

    def _refresh_ids(self) -> None:
        (self._ids_timer.start if self._ids_reading else self._load_ids)()

    def _load_first(self, workspace: Workspace, top: int) -> None:
        """Show the beginning of the first list before the rest is read, for 1.6 s at a million photos.

        Read beside the first paint, that waited for the processor and the interpreter's lock.
        """
        asked = self._asked()
        screen = self._screen(asked)
        if not asked.begins_at_once:
            self._load_all()
            return

        def done(listed: Listed) -> None:
            self._all_soon.start()
            ids = listed.change.ids
            at_top = not top or top in ids[: screen.looked.columns]  # else it would soon be gone again
            if at_top and ids and not self.loaded and asked == self._asked():
                self.ids, self._fresh = ids, False
                self.first_shown.emit(listed.change)

        # What keeps it from being read is told by the whole list.
        self._first_task.start(
            lambda: place(find_first(workspace, asked), screen), done, lambda _: self._load_all(), priority=9
        )

    def _load_all(self) -> None:
        if not self._ids_reading and not self.loaded:  # else something was searched for meanwhile
            self._load_ids()
        self._side.set_workspace(self._workspace)

    def _load_ids(self) -> None:
        workspace, asked = self._workspace, self._asked()
        if workspace is None:
            return
        self._ids_timer.stop()
        known, state, screen = self._unsearched, self._state, self._screen(asked)

        def work() -> Listed:
            found = known[1] if known is not None and known[0] == asked.view else find(workspace, asked)
            return place(found, screen)

        if not asked.view.query:
            for task in (self._typed_task, self._ranked_task):
                task.cancel()
        self._start_listing(asked, screen, work, state)

    def _screen(self, asked: Asked) -> Screen:
        # Dates and names put all in their places, whatever was clicked.
        hold = self._hold if asked.view.order is SortOrder.RELEVANCE else Hold.NOTHING
        sure, looked = len(self.ids) if self.answer is None else self.answer.sure, self.look()
        fresh = hold is Hold.NOTHING and (self._fresh or (asked.ranked and not self._ranked))
        read = self._workspace.library.tiles if fresh and self._workspace is not None else None
        return Screen(self.ids, sure, looked, hold, self.strangers, self._ranked, read)

    def _start_listing(self, asked: Asked, screen: Screen, work: Callable[[], Listed], state: object) -> None:
        def failed(error: Exception) -> None:
            self._ids_reading = False
            if asked.view == self.view:
                self.failed.emit(error)

        def done(listed: Listed) -> None:
            if not asked.is_search and state is self._state:
                self._unsearched = asked.view, listed.found
            self._on_listed(asked, screen, listed, state)

        self._ids_reading = True
        if not asked.view.query:
            self._ids_task.start(work, done, failed, priority=3)
        elif asked.ranked:
            self._ranked_task.start(work, done, failed, priority=3)
        else:
            self._typed_task.start(work, done, failed, priority=4)

    def _on_listed(self, asked: Asked, screen: Screen, listed: Listed, state: object) -> None:
        self._ids_reading = False
        if replace(asked, ranked=self._resting) != self._asked():
            return  # the person went on; that view's list is on its way
        if not asked.ranked and (self._ranked or not listed.found.answer.ids):
            return  # what is typed is no word yet: the ranked answer may know what it is near to
        now = self._screen(asked)
        if not screen.is_now(now):  # another answer, or a click, came meanwhile
            found = listed.found
            self._start_listing(asked, now, lambda: place(found, now), state)
            return
        change, first = listed.change, asked.ranked and not self._ranked
        moved = bool(change.removed or change.added)
        fresh = (self._fresh or (first and moved)) and self._hold is Hold.NOTHING
        self.ids, self.answer = change.ids, listed.answer if asked.is_search else None
        self.found = listed.found.answer if asked.is_search else None
        self.strangers = listed.strangers
        self.loaded, self._fresh, self._ranked = True, False, asked.ranked
        self.marks_changed.emit(listed.found.marks)
        self.ids_changed.emit(change, fresh)
        if first:
            self.ranked.emit()

    def on_catalog_changed(self, change: CatalogChange) -> None:
        """Read what a commit made stale; coalesced already."""
        if self._workspace is None:
            return
        if change.photos is None or change.photos:
            self.photos_changed.emit(change.photos)
        moved = change.photos is None or bool(change.photos)
        narrowed = bool(self.view.query) or self.view.kind in _BY_STATE
        kind = self._unsearched[0].kind if self._unsearched is not None else self.view.kind
        if change.added or change.folders or (moved and kind in _BY_STATE):
            self._forget_list()
        if change.added or change.folders or (moved and narrowed):
            self._refresh_soon()
        if change.added or change.folders or change.keywords or moved:
            self._side.read_soon()

    def on_progressed(self, progress: Progress) -> None:
        """A run has ended: what it read (the dates taken) may have put the photos in another order."""
        if self._was_captioning and progress.state is RunState.IDLE:
            self._forget_list()
            self._refresh_soon()
        self._was_captioning = progress.state is RunState.CAPTIONING

    def _refresh_soon(self) -> None:
        if not self._ids_timer.isActive():
            self._ids_timer.start()
