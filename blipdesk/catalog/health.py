"""Is the catalog sound?  What ``doctor`` asks."""

from __future__ import annotations

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from blipdesk.catalog.database import Database, Transaction, plain_error
from blipdesk.catalog.schema import PhotoRow, PhotoTextRow
from blipdesk.domain.errors import CatalogError

_REBUILD = "INSERT INTO photo_fts(photo_fts) VALUES ('rebuild')"


class Health:
    """Checks, and the one repair that loses nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> list[str]:
        """What is wrong with the database, a sentence each; its search index is another matter."""
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
        except (CatalogError, DatabaseError) as error:
            found.append(f"{error}")
        return found

    def check_index(self) -> list[str]:
        """Whether the search index has the photos' texts, for the writer: else it is made anew of them.

        A check writes into the index, though it changes nothing; making it anew loses nothing.
        """
        try:
            if self._database.write(_index_matches):
                return []
            self._database.write(lambda tx: tx.connection.execute(text(_REBUILD)) and None)
        except (CatalogError, DatabaseError) as error:
            return [f"{error}"]
        return ["The search index did not match the photos' texts, and was made anew."]


def _index_matches(tx: Transaction) -> bool:
    try:
        # Rank 1: compare with the texts too; it finds a single changed letter.
        tx.connection.execute(text("INSERT INTO photo_fts(photo_fts, rank) VALUES ('integrity-check', 1)"))
    except DatabaseError as error:
        if plain_error(error) is not None and "malformed" not in str(error):
            raise  # the disk is full, or in use
        return False
    return True
