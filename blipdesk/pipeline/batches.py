"""One batch after the other: taken from the decoding thread, captioned, committed, acknowledged."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, Problem
from blipdesk.domain.jobs import CaptionCommit, DecodedPhoto, Job
from blipdesk.domain.ports import CancelToken
from blipdesk.pipeline.captioner import Captioned, Captioner, commit_of
from blipdesk.pipeline.claims import Claims
from blipdesk.pipeline.lookahead import LookAhead
from blipdesk.pipeline.picture_reading import PictureReading
from blipdesk.pipeline.progress import ProgressMeter
from blipdesk.pipeline.twins import Twins

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

LONG_BATCH_SECONDS = 1.0
"""A question interrupts batches that take longer; the first one, of which nothing is known yet, too."""
ROUND = 64
"""So many captions of a headless run are written back together."""
_WAIT_SECONDS = 0.5
_COUNT_SECONDS = 2.0

Ready = tuple[Job, DecodedPhoto]


@dataclass(frozen=True, slots=True)
class RunnerHooks:
    """Whom the runner tells; all are called on its thread."""

    on_done: Callable[[Job, CaptionCommit], None]
    """A job, after its commit."""
    on_failed: Callable[[str, Problem], None]
    decode_for_question: Callable[[int | str, int], DecodedPhoto]
    """(photo id or path, image size): decoded for the model that is asked."""
    write_round: Callable[[], None] | None = None
    """Writes back what is pending; called every so many captions, while nothing is being decoded."""


class Batches:
    """Owned by the runner's thread.

    Args:
        catalog: gets the captions.
        lookahead: gives decoded photos.
        captioner: has a model loaded when :meth:`run` is called.
        claims: the jobs in hand.
        pictures: keeps what the retrieval model saw in the pictures.
        meter: where progress goes.
        hooks: whom to tell.
    """

    def __init__(
        self,
        catalog: Catalog,
        lookahead: LookAhead,
        captioner: Captioner,
        claims: Claims,
        pictures: PictureReading,
        meter: ProgressMeter,
        hooks: RunnerHooks,
    ) -> None:
        self._catalog = catalog
        self._lookahead = lookahead
        self._captioner = captioner
        self._claims = claims
        self._pictures = pictures
        self._meter = meter
        self._hooks = hooks
        self._twins = Twins(catalog)
        self._held: list[Ready] = []
        self._waiting = 0
        self._counted_at = float("-inf")
        self.seconds = LONG_BATCH_SECONDS
        """How long the last batch took in the engine."""
        self._since_round = 0

    @property
    def round_is_due(self) -> bool:
        """Whether so many were captioned that they are to be written back now."""
        return self._hooks.write_round is not None and self._since_round >= ROUND

    def write_round(self) -> None:
        """Write them back; while nothing is being decoded."""
        if self._hooks.write_round is not None:
            self._hooks.write_round()
        self._since_round = 0

    def drop(self) -> None:
        """Forget what was decoded and not captioned; its jobs are released by whoever calls this."""
        self._held = []

    def run(self, cancel: CancelToken) -> bool:
        """Take what is decoded, caption it, commit it; waits a moment where nothing is decoded yet.

        Returns:
            True where a photo was given to one that is gone: something may be queued for that one.

        Raises:
            CatalogError, DecoderUnwellError, EngineUnwellError: the work cannot go on now.
        """
        assert self._captioner.info is not None
        wanted = 0 if self._held else self._captioner.info.batch_size
        outcomes = self._lookahead.take(wanted, _WAIT_SECONDS)
        error = next((o.error for o in outcomes if o.error is not None), None)
        if error is not None:
            raise error
        ready, self._held = self._held, []
        done = failed = 0
        adopted = False
        for outcome in outcomes:
            if outcome.problem is not None:
                self._fail(outcome.job, outcome.problem)
                failed += 1
            elif outcome.decoded is not None and self._twins.adopt(outcome.job, outcome.decoded):
                self._claims.done(outcome.job.id)
                adopted = True
            elif outcome.decoded is not None:
                ready.append((outcome.job, outcome.decoded))
        if ready:
            done, bad = self._caption(ready, cancel)
            failed += bad
        if done or failed:
            self._meter.advance(done, failed, self._remaining(done + failed))
        return adopted

    def _caption(self, ready: list[Ready], cancel: CancelToken) -> tuple[int, int]:
        """Caption and commit; how many were done and how many failed (none when interrupted)."""
        began = time.monotonic()
        try:
            made = self._captioner.caption(ready, cancel)
        except Cancelled:
            self._held = ready  # decoded already: captioned after the question
            return 0, 0
        self.seconds = time.monotonic() - began
        committed = self._commit(ready, made)
        self._pictures.measure(cancel)
        return committed

    def _commit(self, ready: Sequence[Ready], made: Sequence[Captioned]) -> tuple[int, int]:
        """One transaction for the batch, then the acknowledgements, then the failures."""
        commits = []
        failures = []
        for (job, decoded), captioned in zip(ready, made, strict=True):
            result = captioned.result
            if result is not None and result.problem is not None:
                failures.append((job, result.problem, decoded))
            else:
                commits.append(commit_of(job, decoded, captioned, self._captioner.options.caption))
        if commits:
            # Before the captions: what is kept of a picture that stays uncaptioned is not lost, either.
            self._pictures.keep(
                self._captioner.retrieval_key,
                zip((decoded for _, decoded in ready), (one.result for one in made), strict=True),
                self._captioner.options,
            )
            self._catalog.commit_captions(commits)
            for commit in commits:
                _tell(self._hooks.on_done, self._claims.done(commit.job_id), commit)
            self._since_round += len(commits)
        for job, problem, decoded in failures:
            self._fail(job, problem, decoded)
        return len(commits), len(failures)

    def _fail(self, job: Job, problem: Problem, decoded: DecodedPhoto | None = None) -> None:
        self._catalog.fail(job.id, problem, decoded)
        self._claims.done(job.id)
        _tell(self._hooks.on_failed, job.path, problem)

    def _remaining(self, finished: int) -> int:
        """Photos still to come; counted anew every two seconds, for a count over a long queue is not free."""
        now = time.monotonic()
        self._waiting = max(0, self._waiting - finished)
        if now - self._counted_at >= _COUNT_SECONDS or not self._waiting:
            queued = self._catalog.queue_counts(self._captioner.model_key).queued
            self._waiting = queued + len(self._claims)
            self._counted_at = now
        return self._waiting


def _tell(hook: Callable[..., None], *arguments: object) -> None:
    """Call a hook; that nobody reads its output any more (a closed pipe) does not stop the run."""
    try:
        hook(*arguments)
    except (OSError, ValueError):
        _log.warning("a listener is gone", exc_info=True)
