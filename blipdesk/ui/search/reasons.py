"""Why a photo was found, asked for the photos that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.search import SearchHit, SearchReason, SearchRequest
from blipdesk.ui.tasks import NewestTask

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


_DOT = "  ·  "


def reason_words(reason: SearchReason) -> str:
    """One reason as a line for the person.

    >>> reason_words(SearchReason("caption", "dog, beach"))
    'Caption: dog, beach'
    >>> reason_words(SearchReason("meaning", "a puppy by the sea", 0.714))
    'Like “a puppy by the sea”, 0.71'
    >>> reason_words(SearchReason("picture", "it shows what you typed", 0.9))
    'The picture itself shows what you typed, 0.90'
    """
    if reason.field == "picture" and reason.score is not None:
        return f"The picture itself shows what you typed, {reason.score:.2f}"
    if reason.score is not None and not reason.text:
        return f"Its caption is near in meaning, {reason.score:.2f}"
    if reason.score is not None:
        return f"Like “{reason.text}”, {reason.score:.2f}"
    return f"{reason.field[:1].upper()}{reason.field[1:]}: {reason.text}"


def reason_lines(hit: SearchHit) -> list[tuple[bool, str]]:
    """The reasons for a hit, all words in one line: whether a line is one of meaning, and what it says."""
    by_words = [reason_words(reason) for reason in hit.reasons if reason.score is None]
    words = _DOT.join(by_words) if hit.reasons else hit.why
    lines = [(True, reason_words(reason)) for reason in hit.reasons if reason.score is not None]
    return [(False, words), *lines] if words else lines


class Reasons(QObject):
    """Asks one photo at a time, off the GUI thread; ``found`` carries the newest one's SearchHit."""

    found = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._known: dict[int, SearchHit] = {}
        self._request: SearchRequest | None = None
        self._task = NewestTask(self)
        self._asked = 0

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Ask these services."""
        self._workspace = workspace
        self.use(None)

    def use(self, request: SearchRequest | None) -> None:
        """Photos are looked at in the answer to this request, or in one to it that is new; None: in none."""
        self._request = request
        self._known.clear()
        self._task.cancel()
        self._asked = 0

    def hit(self, photo_id: int) -> SearchHit | None:
        """What is known of a photo; what is not is asked for."""
        known, workspace, request = self._known.get(photo_id), self._workspace, self._request
        if known is not None or workspace is None or request is None or photo_id == self._asked:
            return known
        self._asked = photo_id

        def done(hits: Sequence[SearchHit]) -> None:
            for hit in hits:
                self._known[hit.photo_id] = hit
                self.found.emit(hit)

        self._task.start(lambda: workspace.searching.explain(request, [photo_id]), done, priority=1)
        return None
