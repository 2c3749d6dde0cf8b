"""An in-memory workspace with the services' shapes: for the window's tests and its dev runner.

Every method may be called from any thread, as the real one's.  ``latency`` slows each reading call down,
to see the loading states.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fake_asked import FakeAskedMany
from fake_asking import FakeAsking, FakeProposing
from fake_explaining import FakeExplaining
from fake_facets import FakeFacets
from fake_keywords import FakeKeywords
from fake_library import BROKEN, FOLDERS, FakeLibrary, make_photo
from fake_models import FakeComputer, FakeModels, FakeTrials
from fake_pictures import SCENES
from fake_searching import FakeSearching
from fake_tagging import FakeTagging
from fake_trashing import FakeTrashing
from fake_writing import FakeWriting

from blipdesk.domain.drafts import Draft
from blipdesk.domain.errors import Problem, UsageError
from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.jobs import EngineInfo, EngineSettings, WaitingFolder
from blipdesk.domain.ratings import is_favourite
from blipdesk.domain.values import (
    Keyword,
    Photo,
    PhotoState,
    QuestionAnswer,
    Source,
)
from blipdesk.services.drafts import DraftService
from blipdesk.services.events import EventHub
from blipdesk.services.settings import SettingsService

__all__ = ["BROKEN", "ENGINE", "FOLDERS", "FakeWorkspace", "make_photo", "simulate"]

ENGINE = EngineInfo("demo-captioner@1a2b3c4d/caption", "Demo captioner", "CPU", "fp32", 96, 16, demo=True)


class FakeCaptioning:
    """CaptioningService; ``calls`` remembers what was asked."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.now = Progress(RunState.IDLE, engine=ENGINE, watching=len(workspace.library.roots))
        self.calls: list[tuple[str, Any]] = []
        self.folders: list[WaitingFolder] = []
        self.error: Exception | None = None

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
        if self.error is not None:
            raise self.error
        self.calls.append(("caption_again", tuple(photo_ids)))
        self._ws.change(photo_ids, state=PhotoState.QUEUED)
        return len(photo_ids)

    def caption_anew(self, photo_id: int) -> None:
        if self.error is not None:
            raise self.error
        self._ws.editing._keep(photo_id)
        self.caption_again([photo_id])

    def stop_anew(self, photo_id: int, captioned_at: float | None) -> bool:
        self.calls.append(("stop_anew", (photo_id, captioned_at)))
        self._ws.editing.undo()
        return True

    def retry(self, photo_ids: Sequence[int] | None = None) -> int:
        self.calls.append(("retry", None if photo_ids is None else tuple(photo_ids)))
        return 0

    def retry_cause(self, cause: Problem) -> int:
        self.calls.append(("retry_cause", cause))
        return next((count for problem, count in self._ws.library.problems() if problem == cause), 0)

    def waiting_folders(self) -> list[WaitingFolder]:
        with self._ws.lock:
            return list(self.folders)

    def move_to_front(self, folder: str) -> int:
        self.calls.append(("move_to_front", folder))
        with self._ws.lock:
            self.folders.sort(key=lambda waiting: waiting.path != folder)
            return self.folders[0].photos

    def cancel_queued(self) -> int:
        self.calls.append(("cancel_queued", None))
        return 0

    def set_visible(self, photo_ids: Sequence[int]) -> None:
        self.calls.append(("set_visible", tuple(photo_ids)))


class FakeEditing:
    """EditingService with an undo stack."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self._undo: list[Photo | list[Photo] | QuestionAnswer] = []

    def set_caption(self, photo_id: int, text: str) -> bool:
        self._keep(photo_id)
        self._ws.change([photo_id], user_caption=text.strip() or None, needs_review=False)
        return True

    def confirm_caption(self, photo_id: int) -> bool:
        self._keep(photo_id)
        self._ws.change([photo_id], reviewed=True, needs_review=False)
        return True

    def add_keyword(self, photo_id: int, name: str) -> bool:
        if not name.strip():
            raise UsageError("A keyword needs at least one letter.")
        photo = self._keep(photo_id)
        self._ws.change([photo_id], keywords=(*photo.keywords, Keyword(name.strip(), Source.USER)))
        return True

    def remove_keyword(self, photo_id: int, name: str) -> bool:
        photo = self._keep(photo_id)
        self._ws.change([photo_id], keywords=tuple(k for k in photo.keywords if k.name != name))
        return True

    def undo(self, on_progress: Callable[[int, int], object] = lambda *_: None) -> int | None:
        if not self._undo:
            return None
        photo = self._undo.pop()
        if isinstance(photo, QuestionAnswer):
            self._ws.asking.put_back(photo)
            return photo.photo_id
        photos = photo if isinstance(photo, list) else [photo]
        if len(photos) > 1:
            on_progress(1, len(photos))
        with self._ws.lock:
            self._ws.library.edited |= {photo.id: photo for photo in photos}
        self._ws.publish(CatalogChange(photos=frozenset(photo.id for photo in photos), keywords=True))
        return photos[0].id

    def toggle_favourite(self, photo_ids: Sequence[int]) -> tuple[bool, int]:
        photos = [self._ws.library.photo_now(photo_id) for photo_id in photo_ids]
        favourite = not all(is_favourite(photo) for photo in photos)
        changed = [photo for photo in photos if is_favourite(photo) is not favourite]
        self._undo.append(changed)
        self._ws.change([photo.id for photo in changed], user_rating=5 if favourite else None)
        return favourite, len(changed)

    def remember(self, *deleted: QuestionAnswer) -> None:
        """A question that was deleted can be put back."""
        self._undo += deleted

    def _keep(self, photo_id: int) -> Photo:
        photo = self._ws.library.photo_now(photo_id)
        self._undo.append(photo)
        return photo


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
        self.computer = FakeComputer()
        self.settings = SettingsService(stored.get, stored.__setitem__)
        self.library = FakeLibrary(self, count)
        self.facets = FakeFacets(self)
        self.keywords = FakeKeywords(self)
        self.searching = FakeSearching(self)
        self.captioning = FakeCaptioning(self)
        self.asking = FakeAsking(self)
        self.asking_many = FakeAskedMany()
        self.explaining = FakeExplaining()
        self.editing = FakeEditing(self)
        self.proposing = FakeProposing(self)
        self.kept_drafts: Sequence[Draft] = ()
        self.drafts = DraftService(list, lambda drafts: setattr(self, "kept_drafts", drafts))
        self.tagging = FakeTagging(self)
        self.trashing = FakeTrashing(self)
        self.writing = FakeWriting(self)
        self.models = FakeModels()
        self.trials = FakeTrials()
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

    def matching_engine(self, path: str, chosen: str | None) -> EngineSettings:
        return EngineSettings("demo-retriever")

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
