"""Words that follow one another: asked of SQLite's full-text index, which knows where each word stands.

The answer of it takes 2 to 30 ms at a million photos and holds for as long as the base of the index: it is
kept, so that what is typed behind a phrase costs nothing of it again.  What changed since the base was made
are few photos; their texts are read.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from typing import TypeAlias

import numpy as np

from blipdesk.catalog.index.tokens import Integers, index_word, stem, words_in
from blipdesk.catalog.searchtext import spaced

Asked: TypeAlias = "tuple[tuple[str, ...], bool]"
"""The words, and whether the last may go on."""
_KEPT_DOCUMENTS = 2_000_000


class KeptPhrases:
    """The documents of a base that have a phrase, by phrase; the ones asked for last."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._found: OrderedDict[Asked, Integers] = OrderedDict()
        self._documents = 0

    def get(self, asked: Asked) -> Integers | None:
        """What was put under a phrase."""
        with self._guard:
            if asked in self._found:
                self._found.move_to_end(asked)
            return self._found.get(asked)

    def put(self, asked: Asked, docs: Integers) -> None:
        """Keep the documents of a phrase."""
        with self._guard:
            if asked not in self._found:
                self._found[asked] = docs
                self._documents += len(docs)
            while self._documents > _KEPT_DOCUMENTS:
                _, gone = self._found.popitem(last=False)
                self._documents -= len(gone)


class Texts:
    """The texts of photos, as one connection sees them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def having(self, parts: Sequence[str], prefix: bool) -> Integers:
        """The photos with these words one after the other; ``prefix``: the last may go on, by its stem."""
        text = " ".join(spaced(" ".join(parts)).split()).replace('"', '""')
        expression = f'"{text}"' + (" *" if prefix else "")
        rows = self._connection.execute("SELECT rowid FROM photo_fts WHERE photo_fts MATCH ?", (expression,))
        return np.fromiter(chain.from_iterable(rows), np.int64)

    def of(self, photo_ids: Integers) -> list[tuple[int, str]]:
        """Photos and their search texts; in any order."""
        return self._connection.execute(
            "SELECT photo_id, search_text FROM photo_text WHERE photo_id IN (SELECT value FROM json_each(?))",
            (json.dumps(photo_ids.tolist()),),
        ).fetchall()


def follow(text: str, parts: Sequence[str], prefix: bool) -> bool:
    """Whether the words stand in a text one after the other, by their stems; the last may go on."""
    words = words_in(text)
    stems = [stem(word) for word in words]
    wanted = [index_word(part) for part in parts]
    roots = [stem(word) for word in wanted]
    for first in range(len(words) - len(wanted) + 1):
        last = first + len(wanted) - 1
        if stems[first:last] == roots[:-1] and (
            stems[last] == roots[-1] or (prefix and words[last].startswith(wanted[-1]))
        ):
            return True
    return False
