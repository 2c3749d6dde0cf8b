"""Files that are known from another place: a scan finds their photos again, with all that is known of them.

The content tells.  Where one was found again, the files beside it and below are looked for by their names
alone (a folder that got another name, or went to another disk): the same file, or the same content, under
the same name in the folder where that one was.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import Folder, SeenFile
from blipdesk.domain.writes import WriteOutcome
from blipdesk.imaging import content_hash
from blipdesk.pipeline.identify import has_content, identify, is_same
from blipdesk.pipeline.roots import Roots
from blipdesk.pipeline.walk import Found
from blipdesk.pipeline.whereabouts import digest_of

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, KnownFile, OpenWrite


_MOST_FOLDERS = 8
"""Kept at once: of a large folder that was sorted into many, each file is looked for in the same one."""


@dataclass(frozen=True, slots=True)
class CameAlong:
    """A photo that was found again, and its file now."""

    photo_id: int
    file: SeenFile


class MovedFiles:
    """Finds what files were before.  Owned by whoever scans.

    It tells the catalog nothing but that a cut write had happened whose photo it finds.

    Args:
        catalog: knows the photos by path and content.
        roots: tells a photo that left its place from one on a drive that is not connected.
    """

    def __init__(self, catalog: Catalog, roots: Roots) -> None:
        self._catalog = catalog
        self._roots = roots
        self._old = ""
        self._new: str | None = None
        """A folder is there now that was at ``_old``: neither ends with a separator, as the root does."""
        self._known: dict[str, dict[str, KnownFile]] = {}
        """By the folders asked for last: what was known there and was not found again yet."""
        self.from_roots: Counter[int] = Counter()
        """How many were found that were in each root that is gone."""

    def find(self, seen: SeenFile) -> int | None:
        """The photo that this file was before, if one with this content has left its place."""
        if not has_content(seen):
            return None
        self._settle_cut(seen)
        twins = self._catalog.find_missing_twin(seen.content_hash, seen.path)
        if any(path == seen.path for _, path in twins):
            return None
        for photo_id, path in self._roots.left_behind(twins, seen.path, seen.stamp):
            self._note(path, seen.path)
            return photo_id
        for photo_id, path in twins:
            if self._was_taken(path, seen.content_hash):
                return photo_id
        return None

    def _settle_cut(self, seen: SeenFile) -> None:
        """End the write that left this file, if it was cut and its photo is not where it was.

        Till then the photo has its old content in the catalog, by which it would not be found.
        """
        for write in self._cut.pop(seen.content_hash, ()):
            if not os.path.lexists(write.path) and digest_of(seen.path) == write.after_sha256:
                self._catalog.finish_write(write.write_id, write.outcome, write.note, None)

    @cached_property
    def _cut(self) -> dict[str, list[OpenWrite]]:
        """Writes into photos that were open when the first file was looked for, by what they left."""
        cut: dict[str, list[OpenWrite]] = {}
        for write in self._catalog.open_writes():
            if write.outcome is WriteOutcome.EMBEDDED:
                cut.setdefault(write.after_hash, []).append(write)
        return cut

    def find_along(self, found: Found) -> CameAlong | None:
        """The photo that this file was before, where it came along with a neighbour."""
        path = self._formerly(found.path)
        if path is None:
            return None
        known = self._known_in(os.path.dirname(path)).get(path)
        if known is None or found.special is not None:
            return None
        seen = self._as_known(found, known)
        if seen.content_hash != known.content_hash or not has_content(seen):
            return None
        if not self._roots.left_behind([(known.photo_id, path)], seen.path, seen.stamp):
            return None
        self._note(path, seen.path)
        return CameAlong(known.photo_id, seen)

    def _known_in(self, directory: str) -> dict[str, KnownFile]:
        if directory not in self._known:
            if len(self._known) == _MOST_FOLDERS:
                del self._known[next(iter(self._known))]
            self._known[directory] = self._catalog.known_files_under(directory)
        return self._known[directory]

    def _as_known(self, found: Found, known: KnownFile) -> SeenFile:
        """The file with its hash; under the inode that it had, its content need not be read."""
        if found.stamp.inode and known.stamp.inode == found.stamp.inode and is_same(found, known):
            return SeenFile(found.path, found.stamp, known.content_hash)
        return identify(found)

    def _note(self, old: str, new: str) -> None:
        """Learn which folder became which: what their paths have in common at the end is not it."""
        self._known.get(os.path.dirname(old), {}).pop(old, None)
        root = self._roots.gone_root_of(old)
        if root is not None:
            self.from_roots[root.id] += 1
        if old == self._formerly(new):
            return
        while os.path.basename(old) == os.path.basename(new) != "":
            old, new = os.path.dirname(old), os.path.dirname(new)
            self._old, self._new = old.rstrip(os.sep), new.rstrip(os.sep)

    def _formerly(self, path: str) -> str | None:
        if self._new is None or not is_under(path, self._new):
            return None
        return self._old + path[len(self._new) :]

    def place_of(self, root: Folder) -> str | None:
        """Where a root is now from which as many photos were found again as are left there, or more."""
        found = self.from_roots[root.id]
        if self._new is None or not is_under(root.path, self._old):
            return None
        if not found or found < root.photo_count:
            return None
        return self._new + root.path[len(self._old) :]

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
