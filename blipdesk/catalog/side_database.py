"""A database beside the catalog whose loss loses nothing: bare ``sqlite3``, one layout, no migrations.

A file that is damaged or of another layout is dropped and made anew.  One that cannot be used now (a full
disk, locked) is left as it is, and what would go into it is kept in memory.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from blipdesk.catalog.files import SIDE_FILES, beside
from blipdesk.catalog.lock import make_data_dir

_log = logging.getLogger(__name__)

_MEMORY = ":memory:"
_SETTINGS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000")


@dataclass(frozen=True, slots=True)
class SideLayout:
    """What such a database is."""

    file_name: str
    title: str
    """What it is, in the middle of a sentence."""
    number: int
    """Of the layout; a file of another one is made anew."""
    page_size: int
    create: tuple[str, ...]
    """Statements that make what is not there."""
    look: str
    """A statement that fails where the tables are not as they should be."""


@dataclass(frozen=True, slots=True)
class SideConnections:
    """The connections of an open one; ``writer`` may be the reader (in memory), None for reading alone."""

    reader: sqlite3.Connection
    writer: sqlite3.Connection | None


def open_side(data_dir: Path, layout: SideLayout, *, writer: bool) -> SideConnections:
    """Open such a database of a data folder; ``writer`` false only reads what is there, and makes nothing."""
    path = data_dir / layout.file_name
    if not writer:
        try:
            return SideConnections(_read_only(path, layout), None)
        except sqlite3.DatabaseError:
            return SideConnections(_connect(_MEMORY, layout), None)
    make_data_dir(data_dir)
    try:
        return _pair(path, layout)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            return _in_memory(layout, error)
        _log.warning("%s is made anew: %s", layout.title, error)
        drop_side(data_dir, layout)
    try:
        return _pair(path, layout)
    except sqlite3.DatabaseError as error:
        return _in_memory(layout, error)


def drop_side(data_dir: Path, layout: SideLayout) -> None:
    """Remove the files of such a database, which is closed."""
    for end in ("", *SIDE_FILES):
        with suppress(OSError):
            beside(data_dir / layout.file_name, end).unlink()


def is_damage(error: sqlite3.Error) -> bool:
    """True when the file itself is at fault; every other error may pass."""
    words = str(error)
    return "malformed" in words or not isinstance(error, sqlite3.OperationalError)


def _in_memory(layout: SideLayout, error: sqlite3.DatabaseError) -> SideConnections:
    _log.warning("%s is kept in memory until the next start: %s", layout.title, error)
    connection = _connect(_MEMORY, layout)
    return SideConnections(connection, connection)


def _read_only(path: Path, layout: SideLayout) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    with _closed_if_it_fails(connection):
        connection.execute(layout.look).fetchone()
    return connection


def _pair(path: Path, layout: SideLayout) -> SideConnections:
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    reader = _connect(path, layout)
    with _closed_if_it_fails(reader):
        return SideConnections(reader, _connect(path, layout))


def _connect(path: Path | str, layout: SideLayout) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False)
    with _closed_if_it_fails(connection):
        for setting in (f"page_size={layout.page_size}", *_SETTINGS):
            with closing(connection.execute(f"PRAGMA {setting}")) as cursor:
                cursor.fetchall()
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, layout.number):
            raise sqlite3.DatabaseError("another layout")
        for statement in layout.create:
            connection.execute(statement)
        connection.execute(layout.look).fetchone()
        connection.execute(f"PRAGMA user_version={layout.number}")
        connection.commit()
    return connection


@contextmanager
def _closed_if_it_fails(connection: sqlite3.Connection) -> Iterator[None]:
    with ExitStack() as undo:
        undo.callback(connection.close)
        yield
        undo.pop_all()
