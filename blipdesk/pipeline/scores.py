"""How well captions fit: the retrieval model beside the captioning one, which never costs a caption."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import CaptionResult, DecodedPhoto, EngineInfo, EngineSettings, Job, PixelImage
from blipdesk.domain.ports import CancelToken, VisionEngine
from blipdesk.domain.values import Candidate, Photo, Source, Sureness
from blipdesk.domain.wording import later

_log = logging.getLogger(__name__)

_MOST_FAILURES = 3
"""After so many failures one after the other nothing is scored before the next load."""


class Scores:
    """The retrieval model of one load of the captioning model.  The runner's thread.

    Args:
        engine: where it is loaded.
        settings: which; None: there is none.
    """

    def __init__(self, engine: VisionEngine, settings: EngineSettings | None) -> None:
        self._engine = engine
        self._settings = settings
        self._failures = 0
        self._unscored = 0
        self.on = False
        """True while captions are scored."""
        self.is_demo = False
        """True of a model that understands drawn scenes, and the words of the demo's captioner, only."""
        self.model_key = ""
        """Of the model last loaded."""
        self.problem = ""
        """Why captions could not be scored, the last time; empty where nothing was wrong."""

    def load(self) -> EngineInfo | None:
        """Load the model; None where there is none, or it cannot be loaded."""
        self.on = False
        if self._settings is not None:
            try:
                info = self._engine.retrieval_info(self._settings)
            except ModelError as error:
                self.problem = str(error)
                _log.warning("captions are not scored: %s", error)
            else:
                self.on, self.model_key, self.is_demo = True, info.model_key, info.demo
                return info
        self._engine.drop_retrieval()
        return None

    def drop(self) -> None:
        """The engine failed while it captioned and scored: let it caption alone."""
        self.on = False
        self._engine.drop_retrieval()

    def resume(self) -> None:
        """Score again after :meth:`drop`, unless that happened too often."""
        self._failures += 1
        self._resume(self._failures)

    def _resume(self, failures: int) -> None:
        if failures < _MOST_FAILURES:
            self.load()
        else:
            self.problem = later("The checking model failed {count} times, one after the other.").format(
                count=failures
            )
            _log.warning("captions are not scored any more: %s", self.problem)

    def note_success(self) -> None:
        """A batch was captioned: what failed before was no matter of the model."""
        self._failures = 0

    def score(
        self, images: Sequence[PixelImage], captions: Sequence[Candidate], cancel: CancelToken
    ) -> list[Candidate]:
        """The captions with their match; as they are where scoring fails.

        Raises:
            Cancelled: the run stops.
        """
        if not captions or not self.on:
            return list(captions)
        try:
            matches = self._engine.score(images, [caption.text for caption in captions], cancel)
        except ModelError as error:
            _log.warning("captions that were there could not be scored: %s", error)
            self.drop()
            self._unscored += 1  # counted apart: that new captions are scored says nothing about these
            self._resume(self._unscored)
            if len(captions) == 1:
                return list(captions)
            alone = zip(images, captions, strict=True)
            return [self.score([image], [caption], cancel)[0] for image, caption in alone]
        self._unscored = 0
        return [replace(caption, match=match) for caption, match in zip(captions, matches, strict=True)]


def existing_captions(
    photo: Photo, job: Job, decoded: DecodedPhoto, result: CaptionResult | None, *, by_demo: bool
) -> Iterator[Candidate]:
    """The captions of a photo that is scored now, besides those proposed: a person's, the file's, a model's.

    A photo that is not captioned now is scored when its file is first read: its caption was imported.

    Args:
        photo: as it was.
        job: what is done with it.
        decoded: its file.
        result: what is proposed for it; None: it is not captioned now.
        by_demo: a demo model scores.  It tells nothing of what was written elsewhere: 2,997 of 3,000 imported
            captions of photos would have to be looked at.
    """
    if by_demo and result is None:
        return
    if job.pixel_hash is not None if result is None else result.problem is not None:
        return
    proposed = {candidate.text for candidate in result.candidates} if result is not None else set()
    for text, source in (
        (photo.user_caption, Source.USER),
        (decoded.facts.caption, Source.FILE),
        (photo.model_caption, Source.MODEL),
    ):
        if by_demo and source is not Source.MODEL:
            continue
        if text and not (source is Source.MODEL and text in proposed):
            yield Candidate(text, text, source=source)


def keeps(candidate: Candidate, result: CaptionResult | None) -> bool:
    """Whether a scored caption is kept: a model's former one only where it fits, for people find by it."""
    if candidate.match is None:
        return False
    former = result is not None and candidate.source is Source.MODEL
    return not former or candidate.match.sureness is not Sureness.UNSURE
