"""KeywordService over the invented photos: names are looked up, no photo is changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, UsageError
from blipdesk.domain.events import CatalogChange

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace

OnProgress = Callable[[int, int], object]


class FakeKeywords:
    """``finished`` counts how often what was cut was carried out; a name in ``refused`` cannot be given."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self._becomes: list[tuple[str, str]] = []
        self.away: set[str] = set()
        self.refused = ""
        self.finished = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.pages = 1
        """Pages of photos that a renaming takes."""

    def name_of(self, name: str) -> str:
        for old, new in self._becomes:
            name = new if name == old else name
        return name

    def named(self, typed: str, limit: int) -> list[tuple[str, int]]:
        return [item for item in self._ws.library.top_keywords(1000) if typed.strip() in item[0]][:limit]

    def rename(self, name: str, new_name: str, on_progress: OnProgress) -> int:
        with suppress(Cancelled):
            for page in range(self.pages):
                on_progress(300 * (page + 1), 300 * self.pages)
                self.may_go_on.wait(5)
        if new_name == self.refused:
            raise UsageError("The disk is full.")
        self._becomes.append((name, new_name))
        self._changed()
        return len(self._becomes)

    def undo(self, edit: int, on_progress: OnProgress) -> int:
        del self._becomes[edit - 1 :]
        self._changed()
        return 1

    def finish(self) -> None:
        self.finished += 1

    def hide(self, name: str) -> None:
        self.away.add(name)
        self._changed()

    def show(self, name: str) -> None:
        self.away.discard(name)
        self._changed()

    def hidden(self) -> list[tuple[str, int]]:
        return [(name, 3) for name in sorted(self.away)]

    def _changed(self) -> None:
        self._ws.publish(CatalogChange(keywords=True))
