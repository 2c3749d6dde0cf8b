"""Keywords of the whole library: found by a part of their name, renamed, merged, hidden."""

from __future__ import annotations

from collections.abc import Callable

from blipdesk.catalog import Catalog
from blipdesk.domain.words import fold_text
from blipdesk.pipeline import Pipeline
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

    def rename(self, name: str, new_name: str) -> int:
        """Call a keyword otherwise, everywhere; where there is one of that name they become one.

        Takes a tenth of a second for a hundred photos.

        Returns:
            What :meth:`undo` takes.

        Raises:
            UsageError: one of the names is blank, or it is called so already.
        """
        edit = self._catalog.rename_keyword(keyword_name(name), keyword_name(new_name))
        self._pipeline().wake()
        return edit

    def undo(self, edit: int) -> int:
        """Take a renaming back; returns how many photos have again what they had."""
        restored = self._catalog.undo_rename(edit)
        self._pipeline().wake()
        return restored

    def finish(self) -> None:
        """Carry out what a forced end had cut."""
        self._catalog.finish_renames()

    def hide(self, name: str) -> None:
        """Do not offer and show a keyword any more; photos keep it."""
        self._catalog.hide_keyword(keyword_name(name))

    def show(self, name: str) -> None:
        """Offer and show a hidden keyword again."""
        self._catalog.hide_keyword(keyword_name(name), False)

    def hidden(self) -> list[tuple[str, int]]:
        """The hidden keywords, and how many photos have each."""
        return self._catalog.hidden_keywords()
