"""One ranked list of what words and meaning found, and where it stops being sure.

A photo's score is a weighted sum: the cosine of the query's and the photo's sentence embeddings, BM25 as a
part of the best that these words could have scored (so a weak match does not count as a full one because
nothing better was found), and whether it has all the words.  The longer the query, the less its words' BM25
tells beside its meaning, and the more is taken off a photo that says what many others of the best say too: of
a sentence one photo is meant, and "a man riding a skateboard" is near to every query about a person.
Before the scores come the leads: the query as an exact phrase, or as keywords.

The weights and the cut are calibrated on half of the shared captions and hold on the other half:
``tests/bench/calibrate_search.py``.  For want of a retrieval model for photos, the weight of pictures is
calibrated on drawn scenes: ``tests/bench/search_pictures.py``.  The cut is on the fused score: of photos with
two words of a topic in other words than the caption's the cosine alone is 0.4, which "aurora borealis" has of
a sky with clouds.  It depends on the number of words: of photos with no word of a query of one and a score of
0.2, two in five have it in what five people said of them, of photos with one word of two and a score of 0.3
one in eight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MEANING = 0.6
_WORDS = 0.3
_ALL_WORDS = 0.1
_FEW, _SHRINKING = 3, 6
"""In a query of more words than these the weight of BM25 shrinks, by this power of how many times more: to
nothing in a sentence.  Of 6,000 sentences among 20,000 captions .577 find their photo by the power 2, .580 by
this one, and no other measure of the words that both have (how many of the query's, of the caption's, by how
rare they are; colours, numbers, men and women) adds anything to the meaning there.
"""
_CROWD = {2_500: 0.2, 20_000: 0.3}
"""The weight of being in a crowd, beside the meaning's, for a whole sentence, among so many photos.

Recall@10 of 6,000 queries among 20,000 captions is .563 without, .574 with .2, .580 with .3, .578 with .35
(chosen by these).  Of the other 10,508, by which nothing was chosen, .568 find their photo with both weights
as they are, .565 with .2 and a power of 2 (standard error of the difference .0015).  Of 2,500 photos, by an
adapter not trained on them, .2 takes nothing and .3 .005.
"""
_PICTURE, _FAR = 1.0, 0.5
"""The weight of a picture's nearness, and the nearness from which on it tells anything: some pictures come
nearly so near to whatever is asked for."""
_NO_TEXT = 0.2
"""The cosine taken for a photo without a text to embed: a common one, so that its words decide."""
_SURE = 0.3
"""Scores from here on fit, those under it may ..."""
_SURE_OF_FEW = {1: 0.2, 2: 0.38, 3: 0.36}
"""... and for queries of so few words; ..."""
_SURE_BESIDE = 0.28
"""... for one word that some photos have: of those without it two in three fit then, two in five at 0.2."""
SURE_BY_WORDS = 0.4
"""The same where there are no embeddings: of the score by words alone."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the photos that may answer a query, in arrays of one length."""

    documents: NDArray[np.int64]
    """Their numbers in the index; a higher one is a newer photo."""
    words: int
    """How many words are looked for."""
    lexical: NDArray[np.float32]
    """BM25 divided by what all the words would score in a text of theirs alone, 0 to 1."""
    complete: NDArray[np.bool_]
    """Where all the words are."""
    leads: NDArray[np.bool_]
    """Where the query stands as an exact phrase, or each of its words is a keyword."""
    cosine: NDArray[np.float32] | None = None
    """The query's embedding by the photo's, -1 to 1; NaN where a photo has no text; None: no embeddings."""
    crowd: NDArray[np.float32] | None = None
    """How much nearer a photo's embedding is to some others of the best than theirs are on average, by the
    weight of that (:func:`weight_of_crowd`); None: not told."""
    nearness: NDArray[np.float32] | None = None
    """How much of what is asked for its picture shows: 0 as photos in general do, 1 as they show what their
    own captions say; NaN where a picture was not read; None: none was."""

    def and_others(self, documents: NDArray[np.int64]) -> Evidence:
        """The same with documents that have none of the words behind the others; by words alone."""
        none = np.zeros(len(documents), np.bool_)
        return Evidence(
            np.concatenate([self.documents, documents]),
            self.words,
            np.concatenate([self.lexical, none.astype(np.float32)]),
            np.concatenate([self.complete, none]),
            np.concatenate([self.leads, none]),
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """The photos in the order in which they are shown."""

    documents: NDArray[np.int64]
    scores: NDArray[np.float32]
    """Comparable within one answer; that of a lead is one more."""
    sure: int
    """So many of them fit; those behind may."""


def fuse(evidence: Evidence, limit: int | None = None) -> Ranking:
    """Rank photos by all that is known of them.

    Args:
        evidence: words and meaning of each candidate.
        limit: the most photos to give; None: all.

    Returns:
        Leads first, then those that are sure, then the others; the best score first among each, and the
        newest photo first where scores are equal.
    """
    scores = score(evidence)
    sure = (scores >= cut_of(evidence)) | evidence.complete | evidence.leads
    scores += evidence.leads
    place = evidence.leads.astype(np.int8) + sure
    order = np.lexsort((-evidence.documents, -scores, -place))[:limit]
    return Ranking(evidence.documents[order], scores[order], int(np.count_nonzero(sure[order])))


def cut_of(evidence: Evidence) -> float:
    """The least score of a photo that fits."""
    if evidence.cosine is None:
        return SURE_BY_WORDS
    is_beside = evidence.words == 1 and evidence.complete.any()
    return _SURE_BESIDE if is_beside else _SURE_OF_FEW.get(evidence.words, _SURE)


def weight_of_crowd(sentence: float, photos: int) -> np.float32:
    """How much being in a crowd is held against a photo, as a part of the meaning's weight.

    Args:
        sentence: how far the query is a whole sentence, 0 to 1.
        photos: how many there are.
    """
    return np.float32(sentence * np.interp(np.log(max(1, photos)), np.log([*_CROWD]), [*_CROWD.values()]))


def score(evidence: Evidence) -> NDArray[np.float32]:
    """How well each photo fits: 0 to 1, where 1 would be the query itself as a caption.

    A picture that shows what is asked for adds up to 0.5 to that; one that does not takes nothing away.
    """
    words = np.float32(_WORDS)
    if evidence.cosine is None:
        found = words * evidence.lexical + np.float32(_ALL_WORDS) * evidence.complete
        found /= np.float32(_WORDS + _ALL_WORDS)
    else:
        words *= np.float32(min(1.0, _FEW / max(1, evidence.words)) ** _SHRINKING)
        found = words * evidence.lexical + np.float32(_ALL_WORDS) * evidence.complete
        found += np.float32(_MEANING) * np.nan_to_num(evidence.cosine, nan=_NO_TEXT)
    if evidence.crowd is not None:
        found -= np.float32(_MEANING) * evidence.crowd
    if evidence.nearness is not None:
        shown = np.nan_to_num(evidence.nearness, nan=0.0) - np.float32(_FAR)
        found += np.float32(_PICTURE) * np.maximum(shown, np.float32(0))
    return found.astype(np.float32)
