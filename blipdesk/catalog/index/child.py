"""The process that makes a snapshot of a large catalog: ten seconds of Python, for which no window waits.

Told on the command line: the data folder and the file to make.  It only reads the catalog, and it ends with
its parent, whose end of its standard input closes then.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from blipdesk.catalog.database import Database
from blipdesk.catalog.files import catalog_path
from blipdesk.catalog.index.segment import read_base
from blipdesk.catalog.index.snapshot import write_snapshot

FLAG = "--index-child"
"""What asks the frozen program for it."""
_NICE = 10


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


def main(arguments: list[str]) -> int:
    """Make one snapshot; returns the exit status."""
    data_dir, target = map(Path, arguments)
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICE)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    database = Database(catalog_path(data_dir), writer=False)  # the parent has checked it
    try:
        with database.read_raw() as connection:
            base = read_base(connection)
        write_snapshot(target, base)
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
