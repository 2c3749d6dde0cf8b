"""Favourites: stars that a person gives here, apart from those of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import PhotoRow
from blipdesk.catalog.undo_stack import remember
from blipdesk.domain.filter_tests import FAVOURITE_RATING

RATING = "rating"
"""The kind of these edits on the undo stack: many photos are one edit."""
_IS_FAVOURITE = func.coalesce(PhotoRow.user_rating, PhotoRow.rating, 0) == FAVOURITE_RATING


class Favourites:
    """A person's choice wins over the file's rating, and stays when the file is read again."""

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
    among_them = PhotoRow.id.in_(among(photo_ids))
    changed = among_them & (~_IS_FAVOURITE if favourite else _IS_FAVOURITE)
    before: dict[int | None, list[int]] = {}
    files = set()
    rows = tx.connection.execute(
        select(PhotoRow.id, PhotoRow.user_rating, PhotoRow.rating).where(changed)
    ).all()
    for row in rows:
        before.setdefault(row.user_rating, []).append(row.id)
        if row.rating == FAVOURITE_RATING:
            files.add(row.id)
    if not rows:
        return 0
    remember(tx.connection, rows[0].id, RATING, {"ratings": list(before.items())})
    ids = [row.id for row in rows]
    if favourite:
        _store(tx, FAVOURITE_RATING, ids)
    else:
        _store(tx, None, [photo_id for photo_id in ids if photo_id not in files])
        _store(tx, 0, sorted(files))
    return len(ids)


def _store(tx: Transaction, rating: int | None, photo_ids: Sequence[int]) -> None:
    if photo_ids:
        tx.connection.execute(
            update(PhotoRow).where(PhotoRow.id.in_(among(photo_ids))).values(user_rating=rating)
        )
        tx.change.touch(photo_ids)


def restore_ratings(tx: Transaction, before: Mapping[str, Any]) -> None:
    """Give photos the ratings that they had before an edit."""
    for rating, photo_ids in before["ratings"]:
        _store(tx, rating, photo_ids)


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
            .values(user_rating=rating)
        )
    return {photo_id for photo_id, rating in ratings.items() if there[photo_id] not in (None, rating)}
