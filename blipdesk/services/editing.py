"""Human edits: captions and keywords that no run ever replaces."""

from __future__ import annotations

from collections.abc import Callable

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import UsageError


def keyword_name(typed: str) -> str:
    """A keyword as it is kept: white space folded.

    Raises:
        UsageError: it is blank.
    """
    name = " ".join(typed.split())
    if not name:
        raise UsageError("A keyword needs at least one letter.")
    return name


class EditingService:
    """Edits by the person, each undoable, each followed by a write-back where that is on."""

    def __init__(self, catalog: Catalog, after_edit: Callable[[], None]) -> None:
        self._catalog = catalog
        self._after_edit = after_edit

    def set_caption(self, photo_id: int, text: str) -> None:
        """Keep the person's own caption; an empty one gives the photo its former text back.

        A text that only repeats what stands there without it is no text of the person's.
        """
        text = text.strip()
        photo = self._catalog.photo(photo_id)
        repeated = photo is not None and text == (photo.file_caption or photo.model_caption)
        self._catalog.set_user_caption(photo_id, None if repeated else text or None)
        self._after_edit()

    def confirm_caption(self, photo_id: int) -> None:
        """Keep that the person found the model's caption right: it needs no review any more."""
        self._catalog.confirm_caption(photo_id)

    def add_keyword(self, photo_id: int, name: str) -> None:
        """Add one keyword.

        Raises:
            UsageError: the keyword is blank.
        """
        self._catalog.add_keyword(photo_id, keyword_name(name))
        self._after_edit()

    def remove_keyword(self, photo_id: int, name: str) -> None:
        """Take one keyword off; a model's later runs do not bring it back."""
        self._catalog.remove_keyword(photo_id, name)
        self._after_edit()

    def undo(self) -> int | None:
        """Take the last edit back; returns the photo's id, or None when there is nothing to undo."""
        photo_id = self._catalog.undo_edit()
        if photo_id is not None:
            self._after_edit()
        return photo_id
