"""Sidecars that are not what they were when their photo was read: changed, new or gone.

A scan meets them in the list of a folder that it reads anyway and asks for the size and time of those alone;
their bytes are read only where these differ, to tell our own writing from another program's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from blipdesk.domain.moved import SeenSidecar
from blipdesk.domain.values import FileStamp
from blipdesk.metadata import read_beside

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, KnownFile

_BATCH = 500


def seen_beside(path: str) -> SeenSidecar | None:
    """What stands beside a photo now."""
    beside = read_beside(path)
    return None if beside.stamp is None else SeenSidecar(beside.stamp, beside.digest)


class SidecarChanges:
    """Compares sidecars with the catalog, a batch at a time.  Owned by whoever scans.

    Args:
        catalog: knows what was read, and what we wrote.
        on_changed: gets the id of a photo whose sidecar somebody else changed, made or took away.
        on_gone: gets the path of a photo whose caption stood in the sidecar that is gone.
    """

    def __init__(
        self, catalog: Catalog, on_changed: Callable[[int], None], on_gone: Callable[[str], None]
    ) -> None:
        self._catalog = catalog
        self._on_changed = on_changed
        self._on_gone = on_gone
        self._differing: list[tuple[int, str]] = []

    def compare(self, path: str, sidecar: FileStamp | None, known: KnownFile) -> None:
        """See whether a known photo's sidecar is what it was; that of one never read comes with the photo."""
        is_gone = sidecar is None and known.is_written_beside
        if is_gone or (known.was_read and sidecar != known.sidecar):
            self._differing.append((known.photo_id, path))
            if len(self._differing) >= _BATCH:
                self.flush()

    def compare_all(self, sidecars: Iterable[str]) -> None:
        """Look at the photos beside which these settled, or from which they went away."""
        by_directory: dict[str, set[str]] = {}
        for path in sidecars:
            directory, name = os.path.split(path)
            by_directory.setdefault(directory, set()).add(os.path.splitext(name)[0])
        for directory, names in by_directory.items():
            for path, known in self._catalog.known_files_under(directory).items():
                name = os.path.basename(path)
                if not known.missing and not names.isdisjoint((name, os.path.splitext(name)[0])):
                    self.compare(path, read_beside(path).stamp, known)

    def flush(self) -> bool:
        """Hand on what differs, but for our own writing; whether there was anything."""
        differing, self._differing = self._differing, []
        if not differing:
            return False
        asked = []
        without: dict[int, str] = {}
        for photo_id, path in differing:
            beside = read_beside(path)
            asked.append((photo_id, beside.stamp, beside.digest))
            if beside.stamp is None:
                without[photo_id] = path
        for photo_id in self._catalog.note_sidecars_gone(list(without)):
            self._on_gone(without[photo_id])
        changed = self._catalog.take_own_sidecars(asked)
        for photo_id in changed:
            self._on_changed(photo_id)
        return bool(changed)
