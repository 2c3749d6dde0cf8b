"""Decoding ahead of the engine, so that neither waits for the other."""

from __future__ import annotations

import base64
import logging
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blipdesk.domain.errors import CatalogError, KnownError, PhotoError, Problem, ProblemKind
from blipdesk.domain.jobs import DecodedPhoto, Job
from blipdesk.domain.ports import Decoder
from blipdesk.domain.wording import later
from blipdesk.metadata import read_beside
from blipdesk.pipeline.pictures import read_photo, read_with
from blipdesk.pipeline.threads import ThreadOwner

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog
    from blipdesk.pipeline.thumbs import ThumbnailSink

_log = logging.getLogger(__name__)

MAX_DEATHS = 2
"""A photo that was seen to kill a process so often is set aside."""
_GATHER_SECONDS = 0.05
_DEPTH = 32
"""Decoded photos that wait for the engine at most."""

# A sound 2 x 2 GIF. Before a death of the decoder is put down to a photo this one is decoded: if that kills
# the decoder too, the computer is at fault (disk full, no memory, a signal), not the photo.
_CANARY = base64.b64decode("R0lGODdhAgACAIAAAP8AAAAA/ywAAAAAAgACAAACAoRRADs=")
_CANARY_TRIES = 3

CRASHED = Problem(
    ProblemKind.CRASHED,
    later("Reading this photo stopped the reader twice; it was set aside."),
    later("Open it in another program and save a copy, or choose Try again after an update of BlipDesk."),
)


class DecoderUnwellError(KnownError):
    """The decoder dies on a sound picture too: no photo is to blame."""

    def __init__(self) -> None:
        super().__init__(
            later(
                "The program part that reads photos does not work on this computer now; no photo is to blame."
            ),
            later("Close other programs if memory or disk space is short; else install BlipDesk again."),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claimed job: exactly one of the last three is set, or none (stopped)."""

    job: Job
    decoded: DecodedPhoto | None = None
    problem: Problem | None = None
    error: Exception | None = None
    """The catalog or the decoder itself fails: the job stays queued."""


class LookAhead(ThreadOwner):
    """Owns the thread ``blipdesk-decode``: reads and decodes claimed jobs.

    For each job the attempt is committed first, then the file is read here (so that the decoder needs no
    access to any file), decoded, and its thumbnail stored.

    Args:
        catalog: counts attempts and deaths.
        thumbnails: gets the thumbnail of each decoded photo.
        decoder: the worker's; the runner's thread uses it for touched files, between batches.
    """

    def __init__(self, catalog: Catalog, thumbnails: ThumbnailSink, decoder: Decoder) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._decoder = decoder
        self._jobs: queue.SimpleQueue[tuple[Job, int] | None] = queue.SimpleQueue()
        self._outcomes: queue.Queue[Outcome] = queue.Queue(_DEPTH)
        self._stop = threading.Event()
        self._dropping = False
        self._outstanding = 0

    # ------------------------------------------------------------------ called by the runner's thread

    @property
    def outstanding(self) -> int:
        """Jobs offered whose outcome was not taken yet."""
        return self._outstanding

    def offer(self, jobs: Sequence[Job], image_size: int) -> None:
        """Hand over claimed jobs; their outcomes come in this order."""
        if not self._stop.is_set():
            self._begin(self._run, "blipdesk-decode")
        self._outstanding += len(jobs)
        for job in jobs:
            self._jobs.put((job, image_size))

    def take(self, limit: int, timeout: float) -> list[Outcome]:
        """The next outcomes: waits ``timeout`` seconds for a first one, then gathers what is nearly there."""
        outcomes: list[Outcome] = []
        deadline = time.monotonic() + timeout
        while len(outcomes) < min(limit, len(outcomes) + self._outstanding):
            try:
                outcomes.append(self._outcomes.get(timeout=max(0.0, deadline - time.monotonic())))
            except queue.Empty:
                break
            self._outstanding -= 1
            if len(outcomes) == 1:
                deadline = time.monotonic() + _GATHER_SECONDS
        return outcomes

    def drop(self) -> None:
        """Give up everything offered; the jobs are the caller's to release."""
        self._dropping = True
        try:
            while self._outstanding and (self.alive or not self._outcomes.empty()):
                self.take(self._outstanding, 0.2)
        finally:
            self._dropping = False

    def close(self) -> None:
        """End the thread; the decoder is the caller's to close (after this, or to end a long decode)."""
        self._stop.set()
        self._jobs.put(None)

    # ------------------------------------------------------------------ on the thread

    def _run(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, image_size = item
            if self._stop.is_set() or self._dropping:
                outcome = Outcome(job)
            else:
                try:
                    outcome = self._decode(job, image_size)
                except (CatalogError, DecoderUnwellError) as error:
                    outcome = Outcome(job, error=error)
                except Exception as error:  # noqa: BLE001 - a bug costs this photo, never the run
                    _log.exception("decoding a photo failed in an unforeseen way")
                    outcome = Outcome(job, problem=_bug(error))
            while not self._stop.is_set():
                try:
                    self._outcomes.put(outcome, timeout=0.2)
                    break
                except queue.Full:
                    continue

    def _decode(self, job: Job, image_size: int) -> Outcome:
        self._catalog.begin_attempt(job.id)
        try:
            data, beside = read_photo(job.path), read_beside(job.path)
            decoded = self._decode_twice(job, data, beside.data, image_size)
        except PhotoError as error:
            if self._stop.is_set():
                return Outcome(job)
            return Outcome(job, problem=error.problem)
        self._thumbnails.put(job.photo_id, job.content_hash, decoded.thumbnail)
        return Outcome(job, decoded=read_with(beside, decoded))

    def _decode_twice(self, job: Job, data: bytes, sidecar: bytes | None, image_size: int) -> DecodedPhoto:
        """Decode, once more at once where the process died (CRASHED) or could not work (IO)."""
        failures = 0
        while True:
            try:
                return self._decoder.decode(data, job.path, image_size, sidecar)
            except PhotoError as error:
                kind = error.problem.kind
                failures += 1
                if kind not in (ProblemKind.CRASHED, ProblemKind.IO) or self._stop.is_set():
                    raise
                if kind is ProblemKind.IO and failures > 1:
                    raise
                _log.warning("the decoder failed on %r: %s", job.path, error)
            self._check_decoder(image_size)
            if kind is ProblemKind.CRASHED and self._catalog.record_death(job.id) >= MAX_DEATHS:
                raise PhotoError(CRASHED)

    def _check_decoder(self, image_size: int) -> None:
        """See that a sound picture is decoded; a process killed from outside may be hit here again."""
        failure: PhotoError | None = None
        for _ in range(_CANARY_TRIES):
            try:
                self._decoder.decode(_CANARY, "canary.gif", image_size)
            except PhotoError as error:
                failure = error
                _log.warning("the decoder fails on a sound picture too: %s", error)
            else:
                return
        raise DecoderUnwellError from failure


def _bug(error: Exception) -> Problem:
    return Problem(
        ProblemKind.ENGINE,
        later("BlipDesk failed on this photo ({name}).").format(name=type(error).__name__),
        later("Choose Try again; if it happens again, please report it with the log."),
    )
