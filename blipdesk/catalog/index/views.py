"""The rows of the side bar as masks, and the orders of the gallery."""

from __future__ import annotations

import os
import sqlite3
import time
from itertools import chain

import numpy as np

from blipdesk.catalog.clauses import RECENT_SECONDS
from blipdesk.catalog.index.columns import SOURCES, SURENESSES, Bit
from blipdesk.catalog.index.filters import keywords_of
from blipdesk.catalog.index.orders import SORTED
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.catalog.paths import bounds, normal
from blipdesk.catalog.text import fold
from blipdesk.domain.values import LibraryView, SortOrder, Source, Sureness, ViewKind

_DOUBT = {Sureness.UNSURE: 0, Sureness.FAIR: 1, Sureness.SURE: 2, None: 3}
"""What comes first in the order of sureness."""

_FLAGGED = {ViewKind.FAVOURITES: Bit.FAVOURITE, ViewKind.NEEDS_REVIEW: Bit.NEEDS_REVIEW}


def view_mask(state: State, connection: sqlite3.Connection, view: LibraryView) -> Bools:
    """The documents of a side-bar row (its query is not looked at)."""
    mask = state.alive.copy()
    if view.kind is ViewKind.RECENT:
        since = time.time() - RECENT_SECONDS
        for part, added in state.column("added_at"):
            mask[part] &= added >= since
    elif view.kind in _FLAGGED:
        for part, flags in state.column("flags"):
            mask[part] &= (flags & _FLAGGED[view.kind]) != 0
    elif view.kind in (ViewKind.FAILED, ViewKind.WORDLESS):
        bit = Bit.UNREAD if view.kind is ViewKind.FAILED else Bit.WORDLESS
        for part, flags in state.column("flags"):
            mask[part] &= (flags & (bit | Bit.MISSING)) == bit
        if view.kind is ViewKind.WORDLESS:
            for part, sources in state.column("source"):
                mask[part] &= sources != SOURCES.index(Source.USER)
    elif view.kind is ViewKind.MISSING:
        for part, flags in state.column("flags"):
            mask[part] &= (flags & Bit.MISSING) != 0
    elif view.kind is ViewKind.DUPLICATES:
        mask &= state.duplicates()
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


def in_order(state: State, mask: Bools, order: SortOrder) -> Integers:
    """The documents of a mask in the order of the gallery; by relevance: the newest first."""
    if order not in SORTED:
        docs = state.newest_first(mask)
        if order is SortOrder.SURENESS:
            return docs[np.argsort(_doubts(state)[docs], kind="stable")]
        return docs[::-1] if order is SortOrder.OLDEST else docs
    docs = state.orders.documents(state.segments, mask, order)
    return docs[::-1] if order is SortOrder.ADDED else docs


def _doubts(state: State) -> Integers:
    """The place of each document in the order of sureness; small numbers are sorted without comparing."""
    places = np.array([_DOUBT[sureness] for sureness in SURENESSES], np.uint8)
    return np.concatenate([places[sureness] for _, sureness in state.column("sureness")])
