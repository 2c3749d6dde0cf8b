"""The sentence encoder in a process of its own, as the pipeline sees it."""

from __future__ import annotations

import base64
import logging
import queue
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.children import child_environment, python_command
from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.sentences import DIMENSIONS
from blipdesk.domain.wording import later
from blipdesk.engine import protocol
from blipdesk.engine.process import TalkingProcess
from blipdesk.engine.protocol import Message

if TYPE_CHECKING:
    from blipdesk.engine.sentence_files import Array

_log = logging.getLogger("blipdesk.engine.sentence_child")

_HUNG_AFTER = 300.0
"""Seconds; 64 sentences take one on a slow computer, and behind a model that captions perhaps ten."""
_POLL = 0.5


class SentenceProcess:
    """Implements :class:`~blipdesk.engine.sentences.Sentences` with a child process.

    Calls come one at a time; :meth:`close` may come from any thread.  The process starts with the first call,
    and again where it died.
    """

    def __init__(self) -> None:
        self._in_hand = threading.Lock()
        """Held by the call in hand, and while a closed process is buried."""
        self._starting = threading.Lock()
        """Guards the next two, so that no process starts unseen by a close."""
        self._closings = 0
        self._process: TalkingProcess | None = None

    @property
    def pid(self) -> int | None:
        """Of the process; None while there is none."""
        process = self._process
        return None if process is None else process.pid

    def encode(self, sentences: Sequence[str]) -> Array:
        """See the protocol; a process that was killed while it was idle is replaced unseen."""
        import numpy as np

        closings = self._closings
        with self._in_hand:
            reply = self._ask(sentences, closings) or self._ask(sentences, closings)
        if reply is None:
            raise ModelError(
                later("The process that reads captions by meaning ended twice."), later("See the log.")
            )
        data = base64.b64decode(protocol.outcome_of(reply))
        return np.frombuffer(data, np.float32).reshape(len(sentences), DIMENSIONS)

    def _ask(self, sentences: Sequence[str], closings: int) -> Message | None:
        """The reply; None where the process ended."""
        process = self._started(closings)
        process.send({"sentences": list(sentences)})
        left = _HUNG_AFTER
        while left > 0:
            try:
                reply = process.replies.get(timeout=_POLL)
                break
            except queue.Empty:
                left -= _POLL  # in polls: time in which the computer sleeps does not count
        else:
            self._bury()
            raise ModelError(
                later("The process that reads captions by meaning gave no answer."), later("See the log.")
            )
        if reply is None:
            words = self._bury()
            self._stop_if_closed(closings)
            _log.warning("the process ended (%s); last words: %s", words, list(process.last_words)[-5:])
        return reply

    def _started(self, closings: int) -> TalkingProcess:
        if self._process is not None and not self._process.alive:
            self._bury()
        with self._starting:
            self._stop_if_closed(closings)
            if self._process is None:
                command = python_command("blipdesk.engine.sentence_child", "--sentence-child")
                try:
                    self._process = TalkingProcess("sentences", command, child_environment(), _log)
                except OSError as error:
                    words = f"The process that reads captions by meaning cannot be started: {error.strerror}."
                    raise ModelError(words) from error
            return self._process

    def _stop_if_closed(self, closings: int) -> None:
        if self._closings != closings:
            raise Cancelled("The process that reads captions was closed.")

    def _bury(self) -> str:
        process, self._process = self._process, None
        return "" if process is None else process.bury()

    def close(self) -> None:
        """End the process; a call in hand ends with Cancelled, a later one starts another."""
        with self._starting:
            self._closings += 1
            process = self._process
        if process is not None:
            process.end()
        with self._in_hand:
            if self._process is process:
                self._bury()
