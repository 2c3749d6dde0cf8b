"""What a query means: read by the sentence model in this process, kept for the next look at its answer."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from blipdesk.domain.errors import ModelError
from blipdesk.domain.sentences import sentence_of_query
from blipdesk.engine import create_queries

if TYPE_CHECKING:
    from blipdesk.engine.sentence_files import Array
    from blipdesk.engine.sentences import Queries

_KEPT = 64
"""Queries whose vectors are kept."""
_PAUSE_SECONDS = 0.04
"""Typing that pauses for so long may rest: the query is read while the rest of that time passes."""
_TRY_AGAIN_SECONDS = 60.0
"""How long a model that could not be loaded is not looked for again."""


class QueryReader:
    """Reads queries, from any thread; the model is loaded with the first one (0.3 s, 67 MB).

    Args:
        make_queries: makes the encoder.
    """

    def __init__(self, make_queries: Callable[[], Queries] = create_queries) -> None:
        self._make_queries = make_queries
        self._guard = threading.Lock()
        self._ahead: threading.Timer | None = None
        """What reads the query that was typed last."""
        self._queries: Queries | None = None
        self._kept: OrderedDict[str, Array] = OrderedDict()
        self._failed_at = float("-inf")
        self.missing = ""
        """Why queries cannot be read, a sentence with the remedy; empty while they can."""

    def read(self, text: str) -> Array | None:
        """The vector of a query's words; None where it has none, or the model is not there."""
        sentence = sentence_of_query(text)
        if not sentence:
            return None
        with self._guard:
            if sentence in self._kept:
                self._kept.move_to_end(sentence)
                return self._kept[sentence]
            queries = self._loaded()
            if queries is None:
                return None
            try:
                vector: Array = queries.encode_query(sentence)
            except ModelError as error:
                self._queries = None
                self._fail(error)
                return None
            self._kept[sentence] = vector
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return vector

    def read_ahead(self, text: str) -> None:
        """Read what is typed as soon as the typing pauses, in place of what was typed before; immediate.

        A query takes 9 ms to read, a quarter of what its ranked answer takes among a million photos.
        """
        if self._ahead is not None:
            self._ahead.cancel()
        sentence = sentence_of_query(text)
        if not sentence or sentence in self._kept:
            return
        self._ahead = ahead = threading.Timer(_PAUSE_SECONDS, self.read, [text])
        ahead.daemon = True
        ahead.start()

    def _loaded(self) -> Queries | None:
        if self._queries is None and time.monotonic() - self._failed_at > _TRY_AGAIN_SECONDS:
            try:
                self._queries = self._make_queries()
                self.missing = ""
            except ModelError as error:
                self._fail(error)
        return self._queries

    def _fail(self, error: ModelError) -> None:
        self._failed_at = time.monotonic()
        self.missing = str(error)
