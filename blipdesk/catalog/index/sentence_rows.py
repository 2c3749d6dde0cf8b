"""What photos say in sentences, and the vectors that stand for a photo.

A photo has one vector for its captions, their mean (measured: recall@10 .795, the best single one .785), and
one for each answer to a question.  An answer of "yes" or a number has none: "how many kites are there? 2" is
nearer to "kite" than what any caption says.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from blipdesk.catalog.index.nearest import Floats, rounded, unit
from blipdesk.catalog.index.photo_rows import PhotoRows
from blipdesk.catalog.index.texts import Texts
from blipdesk.catalog.searchtext import ANSWER_MARK, FIELDS, SEPARATOR
from blipdesk.catalog.vector_store import VectorStore, key_of
from blipdesk.domain.sentences import DIMENSIONS, SENTENCE_MODEL, sentence_of
from blipdesk.domain.words import readable

_CAPTIONS = (FIELDS.index("caption"), FIELDS.index("another caption"))
_ANSWERS = FIELDS.index("question")
_SHORT = re.compile(r"\?\s*(?:yes|\d+)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a photo says, and the keys of its sentences' vectors."""

    photo_id: int
    captions: dict[int, str]
    answers: dict[int, str]

    @property
    def keys(self) -> tuple[int, ...]:
        """All keys."""
        return (*self.captions, *self.answers)

    @property
    def texts(self) -> dict[int, str]:
        """All texts, as a person reads them, by their keys."""
        return self.captions | self.answers


def said_in(photo_id: int, search_text: str) -> Said:
    """The sentences in what search sees of a photo."""
    lines = readable(search_text).split("\n") + [""] * len(FIELDS)  # a text of an earlier version has fewer
    captions = chain.from_iterable(lines[number].split(SEPARATOR) for number in _CAPTIONS)
    answered = lines[_ANSWERS].replace(ANSWER_MARK, " ").split(SEPARATOR)
    answers = (text for text in answered if not _SHORT.search(text))
    return Said(photo_id, _keyed(captions), _keyed(answers))


def _keyed(texts: Iterable[str]) -> dict[int, str]:
    sentences = ((text, sentence_of(text)) for text in texts)
    return {key_of(sentence, SENTENCE_MODEL): text for text, sentence in sentences if sentence}


def said_by(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> list[Said]:
    """What these photos say, in the order of their ids; photos that are no more are left out."""
    return [said_in(photo_id, text) for photo_id, text in Texts(connection).of(photo_ids).items()]


def said_by_all(connection: sqlite3.Connection, page: int) -> Iterator[list[Said]]:
    """What all photos say, in the order of their ids, in pages."""
    rows = connection.execute("SELECT photo_id, search_text FROM photo_text ORDER BY photo_id")
    while found := rows.fetchmany(page):
        yield [said_in(*row) for row in found]


def read_vectors(keys: Sequence[int], store: VectorStore) -> tuple[list[int], Floats]:
    """The vectors that are there of these keys, and which keys those are."""
    found = store.vectors(keys, DIMENSIONS)
    return list(found), unit(np.frombuffer(b"".join(found.values()), np.int8).reshape(-1, DIMENSIONS))


class SentenceRows:
    """The rows of sentences: a mean of the captions, and one of each answer; see :class:`RowMaker`.

    Args:
        store: the vectors of sentences.
    """

    model = SENTENCE_MODEL
    width = DIMENSIONS

    def __init__(self, store: VectorStore) -> None:
        self._store = store

    def rows_of(self, connection: sqlite3.Connection, photo_ids: Sequence[int]) -> PhotoRows:
        """See the protocol."""
        return rows_of(said_by(connection, photo_ids), self._store)

    def all_rows(self, connection: sqlite3.Connection, page: int) -> Iterator[PhotoRows]:
        """See the protocol."""
        for said in said_by_all(connection, page):
            yield rows_of(said, self._store)


def rows_of(said: Sequence[Said], store: VectorStore) -> PhotoRows:
    """The vectors that stand for these photos, as far as their sentences were read."""
    keys = list(dict.fromkeys(chain.from_iterable(photo.keys for photo in said)))
    stored, vectors = read_vectors(keys, store)
    places = {key: place for place, key in enumerate(stored)}
    ids: list[int] = []
    members: list[int] = []
    starts: list[int] = []
    unread = []
    for photo in said:
        captions = [places[key] for key in photo.captions if key in places]
        answers = [places[key] for key in photo.answers if key in places]
        for row in ([captions] if captions else []) + [[answer] for answer in answers]:
            ids.append(photo.photo_id)
            starts.append(len(members))
            members += row
        if len(captions) + len(answers) < len(photo.keys):
            unread.append(photo.photo_id)
    rows = np.zeros((0, DIMENSIONS), np.int8)
    if ids:
        rows = rounded(np.add.reduceat(vectors[members], starts, axis=0))  # their length does not matter
    speaking = [photo.photo_id for photo in said if photo.keys]
    return PhotoRows(np.array(ids, np.int64), rows, speaking, unread, keys)
