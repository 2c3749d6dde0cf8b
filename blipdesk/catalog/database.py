"""Connections: one thread owns the only writing one, readers come from a small pool.

Every write is one function run between BEGIN IMMEDIATE and COMMIT on the writer thread; any exception
rolls it back whole.  BEGIN IMMEDIATE because a deferred transaction that reads and then writes fails at
once when another writes between (SQLITE_BUSY_SNAPSHOT, which no busy timeout helps).
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, Row, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.freed import hand_back_freed
from blipdesk.domain.wording import later

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"
"""A row of whatever columns were asked for."""

BUSY_SECONDS = 10.0
CLOSED = later("The catalog is closed.")
"""Said to what asks later."""
_MAPPED = 256 << 20
"""Bytes of the catalog that a reading connection may map."""
LONG_SECONDS = 0.05
"""A read of so long went through much of a large catalog, and gives back what its connection holds of that.

Four connections had read a million photos when the window was there: each held up to 256 MiB of the file
mapped, and copied pages.  Where the file is in the system's cache, 161 MiB of it are read in less than 0.2 s.
"""
MANY = 5000
"""A change of more photos than this names none: refreshing everything is cheaper."""


@dataclass
class Change:
    """What a transaction touched, collected while it runs and published after its COMMIT."""

    photos: set[int] = field(default_factory=set)
    added: bool = False
    folders: bool = False
    keywords: bool = False
    questions: set[int] = field(default_factory=set)
    settings: bool = False
    everything: bool = False

    def touch(self, photo_ids: Iterable[int]) -> None:
        """Note photos whose rows changed."""
        self.photos.update(photo_ids)

    def frozen(self) -> CatalogChange | None:
        """The value to publish; None when nothing that anyone shows was touched."""
        everything = self.everything or len(self.photos) > MANY
        if not (
            everything
            or self.photos
            or self.added
            or self.folders
            or self.keywords
            or self.questions
            or self.settings
        ):
            return None
        return CatalogChange(
            photos=None if everything else frozenset(self.photos),
            added=self.added,
            folders=self.folders,
            keywords=self.keywords,
            questions=frozenset(self.questions),
            settings=self.settings,
        )


@dataclass(frozen=True)
class Transaction:
    """One write under way: the connection, and what will be said of it."""

    connection: Connection
    change: Change = field(default_factory=Change)


def plain_error(error: BaseException) -> CatalogError | None:
    """An error of the disk or the file, said in words; None for a bug."""
    cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.DatabaseError) or isinstance(
        cause, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError
    ):
        return None
    words = str(cause).lower()
    if "full" in words:
        return CatalogError(
            later("The disk with the catalog is full."), later("Free some space; nothing is lost.")
        )
    if "readonly" in words or "read-only" in words:
        return CatalogError(
            later("The catalog cannot be written."), later("Allow your user account to write its folder.")
        )
    if "locked" in words or "busy" in words:
        return CatalogError(
            later("The catalog is in use by another program."), later("Close that program and try again.")
        )
    if "malformed" in words or "not a database" in words:
        return CatalogError(
            later("The catalog is damaged."),
            later("Close BlipDesk; the next start sets it aside and names the backups."),
        )
    if "i/o" in words or "unable to open" in words:
        return CatalogError(
            later("The disk with the catalog failed."), later("Check the disk, then start BlipDesk again.")
        )
    return None


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors of the disk into :class:`CatalogError`; bugs pass as they are."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        known = plain_error(error)
        if known is None:
            raise
        raise known from error


def writing_engine(path: Path) -> Engine:
    """The engine of the one writing connection."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        ),
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: Any) -> None:
        # FULL costs 0.2 ms a commit and keeps acknowledged captions through a power loss.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.execute("PRAGMA cache_size=-65536").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(path: Path) -> Engine:
    """The engine of the readers: ``query_only``, each read in one snapshot."""
    uri = path.resolve().as_uri() + "?mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        ),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=12,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: Any) -> None:
        for pragma in ("query_only=ON", "temp_store=MEMORY", "cache_size=-8192", f"mmap_size={_MAPPED}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _driver(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _give_back(connection: sqlite3.Connection) -> None:
    """Free the copied pages, and map the file anew: none of its pages is in memory for us then."""
    for pragma in ("shrink_memory", "mmap_size=0", f"mmap_size={_MAPPED}"):
        connection.execute(f"PRAGMA {pragma}").close()
    hand_back_freed()


class Database:
    """The connections of one open catalog.

    Owns the writer thread ``catalog-writer``; :meth:`write` and :meth:`read` may be called from any thread.
    """

    def __init__(self, path: Path, *, writer: bool) -> None:
        self.path = path
        self._readers = reading_engine(path)
        self._subscribers: list[Callable[[CatalogChange], None]] = []
        self._tasks: SimpleQueue[Callable[[Connection], None] | None] = SimpleQueue()
        self._closed = False
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._writer: Engine | None = None
        if writer:
            self._writer = writing_engine(path)
            with plain_errors():
                connection = self._writer.connect()
            self._thread = threading.Thread(
                target=self._run, args=(connection,), name="catalog-writer", daemon=True
            )
            self._thread.start()

    # ------------------------------------------------------------------------------------ writing

    def write(self, function: Callable[[Transaction], _T]) -> _T:
        """Run ``function`` in one transaction on the writer thread; returns after its COMMIT.

        Raises:
            CatalogError: it could not be written, or the catalog is closed; nothing of it was kept.
        """
        if self._thread is None:
            raise CatalogError(
                later("The catalog was opened for reading only."), later("Close the other BlipDesk first.")
            )
        if threading.current_thread() is self._thread:
            raise RuntimeError("a subscriber may not write: it runs on the writer thread")
        future: Future[_T] = Future()

        def task(connection: Connection) -> None:
            self._perform(connection, function, future)

        with self._guard:
            if self._closed:
                raise CatalogError(CLOSED, "")
            self._tasks.put(task)
        with plain_errors():
            return future.result()

    def _perform(
        self, connection: Connection, function: Callable[[Transaction], _T], future: Future[_T]
    ) -> None:
        transaction = Transaction(connection)
        try:
            with connection.begin():
                result = function(transaction)
        except BaseException as error:  # noqa: BLE001 - handed to the caller, who waits for it
            future.set_exception(error)
            return
        change = transaction.change.frozen()
        if change is not None:
            self.publish(change)
        future.set_result(result)

    def _run(self, connection: Connection) -> None:
        while (task := self._tasks.get()) is not None:
            task(connection)

    def publish(self, change: CatalogChange) -> None:
        """Tell the subscribers; one that fails is logged and does not harm the others."""
        for callback in tuple(self._subscribers):
            try:
                callback(change)
            except Exception:  # noqa: BLE001 - a view's bug must not end the writer
                _log.exception("a subscriber of the catalog failed")

    def subscribe(self, callback: Callable[[CatalogChange], None]) -> Callable[[], None]:
        """Have ``callback`` called on the writer thread after each COMMIT; returns what ends that."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    # ------------------------------------------------------------------------------------ reading

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading connection with a snapshot of its own, for the thread that asks.

        Raises:
            CatalogError: it could not be read, or the catalog is closed.
        """
        if self._closed:  # else the pool makes a connection that nobody closes
            raise CatalogError(CLOSED, "")
        began = time.monotonic()
        with plain_errors(), self._readers.connect() as connection:
            with connection.begin():
                yield connection
            if time.monotonic() - began > LONG_SECONDS:
                _give_back(_driver(connection))

    @contextmanager
    def read_raw(self) -> Iterator[sqlite3.Connection]:
        """As :meth:`read`, the bare driver connection: a million rows in a quarter of the time."""
        with self.read() as connection:
            yield _driver(connection)

    def close(self) -> None:
        """Finish what was handed in, then close every connection; a second call does nothing."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            self._tasks.put(None)
        if self._thread is not None:
            self._thread.join()
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
