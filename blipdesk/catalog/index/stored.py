"""Arrays in a file, of which parts are read as they are asked for."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
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
