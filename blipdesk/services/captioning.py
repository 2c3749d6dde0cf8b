"""Steering the background worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem
from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.jobs import WaitingFolder
from blipdesk.pipeline import Pipeline
from blipdesk.services.pace import Pace
from blipdesk.services.settings import SettingsService


class CaptioningService:
    """Pause, resume, caption again, retry, cancel; what is on the screen goes first."""

    def __init__(self, catalog: Catalog, pipeline: Callable[[], Pipeline], settings: SettingsService) -> None:
        self._catalog = catalog
        self._pipeline = pipeline
        self._settings = settings
        self._progress = Progress()
        self._pace = Pace()

    def note_progress(self, progress: Progress) -> Progress:
        """Remember the latest progress (called by the worker), and say how long it will still take."""
        self._pace.note(progress)
        photos = progress.total - progress.done - progress.failed
        left = self._pace.left(photos) if photos > 0 else None
        if progress.state is RunState.CAPTIONING and left is not None:
            most = left.most if left.most > left.least else None
            progress = replace(progress, seconds_left=left.least, seconds_left_most=most)
        self._progress = progress
        return progress

    def progress(self) -> Progress:
        """The latest progress; immediate."""
        return self._progress

    def pause(self) -> None:
        """Stop captioning after the photos in hand; kept over a restart."""
        self._settings.change(paused=True)
        self._pipeline().pause()

    def resume(self) -> None:
        """Go on captioning."""
        self._settings.change(paused=False)
        self._pipeline().resume()

    def caption_again(self, photo_ids: Sequence[int]) -> None:
        """Caption photos anew; a person's own words stay what people see."""
        self._pipeline().caption_again(photo_ids)

    def caption_anew(self, photo_id: int) -> None:
        """Caption one photo anew, as an edit: undo brings back what the model said before.

        Raises:
            UsageError: there is no such photo.
        """
        self._catalog.caption_anew(photo_id)
        self._pipeline().wake()

    def stop_anew(self, photo_id: int, captioned_at: float | None) -> bool:
        """Let a photo keep its caption, though it was to be captioned anew; what is made now is not kept.

        Args:
            photo_id: the photo.
            captioned_at: when the caption that is to stay was made.

        Returns:
            Whether there is an edit fewer to take back.
        """
        return self._catalog.stop_anew(photo_id, captioned_at)

    def retry(self, photo_ids: Sequence[int] | None = None) -> int:
        """Try failed photos again (all of them where None). Returns how many were queued."""
        queued = self._catalog.retry(photo_ids)
        self._pipeline().wake()
        return queued

    def retry_cause(self, cause: Problem) -> int:
        """Try again the photos that failed by one cause. Returns how many were queued."""
        return self.retry(self._catalog.failed_by(cause))

    def waiting_folders(self) -> list[WaitingFolder]:
        """The folders whose photos wait, the next one first."""
        return self._catalog.waiting_folders()

    def move_to_front(self, folder: str) -> int:
        """Caption the photos of a folder before all that wait; returns how many there are."""
        return self._catalog.move_to_front(folder)

    def cancel_queued(self) -> int:
        """Take everything that waits off the queue, until the next start, a retry or ``caption again``."""
        return self._catalog.cancel_queued()

    def set_visible(self, photo_ids: Sequence[int]) -> None:
        """These photos are on the screen: caption them first; immediate."""
        self._pipeline().set_visible(photo_ids)
