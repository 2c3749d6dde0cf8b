"""An in-memory library of invented photos, in all the states a photo can be in."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fake_pictures import SCENES, picture

from blipdesk.domain.errors import OF_THE_MODEL, Problem, ProblemKind, UsageError
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.grouping import Grouping, Groups
from blipdesk.domain.marks import Mark
from blipdesk.domain.ratings import is_favourite
from blipdesk.domain.values import (
    Candidate,
    FileFacts,
    FileStamp,
    Folder,
    FolderNode,
    FolderState,
    Keyword,
    LibraryCounts,
    LibraryView,
    MatchScore,
    Photo,
    PhotoState,
    PhotoTile,
    SortOrder,
    Source,
    Sureness,
    ViewKind,
    WriteTarget,
)

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace

FOLDERS = (
    "/home/ada/Pictures",
    "/home/ada/Pictures/2026 Lisbon",
    "/home/ada/Pictures/2025 Iceland",
    "/mnt/phone",
)
BROKEN = Problem(ProblemKind.UNREADABLE, "This file is no picture: it ends after 12 bytes.", "Copy it again.")

MATCHES = (
    MatchScore(0.99, 0.4, 4.0, Sureness.SURE),
    MatchScore(0.8, 0.3, 1.0, Sureness.FAIR),
    MatchScore(0.2, 0.1, -2.0, Sureness.UNSURE),
)


def make_photo(number: int) -> Photo:
    """Photo ``number`` (from 1): mostly captioned, a few queued, edited, failed, missing, offline."""
    _, caption, words = SCENES[number % len(SCENES)]
    folder = FOLDERS[number % len(FOLDERS)]
    state, problem, user = PhotoState.DONE, None, None
    if number % 29 == 4:
        user = caption + ", my own words"
    elif number % 31 == 12:
        state, problem = PhotoState.FAILED, BROKEN
    elif number % 37 == 15:
        state = PhotoState.QUEUED
    elif number % 41 == 16:
        state = PhotoState.MISSING
    elif number % 43 == 18:
        state = PhotoState.WORKING
    elif number % 47 == 11:
        state = PhotoState.OFFLINE
    captioned = state not in (PhotoState.FAILED, PhotoState.QUEUED, PhotoState.WORKING)
    match = MATCHES[2 if number % 23 == 7 else number % 2]
    candidates = (Candidate(caption, caption, -0.5, match),) if captioned else ()
    return Photo(
        id=number,
        folder_id=1,
        path=f"{folder}/IMG_{20260000 + number}.jpg",
        stamp=FileStamp(4_800_000 + number, 1_780_000_000_000_000_000 - number * 10**12),
        content_hash=f"{number:064x}",
        pixel_hash=None,
        format=None if problem else "JPEG",
        width=None if problem else (3000 if number % 7 == 3 else 4000),
        height=None if problem else (4000 if number % 7 == 3 else 3000),
        added_at=1_780_000_000 - number * 3600,
        state=state,
        facts=FileFacts(
            taken_at=f"2026-07-{number % 28 + 1:02d}T18:12:00",
            camera="Fuji X100V",
            lens="23 mm f/2",
            exposure="1/250 s, f/2.8, ISO 200, 23 mm",
            latitude=38.7223,
            longitude=-9.1393,
        ),
        user_caption=user,
        model_caption=caption if captioned else None,
        model_key="demo-captioner@1a2b3c4d/caption" if captioned else None,
        captioned_at=1_780_000_000 if captioned else None,
        candidates=candidates,
        needs_review=captioned and not user and match.sureness is Sureness.UNSURE,
        keywords=tuple(Keyword(w, Source.MODEL) for w in words) if captioned else (),
        problem=problem,
    )


def _is_failed(photo: Photo, *, of_the_model: bool) -> bool:
    if photo.state is not PhotoState.FAILED or photo.problem is None:
        return False
    return (photo.problem.kind in OF_THE_MODEL) == of_the_model


class FakeLibrary:
    """LibraryService over a dict (or, with ``lazy``, over an arithmetic million)."""

    def __init__(self, workspace: FakeWorkspace, count: int) -> None:
        self._ws = workspace
        self.count = count
        self.edited: dict[int, Photo] = {}
        self.roots = [Folder(1, FOLDERS[0], True, FolderState.ONLINE, count)] if count else []
        if count:
            self.roots.append(
                Folder(2, FOLDERS[3], True, FolderState.OFFLINE, count // 4, "The drive is not connected.")
            )
        self.forgotten: list[int] = []
        self.tile_calls: list[tuple[int, ...]] = []

    def all(self) -> list[Photo]:
        return [self.photo_now(n) for n in range(1, self.count + 1)]

    def photo_now(self, number: int) -> Photo:
        with self._ws.lock:
            return self.edited.get(number) or make_photo(number)

    def folders(self) -> list[Folder]:
        return list(self.roots)

    def add_folder(self, path: str) -> Folder:
        if "missing" in path:
            raise UsageError(f"There is no folder {path}.", "Check that its drive is connected.")
        folder = Folder(len(self.roots) + 1, path, True, FolderState.ONLINE, 0)
        self.roots.append(folder)
        if self.count == 0:
            self.count = 60
        self._ws.publish(CatalogChange(photos=None, added=True, folders=True, keywords=True))
        return folder

    def add_folders(self, paths: Sequence[str]) -> list[Folder]:
        return [self.add_folder(path) for path in paths]

    def remove_folder(self, folder_id: int, forget: bool = False) -> None:
        self.roots = [f for f in self.roots if f.id != folder_id]
        self._ws.publish(CatalogChange(photos=None, added=True, folders=True))

    def forget_missing(self, photo_ids: Sequence[int]) -> int:
        self.forgotten = [i for i in photo_ids if self.photo_now(i).state is PhotoState.MISSING]
        self._ws.publish(CatalogChange(photos=frozenset(self.forgotten), added=True, keywords=True))
        return len(self.forgotten)

    def rescan(self) -> None:
        return

    def first_ids(self, view: LibraryView, most: int) -> array[int]:
        return FakeLibrary.ids(self, view)[:most]

    def ids(self, view: LibraryView) -> array[int]:
        self._ws.wait()
        if view == LibraryView() and not self.forgotten:
            return array("q", range(1, self.count + 1))
        photos = [p for p in self.all() if p.id not in self.forgotten and self._shows(p, view)]
        if view.order is SortOrder.OLDEST:
            photos.reverse()
        elif view.order is SortOrder.NAME:
            photos.sort(key=lambda p: p.path)
        return array("q", [p.id for p in photos])

    def grouped(self, photo_ids: array[int], by: Grouping, order: SortOrder) -> tuple[array[int], Groups]:
        self._ws.wait()

        def key(photo_id: int) -> str:
            photo = self.photo_now(photo_id)
            if by is Grouping.FOLDER:
                return photo.path.rpartition("/")[0]
            return (photo.facts.taken_at or "1970-01-01")[: 10 if by is Grouping.DAY else 7]

        forward = by is Grouping.FOLDER or order is SortOrder.OLDEST
        ids = array("q", sorted(photo_ids, key=key, reverse=not forward))
        keys = [key(photo_id) for photo_id in ids]
        starts = array("q", [row for row, one in enumerate(keys) if not row or keys[row - 1] != one])
        return ids, Groups(by, starts, tuple(keys[row] for row in starts))

    def _shows(self, photo: Photo, view: LibraryView) -> bool:
        if view.kind is ViewKind.FAILED and not _is_failed(photo, of_the_model=False):
            return False
        if view.kind is ViewKind.WORDLESS and not _is_failed(photo, of_the_model=True):
            return False
        if view.kind is ViewKind.MISSING and photo.state is not PhotoState.MISSING:
            return False
        if view.kind is ViewKind.NEEDS_REVIEW and not photo.needs_review:
            return False
        if view.kind is ViewKind.FAVOURITES and not is_favourite(photo):
            return False
        if view.kind is ViewKind.RECENT and photo.id > 86:
            return False
        if view.kind is ViewKind.FOLDER and not photo.path.startswith(view.argument + "/"):
            return False
        if view.kind is ViewKind.KEYWORD and view.argument not in [
            self._ws.keywords.name_of(k.name) for k in photo.keywords
        ]:
            return False
        text = f"{photo.caption or ''} {photo.path}".lower()
        return all(word in text for (word,) in self.marks(view.query))

    def tiles(self, photo_ids: Sequence[int]) -> list[PhotoTile]:
        self._ws.wait()
        self.tile_calls.append(tuple(photo_ids))
        found = [self.photo_now(n) for n in photo_ids]
        return [
            PhotoTile(
                p.id, p.path, p.caption, p.source, p.state, p.problem, p.content_hash, p.width, p.height,
                p.facts.taken_at, needs_review=p.needs_review, favourite=is_favourite(p),
                written=p.written is not WriteTarget.NONE,
            )
            for p in found
        ]  # fmt: skip

    def photo(self, photo_id: int) -> Photo | None:
        self._ws.wait()
        return self.photo_now(photo_id) if 0 < photo_id <= self.count else None

    def counts(self) -> LibraryCounts:
        photos = self.all() if self.count <= 20_000 else []
        failed = sum(_is_failed(p, of_the_model=False) for p in photos)
        wordless = sum(_is_failed(p, of_the_model=True) for p in photos)
        review = sum(p.needs_review for p in photos)
        conflicts = len(self._ws.writing.found)
        favourites = sum(map(is_favourite, photos))
        recent = min(self.count, 86)
        return LibraryCounts(
            self.count, recent, failed, self.count, 0, 0, review, conflicts, favourites, wordless
        )

    def folder_tree(self) -> list[FolderNode]:
        state = FolderState.ONLINE
        if not self.count:
            return []
        children = tuple(
            FolderNode(path, path.rsplit("/", 1)[1], self.count // 4, False, state) for path in FOLDERS[1:3]
        )
        return [
            FolderNode(FOLDERS[0], "Pictures", self.count * 3 // 4, True, state, children),
            FolderNode(FOLDERS[3], "phone", self.count // 4, True, FolderState.OFFLINE),
        ]

    def top_keywords(self, limit: int = 30) -> list[tuple[str, int]]:
        away = self._ws.keywords.away
        named = (self._ws.keywords.name_of(k.name) for p in self.all()[:2000] for k in p.keywords)
        counted = Counter(name for name in named if name not in away)
        return counted.most_common(limit)

    def problems(self) -> list[tuple[Problem, int]]:
        return [(BROKEN, self.counts().failed)] if self.counts().failed else []

    def marks(self, query: str) -> tuple[Mark, ...]:
        words = re.sub(r"\bdate:\S*", " ", query.lower())  # every photo is of those days
        return tuple((word,) for word in re.findall(r"\w+", words))

    def thumbnail(self, photo_id: int, content_hash: str = "") -> bytes | None:
        self._ws.wait()
        return None if self.photo_now(photo_id).state is PhotoState.FAILED else picture(photo_id)

    def preview(self, photo_id: int, max_edge: int) -> bytes | None:
        self._ws.wait()
        failed = self.photo_now(photo_id).state is PhotoState.FAILED
        return None if failed else picture(photo_id, min(max_edge, 1600))

    def file_details(self, photo: Photo) -> list[tuple[str, str]]:
        return [
            ("Taken", (photo.facts.taken_at or "").replace("T", " ")),
            ("Camera", photo.facts.camera or ""),
            ("Lens", photo.facts.lens or ""),
            ("Exposure", photo.facts.exposure or ""),
            ("Place", "38.72230, -9.13930"),
            ("Dimensions", f"{photo.width} × {photo.height}"),
            ("Size", "4.8 MB"),
            ("Format", photo.format or ""),
            ("Folder", photo.path.rsplit("/", 1)[0]),
            ("Caption written", "in the catalog only"),
            *([("File and catalog", "The file has another caption than yours")] if photo.conflict else []),
        ]
