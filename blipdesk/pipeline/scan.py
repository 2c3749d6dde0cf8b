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

from blipdesk.domain.errors import UsageError
from blipdesk.domain.moved import Move
from blipdesk.domain.paths import is_under
from blipdesk.domain.placeholders import is_placeholder
from blipdesk.domain.values import Folder, FolderState, SeenFile
from blipdesk.domain.wording import later
from blipdesk.pipeline.beside import SidecarChanges, seen_beside
from blipdesk.pipeline.identify import identify, is_same
from blipdesk.pipeline.moved import MovedFiles
from blipdesk.pipeline.roots import Roots, folder_of
from blipdesk.pipeline.walk import Found, Walk, special_kind, stamp_of

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, KnownFile

_log = logging.getLogger(__name__)

FIRST_BATCH = 32
"""A small first batch, so that the first captions come at once."""
BATCH = 500
YOUNG_SECONDS = 2.0
"""A file changed less than this before a scan may still be growing; it has to settle first."""
_SIDECAR_GONE = later("Its sidecar was taken away; it is made again where somebody asks for it.")
_CLOCK_SLACK = 5.0
"""A file server's clock may run ahead by as much."""


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
    """Told of a photo of whose file only the time changed.

    ``beside``: somebody changed its sidecar; ``outdated``: an earlier version read less of it.
    """

    def __call__(self, photo_id: int, beside: bool = False, outdated: bool = False) -> None:
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
        if all(root.id != folder.id for root in self.roots.folders):
            return report  # it was removed, or became a part of another one
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
        self._let_roots_follow(folder, batch.moved)
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

    def _let_roots_follow(self, folder: Folder, moved: MovedFiles) -> None:
        """A root that is gone and whose photos were found again is where these are, and so are the others."""
        if not moved.from_roots:
            return
        self.roots.refresh()
        for root in self.roots.folders:
            place = moved.place_of(root)
            if place is not None and is_under(place, folder.path):
                self._catalog.rename_tree(root.path, place)
                self.mark_gone(folder, place)

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
                    report.notes.append((path, later("A link; it is looked at by the next scan.")))
                    continue
            except OSError:
                if known is not None and not known.missing:
                    gone.append(known.photo_id)
                continue
            if stat.S_ISDIR(status.st_mode) or is_placeholder(status):
                continue
            batch.add(Found(path, stamp_of(status), special_kind(status.st_mode)), known, settle=False)
        batch.flush()
        self._let_roots_follow(folder, batch.moved)
        if gone and not self.roots.offline_reason(folder):
            report.missing += self._mark_missing([number for number in gone if number not in batch.moved_ids])
        return report

    def take_one(self, path: str) -> int:
        """Register one file, whatever folder it is in; gives the photo's id.

        Raises:
            UsageError: it is no photo.
        """
        folder = folder_of(path, self._catalog.all_roots())
        if folder is None:
            folder = self._catalog.add_folder(os.path.dirname(path), watched=False)
        self.take(folder, [path])
        known = self._catalog.known_file(path)
        if known is None:
            raise UsageError(later("{path} is not a photo that can be taken in.").format(path=path))
        return known.photo_id

    def take_beside(self, sidecars: Iterable[str]) -> None:
        """Look at the photos beside which a sidecar settled or went away."""
        changes = SidecarChanges(self._catalog, partial(self.on_touched, beside=True), lambda _: None)
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
            return known is None and not there.missing and is_same(found, there)
        if known is None or os.path.lexists(old) or not stat.S_ISREG(status.st_mode):
            return False
        seen = identify(found)
        if seen.content_hash != known.content_hash:
            return False
        self._catalog.relocate(known.photo_id, folder.id, seen, seen_beside(new))
        return True

    # ------------------------------------------------------------------------------------ files

    def _has_photos(self) -> bool:
        return next(iter(self._catalog.all_photo_ids()), None) is not None

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
        self._moves: list[Move] = []
        self._sidecars = SidecarChanges(
            scanner._catalog,
            partial(scanner.on_touched, beside=True),
            lambda path: report.notes.append((path, _SIDECAR_GONE)),
        )
        self._news = False
        self._size = FIRST_BATCH
        self.moved = MovedFiles(scanner._catalog, scanner.roots)
        self.moved_ids: set[int] = set()

    def add(self, found: Found, known: KnownFile | None, settle: bool) -> None:
        """Compare one entry with what is known of it."""
        if known is None and self._look_for_moves:
            along = self.moved.find_along(found)
            if along is not None:
                self._move(along.photo_id, along.file, found)
                return
        if known is not None and not is_same(found, known):
            # Written by ourselves since the scan began, or moved away: what was known then may be no more.
            self._flush_moves()
            known = self._catalog.known_file(found.path)
        if known is not None and is_same(found, known):
            self._add_unchanged(found, known)
        elif settle and _is_young(found):
            self._report.unsettled.append(found.path)
        else:
            self._flush_moves()  # what was found by its content is looked for no more
            self._add_other(found, known)

    def _add_unchanged(self, found: Found, known: KnownFile) -> None:
        if known.missing:
            self._back.append(known.photo_id)
            self._news = True
        self._report.unchanged += 1
        if known.is_outdated:
            self._scanner.on_touched(known.photo_id, outdated=True)
        if found.looked_beside:
            self._sidecars.compare(found.path, found.sidecar, known)

    def _add_other(self, found: Found, known: KnownFile | None) -> None:
        """A file that is new, touched or changed, or was moved here."""
        seen = identify(found)
        changed = known is not None and known.content_hash != seen.content_hash
        if self._look_for_moves and (
            known is None or (changed and not self.moved.accounts_for(seen.path, seen.content_hash))
        ):
            photo_id = self.moved.find(seen)
            if photo_id is not None:
                self._move(photo_id, seen, found)
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

    def _move(self, photo_id: int, seen: SeenFile, found: Found) -> None:
        is_bare = found.looked_beside and found.sidecar is None
        self._moves.append(Move(photo_id, seen, None if is_bare else seen_beside(found.path)))
        self.moved_ids.add(photo_id)
        self._report.moved += 1
        self._report.news.append(photo_id)
        self._news = True
        if len(self._moves) >= BATCH:
            self.flush()

    def _flush_moves(self) -> None:
        if self._moves:
            self._catalog.follow(self._folder.id, self._moves)
            self._moves = []

    def flush(self) -> None:
        """Hand over what was collected."""
        self._news |= self._sidecars.flush()
        self._flush_moves()
        if self._files:
            self._report.news.extend(self._catalog.register(self._folder.id, self._files))
            self._files = []
        if self._back:
            self._catalog.mark_present(self._back)
            self._back = []
        if self._news:
            self._news = False
            self._scanner._on_batch()


def _is_young(found: Found) -> bool:
    """True when the file was changed a moment ago."""
    age = time.time() - found.stamp.mtime_ns / 1e9
    return found.special is None and -_CLOCK_SLACK < age < YOUNG_SECONDS


def _only_touched(seen: SeenFile, known: KnownFile) -> bool:
    return seen.content_hash == known.content_hash and seen.stamp.mtime_ns != known.stamp.mtime_ns
