"""What was typed and not saved: kept through a crash, and given back to its photo."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from blipdesk.domain.drafts import Draft, DraftField
from blipdesk.domain.values import Photo

_log = logging.getLogger(__name__)

MOST = 1000
"""Drafts that are kept, the newest: those of photos that were forgotten would stay for ever."""

_MANY = (0, DraftField.MANY)
"""No photo has this number."""


class DraftService:
    """Any thread.  All but :meth:`write` is immediate, and of memory alone.

    Args:
        load: reads what is kept; called once.
        save: keeps these and no others.
    """

    def __init__(self, load: Callable[[], list[Draft]], save: Callable[[Sequence[Draft]], None]) -> None:
        self._save = save
        self._guard, self._writing = threading.Lock(), threading.Lock()
        self._drafts = {(draft.photo_id, draft.field): draft for draft in load()}
        self._changes = self._written = 0

    def of(self, photo: Photo) -> dict[DraftField, Draft]:
        """The drafts of a photo; they are under its number from now on."""
        with self._guard:
            for key, draft in list(self._drafts.items()):
                if draft.is_of(photo):
                    if key[0] != photo.id:
                        self._drafts[photo.id, draft.field] = self._drafts.pop(key)
                elif key[0] == photo.id:  # the number is another photo's now: it waits for its own
                    self._drafts[-photo.id, draft.field] = self._drafts.pop(key)
            return {field: draft for (number, field), draft in self._drafts.items() if number == photo.id}

    def note(self, photo: Photo, field: DraftField, text: str | None) -> None:
        """What stands in a field of a photo, typed and not saved; None: nothing does."""
        key = (photo.id, field)
        with self._guard:
            before = self._drafts.get(key)
            if text == (None if before is None else before.text):
                return
            self._changes += 1
            if text is None:
                del self._drafts[key]
            else:
                self._drafts[key] = Draft(photo.id, photo.path, photo.content_hash, field, text, time.time())

    def drop(self, photo_id: int, field: DraftField, text: str | None = None) -> None:
        """Forget a draft; with ``text`` only where it says just that (white space around it apart)."""
        with self._guard:
            draft = self._drafts.get((photo_id, field))
            if draft is not None and text in (None, draft.text.strip()):
                del self._drafts[photo_id, field]
                self._changes += 1

    def unask(self, photo_id: int) -> None:
        """A question that was asked is one to be asked again, unless another is being typed."""
        with self._guard:
            asked = self._drafts.pop((photo_id, DraftField.ASKED), None)
            if asked is not None:
                self._changes += 1
                question = replace(asked, field=DraftField.QUESTION)
                self._drafts.setdefault((photo_id, DraftField.QUESTION), question)

    def text(self, photo_id: int, field: DraftField) -> str | None:
        """A draft's text; None where there is none."""
        with self._guard:
            draft = self._drafts.get((photo_id, field))
            return None if draft is None else draft.text

    @property
    def question_to_many(self) -> str:
        """What is typed as a question to many photos and not asked; blank: nothing is."""
        return self.text(*_MANY) or ""

    @question_to_many.setter
    def question_to_many(self, text: str) -> None:
        if not text.strip():
            self.drop(*_MANY)
            return
        with self._guard:
            self._drafts[_MANY] = Draft(_MANY[0], "", "", _MANY[1], text, time.time())
            self._changes += 1

    def waiting(self) -> list[Draft]:
        """All drafts of photos, the newest first."""
        return [draft for draft in self._all() if draft.field is not DraftField.MANY]

    def _all(self) -> list[Draft]:
        with self._guard:
            return sorted(self._drafts.values(), key=lambda draft: -draft.typed_at)

    def write(self) -> None:
        """Have them on the disk; takes as long as the disk does.  What cannot be written is logged."""
        with self._writing:
            with self._guard:
                changes = self._changes
                if changes == self._written:
                    return
            try:
                self._save(self._all()[:MOST])
            except OSError as error:
                _log.warning("drafts cannot be kept: %s", error)
                return
            self._written = changes
