"""New catalogs without their migrations: 0.2 s of processor each time, that end in the same bytes."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from blipdesk.catalog import opening

migrate = opening.migrate


def quicken(born: bytes) -> None:
    """Have each catalog that this process makes from now on be a copy of ``born``."""

    def copy_or_migrate(path: Path, revision: str = "head") -> None:
        if revision == "head" and path.stat().st_size == 0:
            path.write_bytes(born)
        else:
            migrate(path, revision)

    opening.migrate = copy_or_migrate


def undo() -> None:
    """Have catalogs made as BlipDesk makes them again."""
    opening.migrate = migrate


@cache
def newborn() -> bytes:
    """An empty catalog, as the migrations make it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "catalog.db")
        path.touch()
        migrate(path)
        return path.read_bytes()
