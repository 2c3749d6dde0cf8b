"""What a person's edits replaced, newest last: outlives the program."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.sql.elements import ColumnElement

from blipdesk.catalog.edit_tables import EditPhotoRow, EditRow
from blipdesk.catalog.schema import PhotoRow
from blipdesk.catalog.text import now

UNDO_DEPTH = 1000
"""Edits that can be taken back."""
UNDO_PHOTOS = 200_000
"""Photos of edits of many that are kept besides those of the newest."""
MANY = 1000
"""An edit of more photos is a reason to count those of others."""


def remember(connection: Connection, photo_id: int | None, kind: str, before: dict[str, Any]) -> int:
    """Put what was there before an edit (None: of many photos) on the stack; the oldest goes.  Its number."""
    number = connection.execute(
        insert(EditRow)
        .values(photo_id=photo_id, kind=kind, before=json.dumps(before), edited_at=now())
        .returning(EditRow.id)
    ).scalar_one()
    connection.execute(delete(EditRow).where(EditRow.id <= number - UNDO_DEPTH))
    return int(number)


def remember_ratings(connection: Connection, kind: str, changing: ColumnElement[bool]) -> None:
    """Put the stars of all photos that are about to change on the stack, as one edit."""
    number = remember(connection, None, kind, {})
    before = select(text(str(number)), PhotoRow.id, PhotoRow.user_rating).where(changing)
    columns = ["edit_id", "photo_id", "before"]
    count = connection.execute(insert(EditPhotoRow).from_select(columns, before)).rowcount
    if count > MANY:
        forget_oldest(connection, number)


def forget_oldest(connection: Connection, number: int) -> None:
    """Let the edits of many photos go that are behind :data:`UNDO_PHOTOS` of the newer ones before this."""
    others = select(EditPhotoRow.edit_id).where(EditPhotoRow.edit_id < number)
    last = others.order_by(EditPhotoRow.edit_id.desc()).offset(UNDO_PHOTOS).limit(1)
    connection.execute(delete(EditRow).where(EditRow.id <= last.scalar_subquery()))
