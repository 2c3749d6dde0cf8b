"""One ranked list of the photos that words find and those that mean nearly the same."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blipdesk.catalog.index.lexical import Lexical
from blipdesk.catalog.index.nearest import Floats
from blipdesk.catalog.index.ranking import Evidence, Ranking, fuse
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.catalog.index.vectors import VectorIndex
from blipdesk.catalog.text import clean, fold

_NEAREST = 1000
"""Photos that meaning alone may add."""
_NEAR = 0.25
"""The least cosine of those.  "dog" and "a puppy runs on the grass" have 0.30, "dog" and "a cat sits on a
couch" 0.19; of what people wrote of a photo and a model's caption of it, few have less."""
_NARROW = 8
"""Where fewer than one in so many photos may be found, only those are compared."""
_READ_FOR_PHRASE = 500
"""So many photos with all the words, the best ones, are looked through for the query word for word."""
_BETWEEN_WORDS = re.compile(r"[^\w\n]+|_+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a query means, and the photos' vectors to compare it with."""

    vectors: VectorIndex
    query: Floats
    """A unit vector."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The ranked part of a query."""

    spoken: str
    """What was typed, without filters and exclusions."""
    words: Sequence[str]
    """The words that are looked for."""
    meaning: Meaning | None = None


def ranked(
    asked: Asked,
    lexical: Lexical,
    state: State,
    allowed: Bools,
    connection: sqlite3.Connection,
    limit: int | None = None,
) -> Ranking:
    """Rank photos by words and meaning.

    Args:
        asked: what for.
        lexical: what the words found, the best first.
        state: what the documents are numbered in.
        allowed: the documents that may be found.
        connection: to the catalog, for keywords and phrases.
        limit: the most photos.
    """
    docs = lexical.docs.astype(np.int64)
    complete = lexical.present > 1 - 1e-9
    leads = _by_keyword(asked, state, docs, connection) | _by_phrase(asked, state, docs, complete, connection)
    scores = lexical.scores.astype(np.float32)
    cosine = None
    if asked.meaning is not None:
        added, near = _by_meaning(asked.meaning, state, allowed)
        new = ~np.isin(added, docs) & (near >= _NEAR)
        added, near = added[new], near[new]
        found = asked.meaning.vectors.cosines(asked.meaning.query, state.ids_of(docs))
        docs, cosine = np.concatenate([docs, added]), np.concatenate([found, near])
        none = np.zeros(len(added), np.bool_)
        complete, leads = np.concatenate([complete, none]), np.concatenate([leads, none])
        scores = np.concatenate([scores, none.astype(np.float32)])
    return fuse(Evidence(docs, len(asked.words), scores, complete, leads, cosine), limit)


def _by_meaning(meaning: Meaning, state: State, allowed: Bools) -> tuple[Integers, Floats]:
    """The documents nearest in meaning, and their cosines."""
    among = None
    if np.count_nonzero(allowed) * _NARROW < state.size:
        among = state.ids_of(np.flatnonzero(allowed))
    ids, cosines = meaning.vectors.nearest(meaning.query, _NEAREST, among)
    docs = state.documents(ids)
    here = docs >= 0
    here[here] = allowed[docs[here]]
    return docs[here].astype(np.int64), cosines[here]


def _by_keyword(asked: Asked, state: State, docs: Integers, connection: sqlite3.Connection) -> Bools:
    """Which documents show the query as a keyword, or each of its words as one."""
    mask = state.having(lambda segment: segment.keywords, _keywords(connection, asked.spoken))
    each = [
        state.having(lambda segment: segment.keywords, _keywords(connection, word)) for word in asked.words
    ]
    if each:
        mask |= np.logical_and.reduce(each)
    leading: Bools = mask[docs]
    return leading


def _keywords(connection: sqlite3.Connection, name: str) -> Integers:
    rows = connection.execute("SELECT id FROM keyword WHERE folded = ?", (fold(clean(name)),))
    return np.array([number for (number,) in rows], np.int64)


def _by_phrase(
    asked: Asked, state: State, docs: Integers, complete: Bools, connection: sqlite3.Connection
) -> Bools:
    """Which documents have the query in a text, word for word; of the best that have all its words."""
    leading = np.zeros(len(docs), np.bool_)
    phrase = _plain(asked.spoken)
    if len(asked.words) < 2:
        return leading
    places = np.flatnonzero(complete)[:_READ_FOR_PHRASE]
    ids = state.ids_of(docs[places]).tolist()
    rows = connection.execute(
        "SELECT photo_id, search_text FROM photo_text WHERE photo_id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    having = {photo_id for photo_id, text in rows if phrase in _plain(text)}
    leading[places] = [photo_id in having for photo_id in ids]
    return leading


def _plain(text: str) -> str:
    """A text as words with one space around each; lines stay apart."""
    return f" {_BETWEEN_WORDS.sub(' ', text.lower())} ".replace("\n", " \n ")
