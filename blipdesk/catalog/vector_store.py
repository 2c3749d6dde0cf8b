"""The vectors of sentences and of pictures, in databases beside the catalog.

Losing one costs computing time alone.  A vector stands under a digest of its sentence, or of its picture's
pixels, and of the model, and of no photo: equal captions (one in five of a model's) share one, a picture that
lies in two places has one, and nothing has to follow what happens to photos.  In the catalog itself they
would make every backup 400 MB larger at a million photos.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from blipdesk.catalog.side_database import SideLayout, drop_side, is_damage, open_side

_log = logging.getLogger(__name__)

SENTENCES = SideLayout(
    file_name="meaning.db",
    title="what was read of the captions' meaning",
    number=1,
    page_size=8192,  # twenty vectors of 384 bytes: half of it stays empty with pages of 4096
    create=("CREATE TABLE IF NOT EXISTS meaning (key INTEGER PRIMARY KEY, vector BLOB NOT NULL)",),
    look="SELECT key, vector FROM meaning LIMIT 1",
)
_CHOSEN = "FROM meaning WHERE key IN (SELECT value FROM json_each(?)) AND length(vector) = ?"
PICTURES = replace(SENTENCES, file_name="pictures.db", title="what was seen in the pictures")


def key_of(sentence: str, model_key: str) -> int:
    """What a sentence's vector is kept under: 64 bits (among a million two are equal once in 37 million)."""
    digest = blake2b(sentence.encode("utf-8", "replace"), digest_size=8, key=model_key.encode()[:64])
    return int.from_bytes(digest.digest(), "little", signed=True)


def key_of_picture(pixel_hash: str, model_key: str) -> int:
    """What a picture's vector is kept under, likewise."""
    digest = blake2b(f"{pixel_hash} {model_key}".encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "little", signed=True)


class VectorStore:
    """Vectors by key, as bytes; from any thread.

    What cannot be read or kept is as if it were not there, and is computed again.  A file that turns out to
    be damaged is dropped and made anew at once.
    """

    def __init__(
        self,
        data_dir: Path,
        layout: SideLayout,
        reader: sqlite3.Connection,
        writer: sqlite3.Connection | None,
    ) -> None:
        """Made by :meth:`open`."""
        self._data_dir, self._layout = data_dir, layout
        self._reader, self._reading = reader, threading.Lock()
        self._writer = writer
        self._writing = self._reading if writer is reader else threading.Lock()

    @classmethod
    def open(cls, data_dir: Path, layout: SideLayout = SENTENCES, *, writer: bool = True) -> VectorStore:
        """Open a store of a data folder, anew when it is damaged.

        ``writer`` false only reads what is there: nothing is made, and a put is dropped.
        """
        side = open_side(data_dir, layout, writer=writer)
        return cls(data_dir, layout, side.reader, side.writer)

    def vectors(self, keys: Sequence[int], size: int) -> dict[int, bytes]:
        """Those of these that are there, of so many bytes; another one is as if it were not there."""
        return dict(self._rows(f"SELECT key, vector {_CHOSEN}", keys, size))

    def known(self, keys: Sequence[int], size: int) -> set[int]:
        """Which of these are there, likewise."""
        return {key for (key,) in self._rows(f"SELECT key {_CHOSEN}", keys, size)}

    def _rows(self, statement: str, keys: Sequence[int], size: int) -> list[Any]:
        asked = json.dumps(list(keys)), size
        try:
            with self._reading:
                reader = self._reader
                with closing(reader.execute(statement, asked)) as cursor:
                    return cursor.fetchall()
        except sqlite3.Error as error:
            self._note(error, reader)
            return []

    def put(self, vectors: Mapping[int, bytes]) -> bool:
        """Keep vectors; on the disk when this returns.  False where they could not be kept."""
        statement = "INSERT OR REPLACE INTO meaning VALUES (?, ?)"
        return self._write(lambda connection: connection.executemany(statement, sorted(vectors.items())))

    def count(self) -> int:
        """How many there are; reads the whole index of the file."""
        try:
            with self._reading:
                reader = self._reader
                with closing(reader.execute("SELECT count(*) FROM meaning")) as cursor:
                    return int(cursor.fetchone()[0])
        except sqlite3.Error as error:
            self._note(error, reader)
            return 0

    def keep_only(self, keys: Iterable[array[int]]) -> None:
        """Drop the vectors that no photo needs any more.

        Args:
            keys: all that are to stay, in any pages.
        """

        def prune(connection: sqlite3.Connection) -> None:
            # Else the table stays behind when what follows fails, and is in the way of every later pruning.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TEMP TABLE kept (key INTEGER PRIMARY KEY)")
            for page in keys:
                connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", zip(page))
            connection.execute("DELETE FROM meaning WHERE key NOT IN (SELECT key FROM kept)")
            connection.execute("DROP TABLE kept")

        self._write(prune)

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> bool:
        for _ in range(2):
            with self._writing:
                writer = self._writer
                if writer is None:
                    return False
                try:
                    with writer:
                        work(writer)
                    return True
                except sqlite3.Error as error:
                    failure = error
            if not self._note(failure, writer):
                break
        return False

    def _note(self, error: sqlite3.Error, failed: sqlite3.Connection) -> bool:
        """Tell of an error of a connection; whether it was damage, and there is another file by now."""
        _log.warning("%s cannot be used: %s", self._layout.title, error)
        if not is_damage(error) or self._writing is self._reading:
            return False
        with self._writing, self._reading:
            if self._writer is None:
                return False
            if failed in (self._reader, self._writer):  # else another thread was here before
                self._reader.close()
                self._writer.close()
                drop_side(self._data_dir, self._layout)
                side = open_side(self._data_dir, self._layout, writer=True)
                self._reader, self._writer = side.reader, side.writer
                _log.warning("%s was damaged, and is made anew", self._layout.title)
        return True

    def close(self) -> None:
        """Close; what is asked for later is not there."""
        with self._writing:
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.close()
        if self._writing is not self._reading:
            with self._reading:
                self._reader.close()
