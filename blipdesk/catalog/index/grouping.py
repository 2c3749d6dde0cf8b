"""The groups of a list of photos: its rows put in groups, by what the index knows of them or the database."""

from __future__ import annotations

import json
import os
import sqlite3
from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.filter_clauses import CAMERA_TIME
from blipdesk.catalog.index.changes import changed_since
from blipdesk.catalog.index.columns import days_of
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Integers
from blipdesk.domain.grouping import Grouping, Groups

_COLUMN = {Grouping.DAY: "day", Grouping.MONTH: "day", Grouping.FOLDER: "directory"}
_ALL = -1
_PAGE = 4000
"""Photos read at once: the rows of a million held the interpreter's lock, and the window, for 0.5 to 1 s."""
_FIRST_DAY = 719_163
"""The ordinal of 1970-01-01."""
_READ = """SELECT photo.id, photo.directory_id, photo.sort_time, {camera} FROM photo
    WHERE photo.id IN (SELECT value FROM json_each(?)) ORDER BY photo.id""".replace("{camera}", CAMERA_TIME)


def grouped(
    state: State | None,
    connection: sqlite3.Connection,
    photo_ids: array[int],
    by: Grouping,
    oldest_first: bool,
) -> tuple[array[int], Groups]:
    """The same photos with those of a group together, in their own order within it, and the groups.

    Args:
        state: what the index knew once; None: everything is read from the database (3.6 s of a million, of
            the processor, not 0.1 to 0.25).
        connection: a reading one.
        photo_ids: a list in its order.
        by: what they are grouped by.
        oldest_first: the order of the days and months; folders are always by name.
    """
    ids = np.frombuffer(photo_ids, np.int64)
    numbers = _numbers(state, connection, ids, by)
    names: Sequence[str] = ()
    if by is Grouping.MONTH:
        numbers = _months(numbers)
    elif by is Grouping.FOLDER:
        numbers, names = _by_path(connection, numbers)
    backward = by is not Grouping.FOLDER and not oldest_first
    order = np.argsort(-numbers if backward else numbers, kind="stable")
    numbers = numbers[order]
    starts = np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1)) if len(ids) else np.zeros(0, np.int64)
    return _array(ids[order]), Groups(by, _array(starts), tuple(_keys(numbers[starts], by, names)))


def _keys(numbers: Integers, by: Grouping, names: Sequence[str]) -> list[str]:
    if by is Grouping.FOLDER:
        return [names[number] for number in numbers.tolist()]
    since = numbers.astype(np.int64)
    if by is Grouping.DAY:
        return [str(day) for day in (since - _FIRST_DAY).astype("M8[D]")]
    return [str(month) for month in since.astype("M8[M]")]


def _array(numbers: npt.NDArray[Any]) -> array[int]:
    made = array("q")
    made.frombytes(numbers.astype(np.int64).tobytes())
    return made


def _months(days: Integers) -> Integers:
    since: Integers = (days.astype(np.int64) - _FIRST_DAY).astype("M8[D]").astype("M8[M]").astype(np.int64)
    return since


def _numbers(state: State | None, connection: sqlite3.Connection, ids: Integers, by: Grouping) -> Integers:
    """The day of each photo as an ordinal, or its directory's number."""
    docs = np.full(len(ids), -1, np.int64)
    if state is not None:
        docs = state.documents(ids)
        later = changed_since(connection, state.seq, _ALL).photo_ids
        docs[np.isin(ids, np.array(later, np.int64))] = -1
    found = np.ones(len(ids), np.int32)
    for part, values in () if state is None else state.column(_COLUMN[by]):
        here = np.flatnonzero((docs >= part.start) & (docs < part.stop))
        found[here] = values[docs[here] - part.start]
    unknown = np.flatnonzero(docs < 0)
    if len(unknown):
        found[unknown] = _read(connection, ids[unknown], by)
    return found


def _read(connection: sqlite3.Connection, ids: Integers, by: Grouping) -> Integers:
    found = np.empty(len(ids), np.int32)
    for places in np.split(np.argsort(ids), range(_PAGE, len(ids), _PAGE)):
        found[places] = _read_page(connection, ids[places], by)
    return found


def _read_page(connection: sqlite3.Connection, ids: Integers, by: Grouping) -> Integers:
    rows = connection.execute(_READ, (json.dumps(ids.tolist()),)).fetchall()
    found = np.ones(len(ids), np.int32)  # what was forgotten meanwhile is shown until the next list
    if not rows:
        return found
    known, directories, times, is_camera_time = (np.array(column) for column in zip(*rows, strict=True))
    values = directories if by is Grouping.FOLDER else days_of(times, is_camera_time.astype(np.bool_))
    places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    here = known[places] == ids
    found[here] = values[places[here]]
    return found


def _by_path(connection: sqlite3.Connection, directories: Integers) -> tuple[Integers, list[str]]:
    """The place of each directory among those of the list by path, and the paths in that order."""
    used, back = np.unique(directories, return_inverse=True)
    rows = connection.execute(
        "SELECT id, path FROM directory WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(used.tolist()),),
    )
    paths = {number: os.fsdecode(path) for number, path in rows}
    ordered = sorted(range(len(used)), key=lambda at: _levels(paths.get(int(used[at]), "")))
    places = np.empty(len(used), np.int32)
    places[ordered] = np.arange(len(used))
    return places[back], [paths.get(int(used[at]), "") for at in ordered]


def _levels(path: str) -> tuple[list[str], str]:
    """A folder stands before those in it, and they before its neighbours."""
    return path.casefold().replace("\\", "/").split("/"), path
