"""Watching folders: watchdog where it can be trusted, sweeps where it cannot.

The watcher is a hint.  Measured defects of watchdog 7.1 that shape this module: its default event mask
livelocks on large trees (so only the events needed here are asked for), it says nothing when the limit of
inotify watches is reached (so the watches really held are counted), and on an overflow of the kernel's
queue it tries to mend itself and overflows again (so the observer is replaced and a full scan follows).
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from blipdesk.domain.values import Folder
from blipdesk.pipeline.walk import count_directories

_log = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
_LIMIT_FILE = "/proc/sys/fs/inotify/max_user_watches"
_LIMIT_SHARE = 0.8
"""Of the limit that all programs of one user share, this much is taken at most."""
_NETWORK_TYPES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "9p",
        "ceph",
        "glusterfs",
        "davfs",
    }
)
_NETWORK_PREFIXES = ("fuse.sshfs", "fuse.rclone", "fuse.gvfsd", "fuse.s3fs", "fuse.davfs", "fuse.glusterfs")
_MASK: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]


class EventKind(Enum):
    """What the watcher saw, or a person asked for."""

    CREATED = "created"
    CLOSED = "closed"
    MOVED = "moved"
    DELETED = "deleted"
    FOLDER_CREATED = "folder created"
    FOLDER_MOVED = "folder moved"
    FOLDER_DELETED = "folder deleted"
    OVERFLOW = "overflow"
    SCAN_WANTED = "scan wanted"


@dataclass(frozen=True, slots=True)
class FileEvent:
    """One hint; ``target`` is the new path of a move."""

    kind: EventKind
    path: str = ""
    target: str = ""


class WatchMode(Enum):
    """How a root is followed."""

    WATCHED = "watched"
    NETWORK = "network"
    """On another computer: swept."""
    LIMIT = "limit"
    """More folders than this computer lets a program watch: swept."""
    OFFLINE = "offline"


_KINDS: dict[type[FileSystemEvent], EventKind] = {
    FileCreatedEvent: EventKind.CREATED,
    FileClosedEvent: EventKind.CLOSED,
    FileMovedEvent: EventKind.MOVED,
    FileDeletedEvent: EventKind.DELETED,
    DirCreatedEvent: EventKind.FOLDER_CREATED,
    DirMovedEvent: EventKind.FOLDER_MOVED,
    DirDeletedEvent: EventKind.FOLDER_DELETED,
}


class _Enqueue(FileSystemEventHandler):
    """Runs on watchdog's threads and does nothing but hand over."""

    def __init__(self, emit: Callable[[FileEvent], None]) -> None:
        self._emit = emit

    def dispatch(self, event: FileSystemEvent) -> None:
        kind = _KINDS.get(type(event))
        if kind is not None:
            self._emit(FileEvent(kind, os.fsdecode(event.src_path), os.fsdecode(event.dest_path or "")))


class _OverflowNotice(logging.Handler):
    """Turns watchdog's only sign of lost events, a warning in its log, into an event."""

    def __init__(self, emit: Callable[[FileEvent], None]) -> None:
        super().__init__(logging.WARNING)
        self._emit = emit

    def emit(self, record: logging.LogRecord) -> None:
        """Called by logging, on watchdog's reading thread."""
        if "overflow" in record.getMessage().lower():
            self._emit(FileEvent(EventKind.OVERFLOW))


