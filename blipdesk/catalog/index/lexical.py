"""What photos have of a query's words: a mask for each term, and BM25 over the impacts of the postings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from blipdesk.catalog.index.segment import Segment
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.texts import Texts, follow
from blipdesk.catalog.index.tokens import Bools, Integers, index_word, is_serial, stem
from blipdesk.domain.query import And, Filter, Node, Not, Or, Phrase, Word

_PHRASE_IMPACT = 115
"""Of a phrase, a file's number and the like: that of a word that stands once in a caption of mean length."""
_WHOLE = 1 << 24
"""The score that a document with every term at full impact has; the bits above count its terms."""
_SAMPLED = 16
_SHORTEST_STEM = 3
_MOST_ENDINGS = 8
"""So many words are tried for a phrase whose last word is being typed."""


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
    present: npt.NDArray[np.float64]
    """Which share of the words' terms it has."""


class Lookup:
    """Finds the words of one query in one state.

    Args:
        state: what is searched.
        texts: for phrases, and for words with a digit that are longer than eight bytes.
        exact: a last word that may go on and that the catalog knows as it is, is that word.
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
        parts = term.parts
        if len(parts) != 1:
            return self._following(parts, term.prefix) if parts else Found()
        word = index_word(parts[0])
        prefix = term.prefix and not (self._exact and self.state.vocabulary.has(word))
        if is_serial(word) and (len(word) > 8 or (len(word) == 8 and not prefix)):
            return self._following(parts, prefix)
        return self._having(word, prefix, self.state.segments)

    def _having(self, word: bytes, prefix: bool, segments: Sequence[Segment]) -> Found:
        """The documents of some segments that have a word; one with a digit by its first eight bytes."""
        if is_serial(word):
            found = tuple(segment.postings.with_digits(word, prefix) for segment in segments)
            return Found(found, (None,) * len(found), not prefix)
        terms = self._terms(word, prefix)
        docs: list[Integers] = []
        impacts: list[npt.NDArray[np.uint8] | None] = []
        for segment in segments:
            lists = segment.postings.lists
            for part in lists.slices(terms):
                docs.append(lists.docs[part])
                impacts.append(segment.postings.impacts[part])
        return Found(tuple(docs), tuple(impacts), len(terms) < 2)

    def _terms(self, word: bytes, prefix: bool) -> Integers:
        term = self.state.vocabulary.term_of(word)
        found = np.array([term] if term >= 0 else [], np.int32)
        if not prefix:
            return found
        return np.union1d(self.state.vocabulary.terms_with(word), found)

    # ------------------------------------------------------------------------------------ one after the other

    def _following(self, parts: Sequence[str], prefix: bool) -> Found:
        """The documents with these words one after the other."""
        asked = (tuple(parts), prefix)
        docs = self.state.base.phrases.get(asked)
        if docs is None:
            docs = self.state.base.segment.documents(self._asked_of_sqlite(parts, prefix))
            docs = docs[docs >= 0].astype(np.int32)
            self.state.base.phrases.put(asked, docs)
        return Found((docs, self._following_later(parts, prefix)), (None, None))

    def _asked_of_sqlite(self, parts: Sequence[str], prefix: bool) -> Integers:
        found = [self._texts.having(parts, prefix)]
        if prefix and len(parts[-1]) > _SHORTEST_STEM:
            # It looks for stems that begin so: "a runn" is not to miss "a running", whose stem is "run".
            last = index_word(parts[-1])
            words = self.state.vocabulary.words_with(last)
            more = [word.decode() for word in words if not stem(word).startswith(last)]
            found += [self._texts.having((*parts[:-1], word), False) for word in more[:_MOST_ENDINGS]]
        return np.unique(np.concatenate(found))

    def _following_later(self, parts: Sequence[str], prefix: bool) -> Integers:
        """Of the documents behind the base; what has all the words is read."""
        state = self.state
        if not state.later:
            return np.zeros(0, np.int32)
        mask = state.alive.copy()
        mask[: state.base.segment.size] = False
        for number, part in enumerate(parts, 1):
            having = state.nothing()
            for docs in self._having(index_word(part), prefix and number == len(parts), state.later).docs:
                having[docs] = True
            mask &= having
        texts = self._texts.of(state.ids_of(np.flatnonzero(mask)))
        found = [photo_id for photo_id, text in texts if follow(text, parts, prefix)]
        return state.documents(np.array(found, np.int64)).astype(np.int32)

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
        docs = _best(scores, allowed, limit, len(terms))
        best = scores[docs]
        shares = (best >> 24) / max(1, len(terms))
        return Lexical(docs, (best & (_WHOLE - 1)) / _WHOLE, shares)

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


def _best(scores: npt.NDArray[np.int32], allowed: Bools, limit: int, terms: int) -> Integers:
    """The documents with the highest scores: those with all terms first, of equal ones the newer."""
    key = scores
    if terms > 1:
        full = scores >= np.int32(terms << 24)
        key = scores & np.int32(_WHOLE - 1)
        key |= full.astype(np.int32) << np.int32(24)
    key = key * allowed
    floor = 1
    if len(key) > _SAMPLED * limit:
        sample = np.sort(key[::_SAMPLED])  # one of sixteen: the best of them tell where the best lie
        floor = max(1, int(sample[-min(len(sample), limit // _SAMPLED * 2 + 16)]))
    docs = np.flatnonzero(key >= floor)
    if len(docs) < limit and floor > 1:
        docs = np.flatnonzero(key >= 1)
    both = (key[docs].astype(np.int64) << 32) | docs
    both.sort()
    best: Integers = both[::-1][:limit] & 0xFFFFFFFF
    return best
