"""The photos that the gallery lists: read in one go, and compared with those shown; called in the pool."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from blipdesk.domain.grouping import Grouping, Groups
from blipdesk.domain.marks import Mark
from blipdesk.domain.search import SearchAnswer, SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder, ViewKind
from blipdesk.ui.gallery.model import IdsChange, ReadTiles

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
    grouping: Grouping = Grouping.NONE
    """Not of what is sorted by how well it fits: its order would be lost."""

    @property
    def is_search(self) -> bool:
        """Whether the search service lists the photos."""
        return bool(self.view.query) or self.view.kind is ViewKind.SIMILAR

    @property
    def begins_at_once(self) -> bool:
        """Whether its first photos are found without all the others."""
        sorted_first = self.view.order is SortOrder.SURENESS or self.view.kind is ViewKind.DUPLICATES
        return not (self.is_search or sorted_first or self.grouping is not Grouping.NONE)

    @property
    def request(self) -> SearchRequest:
        """The query as the services take it."""
        return SearchRequest(self.view.query, self.view, None, self.ranked, self.corrected, self.whole)


@dataclass(frozen=True, slots=True)
class Strangers:
    """Photos that are listed for they were clicked, and were not found."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    sure: int = 0
    """So many of them stand among the sure ones."""


class Hold(Enum):
    """What a person has clicked."""

    NOTHING = auto()
    BEFORE = auto()
    """A photo of the list of before, until the view's own came."""
    HERE = auto()
    """A photo of the view's own list."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a person sees of the photos."""

    kept: tuple[int, ...] = ()
    """Ids whose new rows are wanted: those selected."""
    rows: int = 0
    """Down to the last one in sight."""
    columns: int = 1
    fit: int = 0
    """So many are in sight at the top of a list."""
    chosen: tuple[tuple[int, int, int], ...] = ()
    """Of those selected the ones in sight: id, line and column in the grid."""
    changes: int = field(default=0, compare=False)
    """So many times photos have changed."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What is on the screen while a list is read."""

    ids: array[int]
    sure: int
    looked: Looked
    hold: Hold
    strangers: Strangers
    is_last: bool
    """Whether the last answer to the query is shown: none better comes."""
    read: ReadTiles | None = field(default=None, compare=False)
    """Reads what is seen first of the list, at its top; None: what is looked at stays in sight."""

    def is_now(self, now: Screen) -> bool:
        """Whether that is what the screen shows: the same list, not an equal one of a million."""
        mine, other = (self.looked, self.hold, self.is_last), (now.looked, now.hold, now.is_last)
        return self.ids is now.ids and mine == other


@dataclass(frozen=True, slots=True)
class Found:
    """A list as the services gave it."""

    answer: SearchAnswer
    marks: tuple[Mark, ...] = ()
    """What to mark in the captions."""
    groups: Groups | None = None
    """Of the photos that fit for sure; None: they are not grouped."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is to be shown, against the one on the screen."""

    found: Found
    answer: SearchAnswer
    change: IdsChange
    strangers: Strangers


FIRST = 500
"""So many photos are shown before it is known which others a large library has."""


def find_first(workspace: Workspace, asked: Asked) -> Found:
    """Read the beginning of a list that :attr:`Asked.begins_at_once`; nothing where that is all of it."""
    ids = workspace.library.first_ids(asked.view, FIRST)
    return Found(SearchAnswer(ids if len(ids) == FIRST else array("q"), sure=FIRST))


def find(workspace: Workspace, asked: Asked) -> Found:
    """Read a list."""
    found, by = _find(workspace, asked), asked.grouping
    if by is Grouping.NONE or asked.view.order is SortOrder.RELEVANCE or not found.answer.sure:
        return found
    answer = found.answer
    ids, groups = workspace.library.grouped(answer.ids[: answer.sure], by, asked.view.order)
    # The scores were those of the rows.
    answer = replace(answer, ids=ids + answer.ids[answer.sure :], scores=array("d"))
    return replace(found, answer=answer, groups=groups)


def _find(workspace: Workspace, asked: Asked) -> Found:
    view = asked.view
    if view.kind is ViewKind.SIMILAR:
        return Found(workspace.searching.similar(int(view.argument)))
    if not view.query:
        ids = workspace.library.ids(view)
        return Found(SearchAnswer(ids, sure=len(ids)))
    answer = workspace.searching.answer(asked.request)
    return Found(answer, workspace.library.marks(answer.shown_query or view.query))


def place(found: Found, screen: Screen) -> Listed:
    """Work out how a list is to be shown, and how that differs from the screen.

    What was in sight when a photo of the same search was clicked stays, with all that is better behind it;
    of another search's photos those alone that were clicked.  Once the last answer is shown, nothing of it
    changes its place.  What is seen first of a list comes with it: read once it is shown, each list would be
    painted twice, and without its captions at first.
    """

    def change(answer: SearchAnswer) -> IdsChange:
        made = IdsChange.between(screen.ids, answer.ids, screen.looked.kept, answer.sure, found.groups)
        if screen.read is None or not (made.removed or made.added):
            return made
        tiles = screen.read(answer.ids[: screen.looked.fit].tolist())
        return replace(made, tiles=tuple(tiles), changes=screen.looked.changes)

    if screen.hold is Hold.NOTHING:
        return Listed(found, found.answer, change(found.answer), Strangers())
    from blipdesk.services.shown_order import Clicked, around_clicked, in_shown_order

    looked = screen.looked
    if screen.is_last:
        made = in_shown_order(found.answer, screen.ids, screen.sure, screen.strangers.ids)
    elif screen.hold is Hold.HERE:
        seen = screen.ids[: looked.rows]
        made = in_shown_order(found.answer, seen, min(screen.sure, len(seen)), seen)
    else:
        made = around_clicked(found.answer, [Clicked(*one) for one in looked.chosen], looked.columns)
    strangers = Strangers(made.strangers, made.sure_strangers)
    return Listed(found, made.answer, change(made.answer), strangers)
