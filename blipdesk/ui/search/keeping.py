"""Keeps searches: the star in the field, the section in the side bar, and the service behind both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.search import SavedSearch
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.domain.wording import tr
from blipdesk.ui.browser import Browser
from blipdesk.ui.search.field import SearchField
from blipdesk.ui.search.saved import SavedSearches
from blipdesk.ui.tasks import LatestTask, run_in_pool
from blipdesk.ui.words import error_words, quoted

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class SavedActions(QObject):
    """``said`` carries a sentence for the toast, and what takes it back or None."""

    said = Signal(str, object)

    def __init__(self, field: SearchField, section: SavedSearches, browser: Browser) -> None:
        super().__init__(browser)
        self._field, self._section, self._browser = field, section, browser
        self._workspace: Workspace | None = None
        self._searches: list[SavedSearch] = []
        self._load = LatestTask(self)
        field.starred.connect(self._on_star)
        section.chosen.connect(lambda search: browser.show_search(search.query))
        section.renamed.connect(self._on_renamed)
        section.forgotten.connect(self._forget)
        browser.view_changed.connect(self._show_view)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Keep them there."""
        self._workspace = workspace
        self._load.cancel()
        self._show([])
        if workspace is not None:
            self._load.start(workspace.searching.saved, self._show)

    # ------------------------------------------------------------------------------------ what is shown

    def _show(self, searches: Sequence[SavedSearch]) -> None:
        self._searches = list(searches)
        self._section.show_searches(searches)
        self._show_view(self._browser.view)

    def _show_view(self, view: LibraryView) -> None:
        self._field.show_kept(self._kept(view.query) is not None)
        self._section.mark(view.query if view.kind is ViewKind.ALL else "")

    def _kept(self, query: str) -> SavedSearch | None:
        return next((search for search in self._searches if search.query == query), None)

    def _named(self, name: str) -> SavedSearch | None:
        folded = name.casefold()
        return next((search for search in self._searches if search.name.casefold() == folded), None)

    def _free_name(self, name: str) -> str:
        """A name that no saved search has: the one that has it is another query, and stays."""
        numbered = (f"{name} ({number})" for number in count(2))
        return next(free for free in chain([name], numbered) if self._named(free) is None)

    # ------------------------------------------------------------------------------------ changes

    def _on_star(self) -> None:
        query = self._browser.view.query
        kept = self._kept(query)
        if kept is not None:
            self._forget(kept)
        elif query:
            name = self._free_name(" ".join(query.split()))
            self._change(
                lambda workspace: workspace.searching.save(name, query),
                lambda: self._section.rename(name),
            )

    def _forget(self, search: SavedSearch) -> None:
        def put_back() -> None:
            self._change(lambda workspace: workspace.searching.save(search.name, search.query))

        self._change(
            lambda workspace: workspace.searching.forget(search.name),
            lambda: self.said.emit(
                tr("The saved search {name} is deleted", name=quoted(search.name)), put_back
            ),
        )

    def _on_renamed(self, search: SavedSearch, name: str) -> None:
        other = self._named(name)
        if other is not None and other != search:
            self.said.emit(tr("There is a saved search {name} already", name=quoted(other.name)), None)
            return
        self._change(lambda workspace: workspace.searching.save(name, search.query, search.name))

    def _change(self, work: Callable[[Workspace], None], then: Callable[[], object] | None = None) -> None:
        workspace = self._workspace
        if workspace is None:
            return

        def both() -> list[SavedSearch]:
            work(workspace)
            return workspace.searching.saved()

        def done(searches: list[SavedSearch]) -> None:
            if self._workspace is workspace:
                self._show(searches)
                if then is not None:
                    then()

        def failed(error: Exception) -> None:
            self.said.emit(error_words(tr("The saved searches could not be changed."), error), None)

        run_in_pool(both, done, failed)
