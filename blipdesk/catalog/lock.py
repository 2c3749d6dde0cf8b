"""One BlipDesk per catalog: an advisory lock of the operating system, which dies with its holder."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from blipdesk.domain.errors import CatalogError, CatalogLockedError
from blipdesk.domain.wording import later

LOCK_NAME = "catalog.lock"
# Windows locks are mandatory: the locked byte lies far behind the words, so that others can read those.
_LOCKED_BYTE = 1 << 30

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def make_data_dir(data_dir: Path) -> None:
    """Make the data folder, readable by its owner alone; a folder that is there keeps its mode.

    Raises:
        CatalogError: it cannot be made.
    """
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        try:
            data_dir.mkdir(mode=0o700)
        except FileExistsError:
            if not data_dir.is_dir():
                raise
    except OSError as error:
        raise CatalogError(
            later("The data folder {data_dir} cannot be made ({reason}).").format(
                data_dir=data_dir, reason=error.strerror or error
            ),
            later("Choose another one with --data-dir."),
        ) from error


class InstanceLock:
    """The lock on ``<data_dir>/catalog.lock``; held by one process, released by its end, however it ends.

    The words in the file say who holds it, for the person; nothing is ever decided by them.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._path = data_dir / LOCK_NAME
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock; False when another holds it.

        Raises:
            CatalogError: the data folder cannot be made or written.
        """
        if self._descriptor is not None:
            return True
        make_data_dir(self._data_dir)
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CatalogError(
                later("The data folder {data_dir} cannot be written ({reason}).").format(
                    data_dir=self._data_dir, reason=error.strerror or error
                ),
                later("Allow your user account to write there, or choose another one with --data-dir."),
            ) from error
        if not _try_lock(descriptor):
            os.close(descriptor)
            return False
        words = later("process {pid} on {host}, since {time}").format(
            pid=os.getpid(), host=socket.gethostname(), time=time.strftime("%Y-%m-%d %H:%M:%S")
        )
        with suppress(OSError):  # a full or failing disk: the lock holds without its words
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, words.encode("utf-8", "replace"))
        self._descriptor = descriptor
        with _guard:
            _held[_key(self._data_dir)] = self
        return True

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._descriptor is not None:
            with _guard:
                _held.pop(_key(self._data_dir), None)
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> str:
        """Who holds the lock, in words; empty when nobody said."""
        try:
            return self._path.read_bytes()[:200].decode("utf-8", "replace").strip()
        except OSError:
            return ""


_guard = threading.Lock()
_held: dict[str, InstanceLock] = {}
_writing: set[str] = set()


def _key(data_dir: Path) -> str:
    return os.path.realpath(data_dir)


def claim_writing(data_dir: Path) -> Callable[[], None]:
    """Become the one writer of a catalog: under the lock this process holds, or by taking it.

    Two connections that write and checkpoint together can corrupt a database (SQLite before 3.51.3), so a
    second writer is refused, in this process too.

    Returns:
        What gives the claim back.

    Raises:
        CatalogLockedError: another writer has it.
    """
    key = _key(data_dir)
    with ExitStack() as claim:
        with _guard:
            free, held = key not in _writing, key in _held
            if free:
                _writing.add(key)
                claim.callback(_writing.discard, key)
        if free and not held:
            lock = InstanceLock(data_dir)
            free = lock.acquire()
            claim.callback(lock.release)
        if not free:
            holder = InstanceLock(data_dir).holder() or later("another process")
            raise CatalogLockedError(
                later("The catalog in {data_dir} is in use ({holder}).").format(
                    data_dir=data_dir, holder=holder
                ),
                later("Use that BlipDesk, or close it first."),
            )
        return claim.pop_all().close
