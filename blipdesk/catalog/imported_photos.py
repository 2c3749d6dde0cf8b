"""Where the photos of imported records are: those that the catalog does not have are missing ones of it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from sqlalchemy import Connection, insert, select

from blipdesk.catalog.database import Transaction
from blipdesk.catalog.intake import insert_photos
from blipdesk.catalog.paths import normal
from blipdesk.catalog.schema import FolderRow, PhotoRow
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import FileStamp, SeenFile


def imported_photos(tx: Transaction, paths: list[str]) -> dict[str, int]:
    """The ids of the photos at these paths, each of which the catalog has from now on."""
    ids: dict[str, int] = {}
    paths = list(dict.fromkeys(paths))
    for start in range(0, len(paths), 500):
        rows = tx.connection.execute(
            select(PhotoRow.path, PhotoRow.id).where(PhotoRow.path.in_(paths[start : start + 500]))
        )
        ids.update((path, number) for path, number in rows)
    for folder_id, unknown in _by_root(tx.connection, [path for path in paths if path not in ids]):
        seen = [SeenFile(path, FileStamp(0, 0), "") for path in unknown]
        ids.update(insert_photos(tx, folder_id, seen, missing=True))
    return ids


def _by_root(connection: Connection, paths: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Paths by the deepest root that covers them.

    For the rest one root is made that nobody sees: a folder that is added later takes its photos over.
    """
    roots = [(row.id, row.path) for row in connection.execute(select(FolderRow.id, FolderRow.path))]
    groups: dict[int, list[str]] = {}
    rest = []
    for path in paths:
        covering = [root for root in roots if is_under(path, root[1])]
        if covering:
            groups.setdefault(max(covering, key=lambda root: len(root[1]))[0], []).append(path)
        else:
            rest.append(path)
    yield from groups.items()
    drives: dict[str, list[str]] = {}
    for path in rest:
        drives.setdefault(os.path.splitdrive(path)[0], []).append(path)
    for group in drives.values():
        top = normal(os.path.commonpath([os.path.dirname(path) for path in group]))
        folder_id = connection.execute(
            insert(FolderRow).values(path=top, watched=False, hidden=True).returning(FolderRow.id)
        ).scalar_one()
        yield folder_id, group
