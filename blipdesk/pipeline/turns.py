"""Who may write photos' files now, and to which run a write belongs."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from blipdesk.domain.writes import RunKind, WriteOutcome, WritePolicy

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

RUN_SECONDS = 3600.0
"""After so long without a write the next one begins a new run, which is taken back by itself."""


class Turn:
    """Held while a few files are written or restored together, by one at a time, whoever asks for it.

    ``undone`` rises each time that an undo takes it: what was pending before may not be any more.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.undone = 0

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class OpenRun:
    """A stretch of writes under one policy; it begins in the catalog with the first photo that is tried."""

    def __init__(self, catalog: Catalog, policy: WritePolicy) -> None:
        self._catalog = catalog
        self._policy = policy
        self._id: int | None = None
        self._used = time.monotonic()
        self._kept: set[int] = set()
        self._refused: set[int] = set()

    def suits(self, policy: WritePolicy) -> bool:
        """Whether a write of this policy belongs to it still."""
        return policy == self._policy and time.monotonic() - self._used < RUN_SECONDS

    def use(self) -> int:
        """Its id, for a write that begins now."""
        if self._id is None:
            self._id = self._catalog.begin_run(RunKind.WRITE, self._policy.target, self._policy.existing)
        self._used = time.monotonic()
        return self._id

    def count(self, photo_id: int, outcome: WriteOutcome) -> None:
        """What became of a photo; one that is tried again counts once."""
        for ended, counted in ((WriteOutcome.KEPT, self._kept), (WriteOutcome.REFUSED, self._refused)):
            (counted.add if outcome is ended else counted.discard)(photo_id)

    def rest(self) -> None:
        """For now all is written: let the catalog know how much was left alone."""
        if self._id is not None and not self._catalog.end_run(self._id, len(self._kept), len(self._refused)):
            self._id = None  # nothing was written: it is forgotten
            self._kept.clear()
            self._refused.clear()
