"""Sentences to vectors: near each other where they mean nearly the same.

One thread a call: BLAS has to have been told so before numpy is imported (``app.py`` does), for its second
thread waits for a core that captioning holds, 8 ms a step.  Several threads may encode at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from blipdesk.domain.errors import ModelError
from blipdesk.domain.sentences import DIMENSIONS, wholeness
from blipdesk.domain.wording import later
from blipdesk.engine.sentence_files import INSTALL, WeightsFile, find_sentence_files
from blipdesk.engine.text import encodable

if TYPE_CHECKING:
    from blipdesk.engine.sentence_files import Array

_SHARE = 32
"""Sentences that one thread reads at a time: numpy leaves the others the processor meanwhile."""
_FEW = 2 * _SHARE


class Sentences(Protocol):
    """What makes vectors of sentences: the encoder, its process, or a test's."""

    def encode(self, sentences: Sequence[str]) -> Array:
        """The vectors of sentences (see :func:`~blipdesk.domain.sentences.sentence_of`).

        Returns:
            float32 ``[len(sentences), dimensions]``, unit length.

        Raises:
            ModelError: the model is not there or damaged.
            Cancelled: it was closed meanwhile.
        """
        ...

    def close(self) -> None:
        """Give the memory back; it is taken again when next needed."""
        ...


class Queries(Protocol):
    """What makes vectors of queries: the encoder, or a test's."""

    def encode_query(self, query: str) -> Array:
        """The vector of what a person looks for, to be multiplied with those of :class:`Sentences`.

        Args:
            query: its sentence (see :func:`~blipdesk.domain.sentences.sentence_of`).

        Returns:
            float32 ``[dimensions]``; the product is a cosine, less for a text that is near to every query.

        Raises:
            ModelError: the model is not there or damaged.
        """
        ...


class SentenceEncoder:
    """The sentence model in this process; loaded when it is made (0.2 s), for any thread.

    Args:
        threads: how many share the sentences of a call.
        adapter: another adapter's file than the one that comes with the program, to measure it.

    Raises:
        ModelError: the model is not installed, or damaged.
    """

    def __init__(self, threads: int = 1, adapter: Path | None = None) -> None:
        from tokenizers import Tokenizer

        from blipdesk.engine.sentence_adapter import SentenceAdapter
        from blipdesk.engine.sentence_model import LONGEST, SentenceModel

        files = find_sentence_files()
        try:
            tokenizer = Tokenizer.from_file(str(files.tokenizer))
        except Exception as error:  # the library's one kind of error for a file that is none
            raise ModelError(
                later("The sentence model is damaged: search finds by words alone."), INSTALL
            ) from error
        tokenizer.no_padding()  # its file pads every sentence to 128
        tokenizer.enable_truncation(LONGEST)
        self._tokenizer = tokenizer
        self._adapter = SentenceAdapter(adapter)
        self._model = SentenceModel(WeightsFile(files.weights), self._adapter.word_weights)
        self._pool = ThreadPoolExecutor(threads, "sentences") if threads > 1 else None

    def encode(self, sentences: Sequence[str]) -> Array:
        """See :class:`Sentences`."""
        return self._adapter.vectors(self._features(sentences))

    def encode_query(self, query: str) -> Array:
        """See :class:`Queries`."""
        return self._adapter.query(self._features([query]), wholeness(query))

    def _features(self, sentences: Sequence[str]) -> Array:
        # One by one: a batch starts a thread for each core, 0.03 ms a sentence are no reason to.
        pieces = [self._tokenizer.encode(encodable(each)).ids for each in sentences]
        if self._pool is None or len(pieces) < _FEW:
            return self._model.features(pieces)
        import numpy as np

        from blipdesk.engine.sentence_model import MEANS

        order = sorted(range(len(pieces)), key=lambda place: len(pieces[place]))
        shares = [order[start : start + _SHARE] for start in range(0, len(order), _SHARE)]
        found = self._pool.map(lambda share: self._model.features([pieces[place] for place in share]), shares)
        out = np.empty((len(pieces), MEANS, DIMENSIONS), np.float32)
        out[order] = np.concatenate(list(found))
        return out

    def close(self) -> None:
        """End the threads."""
        if self._pool is not None:
            self._pool.shutdown()
