"""Whether a retrieval model knows pictures like a library's, and what its cosines are measured by.

A model that never saw such pictures gives them vectors all the same, and every query is near to some.  So the
photos' own captions are put to it: where it knows what it sees, a caption is nearer to its own picture than
to those of other photos.  Of scenes that the demo retriever learned to see it is so by 4.4 deviations of its
cosines with others (3.7 where it names half of the things, 3.5 and 2.6 among scenes that are all on a beach);
of photos and captions by people, which are nothing to it, by 0.0.  Of photos and what the demo captioner says
of them it is 1.7 to 2.1, for both are wrong in the same way; then the level lies so high above what is usual
that hardly more is found than by these captions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blipdesk.catalog.index.nearest import Floats

_FEWEST = 5
"""So many captions tell something."""
_APART, _LEAST = 2.0, 0.02
"""By so many deviations, and so much, captions are nearer to their own pictures where a model knows them."""


@dataclass(frozen=True, slots=True)
class PictureScale:
    """What the cosines of a model are like in a library."""

    level: float = 0.0
    """The median cosine of captions and their own pictures: so some captions may tell nothing of theirs."""
    usual: float = 0.0
    """The mean cosine of captions and other photos' pictures."""
    spread: float = 0.0
    """The deviation of a caption's cosines with those."""
    captions: int = 0
    """Of so many captions that is."""
    rows: int = 0
    """Pictures that were read by then."""
    seq: int = 0
    """The last change of the catalog by then."""

    @property
    def is_measured(self) -> bool:
        """Whether there were captions enough to tell."""
        return self.captions >= _FEWEST

    @property
    def tells_apart(self) -> bool:
        """Whether the model knows pictures like these: else nothing is to be found by them."""
        return self.is_measured and self.level - self.usual >= max(_LEAST, _APART * self.spread)

    def is_outdated(self, rows: int, seq: int) -> bool:
        """Whether twice the pictures were read by now, or there were as many changes as pictures."""
        return rows >= _FEWEST and (rows >= 2 * self.rows or abs(seq - self.seq) >= rows)


def scale_of(captions: Floats, pictures: Floats, rows: int, seq: int) -> PictureScale:
    """Measure captions by pictures.

    Args:
        captions: unit vectors, ``[n, width]``.
        pictures: those of the photos that they are of, likewise.
        rows: pictures that were read.
        seq: the last change of the catalog.
    """
    count = len(captions)
    if count < _FEWEST:
        return PictureScale(captions=count, rows=rows, seq=seq)
    cosines = (captions @ pictures.T).astype(np.float64)
    own = np.diagonal(cosines)
    others = cosines[~np.eye(count, dtype=np.bool_)].reshape(count, count - 1)
    spread = float(np.sqrt(others.var(axis=1, ddof=1).mean()))
    return PictureScale(float(np.median(own)), float(others.mean()), spread, count, rows, seq)
