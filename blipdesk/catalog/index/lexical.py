"""What photos have of a query's words: a mask for each term, and BM25 over the impacts of the postings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.building import OF_A_NAME
from blipdesk.catalog.index.following import Part, following
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.texts import Texts, follow
from blipdesk.catalog.index.tokens import Bools, Integers, index_word, is_serial
from blipdesk.domain.query import And, Filter, Node, Not, Or, Phrase, Word

_PHRASE_IMPACT = 115
"""Of a phrase, a file's number and the like: that of a word that stands once in a caption of mean length."""
_WHOLE = 1 << 24
"""The score that a document with every term at full impact has; the bits above count its terms."""
_SAMPLED = 16
_MOST_READ = 10_000
"""So many texts are read for a long word with digits, 10 us each; for more the full-text index is asked,
which does not fold all letters as this one does, and has stems alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of one term, in pieces, and their impacts."""

    docs: tuple[Integers, ...] = ()
    impacts: tuple[npt.NDArray[np.uint8] | None, ...] = ()
    """None: all alike."""
    distinct: bool = True
    """No document comes twice."""

    @property
    def count(self) -> int:
        """About how many documents have it."""
        return sum(len(docs) for docs in self.docs)


@dataclass(frozen=True, slots=True)
class Lexical:
    """Documents with any of the words, the best first."""

    docs: Integers
    scores: npt.NDArray[np.float64]
    """BM25 by what a document could reach at most, 0 to 1."""
    complete: Bools
    """Of each document of the state whether it has all of them."""


class Lookup:
    """Finds the words of one query in one state.

    Args:
        state: what is searched.
        texts: for what the index does not know, such as words with digits behind their eighth byte.
        exact: a last word that may go on and that the catalog knows as it is, is that word; but one letter.
    """

    def __init__(self, state: State, texts: Texts, *, exact: bool = False) -> None:
        self.state = state
        self._texts = texts
        self._exact = exact
        self._kept: dict[Word | Phrase, Found] = {}

    def find(self, term: Word | Phrase) -> Found:
        """The documents that have a word or phrase."""
        found = self._kept.get(term)
        if found is None:
            found = self._kept[term] = self._find(term)
        return found

    def _find(self, term: Word | Phrase) -> Found:
        if not term.parts:
            return Found()
        parts = [self._part(part) for part in term.parts[:-1]]
        exact = self._exact and isinstance(term, Word) and len(term.text) > 1 and self.knows(term)
        last = self._part(term.parts[-1], term.prefix and not exact)
        if not parts and last.is_vague:
            return Found((self._beginning_alike(last),), (None,))
        if parts:
            docs = [
                following(segment, [*parts, last], self._read([*parts, last]))
                for segment in self.state.segments
            ]
            return Found(tuple(docs), (None,) * len(docs))
        found = self._having(last.terms)
        serial = [own.docs for segment in self.state.segments for own in last.serial(segment) if own.count]
        if not serial:
            return found
        return Found((*found.docs, *serial), (*found.impacts, *[None] * len(serial)), False)

    def follow(self, words: Sequence[str], docs: Integers) -> Integers:
        """Those of some documents in which these words stand one after the other."""
        parts = [self._part(word) for word in words]
        read, among = self._read(parts), np.sort(docs)
        if len(among) <= len(parts):
            return read(among)  # a text takes less than the list of a common word
        found = [following(segment, parts, read, among) for segment in self.state.segments]
        return np.concatenate(found)

    def knows(self, word: Word) -> bool:
        """Whether a text has a word as it is, not as a beginning."""
        return len(word.parts) == 1 and self.state.vocabulary.has(index_word(word.parts[0]))

    def _part(self, text: str, prefix: bool = False) -> Part:
        word = index_word(text)
        if is_serial(word):
            return Part(word, prefix, np.zeros(0, np.int32))
        term = self.state.vocabulary.term_of(word)
        terms = np.array([term] if term >= 0 else [], np.int32)
        if prefix:
            terms = np.union1d(self.state.vocabulary.terms_with(word), terms)
        return Part(word, prefix, terms)

    def _having(self, terms: Integers) -> Found:
        """The documents with any of some terms."""
        docs: list[Integers] = []
        impacts: list[npt.NDArray[np.uint8] | None] = []
        for segment in self.state.segments:
            lists = segment.postings.terms
            for part in lists.slices(terms):
                docs.append(lists.docs[part])
                impacts.append(segment.postings.impacts[part])
        return Found(tuple(docs), tuple(impacts), len(terms) < 2)

    def _beginning_alike(self, part: Part) -> Integers:
        """The documents with a long word with digits, of which the index has the beginning alone."""
        pieces = [own.docs for segment in self.state.segments for own in part.standing(segment)]
        alike = np.unique(np.concatenate([np.zeros(0, np.int64), *pieces]))
        if len(alike) <= _MOST_READ:
            return alike[self._texts.among(self.state.ids_of(alike), part.word, part.prefix)]
        docs = self.state.documents(self._texts.having(part.word.decode("utf-8", "ignore"), part.prefix))
        return docs[docs >= 0]

    def _read(self, parts: Sequence[Part]) -> Callable[[Integers], Integers]:
        def read(docs: Integers) -> Integers:
            wanted = [part.word for part in parts]
            ids = self.state.ids_of(docs).tolist()
            texts = self._texts.of(ids)
            return docs[[follow(texts.get(photo_id, ""), wanted, parts[-1].prefix) for photo_id in ids]]

        return read

    def hardly(self, word: Word) -> Bools:
        """Which documents have a word in the file's or the camera's name alone, or at the end of much."""
        mask = self.state.nothing()
        found = self.find(word)
        for docs, impacts in zip(found.docs, found.impacts, strict=True):
            if impacts is not None:
                mask[docs[impacts <= OF_A_NAME]] = True
        return mask

    # ------------------------------------------------------------------------------------ masks

    def mask(self, node: Node, of_filter: Callable[[Filter], Bools]) -> Bools:
        """Which documents meet a node; those that stand for no photo any more too.  A fresh array."""
        match node:
            case Filter():
                return of_filter(node)
            case Not():
                return ~self.mask(node.term, of_filter)
            case And():
                mask = self.mask(node.terms[0], of_filter)
                for term in node.terms[1:]:
                    mask &= self.mask(term, of_filter)
                return mask
            case Or():
                mask = self.mask(node.terms[0], of_filter)
                for term in node.terms[1:]:
                    mask |= self.mask(term, of_filter)
                return mask
        mask = self.state.nothing()
        for docs in self.find(node).docs:
            mask[docs] = True
        return mask

    # ------------------------------------------------------------------------------------ scores

    def ranked(self, terms: Sequence[Node], allowed: Bools, limit: int) -> Lexical:
        """The best documents for plain terms.

        Args:
            terms: words, and groups of words; each counts once.
            allowed: the documents that may be found.
            limit: the most of them.
        """
        photos = max(1, self.state.size)
        found = [self._of_group(term) for term in terms]
        weights = [_idf(photos, one.count) for one in found]
        scale = (_WHOLE - 256) / sum(weights) if weights else 0.0
        scores = np.zeros(self.state.size, np.int32)
        for one, weight in zip(found, weights, strict=True):
            reached = np.rint(np.arange(256) * (weight * scale / 255.0)).astype(np.int32) + (_WHOLE + 1)
            for docs, impacts in zip(one.docs, one.impacts, strict=True):
                np.add.at(scores, docs, reached[_PHRASE_IMPACT] if impacts is None else reached.take(impacts))
        complete: Bools = scores >= np.int32(len(terms) << 24)
        docs = _best(scores, complete, allowed, limit)
        best = scores[docs]
        return Lexical(docs, (best & (_WHOLE - 1)) / _WHOLE, complete)

    def _of_group(self, node: Node) -> Found:
        """What has a term; each document once, with the greatest impact."""
        if isinstance(node, Word | Phrase):
            found = self.find(node)
            if found.distinct:
                return found
            pieces = [found]
        elif isinstance(node, And | Or):
            pieces = [self._of_group(term) for term in node.terms]
        else:
            return Found()
        greatest = np.zeros(self.state.size, np.uint8)
        for piece in pieces:
            for docs, impacts in zip(piece.docs, piece.impacts, strict=True):
                np.maximum.at(greatest, docs, np.uint8(_PHRASE_IMPACT) if impacts is None else impacts)
        if isinstance(node, And):
            greatest[~self.mask(node, lambda _: self.state.nothing())] = 0
        docs = np.flatnonzero(greatest)
        return Found((docs,), (greatest[docs],))


