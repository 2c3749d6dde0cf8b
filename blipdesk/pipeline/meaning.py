"""Reads captions and answers by meaning, those that have no vector yet: behind everything else.

What is to be read is what the catalog's vector index has not; nothing is remembered here, so that an end at
any moment costs the sentences in hand alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, CatalogError, KnownError
from blipdesk.domain.freed import hand_back_freed
from blipdesk.domain.wording import later
from blipdesk.pipeline.threads import ThreadOwner

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog
    from blipdesk.catalog.index.sentence_index import Unread
    from blipdesk.engine.sentences import Sentences

_log = logging.getLogger(__name__)

_BATCH = 64
"""Photos whose sentences are read and kept at once: 0.3 s."""
_START_SECONDS = 2.0
"""After the start the window is painted first: numpy is loaded here."""
_GATHER_SECONDS = 1.0
"""How long commits are gathered: captioning makes one every few seconds."""
_IDLE_SECONDS = 30.0
"""How long the encoder's process is kept for what comes next; it has 160 MB."""
_RETRY_SECONDS = 600.0
"""How long to rest when the model or the disk cannot be used."""

_LONG_SECONDS = 2.0
"""After a reading of so long there is memory to give back: 80 MiB once the indexes of a million are there."""

MakeSentences = Callable[[bool], "Sentences"]
"""Makes an encoder: one that computes here, on all cores, or (False) one that works beside all else."""


class MeaningReader(ThreadOwner):
    """Owns the thread ``blipdesk-meaning`` and the conversation with the sentence encoder.

    Args:
        catalog: says what is unread, and keeps what was read.
        make_sentences: makes the encoder; None: nothing is read.
        on_progress: gets the photos that are read, and all that have something to be read; both 0 when
            nothing is being read.
    """

    def __init__(
        self,
        catalog: Catalog,
        make_sentences: MakeSentences | None,
        on_progress: Callable[[int, int], None] = lambda *_: None,
    ) -> None:
        self._catalog = catalog
        self._make_sentences = make_sentences
        self._on_progress = on_progress
        self._changed = threading.Condition()
        self._news = True
        self._paused = self._stopped = False
        self._sentences: Sentences | None = None
        self._has_indexes = False

    # ------------------------------------------------------------------------------- any thread

    def start(self) -> None:
        """Begin to read in the background."""
        if self._make_sentences is not None:
            self._sentences = self._make_sentences(False)
            self._begin(self._run, "blipdesk-meaning")

    def wake(self) -> None:
        """There may be something to read; immediate."""
        self._set(news=True)

    def set_paused(self, paused: bool) -> None:
        """Stop after the sentences in hand, or go on."""
        self._set(paused=paused)

    def end(self, seconds: float) -> None:
        """End the thread and the encoder, whose sentences in hand are read another time."""
        self._set(stopped=True)
        if self._sentences is not None:
            self._sentences.close()
            if self._has_indexes:
                self._catalog.vectors.close()
                self._catalog.pictures.close()
        if not self.join(seconds):
            _log.warning("what reads the captions does not answer; it is left alone")

    def _set(self, *, news: bool | None = None, paused: bool | None = None, stopped: bool = False) -> None:
        with self._changed:
            self._news = self._news if news is None else news
            self._paused = self._paused if paused is None else paused
            self._stopped = self._stopped or stopped
            self._changed.notify_all()

    # ------------------------------------------------------------------------------- its thread

    def _run(self) -> None:
        assert self._sentences is not None
        self._rest(_START_SECONDS)
        while self._wait_for_news(self._sentences):
            self._set(news=False)
            try:
                if not self._catalog.is_empty:
                    began = time.monotonic()
                    self._read(self._sentences, lambda: self._stopped or self._paused)
                    if time.monotonic() - began > _LONG_SECONDS:
                        hand_back_freed()
            except Cancelled:
                return
            except KnownError as error:
                _log.warning("captions are not read by meaning now: %s", error)
                self._set(news=True)
                self._rest(_RETRY_SECONDS)
            except Exception:  # noqa: BLE001 - top of this thread's work: search by words goes on
                _log.exception("captions cannot be read by meaning")
                return
            if self._paused:
                self._set(news=True)  # what is left is read when it goes on
            self._rest(_GATHER_SECONDS)

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped, seconds)

    def _wait_for_news(self, sentences: Sentences) -> bool:
        """Wait for a commit; False when this is the end.

        An encoder that nobody needs for a while gives its memory back.
        """

        def is_ready() -> bool:
            return self._stopped or (self._news and not self._paused)

        with self._changed:
            ready = self._changed.wait_for(is_ready, _IDLE_SECONDS)
        if not ready:
            sentences.close()
            with self._changed:
                self._changed.wait_for(is_ready)
        return not self._stopped

    # ------------------------------------------------------------------------------- headless

    def read_now(self, is_over: Callable[[], bool]) -> None:
        """Read what is unread, on the thread that asks; what cannot be read stays unread.

        Args:
            is_over: asked between two batches, ends it.
        """
        if self._make_sentences is None:
            return
        vectors = self._catalog.vectors
        try:
            self._keep_up(is_over)
            if vectors.unread(1):
                with closing(self._make_sentences(True)) as sentences:
                    self._read(sentences, is_over)
        except KnownError as error:
            _log.warning("captions are not read by meaning: %s", error)

    def _keep_up(self, is_over: Callable[[], bool]) -> None:
        """Have the indexes take up what changed: that of the pictures too, which others read."""
        self._has_indexes = True
        vectors, pictures = self._catalog.vectors, self._catalog.pictures
        vectors.on_lost = pictures.on_lost = self.wake
        vectors.keep_up(is_over)
        if pictures.model.key:
            pictures.keep_up(is_over)

    def _read(self, sentences: Sentences, is_over: Callable[[], bool]) -> None:
        """Read what is unread, the newest photos first.

        Raises:
            ModelError: the model cannot be used.
            CatalogError: what was read cannot be kept.
            Cancelled: the encoder was closed meanwhile.
        """
        before: list[Unread] = []
        while True:
            self._keep_up(is_over)
            vectors = self._catalog.vectors
            unread = [] if is_over() else vectors.unread(_BATCH)
            if unread and unread == before:
                _log.warning("%d photos' captions were read by meaning, but are not found by it", len(unread))
            if not unread or unread == before:
                break
            before = unread
            so_far = vectors.so_far()
            self._on_progress(so_far.photos - so_far.unread, so_far.photos)
            texts = {key: text for photo in unread for key, text in photo.sentences.items()}
            read = dict(zip(texts, sentences.encode(list(texts.values())), strict=True)) if texts else {}
            if not vectors.keep([photo.photo_id for photo in unread], read):
                raise CatalogError(
                    later("What was read of the captions cannot be kept."),
                    later("Free some space on the catalog's disk, and see that its folder can be written."),
                )
        self._on_progress(0, 0)
