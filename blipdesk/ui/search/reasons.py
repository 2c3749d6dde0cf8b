"""Why a photo was found, asked for the photos that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.search import ALIKE, SearchHit, SearchReason, SearchRequest
from blipdesk.domain.wording import later, listed, number, retold, tr
from blipdesk.ui.pane.found import WhyLine
from blipdesk.ui.tasks import NewestTask

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


_DOT = "  ·  "
_FIELDS = {
    "caption": later("Caption"),
    "another caption": later("Another caption"),
    "keyword": later("Tag"),
    "question": later("Question"),
    "file name": later("File name"),
    "folder": later("Folder"),
    "camera": later("Camera"),
    "title": later("Title"),
}
"""What a field of the search text is called in the window."""


def nearness_line(reason: SearchReason) -> WhyLine:
    """A reason by meaning or by the picture as a line for the person.

    >>> nearness_line(SearchReason("meaning", "a puppy by the sea", 0.714)).words
    'Said nearly the same: “a puppy by the sea”'
    >>> nearness_line(SearchReason("meaning", "", 0.35)).words
    'Its caption is near in meaning'
    """
    is_same = reason.score is not None and reason.score >= ALIKE
    if reason.field == "picture":
        words = tr("The picture itself shows what you typed")
    elif reason.text:
        said = tr("Said nearly the same: “{caption}”") if is_same else tr("Near in meaning: “{caption}”")
        words = said.format(caption=reason.text)
    else:
        same, near = tr("Its caption says nearly the same"), tr("Its caption is near in meaning")
        words = same if is_same else near
    return WhyLine(
        True, words, tr("{score} of 1", score=number(reason.score, 2)) if reason.score is not None else ""
    )


def words_line(reasons: Sequence[SearchReason]) -> str:
    """The words that matched, each where it stands first.

    >>> words_line([SearchReason("caption", "dogs, beach"), SearchReason("keyword", "dog, sea")])
    'Caption: dogs, beach  ·  Tag: sea'
    """
    said: set[str] = set()
    parts = []
    for reason in reasons:
        news = [word for word in reason.text.split(", ") if not said & _forms(word)]
        said.update(word.casefold() for word in news)
        if news:
            name = tr(_FIELDS.get(reason.field, reason.field))
            parts.append(tr("{name}: {words}", name=name, words=listed(news)))
    return _DOT.join(parts)


def _forms(word: str) -> set[str]:
    """A word, with and without the endings of a plural."""
    word = word.casefold()
    return {word, f"{word}s", f"{word}es", word.removesuffix("s"), word.removesuffix("es")}


def reason_lines(hit: SearchHit) -> list[WhyLine]:
    """The reasons for a hit, all words in one line; without any it is near in meaning."""
    words = words_line([reason for reason in hit.reasons if reason.score is None])
    lines = [nearness_line(reason) for reason in hit.reasons if reason.score is not None]
    if not hit.reasons:
        why = retold(hit.why)
        words = why[:1].upper() + why[1:]
    if words:
        return [WhyLine(False, words), *lines]
    return lines or [WhyLine(True, tr("Near in meaning"))]


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
