"""Stars: those that a person gives here come before those of the file, also once that is read again."""

from __future__ import annotations

from blipdesk.domain.filter_tests import FAVOURITE_RATING
from blipdesk.domain.values import Photo
from blipdesk.domain.wording import later


def effective_rating(user: int | None, file: int | None) -> int | None:
    """The stars that people see: the person's (0: they took them away), else the file's.

    >>> effective_rating(None, 3), effective_rating(0, 5), effective_rating(5, None)
    (3, 0, 5)
    """
    return file if user is None else user


def stars_of(rating: int | None) -> str:
    """Five stars, so many of them filled; what is not rated has none.

    >>> stars_of(4), stars_of(0)
    ('★★★★☆', '')
    """
    if not rating:
        return ""
    return later("Rejected") if rating < 0 else "★" * rating + "☆" * (5 - rating)


def rating_of(photo: Photo) -> int | None:
    """The stars of a photo that people see."""
    return effective_rating(photo.user_rating, photo.facts.rating)


def rating_in_file(photo: Photo) -> int | None:
    """The stars that stand in the file now, or beside it."""
    return photo.facts.rating if photo.written_rating is None else photo.written_rating


def is_rating_pending(photo: Photo) -> bool:
    """Whether people see other stars here than in the file."""
    return (rating_of(photo) or 0) != (rating_in_file(photo) or 0)


def is_favourite(photo: Photo) -> bool:
    """Whether the photo is one of the favourites."""
    return rating_of(photo) == FAVOURITE_RATING
