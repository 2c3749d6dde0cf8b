"""Looking at the library: folders, lists, tiles, one photo, its picture."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Callable, Sequence

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem, UsageError
from blipdesk.domain.grouping import Grouping, Groups
from blipdesk.domain.marks import Mark, marks_of
from blipdesk.domain.paths import absolute_path
from blipdesk.domain.ratings import is_rating_pending, rating_in_file, rating_of, stars_of
from blipdesk.domain.search import SearchHit, SearchRequest
from blipdesk.domain.sizes import readable_size
from blipdesk.domain.values import (
    FileFacts,
    Folder,
    FolderNode,
    LibraryCounts,
    LibraryView,
    Photo,
    PhotoTile,
    SortOrder,
    WriteTarget,
)
from blipdesk.domain.wording import later
from blipdesk.pipeline import Pipeline
from blipdesk.services.searching import SearchService


class LibraryService:
    """Reads for the views, and the list of folders."""

    def __init__(self, catalog: Catalog, pipeline: Callable[[], Pipeline], searching: SearchService) -> None:
        self._catalog = catalog
        self._pipeline = pipeline
        self._searching = searching

    # ------------------------------------------------------------------------------------ folders

    def folders(self) -> list[Folder]:
        """The watched folders."""
        return self._catalog.folders()

    def add_folder(self, path: str) -> Folder:
        """Watch a folder, as :meth:`add_folders` does."""
        return self.add_folders([path])[0]

    def add_folders(self, paths: Sequence[str]) -> list[Folder]:
        """Watch folders; their photos are scanned and captioned in the background.

        Raises:
            UsageError: one of them is not there or cannot be read; none is watched then.
        """
        checked = [_readable_folder(path) for path in paths]
        folders = [self._catalog.add_folder(path) for path in checked]
        self._pipeline().request_scan()
        return folders

    def remove_folder(self, folder_id: int, forget: bool = False) -> None:
        """Stop watching; the photos' texts stay in the catalog unless ``forget``."""
        self._catalog.remove_folder(folder_id, forget)
        self._pipeline().request_scan()

    def rescan(self) -> None:
        """Look through all folders again."""
        self._pipeline().request_scan()

    def forget_missing(self, photo_ids: Sequence[int]) -> int:
        """Remove photos whose files are gone from the library, texts and all; returns how many went.

        Photos that are there, or on a drive that is not connected, stay.
        """
        return self._catalog.forget_missing(photo_ids)

    def folder_tree(self) -> list[FolderNode]:
        """The watched folders as a tree with counts."""
        return self._catalog.folder_tree()

    # ------------------------------------------------------------------------------------ lists

    def first_ids(self, view: LibraryView, most: int) -> array[int]:
        """So many photos that a view without a query begins with, at once; not of ``DUPLICATES``."""
        return self._catalog.first_ids(view, most)

    def ids(self, view: LibraryView) -> array[int]:
        """The photo ids (``array('q')``) that a view shows, in its order."""
        if not view.query.strip():
            return self._catalog.ids(view)
        ranked = view.order is SortOrder.RELEVANCE
        return self._searching.answer(SearchRequest(view.query, view, ranked=ranked)).ids

    def grouped(self, photo_ids: array[int], by: Grouping, order: SortOrder) -> tuple[array[int], Groups]:
        """A list with the photos of a group together, each in the list's own order, and the groups.

        Days and months come the newest first, but for the order ``OLDEST``; folders by their paths.
        """
        return self._catalog.search_index.grouped(photo_ids, by, order is SortOrder.OLDEST)

    def search(self, query: str, limit: int = 200) -> list[SearchHit]:
        """The best hits of a query, any text, best first."""
        request = SearchRequest(query, LibraryView(order=SortOrder.RELEVANCE), limit)
        return self._searching.explain(request, self._searching.answer(request).ids)

    def tiles(self, photo_ids: Sequence[int]) -> list[PhotoTile]:
        """The gallery cells of these photos."""
        return self._catalog.tiles(photo_ids)

    def photo(self, photo_id: int) -> Photo | None:
        """One photo, whole; None when it was forgotten."""
        return self._catalog.photo(photo_id)

    def counts(self) -> LibraryCounts:
        """The numbers of the side bar."""
        return self._catalog.counts()

    def top_keywords(self, limit: int = 30) -> list[tuple[str, int]]:
        """The most frequent keywords with the number of their photos."""
        return self._catalog.top_keywords(limit)

    def problems(self) -> list[tuple[Problem, int]]:
        """What could not be captioned, grouped by cause."""
        return self._catalog.problems()

    def marks(self, query: str) -> tuple[Mark, ...]:
        """What captions show marked for a query, read as answers read it."""
        return marks_of(self._searching.parsed(query))

    # ------------------------------------------------------------------------------------ pictures

    def thumbnail(self, photo_id: int, content_hash: str = "") -> bytes | None:
        """JPEG, longest edge 512 px at most; None when the photo cannot be decoded."""
        return self._pipeline().load_thumbnail(photo_id, content_hash)

    def preview(self, photo_id: int, max_edge: int) -> bytes | None:
        """JPEG of the upright picture, longest edge ``max_edge`` px at most; None when not decodable."""
        return self._pipeline().load_preview(photo_id, max_edge)

    def file_details(self, photo: Photo) -> list[tuple[str, str]]:
        """Label and value of what is known of the file; unknown things are left out.

        Labels are English: whoever shows them says them in the person's language.
        """
        facts = photo.facts
        details = [
            (later("Title"), facts.title if facts.title and facts.title != photo.caption else ""),
            (later("Rating"), stars_of(rating_of(photo))),
            (later("Taken"), _taken(facts)),
            (later("Camera"), facts.camera or ""),
            (later("Lens"), facts.lens or ""),
            (later("Exposure"), facts.exposure or ""),
            (
                later("Place"),
                f"{facts.latitude:.5f}, {facts.longitude:.5f}"
                if facts.latitude is not None and facts.longitude is not None
                else "",
            ),
            (later("Tag paths"), "\n".join(path.replace("|", " › ") for path in facts.keyword_paths)),
            (later("Dimensions"), f"{photo.width} × {photo.height}" if photo.width and photo.height else ""),
            (later("Size"), readable_size(photo.stamp.size)),
            (
                later("Format"),
                later("{format}, damaged: only a part could be read").format(format=photo.format or "")
                if photo.damaged
                else photo.format or "",
            ),
            (later("Name"), os.path.basename(photo.path)),
            (later("Folder"), os.path.dirname(photo.path)),
            (later("Changed"), time.strftime("%Y-%m-%d %H:%M", time.localtime(photo.stamp.mtime_ns / 1e9))),
            (later("Caption written"), _written(photo)),
            *((later("File and catalog"), difference) for difference in _differences(photo)),
        ]
        return [(label, value) for label, value in details if value]


