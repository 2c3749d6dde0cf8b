"""The engine in this process: what the child runs, and the synchronous twin for tests."""

from __future__ import annotations

import contextlib
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from blipdesk.domain.choices import check_choices
from blipdesk.domain.errors import Cancelled, KnownError, ModelError
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    ChoiceResult,
    EngineInfo,
    EngineSettings,
    Explanation,
    PixelImage,
    Turn,
)
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.values import Choice, MatchScore
from blipdesk.domain.wording import later
from blipdesk.engine.batching import DeviceLostError, PhotoTooLargeError, check_device, is_out_of_memory
from blipdesk.engine.capfilt import filter_captions
from blipdesk.engine.held import HeldModel, HeldModels
from blipdesk.engine.registry import ANSWER, CAPTION, RETRIEVAL
from blipdesk.engine.text import encodable
from blipdesk.engine.views import fit
from blipdesk.engine.vision_model import GeneratedAnswer

_log = logging.getLogger(__name__)

_SPELLINGS = {
    **{"0": ("zero", "none"), "1": ("one",), "2": ("two",), "3": ("three",), "4": ("four",), "5": ("five",)},
    **{"6": ("six",), "7": ("seven",), "8": ("eight",), "9": ("nine",), "10": ("ten",)},
    **{"grey": ("gray",), "gray": ("grey",)},
}
"""Other words for a choice: a model answers with those it learnt, so that their likelihoods are added."""
_T = TypeVar("_T")


