"""What a query means: read by the sentence model in this process, kept for the next look at its answer."""

from __future__ import annotations

import logging
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

log = logging.getLogger(__name__)

_KEPT = 64
"""Queries whose vectors are kept."""
_PAUSE_SECONDS = 0.04
"""Typing that pauses for so long may rest: the query is read while the rest of that time passes."""
_IDLE_SECONDS = 10.0
"""How long the thread that reads ahead waits for more to be typed before it ends."""
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
        self._typing = threading.Condition()
        self._typed: tuple[str, float] | None = None
        """The query that was typed last, and when its typing has paused."""
        self._is_ahead = False
        """Whether the thread that reads ahead is there."""
        self._queries: Queries | None = None
        self._kept: OrderedDict[str, Array] = OrderedDict()
        self._failed_at = float("-inf")
        self.missing = ""
        """Why queries cannot be read, a sentence with the remedy; empty while they can."""

    def prepare(self) -> None:
        """Load the model."""
        with self._guard:
            self._loaded()

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
        sentence = sentence_of_query(text)
        is_new = bool(sentence) and sentence not in self._kept
        with self._typing:
            self._typed = (text, time.monotonic() + _PAUSE_SECONDS) if is_new else None
            if self._is_ahead:
                self._typing.notify()
            elif is_new:
                # One thread for all keys: while the window paints, a new one takes up to 70 ms to start.
                self._is_ahead = True
                threading.Thread(target=self._read_typed, name="query-ahead", daemon=True).start()

    def _read_typed(self) -> None:
        while True:
            with self._typing:
                if not self._typing.wait_for(lambda: self._typed is not None, _IDLE_SECONDS):
                    self._is_ahead = False
                    return
                assert self._typed is not None
                text, due = self._typed
                if (rest := due - time.monotonic()) > 0:
                    self._typing.wait(rest)
                    continue
                self._typed = None
            try:
                self.read(text)
            except Exception:  # the thread stays for the queries to come; the ranked answer tells of it
                log.exception("a query could not be read ahead")

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
