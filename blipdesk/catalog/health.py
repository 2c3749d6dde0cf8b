"""Is the catalog sound?  What ``doctor`` asks."""

from __future__ import annotations

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.schema import PhotoRow, PhotoTextRow
from blipdesk.domain.errors import CatalogError

_REBUILD = "INSERT INTO photo_fts(photo_fts) VALUES ('rebuild')"


class Health:
    """Checks, and the one repair that loses nothing."""

    def __init__(self, database: Database, *, writer: bool) -> None:
        self._database = database
        self._writer = writer

    def check(self) -> list[str]:
        """What is wrong, a sentence each; empty when the catalog is sound."""
        found: list[str] = []
        try:
            with self._database.read() as connection:
                found += [
                    f"The database is damaged: {row[0]}"
                    for row in connection.exec_driver_sql("PRAGMA quick_check(20)")
                    if row[0] != "ok"
                ]
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    tables = ", ".join(sorted({str(row[0]) for row in broken}))
                    found.append(f"{len(broken)} rows belong to nothing ({tables}).")
                lost = connection.scalar(
                    select(PhotoRow.id).where(PhotoRow.id.not_in(select(PhotoTextRow.photo_id))).limit(1)
                )
                if lost is not None:
                    found.append("Some photos cannot be searched.")
            if self._writer:
                self._database.write(_check_index)
        except (CatalogError, DatabaseError) as error:
            found.append(f"{error}")
        return found

    def rebuild_search(self) -> None:
        """Make the full-text index anew from the photos' texts; loses nothing."""
        self._database.write(lambda tx: tx.connection.execute(text(_REBUILD)) and None)


def _check_index(tx: Transaction) -> None:
    try:
        # Rank 1: compare with the texts too; it finds a single changed letter.
        tx.connection.execute(text("INSERT INTO photo_fts(photo_fts, rank) VALUES ('integrity-check', 1)"))
    except DatabaseError as error:
        raise CatalogError(
            "The search index does not match the photos' texts.", "Rebuild it; nothing is lost."
        ) from error
