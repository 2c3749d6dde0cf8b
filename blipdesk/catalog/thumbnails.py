"""The thumbnail cache: a database of its own, beside the catalog.  Losing it loses nothing.

Bare ``sqlite3``: one table, no migrations; a file that is damaged or of another layout is dropped and made
anew.  Reads come from any thread; writes are gathered and committed by the thread ``thumbnail-writer``.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from pathlib import Path

from blipdesk.catalog.files import SIDE_FILES, beside
from blipdesk.catalog.lock import make_data_dir

_log = logging.getLogger(__name__)

THUMBS_NAME = "thumbs.db"
_LAYOUT = 1
_LOOK = "SELECT photo_id, content_hash, jpeg FROM thumb LIMIT 1"
_MEMORY = ":memory:"
_PAUSE = 0.25  # seconds that puts are gathered
_SETTINGS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000")


class ThumbnailStore:
    """JPEG thumbnails by photo and content hash."""

    def __init__(self, reader: sqlite3.Connection, writer: sqlite3.Connection | None) -> None:
        """Made by :meth:`open`; ``writer`` may be the reader (in memory), None for reading alone."""
        self._reader = reader
        self._reading = threading.Lock()
        self._gathered: dict[int, tuple[str, bytes]] = {}
        self._writing: dict[int, tuple[str, bytes]] = {}
        self._changed = threading.Condition()
        self._closed = writer is None
        self._thread: threading.Thread | None = None
        if writer is not None:
            self._thread = threading.Thread(
                target=self._run, args=(writer,), name="thumbnail-writer", daemon=True
            )
            self._thread.start()

    @classmethod
    def open(cls, data_dir: Path, *, writer: bool = True) -> ThumbnailStore:
        """Open the cache of a data folder, anew when it is damaged.

        A cache that cannot be used now (a full disk, locked) is left as it is, and thumbnails are kept in
        memory.  ``writer`` false only reads what is there: nothing is made, and a put is dropped.
        """
        path = data_dir / THUMBS_NAME
        if not writer:
            try:
                return cls(_read_only(path), None)
            except sqlite3.DatabaseError:
                return cls(_connect(_MEMORY), None)
        make_data_dir(data_dir)
        try:
            return cls(*_pair(path))
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                return cls._in_memory(error)
            _log.warning("the thumbnail cache is made anew: %s", error)
            for end in ("", *SIDE_FILES):
                with suppress(OSError):
                    beside(path, end).unlink()
        try:
            return cls(*_pair(path))
        except sqlite3.DatabaseError as error:
            return cls._in_memory(error)

    @classmethod
    def _in_memory(cls, error: sqlite3.DatabaseError) -> ThumbnailStore:
        _log.warning("thumbnails are kept in memory until the next start: %s", error)
        connection = _connect(_MEMORY)
        return cls(connection, connection)

    def get(self, photo_id: int, content_hash: str) -> bytes | None:
        """The thumbnail of a photo's content; None when it is not cached."""
        with self._changed:
            waiting = self._gathered.get(photo_id) or self._writing.get(photo_id)
        if waiting is not None and waiting[0] == content_hash:
            return waiting[1]
        try:
            with self._reading:
                row = self._reader.execute(
                    "SELECT jpeg FROM thumb WHERE photo_id = ? AND content_hash = ?", (photo_id, content_hash)
                ).fetchone()
        except sqlite3.Error as error:
            _log.warning("a thumbnail could not be read: %s", error)
            return None
        return None if row is None else bytes(row[0])

    def put(self, photo_id: int, content_hash: str, jpeg: bytes) -> None:
        """Keep a thumbnail; returns at once, :meth:`get` has it from now on."""
        with self._changed:
            if not self._closed:
                self._gathered[photo_id] = (content_hash, jpeg)
                self._changed.notify()

    def rekey(self, photo_id: int, old_hash: str, new_hash: str) -> None:
        """Our own write changed the file's bytes, not its picture: the thumbnail stays good."""
        jpeg = self.get(photo_id, old_hash)
        if jpeg is not None:
            self.put(photo_id, new_hash, jpeg)

    def close(self) -> None:
        """Write what was gathered and close; a second call does nothing."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
        with self._reading:
            self._reader.close()

    def _run(self, connection: sqlite3.Connection) -> None:
        while True:
            with self._changed:
                while not self._gathered and not self._closed:
                    self._changed.wait()
                if not self._closed:
                    self._changed.wait_for(lambda: self._closed, _PAUSE)
                self._writing, self._gathered = self._gathered, {}
            self._commit(connection)
            with self._changed:
                self._writing = {}
                if self._closed and not self._gathered:
                    break
        if connection is not self._reader:
            connection.close()

    def _commit(self, connection: sqlite3.Connection) -> None:
        rows = [(photo_id, content_hash, jpeg) for photo_id, (content_hash, jpeg) in self._writing.items()]
        if not rows:
            return
        try:
            with self._reading if connection is self._reader else nullcontext(), connection:
                connection.executemany("INSERT OR REPLACE INTO thumb VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:  # a cache: the thumbnail is made again when it is wanted
            _log.warning("thumbnails could not be kept: %s", error)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """True when the file itself is at fault; every other error may pass."""
    words = str(error)
    return "malformed" in words or not isinstance(error, sqlite3.OperationalError)


def _read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    with _closed_if_it_fails(connection):
        connection.execute(_LOOK).fetchone()
    return connection


def _pair(path: Path) -> tuple[sqlite3.Connection, sqlite3.Connection]:
    """A connection to read and one to write."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    reader = _connect(path)
    with _closed_if_it_fails(reader):
        return reader, _connect(path)


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False)
    with _closed_if_it_fails(connection):
        # Thumbnails are 10-40 KB: large pages keep one in two or three of them.
        connection.execute("PRAGMA page_size=16384").close()
        for setting in _SETTINGS:
            with closing(connection.execute(f"PRAGMA {setting}")) as cursor:
                cursor.fetchall()
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _LAYOUT):
            raise sqlite3.DatabaseError("another layout")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS thumb (photo_id INTEGER PRIMARY KEY, content_hash TEXT NOT NULL,"
            " jpeg BLOB NOT NULL)"
        )
        connection.execute(_LOOK).fetchone()
        connection.execute(f"PRAGMA user_version={_LAYOUT}")
        connection.commit()
    return connection


@contextmanager
def _closed_if_it_fails(connection: sqlite3.Connection) -> Iterator[None]:
    with ExitStack() as undo:
        undo.callback(connection.close)
        yield
        undo.pop_all()