class LocalEngine:
    """Implements :class:`~blipdesk.domain.ports.VisionEngine` with torch in this process; one thread."""

    def __init__(self, models_dir: Path | None = None) -> None:
        self._models = HeldModels(models_dir)

    # -------------------------------------------------------------------------------------------- loading

    def load(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        return self._models.load(settings, CAPTION).info(CAPTION)

    def answer_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        return self._models.load(settings, ANSWER).info(ANSWER)

    def retrieval_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        held = self._models.load(settings, RETRIEVAL)
        _ = held.scorer  # a damaged calibration is said now, and costs no caption later
        return held.info(RETRIEVAL)

    def drop_retrieval(self) -> None:
        """See the port."""
        self._models.drop(RETRIEVAL)

    def close(self) -> None:
        """Unload all; torch itself stays imported."""
        self._models.clear()

    # ------------------------------------------------------------------------------------------- captions

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """See the port."""

        def run(held: HeldModel) -> list[CaptionResult]:
            size = held.loaded.model.image_size
            return held.runner.caption([fit(image, size) for image in images], options, cancel)

        results = self._with_room(CAPTION, run)
        if self._models.find(RETRIEVAL) is None:
            return results
        try:
            return self._with_room(
                RETRIEVAL, lambda held: filter_captions(results, images, held.scorer, cancel)
            )
        except DeviceLostError:
            raise
        except ModelError as error:
            _log.warning("captions are not scored any more: %s", error)
            self.drop_retrieval()
            return results

    def _with_room(self, task: str, work: Callable[[HeldModel], _T]) -> _T:
        """Work with what is loaded for a task; at a smaller place where one photo is too much memory.

        Raises:
            ModelError: nothing is loaded, or the smaller place does not do.
            Exception: whatever the work raises.
        """
        while True:
            held = self._models.get(task)
            try:
                return work(held)
            except Exception as error:
                short = isinstance(error, PhotoTooLargeError) or is_out_of_memory(error)
                if not (short and held.can_move):
                    raise
                _log.warning("the model has no memory for one photo: it goes to a smaller place")
            del held  # and no frame of the failed work holds the model any more
            self._models.step_down(task)

    # ------------------------------------------------------------------------------------------ questions

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
        history: Sequence[Turn] = (),
    ) -> AnswerResult:
        """See the port."""
        key = self._models.get(ANSWER).key(ANSWER)
        started = time.monotonic()
        turns = [Turn(encodable(turn.question), encodable(turn.answer)) for turn in history]

        def ask(held: HeldModel) -> GeneratedAnswer:
            encoded = held.views.encode([image])
            return held.answerer.answer(encoded, encodable(question), turns, on_token, cancel)

        with _failing_in_words(*_NO_ANSWER):
            said = self._with_room(ANSWER, ask)
        return AnswerResult(said.text, key, time.monotonic() - started, said.stopped, said.turns_left_out)

    def choose(
        self, image: PixelImage, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> ChoiceResult:
        """See the port: the likelihoods of all choices as answers, made to sum to 1 (BLIP's rank mode)."""
        key = self._models.get(ANSWER).key(ANSWER)
        started = time.monotonic()
        texts = check_choices(choices)
        spelled = [_spellings(text, texts) for text in texts]
        flat = [encodable(spelling) for spellings in spelled for spelling in spellings]
        with _failing_in_words(*_NO_ANSWER):
            logs = self._with_room(
                ANSWER,
                lambda held: held.answerer.rank(
                    held.views.encode([image]), encodable(question), flat, cancel
                ),
            )
        left = iter(logs)
        sums = [_log_sum([next(left) for _ in spellings]) for spellings in spelled]
        found = [
            Choice(text, share, min(1.0, math.exp(total)))
            for text, share, total in zip(texts, _shares(sums), sums, strict=True)
        ]
        found.sort(key=lambda choice: -choice.probability)
        return ChoiceResult(tuple(found), key, time.monotonic() - started)

    # ------------------------------------------------------------------------------------------- matching

    def score(
        self, images: Sequence[PixelImage], texts: Sequence[str], cancel: CancelToken
    ) -> list[MatchScore | None]:
        """See the port."""
        asked = [[text] for text in texts]
        found = self._with_room(RETRIEVAL, lambda held: held.scorer.score(images, asked, cancel))
        return [None if seen is None else seen.matches[0] for seen in found]

    def explain(self, image: PixelImage, text: str, cancel: CancelToken) -> Explanation:
        """See the port."""
        key = self._models.get(RETRIEVAL).key(RETRIEVAL)
        (match,) = self.score([image], [text], cancel)
        if match is None:
            raise ModelError(*_NO_MATCH)
        with _failing_in_words(*_NO_MATCH):
            words = self._with_room(
                RETRIEVAL,
                lambda held: held.retriever.explain(held.views.encode([image]), encodable(text)),
            )
        return Explanation(text, match, tuple(words), key)

    def embed_images(self, images: Sequence[PixelImage], cancel: CancelToken) -> list[tuple[float, ...]]:
        """See the port."""

        def embed(held: HeldModel) -> list[tuple[float, ...] | None]:
            def look(part: Sequence[PixelImage]) -> list[tuple[float, ...]]:
                return [tuple(row) for row in held.retriever.image_features(held.views.encode(part)).tolist()]

            return held.scorer.in_batches(images, look, cancel)

        rows = [row for row in self._with_room(RETRIEVAL, embed) if row is not None]
        if len(rows) < len(images):
            raise ModelError(*_NO_MATCH)
        return rows

    def embed_texts(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """See the port."""
        self._models.get(RETRIEVAL)  # has to be there, also for no text
        if not texts:
            return []
        asked = [encodable(text) for text in texts]
        with _failing_in_words(later("The model failed on this text."), later("Put it in other words.")):
            features = self._with_room(RETRIEVAL, lambda held: held.retriever.text_features(asked))
        return [tuple(row) for row in features.tolist()]


_NO_ANSWER = (later("The model failed on this question."), later("Ask it in other words."))
_NO_MATCH = (later("The retrieval model failed on this photo."), later("Try again, or with another model."))


@contextlib.contextmanager
def _failing_in_words(message: str, remedy: str) -> Iterator[None]:
    """Turn whatever a library raises into a :class:`ModelError`; its trace goes to the log."""
    try:
        yield
    except (Cancelled, KnownError):
        raise
    except Exception as error:
        check_device(error)
        _log.exception("the model failed")
        raise ModelError(message, remedy) from error


def _spellings(choice: str, choices: Sequence[str]) -> tuple[str, ...]:
    """A choice and other words for it that are not choices themselves."""
    taken = {other.lower() for other in choices}
    return (choice, *(word for word in _SPELLINGS.get(choice.lower(), ()) if word not in taken))


def _log_sum(logs: Sequence[float]) -> float:
    top = max(logs)
    return top + math.log(math.fsum(math.exp(value - top) for value in logs))


def _shares(logs: Sequence[float]) -> list[float]:
    """Numbers in proportion to exp(logs) that sum to 1."""
    whole = _log_sum(logs)
    return [math.exp(value - whole) for value in logs]
