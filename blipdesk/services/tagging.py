"""Keywords of many photos at once: what they have, given to all of them, taken off, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from blipdesk.catalog import Catalog
from blipdesk.domain.tagging import KeywordsAmong, Tagged
from blipdesk.pipeline import Pipeline
from blipdesk.services.control import OnProgress
from blipdesk.services.editing import keyword_name


class TaggingService:
    """Edits of many photos by the person, each taken back as one; a write back follows where that is on.

    Takes half a minute for a hundred thousand photos: on any thread but the window's.

    Args:
        catalog: keeps them.
        pipeline: is woken after each change.
    """

    def __init__(self, catalog: Catalog, pipeline: Callable[[], Pipeline]) -> None:
        self._catalog = catalog
        self._pipeline = pipeline

    def among(
        self, photo_ids: Sequence[int], limit: int, on_progress: OnProgress = lambda *_: None
    ) -> KeywordsAmong:
        """Which keywords the photos show, the most frequent first; ``on_progress`` ends it by raising."""
        return self._catalog.keywords_among(photo_ids, limit, on_progress)

    def add(
        self, photo_ids: Sequence[int], names: Sequence[str], on_progress: OnProgress = lambda *_: None
    ) -> Tagged:
        """Give the photos these keywords.

        Args:
            photo_ids: the photos.
            names: the keywords; each that a person took off one of them before comes back there.
            on_progress: hears how many photos of how many are done; where it raises Cancelled, the others
                stay as they are.

        Raises:
            UsageError: one of the keywords is blank.
        """
        return self._change(photo_ids, [keyword_name(name) for name in names], [], on_progress)

    def remove(
        self, photo_ids: Sequence[int], name: str, on_progress: OnProgress = lambda *_: None
    ) -> Tagged:
        """Take a keyword off those of the photos that show it; a model's later runs do not bring it back.

        Raises:
            UsageError: the keyword is blank.
        """
        return self._change(photo_ids, [], [keyword_name(name)], on_progress)

    def undo(self, edit: int, on_progress: OnProgress = lambda *_: None) -> int:
        """Take such an edit back; returns how many photos have again what they had.

        Raises:
            Cancelled: by ``on_progress``; the rest stays the newest edit of the undo stack.
        """
        try:
            return self._catalog.undo_keywords(edit, on_progress)
        finally:
            self._pipeline().wake()

    def _change(
        self, photo_ids: Sequence[int], add: Sequence[str], remove: Sequence[str], on_progress: OnProgress
    ) -> Tagged:
        try:
            return self._catalog.change_keywords(photo_ids, add, remove, on_progress)
        finally:
            self._pipeline().wake()
