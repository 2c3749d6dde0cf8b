"""The thumbnail cache: a database of its own, beside the catalog.  Losing it loses nothing.

Bare ``sqlite3``: one table, no migrations; a file that is damaged or of another layout is dropped and made
anew.  Reads come from any thread; writes are gathered and committed by the thread ``thumbnail-writer``.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import nullcontext
from pathlib import Path

from blipdesk.catalog.side_database import SideLayout, open_side

_log = logging.getLogger(__name__)

_LAYOUT = SideLayout(
    file_name="thumbs.db",
    title="the thumbnail cache",
    number=1,
    page_size=16384,  # thumbnails are 10-40 KB: two or three pages
    create=(
        "CREATE TABLE IF NOT EXISTS thumb (photo_id INTEGER PRIMARY KEY, content_hash TEXT NOT NULL,"
        " jpeg BLOB NOT NULL)",
    ),
    look="SELECT photo_id, content_hash, jpeg FROM thumb LIMIT 1",
)
_PAUSE = 0.25  # seconds that puts are gathered


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
        side = open_side(data_dir, _LAYOUT, writer=writer)
        return cls(side.reader, side.writer)

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
