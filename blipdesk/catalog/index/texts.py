"""What the index in memory does not know: asked of the photos' texts themselves."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from itertools import chain

import numpy as np

from blipdesk.catalog.index.tokens import LONGEST, Bools, Integers, stem, words_in
from blipdesk.catalog.searchtext import texts_in
from blipdesk.domain.words import LETTER, fold_text

_NO_LETTER_BEFORE = "".join(f"(?<!{letter})" for letter in LETTER.split("|"))
_NO_LETTER_BEHIND = f"(?!{LETTER})"


class Texts:
    """The texts of photos, as one connection sees them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def having(self, word: str, prefix: bool) -> Integers:
        """The photos with a word of letters and digits; ``prefix``: it may go on."""
        expression = f'"{word}"' + (" *" if prefix else "")
        rows = self._connection.execute("SELECT rowid FROM photo_fts WHERE photo_fts MATCH ?", (expression,))
        return np.fromiter(chain.from_iterable(rows), np.int64)

    def among(self, photo_ids: Integers, word: bytes, prefix: bool) -> Bools:
        """Which of some photos have a word with a digit, as the index cuts it; ``prefix``: it may go on."""
        pattern = _as_cut(word, prefix)
        ids: list[int] = photo_ids.tolist()
        texts = self.of(ids)
        return np.array([bool(pattern.search(fold_text(texts.get(id_, "")))) for id_ in ids], np.bool_)

    def of(self, photo_ids: Sequence[int]) -> dict[int, str]:
        """The search texts of photos, in the order of the ids; those that are no more have none."""
        rows = self._connection.execute(
            "SELECT photo_id, search_text FROM photo_text"
            " WHERE photo_id IN (SELECT value FROM json_each(?)) ORDER BY photo_id",
            (json.dumps(list(photo_ids)),),
        )
        return dict(rows.fetchall())


def _as_cut(word: bytes, prefix: bool) -> re.Pattern[str]:
    """What finds a word in folded text: no letter before it, and none behind unless it may go on."""
    typed = re.escape(word.decode("utf-8", "ignore"))
    if prefix or len(word) >= LONGEST:
        return re.compile(_NO_LETTER_BEFORE + typed)
    plural = "s?" if word[-1:].isdigit() else ""
    return re.compile(f"{_NO_LETTER_BEFORE}{typed}{plural}{_NO_LETTER_BEHIND}")


def follow(text: str, wanted: Sequence[bytes], prefix: bool) -> bool:
    """Whether words follow each other in a text of a search text, by their stems; the last may go on."""
    roots = [stem(word) for word in wanted]
    return any(_follow(words_in(single), wanted, roots, prefix) for single in texts_in(text))


def _follow(words: Sequence[bytes], wanted: Sequence[bytes], roots: Sequence[bytes], prefix: bool) -> bool:
    stems = [stem(word) for word in words]
    for first in range(len(words) - len(wanted) + 1):
        last = first + len(wanted) - 1
        if stems[first:last] == roots[:-1] and (
            stems[last] == roots[-1] or (prefix and words[last].startswith(wanted[-1]))
        ):
            return True
    return False
