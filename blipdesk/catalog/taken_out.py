"""What a person took away or out of their files in other programs: it is not put back before they ask.

Its photo is settled as after an undo: written again where its text changes, or a person asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.due import UNDONE
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import PhotoRow
from blipdesk.domain.values import WriteTarget

SIDECAR_GONE = "Its sidecar was taken away; it is made again where somebody asks for it (write)."


class TakenOut:
    """What a scan tells of files that do not hold any more what was written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_sidecars_gone(self, photo_ids: Sequence[int]) -> list[int]:
        """These photos have no sidecar; returns those whose caption stood in one until now."""

        def note(tx: Transaction) -> list[int]:
            stood = select(PhotoRow.id).where(
                PhotoRow.id.in_(among(photo_ids)), PhotoRow.written == WriteTarget.SIDECAR.value
            )
            gone = list(tx.connection.scalars(stood))
            settle_taken_out(tx, gone, SIDECAR_GONE)
            return gone

        return self._database.write(note) if photo_ids else []


def settle_taken_out(tx: Transaction, photo_ids: Sequence[int], note: str) -> None:
    """What was written for these photos stands nowhere, as a person wanted it."""
    if photo_ids:
        tx.connection.execute(
            update(PhotoRow)
            .where(PhotoRow.id.in_(among(photo_ids)))
            .values(
                settled_version=PhotoRow.text_version,
                settled_outcome=UNDONE,
                written=WriteTarget.NONE.value,
                write_note=note,
            )
        )
        tx.change.touch(photo_ids)
