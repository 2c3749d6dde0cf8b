"""What the index in memory does not know: asked of the photos' texts themselves."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import chain

import numpy as np

from blipdesk.catalog.index.tokens import Integers, stem, words_in


class Texts:
    """The texts of photos, as one connection sees them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def having(self, word: str, prefix: bool) -> Integers:
        """The photos with a word of letters and digits; ``prefix``: it may go on."""
        expression = f'"{word}"' + (" *" if prefix else "")
        rows = self._connection.execute("SELECT rowid FROM photo_fts WHERE photo_fts MATCH ?", (expression,))
        return np.fromiter(chain.from_iterable(rows), np.int64)

    def of(self, photo_ids: Integers) -> list[tuple[int, str]]:
        """Photos and their search texts, in any order."""
        return self._connection.execute(
            "SELECT photo_id, search_text FROM photo_text WHERE photo_id IN (SELECT value FROM json_each(?))",
            (json.dumps(photo_ids.tolist()),),
        ).fetchall()


def follow(text: str, wanted: Sequence[bytes], prefix: bool) -> bool:
    """Whether words stand in a text one after the other, by their stems; the last may go on."""
    words = words_in(text)
    stems = [stem(word) for word in words]
    roots = [stem(word) for word in wanted]
    for first in range(len(words) - len(wanted) + 1):
        last = first + len(wanted) - 1
        if stems[first:last] == roots[:-1] and (
            stems[last] == roots[-1] or (prefix and words[last].startswith(wanted[-1]))
        ):
            return True
    return False
