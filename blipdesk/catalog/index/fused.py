"""One ranked list of the photos that words find, those that mean nearly the same, and those that show it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from blipdesk.catalog.index.filters import keywords_of
from blipdesk.catalog.index.lexical import Lexical, Lookup
from blipdesk.catalog.index.nearest import Floats
from blipdesk.catalog.index.picture_index import PictureIndex, PictureQuery
from blipdesk.catalog.index.ranking import Evidence, Ranking, fuse, score, weight_of_crowd
from blipdesk.catalog.index.sentence_index import SentenceIndex
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.tokens import Bools, Integers
from blipdesk.catalog.index.vector_parts import AllRows, looked_up
from blipdesk.catalog.text import clean, fold
from blipdesk.domain.sentences import wholeness
from blipdesk.domain.words import words_of

_NEAREST = 800
"""Photos that meaning alone may add."""
_FEW_OTHERS = 100
"""So many photos that are not asked for are looked at and dropped: to tell which they are takes 4 ms."""
_EXACT = 250
"""Of so many that words find, the best ones, the cosine is exact."""
_NEAR = 0.25
"""The least cosine of those.  "dog" and "a puppy runs on the grass" have 0.33, "dog" and "a cat sits on a
couch" 0.13; of what people wrote of a photo and a model's caption of it, few have less."""
_BEST, _NEIGHBOURS, _SAME = 200, 20, 0.995
"""Of so many of the best it is told how near each is to so many others; those that say the same are none."""
_SEEN = 400
"""Photos that their pictures alone may add."""
_SHOWN = 0.6
"""The least nearness of those; the nearest of 2,000 drawn scenes have 0.55 of what is in none of them, and
0.7 of "a red car"."""
_LOOKED_AT = 100
"""Of so many that words find, the best ones, it is looked at how near they are by their pictures."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a query means, and the photos' vectors to compare it with."""

    vectors: SentenceIndex
    query: Floats
    """Its vector, of about unit length."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a query would look like, and the photos' pictures to compare it with."""

    pictures: PictureIndex
    query: PictureQuery


@dataclass(frozen=True, slots=True)
class Asked:
    """The ranked part of a query."""

    spoken: str
    """What was typed, without filters and exclusions."""
    words: Sequence[str]
    """The words that are looked for."""
    meaning: Meaning | None = None
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class _Near:
    """What a vector finds among rows: documents and how near each is."""

    rows: AllRows
    query: Floats
    docs: Integers
    cosines: Floats


def ranked(
    asked: Asked,
    lexical: Lexical,
    lookup: Lookup,
    allowed: Bools,
    aside: Bools,
    connection: sqlite3.Connection,
    limit: int | None = None,
) -> Ranking:
    """Rank photos by words, meaning and pictures.

    Args:
        asked: what for.
        lexical: what the words found, the best first.
        lookup: of the words, in the state that the documents are numbered in.
        allowed: the documents that may be found.
        aside: those that do not fit for having all the words.
        connection: to the catalog, for keywords.
        limit: the most photos.
    """
    state = lookup.state
    said = _by_words(asked, lexical, lookup, aside, connection)

    def by_meaning(seen: AllRows | None) -> Ranking:
        if asked.meaning is None:
            return fuse(_compared(asked, said, state, allowed, None, seen), limit)
        return asked.meaning.vectors.asked(
            lambda near: fuse(_compared(asked, said, state, allowed, near, seen), limit)
        )

    return by_meaning(None) if asked.shown is None else asked.shown.pictures.asked(by_meaning)


def _by_words(
    asked: Asked, lexical: Lexical, lookup: Lookup, aside: Bools, connection: sqlite3.Connection
) -> Evidence:
    """What the words say."""
    state, docs = lookup.state, lexical.docs.astype(np.int64)
    complete = lexical.complete[docs] & ~aside[docs]
    leads = _by_keyword(asked, state, docs, connection) | _by_phrase(asked, lookup, docs, complete)
    scores = lexical.scores.astype(np.float32)
    if len(asked.words) == 1:
        scores[aside[docs]] = 0  # BM25 alone would put them before the divider again
    return Evidence(docs, len(asked.words), scores, complete, leads)


