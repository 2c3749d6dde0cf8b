"""Arrays in a file, of which parts are read as they are asked for."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Any

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
        return np.frombuffer(
            self._file.read(self._offset + start * size, max(0, stop - start) * size), self._kind
        )


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
    """A snapshot's file, open for as long as its arrays are in use; any thread may read."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self._guard = threading.Lock()

    def read(self, offset: int, size: int) -> bytes:
        """Some bytes of it.

        Raises:
            SnapshotError: the file is no longer what it was.
        """
        try:
            if hasattr(os, "pread"):
                found = os.pread(self._file.fileno(), size, offset)
            else:
                with self._guard:
                    self._file.seek(offset)
                    found = self._file.read(size)
        except OSError as error:
            raise SnapshotError(f"cannot be read ({error.strerror or error})") from error
        if len(found) != size:
            raise SnapshotError("cut short")
        return found
