"""What the runner has taken from the durable queue and not given back yet."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.jobs import EngineInfo, Job
from blipdesk.pipeline.lookahead import LookAhead

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

_BATCHES_AHEAD = 3


class Claims:
    """Claimed jobs, from the claim to the commit.  Owned by the runner's thread.

    Args:
        catalog: the queue.
        lookahead: gets claimed jobs at once, to read and decode them.
        roots: only photos at or below these paths are claimed; None: all.
    """

    def __init__(self, catalog: Catalog, lookahead: LookAhead, roots: Sequence[str] | None = None) -> None:
        self._catalog = catalog
        self._lookahead = lookahead
        self._roots = roots
        self._jobs: dict[int, Job] = {}
        self._owed: list[int] = []

    def __len__(self) -> int:
        return len(self._jobs)

    def fill(self, info: EngineInfo, first: Sequence[int]) -> None:
        """Claim a few batches ahead, photos of ``first`` before others.

        Raises:
            CatalogError: the queue cannot be written.
        """
        wanted = info.batch_size * _BATCHES_AHEAD - self._lookahead.outstanding
        if wanted >= info.batch_size:
            jobs = self._catalog.claim(info.model_key, wanted, first, roots=self._roots)
            self._jobs.update((job.id, job) for job in jobs)
            self._lookahead.offer(jobs, info.image_size)

    def enqueue_pending(self, model_key: str) -> None:
        """Queue what was not captioned yet.

        Raises:
            CatalogError: the queue cannot be written.
        """
        self._catalog.enqueue_pending(model_key, roots=self._roots)

    def are_waiting(self, model_key: str) -> bool:
        """True when :meth:`fill` would find something.

        Raises:
            CatalogError: the queue cannot be written.
        """
        job_ids = [job.id for job in self._catalog.claim(model_key, 1, roots=self._roots)]
        self._owed += job_ids
        self.pay()
        return bool(job_ids)

    def done(self, job_id: int) -> Job:
        """A job was committed or set aside: it is no longer ours."""
        return self._jobs.pop(job_id)

    def release_all(self) -> None:
        """Stop decoding ahead and give everything back."""
        self._lookahead.drop()
        self.release()

    def release(self) -> None:
        """Give back what is claimed; what cannot be (disk full) is owed, at worst till the next start."""
        self._owed += self._jobs
        self._jobs.clear()
        try:
            self.pay()
        except CatalogError as error:
            _log.warning("jobs could not be released: %s", error)

    def pay(self) -> None:
        """Give back what is owed.

        Raises:
            CatalogError: it still cannot be.
        """
        if self._owed:
            self._catalog.release(self._owed)
            self._owed = []

    def would_wait_for(self, model_key: str, is_same: bool) -> bool:
        """Whether photos wait for the model of the last run; what failed may succeed with another one."""
        self.enqueue_pending(model_key)  # under another model's key: the load moves it to this one's
        return self.are_waiting(model_key) or (not is_same and self._catalog.queue_counts().failed > 0)
