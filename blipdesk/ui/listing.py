"""The photos that the gallery lists: read in one go, and compared with those shown; called in the pool."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blipdesk.domain.search import SearchAnswer, SearchRequest
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.ui.gallery.model import IdsChange

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be listed."""

    view: LibraryView
    ranked: bool = True
    corrected: bool = True
    whole: bool = False
    """Nothing more is typed: Enter was pressed, or it is a saved search."""

    @property
    def is_search(self) -> bool:
        """Whether the search service lists the photos."""
        return bool(self.view.query) or self.view.kind is ViewKind.SIMILAR

    @property
    def request(self) -> SearchRequest:
        """The query as the services take it."""
        return SearchRequest(self.view.query, self.view, None, self.ranked, self.corrected, self.whole)


@dataclass(frozen=True, slots=True)
class Screen:
    """What is on the screen while a list is read."""

    ids: array[int]
    sure: int
    chosen: tuple[int, ...] = ()
    """Ids whose new rows are wanted: those selected."""
    stays: bool = False
    """A person has clicked a photo: none changes its place."""
    whole: bool = False
    """Nor does any photo go."""

    def is_now(self, now: Screen) -> bool:
        """Whether that is what the screen shows: the same list, not an equal one of a million."""
        mine, other = (self.chosen, self.stays, self.whole), (now.chosen, now.stays, now.whole)
        return self.ids is now.ids and mine == other


@dataclass(frozen=True, slots=True)
class Found:
    """A list as the services gave it."""

    answer: SearchAnswer
    words: tuple[str, ...] = ()
    """What to highlight in the captions."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is to be shown, against the one on the screen."""

    found: Found
    answer: SearchAnswer
    change: IdsChange


def find(workspace: Workspace, asked: Asked) -> Found:
    """Read a list."""
    view = asked.view
    if view.kind is ViewKind.SIMILAR:
        return Found(workspace.searching.similar(int(view.argument)))
    if not view.query:
        ids = workspace.library.ids(view)
        return Found(SearchAnswer(ids, sure=len(ids)))
    answer = workspace.searching.answer(asked.request)
    return Found(answer, workspace.library.highlight_words(answer.shown_query or view.query))


def place(found: Found, screen: Screen) -> Listed:
    """Work out how a list differs from the one on the screen."""
    answer = found.answer
    if screen.stays:
        from blipdesk.services.shown_order import in_shown_order

        answer = in_shown_order(answer, screen.ids, screen.sure, screen.whole)
    return Listed(found, answer, IdsChange.between(screen.ids, answer.ids, screen.chosen, answer.sure))
