"""What a person typed and has not saved: kept so that no crash loses it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from blipdesk.domain.values import Photo


class DraftField(StrEnum):
    """Where it was typed."""

    CAPTION = "caption"
    KEYWORD = "keyword"
    QUESTION = "question"
    """Typed, not asked."""
    ASKED = "asked"
    """Asked, not answered."""
    MANY = "many"
    """Typed as a question to many photos: of none of them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text of one photo; ``text`` may be empty (a caption that was emptied)."""

    photo_id: int
    path: str
    content_hash: str
    field: DraftField
    text: str
    typed_at: float

    def is_of(self, photo: Photo) -> bool:
        """True for the photo it was typed at: of number, place and content, two are its own.

        The number alone is not enough: another catalog, made anew after a damage, gives it to another photo.
        Nor is the place: the file may be gone from it, and another one there.
        """
        same = (self.photo_id == photo.id, self.path == photo.path, self.content_hash == photo.content_hash)
        return sum(same) >= 2
