"""Keeping the index up with the catalog: from a snapshot or from the rows, and then change by change.

The thread ``search-index`` of a writer does what takes long: it makes snapshots of a large catalog (in a
child process) and takes up changes as they come, so that a key finds few of them left.  A search takes those
few up itself.  Where there are many, a key is answered without them, and the search when the typing rests
takes them up; where there are very many, or no state yet that ever had all, nothing is answered from memory,
but by SQLite: by whole words, since it knows no beginnings of words that have another stem.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from blipdesk.catalog.database import Database
from blipdesk.catalog.index.changes import (
    Changed,
    changed_since,
    count_changed,
    followed,
    is_behind,
)
from blipdesk.catalog.index.checking import matches
from blipdesk.catalog.index.making import INDEX, Named, Snapshots, named_snapshot
from blipdesk.catalog.index.segment import Base, last_change, read_base
from blipdesk.catalog.index.sizes import is_large, is_outgrown
from blipdesk.catalog.index.state import State, state_of
from blipdesk.catalog.index.stored import SnapshotError
from blipdesk.domain.errors import CatalogError
from blipdesk.domain.events import CatalogChange

_log = logging.getLogger(__name__)

_PAGE = 10_000
"""So many changes are taken up at a time (0.5 s): 56,000 in 2.3 s, by 2,000 at a time in 8.9, since segments
that become many are read anew."""
_MOST_BY_KEY = 2000
"""A key leaves more than that to the thread (0.1 s), ..."""
_MOST = 20_000
"""... and other searches more than so many (1 s)."""
_OUTGROWN = 0.1
"""The part of a base that may have changed before a new one is made."""
_AGAIN = 0.5
"""The same of a small catalog, which is read anew then: what a word weighs hangs on how long captions are in
general, and the first search may come before the first caption."""
_PAUSE = 0.5
"""Seconds that the thread lets changes gather."""


class Keeper:
    """Owns the state of the index, and for a writer the thread ``search-index``; any thread may ask."""

    def __init__(self, database: Database, data_dir: Path, *, writer: bool) -> None:
        self._database = database
        self._snapshots = Snapshots(INDEX, database, data_dir)
        self._writer = writer
        self._state: State | None = None
        self._whole: int | None = None
        """The last change in the last state that had all in it; None: none had yet."""
        self._named = Named()
        self._guard = threading.Lock()
        """Held to make a state of another."""
        self._upkeep = threading.Lock()
        """Held to look whether a snapshot is due, to make it, and to put it in place."""
        self._work, self._ended = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    # ------------------------------------------------------------------------------------ for a search

    def current(self, connection: sqlite3.Connection, *, typed: bool = False) -> State | None:
        """The state as of this connection's snapshot, or a later one; None: it has to be made first.

        Args:
            connection: a reading one.
            typed: another key or search follows, so that the last state will do where much changed since.
        """
        state = self._state
        if state is not None and state.seq >= last_change(connection):
            return state
        with self._guard:
            self._begin()
            return self._brought_up(connection, wait=not self._writer, typed=typed)

    def known(self, connection: sqlite3.Connection) -> State | None:
        """The last state, whatever changed since: for one who looks after that."""
        with self._guard:
            self._begin()
            state = self._loaded(connection)
        self._work.set()
        return state

    def ready(self) -> None:
        """Wait until searches are answered from memory; for a writer, make a snapshot where one is due."""
        if self._writer:
            self._keep_up()
        with self._database.read_raw() as connection, self._guard:
            self._brought_up(connection, wait=True)

    def keep(self, *, wait: bool) -> None:
        """Make the snapshot of a large catalog, for its writer, where one is due.

        Args:
            wait: until that is done; else the thread does it.
        """
        if not self._writer:
            return
        if not wait:
            with self._guard:
                self._begin()
            self._work.set()
            return
        with self._database.read_raw() as connection:
            has_snapshots = is_large(connection)
        if has_snapshots:
            self._keep_up()

    def check(self) -> bool:
        """Whether the state, or the snapshot, is what the catalog's rows say; else it is made anew.

        One that is not there yet is none that could be wrong.
        """
        with self._upkeep:
            with self._database.read_raw() as connection, self._guard:
                named = named_snapshot(connection)
                if self._state is None and self._snapshots.read(named) is None:
                    return True
                state = self._brought_up(connection, wait=True)
                if state is not None and _is_right(state, connection):
                    return True
                has_snapshots = is_large(connection)
            self._snapshots.forget()
            with self._guard:
                self._state = None
            base = self._snapshots.make() if has_snapshots else None
            if base is not None:
                self._put(base)
        return False

    def give_up(self, state: State, error: SnapshotError) -> None:
        """Let a state go whose snapshot cannot be read any more; it is made anew."""
        with self._guard:
            if self._state is state:
                self._lose(error)

    def _lose(self, error: SnapshotError) -> None:
        _log.warning("the search index was lost: %s", error)
        self._state = None
        self._work.set()

    def _brought_up(self, connection: sqlite3.Connection, *, wait: bool, typed: bool = False) -> State | None:
        """Take up what changed, or leave it to the thread where it takes long and nobody waits for it."""
        state = self._loaded(connection) or (self._read(connection) if wait else None)
        most = _MOST_BY_KEY if typed else _MOST
        if state is not None and not wait and is_behind(connection, state.seq, most):
            self._work.set()
            # A snapshot may be of last week: what is gone since is not to be listed at every start.
            is_fit = typed and self._whole is not None and state.seq >= self._whole
            return state if is_fit else None
        while state is not None and state.seq < last_change(connection):
            changed = changed_since(connection, state.seq, _PAGE)
            state = self._follow(connection, state, changed) or (self._read(connection) if wait else None)
        if state is None:
            self._work.set()
        else:
            self._whole = state.seq
        return state

    def _follow(self, connection: sqlite3.Connection, state: State, changed: Changed) -> State | None:
        """Go over to the next state; None: the snapshot cannot be read any more."""
        try:
            self._state = followed(connection, state, changed)
        except SnapshotError as error:
            self._lose(error)
        return self._state

    def _loaded(self, connection: sqlite3.Connection) -> State | None:
        """A state that can be brought up: this one, or the snapshot's, or that of a small catalog."""
        named = named_snapshot(connection)
        if named != self._named:
            self._named = named
            if self._state is not None and self._state.seq < named.seq:
                self._state = None  # the snapshot has what it would have to take up
        if self._state is None:
            if not is_large(connection):
                return self._read(connection)
            base = self._snapshots.read(named)
            self._state = None if base is None else _begun(base)
        return self._state

    def _read(self, connection: sqlite3.Connection) -> State:
        self._state = state = _begun(read_base(connection))
        return state

    # ------------------------------------------------------------------------------------ in the background

    def _begin(self) -> None:
        if self._writer and self._thread is None and not self._ended.is_set():
            self._unsubscribe = self._database.subscribe(self._on_change)
            self._thread = threading.Thread(target=self._run, name="search-index", daemon=True)
            self._thread.start()

    def _on_change(self, _: CatalogChange) -> None:
        self._work.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._work.wait()
            self._work.clear()
            try:
                self._keep_up()
            except CatalogError as error:  # the disk is gone or full; a search says so itself
                _log.warning("the search index was not brought up: %s", error)
            except Exception:  # noqa: BLE001 - the top of the thread; searches go on with SQLite
                _log.exception("keeping the search index up failed")
            self._ended.wait(_PAUSE)

    def _keep_up(self) -> None:
        """Make a snapshot where one is due, then take up what changed, a page at a time."""
        with self._upkeep:
            base = None if self._ended.is_set() else self._new_base()
            if base is not None:
                self._put(base)
        while not self._ended.is_set():
            with self._database.read_raw() as connection, self._guard:
                state = self._state or (self._loaded(connection) if is_large(connection) else None)
                if state is None:
                    return
                if state.seq >= last_change(connection):
                    self._whole = state.seq
                    return
                if self._follow(connection, state, changed_since(connection, state.seq, _PAGE)) is None:
                    return

    def _put(self, base: Base) -> None:
        """Search in a base from now on, unless a newer one was read meanwhile."""
        with self._guard:
            if self._state is None or self._state.base.seq <= base.seq:
                self._state = _begun(base)

    def _new_base(self) -> Base | None:
        """What is to be searched from now on; None: what is there, or nothing can be made."""
        if self._is_due():
            return self._snapshots.make()
        with self._database.read_raw() as connection:
            if is_large(connection):
                return None
            base, state = None, self._state
            if state is not None:
                is_stale = _stale(state, connection) > _AGAIN * state.base.segment.size
                has_shrunk = bool(named_snapshot(connection).name)
                base = read_base(connection) if is_stale or has_shrunk else None
        self._snapshots.drop()
        return base

    def _is_due(self) -> bool:
        """Whether a large catalog has no usable snapshot, or has changed much since."""
        with self._database.read_raw() as connection, self._guard:
            if not is_large(connection):
                return False
            state = self._loaded(connection)
            if state is None or not self._named.name:
                return True
            return is_outgrown(_stale(state, connection), state.base.segment.size, _OUTGROWN)

    def close(self) -> None:
        """End the thread and a making that is under way; a second call does nothing."""
        self._unsubscribe()
        with self._guard:
            self._ended.set()
        self._work.set()
        self._snapshots.end()
        if self._thread is not None:
            self._thread.join()


def _stale(state: State, connection: sqlite3.Connection) -> int:
    """How many photos changed since a state's base, as often as they did."""
    return state.size - state.base.segment.size + count_changed(connection, state.seq)


def _is_right(state: State, connection: sqlite3.Connection) -> bool:
    try:
        return matches(state, connection)
    except SnapshotError:
        return False


def _begun(base: Base) -> State:
    """The state that a base begins."""
    return state_of(base, (), base.seq, np.zeros(0, np.bool_))
