"""Keeps what is typed in the pane and not saved yet, so that no crash loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.domain.drafts import DraftField
from blipdesk.domain.values import Photo, QuestionAnswer
from blipdesk.ui.tasks import NewestTask, single_shot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blipdesk.services.drafts import DraftService

WAIT_MS = 300
"""A key is on the disk about so long after it was pressed: keys meanwhile go with it, and delay nothing."""


class DraftKeeper(QObject):
    """Notes drafts of the shown photo in memory and has them written in the pool.

    Owner: the GUI thread.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._service: DraftService | None = None
        self._photo: Photo | None = None
        self._task = NewestTask(self)
        self._timer = single_shot(self, WAIT_MS, self._write)

    def set_service(self, service: DraftService | None) -> Callable[[], None] | None:
        """Keep them here from now on; returns what writes the last of those before."""
        former, self._service, self._photo = self._service, service, None
        self._timer.stop()
        return None if former is None else former.write

    def show_photo(self, photo: Photo, saving: bool) -> dict[DraftField, str]:
        """What is noted from now on is of this photo; returns what was kept of it.

        A draft that says what the caption says was saved right before a crash: it goes.  While a caption is
        on its way (``saving``) its draft stays, for that may not arrive, and is nothing to be shown.
        """
        self._photo = photo
        if self._service is None:
            return {}
        drafts = {field: draft.text for field, draft in self._service.of(photo).items()}
        caption = drafts.get(DraftField.CAPTION)
        if saving:
            drafts.pop(DraftField.CAPTION, None)
        elif caption is not None and caption.split() == (photo.caption or "").split():
            self.drop(photo.id, DraftField.CAPTION)
        return drafts

    def note(self, field: DraftField, text: str | None) -> None:
        """What stands in a field of the shown photo; None (or blank, but for a caption): nothing."""
        if self._service is None or self._photo is None:
            return
        if text is not None and field is not DraftField.CAPTION and not text.strip():
            text = None
        self._service.note(self._photo, field, text)
        self._start()

    def drop(self, photo_id: int, field: DraftField) -> None:
        """Forget a draft: it is saved, or not wanted any more."""
        if self._service is not None:
            self._service.drop(photo_id, field)
            self._start()

    def forget(self, photo_id: int | None) -> None:
        """Drop all drafts of a photo that is not in the catalog any more."""
        for field in DraftField:
            if photo_id is not None:
                self.drop(photo_id, field)

    def put_back(self, photo_id: int) -> None:
        """A question that was not answered at all waits in the field of its photo again."""
        if self._service is not None:
            self._service.unask(photo_id)
            self._start()

    def unanswered(self, photo: Photo, history: Sequence[QuestionAnswer]) -> str | None:
        """The question of a photo that was asked and not answered; None where all were."""
        asked = None if self._service is None else self._service.of(photo).get(DraftField.ASKED)
        if asked is None:
            return None
        if any(turn.question == asked.text and turn.asked_at >= asked.typed_at for turn in history):
            self.drop(photo.id, DraftField.ASKED)
            return None
        return asked.text

    def _start(self) -> None:
        if not self._timer.isActive():  # what is typed without a break is written too
            self._timer.start()

    def _write(self) -> None:
        if self._service is not None:
            self._task.start(self._service.write, lambda _: None, priority=4)
