"""One ranked list of the photos that words find and those that mean nearly the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blipdesk.catalog.index.filters import keywords_of
from blipdesk.catalog.index.lexical import Lexical, Lookup
from blipdesk.catalog.index.nearest import Floats
from blipdesk.catalog.index.ranking import Evidence, Ranking, fuse
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.catalog.index.vectors import VectorIndex, looked_up
from blipdesk.catalog.text import clean, fold
from blipdesk.domain.words import words_of

_NEAREST = 800
"""Photos that meaning alone may add."""
_EXACT = 500
"""Of so many that words find, the best ones, the cosine is exact."""
_NEAR = 0.25
"""The least cosine of those.  "dog" and "a puppy runs on the grass" have 0.33, "dog" and "a cat sits on a
couch" 0.13; of what people wrote of a photo and a model's caption of it, few have less."""
_NARROW = 8
"""Where fewer than one in so many photos may be found, only those are compared."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a query means, and the photos' vectors to compare it with."""

    vectors: VectorIndex
    query: Floats
    """Its vector, of about unit length."""


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
    lookup: Lookup,
    allowed: Bools,
    connection: sqlite3.Connection,
    limit: int | None = None,
) -> Ranking:
    """Rank photos by words and meaning.

    Args:
        asked: what for.
        lexical: what the words found, the best first.
        lookup: of the words, in the state that the documents are numbered in.
        allowed: the documents that may be found.
        connection: to the catalog, for keywords.
        limit: the most photos.
    """
    state = lookup.state
    docs = lexical.docs.astype(np.int64)
    complete = lexical.present > 1 - 1e-9
    leads = _by_keyword(asked, state, docs, connection) | _by_phrase(asked, lookup, docs, complete)
    scores = lexical.scores.astype(np.float32)
    cosine = None
    if asked.meaning is not None:
        added, near = _by_meaning(asked.meaning, state, allowed)
        found = asked.meaning.vectors.cosines(asked.meaning.query, state.ids_of(docs), _EXACT)
        known = looked_up(added, near, docs)
        found = np.where(np.isnan(known), found, known)
        new = ~np.isin(added, docs) & (near >= _NEAR)
        added, near = added[new], near[new]
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
    whole = _keywords(connection, asked.spoken)
    each = [_keywords(connection, word) for word in asked.words]
    leading = np.zeros(len(docs), np.bool_)
    if len(whole):
        leading |= state.having(keywords_of, whole)[docs]
    if each and all(map(len, each)):
        leading |= np.logical_and.reduce([state.having(keywords_of, keys)[docs] for keys in each])
    return leading


def _keywords(connection: sqlite3.Connection, name: str) -> Integers:
    rows = connection.execute("SELECT id FROM keyword WHERE folded = ? ORDER BY id", (fold(clean(name)),))
    return np.array([number for (number,) in rows], np.int64)


def _by_phrase(asked: Asked, lookup: Lookup, docs: Integers, complete: Bools) -> Bools:
    """Which documents have the query in a text, word after word."""
    parts = [word.group() for word in words_of(asked.spoken)]
    if len(asked.words) < 2 or not complete.any():
        return np.zeros(len(docs), np.bool_)
    return np.isin(docs, lookup.follow(parts, docs[complete]))
