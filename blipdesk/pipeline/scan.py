"""Reconciling a folder with the catalog: the scan is the truth, the watcher only a hint.

Everything found is compared with what the catalog knows (size and time; the content hash decides where
they differ).  Nothing is ever deleted: a photo that is gone is *missing*, one whose root is gone is
*offline*, one that reappears elsewhere with the same content is moved and keeps its texts.
"""

from __future__ import annotations

import logging
import os
import stat
import time
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.placeholders import is_placeholder
from blipdesk.domain.values import Folder, FolderState, SeenFile
from blipdesk.imaging import content_hash
from blipdesk.pipeline.beside import SidecarChanges
from blipdesk.pipeline.roots import Roots
from blipdesk.pipeline.walk import Found, Walk, special_kind, stamp_of

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, KnownFile

_log = logging.getLogger(__name__)

FIRST_BATCH = 32
"""A small first batch, so that the first captions come at once."""
BATCH = 500
YOUNG_SECONDS = 2.0
"""A file changed less than this before a scan may still be growing; it has to settle first."""
_CLOCK_SLACK = 5.0
"""A file server's clock may run ahead by as much."""
_UNREADABLE = "unreadable:"
_SPECIAL = "special:"


@dataclass
class ScanReport:
    """What one scan of a folder found."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    missing: int = 0
    unchanged: int = 0
    news: array[int] = field(default_factory=lambda: array("q"))
    """Ids of the photos that are not among the unchanged ones; of a million, 8 MB."""
    unsettled: list[str] = field(default_factory=list)
    """Young files: look at them again once they have settled."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What was passed over, and why."""
    temps: list[str] = field(default_factory=list)
    """Temporary files of our own writing that were met."""

    def add(self, other: ScanReport) -> None:
        """Sum up: several roots, or the files that settled later."""
        self.added += other.added
        self.changed += other.changed
        self.moved += other.moved
        self.missing += other.missing
        self.unchanged += other.unchanged
        self.news += other.news
        self.unsettled += other.unsettled
        self.notes += other.notes
        self.temps += other.temps


class OnTouched(Protocol):
    """Told of a photo of whose file only the time changed; ``beside``: somebody changed its sidecar."""

    def __call__(self, photo_id: int, beside: bool = False) -> None:
        """Take note; called from the intake thread."""
        ...