class Watcher:
    """Follows roots.  Owned by the intake thread; watchdog's own threads only enqueue.

    Args:
        emit: gets the events, on watchdog's threads.
        limit: how many folders may be watched; None asks the system.
        is_network: tells network mounts.
    """

    def __init__(
        self,
        emit: Callable[[FileEvent], None],
        limit: Callable[[], int | None] | None = None,
        is_network: Callable[[str], bool] | None = None,
    ) -> None:
        self._emit = emit
        self._limit = limit or watch_limit
        self._is_network = is_network or on_network
        self._observer: BaseObserver | None = None
        self._watched: tuple[str, ...] = ()
        self._ending: list[threading.Thread] = []
        self._overflow = _OverflowNotice(emit)
        self._logger = logging.getLogger("watchdog.observers")
        self._logger.addHandler(self._overflow)

    def follow(self, folders: Sequence[Folder], rebuild: bool = False) -> dict[int, WatchMode]:
        """Watch these roots from now on; says how each one is followed.

        Args:
            folders: all roots to follow.
            rebuild: replace the observer even when the roots are the same (after an overflow).
        """
        modes: dict[int, WatchMode] = {}
        local: list[Folder] = []
        for folder in folders:
            if not os.path.isdir(folder.path):
                modes[folder.id] = WatchMode.OFFLINE
            elif self._is_network(folder.path):
                modes[folder.id] = WatchMode.NETWORK
            else:
                local.append(folder)
        limit = self._limit()
        paths = tuple(sorted(folder.path for folder in local))
        needed = count_directories(paths, limit) if limit is not None else 0
        mode = WatchMode.WATCHED
        if limit is not None and needed > limit:
            self._end_observer()
            mode = WatchMode.LIMIT
        elif rebuild or paths != self._watched or (self._observer is None and paths):
            self._end_observer()
            if paths and not self._start_observer(paths, needed):
                mode = WatchMode.LIMIT
        modes.update((folder.id, mode) for folder in local)
        return modes

    def _start_observer(self, paths: tuple[str, ...], needed: int) -> bool:
        before = held_watches()
        try:
            observer = Observer()
            observer.name = "blipdesk-watchdog"
            handler = _Enqueue(self._emit)
            for path in paths:
                observer.schedule(handler, path, recursive=True, event_filter=_MASK)
            self._observer = observer
            observer.start()
        except OSError as error:
            _log.warning("folders cannot be watched, they are swept: %s", error)
            self._end_observer()
            return False
        held = held_watches()
        # Folders may come and go in between, so a small difference means nothing.
        if held is not None and before is not None and held - before < needed * 0.98 - 8:
            _log.warning("%d of %d folders are watched; they are swept instead", held - before, needed)
            self._end_observer()
            return False
        self._watched = paths
        return True

    def _end_observer(self) -> None:
        """Let the old observer end on a thread of its own: removing thousands of watches takes a while."""
        observer, self._observer = self._observer, None
        self._watched = ()
        if observer is None:
            return
        self._ending = [thread for thread in self._ending if thread.is_alive()]
        thread = threading.Thread(target=_end, args=(observer,), name="blipdesk-watchdog-end", daemon=True)
        self._ending.append(thread)
        thread.start()

    def close(self) -> None:
        """End watching and wait for watchdog's threads."""
        self._logger.removeHandler(self._overflow)
        self._end_observer()
        for thread in self._ending:
            thread.join(10)


def _end(observer: BaseObserver) -> None:
    with suppress(RuntimeError, OSError):
        observer.stop()
        if observer.is_alive():
            observer.join()
        else:
            observer.on_thread_stop()  # never started: its inotify thread runs already


def watch_limit() -> int | None:
    """How many folders this user may watch, our share of it; None where there is no such limit."""
    try:
        with open(_LIMIT_FILE, encoding="ascii") as file:
            return int(int(file.read()) * _LIMIT_SHARE)
    except (OSError, ValueError):
        return None


def held_watches() -> int | None:
    """How many inotify watches this process really holds; None where that cannot be told."""
    if not sys.platform.startswith("linux"):
        return None
    count = 0
    try:
        descriptors = os.listdir("/proc/self/fd")
    except OSError:
        return None
    for descriptor in descriptors:
        with suppress(OSError):
            if os.readlink(f"/proc/self/fd/{descriptor}") == "anon_inode:inotify":
                with open(f"/proc/self/fdinfo/{descriptor}", encoding="ascii") as file:
                    count += sum(line.startswith("inotify wd:") for line in file)
    return count


def on_network(path: str, mountinfo: Iterable[str] | None = None) -> bool:
    """True when a path lies on another computer, where changes made by others raise no events.

    Args:
        path: an absolute path.
        mountinfo: lines as in ``/proc/self/mountinfo`` (the default).
    """
    if mountinfo is None:
        try:
            with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
                mountinfo = file.readlines()
        except OSError:
            return path.startswith("\\\\")
    path = os.path.realpath(path)
    best, kind = "", ""
    for line in mountinfo:
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) < 5 or not right:
            continue
        mount = _unescape(fields[4])
        inside = path == mount or path.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, right.split()[0]
    return kind in _NETWORK_TYPES or kind.startswith(_NETWORK_PREFIXES)


def _unescape(text: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text
