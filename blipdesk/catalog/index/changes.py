"""Bringing a state up to the catalog: what changed since is read anew, a few photos or many thousands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from blipdesk.catalog.index.segment import Segment, last_change, read_later
from blipdesk.catalog.index.state import State, state_of

_MOST_SEGMENTS = 8
"""Later segments; with more, the small ones become one."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Photos that changed after a state, the first of them or all."""

    photo_ids: list[int]
    seq: int
    """The last change among them; all are in it where the catalog knows no later one."""


def changed_since(connection: sqlite3.Connection, seq: int, limit: int) -> Changed:
    """The photos that changed after a change, at most so many."""
    rows = connection.execute(
        "SELECT photo_id, seq FROM search_change WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
    ).fetchall()
    upto = rows[-1][1] if len(rows) == limit else last_change(connection)
    return Changed([photo_id for photo_id, _ in rows], upto)


def is_behind(connection: sqlite3.Connection, seq: int, count: int) -> bool:
    """Whether more than so many photos changed after a change."""
    rows = connection.execute("SELECT 1 FROM search_change WHERE seq > ? LIMIT 1 OFFSET ?", (seq, count))
    return rows.fetchone() is not None


def count_changed(connection: sqlite3.Connection, seq: int) -> int:
    """How many photos changed after a change."""
    (count,) = connection.execute("SELECT count(*) FROM search_change WHERE seq > ?", (seq,)).fetchone()
    return int(count)


def followed(connection: sqlite3.Connection, state: State, changed: Changed) -> State:
    """The state with what these photos are now; no other changed up to the last of their changes.

    The changed photos become a segment behind the others.  Where there are many segments, the small ones at
    the end are read anew into it: a photo is read some ten times in the life of a base at most.
    """
    ids = np.unique(np.array(changed.photo_ids, np.int64))
    gone = state.documents(ids)
    alive = state.alive.copy()
    alive[gone[gone >= 0]] = False
    later: list[Segment] = list(state.later)
    wanted = set(changed.photo_ids)
    is_many = len(later) >= _MOST_SEGMENTS
    while is_many and later and later[-1].size <= 2 * len(wanted):
        last = later.pop()
        newest = state.documents(last.ids.astype(np.int64)) >= last.first
        wanted.update(last.ids[newest].tolist())
    first = later[-1].end if later else state.base.segment.size
    made = read_later(connection, sorted(wanted), state.base, first)
    later += [made] if made.size else []
    return state_of(state.base, later, changed.seq, alive[:first], state.orders)
