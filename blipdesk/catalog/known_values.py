"""What the photos have, for suggestions: folders, cameras, lenses."""

from __future__ import annotations

import os
from collections import Counter

from sqlalchemy import text

from blipdesk.catalog.database import Database

_CAMERAS = "SELECT DISTINCT camera FROM photo WHERE hidden = 0 AND camera IS NOT NULL"
_DIRECTORIES = """SELECT directory.path, given.photos FROM directory JOIN (
    SELECT directory_id, count(*) AS photos FROM photo WHERE hidden = 0 GROUP BY directory_id
    ) AS given ON given.directory_id = directory.id"""
_LENSES = "SELECT DISTINCT lens FROM photo WHERE hidden = 0 AND lens IS NOT NULL"


class KnownValues:
    """Reads that take up to a second in a large catalog: whoever asks often keeps the answers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cameras(self) -> list[str]:
        """The cameras of the photos, by name."""
        return self._names(_CAMERAS)

    def lenses(self) -> list[str]:
        """The lenses of the photos, by name."""
        return self._names(_LENSES)

    def directories(self) -> list[tuple[str, int]]:
        """The directories of the photos and those that hold several of them, the fullest first.

        Each with the number of photos in it and below it.
        """
        with self._database.read_raw() as connection:
            own = {os.fsdecode(path): count for path, count in connection.execute(_DIRECTORIES)}
        counts: Counter[str] = Counter()
        for directory, count in own.items():
            at = directory
            while True:
                counts[at] += count
                parent = os.path.dirname(at)
                if parent == at:
                    break
                at = parent
        parents = ((os.path.dirname(path), count) for path, count in counts.items())
        holding_one = {parent for parent, count in parents if counts[parent] == count}
        found = [path for path in counts if path in own or path not in holding_one]
        return sorted(((path, counts[path]) for path in found), key=lambda item: (-item[1], item[0]))

    def directory_paths(self) -> list[str]:
        """The directories that photos are, or were, in; quick in a large catalog, too."""
        with self._database.read_raw() as connection:
            return [os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM directory")]

    def _names(self, statement: str) -> list[str]:
        with self._database.read() as connection:
            return sorted(connection.scalars(text(statement)), key=str.casefold)
