"""The worker's two threads, the runner and the decoding one, which begin and end together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.conditions import ComputerState
from blipdesk.domain.ports import Decoder, VisionEngine
from blipdesk.pipeline.batches import RunnerHooks
from blipdesk.pipeline.holding import Holding
from blipdesk.pipeline.lookahead import LookAhead
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.picture_reading import PictureReading
from blipdesk.pipeline.progress import ProgressMeter
from blipdesk.pipeline.runner import Runner
from blipdesk.pipeline.thumbs import ThumbnailSink
from blipdesk.pipeline.touched import Touched

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

_LONGEST_TOKEN_SECONDS = 5.0
"""How long an ordered end waits for the engine, which ends at the next token, before it closes it: one that
loads a model, or hangs, knows no tokens."""
_LONGEST_DECODE_SECONDS = 2.0
"""How long an ordered end waits for a decode before it closes the decoder under it."""
_HUNG_SECONDS = 20.0
"""An engine or a drive that never answers is left alone in the end."""


class Worker:
    """Makes the two threads for a run and ends them in order.  Its owner locks.

    Args:
        catalog: the queue.
        engine: used by the runner's thread; closed under it where it does not end.
        decoder: used by both threads; likewise.
        meter: where progress goes.
        touched: files to look at when there is nothing else to do.
        on_read: called after pictures were read for search.
        computer: what is asked whether work may go on; None: it always may.
    """

    def __init__(
        self,
        catalog: Catalog,
        engine: VisionEngine,
        decoder: Decoder,
        meter: ProgressMeter,
        touched: Touched,
        on_read: Callable[[], None] = lambda: None,
        computer: ComputerState | None = None,
    ) -> None:
        self._catalog = catalog
        self._engine = engine
        self._decoder = decoder
        self._meter = meter
        self._touched = touched
        self._computer = computer
        self._pictures = PictureReading(catalog, engine, decoder, meter.set_looking, on_read)
        self._lookahead: LookAhead | None = None
        self.runner: Runner | None = None
        """Of the present or the last run."""

    def make(
        self,
        options: PipelineOptions,
        thumbnails: ThumbnailSink,
        hooks: RunnerHooks,
        roots: Sequence[str] | None,
    ) -> Runner:
        """A runner for a run, not started yet."""
        self._lookahead = LookAhead(self._catalog, thumbnails, self._decoder)
        self.runner = Runner(
            self._catalog, self._lookahead, self._engine, options, self._meter, hooks, self._touched,
            self._pictures, Holding(self._computer), roots,
        )  # fmt: skip
        return self.runner

    def end(self) -> None:
        """End both threads; whatever hangs is closed under them."""
        runner, lookahead = self.runner, self._lookahead
        if runner is None or lookahead is None:
            return
        runner.request_stop()
        self._pictures.end()
        lookahead.close()
        if not runner.join(_LONGEST_TOKEN_SECONDS):
            self._engine.close()  # ends the call that holds the thread
        if not (lookahead.join(_LONGEST_DECODE_SECONDS) and runner.join(_LONGEST_DECODE_SECONDS)):
            self._decoder.close()  # ends the decode that holds either thread
            lookahead.join(_LONGEST_DECODE_SECONDS)
        if not runner.join(_HUNG_SECONDS):
            _log.warning("the model does not answer; it is left alone")
