"""Favourites: stars that a person gives here, apart from those of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, case, func, select, update

from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.due import WRITTEN
from blipdesk.catalog.edit_tables import EditPhotoRow
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import PhotoRow, WriteRow
from blipdesk.catalog.undo_stack import remember_ratings
from blipdesk.domain.filter_tests import FAVOURITE_RATING
from blipdesk.domain.writes import RunKind

RATING = "rating"
"""The kind of these edits on the undo stack: many photos are one edit."""
_IS_FAVOURITE = func.coalesce(PhotoRow.user_rating, PhotoRow.rating, 0) == FAVOURITE_RATING


class Favourites:
    """A person's choice wins over the file's rating; it is written there, as captions are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_favourite(self, photo_ids: Sequence[int], favourite: bool) -> int:
        """Make photos favourites, or no more; returns how many changed.

        One that is no favourite any more has the stars of its file again, or none where those are five.
        """
        return self._database.write(lambda tx: _set(tx, photo_ids, favourite))

    def toggle_favourite(self, photo_ids: Sequence[int]) -> tuple[bool, int]:
        """Take favourites off where all of the photos are, else make all of them favourites.

        Returns:
            Whether they are favourites now, and how many of them changed.
        """

        def toggle(tx: Transaction) -> tuple[bool, int]:
            others = select(PhotoRow.id).where(PhotoRow.id.in_(among(photo_ids)), ~_IS_FAVOURITE).limit(1)
            favourite = tx.connection.execute(others).first() is not None
            return favourite, _set(tx, photo_ids, favourite)

        return self._database.write(toggle)


def _set(tx: Transaction, photo_ids: Sequence[int], favourite: bool) -> int:
    changing = PhotoRow.id.in_(among(photo_ids)) & (~_IS_FAVOURITE if favourite else _IS_FAVOURITE)
    changed = list(tx.connection.scalars(select(PhotoRow.id).where(changing)))
    if not changed:
        return 0
    remember_ratings(tx.connection, RATING, PhotoRow.id.in_(among(changed)))
    # what the file says is shown again, unless that is what was taken away
    of_file = case((PhotoRow.rating == FAVOURITE_RATING, 0), else_=None)
    _store(tx, FAVOURITE_RATING if favourite else of_file, changed)
    return len(changed)


def _store(tx: Transaction, rating: object, photo_ids: Sequence[int]) -> None:
    """Set the stars of photos; their files are due to be written."""
    tx.connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id.in_(among(photo_ids)))
        .values(user_rating=rating, text_version=PhotoRow.text_version + 1)
    )
    tx.change.touch(photo_ids)


def restore_ratings(tx: Transaction, edit_id: int) -> int | None:
    """Give photos the stars that they had before an edit; returns one of them, or None where all are gone."""
    of_edit = EditPhotoRow.edit_id == edit_id
    photo_ids = list(tx.connection.scalars(select(EditPhotoRow.photo_id).where(of_edit)))
    before = select(EditPhotoRow.before).where(of_edit, EditPhotoRow.photo_id == PhotoRow.id)
    _store(tx, before.scalar_subquery(), photo_ids)
    return photo_ids[0] if photo_ids else None


def last_written(connection: Connection, photo_ids: Sequence[int]) -> dict[int, int | None]:
    """The stars that were last written over those of these photos' files, where they stand there still."""
    written = select(WriteRow.photo_id, WriteRow.rating).where(
        WriteRow.photo_id.in_(among(photo_ids)),
        WriteRow.kind == RunKind.WRITE.value,
        WriteRow.outcome.in_(WRITTEN),
        WriteRow.undone.is_(False),
    )
    return {row.photo_id: row.rating for row in connection.execute(written.order_by(WriteRow.id))}


def rating_columns(connection: Connection, photo: AnyRow, read: int | None) -> dict[str, int | None]:
    """The columns of a photo's stars, when its file was read and says so many (0: none; None: nothing).

    Ours are none of the file's.  Where others came since ours were written, a person gave them there: they
    come before what was chosen here.
    """
    columns = {"rating": read or None, "user_rating": photo.user_rating}
    if photo.user_rating is None and (read or None) == photo.rating:
        return columns
    wrote = last_written(connection, [photo.id]).get(photo.id)
    if wrote is not None and (read or 0) == wrote:
        return columns | {"rating": photo.rating}
    is_new = wrote is not None and read is not None and read != photo.rating
    return columns | {"user_rating": None} if is_new else columns


def import_ratings(connection: Connection, ratings: Mapping[int, int]) -> set[int]:
    """Take over a person's ratings from another catalog; returns the photos that have another one here."""
    there = dict(
        connection.execute(
            select(PhotoRow.id, PhotoRow.user_rating).where(PhotoRow.id.in_(among(list(ratings))))
        ).all()
    )
    for rating in set(ratings.values()):
        ids = [photo_id for photo_id, stars in ratings.items() if stars == rating]
        connection.execute(
            update(PhotoRow)
            .where(PhotoRow.id.in_(among(ids)), PhotoRow.user_rating.is_(None))
            .values(user_rating=rating, text_version=PhotoRow.text_version + 1)
        )
    return {photo_id for photo_id, rating in ratings.items() if there[photo_id] not in (None, rating)}
