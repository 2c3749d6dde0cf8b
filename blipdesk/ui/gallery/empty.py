"""What the gallery says where it has no photo to show, and what helps then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.domain.wording import joined, later, tr
from blipdesk.ui.side_data import SideData
from blipdesk.ui.tasks import LatestTask
from blipdesk.ui.words import quoted

if TYPE_CHECKING:
    from blipdesk.services.nothing_found import NothingFound
    from blipdesk.services.workspace import Workspace


class EmptyAct(Enum):
    """What the main button does."""

    ADD_FOLDER = auto()
    CLEAR = auto()
    ALL = auto()
    BACK = auto()
    INSTEAD = auto()
    """Search for :attr:`EmptyState.instead`."""


@dataclass(frozen=True, slots=True)
class EmptyState:
    """An icon, a title, sentences and buttons (see ``StatePage.show_state``); the second shows all photos."""

    icon: str
    title: str
    words: str
    act: EmptyAct
    primary: str
    secondary: str = ""
    ink: str = "muted"
    framed: bool = False
    instead: str = ""


_BY_KIND = {
    ViewKind.FAILED: EmptyState(
        "check", later("Every photo could be read"),
        later("Files that cannot be read are listed here, with the reason."),
        EmptyAct.ALL, later("Show all photos"), ink="ok",
    ),
    ViewKind.WORDLESS: EmptyState(
        "check", later("Every photo that was read has its caption"),
        later("Photos for which the model found no caption are listed here, with the reason."),
        EmptyAct.ALL, later("Show all photos"), ink="ok",
    ),
    ViewKind.NEEDS_REVIEW: EmptyState(
        "check", later("Nothing to review"),
        later("Captions that may not fit their photo are listed here, until you change or confirm them."),
        EmptyAct.ALL, later("Show all photos"), ink="ok",
    ),
    ViewKind.FAVOURITES: EmptyState(
        "star", later("No favourites yet"),
        later("Select a photo and press F, or press the star on its picture. Five stars in a file count."),
        EmptyAct.ALL, later("Show all photos"), ink="accent",
    ),
    ViewKind.DUPLICATES: EmptyState(
        "check", later("No duplicates"), later("Photos that show the very same picture are listed here."),
        EmptyAct.ALL, later("Show all photos"), ink="ok",
    ),
    ViewKind.MISSING: EmptyState(
        "check", later("No photo is missing"),
        later("Photos whose files are gone are listed here. Their texts are kept until you remove them."),
        EmptyAct.ALL, later("Show all photos"), ink="ok",
    ),
    ViewKind.SIMILAR: EmptyState(
        "similar", later("No similar photo"),
        later("Photos are compared by their captions. Nothing else comes near to this one, or it has none."),
        EmptyAct.BACK, later("Back"),
    ),
    ViewKind.ALL: EmptyState(
        "search", later("Looking for photos…"),
        later("Photos appear here as they are found. New ones are picked up by themselves."),
        EmptyAct.ADD_FOLDER, later("Add another folder"), ink="accent", framed=True,
    ),
}  # fmt: skip
_NO_FOLDER = EmptyState(
    "folder-plus", later("Drop a folder of photos here"),
    later(
        "BlipDesk captions every photo on this computer and makes it searchable. "
        "Nothing is uploaded, and your files stay as they are."
    ),
    EmptyAct.ADD_FOLDER, later("Choose a folder"), ink="accent", framed=True,
)  # fmt: skip
_NONE_HERE = EmptyState("image", later("No photos here"), "", EmptyAct.ALL, later("Show all photos"))


def empty_state(view: LibraryView, side: SideData, why: NothingFound | None = None) -> EmptyState:
    """What to say of a view without photos; of a search, once it is known why nothing is found, that."""
    if not side.folders and not side.counts.total:
        return _said(_NO_FOLDER)  # also under a search: what is missing is a folder, not fewer words
    if view.query:
        return _not_found(view, why)
    return _said(_BY_KIND.get(view.kind, _NONE_HERE))


def _said(state: EmptyState) -> EmptyState:
    words = tr(state.words) if state.words else ""
    return replace(state, title=tr(state.title), words=words, primary=tr(state.primary))


def _not_found(view: LibraryView, why: NothingFound | None) -> EmptyState:
    narrowed = view.kind is not ViewKind.ALL
    query = quoted(view.query)
    if narrowed:
        words = tr("Nothing was found here for {query}.", query=query)
    else:
        words = tr("Nothing was found for {query}.", query=query)
    words = joined(words, (why.words if why is not None else "") or tr("Try fewer or other words."))
    everywhere = tr("Search all photos") if narrowed else ""
    if why is not None and why.query:
        is_typed = why.left_out in view.query  # and not what is called "the quotes"
        left_out = quoted(why.left_out) if is_typed else why.left_out
        label = tr("Search without {words}", words=left_out)
        act, instead = EmptyAct.INSTEAD, why.query
    else:
        act, label, instead = EmptyAct.CLEAR, tr("Clear the search"), ""
    return EmptyState("search", tr("No photo matches"), words, act, label, everywhere, instead=instead)


class WhyNothing(QObject):
    """Asks why a search finds nothing, off the GUI thread; ``known`` carries the NothingFound."""

    known = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._task = LatestTask(self)
        self._asked: SearchRequest | None = None
        self._answer: NothingFound | None = None

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Ask these services."""
        self._workspace = workspace
        self.cancel()

    def cancel(self) -> None:
        """It is not wanted any more."""
        self._asked = self._answer = None
        self._task.cancel()

    def ask(self, request: SearchRequest | None) -> None:
        """Find out why a request found nothing, once."""
        workspace = self._workspace
        if request == self._asked:
            if self._answer is not None:
                self.known.emit(self._answer)
            return
        self._asked, self._answer = request, None
        if workspace is None or request is None:
            self._task.cancel()
            return

        def work() -> NothingFound:
            from blipdesk.services.nothing_found import why_nothing

            return why_nothing(workspace.searching, request)

        self._task.start(work, self._on_known, lambda _: None)

    def _on_known(self, why: NothingFound) -> None:
        self._answer = why
        self.known.emit(why)
