"""Keywords of the whole library: found by a part of their name, renamed, merged, hidden."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Cancelled
from blipdesk.domain.words import fold_text
from blipdesk.pipeline import Pipeline
from blipdesk.services.control import OnProgress
from blipdesk.services.editing import keyword_name


class KeywordService:
    """What the person decides about keywords, for all photos; any thread.

    A renaming is a person's edit: what models and files call by the old name later is called by the new one
    too, and a write back follows where that is on.

    Args:
        catalog: keeps it.
        pipeline: is woken after each change.
    """

    def __init__(self, catalog: Catalog, pipeline: Callable[[], Pipeline]) -> None:
        self._catalog = catalog
        self._pipeline = pipeline

    def named(self, typed: str, limit: int) -> list[tuple[str, int]]:
        """The keywords with what is typed in their name, those that begin with it first; case does not count.

        Args:
            typed: a part of a name; empty: all.
            limit: the most that are wanted.

        Returns:
            Names, and how many photos have each.
        """
        part = fold_text(typed.strip())
        found = [(fold_text(name), name, count) for name, count in self._catalog.top_keywords(1_000_000)]
        having = [item for item in found if part in item[0]]
        having.sort(key=lambda item: not item[0].startswith(part))
        return [(name, count) for _, name, count in having[:limit]]

    def rename(self, name: str, new_name: str, on_progress: OnProgress = lambda *_: None) -> int:
        """Call a keyword otherwise, everywhere; where there is one of that name they become one.

        Takes a tenth of a second for a hundred photos.  Whoever stops it has not lost anything: what comes in
        is called so already, and the photos that wait follow at :meth:`finish`, which also a start does.

        Args:
            name: as it is called.
            new_name: as it is to be called.
            on_progress: hears how many photos of how many have followed; stops it by raising Cancelled.

        Returns:
            What :meth:`undo` takes; of what was stopped, too.

        Raises:
            UsageError: one of the names is blank, or it is called so already.
        """
        edit = self._catalog.begin_rename(keyword_name(name), keyword_name(new_name))
        with suppress(Cancelled):
            self.finish(on_progress)
        return edit

    def undo(self, edit: int, on_progress: OnProgress = lambda *_: None) -> int:
        """Take a renaming back; returns how many photos have again what they had.

        What models and files gave meanwhile has the name again by which they gave it.

        Raises:
            Cancelled: by ``on_progress``; the rest follows at :meth:`finish`.
        """
        try:
            return self._catalog.undo_rename(edit, on_progress)
        finally:
            self._pipeline().wake()

    def finish(self, on_progress: OnProgress = lambda *_: None) -> None:
        """Carry out what a forced end had cut, or a person had stopped.

        Raises:
            Cancelled: by ``on_progress``; the rest waits as before.
        """
        try:
            self._catalog.finish_renames(on_progress)
        finally:
            self._pipeline().wake()

    def waiting(self) -> int:
        """How many photos wait for :meth:`finish`."""
        return self._catalog.waiting_for_names()

    def hide(self, name: str) -> None:
        """Do not offer and show a keyword any more; photos keep it."""
        self._catalog.hide_keyword(keyword_name(name))

    def show(self, name: str) -> None:
        """Offer and show a hidden keyword again."""
        self._catalog.hide_keyword(keyword_name(name), False)

    def hidden(self) -> list[tuple[str, int]]:
        """The hidden keywords, and how many photos have each."""
        return self._catalog.hidden_keywords()
