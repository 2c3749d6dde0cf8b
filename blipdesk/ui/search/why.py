"""Says of the photos that a person looks at why they were found: in the photo pane and in tooltips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.domain.search import ALIKE, SearchHit
from blipdesk.domain.values import ViewKind
from blipdesk.domain.wording import later, number, tr
from blipdesk.ui.browser import Browser
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.found import WhyLine
from blipdesk.ui.search.reasons import Reasons, reason_lines

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_STRANGER = later("Not among the photos found: it stays because you clicked it")
"""Said of a photo that is no answer; see :mod:`blipdesk.services.shown_order`."""


class WhyFound(QObject):
    """Asks for the selected photo and for the one under the resting pointer, each in its own turn."""

    def __init__(self, browser: Browser, view: GalleryView, pane: PhotoPane) -> None:
        super().__init__(view)
        self._browser, self._view, self._pane = browser, view, pane
        self._selected, self._pointed = Reasons(self), Reasons(self)
        self._selected.found.connect(self._show_in_pane)
        self._pointed.found.connect(lambda hit: view.say_reasons(hit.photo_id))
        view.reasons_of = self._words
        view.selection_changed.connect(self._on_selection)
        browser.ids_changed.connect(self._on_answered)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Ask these services."""
        for reasons in (self._selected, self._pointed):
            reasons.set_workspace(workspace)

    def _on_answered(self) -> None:
        for reasons in (self._selected, self._pointed):
            reasons.use(self._browser.request)
        self._on_selection()

    def _on_selection(self) -> None:
        current = self._view.current_id()
        if current is None or self._view.selected_count() != 1:
            return
        if current in self._browser.strangers.ids:
            self._pane.show_reasons(current, [WhyLine(False, tr(_STRANGER))])
            return
        if self._browser.view.kind is ViewKind.SIMILAR:
            self._pane.show_reasons(current, self._alike(current))
            return
        hit = self._selected.hit(current)
        if hit is not None:
            self._show_in_pane(hit)
        elif self._browser.request is None:
            self._pane.show_reasons(current, [])

    def _show_in_pane(self, hit: SearchHit) -> None:
        self._pane.show_reasons(hit.photo_id, reason_lines(hit))

    def _words(self, photo_id: int) -> list[str]:
        if photo_id in self._browser.strangers.ids:
            return [tr(_STRANGER)]
        hit = self._pointed.hit(photo_id)
        lines = self._alike(photo_id) if hit is None else reason_lines(hit)
        return [line.words for line in lines]

    def _alike(self, photo_id: int) -> list[WhyLine]:
        """Why a photo is among those that are like one."""
        browser = self._browser
        if browser.view.kind is not ViewKind.SIMILAR or browser.view.argument == str(photo_id):
            return []
        found = browser.found
        likeness = None if found is None else dict(zip(found.ids, found.scores, strict=False)).get(photo_id)
        if likeness is None:
            return []
        name = self._browser.similar_to
        like, little = tr("Like {name}", name=name), tr("A little like {name}", name=name)
        words = like if likeness >= ALIKE else little
        return [WhyLine(True, words, tr("{score} of 1", score=number(likeness, 2)))]
