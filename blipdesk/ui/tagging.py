"""Tags of the selected photos: counted, given to all of them, taken off, and back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.tagging import KeywordsAmong, Tagged
from blipdesk.domain.wording import later, number, plural, tr
from blipdesk.ui.pane.edits import EditQueue
from blipdesk.ui.tasks import EventBridge, NewestTask, single_shot
from blipdesk.ui.undoing import LongActions
from blipdesk.ui.words import error_words, quoted

if TYPE_CHECKING:
    from blipdesk.services.tagging import TaggingService
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.gallery.view import GalleryView
    from blipdesk.ui.pane import PhotoPane

MOST = 100
"""Tags of a selection that are shown, the most frequent."""
_SOON_MS, _LATE_MS = 80, 400
"""So long the selection rests before its tags are counted, and so long those before are shown."""
_AGAIN_MS, _A_MS = 1000, 100
"""While photos are captioned they are counted anew at most so often; of many photos, a millisecond later for
each so many."""
_Tell = Callable[[int, int], None]


class TaggingActions(LongActions):
    """Does the edits one after the other, each of which is taken back as one.  Owner: the GUI thread."""

    def __init__(self, view: GalleryView, pane: PhotoPane, bridge: EventBridge) -> None:
        super().__init__(pane)
        self._view, self._pane = view, pane
        self._workspace: Workspace | None = None
        self._queue = EditQueue(self)
        self._stops: list[threading.Event] = []
        """What stops each edit that is not done yet."""
        self._count_task, self._counting = NewestTask(self), threading.Event()
        self._soon = single_shot(self, _SOON_MS, self._count)
        self._late = single_shot(self, _LATE_MS, self._show_counting)
        self._again = single_shot(self, _AGAIN_MS, self._count)
        view.selection_changed.connect(self._on_selection)
        bridge.catalog_changed.connect(self._on_change)
        pane.many.tags_added.connect(self.add)
        pane.many.tag_removed.connect(self.remove)
        pane.many.completion_wanted.connect(self._load_completion)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act there; what is long is stopped."""
        self._workspace = workspace
        self._undo.clear()
        for stop in (*self._stops, self._counting):
            stop.set()
        for timer in (self._soon, self._late, self._again):
            timer.stop()
        self._count_task.cancel()

    # ------------------------------------------------------------------------------------ counting

    def _on_selection(self) -> None:
        self._counting.set()
        self._again.stop()
        if self._workspace is not None and self._view.selected_count() > 1:
            self._soon.start()
            self._late.start()
        else:
            self._soon.stop()
            self._late.stop()

    def _on_change(self, change: CatalogChange) -> None:
        # Each page of an edit of ours is such a change: they are counted once it is done.
        is_due = not self._stops and (change.keywords or change.photos is None)
        count = self._view.selected_count()
        if is_due and count > 1 and not self._again.isActive():
            self._again.start(max(_AGAIN_MS, count // _A_MS))

    def _count(self) -> None:
        workspace, ids = self._workspace, self._view.selected_ids()
        if workspace is None or len(ids) < 2:
            return
        stop = self._counting = threading.Event()

        def on_photos(*_: int) -> None:
            if stop.is_set():
                raise Cancelled

        self._count_task.start(
            lambda: workspace.tagging.among(ids, MOST, on_photos), self._show_among, self._on_count_failed
        )

    def _show_among(self, among: KeywordsAmong) -> None:
        self._late.stop()
        self._pane.many.tags.show_among(among)

    def _show_counting(self) -> None:
        self._pane.many.tags.show_counting()

    def _on_count_failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.said.emit(error_words(tr("The tags could not be read."), error), None)

    def _load_completion(self) -> None:
        from blipdesk.ui.pane.tag_completion import read_known

        if self._workspace is not None:
            read_known(self._workspace, self._pane.many.tags.bar)

    # ------------------------------------------------------------------------------------ edits

    def add(self, names: Sequence[str]) -> None:
        """Give all selected photos these tags."""
        if len(names) == 1:
            tag = quoted(names[0])
            doing, nothing = tr("Adding {tag}", tag=tag), tr("All of them have {tag} already", tag=tag)
        else:
            tag = ""
            doing, nothing = tr("Adding tags"), tr("All of them have these tags already")

        def done(count: int) -> str:
            if not tag:
                return plural(count, tr("Tags added to {n} photo"), tr("Tags added to {n} photos"))
            text = later("{tag} added to {n} photo") if count == 1 else later("{tag} added to {n} photos")
            return tr(text, tag=tag, n=number(count))

        self._edit(lambda tagging, ids, tell: tagging.add(ids, names, tell), doing, done, nothing)

    def remove(self, name: str) -> None:
        """Take a tag off those of the selected photos that have it."""
        tag = quoted(name)

        def done(count: int) -> str:
            text = later("{tag} taken off {n} photo") if count == 1 else later("{tag} taken off {n} photos")
            return tr(text, tag=tag, n=number(count))

        self._edit(
            lambda tagging, ids, tell: tagging.remove(ids, name, tell),
            tr("Taking {tag} off", tag=tag),
            done,
            tr("None of them has {tag} any more", tag=tag),
        )

    def _edit(
        self,
        work: Callable[[TaggingService, Sequence[int], _Tell], Tagged],
        doing: str,
        done: Callable[[int], str],
        nothing: str,
    ) -> None:
        """Carry an edit of all selected photos out, behind those before.

        Args:
            work: in the pool.
            doing: what is said while it takes long.
            done: what is said then, of so many photos.
            nothing: what is said where nothing changed.
        """
        workspace, ids = self._workspace, self._view.selected_ids()
        if workspace is None or not ids:
            return
        stop, result = threading.Event(), [Tagged()]
        tell = self._told(doing, stop)

        def run() -> None:
            result[0] = work(workspace.tagging, ids, tell)

        def ended() -> None:
            self._stops.remove(stop)
            self._soon.start()
            if self._workspace is not workspace or undo not in self._undo:
                return  # it was taken back before it was done
            tagged = result[0]
            if tagged.edit is None:
                self._undo.remove(undo)
                self.said.emit(nothing if tagged.is_whole else tr("Stopped"), None)
                return
            words = done(tagged.changed)
            self.said.emit(words if tagged.is_whole else tr("Stopped: {words}", words=words), bring_back)

        def failed(error: Exception) -> None:
            self._stops.remove(stop)
            if undo in self._undo:
                self._undo.remove(undo)
            self._say_why(error)

        def undo() -> None:
            stop.set()
            self._take_back(workspace, result)

        self._stops.append(stop)
        bring_back = self._begun(undo)
        self._queue.add(run, ended, failed)

    def _take_back(self, workspace: Workspace, result: Sequence[Tagged]) -> None:
        """Take an edit back, behind it and those before."""
        stop = threading.Event()
        tell = self._told(tr("Taking tags back"), stop, may_stop=False)

        def run() -> None:
            edit = result[0].edit
            if edit is not None:
                workspace.tagging.undo(edit, tell)

        def ended() -> None:
            self._stops.remove(stop)
            self._soon.start()
            self.said.emit(tr("Undone"), None)

        def failed(error: Exception) -> None:
            self._stops.remove(stop)
            if not isinstance(error, Cancelled):
                self._say_why(error)

        self._stops.append(stop)
        self._queue.add(run, ended, failed)

    def _say_why(self, error: Exception) -> None:
        self.said.emit(error_words(tr("The tags could not be changed."), error), None)
