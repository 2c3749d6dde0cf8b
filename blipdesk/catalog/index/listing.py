"""What a search has found, in its order, before photos are made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from blipdesk.catalog.index.nearest import Floats
from blipdesk.catalog.index.tokens import Integers


@dataclass(frozen=True, slots=True)
class Listing:
    """Documents in their order; ``scores`` of ranked ones alone."""

    docs: Integers
    scores: Floats
    sure: int
    total: int

    @classmethod
    def of_all(cls, docs: Integers) -> Listing:
        """Documents that all fit."""
        return cls(docs, np.zeros(0, np.float32), len(docs), len(docs))

    def first(self, limit: int | None) -> Listing:
        """The first of them."""
        if limit is None or limit >= len(self.docs):
            return self
        return replace(self, docs=self.docs[:limit], scores=self.scores[:limit], sure=min(self.sure, limit))
