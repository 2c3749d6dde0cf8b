"""What the side bar shows beside its rows, read in the pool; and what its dates and cameras do."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.domain.timeline import Bar
from blipdesk.ui.browser import Browser
from blipdesk.ui.remember import Remembered
from blipdesk.ui.search.date_terms import with_dates
from blipdesk.ui.search.tag_terms import camera_term, toggled_term
from blipdesk.ui.tasks import LatestTask, single_shot

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.sidebar import SideBar

_PATIENCE = 20
"""What took a second to read is read again after so many."""


@dataclass(frozen=True, slots=True)
class FacetData:
    """Numbers that take longer to read than those of the rows; ``cameras`` is None while nobody sees them."""

    dates: tuple[Bar, ...]
    duplicates: int
    cameras: tuple[tuple[str, int], ...] | None
    has_cameras: bool = True
    seconds: float = 0.0
    """How long it took to read them."""


class SideFacets(QObject):
    """Reads them after each change of the rows' numbers, as often as they are quick to read."""

    def __init__(self, side_bar: SideBar, browser: Browser, remembered: Remembered) -> None:
        super().__init__(browser)
        self._side_bar, self._browser, self._remembered = side_bar, browser, remembered
        self._workspace: Workspace | None = None
        self._task = LatestTask(self)
        self._is_reading = self._is_due = False
        self._rest = single_shot(self, 0, self._on_rested)
        browser.side_changed.connect(lambda _: self._request())
        side_bar.folded.connect(self._on_folded)
        side_bar.dates.dates_chosen.connect(lambda value: self._search(with_dates(browser.view.query, value)))
        side_bar.cameras.chosen.connect(
            lambda name: self._search(toggled_term(browser.view.query, camera_term(name)))
        )

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Read there; sections are folded as they were."""
        self._workspace = workspace
        self._task.cancel()
        self._rest.stop()
        self._is_reading = self._is_due = False
        if workspace is not None:
            values = self._remembered.with_changes(workspace.settings.values)
            self._side_bar.fold(values.folded.split())

    def _search(self, query: str) -> None:
        self._browser.search(query)
        self._browser.rank_now()  # nothing more is typed

    def _on_folded(self) -> None:
        self._remembered.change(folded=" ".join(self._side_bar.folded_keys))
        self._rest.stop()
        self._request()

    # ------------------------------------------------------------------------------------ reading

    def _request(self) -> None:
        self._is_due = True
        if not self._is_reading and not self._rest.isActive():
            self._read()

    def _on_rested(self) -> None:
        if self._is_due:
            self._read()

    def _read(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        with_cameras = self._side_bar.sections["cameras"].is_open
        self._is_reading, self._is_due = True, False

        def read() -> FacetData:
            facets, began = workspace.facets, time.monotonic()
            cameras = tuple(facets.cameras()) if with_cameras else None
            data = FacetData(facets.dates(), facets.duplicates(), cameras, facets.has_cameras())
            return replace(data, seconds=time.monotonic() - began)

        self._task.start(read, self._on_read, self._on_failed)

    def _on_read(self, data: FacetData) -> None:
        self._is_reading = False
        self._side_bar.show_facets(data)
        self._rest.start(round(1000 * _PATIENCE * data.seconds))

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self._browser.failed.emit(error)
