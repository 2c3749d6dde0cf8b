"""The watched roots: which of them are there now, and which holds a path."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.paths import is_under
from blipdesk.domain.values import FileStamp, Folder
from blipdesk.domain.wording import later

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog


class Roots:
    """Tells a photo that is gone from one on a drive that is not connected.  Owned by its user's thread.

    Args:
        catalog: knows the roots, and the mount that each was last seen on.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._folders: list[Folder] = []
        self._gone: dict[int, bool] = {}

    def refresh(self) -> None:
        """Learn of the roots anew."""
        self._folders = self._catalog.all_roots()
        self._gone.clear()

    def named(self, paths: Sequence[str]) -> list[tuple[Folder, str]]:
        """Each of these folders or photos with the root that holds it, made where there is none.

        None named: every watched root.
        """
        if not paths:
            return [(folder, folder.path) for folder in self._catalog.folders()]
        self.refresh()
        named = []
        for path in map(os.path.abspath, paths):
            folder = folder_of(path, self._folders)
            if folder is None:
                top = path if os.path.isdir(path) else os.path.dirname(path)
                folder = self._catalog.add_folder(top, watched=False)
            named.append((folder, path))
        return named

    @property
    def folders(self) -> list[Folder]:
        """All of them, connected or not."""
        return self._folders

    def paths(self) -> list[str]:
        """Where the roots are, connected or not."""
        return [folder.path for folder in self._folders]

    def offline_reason(self, folder: Folder) -> str:
        """Why a root cannot be judged now, for the person; empty when it is there.

        An unplugged drive may leave its empty mount point behind: a root that is empty and no longer on
        the mount that it was last seen on counts as unplugged, not as emptied.
        """
        try:
            with os.scandir(folder.path) as entries:
                empty = next(entries, None) is None
        except PermissionError:
            return later("The folder {folder} cannot be read. Allow your user account to read it.").format(
                folder=folder.path
            )
        except OSError:
            return later(
                "The folder {folder} is not there. If it is on a drive, connect it; nothing is lost."
            ).format(folder=folder.path)
        mount = self._catalog.setting(_mount_key(folder), None)
        if empty and mount and mount != mount_point(folder.path):
            return later("The drive of {folder} is not connected. Nothing is lost.").format(
                folder=folder.path
            )
        return ""

    def offline(self) -> list[tuple[Folder, str]]:
        """Those of all roots that cannot be judged now, each with the reason for the person."""
        return [(root, reason) for root in self._folders if (reason := self.offline_reason(root))]

    def remember_mount(self, folder: Folder) -> None:
        """Note the mount that a root, which is there, is on."""
        mount = mount_point(folder.path)
        try:
            mount.encode()
        except UnicodeEncodeError:
            return  # settings are JSON; such a mount point is not worth more
        if self._catalog.setting(_mount_key(folder), None) != mount:
            self._catalog.set_setting(_mount_key(folder), mount)

    def is_there(self, path: str) -> bool:
        """False for a path on a drive that is not connected: its photo is still there."""
        return not any(self.offline_reason(root) for root in self._folders if is_under(path, root.path))

    def left_behind(
        self, twins: Iterable[tuple[int, str]], path: str, stamp: FileStamp | None = None
    ) -> list[tuple[int, str]]:
        """Those of ``twins`` (photo id, path) whose file has really left its place, for ``path`` perhaps.

        Args:
            twins: photos of the same content.
            path: where a file of it is now.
            stamp: what that file is, where it is the only proof: of a drive that is not connected its photos
                are gone only where the very same file is met here, on the drive under another name.
        """
        return [
            (photo_id, old)
            for photo_id, old in twins
            if old != path
            and not os.path.lexists(old)
            and (self.is_there(old) or self.gone_root_of(old) is not None or self._is_that(old, stamp))
        ]

    def _is_that(self, old: str, stamp: FileStamp | None) -> bool:
        known = self._catalog.known_file(old) if stamp is not None and stamp.inode else None
        return known is not None and known.stamp == stamp

    def gone_root_of(self, path: str) -> Folder | None:
        """The root that held a path and was nowhere, although its drive is connected, when asked first."""
        root = folder_of(path, self._folders)
        if root is None:
            return None
        if root.id not in self._gone:
            mount = self._catalog.setting(_mount_key(root), None)
            self._gone[root.id] = not os.path.lexists(root.path) and mount == mount_point(root.path)
        return root if self._gone[root.id] else None


def note_gone(catalog: Catalog, photos: Iterable[tuple[int, str]]) -> None:
    """Mark those of these photos (id, path) as missing whose file is gone, until a scan finds it again.

    One on a drive that is not connected is still there.
    """
    roots = Roots(catalog)
    roots.refresh()
    gone = [photo_id for photo_id, path in photos if not os.path.lexists(path) and roots.is_there(path)]
    if gone:
        catalog.mark_missing(gone)


def mount_point(path: str) -> str:
    """The mount point that holds ``path``."""
    path = os.path.realpath(path)
    while not os.path.ismount(path):
        parent = os.path.dirname(path)
        if parent == path:
            break
        path = parent
    return path


def _mount_key(folder: Folder) -> str:
    return f"mount.{folder.id}"


def folder_of(path: str, folders: Sequence[Folder]) -> Folder | None:
    """The innermost of ``folders`` that holds ``path``."""
    holding = [f for f in folders if is_under(path, f.path)]
    return max(holding, key=lambda folder: len(folder.path), default=None)


def scope_of(tops: Sequence[str]) -> Callable[[str], bool] | None:
    """Says whether a path lies in one of ``tops``; None where there are none: everything does."""
    if not tops:
        return None
    return lambda path: any(is_under(path, top) for top in tops)
