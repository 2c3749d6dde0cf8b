"""Where a person's caption here and the file's own say different things: what a person decides.

Such a photo is marked when words are met in its file that were not known when the caption here was typed
(``PhotoRow.conflict``), by a scan or by a write that would replace them.  Nothing is written into its file
until that is decided.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, text, update

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.edits import edit_caption
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import PhotoRow
from blipdesk.catalog.searchtext import texts_changed
from blipdesk.domain.writes import Conflict, KeepText

_OPEN = text("photo.hidden = 0 AND photo.conflict = 1")


class Conflicts:
    """The open conflicts, and how each ends."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def conflicts(self) -> list[Conflict]:
        """The photos to be decided, by id; ``where`` is left empty: the catalog does not know it."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(PhotoRow.id, PhotoRow.path, PhotoRow.user_caption, PhotoRow.file_caption)
                .where(_OPEN)
                .order_by(PhotoRow.id)
            )
            return [
                Conflict(row.id, row.path, row.user_caption or "", row.file_caption or "", "") for row in rows
            ]

    def decide(self, photo_ids: Sequence[int], keep: KeepText) -> list[int]:
        """End the conflicts of these photos; returns the ids of those that had one."""

        def decide(tx: Transaction) -> list[int]:
            decided = _open_among(tx.connection, photo_ids)
            tx.connection.execute(
                update(PhotoRow)
                .where(PhotoRow.id.in_(among(decided)))
                .values(conflict=False, both_stay=keep is KeepText.BOTH)
            )
            for photo_id in decided:
                if keep is KeepText.FILE:
                    edit_caption(tx, photo_id, None)
                else:
                    texts_changed(tx, [photo_id])
            return decided

        return self._database.write(decide)


def _open_among(connection: Connection, photo_ids: Sequence[int]) -> list[int]:
    disputed = select(PhotoRow.id).where(PhotoRow.id.in_(among(photo_ids)), PhotoRow.conflict)
    return list(connection.scalars(disputed.order_by(PhotoRow.id)))
