"""Bringing a state up to the catalog: what changed since is read anew, a few photos or many thousands."""

from __future__ import annotations

import sqlite3

import numpy as np

from blipdesk.catalog.index.segment import Segment, last_change, read_later
from blipdesk.catalog.index.state import State, state_of


def changed_since(connection: sqlite3.Connection, seq: int, limit: int) -> list[int]:
    """The photos that changed after a change, at most so many."""
    rows = connection.execute("SELECT photo_id FROM search_change WHERE seq > ? LIMIT ?", (seq, limit))
    return [photo_id for (photo_id,) in rows]


def followed(connection: sqlite3.Connection, state: State, photo_ids: list[int]) -> State:
    """The state with what these photos are now; they are all that changed since the state's change.

    The changed photos become a segment behind the others, together with small ones before it: there are never
    more than some ten segments, and a photo is read anew no more often than that.
    """
    ids = np.unique(np.array(photo_ids, np.int64))
    gone = state.documents(ids)
    gone = gone[gone >= 0]
    alive = state.alive.copy()
    alive[gone] = False
    later: list[Segment] = list(state.later)
    wanted = set(photo_ids)
    while later and later[-1].size <= len(wanted):
        last = later.pop()
        newest = state.documents(last.ids.astype(np.int64)) >= last.first
        wanted.update(last.ids[newest].tolist())
    first = later[-1].end if later else state.base.segment.size
    made = read_later(connection, sorted(wanted), state.base, first)
    later += [made] if made.size else []
    return state_of(state.base, later, last_change(connection), alive[:first])
