"""Snapshots beside the catalog: found, made in a process of its own, and those of yesterday swept out.

A snapshot has a name that no other ever has, and the catalog itself says which one is its own and up to which
change it goes (the setting ``search_index``).  So a catalog that was restored from a backup never meets the
snapshot of another past, and a killed making leaves a file that nobody names.
"""

from __future__ import annotations

import json
import logging
import secrets
import sqlite3
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.index.child import FLAG
from blipdesk.catalog.index.segment import Base
from blipdesk.catalog.index.snapshot import SnapshotError, read_snapshot
from blipdesk.catalog.schema import SettingRow
from blipdesk.domain.children import CREATION_FLAGS, child_environment, python_command

_log = logging.getLogger(__name__)

FOLDER = "search"
"""Of the data folder."""
_SETTING = "search_index"
_SUFFIX = ".index"


@dataclass(frozen=True, slots=True)
class Named:
    """The snapshot that a catalog names."""

    name: str = ""
    seq: int = 0
    """The last change that is in it."""


def named_snapshot(connection: sqlite3.Connection) -> Named:
    """The catalog's own snapshot; an empty name where it has none."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (_SETTING,)).fetchone()
    value = None if row is None else json.loads(row[0])
    if not isinstance(value, dict) or not str(value.get("name", "")).isalnum():
        return Named()
    return Named(str(value["name"]), int(value.get("seq", 0)))


class Snapshots:
    """The snapshots of one catalog."""

    def __init__(self, database: Database, data_dir: Path) -> None:
        self._database = database
        self._data_dir = data_dir
        self._folder = data_dir / FOLDER
        self._guard = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_ended = False

    def read(self, named: Named) -> Base | None:
        """The snapshot that the catalog names; None where it is not there, or damaged."""
        if not named.name:
            return None
        try:
            base = read_snapshot(self._folder / (named.name + _SUFFIX))
        except SnapshotError as error:
            _log.warning("the search index is made anew: %s", error)
            return None
        return base if base.seq == named.seq else None

    def make(self) -> Base | None:
        """Make a snapshot, the catalog's own from then on; for its writer, on any thread.

        Returns:
            What is in it; None where it could not be made, or was ended.
        """
        name = secrets.token_hex(8)
        path = self._folder / (name + _SUFFIX)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._sweep("")
            if not self._run(path):
                return None
            base = read_snapshot(path)
        except (OSError, SnapshotError) as error:
            _log.warning("no search index was made: %s", error)
            return None
        self._database.write(lambda tx: _take(tx, Named(name, base.seq)))
        self._sweep(path.name)
        return base

    def forget(self) -> None:
        """Let the catalog name none; for its writer."""
        self._database.write(lambda tx: _take(tx, Named()))

    def _run(self, path: Path) -> bool:
        command = python_command("blipdesk.catalog.index.child", FLAG)
        with self._guard:
            if self._is_ended:
                return False
            self._child = child = subprocess.Popen(
                [*command, str(self._data_dir.resolve()), str(path.resolve())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=child_environment(),
                creationflags=CREATION_FLAGS,
            )
        assert child.stdin is not None and child.stderr is not None
        with child.stdin, child.stderr:
            said = child.stderr.read()
        child.wait()
        if child.returncode and not self._is_ended:
            _log.warning("making the search index failed (%s): %s", child.returncode, said.decode()[-2000:])
        return child.returncode == 0

    def _sweep(self, kept: str) -> None:
        """Remove all snapshots but this one and the catalog's own; one that is open on Windows stays."""
        with self._database.read_raw() as connection:
            own = named_snapshot(connection).name + _SUFFIX
        for path in self._folder.iterdir():
            if path.name not in (kept, own):
                with suppress(OSError):
                    path.unlink()

    def end(self) -> None:
        """End a making that is under way; later ones do nothing."""
        with self._guard:
            self._is_ended = True
            if self._child is not None:
                with suppress(OSError):
                    self._child.kill()


def _take(tx: Transaction, named: Named) -> None:
    """Name the snapshot in the catalog."""
    value = json.dumps({"name": named.name, "seq": named.seq})
    statement = upsert(SettingRow).values(key=_SETTING, value=value)
    tx.connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )
