"""The intake thread: scans, and settles what the watcher reports."""

from __future__ import annotations

import logging
import os
import queue
import stat
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import Folder, FolderState
from blipdesk.domain.wording import later
from blipdesk.metadata import is_sidecar_name
from blipdesk.pipeline.roots import folder_of
from blipdesk.pipeline.scan import OnTouched, Scanner, ScanReport
from blipdesk.pipeline.settle import Settler, Verdict, looks_complete
from blipdesk.pipeline.threads import ThreadOwner
from blipdesk.pipeline.walk import is_candidate, stamp_of
from blipdesk.pipeline.watch import SWEEP_SECONDS, EventKind, FileEvent, Watcher, WatchMode

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

RECONCILE_SECONDS = 3600.0
ROOT_CHECK_SECONDS = 5.0
ASLEEP_SECONDS = 30.0
GONE_SECONDS = 2.0
"""A deleted file may reappear under another name so soon: then it was moved."""
ONCE_PATIENCE_SECONDS = 30.0
"""How long a headless run waits for files that are still being copied."""
_RETRY_SECONDS = 30.0

_MODE_NOTES = {
    WatchMode.LIMIT: later(
        "This folder has more subfolders than this computer lets BlipDesk watch; it is looked through "
        "every minute instead. Raising fs.inotify.max_user_watches makes new photos appear at once."
    ),
    WatchMode.NETWORK: later("On a network drive: looked through every minute."),
}


