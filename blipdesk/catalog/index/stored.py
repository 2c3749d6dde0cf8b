"""The files of snapshots: written whole or not at all, read in parts as they are asked for."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt


class SnapshotError(Exception):
    """The file is no whole snapshot of this version."""


class StoredArray:
    """An array of a snapshot, of which parts are read as they are asked for.

    Not mapped: so it takes no memory of this process, a file that is cut short ends nothing, and 200,000
    numbers cost 0.1 ms more.
    """

    def __init__(self, file: StoredFile, kind: str, count: int, offset: int) -> None:
        self._file = file
        self._kind = np.dtype(kind)
        self._count = count
        self._offset = offset

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice, /) -> npt.NDArray[Any]:
        start, stop, _ = part.indices(self._count)
        size = self._kind.itemsize
        data = self._file.read((self._offset + start * size,), max(0, stop - start) * size)
        return np.frombuffer(data, self._kind)


class StoredColumns(Mapping[str, npt.NDArray[Any]]):
    """Arrays of a snapshot that are read whole when they are first asked for."""

    def __init__(self, stored: Mapping[str, StoredArray]) -> None:
        self._stored = stored
        self._read: dict[str, npt.NDArray[Any]] = {}

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        if name not in self._read:
            self._read[name] = self._stored[name][:]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


class StoredFile:
    """A snapshot's file, open for as long as its arrays are in use; any thread may read.

    Args:
        file: open for reading; closed with this.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._guard = threading.Lock()

    def read(self, offsets: Sequence[int], size: int) -> bytes:
        """As many bytes from each of some offsets, one after the other.

        Raises:
            SnapshotError: the file is no longer what it was.
        """
        try:
            found = b"".join(self._pieces(offsets, size))
        except OSError as error:
            raise SnapshotError(f"cannot be read ({error.strerror or error})") from error
        if len(found) != len(offsets) * size:
            raise SnapshotError("cut short")
        return found

    def _pieces(self, offsets: Sequence[int], size: int) -> list[bytes]:
        if not hasattr(os, "pread"):
            with self._guard:
                return [self._file.read(size) for offset in offsets if self._file.seek(offset) >= 0]
        descriptor = self._file.fileno()
        if hasattr(os, "posix_fadvise") and len(offsets) > 1:
            for offset in offsets:  # a disk reads many at once much sooner than one after the other
                os.posix_fadvise(descriptor, offset, size, os.POSIX_FADV_WILLNEED)
        return [os.pread(descriptor, size, offset) for offset in offsets]


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write a snapshot's file under another name, which becomes its own when all of it is on the disk.

    After a failure there is none of this name.  The folder is not synced: where a crash takes the name away,
    the file is not there, and made anew.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)  # of a failure