def _idf(photos: int, having: int) -> float:
    """How much a term says, that so many photos have; of one that none has, the most."""
    if not having:
        return float(np.log(photos + 1.0))
    return float(np.log(1.0 + (photos - min(having, photos) + 0.5) / (having + 0.5)))


def _best(scores: npt.NDArray[np.int32], complete: Bools, allowed: Bools, limit: int) -> Integers:
    """The documents with the highest scores: those with all terms first, of equal ones the newer."""
    floor = 1
    if len(scores) > _SAMPLED * limit:
        # One of sixteen: the best of them tell where the best lie.
        sample = np.sort(_keys(scores[::_SAMPLED], complete[::_SAMPLED]) * allowed[::_SAMPLED])
        floor = max(1, int(sample[-min(len(sample), limit // _SAMPLED * 2 + 16)]))
    docs = _reaching(floor, scores, complete, allowed)
    if len(docs) < limit and floor > 1:
        docs = _reaching(1, scores, complete, allowed)
    both = (_keys(scores[docs], complete[docs]).astype(np.int64) << 32) | docs
    both.sort()
    best: Integers = both[::-1][:limit] & 0xFFFFFFFF
    return best


def _keys(scores: npt.NDArray[np.int32], complete: Bools) -> npt.NDArray[np.int32]:
    """What documents are ordered by: the sum of their impacts, more than any where they have all terms."""
    return (scores & np.int32(_WHOLE - 1)) | (complete.astype(np.int32) << np.int32(24))


def _reaching(floor: int, scores: npt.NDArray[np.int32], complete: Bools, allowed: Bools) -> Integers:
    """The documents whose key is so high."""
    if floor > _WHOLE:
        rows = np.flatnonzero(complete & allowed)
        return rows[_keys(scores[rows], complete[rows]) >= floor]
    found: Bools = (scores & np.int32(_WHOLE - 1)) >= floor
    found |= complete
    found &= allowed
    return np.flatnonzero(found)
