"""Walking a folder: which names are photos, which entries are never opened, what could not be read.

The walk keeps a stack of its own, so that no depth of folders ends it, and yields in one fixed order.
Symbolic links to folders are not followed: that rules out loops and double rows.  A link to a file counts
only where it leads to a regular file inside a watched root that the walk does not meet by itself (a
git-annex object, say); a link out of the library is never read.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from blipdesk.domain.paths import is_under
from blipdesk.domain.placeholders import is_placeholder
from blipdesk.domain.suffixes import PHOTO_SUFFIXES
from blipdesk.domain.values import FileStamp
from blipdesk.domain.wording import later
from blipdesk.imaging import foreign_by_name
from blipdesk.metadata import TEMP_PATTERN, Sidecars, stamp_beside

_IGNORED_NAMES = frozenset(
    {"@eadir", "thumbs.db", "desktop.ini", "#recycle", "$recycle.bin", "system volume information"}
)
_TEMPORARY_ENDINGS = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart")

# A library of drawings, of links or in the cloud has as many as it has photos; beyond these, one more note
# tells nobody anything.
_MOST_PASSED_OVER = 10_000

_SPECIAL_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "fifo"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def is_ignored(name: str) -> bool:
    """True for hidden and temporary names, of files and folders alike.

    A name with two leading dots is taken for what it says (``..me and you.jpg`` is somebody's photo):
    programs hide with one.
    """
    if name.startswith(".") and not name.startswith(".."):
        return True
    lower = name.lower()
    return lower in _IGNORED_NAMES or lower.endswith(_TEMPORARY_ENDINGS)


def is_photo_name(name: str) -> bool:
    """True when the name ends like a picture's and is neither hidden nor temporary."""
    _, dot, suffix = name.rpartition(".")
    return (dot + suffix).lower() in PHOTO_SUFFIXES and not is_ignored(name)


def is_candidate(path: str, root: str) -> bool:
    """True when a scan of ``root`` would meet ``path`` (judged by the names alone)."""
    if path == root or not is_under(path, root):
        return False
    *folders, name = path[len(root.rstrip(os.sep)) + 1 :].split(os.sep)
    return is_photo_name(name) and not any(map(is_ignored, folders))


def special_kind(mode: int) -> str | None:
    """``fifo``, ``socket`` or ``device`` for what must never be opened; None for anything else."""
    return next((kind for test, kind in _SPECIAL_KINDS if test(mode)), None)


def stamp_of(status: os.stat_result) -> FileStamp:
    """The identity that a ``stat`` result gives."""
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)


@dataclass(frozen=True, slots=True)
class Found:
    """An entry with a photo's name; ``special`` names what it is when it is no regular file."""

    path: str
    stamp: FileStamp
    special: str | None = None
    looked_beside: bool = False
    """Whether its sidecar was looked for."""
    sidecar: FileStamp | None = None
    """Size and time of that, if there is one."""


@dataclass
class Walk:
    """One pass over a folder.

    Args:
        top: where to begin.
        roots: all watched roots, to judge links by.
        stop: asked between entries; True ends the walk early (``complete`` is then False).
    """

    top: str
    roots: Sequence[str]
    stop: Callable[[], bool] = lambda: False
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What was passed over, with a sentence for the person."""
    unread: list[str] = field(default_factory=list)
    """Folders that could not be listed: nothing below them is known to be gone."""
    temps: list[str] = field(default_factory=list)
    """Temporary files of our own writing."""
    complete: bool = False
    _passed_over: int = 0
    _by_name: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    """What is in the folder in hand."""
    _sidecars: Sidecars = field(default_factory=lambda: Sidecars(()))

    def __post_init__(self) -> None:
        self._real_roots = [os.path.realpath(root) for root in self.roots]

    def __iter__(self) -> Iterator[Found]:
        stack = [self.top]
        while stack:
            folder = stack.pop()
            try:
                with os.scandir(folder) as iterator:
                    entries = sorted(iterator, key=lambda entry: entry.name)
            except OSError as error:
                self.unread.append(folder)
                self.notes.append(
                    (folder, later("The folder cannot be read: {reason}.").format(reason=_reason(error)))
                )
                continue
            below: list[str] = []
            self._by_name = {entry.name: entry for entry in entries}
            self._sidecars = Sidecars(self._by_name)
            for entry in entries:
                if self.stop():
                    return
                try:
                    found = self._look(entry, below)
                except OSError as error:
                    if error.errno != errno.ENOENT:  # gone since the listing: the next scan says so
                        self.notes.append(
                            (
                                entry.path,
                                later("The file cannot be looked at: {reason}.").format(
                                    reason=_reason(error)
                                ),
                            )
                        )
                    continue
                if found is not None:
                    yield found
            stack.extend(reversed(below))
        self.complete = True

    def _look(self, entry: os.DirEntry[str], below: list[str]) -> Found | None:
        if TEMP_PATTERN.fullmatch(entry.name):
            self.temps.append(entry.path)
            return None
        if entry.is_dir(follow_symlinks=False):
            if not is_ignored(entry.name):
                below.append(entry.path)
            return None
        if not is_photo_name(entry.name):
            self._note_foreign(entry)
            return None
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            return self._look_through(entry.path, entry.name)
        if is_placeholder(status):
            self._pass_over(
                entry.path, later("The file is only in the cloud; it is read once it is on this disk.")
            )
            return None
        return Found(
            entry.path, stamp_of(status), special_kind(status.st_mode), True, self._beside(entry.name)
        )

    def _note_foreign(self, entry: os.DirEntry[str]) -> None:
        """A picture of a kind that is not read is passed over, but not in silence."""
        kind = None if is_ignored(entry.name) else foreign_by_name(entry.name)
        if kind is not None:
            self._pass_over(
                entry.path,
                later("Passed over: it is {what}. {remedy}").format(what=kind.what, remedy=kind.remedy),
            )

    def _pass_over(self, path: str, reason: str) -> None:
        if self._passed_over < _MOST_PASSED_OVER:
            self._passed_over += 1
            self.notes.append((path, reason))

    def _beside(self, name: str) -> FileStamp | None:
        """Size and time of a photo's sidecars: looked up in the folder's list, asked for where they are."""
        found = []
        for beside in self._sidecars.of(name):
            with suppress(OSError):  # gone since the listing, or a link that leads nowhere
                found.append(self._by_name[beside].stat())
        return stamp_beside(found) if found else None

    def _look_through(self, path: str, name: str) -> Found | None:
        """A link with a photo's name: accepted, or noted with the reason."""
        try:
            status = os.stat(path)
        except OSError:
            self._pass_over(path, later("The link leads nowhere."))
            return None
        target = os.path.realpath(path)
        if not stat.S_ISREG(status.st_mode):
            self._pass_over(path, later("The link does not lead to a regular file."))
        elif any(is_candidate(target, root) for root in self._real_roots):
            self._pass_over(path, later("The link leads to a photo that is in the library already."))
        elif not any(is_under(target, root) for root in self._real_roots):
            self._pass_over(path, later("The link leads out of the library; it is not followed."))
        else:
            return Found(path, stamp_of(status), None, True, self._beside(name))
        return None


def count_directories(tops: Sequence[str], limit: int) -> int:
    """How many folders a recursive watch of ``tops`` would need; stops counting beyond ``limit``."""
    stack = list(tops)
    count = 0
    while stack and count <= limit:
        count += 1
        try:
            with os.scandir(stack.pop()) as iterator:
                stack.extend(entry.path for entry in iterator if entry.is_dir(follow_symlinks=False))
        except OSError:
            continue
    return count


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
