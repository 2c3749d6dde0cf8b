"""Which catalogs have snapshots of their indexes; without numpy, so that a start can ask."""

from __future__ import annotations

import sqlite3

FOLDER = "search"
"""Of the data folder: where snapshots lie."""
SMALL = 20_000
"""A catalog of no more photos is read at the first search (0.4 s by words, 0.8 s by meaning), a larger one
has snapshots."""


def is_large(connection: sqlite3.Connection) -> bool:
    """Whether a catalog has snapshots."""
    rows = connection.execute("SELECT 1 FROM photo LIMIT 1 OFFSET ?", (SMALL,))
    return rows.fetchone() is not None


def is_outgrown(more: int, size: int, part: float) -> bool:
    """Whether what came later is much beside what is there: more than this part of it, and than is quick."""
    return more > max(SMALL, part * size)
