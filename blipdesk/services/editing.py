"""Human edits: captions and keywords that no run ever replaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Photo
from blipdesk.domain.wording import later
from blipdesk.pipeline import Pipeline
from blipdesk.services.control import OnProgress


def keyword_name(typed: str) -> str:
    """A keyword as it is kept: white space folded.

    Raises:
        UsageError: it is blank.
    """
    name = " ".join(typed.split())
    if not name:
        raise UsageError(later("A keyword needs at least one letter."))
    return name


class EditingService:
    """Edits by the person, each undoable, each followed by a write-back where that is on.

    Those that return a bool say whether anything changed: else there is nothing to take back.

    Args:
        catalog: keeps them.
        pipeline: reads what the file of an edited photo says, and is woken after each edit.
    """

    def __init__(self, catalog: Catalog, pipeline: Callable[[], Pipeline]) -> None:
        self._catalog = catalog
        self._pipeline = pipeline

    def set_caption(self, photo_id: int, text: str) -> bool:
        """Keep the person's own caption; an empty one gives the photo its former text back.

        A text that only repeats what stands there without it is no text of the person's.  Of a file that
        was not read yet the captions are read now: what it says later is new to whoever typed this one.
        """
        text = text.strip()
        photo = self._read(photo_id)
        repeated = photo is not None and text == (photo.file_caption or photo.model_caption)
        changed = self._catalog.set_user_caption(photo_id, None if repeated else text or None)
        self._wake()
        return changed

    def _read(self, photo_id: int) -> Photo | None:
        """The photo, with the captions of its file, as far as these can be read."""
        photo = self._catalog.photo(photo_id)
        if photo is None or photo.are_words_read:
            return photo
        captions = self._pipeline().captions_in(photo.path)
        if captions is None:
            return photo
        self._catalog.note_captions(photo_id, captions)
        return self._catalog.photo(photo_id)

    def confirm_caption(self, photo_id: int) -> bool:
        """Keep that the person found the model's caption right: it needs no review any more."""
        return self._catalog.confirm_caption(photo_id)

    def add_keyword(self, photo_id: int, name: str) -> bool:
        """Add one keyword.

        Raises:
            UsageError: the keyword is blank.
        """
        changed = self._catalog.add_keyword(photo_id, keyword_name(name))
        self._wake()
        return changed

    def remove_keyword(self, photo_id: int, name: str) -> bool:
        """Take one keyword off; a model's later runs do not bring it back."""
        changed = self._catalog.remove_keyword(photo_id, name)
        self._wake()
        return changed

    def set_favourite(self, photo_ids: Sequence[int], favourite: bool) -> int:
        """Make photos favourites, or no more; returns how many changed."""
        changed = self._catalog.set_favourite(photo_ids, favourite)
        self._wake()
        return changed

    def toggle_favourite(self, photo_ids: Sequence[int]) -> tuple[bool, int]:
        """Take favourites off where all of the photos are, else make all of them favourites.

        Returns:
            Whether they are favourites now, and how many of them changed.
        """
        toggled = self._catalog.toggle_favourite(photo_ids)
        self._wake()
        return toggled

    def undo(self, on_progress: OnProgress = lambda *_: None) -> int | None:
        """Take the last edit back; returns the photo's id, or None when there is nothing to undo.

        Args:
            on_progress: hears how many photos of how many have their tags back, where they are many.
        """
        photo_id = self._catalog.undo_edit(on_progress)
        if photo_id is not None:
            self._wake()
        return photo_id

    def _wake(self) -> None:
        self._pipeline().wake()
