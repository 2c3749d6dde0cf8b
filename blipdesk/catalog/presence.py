"""Whether photos' files are there: missing, back again, in the trash; forgotten on demand alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ScalarSelect, delete, or_, select, update

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.parking import settle_parking
from blipdesk.catalog.schema import FolderRow, PhotoRow
from blipdesk.domain.values import FolderState

_IS_ROOT_HIDDEN = select(FolderRow.hidden).where(FolderRow.id == PhotoRow.folder_id).scalar_subquery()
IS_BACK: dict[str, bool | ScalarSelect[bool]] = {
    "missing": False,
    "trashed": False,
    "hidden": _IS_ROOT_HIDDEN,
}
"""The columns of a photo whose file is there again: one that comes back from the trash is seen again."""


class Presence:
    """What is told of files that went, came back, or were put into the trash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark_missing(self, photo_ids: Sequence[int]) -> None:
        """The files are gone; the records and their texts stay."""
        self._mark(photo_ids, missing=True)

    def mark_present(self, photo_ids: Sequence[int]) -> None:
        """The files are there again."""
        self._mark(photo_ids, **IS_BACK)

    def mark_trashed(self, photo_ids: Sequence[int]) -> None:
        """The person put the files into the trash: out of sight, and back once the files are there again."""
        self._mark(photo_ids, missing=True, trashed=True, hidden=True)

    def forget_missing(self, photo_ids: Sequence[int]) -> int:
        """Delete the records of photos whose files are gone, texts and all.

        A photo that is there again, or whose drive is away, is left alone: only what is certainly
        gone may be forgotten.

        Returns:
            How many were forgotten.
        """

        def forget(tx: Transaction) -> int:
            online = select(FolderRow.id).where(FolderRow.state == FolderState.ONLINE.value)
            gone = tx.connection.execute(
                delete(PhotoRow).where(
                    PhotoRow.id.in_(among(photo_ids)),
                    PhotoRow.missing.is_(True),
                    PhotoRow.folder_id.in_(online),
                )
            ).rowcount
            if gone:
                tx.change.added = tx.change.everything = tx.change.keywords = True
            return gone

        return self._database.write(forget)

    def _mark(self, photo_ids: Sequence[int], **columns: bool | ScalarSelect[bool]) -> None:
        def mark(tx: Transaction) -> None:
            scope = PhotoRow.id.in_(among(photo_ids))
            differs = or_(*(getattr(PhotoRow, name).is_not(value) for name, value in columns.items()))
            changed = tx.connection.scalars(
                update(PhotoRow).where(scope, differs).values(columns).returning(PhotoRow.id)
            ).all()
            if changed:
                settle_parking(tx.connection, scope)
                tx.change.touch(changed)
                tx.change.added = True
                tx.change.keywords = tx.change.keywords or "hidden" in columns

        self._database.write(mark)
