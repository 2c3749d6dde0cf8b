"""Which photos show a keyword, and which have one that stands in another: ``Places`` of ``Places|France``."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache

import numpy as np

from blipdesk.catalog.index.columns import FEW, Names
from blipdesk.catalog.index.tokens import Integers
from blipdesk.catalog.text import fold

# SQLite gathers them in a fifth of the time of as many rows.
_KEYWORDS = "SELECT keyword_id, group_concat(photo_id) FROM photo_keyword WHERE {} GROUP BY keyword_id"
_LEVELS = """SELECT photo.id, photo.keyword_paths, json_group_array(keyword.folded) FROM photo
  JOIN photo_keyword AS given ON given.photo_id = photo.id AND +given.shown = 1
  JOIN keyword ON keyword.id = given.keyword_id
 WHERE photo.keyword_paths <> '[]' AND {} GROUP BY photo.id"""
_ALL = np.zeros(0, np.int64)


def read_keywords(connection: sqlite3.Connection, chosen: str | None) -> tuple[Integers, Integers]:
    """Numbers of keywords and the photos that show them, in pairs.

    Args:
        connection: a reading one.
        chosen: the ids of photos, as JSON; None: all.
    """
    if chosen is None:
        rows = connection.execute(_KEYWORDS.format("shown = 1"))
    else:
        rows = connection.execute(_KEYWORDS.format(f"+shown = 1 AND photo_id {FEW}"), (chosen,))
    keys, photos = [_ALL], [_ALL]
    for keyword_id, gathered in rows:
        photos.append(np.fromstring(gathered, np.int64, sep=","))
        keys.append(np.full(len(photos[-1]), keyword_id))
    return np.concatenate(keys), np.concatenate(photos)


def read_levels(
    connection: sqlite3.Connection, chosen: str | None, levels: Names
) -> tuple[Integers, Integers]:
    """Numbers of levels, and the photos that show a keyword in them; as :func:`read_keywords`."""
    if chosen is None:
        rows = connection.execute(_LEVELS.format("TRUE"))
    else:
        rows = connection.execute(_LEVELS.format(f"photo.id {FEW}"), (chosen,))
    pairs: dict[tuple[int, int], None] = {}
    for photo_id, listed, shown in rows:
        own = frozenset(json.loads(shown))
        for leaf, above in _paths(listed):
            if leaf in own:
                pairs.update(dict.fromkeys((levels.number(level), photo_id) for level in above))
    found = np.array(list(pairs), np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


@lru_cache(maxsize=65536)
def _paths(listed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The last level of each path, folded as keywords are, and those above it as they are spelled."""
    parted = (path.split("|") for path in json.loads(listed))
    return tuple((fold(levels[-1]), tuple(level for level in levels[:-1] if level)) for levels in parted)
