"""What filters look at, a column each: read from the catalog's rows, a byte to eight a photo.

Texts that many photos share (cameras, lenses, the levels that keywords stand in) are numbered, and a column
holds the numbers; a filter's own test is asked once for each text.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntFlag
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.filter_clauses import CAMERA_TIME, FLAGS, RATING, SOURCE, SURENESS, UNREAD, WORDLESS
from blipdesk.catalog.index.tokens import Integers
from blipdesk.domain.filter_tests import RATINGS, TYPES, Flag, type_of
from blipdesk.domain.periods import local_day
from blipdesk.domain.values import Source, Sureness

Columns: TypeAlias = "dict[str, npt.NDArray[Any]]"
FEW = "IN (SELECT value FROM json_each(?))"
_PAGE = 20_000
_QUARTER = 900
"""Seconds; every zone is some quarters of an hour off."""


class Bit(IntFlag):
    """What is yes or no of a photo, in its flags."""

    HIDDEN = 1
    MISSING = 2
    NEEDS_REVIEW = 4
    FAILED = 8
    """A job of it failed, whether or not its file is there."""
    QUESTION = 16
    GPS = 32
    EDITED = 64
    SIDECAR = 128
    FAVOURITE = 256
    UNREAD = 512
    WORDLESS = 1024
    """What the job of one that failed stumbled on: its file, or the model."""


SOURCES = (None, *Source)
SURENESSES = (None, *Sureness)
PHOTO_TYPES = ("", *TYPES)
"""What the numbers in the columns ``source``, ``sureness`` and ``type`` stand for."""


class Names:
    """Texts by number, from 1; 0 is none.  One thread at a time adds, others may read."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = [""]
        self._numbers = {"": 0}
        for name in names:
            self.number(name)

    def __len__(self) -> int:
        return len(self.names)

    def number(self, name: str | None) -> int:
        """The number of a text; a new one where it has none."""
        if not name:
            return 0
        number = self._numbers.get(name)
        if number is None:
            number = len(self.names)
            self.names.append(name)
            self._numbers[name] = number
        return number


NameTables: TypeAlias = "dict[str, Names]"
NAMED = ("camera", "lens", "levels")
"""What has a table of names."""

_BITS = {
    Bit.HIDDEN: "photo.hidden",
    Bit.MISSING: "photo.missing",
    Bit.NEEDS_REVIEW: "photo.needs_review",
    Bit.GPS: FLAGS[Flag.GPS],
    Bit.SIDECAR: FLAGS[Flag.SIDECAR],
    Bit.FAVOURITE: FLAGS[Flag.FAVOURITE],
    Bit.EDITED: "photo.user_caption <> ''",
}
_COLUMNS = (
    "photo.id",
    "photo.sort_time",
    "photo.added_at",
    "photo.directory_id",
    " + ".join(f"{bit.value} * (({sql}) IS TRUE)" for bit, sql in _BITS.items()),
    CAMERA_TIME,
    SOURCE,
    "coalesce(photo.format, ' ' || photo.name)",
    "photo.name",
    "photo.camera",
    "photo.lens",
    "photo.pixel_hash",
    RATING,
    "photo_text.search_text",
)
_SELECT = "SELECT {} FROM photo JOIN photo_text ON photo_text.photo_id = photo.id".replace(
    "{}", ", ".join(_COLUMNS)
)
_MARKED = (
    (Bit.FAILED, "job", "state = 'failed'"),
    (Bit.UNREAD, "job", UNREAD),
    (Bit.WORDLESS, "job", WORDLESS),
    (Bit.QUESTION, "question", "TRUE"),
    (Bit.EDITED, "photo_keyword", "source = 'user'"),
    (Bit.EDITED, "removed_keyword", "TRUE"),
)
"""Photos that have a flag by rows of another table, on a condition."""
_MARKED_PHOTOS = "SELECT DISTINCT photo_id FROM {} WHERE {}"
_SURE = "SELECT photo.id, {sureness} FROM photo WHERE photo.id {few} ORDER BY photo.id"
_SCORED = "IN (SELECT candidate.photo_id FROM candidate WHERE candidate.sureness IS NOT NULL)"


def read_columns(
    connection: sqlite3.Connection,
    chosen: str | None,
    names: NameTables,
    add: Callable[[Sequence[str]], None],
) -> Columns:
    """The columns of the whole catalog, or of some photos, by id.

    Args:
        connection: a reading one.
        chosen: the ids of photos, as JSON; None: all.
        names: numbers new cameras, lenses and names of files.
        add: gets the search texts, a page at a time.
    """
    pages: list[Columns] = []
    for page in _pages(connection, chosen):
        *values, texts = zip(*page, strict=True)
        add(texts)
        columns = _converted(values, names)
        digests = (zlib.crc32(text.encode("utf-8", "surrogatepass")) for text in texts)
        columns["text"] = np.fromiter(digests, np.uint32, len(texts))
        pages.append(columns)
    if not pages:
        pages.append(_converted([()] * (len(_COLUMNS) - 1), names) | {"text": np.zeros(0, np.uint32)})
    columns = {name: np.concatenate([page[name] for page in pages]) for name in pages[0]}
    columns["day"] = days_of(columns["sort_time"], columns.pop("is_camera_time"))
    for name in ("camera", "lens"):
        columns[name] = columns[name].astype(np.min_scalar_type(len(names[name])))
    columns["ids"] = columns["ids"].astype(np.int64 if columns["ids"].max(initial=0) >= 1 << 31 else np.int32)
    for bit, table, condition in _MARKED:
        columns["flags"][_marked(connection, table, condition, chosen, columns["ids"])] |= np.uint16(bit)
    _read_sureness(connection, chosen, columns)
    return columns


