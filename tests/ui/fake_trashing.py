"""The trash of :class:`FakeWorkspace`: photos leave its library and come back; no file is touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.ports import TrashCan
from blipdesk.services.trashing import Trashed

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace


class FakeTrashing:
    """TrashService; ``refused`` photos stay."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.refused: set[int] = set()

    def put(
        self, photo_ids: Sequence[int], can: TrashCan, report: Callable[[int, int], None] = lambda *_: None
    ) -> Trashed:
        gone = [number for number in photo_ids if number not in self.refused]
        try:
            for done in range(len(photo_ids)):
                report(done, len(photo_ids))
        except Cancelled:
            gone = gone[:done]
        self._ws.library.forgotten += gone
        self._tell(gone)
        failures = tuple(f"{number} could not be moved" for number in photo_ids if number in self.refused)
        return Trashed(tuple(gone), tuple((f"/p/{number}", f"/t/{number}") for number in gone), failures)

    def put_back(self, trashed: Trashed) -> tuple[str, ...]:
        for number in trashed.photo_ids:
            self._ws.library.forgotten.remove(number)
        self._tell(list(trashed.photo_ids))
        return ()

    def _tell(self, photo_ids: Sequence[int]) -> None:
        self._ws.publish(CatalogChange(photos=frozenset(photo_ids), added=True, keywords=True))
