"""Copies of the catalog in the data folder's ``backups/``: before each upgrade, and every so often.

A copy grows under another name, as one transaction of SQLite: killed in the middle it leaves a rollback
journal beside it, which makes it an empty database, and the next start removes both.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from blipdesk.catalog.database import plain_errors
from blipdesk.catalog.files import SIDE_FILES, beside, catalog_path, free_name, sync
from blipdesk.domain.errors import CatalogError
from blipdesk.domain.wording import later

BACKUPS_NAME = "backups"
DAMAGED = "catalog-damaged-"
"""How the name of a damaged catalog begins that was set aside."""
_REGULAR = "regular"
_PART = ".part"


def backups(data_dir: Path, reason: str = "") -> list[Path]:
    """The backups of a data folder (made for one reason), newest first."""
    return [path for _, path in _dated(data_dir, reason)]


def _dated(data_dir: Path, reason: str = "") -> list[tuple[float, Path]]:
    """The backups with the time of each, newest first; what cannot be looked at (a dead link) is none."""
    found: list[tuple[float, Path]] = []
    for path in (data_dir / BACKUPS_NAME).glob("catalog-*.db"):
        with suppress(OSError):
            if reason in path.name:
                found.append((path.stat().st_mtime, path))
    return sorted(found, reverse=True)


def back_up(data_dir: Path, reason: str) -> Path:
    """Copy the catalog with SQLite's own backup, which sees the write-ahead log too, beside a writer.

    All pages in one step: a backup in small steps begins anew at each commit and may never end.

    Raises:
        CatalogError: the disk is full, or the folder cannot be written.
    """
    folder = data_dir / BACKUPS_NAME
    try:
        with plain_errors():
            return _copy(catalog_path(data_dir), folder, reason)
    except OSError as error:
        raise CatalogError(
            later("The catalog cannot be backed up to {folder} ({reason}).").format(
                folder=folder, reason=error.strerror or error
            ),
            later("Free some space, and allow your user account to write there."),
        ) from error


def _copy(catalog: Path, folder: Path, reason: str) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    target = free_name(folder / f"catalog-{time.strftime('%Y%m%d-%H%M%S')}-{reason}.db")
    part = target.with_suffix(_PART)
    _remove(part)
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with (
            closing(sqlite3.connect(catalog)) as source,
            closing(sqlite3.connect(part)) as copy,
        ):
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
        sync(part)
        os.replace(part, target)
    finally:
        _remove(part)  # unless it has its name: then there is nothing left of it
    sync(folder)
    return target


def back_up_if_older_than(data_dir: Path, seconds: float, keep: int) -> Path | None:
    """Make a regular backup when the newest one is older than that, and keep so many of them.

    Those made before upgrades are never removed, and none while a damaged catalog lies set aside: the last
    good copy of it may be among them.

    Returns:
        The new backup; None when none was due.

    Raises:
        CatalogError: the disk is full, or the folder cannot be written.
    """
    # A backup from the future tells of a clock that was wrong: one more does no harm.
    if any(0 <= time.time() - made < seconds for made, _ in _dated(data_dir)[:1]):
        return None
    backup = back_up(data_dir, _REGULAR)
    spare = [] if any(data_dir.glob(f"{DAMAGED}*")) else backups(data_dir, _REGULAR)[max(keep, 1) :]
    for old in spare:
        with suppress(OSError):  # one too many does no harm; the next one asks again
            old.unlink()
    return backup


def clear_leftovers(data_dir: Path) -> None:
    """Remove what a backup left that was killed in the middle; the caller holds the lock."""
    for part in (data_dir / BACKUPS_NAME).glob(f"catalog-*{_PART}"):
        _remove(part)


def _remove(part: Path) -> None:
    for file in (part, *(beside(part, end) for end in SIDE_FILES)):
        file.unlink(missing_ok=True)