def _pages(connection: sqlite3.Connection, chosen: str | None) -> Iterator[list[tuple[Any, ...]]]:
    if chosen is None:
        rows = connection.execute(f"{_SELECT} ORDER BY photo.id")
    else:
        rows = connection.execute(f"{_SELECT} WHERE photo.id {FEW} ORDER BY photo.id", (chosen,))
    while page := rows.fetchmany(_PAGE):
        yield page


def _converted(values: Sequence[Sequence[Any]], names: NameTables) -> Columns:
    """The columns of a page of rows."""
    ids, times, added, directories, flags, camera_times, sources, types, *others = values
    files, cameras, lenses, pictures, ratings = others
    return {
        "ids": np.array(ids, np.int64),
        "sort_time": np.array(times, np.float64),
        "added_at": np.array(added, np.float64),
        "directory": np.array(directories, np.int32),
        "flags": np.array(flags, np.uint16),
        "is_camera_time": np.array(camera_times, np.bool_),
        "source": _numbers(sources, SOURCES.index, np.uint8),
        "type": _numbers(types, _type_number, np.uint8),
        "name": _numbers(files, names["name"].number, np.int32),
        "camera": _numbers(cameras, names["camera"].number, np.int32),
        "lens": _numbers(lenses, names["lens"].number, np.int32),
        "picture": _hashes(pictures),
        "rating": _numbers(ratings, RATINGS.index, np.uint8),
    }


def _numbers(values: Sequence[Any], number: Callable[[Any], int], kind: Any) -> npt.NDArray[Any]:
    numbers = {value: number(value) for value in set(values)}
    return np.fromiter((numbers[value] for value in values), kind, len(values))


def _type_number(key: str) -> int:
    """The number of a type: of a format, or of a file name behind a space."""
    return PHOTO_TYPES.index(type_of(None, key) if key.startswith(" ") else type_of(key, ""))


def _hashes(texts: Sequence[str | None]) -> npt.NDArray[np.uint64]:
    """A number for each digest that only the same one has; 0 for none."""
    encoded = np.array([(text or "").encode("utf-8", "replace") for text in texts], np.bytes_)
    width = -(-max(1, encoded.itemsize) // 8) * 8
    eights = encoded.astype(f"S{width}").view(np.uint64).reshape(len(texts), width // 8)
    found = np.zeros(len(texts), np.uint64)
    for column in eights.T:
        mixed = (found ^ column) * np.uint64(0x9E3779B97F4A7C15)
        found = np.where(column != 0, mixed ^ (mixed >> np.uint64(29)), found)  # 0: the text ended before
    return found


def days_of(times: npt.NDArray[Any], is_camera_time: npt.NDArray[np.bool_]) -> Integers:
    """The local day of each photo as an ordinal; files' times by this computer's zone."""
    days = np.empty(len(times), np.int32)
    for kind in (True, False):
        here = np.flatnonzero(is_camera_time == kind)
        quarters, back = np.unique(np.floor(times[here] / _QUARTER), return_inverse=True)
        ordinals = [local_day(quarter * _QUARTER, kind).toordinal() for quarter in quarters.tolist()]
        days[here] = np.array(ordinals, np.int32)[back]
    return days


def _marked(
    connection: sqlite3.Connection, table: str, condition: str, chosen: str | None, ids: Integers
) -> npt.NDArray[np.bool_]:
    """Which of the photos have a row in a table."""
    if chosen is None:
        rows = connection.execute(_MARKED_PHOTOS.format(table, condition))
    else:  # the plus: SQLite begins with the few photos
        rows = connection.execute(_MARKED_PHOTOS.format(table, f"photo_id {FEW} AND +{condition}"), (chosen,))
    return np.isin(ids, np.fromiter(chain.from_iterable(rows), np.int64))


def _read_sureness(connection: sqlite3.Connection, chosen: str | None, columns: Columns) -> None:
    few, values = (_SCORED, ()) if chosen is None else (FEW, (chosen,))
    found = dict(connection.execute(_SURE.format(sureness=SURENESS, few=few), values).fetchall())
    column = np.zeros(len(columns["ids"]), np.uint8)
    if found:
        known = np.fromiter(found, np.int64, len(found))
        places = np.searchsorted(columns["ids"], known)
        here = columns["ids"][np.minimum(places, len(column) - 1)] == known
        column[places[here]] = _numbers(tuple(found.values()), SURENESSES.index, np.uint8)[here]
    columns["sureness"] = column