class Intake(ThreadOwner):
    """Owns the thread ``blipdesk-intake``: keeps the catalog in step with the folders.

    Args:
        catalog: the list of folders, and where photos are registered.
        on_news: there may be something to caption.
        on_touched: see :class:`~blipdesk.pipeline.scan.OnTouched`.
        on_watching: how many folders are watched or swept.
        on_scanning: True while a full scan runs.
        sweep_temps: removes temporary files of our own writing from a folder.
        watcher: makes the watcher; None never watches.
    """

    def __init__(
        self,
        catalog: Catalog,
        on_news: Callable[[], None],
        on_touched: OnTouched,
        on_watching: Callable[[int], None] = lambda _: None,
        on_scanning: Callable[[bool], None] = lambda _: None,
        sweep_temps: Callable[[str], object] = lambda _: None,
        watcher: Callable[[Callable[[FileEvent], None]], Watcher] | None = Watcher,
    ) -> None:
        self._catalog = catalog
        self._on_news = on_news
        self._on_watching = on_watching
        self._on_scanning = on_scanning
        self._sweep_temps = sweep_temps
        self._make_watcher = watcher
        self._events: queue.SimpleQueue[FileEvent | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._settler = Settler()
        self._gone: dict[str, float] = {}
        self._folders: list[Folder] = []
        self._stale: set[str] = set()
        self._clock_gap = time.time() - time.monotonic()
        self._modes: dict[int, WatchMode] = {}
        self._scanner = Scanner(catalog, on_touched, on_news, self._stop.is_set)
        self._watcher: Watcher | None = None
        self._began = time.time()
        self._next_sweep = self._next_full = self._next_roots = 0.0
        self._lost_events = False

    # ------------------------------------------------------------------------------- any thread

    def start(self) -> None:
        """Scan everything, then follow the folders until :meth:`request_stop`."""
        self._begin(self._run, "blipdesk-intake")

    def request_scan(self) -> None:
        """Look through all folders soon; several requests make one scan."""
        self._events.put(FileEvent(EventKind.SCAN_WANTED))

    def request_stop(self) -> None:
        """End soon; :meth:`join` waits for it."""
        self._stop.set()
        self._events.put(None)

    # ------------------------------------------------------------------------------- headless

    def run_once(self, tops: list[tuple[Folder, str]]) -> ScanReport:
        """Scan on the caller's thread, wait for files that are being copied, and say what was found.

        Raises:
            CatalogError: the catalog cannot be written.
        """
        report = ScanReport()
        for folder, top in sorted(tops, key=lambda named: _is_away(named[0])):
            report.add(self._scanner.scan(folder, top))
            self._clear_temps(report)
        waiting = {path: folder for folder, top in tops for path in report.unsettled if is_under(path, top)}
        now = time.monotonic()
        for path in waiting:
            self._settler.note_created(path, now)
        deadline = now + ONCE_PATIENCE_SECONDS
        while self._settler and not self._stop.is_set() and time.monotonic() < deadline:
            self._stop.wait(max(0.0, (self._settler.next_due() or 0.0) - time.monotonic()))
            for path in self._settled():
                report.add(self._scanner.take(waiting[path], [path]))
        report.notes += [
            (path, later("The file is still being copied; the next run takes it in."))
            for path in waiting
            if path in self._settler
        ]
        return report

    # ------------------------------------------------------------------------------- the thread

    def _run(self) -> None:
        if self._make_watcher is not None:
            self._watcher = self._make_watcher(self._events.put)
        try:
            while not self._stop.is_set():
                try:
                    self._round()
                except CatalogError as error:
                    _log.error("the folders could not be looked through: %s", error)
                    self._next_full = time.monotonic() + _RETRY_SECONDS
                    self._stop.wait(1.0)
                except Exception:  # noqa: BLE001 - top of the thread: a bug must not end the watch
                    _log.exception("looking through the folders failed in an unforeseen way")
                    self._next_full = time.monotonic() + _RETRY_SECONDS
                    self._stop.wait(1.0)
        finally:
            if self._watcher is not None:
                self._watcher.close()

    def _round(self) -> None:
        now = time.monotonic()
        if self._was_asleep():
            _log.info("the computer slept; looking through everything")
            self._next_full = 0.0
        if now >= self._next_full:
            self._scan_all()
        elif now >= self._next_sweep or now >= self._next_roots:
            self._look_at_roots(now)
        self._take(self._settled())
        self._drop_gone()
        for event in self._next_events():
            self._on_event(event)
        self._rescan_stale()

    def _was_asleep(self) -> bool:
        """True after a sleep (or a leap of the clock): the monotonic clock stood still, the other did not."""
        gap, self._clock_gap = self._clock_gap, time.time() - time.monotonic()
        return self._clock_gap - gap > ASLEEP_SECONDS

    def _next_events(self) -> list[FileEvent]:
        """Wait for events until something else is due; then take all there are."""
        now = time.monotonic()
        dues = [self._next_full, self._next_roots, self._next_sweep, *self._gone.values()]
        settle = self._settler.next_due()
        if settle is not None:
            dues.append(settle)
        events: list[FileEvent] = []
        with suppress(queue.Empty):
            item = self._events.get(timeout=max(0.0, min(dues) - now))
            while item is not None:
                events.append(item)
                item = self._events.get_nowait()
        return events

    # ------------------------------------------------------------------------------- scanning

    def _scan_all(self) -> None:
        """Follow the present roots, then reconcile all of them (the watch stands before the scan begins)."""
        self._on_scanning(True)
        try:
            folders = self._folders = self._catalog.folders()
            self._follow(folders)
            self._lost_events = False
            for folder in sorted(folders, key=_is_away):
                if self._stop.is_set():
                    return
                self._reconcile(folder)
        finally:
            self._on_scanning(False)
        now = time.monotonic()
        self._next_full = now + RECONCILE_SECONDS
        self._next_sweep = now + SWEEP_SECONDS
        self._next_roots = now + ROOT_CHECK_SECONDS
        self._on_news()

    def _reconcile(self, folder: Folder, top: str | None = None) -> None:
        report = self._scanner.scan(folder, top)
        now = time.monotonic()
        for path in report.unsettled:
            self._settler.note_created(path, now)
        self._clear_temps(report)
        if report.notes:
            _log.info("%d entries of %r were passed over", len(report.notes), folder.path)
        for path, reason in report.notes:
            _log.debug("passed over %r: %s", path, reason)

    def _clear_temps(self, report: ScanReport) -> None:
        """Remove what a killed write of an earlier process left; a write of this one is left alone."""
        for folder in {os.path.dirname(path) for path in report.temps if self._is_stale(path)}:
            self._sweep_temps(folder)
        report.temps.clear()

    def _is_stale(self, path: str) -> bool:
        try:
            return os.lstat(path).st_ctime < self._began
        except OSError:
            return False

    def _follow(self, folders: list[Folder]) -> None:
        if self._watcher is None:
            self._on_watching(len(folders))
            return
        self._modes = self._watcher.follow(folders, rebuild=self._lost_events)
        for folder in folders:
            mode = self._modes.get(folder.id)
            note = _MODE_NOTES.get(mode, "") if mode else ""
            if (
                mode is not WatchMode.OFFLINE
                and folder.message != note
                and folder.state is FolderState.ONLINE
            ):
                self._catalog.set_folder_state(folder.id, FolderState.ONLINE, note)
        self._on_watching(sum(mode is not WatchMode.OFFLINE for mode in self._modes.values()))

    def _look_at_roots(self, now: float) -> None:
        """Notice roots that went or came back, and sweep those that cannot be watched."""
        sweep = now >= self._next_sweep
        folders = self._folders = self._catalog.folders()
        for folder in folders:
            offline = bool(self._scanner.roots.offline_reason(folder))
            if offline != (folder.state is FolderState.OFFLINE):
                self._follow(folders)
                self._reconcile(folder)
            elif sweep and not offline and self._modes.get(folder.id) in (WatchMode.NETWORK, WatchMode.LIMIT):
                self._reconcile(folder)
        self._next_roots = now + ROOT_CHECK_SECONDS
        if sweep:
            self._next_sweep = time.monotonic() + SWEEP_SECONDS

    # ------------------------------------------------------------------------------- hints

    def _on_event(self, event: FileEvent) -> None:
        if event.kind is EventKind.SCAN_WANTED:
            self._next_full = 0.0
            return
        if event.kind is EventKind.OVERFLOW:
            if not self._lost_events:
                _log.warning("the system lost file events; looking through everything")
            self._lost_events = True
            self._next_full = 0.0  # one look for all the warnings that came by then
            return
        now = time.monotonic()
        if event.kind is EventKind.MOVED:
            self._on_moved(event, now)
        elif event.kind in (EventKind.FOLDER_CREATED, EventKind.FOLDER_DELETED):
            self._stale.add(event.path)
        elif event.kind is EventKind.FOLDER_MOVED:
            self._on_folder_moved(event)
        elif event.kind is EventKind.DELETED:
            self._settler.forget(event.path)
            self._gone[event.path] = now + GONE_SECONDS
        elif self._is_photo(event.path) or self._is_sidecar(event.path):
            note = self._settler.note_closed if event.kind is EventKind.CLOSED else self._settler.note_created
            note(event.path, now)

    def _on_moved(self, event: FileEvent, now: float) -> None:
        self._settler.forget(event.path)
        folder = folder_of(event.target, self._folders)
        if self._is_sidecar(event.target):  # most programs write one beside and put it in place
            self._settler.note_closed(event.target, now)
            self._gone[event.path] = now + GONE_SECONDS
        elif folder is None or not is_candidate(event.target, folder.path):
            self._gone[event.path] = now + GONE_SECONDS
        elif not self._scanner.relocate(folder, event.path, event.target):
            self._settler.note_closed(event.target, now)
            self._gone[event.path] = now + GONE_SECONDS

    def _on_folder_moved(self, event: FileEvent) -> None:
        old, new = folder_of(event.path, self._folders), folder_of(event.target, self._folders)
        same = old is not None and new is not None and old.id == new.id
        visible = new is not None and is_candidate(os.path.join(event.target, "x.jpg"), new.path)
        if same and visible and os.path.isdir(event.target) and not os.path.lexists(event.path):
            self._catalog.rename_tree(event.path, event.target)
        self._stale.update((event.target, event.path))

    def _rescan_stale(self) -> None:
        """Scan the folders that came, went or moved: once each, and not again below another one of them."""
        stale, self._stale = sorted(self._stale), set()
        last = None
        for path in stale:
            if last is not None and is_under(path, last):
                continue
            last = path
            folder = folder_of(path, self._folders)
            if folder is None or path == folder.path:
                self._next_roots = 0.0
            elif not os.path.isdir(path):
                self._scanner.mark_gone(folder, path)
            elif is_candidate(os.path.join(path, "x.jpg"), folder.path):
                self._reconcile(folder, path)

    def _is_photo(self, path: str) -> bool:
        folder = folder_of(path, self._folders)
        return folder is not None and is_candidate(path, folder.path)

    def _is_sidecar(self, path: str) -> bool:
        """Whether it may be the sidecar of a photo that a scan meets."""
        return is_sidecar_name(path) and self._is_photo(f"{path}.jpg")

    def _drop_gone(self) -> None:
        now = time.monotonic()
        due = [path for path, at in self._gone.items() if at <= now]
        for path in due:
            del self._gone[path]
        self._take(path for path in due if not os.path.lexists(path))

    def _take(self, paths: Iterable[str]) -> None:
        by_folder: dict[int, tuple[Folder, list[str]]] = {}
        for path in paths:
            folder = folder_of(path, self._folders)
            if folder is not None:
                by_folder.setdefault(folder.id, (folder, []))[1].append(path)
        for folder, inside in by_folder.values():
            self._scanner.take(folder, [path for path in inside if not is_sidecar_name(path)])
            self._scanner.take_beside(filter(is_sidecar_name, inside))

    def _settled(self) -> list[str]:
        """Look at the paths that are due; gives those that are whole now."""
        ready = []
        for path in self._settler.due(time.monotonic()):
            try:
                status = os.lstat(path)
            except OSError:
                stamp, complete = None, True
            else:
                stamp = stamp_of(status)
                complete = not stat.S_ISREG(status.st_mode) or looks_complete(path)
            if self._settler.observe(path, stamp, complete, time.monotonic()) is Verdict.READY:
                ready.append(path)
        return ready


def _is_away(folder: Folder) -> bool:
    """True for a root that is looked at last: by then it may have been met where it is now."""
    return not os.path.isdir(folder.path)
