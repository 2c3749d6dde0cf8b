"""The engine in this process: what the child runs, and the synchronous twin for tests."""

from __future__ import annotations

import contextlib
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

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
from blipdesk.engine.batching import PhotoTooLargeError
from blipdesk.engine.capfilt import filter_captions
from blipdesk.engine.held import HeldModels
from blipdesk.engine.registry import ANSWER, CAPTION, RETRIEVAL
from blipdesk.engine.text import encodable
from blipdesk.engine.views import fit

_log = logging.getLogger(__name__)

_SPELLINGS = {
    **{"0": ("zero", "none"), "1": ("one",), "2": ("two",), "3": ("three",), "4": ("four",), "5": ("five",)},
    **{"6": ("six",), "7": ("seven",), "8": ("eight",), "9": ("nine",), "10": ("ten",)},
    **{"grey": ("gray",), "gray": ("grey",)},
}
"""Other words for a choice: a model answers with those it learnt, so that their likelihoods are added."""
_TEXTS_AT_ONCE = 64


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
        results = None
        while results is None:
            results = self._caption(images, options, cancel)
            if results is None:  # here no frame of the failed call holds the model any more
                self._models.step_down(CAPTION)
        retrieval = self._models.find(RETRIEVAL)
        if retrieval is None:
            return results
        return filter_captions(results, images, retrieval.scorer, cancel)

    def _caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult] | None:
        """The captions; None where one photo alone is too much memory for the model where it is."""
        held = self._models.get(CAPTION)
        size = held.loaded.model.image_size
        try:
            return held.runner.caption([fit(image, size) for image in images], options, cancel)
        except PhotoTooLargeError:
            _log.warning("the model has no memory for one photo: it goes to a smaller place")
            return None

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
        held = self._models.get(ANSWER)
        started = time.monotonic()
        turns = [Turn(encodable(turn.question), encodable(turn.answer)) for turn in history]
        with _failing_in_words("The model failed on this question.", "Ask it in other words."):
            encoded = held.views.encode([image])
            said = held.answerer.answer(encoded, encodable(question), turns, on_token, cancel)
        seconds = time.monotonic() - started
        return AnswerResult(said.text, held.key(ANSWER), seconds, said.stopped, said.turns_left_out)

    def choose(
        self, image: PixelImage, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> ChoiceResult:
        """See the port: the likelihoods of all choices as answers, made to sum to 1 (BLIP's rank mode)."""
        held = self._models.get(ANSWER)
        started = time.monotonic()
        texts = check_choices(choices)
        spelled = [_spellings(text, texts) for text in texts]
        flat = [encodable(spelling) for spellings in spelled for spelling in spellings]
        logs: list[float] = []
        with _failing_in_words("The model failed on this question.", "Ask it in other words."):
            encoded = held.views.encode([image])
            for start in range(0, len(flat), _TEXTS_AT_ONCE):
                some = flat[start : start + _TEXTS_AT_ONCE]
                logs += held.answerer.rank(encoded, encodable(question), some, cancel)
        left = iter(logs)
        weights = _shares([_log_sum([next(left) for _ in spellings]) for spellings in spelled])
        found = [Choice(text, weight) for text, weight in zip(texts, weights, strict=True)]
        found.sort(key=lambda choice: -choice.probability)
        return ChoiceResult(tuple(found), held.key(ANSWER), time.monotonic() - started)

    # ------------------------------------------------------------------------------------------- matching

    def score(
        self, images: Sequence[PixelImage], texts: Sequence[str], cancel: CancelToken
    ) -> list[MatchScore]:
        """See the port."""
        scorer = self._models.get(RETRIEVAL).scorer
        scores = []
        for found in scorer.score(images, [[text] for text in texts], cancel):
            if found is None:
                raise ModelError(_FAILED, _REMEDY)
            scores += found
        return scores

    def explain(self, image: PixelImage, text: str, cancel: CancelToken) -> Explanation:
        """See the port."""
        held = self._models.get(RETRIEVAL)
        (match,) = self.score([image], [text], cancel)
        with _failing_in_words(_FAILED, _REMEDY):
            words = held.retriever.explain(held.views.encode([image]), encodable(text))
        return Explanation(text, match, tuple(words), held.key(RETRIEVAL))

    def embed_images(self, images: Sequence[PixelImage], cancel: CancelToken) -> list[tuple[float, ...]]:
        """See the port."""
        held = self._models.get(RETRIEVAL)
        rows: list[tuple[float, ...]] = []
        with _failing_in_words(_FAILED, _REMEDY):
            while len(rows) < len(images):
                if cancel.is_set():
                    raise Cancelled
                part = images[len(rows) : len(rows) + held.scorer.batch_size]
                rows += map(tuple, held.retriever.image_features(held.views.encode(part)).tolist())
        return rows

    def embed_texts(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """See the port."""
        held = self._models.get(RETRIEVAL)
        if not texts:
            return []
        with _failing_in_words("The model failed on this text.", "Put it in other words."):
            features = held.retriever.text_features([encodable(text) for text in texts])
        return [tuple(row) for row in features.tolist()]


_FAILED = "The retrieval model failed on this photo."
_REMEDY = "Try again, or with another model."


@contextlib.contextmanager
def _failing_in_words(message: str, remedy: str) -> Iterator[None]:
    """Turn whatever a library raises into a :class:`ModelError`; its trace goes to the log."""
    try:
        yield
    except (Cancelled, KnownError):
        raise
    except Exception as error:
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
