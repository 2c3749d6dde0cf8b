"""Captions to choose from: the model proposes some more for one photo."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import CaptionOptions
from blipdesk.pipeline import Pipeline
from blipdesk.pipeline.questions import caption_question
from blipdesk.services.handing_on import hand_on

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

    def propose(
        self, photo_id: int, *, others: bool, on_loading: Callable[[str], None] = lambda _: None
    ) -> Proposing:
        """Have the model caption a photo several times; immediate.

        Args:
            photo_id: the photo.
            others: draw words by their likelihood: the likeliest captions are known already.
            on_loading: gets the name of a model that has to be loaded first, and "" once it is, on a worker
                thread.
        """
        options = replace(self._options(), candidates=COUNT, sampling=others)
        if not others:
            options = replace(options, num_beams=max(COUNT, options.num_beams))
        proposing = Proposing()
        asked = caption_question(photo_id, options, proposing.stop)
        answer = self._pipeline().ask(replace(asked, on_loading=on_loading))
        hand_on(
            answer,
            lambda result: self._catalog.keep_proposed(photo_id, result.candidates),
            proposing.future,
        )
        return proposing
