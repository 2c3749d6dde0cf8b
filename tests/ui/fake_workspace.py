"""An in-memory workspace with the services' shapes: for the window's tests and its dev runner.

Every method may be called from any thread, as the real one's.  ``latency`` slows each reading call down,
to see the loading states.
"""

from __future__ import annotations

import re
import threading
import time
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from fake_pictures import SCENES, picture

from blipdesk.domain.errors import Problem, ProblemKind, UsageError
from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.jobs import EngineInfo, ModelInfo
from blipdesk.domain.values import (
    FileFacts,
    FileStamp,
    Folder,
    FolderNode,
    FolderState,
    Keyword,
    LibraryCounts,
    LibraryView,
    Photo,
    PhotoState,
    PhotoTile,
    QuestionAnswer,
    SortOrder,
    Source,
    ViewKind,
    WriteTarget,
)
from blipdesk.services.events import EventHub
from blipdesk.services.settings import SettingsService

ENGINE = EngineInfo("demo-captioner@1a2b3c4d/caption", "Demo captioner", "CPU", "fp32", 96, 16, demo=True)
FOLDERS = (
    "/home/ada/Pictures",
    "/home/ada/Pictures/2026 Lisbon",
    "/home/ada/Pictures/2025 Iceland",
    "/mnt/phone",
)
BROKEN = Problem(ProblemKind.UNREADABLE, "This file is no picture: it ends after 12 bytes.", "Copy it again.")


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
        keywords=tuple(Keyword(w, Source.MODEL) for w in words) if captioned else (),
        problem=problem,
    )


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

    def remove_folder(self, folder_id: int, forget: bool = False) -> None:
        self.roots = [f for f in self.roots if f.id != folder_id]
        self._ws.publish(CatalogChange(photos=None, added=True, folders=True))

    def forget_missing(self, photo_ids: Sequence[int]) -> int:
        self.forgotten = [i for i in photo_ids if self.photo_now(i).state is PhotoState.MISSING]
        self._ws.publish(CatalogChange(photos=frozenset(self.forgotten), added=True, keywords=True))
        return len(self.forgotten)

    def rescan(self) -> None:
        return

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

    def _shows(self, photo: Photo, view: LibraryView) -> bool:
        if view.kind is ViewKind.FAILED and photo.state is not PhotoState.FAILED:
            return False
        if view.kind is ViewKind.RECENT and photo.id > 86:
            return False
        if view.kind is ViewKind.FOLDER and not photo.path.startswith(view.argument + "/"):
            return False
        if view.kind is ViewKind.KEYWORD and view.argument not in [k.name for k in photo.keywords]:
            return False
        text = f"{photo.caption or ''} {photo.path}".lower()
        return all(word in text for word in self.highlight_words(view.query))

    def tiles(self, photo_ids: Sequence[int]) -> list[PhotoTile]:
        self._ws.wait()
        self.tile_calls.append(tuple(photo_ids))
        found = [self.photo_now(n) for n in photo_ids]
        return [
            PhotoTile(
                p.id, p.path, p.caption, p.source, p.state, p.problem, p.content_hash, p.width, p.height,
                p.facts.taken_at,
            )
            for p in found
        ]  # fmt: skip

    def photo(self, photo_id: int) -> Photo | None:
        self._ws.wait()
        return self.photo_now(photo_id) if 0 < photo_id <= self.count else None

    def counts(self) -> LibraryCounts:
        photos = self.all() if self.count <= 20_000 else []
        failed = sum(p.state is PhotoState.FAILED for p in photos)
        return LibraryCounts(self.count, min(self.count, 86), failed, self.count, 0, 0)

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
        counted = Counter(k.name for p in self.all()[:2000] for k in p.keywords)
        return counted.most_common(limit)

    def problems(self) -> list[tuple[Problem, int]]:
        return [(BROKEN, self.counts().failed)] if self.counts().failed else []

    def highlight_words(self, query: str) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", query.lower()))

    def thumbnail(self, photo_id: int) -> bytes | None:
        self._ws.wait()
        return None if self.photo_now(photo_id).state is PhotoState.FAILED else picture(photo_id)

    def preview(self, photo_id: int, max_edge: int) -> bytes | None:
        self._ws.wait()
        failed = self.photo_now(photo_id).state is PhotoState.FAILED
        return None if failed else picture(photo_id, min(max_edge, 1600))

    def file_details(self, photo: Photo) -> list[tuple[str, str]]:
        return [
            ("Taken", "4 Jul 2026, 18:12"),
            ("Camera", photo.facts.camera or ""),
            ("Lens", photo.facts.lens or ""),
            ("Exposure", photo.facts.exposure or ""),
            ("Place", "38.72230, -9.13930"),
            ("Dimensions", f"{photo.width} × {photo.height}"),
            ("Size", "4.8 MB"),
            ("Format", photo.format or ""),
            ("Folder", photo.path.rsplit("/", 1)[0]),
            ("Caption written", "in the catalog only"),
        ]


