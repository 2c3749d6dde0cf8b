"""What a person does with the search field, and the services behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.ui.browser import Browser
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.top_bar import SearchField

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class SearchActions(QObject):
    """Brings field, list and search service together."""

    def __init__(self, field: SearchField, browser: Browser, go_to_photos: Callable[[], None]) -> None:
        super().__init__(browser)
        self._field, self._browser, self._go_to_photos = field, browser, go_to_photos
        self._workspace: Workspace | None = None
        self._entered = False
        field.changed.connect(self._on_typed)
        field.left.connect(go_to_photos)
        field.entered.connect(self._on_entered)
        browser.ranked.connect(self._on_ranked)
        browser.looked_at.connect(self._note)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Search through these services."""
        self._workspace = workspace
        self._entered = False

    def _on_typed(self, text: str) -> None:
        self._entered = False
        self._browser.search(text)

    def _on_entered(self) -> None:
        """To the photos, but not to those that the better ones are about to stand before."""
        self._note(self._browser.view.query)
        if self._browser.is_ranked:
            self._go_to_photos()
        else:
            self._entered = True
            self._browser.rank_now()

    def _on_ranked(self) -> None:
        entered, self._entered = self._entered, False
        if entered:
            self._go_to_photos()

    def _note(self, query: str) -> None:
        workspace = self._workspace
        if workspace is not None and query:
            run_in_pool(lambda: workspace.searching.note_searched(query))
