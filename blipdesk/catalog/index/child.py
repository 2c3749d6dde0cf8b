"""The process that makes a snapshot of a large catalog: ten seconds of Python, for which no window waits.

Told on the command line: what to make, of which data folder, and the file.  It only reads the catalog, and it
ends with its parent, whose end of its standard input closes then.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import closing
from pathlib import Path

from blipdesk.catalog.database import Database
from blipdesk.catalog.files import catalog_path
from blipdesk.catalog.index.picture_rows import PictureRows, picture_model
from blipdesk.catalog.index.segment import read_base
from blipdesk.catalog.index.sentence_rows import SentenceRows
from blipdesk.catalog.index.snapshot import write_snapshot
from blipdesk.catalog.index.vector_files import write_vectors
from blipdesk.catalog.vector_store import PICTURES, VectorStore
from blipdesk.domain.children import stand_back

FLAG = "--index-child"
"""What asks the frozen program for it."""


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


def _make_index(database: Database, data_dir: Path, target: Path) -> None:
    with database.read_raw() as connection:
        base = read_base(connection)
    write_snapshot(target, base)


def _make_vectors(database: Database, data_dir: Path, target: Path) -> None:
    store = VectorStore.open(data_dir, writer=False)
    with closing(store), database.read_raw() as connection:
        write_vectors(target, connection, SentenceRows(store))


def _make_pictures(database: Database, data_dir: Path, target: Path) -> None:
    store = VectorStore.open(data_dir, PICTURES, writer=False)
    with closing(store), database.read_raw() as connection:
        write_vectors(target, connection, PictureRows(store, picture_model(connection)))


_MAKERS = {
    "search_index": _make_index,
    "search_vectors": _make_vectors,
    "search_pictures": _make_pictures,
}


def main(arguments: list[str]) -> int:
    """Make one snapshot; returns the exit status."""
    kind, (data_dir, target) = arguments[0], map(Path, arguments[1:])
    stand_back()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    database = Database(catalog_path(data_dir), writer=False)  # the parent has checked it
    try:
        _MAKERS[kind](database, data_dir, target)
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