class Scanner:
    """Compares folders with the catalog.  Owned by the intake thread (or the caller of a headless run).

    Args:
        catalog: where photos are registered.
        on_touched: see :class:`OnTouched`.
        on_batch: called after each batch that brought something new.
        stop: asked between files.
    """

    def __init__(
        self,
        catalog: Catalog,
        on_touched: OnTouched,
        on_batch: Callable[[], None] = lambda: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._catalog = catalog
        self._on_batch = on_batch
        self._stop = stop
        self.on_touched = on_touched
        self.roots = Roots(catalog)

    def scan(self, folder: Folder, top: str | None = None) -> ScanReport:
        """Bring the catalog up to date with a root, or with the subtree ``top`` of it.

        Args:
            folder: the root.
            top: a folder or a file below it.

        Returns:
            what was found; young files are left to the caller (``unsettled``).

        Raises:
            CatalogError: the catalog cannot be written; what was done so far stays.
        """
        report = ScanReport()
        self.roots.refresh()
        top = top or folder.path
        offline = self.roots.offline_reason(folder)
        if offline:
            if folder.state is not FolderState.OFFLINE:
                self._catalog.set_folder_state(folder.id, FolderState.OFFLINE, offline)
            report.notes.append((folder.path, offline))
            return report
        if folder.state is FolderState.OFFLINE:
            self._catalog.set_folder_state(folder.id, FolderState.ONLINE)
        self.roots.remember_mount(folder)
        if top != folder.path and not os.path.isdir(top):
            return self.take(folder, [top])
        self._scan_tree(folder, top, report)
        return report

    def _scan_tree(self, folder: Folder, top: str, report: ScanReport) -> None:
        """Compare a tree with the catalog, one directory at a time: never all that is known at once."""
        walk = Walk(top, self.roots.paths(), self._stop)
        batch = _Batch(self, folder, report, look_for_moves=self._has_photos())
        visited: set[str] = set()
        known: dict[str, KnownFile] = {}
        left: dict[str, KnownFile] = {}
        directory = ""
        for found in walk:
            if os.path.dirname(found.path) != directory:
                left |= known
                directory = os.path.dirname(found.path)
                visited.add(directory)
                known = self._catalog.known_files_under(directory)
            batch.add(found, known.pop(found.path, None), settle=True)
        batch.flush()
        report.notes += walk.notes
        report.temps += walk.temps
        if walk.complete:
            left |= known
            unread = tuple(path.rstrip(os.sep) + os.sep for path in walk.unread)
            gone = {
                path: known
                for path, known in left.items()
                if known.photo_id not in batch.moved_ids and not path.startswith(unread)
            }
            report.missing += self._mark_gone(gone)
            for directory in self._catalog.known_directories(top):
                if directory not in visited and not (directory + os.sep).startswith(unread):
                    report.missing += self._mark_gone(self._catalog.known_files_under(directory))

    def take(self, folder: Folder, paths: Iterable[str]) -> ScanReport:
        """Register settled paths one by one, without walking; a path that is gone is marked missing."""
        report = ScanReport()
        self.roots.refresh()
        batch = _Batch(self, folder, report, look_for_moves=True)
        gone: list[int] = []
        for path in paths:
            known = self._catalog.known_file(path)
            try:
                status = os.lstat(path)
                if stat.S_ISLNK(status.st_mode):
                    report.notes.append((path, "A link; it is looked at by the next scan."))
                    continue
            except OSError:
                if known is not None and not known.missing:
                    gone.append(known.photo_id)
                continue
            if stat.S_ISDIR(status.st_mode) or is_placeholder(status):
                continue
            batch.add(Found(path, stamp_of(status), special_kind(status.st_mode)), known, settle=False)
        batch.flush()
        if gone and not self.roots.offline_reason(folder):
            report.missing += self._mark_missing([number for number in gone if number not in batch.moved_ids])
        return report

    def take_beside(self, sidecars: Iterable[str]) -> None:
        """Look at the photos beside which a sidecar settled or went away."""
        changes = SidecarChanges(self._catalog, partial(self.on_touched, beside=True))
        changes.compare_all(sidecars)
        if changes.flush():
            self._on_batch()

    def mark_gone(self, folder: Folder, top: str) -> None:
        """A folder was deleted: what is really gone below it is missing."""
        if self.roots.offline_reason(folder):
            return
        for directory in self._catalog.known_directories(top):
            self._mark_gone(self._catalog.known_files_under(directory))

    def relocate(self, folder: Folder, old: str, new: str) -> bool:
        """A rename that the watcher saw: move the record.  False when it is not that simple.

        True also where the record is at its new place already (its whole folder was renamed).
        """
        try:
            status = os.lstat(new)
        except OSError:
            return False
        found = Found(new, stamp_of(status))
        there, known = self._catalog.known_file(new), self._catalog.known_file(old)
        if there is not None:
            return known is None and not there.missing and _same(found, there)
        if known is None or os.path.lexists(old) or not stat.S_ISREG(status.st_mode):
            return False
        seen = identify(found)
        if seen.content_hash != known.content_hash:
            return False
        self._catalog.relocate(known.photo_id, folder.id, seen)
        return True

    # ------------------------------------------------------------------------------------ files

    def _has_photos(self) -> bool:
        return next(iter(self._catalog.all_photo_ids()), None) is not None

    def find_moved(self, seen: SeenFile) -> int | None:
        """The photo that this file was before, if one with this content has left its place."""
        if seen.stamp.size == 0 or seen.content_hash.startswith((_UNREADABLE, _SPECIAL)):
            return None
        twins = self._catalog.find_missing_twin(seen.content_hash, seen.path)
        if any(path == seen.path for _, path in twins):
            return None
        for photo_id, _ in self.roots.left_behind(twins, seen.path):
            return photo_id
        for photo_id, path in twins:
            if self._was_taken(path, seen.content_hash):
                return photo_id
        return None

    def _was_taken(self, path: str, content: str) -> bool:
        """True when another known photo stands at ``path`` now: files changed places or moved up in a row.

        A file there that no record knows may be the same photo, edited after a copy of it was made: then
        its texts stay with it.  Nor is it another one where we have just written into it: copies of one
        picture with the same caption are the same again.
        """
        try:
            there = content_hash(path)
        except (OSError, PhotoError):
            return False
        if there == content or self.accounts_for(path, there):
            return False
        return bool(self._catalog.find_missing_twin(there))

    def accounts_for(self, path: str, there: str) -> bool:
        """True when the photo that was known at ``path`` is the one of this content, or has left meanwhile.

        The file of a write that is not noted yet has a content that its record does not.
        """
        # In this order: a write is settled and its photo given the new content in one transaction.
        if any(write.path == path and write.after_hash == there for write in self._catalog.open_writes()):
            return True
        known = self._catalog.known_file(path)
        return known is None or known.content_hash == there

    def _mark_gone(self, left: dict[str, KnownFile]) -> int:
        """Mark those missing whose path is really gone; how many there were."""
        gone = [k.photo_id for path, k in left.items() if not k.missing and not os.path.lexists(path)]
        return self._mark_missing(gone)

    def _mark_missing(self, photo_ids: list[int]) -> int:
        for start in range(0, len(photo_ids), BATCH):
            self._catalog.mark_missing(photo_ids[start : start + BATCH])
        return len(photo_ids)


class _Batch:
    """Collects what a scan met and hands it to the catalog in few transactions."""

    def __init__(self, scanner: Scanner, folder: Folder, report: ScanReport, look_for_moves: bool) -> None:
        self._scanner = scanner
        self._catalog = scanner._catalog
        self._folder = folder
        self._report = report
        self._look_for_moves = look_for_moves
        self._files: list[SeenFile] = []
        self._back: list[int] = []
        self._sidecars = SidecarChanges(scanner._catalog, partial(scanner.on_touched, beside=True))
        self._news = False
        self._size = FIRST_BATCH
        self.moved_ids: set[int] = set()

    def add(self, found: Found, known: KnownFile | None, settle: bool) -> None:
        """Compare one entry with what is known of it."""
        if known is not None and not _same(found, known):
            # Written by ourselves since the scan began, or moved away: what was known then may be no more.
            known = self._catalog.known_file(found.path)
        if known is not None and _same(found, known):
            if known.missing:
                self._back.append(known.photo_id)
                self._news = True
            self._report.unchanged += 1
            if found.looked_beside:
                self._sidecars.compare(found.path, found.sidecar, known)
            return
        if settle and _is_young(found):
            self._report.unsettled.append(found.path)
            return
        seen = identify(found)
        changed = known is not None and known.content_hash != seen.content_hash
        if self._look_for_moves and (
            known is None or (changed and not self._scanner.accounts_for(seen.path, seen.content_hash))
        ):
            photo_id = self._scanner.find_moved(seen)
            if photo_id is not None:
                self._catalog.relocate(photo_id, self._folder.id, seen)
                self.moved_ids.add(photo_id)
                self._report.moved += 1
                self._report.news.append(photo_id)
                self._news = True
                return
        if known is None:
            self._report.added += 1
        elif changed:
            self._report.changed += 1
        else:
            self._report.unchanged += 1
        self._news = True
        if known is not None and _only_touched(seen, known):
            if known.missing:
                self._back.append(known.photo_id)
            self._scanner.on_touched(known.photo_id)
            return
        self._files.append(seen)
        if len(self._files) >= self._size:
            self.flush()
            self._size = BATCH

    def flush(self) -> None:
        """Hand over what was collected."""
        self._news |= self._sidecars.flush()
        if self._files:
            self._report.news.extend(self._catalog.register(self._folder.id, self._files))
            self._files = []
        if self._back:
            self._catalog.mark_present(self._back)
            self._back = []
        if self._news:
            self._news = False
            self._scanner._on_batch()


def identify(found: Found) -> SeenFile:
    """The file with its content hash; never opens what is no regular file.

    A file that cannot be read gets a stand-in for the hash, and is hashed anew at each scan: it becomes a
    photo that fails with its reason, and heals by itself.
    """
    if found.special is not None:
        return SeenFile(found.path, found.stamp, f"{_SPECIAL}{found.special}")
    try:
        digest = content_hash(found.path)
    except (OSError, PhotoError):
        digest = f"{_UNREADABLE}{found.stamp.size}:{found.stamp.mtime_ns}"
    return SeenFile(found.path, found.stamp, digest)


def identify_now(path: str) -> SeenFile | None:
    """What a known photo's file is now, as a scan sees it (through a link); None where nobody can tell."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    seen = identify(Found(path, stamp_of(status), special_kind(status.st_mode)))
    return None if seen.content_hash.startswith(_UNREADABLE) else seen


def _is_young(found: Found) -> bool:
    """True when the file was changed a moment ago."""
    age = time.time() - found.stamp.mtime_ns / 1e9
    return found.special is None and -_CLOCK_SLACK < age < YOUNG_SECONDS


def _only_touched(seen: SeenFile, known: KnownFile) -> bool:
    return seen.content_hash == known.content_hash and seen.stamp.mtime_ns != known.stamp.mtime_ns


def _same(found: Found, known: KnownFile) -> bool:
    """Size and time are what they were, and the hash is a real one.

    The inode is left out: file systems without inodes (FAT, many network mounts) make one up per mount.
    """
    return (
        known.stamp.size == found.stamp.size
        and known.stamp.mtime_ns == found.stamp.mtime_ns
        and not known.content_hash.startswith(_UNREADABLE)
        and known.content_hash.startswith(_SPECIAL) == (found.special is not None)
    )