class FakeCaptioning:
    """CaptioningService; ``calls`` remembers what was asked."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.now = Progress(RunState.IDLE, engine=ENGINE, watching=len(workspace.library.roots))
        self.calls: list[tuple[str, Any]] = []

    def progress(self) -> Progress:
        return self.now

    def show(self, progress: Progress) -> None:
        """For tests: make this the progress and publish it."""
        self.now = progress
        self._ws.publish(progress)

    def pause(self) -> None:
        self.calls.append(("pause", None))
        self.show(replace(self.now, state=RunState.PAUSED))

    def resume(self) -> None:
        self.calls.append(("resume", None))
        self.show(replace(self.now, state=RunState.CAPTIONING))

    def caption_again(self, photo_ids: Sequence[int]) -> int:
        self.calls.append(("caption_again", tuple(photo_ids)))
        self._ws.change(photo_ids, state=PhotoState.QUEUED)
        return len(photo_ids)

    def retry(self, photo_ids: Sequence[int] | None = None) -> int:
        self.calls.append(("retry", None if photo_ids is None else tuple(photo_ids)))
        return 0

    def cancel_queued(self) -> int:
        self.calls.append(("cancel_queued", None))
        return 0

    def set_visible(self, photo_ids: Sequence[int]) -> None:
        self.calls.append(("set_visible", tuple(photo_ids)))


class FakeAskingHandle:
    """Asking: one question under way."""

    def __init__(self) -> None:
        self.future: Future[QuestionAnswer] = Future()
        self.stop = threading.Event()

    def cancel(self) -> None:
        self.stop.set()


class FakeAsking:
    """AskingService that answers word by word on a thread of its own."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.answer = "red and white, and blue and white"
        self.word_seconds = 0.15
        self.may_stop = threading.Event()
        self.may_stop.set()
        self.error: Exception | None = None
        self._turns: list[QuestionAnswer] = []

    def ask(self, photo_id: int, question: str, on_token: Callable[[str], None]) -> FakeAskingHandle:
        handle = FakeAskingHandle()

        def work() -> None:
            if self.error is not None:
                handle.future.set_exception(self.error)
                return
            began, text = time.monotonic(), ""
            for word in self.answer.split(" "):
                if handle.stop.wait(self.word_seconds):
                    self.may_stop.wait(10)
                    break
                text = f"{text} {word}".strip()
                on_token(text)
            with self._ws.lock:
                turn = QuestionAnswer(
                    len(self._turns) + 1,
                    photo_id,
                    question,
                    text,
                    "demo-answerer",
                    time.time(),
                    time.monotonic() - began,
                    handle.stop.is_set(),
                )
                self._turns.append(turn)
            handle.future.set_result(turn)
            self._ws.publish(CatalogChange(questions=frozenset({photo_id})))

        threading.Thread(target=work, daemon=True).start()
        return handle

    def history(self, photo_id: int) -> list[QuestionAnswer]:
        with self._ws.lock:
            return [turn for turn in self._turns if turn.photo_id == photo_id]

    def delete(self, question_id: int) -> None:
        with self._ws.lock:
            gone = [turn.photo_id for turn in self._turns if turn.id == question_id]
            self._turns = [turn for turn in self._turns if turn.id != question_id]
        self._ws.publish(CatalogChange(questions=frozenset(gone)))

    def suggestions(self, photo: Photo) -> list[str]:
        return ["What is it?", "How many are there?", "What colour is it?"]


