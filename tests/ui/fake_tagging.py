"""TaggingService over the invented photos."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, UsageError
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.tagging import KeywordCount, KeywordsAmong, Tagged
from blipdesk.domain.values import Keyword, Photo, Source

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace

OnProgress = Callable[[int, int], object]
_PAGE = 3


class FakeTagging:
    """Three photos a page; ``may_go_on`` holds each page but the first, ``refused`` names what fails."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self._edits: list[list[Photo]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.refused = ""
        self.counted: list[int] = []
        """How many photos were looked at, each time."""

    def among(self, photo_ids: Sequence[int], limit: int, on_progress: OnProgress) -> KeywordsAmong:
        self.counted.append(len(photo_ids))
        photos = [self._ws.library.photo_now(photo_id) for photo_id in photo_ids[:2000]]
        counts = Counter(keyword.name for photo in photos for keyword in photo.keywords)
        found = [KeywordCount(name, count) for name, count in counts.most_common(limit)]
        return KeywordsAmong(len(photo_ids), tuple(found), max(0, len(counts) - limit))

    def add(self, photo_ids: Sequence[int], names: Sequence[str], on_progress: OnProgress) -> Tagged:
        def added(photo: Photo) -> Photo:
            there = {keyword.name for keyword in photo.keywords}
            new = tuple(Keyword(name, Source.USER) for name in names if name not in there)
            return replace(photo, keywords=(*photo.keywords, *new))

        if self.refused in names:
            raise UsageError("The disk is full.")
        return self._edit(photo_ids, added, on_progress)

    def remove(self, photo_ids: Sequence[int], name: str, on_progress: OnProgress) -> Tagged:
        def without(photo: Photo) -> Photo:
            return replace(photo, keywords=tuple(k for k in photo.keywords if k.name != name))

        return self._edit(photo_ids, without, on_progress)

    def undo(self, edit: int, on_progress: OnProgress) -> int:
        photos, self._edits[edit - 1] = self._edits[edit - 1], []
        self._store(photos)
        return len(photos)

    def _edit(
        self, photo_ids: Sequence[int], change: Callable[[Photo], Photo], on_progress: OnProgress
    ) -> Tagged:
        before: list[Photo] = []
        self._edits.append(before)
        try:
            for start in range(0, len(photo_ids), _PAGE):
                if start:
                    self.may_go_on.wait(5)
                    on_progress(start, len(photo_ids))
                photos = [self._ws.library.photo_now(each) for each in photo_ids[start : start + _PAGE]]
                changed = [photo for photo in photos if change(photo) != photo]
                before += changed
                self._store([change(photo) for photo in changed])
        except Cancelled:
            return Tagged(len(self._edits) if before else None, len(before), is_whole=False)
        return Tagged(len(self._edits), len(before)) if before else Tagged()

    def _store(self, photos: Sequence[Photo]) -> None:
        with self._ws.lock:
            self._ws.library.edited |= {photo.id: photo for photo in photos}
        self._ws.publish(CatalogChange(photos=frozenset(photo.id for photo in photos), keywords=True))
