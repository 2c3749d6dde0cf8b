"""What a query would look like: asked of the retrieval model in its process, and not waited for long."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from blipdesk.domain.jobs import TextEmbedding
from blipdesk.domain.sentences import sentence_of_query

EmbedText = Callable[[str], Future[TextEmbedding] | None]
"""Has the retrieval model embed a text; None: there is no model."""
SECONDS = 0.12
"""How long an answer waits for the model; its words and its meaning are looked for meanwhile."""
_KEPT = 64
"""Texts whose embeddings are kept."""
_WARM_SECONDS = 60.0
"""So long after a text the model is taken to be loaded still."""
_ANY_TEXT = "a photo"


@dataclass
class _Asked:
    """A text on its way."""

    text: str
    future: Future[TextEmbedding]
    began: float
    over: threading.Event = field(default_factory=threading.Event)
    """Set once it is there, or nobody waits for it any more."""


class PictureQueries:
    """Embeddings of queries, from any thread; the newest query alone is waited for.

    An answer waits for the model only where that answered the last text in time: while photos are captioned
    its turn comes between two batches, which may take seconds, and a model that is loaded takes longer.  What
    comes late is kept for the next look at the same query.

    Args:
        embed: asks the model.
        seconds: how long an answer waits.
    """

    def __init__(self, embed: EmbedText, seconds: float = SECONDS) -> None:
        self._embed = embed
        self._seconds = seconds
        self._guard = threading.Lock()
        self._kept: OrderedDict[str, TextEmbedding] = OrderedDict()
        self._asked: _Asked | None = None
        self._took = 0.0
        """How long the model took for the last text, seconds."""
        self._last = float("-inf")

    def use(self, embed: EmbedText, seconds: float) -> None:
        """Ask another model from now on, or wait longer for it."""
        self._embed, self._seconds = embed, seconds

    def warm(self) -> None:
        """Let the model be loaded: somebody types."""
        if time.monotonic() - self._last > _WARM_SECONDS:
            self.ask(_ANY_TEXT)

    def ask(self, text: str) -> None:
        """Have a text embedded, in place of one that is still on its way; immediate."""
        text = sentence_of_query(text)
        with self._guard:
            if not text or text in self._kept or (self._asked is not None and self._asked.text == text):
                return
            before, self._asked = self._asked, None
            self._last = time.monotonic()
            future = self._embed(text)
            asked = None if future is None else _Asked(text, future, self._last)
            self._asked = asked
        _give_up(before)
        if asked is not None:
            asked.future.add_done_callback(lambda _: self._on_answer(asked))

    def get(self, text: str, *, wait: bool) -> TextEmbedding | None:
        """A text's embedding; None where it is not there in time, or there is none.

        Args:
            text: as it was asked for.
            wait: a moment for the one that was asked for.
        """
        text = sentence_of_query(text)
        with self._guard:
            kept, asked = self._kept.get(text), self._asked
            if kept is not None:
                self._kept.move_to_end(text)
                return kept
            may_wait = wait and asked is not None and asked.text == text and self._took <= self._seconds
        if not may_wait or asked is None:
            return None
        if not asked.over.wait(max(0.0, asked.began + self._seconds - time.monotonic())):
            self._took = time.monotonic() - asked.began
        with self._guard:
            return self._kept.get(text)

    def hurry(self) -> None:
        """Let nobody wait any longer: the next key was pressed."""
        with self._guard:
            before, self._asked = self._asked, None
        _give_up(before)

    def _on_answer(self, asked: _Asked) -> None:
        with self._guard:
            if self._asked is asked:
                self._asked = None
            if not asked.future.cancelled() and asked.future.exception() is None:
                self._took = 0.0 if asked.text == _ANY_TEXT else time.monotonic() - asked.began
                self._kept[asked.text] = asked.future.result()
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        asked.over.set()


def _give_up(asked: _Asked | None) -> None:
    """Wait for a text no longer; not under the guard, for whoever asked is told here and now."""
    if asked is not None:
        asked.over.set()
        asked.future.cancel()
