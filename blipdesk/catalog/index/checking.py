"""Whether a state is what the catalog's rows say: for ``doctor``, four seconds at a million photos."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np

from blipdesk.catalog.index.columns import Bit, Columns, Names, read_columns
from blipdesk.catalog.index.keyword_lists import read_keywords, read_levels
from blipdesk.catalog.index.postings import Lists
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Integers


def matches(state: State, connection: sqlite3.Connection) -> bool:
    """Whether every photo's newest document has its facts and a digest of its words; and no other is found.

    Args:
        state: as of the connection's snapshot.
        connection: a reading one.
    """
    files = Names()
    rows = read_columns(connection, None, state.base.names | {"name": files}, lambda _: None)
    ids = rows.pop("ids").astype(np.int64)
    docs = state.documents(ids)
    if (docs < 0).any():
        return False
    shown = (rows["flags"] & Bit.HIDDEN) == 0
    if not np.array_equal(state.alive[docs], shown) or state.photos != np.count_nonzero(shown):
        return False
    if not _has_names(state, docs, [files.names[number] for number in rows.pop("name").tolist()]):
        return False
    return _has_columns(state, docs, rows) and _has_keywords(state, connection)


def _has_columns(state: State, docs: Integers, rows: Columns) -> bool:
    for name, expected in rows.items():
        column = np.concatenate([segment.columns[name] for segment in state.segments])
        if not np.array_equal(column[docs], expected):
            return False
    return True


def _has_names(state: State, docs: Integers, expected: Sequence[str]) -> bool:
    names = np.empty(state.size, object)
    for segment in state.segments:
        names[segment.columns["by_name"] + segment.first] = segment.names.of_documents()
    found: list[bytes] = names[docs].tolist()
    return all(one == other.encode() for one, other in zip(found, expected, strict=True))


def _has_keywords(state: State, connection: sqlite3.Connection) -> bool:
    keywords = read_keywords(connection, None)
    levels = read_levels(connection, None, state.base.names["levels"])
    return all(
        np.array_equal(_listed(state, lists), _expected(state, *pairs))
        for lists, pairs in (
            ([segment.keywords for segment in state.segments], keywords),
            ([segment.levels for segment in state.segments], levels),
        )
    )


def _listed(state: State, lists: list[Lists]) -> Integers:
    """Each pair of a key and a photo that can be found, as one number, ascending."""
    keys = np.concatenate(
        [np.repeat(one.keys[:], np.diff(one.ends[:], prepend=np.uint32(0))) for one in lists]
    )
    docs = np.concatenate([one.docs[:] for one in lists])
    alive = state.alive[docs]
    return np.sort((keys[alive].astype(np.int64) << 32) | docs[alive])


def _expected(state: State, keys: Integers, photo_ids: Integers) -> Integers:
    docs = state.documents(photo_ids)
    here = docs >= 0
    here[here] = state.alive[docs[here]]
    return np.sort((keys[here] << 32) | docs[here])
