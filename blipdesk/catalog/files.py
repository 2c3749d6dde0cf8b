"""The files of a data folder, and the few things done with them that SQLite does not do."""

from __future__ import annotations

import os
from pathlib import Path

CATALOG_NAME = "catalog.db"
SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a database, by the end of the name."""


def catalog_path(data_dir: Path) -> Path:
    """Where the catalog of a data folder lies."""
    return data_dir / CATALOG_NAME


def beside(path: Path, end: str) -> Path:
    """The file beside a database whose name has this end."""
    return path.with_name(path.name + end)


def free_name(path: Path) -> Path:
    """The path, numbered where it is taken."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return candidate


def sync(path: Path) -> None:
    """Have a file, or a folder's names, on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
