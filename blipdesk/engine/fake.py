"""A deterministic engine without torch, to try what stands around a model: a hash of pixels gives words."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence

from blipdesk.domain.errors import Cancelled, ModelError, Problem, ProblemKind
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    EngineInfo,
    EngineSettings,
    PixelImage,
)
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.values import Candidate
from blipdesk.engine.keywords import extract_keywords

FAKE_MODEL = "fake"
IMAGE_SIZE = 64

_COLOURS = ("red", "blue", "green", "yellow", "white", "black", "brown", "orange", "purple", "grey")
_NOUNS = (
    "dog", "cat", "bicycle", "car", "boat", "bird", "horse", "child", "woman", "man", "umbrella", "train",
    "kite", "bench", "tree", "flower", "guitar", "teapot", "suitcase", "lamp",
)  # fmt: skip
_ACTIONS = ("standing", "resting", "waiting", "lying", "leaning")
_PLACES = (
    "on a beach", "in a garden", "beside a river", "in front of a house", "on a table", "in a field of grass",
    "near a bridge", "in the snow", "under a tree", "on a city street", "next to a window", "by a lake",
)  # fmt: skip


def is_fake(model: str) -> bool:
    """True for the settings' model names that mean this engine: ``fake`` and ``fake:SECONDS``."""
    return model == FAKE_MODEL or model.startswith(FAKE_MODEL + ":")


class FakeEngine:
    """Implements :class:`~blipdesk.domain.ports.VisionEngine`; any thread, one call at a time.

    ``fake:0.05`` takes 0.05 s a photo (also ``BLIPDESK_FAKE_DELAY``), and checks the token meanwhile.
    """

    def __init__(self, model: str = FAKE_MODEL) -> None:
        self._delay = _delay(model)

    def load(self, settings: EngineSettings) -> EngineInfo:
        """See the port; takes any ``fake`` model name.

        Raises:
            ModelError: ``fake:X`` without a number.
        """
        if is_fake(settings.model):
            self._delay = _delay(settings.model)
        return self._info("caption", settings)

    def answer_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port; answers whatever ``settings`` name."""
        return self._info("answer", settings)

    def _info(self, task: str, settings: EngineSettings) -> EngineInfo:
        return EngineInfo(
            model_key=f"{FAKE_MODEL}/{task}",
            title="Fake model (for tests)",
            device="cpu",
            precision="none",
            image_size=IMAGE_SIZE,
            batch_size=settings.batch_size or 8,
        )

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """See the port: a sentence chosen by the hash of the pixels."""
        results: list[CaptionResult] = []
        for image in images:
            self._wait(cancel, self._delay)
            results.append(self._caption(image, options))
        return results

    def _caption(self, image: PixelImage, options: CaptionOptions) -> CaptionResult:
        if len(image.rgb) != image.width * image.height * 3:
            problem = Problem(ProblemKind.ENGINE, "The model failed on this photo.", "Try it again.")
            return CaptionResult(problem=problem)
        texts = [_sentence(image, number, options.prompt) for number in range(max(1, options.candidates))]
        candidates = tuple(Candidate(text, text, -0.5 - number) for number, text in enumerate(texts))
        return CaptionResult(texts[0], texts[0], candidates, extract_keywords(texts[0]))

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> AnswerResult:
        """See the port: names what the caption of the same pixels names, word by word."""
        started = time.monotonic()
        words = _sentence(image, 0, "").split()
        said: list[str] = []
        for word in words:
            try:
                self._wait(cancel, self._delay / len(words))
            except Cancelled:
                break
            said.append(word)
            on_token(" ".join(said))
        seconds = time.monotonic() - started
        return AnswerResult(" ".join(said), f"{FAKE_MODEL}/answer", seconds, len(said) < len(words))

    @staticmethod
    def _wait(cancel: CancelToken, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            if cancel.is_set():
                raise Cancelled
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, 0.02))

    def close(self) -> None:
        """Nothing to give back."""


def _delay(model: str) -> float:
    text = model.partition(":")[2] or os.environ.get("BLIPDESK_FAKE_DELAY", "0")
    try:
        return max(0.0, float(text))
    except ValueError:
        raise ModelError(f"{model} is no model: a number of seconds is missing after fake:.") from None


def _sentence(image: PixelImage, number: int, prompt: str) -> str:
    digest = hashlib.sha256(
        b"%d,%d,%d;%s;" % (image.width, image.height, number, prompt.encode("utf-8", "surrogatepass"))
    )
    digest.update(image.rgb)
    picks = digest.digest()
    colour = _COLOURS[picks[0] % len(_COLOURS)]
    noun = _NOUNS[picks[1] % len(_NOUNS)]
    article = "an" if colour[0] in "aeiou" else "a"
    action = _ACTIONS[picks[2] % len(_ACTIONS)]
    return f"{article} {colour} {noun} {action} {_PLACES[picks[3] % len(_PLACES)]}"
