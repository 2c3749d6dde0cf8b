"""The vectors of a large catalog as one file: signs and ids for memory, the numbers to be read from it.

An eight-byte mark, the length and the checksum of a header (JSON), room up to a page, then the numbers row by
row, and the other arrays, each with its checksum.  The numbers have none: 400 MB would be read at each start,
and a bit that flips in them moves one photo in one list.
"""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import zlib
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.nearest import WORD, codes_of
from blipdesk.catalog.index.photo_rows import RowMaker
from blipdesk.catalog.index.segment import last_change
from blipdesk.catalog.index.stored import SnapshotError, StoredFile, whole_file
from blipdesk.catalog.index.tokens import Integers
from blipdesk.catalog.index.vector_parts import Part, RowsInFile

VERSION = 3
"""Raised whenever a row means something else: stands for other sentences of a photo, say."""
_MARK = b"BLIPVEC\x00"
_HEAD = struct.Struct("<8sQI")
_ROWS_START = 4096
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class VectorBase:
    """What stands for a catalog's photos, as of a change."""

    part: Part
    model: str
    """The key of the model that read them."""
    width: int
    """Numbers of a row."""
    photos: Integers
    """The photos of which there is something to be read."""
    unread: Integers
    """Those of them of which not all was read."""
    keys: int
    """How many different vectors that are."""
    seq: int
    """The last change that is in it."""


def write_vectors(path: Path, connection: sqlite3.Connection, maker: RowMaker) -> None:
    """Write what stands for all photos, as of the snapshot of a reading connection.

    Raises:
        OSError: the disk is full, or the folder cannot be written; no file of this name is there then.
    """
    with whole_file(path) as file:
        file.seek(_ROWS_START)
        ids, photos, unread, keys, codes = [], [], [], [], []
        for found in maker.all_rows(connection, _PAGE):
            file.write(found.rows.tobytes())
            ids.append(found.ids)
            codes.append(codes_of(found.rows))
            photos += found.photos
            unread += found.unread
            keys.append(np.array(found.keys, np.int64))
        arrays: dict[str, npt.NDArray[Any]] = {
            "ids": np.concatenate([np.zeros(0, np.int64), *ids]),
            "codes": np.concatenate([np.zeros((maker.width // WORD, 0), np.uint64), *codes], axis=1).ravel(),
            "photos": np.array(photos, np.int64),
            "unread": np.array(unread, np.int64),
        }
        header: dict[str, Any] = {
            "version": VERSION,
            "model": maker.model,
            "width": maker.width,
            "seq": last_change(connection),
            "keys": len(np.unique(np.concatenate([np.zeros(0, np.int64), *keys]))),
            "arrays": {},
        }
        for name, array in arrays.items():
            header["arrays"][name] = [len(array), file.tell(), zlib.crc32(array.data)]
            file.write(array.data)
        header["size"] = file.tell()
        text = json.dumps(header).encode("ascii")
        file.seek(0)
        file.write(_HEAD.pack(_MARK, len(text), zlib.crc32(text)) + text)


def read_vectors_file(path: Path) -> VectorBase:
    """Read a file; its numbers stay in it, and it stays open.

    Raises:
        SnapshotError: there is none, or it is damaged or of another version.
    """
    try:
        with path.open("rb") as file:
            header = _read_header(file)
            ids = _array(file, header, "ids", np.int64)
            width = int(header["width"])
            codes = _array(file, header, "codes", np.uint64).reshape(width // WORD, len(ids))
            photos, unread = (_array(file, header, name, np.int64) for name in ("photos", "unread"))
        source = RowsInFile(StoredFile(FileIO(path)), _ROWS_START, width)
    except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
        raise SnapshotError(f"{path.name}: {error}") from error
    part = Part(ids, codes, source, np.ones(len(ids), np.bool_), _starts(ids))
    model, keys, seq = str(header["model"]), int(header["keys"]), int(header["seq"])
    return VectorBase(part, model, width, photos, unread, keys, seq)


def _starts(ids: Integers) -> Integers | None:
    """See :class:`Part`; None where the ids are in no order."""
    if not len(ids) or (np.diff(ids) < 0).any():
        return None
    return np.concatenate([[0], np.cumsum(np.bincount(ids))]).astype(np.int32)


def _read_header(file: BufferedReader) -> dict[str, Any]:
    mark, length, checksum = _HEAD.unpack(file.read(_HEAD.size))
    text = file.read(min(length, _ROWS_START))
    if mark != _MARK or len(text) != length or zlib.crc32(text) != checksum:
        raise SnapshotError("no vectors, or its header is damaged")
    header: dict[str, Any] = json.loads(text)
    if header["version"] != VERSION:
        raise SnapshotError(f"of version {header['version']}")
    if os.fstat(file.fileno()).st_size != header["size"]:
        raise SnapshotError("cut short")
    return header


def _array(file: BufferedReader, header: dict[str, Any], name: str, kind: type[Any]) -> npt.NDArray[Any]:
    count, start, checksum = header["arrays"][name]
    file.seek(start)
    array = np.fromfile(file, kind, count)
    if len(array) != count or zlib.crc32(array.data) != checksum:
        raise SnapshotError(f"{name} are damaged")
    return array
