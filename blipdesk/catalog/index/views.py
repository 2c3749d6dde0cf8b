"""The rows of the side bar as masks, and the orders of the gallery."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable
from itertools import chain

import numpy as np

from blipdesk.catalog.clauses import RECENT_SECONDS
from blipdesk.catalog.index.columns import Bit
from blipdesk.catalog.index.filters import keywords_of
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.catalog.paths import bounds, normal
from blipdesk.catalog.text import fold
from blipdesk.domain.values import LibraryView, SortOrder, ViewKind

_FEW = 5000
_BY_ADDED, _BY_NAME = "ORDER BY added_at DESC, id DESC", "ORDER BY name, id"
_FEW_IN = "SELECT id FROM photo WHERE id IN (SELECT value FROM json_each(?)) "
_ALL = "SELECT id FROM photo WHERE hidden = 0 "
_ORDERS = {SortOrder.ADDED: _BY_ADDED, SortOrder.NAME: _BY_NAME}


def view_mask(state: State, connection: sqlite3.Connection, view: LibraryView) -> Bools:
    """The documents of a side-bar row (its query is not looked at)."""
    mask = state.alive.copy()
    if view.kind is ViewKind.RECENT:
        since = time.time() - RECENT_SECONDS
        for part, added in state.column("added_at"):
            mask[part] &= added >= since
    elif view.kind is ViewKind.NEEDS_REVIEW:
        for part, flags in state.column("flags"):
            mask[part] &= (flags & Bit.NEEDS_REVIEW) != 0
    elif view.kind is ViewKind.FAILED:
        for part, flags in state.column("flags"):
            mask[part] &= (flags & (Bit.FAILED | Bit.MISSING)) == Bit.FAILED
    elif view.kind is ViewKind.FOLDER:
        mask &= _in_folder(state, connection, view.argument)
    elif view.kind is ViewKind.KEYWORD:
        statement = "SELECT id FROM keyword WHERE folded = ? ORDER BY id"
        mask &= state.having(keywords_of, _numbers(connection, statement, fold(view.argument)))
    return mask


def _in_folder(state: State, connection: sqlite3.Connection, path: str) -> Bools:
    top = normal(path)
    start, end = map(os.fsencode, bounds(top))
    statement = "SELECT id FROM directory WHERE path = ? OR (path >= ? AND path < ?)"
    inside = _numbers(connection, statement, os.fsencode(top), start, end)
    mask = state.nothing()
    for part, directories in state.column("directory"):
        mask[part] = np.isin(directories, inside)
    return mask


def _numbers(connection: sqlite3.Connection, statement: str, *values: str | bytes) -> Integers:
    return np.fromiter(chain.from_iterable(connection.execute(statement, values)), np.int64)


def in_order(state: State, connection: sqlite3.Connection, mask: Bools, order: SortOrder) -> Integers:
    """The documents of a mask in the order of the gallery; by relevance: the newest first."""
    if order is SortOrder.OLDEST:
        return state.newest_first(mask)[::-1]
    if order not in _ORDERS:
        return state.newest_first(mask)
    docs: Integers = np.flatnonzero(mask)
    if len(docs) <= _FEW:
        chosen = json.dumps(state.ids_of(docs).tolist())
        docs = _documents(state, connection.execute(_FEW_IN + _ORDERS[order], (chosen,)))
    else:
        if order not in state.orders:  # 0.4 s at a million photos, once for a state
            state.orders[order] = _documents(state, connection.execute(_ALL + _ORDERS[order]))
        docs = state.orders[order]
    return docs[mask[docs]]


def _documents(state: State, rows: Iterable[tuple[int]]) -> Integers:
    docs = state.documents(np.fromiter(chain.from_iterable(rows), np.int64))
    return docs[docs >= 0].astype(np.int32)