def _readable_folder(path: str) -> str:
    path = absolute_path(path)
    if not os.path.isdir(path):
        raise UsageError(
            later("There is no folder {path}.").format(path=path),
            later("Check the spelling, or that its drive is connected."),
        )
    if not os.access(path, os.R_OK | os.X_OK):
        raise UsageError(
            later("The folder {path} cannot be read.").format(path=path),
            later("Allow your user account to read it."),
        )
    return path


def _taken(facts: FileFacts) -> str:
    """Local time, and the zone beside it: ``2024-05-01 10:20:30 (UTC+02:00)``."""
    if not facts.taken_at:
        return ""
    at = facts.taken_at.replace("T", " ")
    return f"{at} (UTC{facts.taken_zone})" if facts.taken_zone else at


def _differences(photo: Photo) -> list[str]:
    """What the file says otherwise than the caption and the stars that people see."""
    said = []
    if photo.conflict:
        said.append(later("The file has another caption than yours"))
    elif photo.file_caption and photo.caption and photo.file_caption.split() != photo.caption.split():
        said.append(later("The file says: {caption}").format(caption=photo.file_caption))
    if is_rating_pending(photo):
        stars = stars_of(rating_in_file(photo))
        there = later("The file says: {caption}").format(caption=stars)
        said.append(there if stars else later("The stars are not in the file"))
    return said


def _written(photo: Photo) -> str:
    where = {
        WriteTarget.NONE: later("in the catalog only"),
        WriteTarget.SIDECAR: later("in a sidecar file"),
        WriteTarget.EMBED: later("in the photo"),
    }[photo.written]
    return f"{where} ({photo.write_note})" if photo.write_note else where
