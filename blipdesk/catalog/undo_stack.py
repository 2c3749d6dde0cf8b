"""What a person's edits replaced, newest last: outlives the program."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, insert

from blipdesk.catalog.schema import EditRow
from blipdesk.catalog.text import now

UNDO_DEPTH = 1000
"""Edits that can be taken back."""


def remember(connection: Connection, photo_id: int, kind: str, before: dict[str, Any]) -> None:
    """Put what was there before an edit on the stack; the oldest edit goes."""
    number = connection.execute(
        insert(EditRow)
        .values(photo_id=photo_id, kind=kind, before=json.dumps(before), edited_at=now())
        .returning(EditRow.id)
    ).scalar_one()
    connection.execute(delete(EditRow).where(EditRow.id <= number - UNDO_DEPTH))
