"""Captions to choose from: the model proposes some more for one photo."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import CaptionOptions, CaptionResult
from blipdesk.pipeline import Pipeline
from blipdesk.pipeline.questions import caption_question

COUNT = 4
"""Captions that are proposed at a time."""


class Proposing:
    """Captions under way: ``future`` ends once they are in the catalog, :meth:`cancel` stops at a token."""

    def __init__(self) -> None:
        self.future: Future[None] = Future()
        self.stop = threading.Event()

    def cancel(self) -> None:
        """Stop; nothing is kept. Immediate."""
        self.stop.set()


class ProposingService:
    """Proposals stand beside the caption that people see; which of them is taken is a person's edit.

    Args:
        catalog: keeps them.
        pipeline: has the model caption the photo.
        options: how captions are made otherwise.
    """

    def __init__(
        self, catalog: Catalog, pipeline: Callable[[], Pipeline], options: Callable[[], CaptionOptions]
    ) -> None:
        self._catalog = catalog
        self._pipeline = pipeline
        self._options = options

    def propose(self, photo_id: int, *, others: bool) -> Proposing:
        """Have the model caption a photo several times; immediate.

        Args:
            photo_id: the photo.
            others: draw words by their likelihood: the likeliest captions are known already.
        """
        options = replace(self._options(), candidates=COUNT, sampling=others)
        if not others:
            options = replace(options, num_beams=max(COUNT, options.num_beams))
        proposing = Proposing()
        asked = caption_question(photo_id, options, proposing.stop)

        def keep(done: Future[CaptionResult]) -> None:
            try:
                self._catalog.keep_proposed(photo_id, done.result().candidates)
            except BaseException as error:  # noqa: BLE001 - whatever it was goes to whoever waits
                proposing.future.set_exception(error)
            else:
                proposing.future.set_result(None)

        self._pipeline().ask(asked).add_done_callback(keep)
        return proposing
