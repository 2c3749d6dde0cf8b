"""Snapshots beside the catalog: found, made in a process of its own, and those of yesterday swept out.

A snapshot has a name that no other ever has, and the catalog itself says which one is its own and up to which
change it goes (a setting).  So a catalog that was restored from a backup never meets the
snapshot of another past, and a killed making leaves a file that nobody names.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from blipdesk.catalog.database import Database
from blipdesk.catalog.index.child import FLAG
from blipdesk.catalog.index.segment import Base
from blipdesk.catalog.index.sizes import FOLDER
from blipdesk.catalog.index.snapshot import read_snapshot
from blipdesk.catalog.index.stored import SnapshotError
from blipdesk.catalog.index.vector_files import VectorBase, read_vectors_file
from blipdesk.catalog.settings import read_setting, write_setting
from blipdesk.domain.children import CREATION_FLAGS, child_environment, python_command

_log = logging.getLogger(__name__)

_REST_SECONDS = 600.0
"""After a making that failed, of a full disk say, the next one waits."""


class HasSeq(Protocol):
    """What a snapshot holds."""

    @property
    def seq(self) -> int:
        """The last change that is in it."""
        ...


_Held = TypeVar("_Held", bound=HasSeq)


@dataclass(frozen=True, slots=True)
class SnapshotKind(Generic[_Held]):
    """What is kept in snapshots."""

    setting: str
    """Where the catalog names its own, and what the process that makes it is told."""
    title: str
    """In the middle of a sentence."""
    suffix: str
    read: Callable[[Path], _Held]
    """Reads a file, or raises :class:`SnapshotError`."""


INDEX: SnapshotKind[Base] = SnapshotKind("search_index", "the search index", ".index", read_snapshot)
VECTORS: SnapshotKind[VectorBase] = SnapshotKind(
    "search_vectors", "the index by meaning", ".vectors", read_vectors_file
)
PICTURES: SnapshotKind[VectorBase] = SnapshotKind(
    "search_pictures", "the index by pictures", ".pictures", read_vectors_file
)


@dataclass(frozen=True, slots=True)
class Named:
    """The snapshot that a catalog names."""

    name: str = ""
    seq: int = 0
    """The last change that is in it."""


def named_snapshot(connection: sqlite3.Connection, setting: str = INDEX.setting) -> Named:
    """The catalog's own snapshot; an empty name where it has none."""
    value = read_setting(connection, setting)
    if not isinstance(value, dict) or not str(value.get("name", "")).isalnum():
        return Named()
    seq = value.get("seq")
    return Named(str(value["name"]), seq) if isinstance(seq, int) else Named()


class Snapshots(Generic[_Held]):
    """The snapshots of one catalog, of one kind."""

    def __init__(self, kind: SnapshotKind[_Held], database: Database, data_dir: Path) -> None:
        self._kind = kind
        self._database = database
        self._data_dir = data_dir
        self._folder = data_dir / FOLDER
        self._guard = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_ended = False
        self._rests_until = 0.0
        self._damaged, self._damaged_until = Named(), 0.0
        """One that could not be read is not read again at each key, which takes its whole length."""

    def read(self, named: Named) -> _Held | None:
        """The snapshot that the catalog names; None where it is not there, or damaged."""
        if not named.name or (named == self._damaged and time.monotonic() < self._damaged_until):
            return None
        try:
            base = self._kind.read(self._folder / (named.name + self._kind.suffix))
        except SnapshotError as error:
            _log.warning("%s is made anew: %s", self._kind.title, error)
            self._damaged, self._damaged_until = named, time.monotonic() + _REST_SECONDS
            return None
        return base if base.seq == named.seq else None

    def make(self) -> _Held | None:
        """Make a snapshot, the catalog's own from then on; for its writer, on any thread.

        Returns:
            What is in it; None where it could not be made just now or a short while ago, or was ended.
        """
        if time.monotonic() < self._rests_until:
            return None
        self._rests_until = time.monotonic() + _REST_SECONDS  # also where the catalog cannot be written
        made = self._made()
        if made is not None:
            self._rests_until = 0.0
        return made

    def _made(self) -> _Held | None:
        name = secrets.token_hex(8)
        path = self._folder / (name + self._kind.suffix)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._sweep("")
            if not self._run(path):
                return None
            base = self._kind.read(path)
        except (OSError, SnapshotError) as error:
            _log.warning("%s was not made: %s", self._kind.title, error)
            return None
        self._name(Named(name, base.seq))
        self._sweep(path.name)
        return base

    def forget(self) -> None:
        """Let the catalog name none; for its writer."""
        self._name(Named())

    def drop(self) -> None:
        """Let a catalog that is not large, or not any more, have none; for its writer.

        A file that cannot be removed now, since it is still read on Windows, is when this is asked again.
        """
        with self._database.read_raw() as connection:
            is_named = bool(named_snapshot(connection, self._kind.setting).name)
        if is_named:
            self.forget()
        if self._folder.is_dir():
            self._sweep("")

    def _name(self, named: Named) -> None:
        """Let the catalog name a snapshot."""
        self._database.write(lambda tx: write_setting(tx, self._kind.setting, asdict(named)))

    def _run(self, path: Path) -> bool:
        command = python_command("blipdesk.catalog.index.child", FLAG)
        with self._guard:
            if self._is_ended:
                return False
            self._child = child = subprocess.Popen(
                [*command, self._kind.setting, str(self._data_dir.resolve()), str(path.resolve())],
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
            words = said.decode("utf-8", "replace")[-2000:]
            _log.warning("making %s failed (%s): %s", self._kind.title, child.returncode, words)
        return child.returncode == 0

    def _sweep(self, kept: str) -> None:
        """Remove all of the kind but this one and the catalog's own; one that is open on Windows stays."""
        with self._database.read_raw() as connection:
            own = named_snapshot(connection, self._kind.setting).name + self._kind.suffix
        for path in self._folder.iterdir():
            if self._kind.suffix in path.name and path.name not in (kept, own):
                with suppress(OSError):
                    path.unlink()

    def end(self) -> None:
        """End a making that is under way; later ones do nothing."""
        with self._guard:
            self._is_ended = True
            if self._child is not None:
                with suppress(OSError):
                    self._child.kill()
