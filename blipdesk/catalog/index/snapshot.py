"""The base of the index as one file, so that a large catalog need not be read at a start.

The file is an eight-byte mark, the length and the checksum of a header, the header (JSON), and the arrays one
after the other, each with its checksum.  One that is cut short, changed in a single bit or of another version
is none, and made anew.
"""

from __future__ import annotations

import json
import os
import struct
import time
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from blipdesk.catalog.index.columns import NAMED, Names
from blipdesk.catalog.index.file_names import FileNames, Texts
from blipdesk.catalog.index.postings import Lists, Postings, Sliced
from blipdesk.catalog.index.segment import Base, Segment
from blipdesk.catalog.index.stored import SnapshotError, StoredArray, StoredColumns, StoredFile, whole_file
from blipdesk.catalog.index.vocabulary import SortedWords, Vocabulary

VERSION = 9
"""Raised whenever an array means something else, or words are cut or stemmed otherwise."""
_MARK = b"BLIPIDX\x00"
_HEAD = struct.Struct("<8sQI")
_ALIGNED = 64
_LONGEST_HEADER = 1 << 26
_PIECE = 1 << 20
_LISTS = ("terms", "again", "serials", "keywords", "levels")


def write_snapshot(path: Path, base: Base) -> None:
    """Write a snapshot; after a failure there is none of this name.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    with whole_file(path) as file:
        _write(file, base)


def _write(file: BinaryIO, base: Base) -> None:
    arrays = {name: np.ascontiguousarray(array[:]) for name, array in _arrays(base).items()}
    described: dict[str, list[Any]] = {}
    at = 0
    for name, array in arrays.items():
        described[name] = [array.dtype.str, len(array), at, zlib.crc32(array.data)]
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps(
        {
            "version": VERSION,
            "seq": base.seq,
            "mean_length": base.mean_length,
            "columns": list(base.segment.columns),
            "names": {name: base.names[name].names[1:] for name in NAMED},
            "zone": _zone(),
            "arrays": described,
            "size": at,
        }
    ).encode()
    header += b" " * (-(_HEAD.size + len(header)) % _ALIGNED)
    file.write(_HEAD.pack(_MARK, len(header), zlib.crc32(header)) + header)
    for array in arrays.values():
        file.write(array.data)
        file.write(bytes(-array.nbytes % _ALIGNED))


def _zone() -> list[object]:
    """What the days of files' times hang on."""
    return [time.timezone, time.altzone, *time.tzname]


def _arrays(base: Base) -> dict[str, Sliced]:
    segment, words = base.segment, base.vocabulary
    postings = segment.postings
    arrays: dict[str, Sliced] = {
        "ids": segment.ids,
        "by_id": segment.by_id,
        "impacts": postings.impacts,
        "places": postings.places,
        "again_places": postings.again_places,
        "serial_places": postings.serial_places,
        "term_of_word": words.term_of_word,
        "counts": words.counts,
        "files.ends": segment.names.ends,
    }
    for name, lists in zip(
        _LISTS,
        (postings.terms, postings.again, postings.serials, segment.keywords, segment.levels),
        strict=True,
    ):
        arrays |= {f"{name}.keys": lists.keys, f"{name}.ends": lists.ends, f"{name}.docs": lists.docs}
    for name, some in (("words", words.words), ("stems", words.stems)):
        arrays |= {f"{name}.letters": some.letters, f"{name}.ends": some.ends}
    for name, texts in (("names", segment.names.names), ("lines", segment.names.words)):
        arrays |= {f"files.{name}.letters": texts.letters, f"files.{name}.ends": texts.ends}
    return arrays | {f"column.{name}": column for name, column in segment.columns.items()}


def read_snapshot(path: Path) -> Base:
    """Open a snapshot, whose arrays are read as they are used.

    Raises:
        SnapshotError: there is none, or it is damaged or of another version.
    """
    try:
        with ExitStack() as undo:
            file = undo.enter_context(path.open("rb"))
            header, start = _read_header(file)
            _check(file, header, start)
            base = _base(header, file, start)
            undo.pop_all()  # it is closed with the last of its arrays
        return base
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{path.name}: {error}") from error


def _read_header(file: BufferedReader) -> tuple[dict[str, Any], int]:
    mark, length, checksum = _HEAD.unpack(file.read(_HEAD.size).ljust(_HEAD.size, b"\x00"))
    if mark != _MARK or length > _LONGEST_HEADER:
        raise SnapshotError("no snapshot")
    text = file.read(length)
    if len(text) != length or zlib.crc32(text) != checksum:
        raise SnapshotError("its header is damaged")
    header = json.loads(text)
    if header["version"] != VERSION:
        raise SnapshotError(f"of version {header['version']}")
    if header["zone"] != _zone():
        raise SnapshotError("the days in it are of another time zone")
    return header, _HEAD.size + length


def _check(file: BufferedReader, header: Mapping[str, Any], start: int) -> None:
    """Compare the checksums; read, not mapped, so that pages that no search needs stay out of memory."""
    if os.fstat(file.fileno()).st_size != start + header["size"]:
        raise SnapshotError("cut short")
    piece = memoryview(bytearray(_PIECE))
    for name, (kind, count, offset, expected) in header["arrays"].items():
        file.seek(start + offset)
        left, checksum = count * np.dtype(kind).itemsize, 0
        while left:
            read = file.readinto(piece[: min(left, _PIECE)])
            if not read:
                raise SnapshotError("cut short")
            checksum = zlib.crc32(piece[:read], checksum)
            left -= read
        if checksum != expected:
            raise SnapshotError(f"{name} is damaged")


_STORED = {
    "impacts",
    "places",
    "again_places",
    "serial_places",
    "serials.keys",
    "serials.ends",
    *(f"files.{name}" for name in ("ends", "names.letters", "names.ends", "lines.letters", "lines.ends")),
    *(f"{name}.docs" for name in _LISTS),
}
"""Arrays of which a search needs small parts."""


def _base(header: Mapping[str, Any], file: BufferedReader, start: int) -> Base:
    opened = StoredFile(file)
    stored = {
        name: StoredArray(opened, kind, count, start + offset)
        for name, (kind, count, offset, _) in header["arrays"].items()
    }
    columns = StoredColumns({name: stored.pop(f"column.{name}") for name in header["columns"]})
    arrays: dict[str, Any] = {name: array if name in _STORED else array[:] for name, array in stored.items()}
    terms, again, serials, keywords, levels = (
        Lists(*(arrays[f"{name}.{part}"] for part in ("keys", "ends", "docs"))) for name in _LISTS
    )
    words, stems = (
        SortedWords(arrays[f"{name}.letters"], arrays[f"{name}.ends"]) for name in ("words", "stems")
    )
    impacts, places, again_places, serial_places = (
        arrays[name] for name in ("impacts", "places", "again_places", "serial_places")
    )
    postings = Postings(terms, impacts, places, again, again_places, serials, serial_places)
    none = np.zeros(0, np.int64)
    file_names, lines = (
        Texts(arrays[f"files.{name}.letters"], arrays[f"files.{name}.ends"]) for name in ("names", "lines")
    )
    files = FileNames(file_names, lines, arrays["files.ends"])
    segment = Segment(0, arrays["ids"], arrays["by_id"], columns, none, postings, keywords, levels, files)
    vocabulary = Vocabulary(words, arrays["term_of_word"], arrays["counts"], stems)
    names = {name: Names(header["names"][name]) for name in NAMED}
    return Base(segment, vocabulary, names, float(header["mean_length"]), int(header["seq"]))