class FakeEditing:
    """EditingService with an undo stack."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self._undo: list[Photo] = []

    def set_caption(self, photo_id: int, text: str) -> None:
        self._keep(photo_id)
        self._ws.change([photo_id], user_caption=text.strip() or None)

    def add_keyword(self, photo_id: int, name: str) -> None:
        if not name.strip():
            raise UsageError("A keyword needs at least one letter.")
        photo = self._keep(photo_id)
        self._ws.change([photo_id], keywords=(*photo.keywords, Keyword(name.strip(), Source.USER)))

    def remove_keyword(self, photo_id: int, name: str) -> None:
        photo = self._keep(photo_id)
        self._ws.change([photo_id], keywords=tuple(k for k in photo.keywords if k.name != name))

    def undo(self) -> int | None:
        if not self._undo:
            return None
        photo = self._undo.pop()
        with self._ws.lock:
            self._ws.library.edited[photo.id] = photo
        self._ws.publish(CatalogChange(photos=frozenset({photo.id}), keywords=True))
        return photo.id

    def _keep(self, photo_id: int) -> Photo:
        photo = self._ws.library.photo_now(photo_id)
        self._undo.append(photo)
        return photo


class FakeWriting:
    """WritingService: remembers the target."""

    def __init__(self) -> None:
        self.target = WriteTarget.NONE

    def set_target(self, target: WriteTarget) -> None:
        self.target = target


class FakeModels:
    """ModelService with the demo pair installed and BLIP base not."""

    def list(self) -> list[ModelInfo]:
        return [
            ModelInfo(
                "demo", "Demo models", ("caption", "answer"), True, 12_000_000, "Apache-2.0", "/opt/demo"
            ),
            ModelInfo(
                "blip-base", "BLIP base", ("caption",), False, 990_000_000, "BSD-3-Clause", None, "not here"
            ),
        ]

    def import_folder(self, path: str) -> ModelInfo:
        return ModelInfo("mine", "My model", ("caption",), True, 990_000_000, "unknown", path)

    def remove(self, key: str) -> None:
        return

    def check(self, key: str) -> str:
        return "All files are sound."


class FakeWorkspace:
    """Stands for :class:`blipdesk.services.workspace.Workspace`."""

    def __init__(
        self, count: int = 300, *, latency: float = 0.0, first_start_done: bool = True, **settings: Any
    ) -> None:
        self.lock = threading.RLock()
        self.latency = latency
        stored: dict[str, Any] = {"settings": {"first_start_done": first_start_done, **settings}}
        self.data_dir = Path("/home/ada/.local/share/blipdesk")
        self.log_path = self.data_dir / "logs" / "blipdesk.log"
        self.demo = False
        self.events = EventHub()
        self.settings = SettingsService(stored.get, stored.__setitem__)
        self.library = FakeLibrary(self, count)
        self.captioning = FakeCaptioning(self)
        self.asking = FakeAsking(self)
        self.editing = FakeEditing(self)
        self.writing = FakeWriting()
        self.models = FakeModels()
        self.begun = self.closed = False

    def wait(self) -> None:
        if self.latency:
            time.sleep(self.latency)

    def publish(self, event: CatalogChange | Progress) -> None:
        self.events.publish(event)

    def change(self, photo_ids: Sequence[int], **fields: Any) -> None:
        """Change photos and publish it, as a COMMIT would."""
        with self.lock:
            for photo_id in photo_ids:
                self.library.edited[photo_id] = replace(self.library.photo_now(photo_id), **fields)
        self.publish(CatalogChange(photos=frozenset(photo_ids), keywords="keywords" in fields))

    def apply_settings(self) -> None:
        return

    def begin(self) -> None:
        self.begun = True

    def close(self) -> None:
        self.closed = True


def simulate(workspace: FakeWorkspace, seconds: float = 0.4) -> None:
    """Caption the waiting photos one by one on a daemon thread (dev runner only)."""

    def work() -> None:
        waiting = [
            p.id for p in workspace.library.all() if p.state in (PhotoState.QUEUED, PhotoState.WORKING)
        ]
        total = workspace.library.count
        for number, photo_id in enumerate(waiting):
            while workspace.captioning.now.state is RunState.PAUSED:
                time.sleep(0.1)
            workspace.change([photo_id], state=PhotoState.WORKING)
            left = (len(waiting) - number) * seconds
            progress = Progress(
                RunState.CAPTIONING, total - len(waiting) + number, total, 3, 1 / seconds, left, "", ENGINE, 3
            )
            workspace.captioning.show(progress)
            time.sleep(seconds)
            _, caption, words = SCENES[photo_id % len(SCENES)]
            workspace.change(
                [photo_id], state=PhotoState.DONE, model_caption=caption,
                keywords=tuple(Keyword(w, Source.MODEL) for w in words),
            )  # fmt: skip
        workspace.captioning.show(Progress(RunState.IDLE, total, total, 3, 0.0, None, "", ENGINE, 3))

    threading.Thread(target=work, daemon=True).start()