def _compared(
    asked: Asked,
    said: Evidence,
    state: State,
    allowed: Bools,
    sentences: AllRows | None,
    pictures: AllRows | None,
) -> Evidence:
    """The same with what meaning and pictures say, and the documents that these find."""
    added = [said.documents[:0]]
    near = seen = None
    if asked.meaning is not None and sentences is not None:
        near = _nearest(sentences, asked.meaning.query, _NEAREST, state, allowed)
        added.append(near.docs[near.cosines >= _NEAR])
    if asked.shown is not None and pictures is not None:
        seen = _nearest(pictures, asked.shown.query.vector, _SEEN, state, allowed)
        added.append(seen.docs[asked.shown.query.nearness(seen.cosines) >= _SHOWN])
    new = np.setdiff1d(np.concatenate(added), said.documents)
    evidence = said.and_others(new)
    docs = evidence.documents
    if asked.shown is not None and seen is not None:
        exact = np.concatenate([new, docs[:_LOOKED_AT]])
        nearness = asked.shown.query.nearness(_cosines(seen, state, docs, exact, rest=False))
        evidence = replace(evidence, nearness=nearness)
    if near is None:
        return evidence
    exact = np.concatenate([new, docs[:_EXACT]])
    evidence = replace(evidence, cosine=_cosines(near, state, docs, exact))
    sentence = wholeness(asked.spoken)
    if not sentence:
        return evidence
    crowd = _crowd(near.rows, state, docs, score(evidence))
    return replace(evidence, crowd=weight_of_crowd(sentence, state.size) * crowd)


def nearness_of(shown: Shown, photo_ids: Sequence[int]) -> dict[int, float]:
    """Of these photos those whose pictures show what is asked for, and how much of it."""
    ids = np.array(photo_ids, np.int64)
    found = shown.query.nearness(shown.pictures.cosines(shown.query.vector, ids, len(ids)))
    near = zip(photo_ids, found.tolist(), strict=True)
    return {photo_id: nearness for photo_id, nearness in near if nearness >= _SHOWN}


def _nearest(rows: AllRows, query: Floats, count: int, state: State, allowed: Bools) -> _Near:
    others = state.others(allowed)
    among = None if others <= _FEW_OTHERS else state.photos_in(allowed)
    ids, cosines = rows.nearest(query, count + (others if among is None else 0), among)
    docs = state.documents(ids)
    here = docs >= 0
    here[here] = allowed[docs[here]]
    return _Near(rows, query, docs[here].astype(np.int64), cosines[here])


def _cosines(found: _Near, state: State, docs: Integers, exact: Integers, *, rest: bool = True) -> Floats:
    """The cosines of documents: those that were found, and of these the exact ones; of the rest about.

    ``rest`` false: none of the rest, for what is not among the nearest pictures gains nothing by its own.
    """
    known = looked_up(found.docs, found.cosines, docs)
    unknown = np.isnan(known) & (rest | np.isin(docs, exact))
    if unknown.any():
        first = np.isin(docs, exact)
        order = np.argsort(~first[unknown], kind="stable")
        ids = state.ids_of(docs[unknown][order])
        values = found.rows.cosines(found.query, ids, int(np.count_nonzero(first[unknown])))
        known[np.flatnonzero(unknown)[order]] = values
    return known


def _crowd(rows: AllRows, state: State, docs: Integers, scores: Floats) -> Floats:
    """How much nearer each of the best documents is to its neighbours among them than they are on average.

    The correction of hubs by the photos that there are (CSLS: Conneau et al., "Word translation without
    parallel data", 2018, section 2.3), by those alone that come into question.  Equal texts are no neighbours
    of each other: ten photos of one moment are not taken back for each other's sake.
    """
    crowd = np.zeros(len(docs), np.float32)
    best = np.argsort(-scores)[:_BEST]
    found = rows.of(state.ids_of(docs[best]))
    known = found.any(axis=1)
    best, found = best[known], found[known]
    if len(best) > 1:
        cosines = found @ found.T
        cosines[cosines > _SAME] = -1
        count = min(_NEIGHBOURS, len(best) - 1)
        near = np.partition(cosines, -count)[:, -count:].mean(axis=1)
        crowd[best] = near - near.mean()
    return crowd


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
