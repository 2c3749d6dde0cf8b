"""A deterministic engine without torch, to try what stands around a model: a hash of pixels gives words."""

from __future__ import annotations

import array
import hashlib
import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from blipdesk.domain.choices import check_choices
from blipdesk.domain.errors import Cancelled, ModelError, Problem, ProblemKind
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    ChoiceResult,
    EngineInfo,
    EngineSettings,
    Explanation,
    HeatMap,
    PixelImage,
    Turn,
    WordHeat,
)
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.values import Candidate, Choice, MatchScore, Sureness
from blipdesk.domain.wording import later
from blipdesk.engine.keywords import extract_keywords

FAKE_MODEL = "fake"
IMAGE_SIZE = 64
TURNS_KEPT = 3
"""Longer chats lose their oldest turns, as with a model whose context is full."""

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
        self._scores = False

    # ------------------------------------------------------------------------------------------- loading

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

    def retrieval_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port; scores whatever ``settings`` name, and raises as :meth:`load`."""
        if is_fake(settings.model):
            _delay(settings.model)
        self._scores = True
        return self._info("retrieval", settings)

    def drop_retrieval(self) -> None:
        """See the port."""
        self._scores = False

    def _info(self, task: str, settings: EngineSettings) -> EngineInfo:
        return EngineInfo(
            model_key=f"{FAKE_MODEL}/{task}",
            title="Fake model (for tests)",
            device="cpu",
            precision="none",
            image_size=IMAGE_SIZE,
            batch_size=settings.batch_size or 8,
        )

    # ------------------------------------------------------------------------------------------ captions

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
            problem = Problem(
                ProblemKind.ENGINE, later("The model failed on this photo."), later("Try it again.")
            )
            return CaptionResult(problem=problem)
        texts = [_sentence(image, number, options.prompt) for number in range(max(1, options.candidates))]
        candidates = [Candidate(text, text, -0.5 - number) for number, text in enumerate(texts)]
        if self._scores:
            matched = [(_match(image, one.text), one) for one in candidates]
            matched.sort(key=lambda pair: -pair[0].margin)
            candidates = [replace(one, match=match) for match, one in matched]
        best = candidates[0].text
        embedding = _embedding(texts[0]) if self._scores else ()
        return CaptionResult(best, best, tuple(candidates), extract_keywords(best), embedding=embedding)

    # --------------------------------------------------------------------------------------- questions

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
        history: Sequence[Turn] = (),
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
        left_out = max(0, len(history) - TURNS_KEPT)
        return AnswerResult(" ".join(said), f"{FAKE_MODEL}/answer", seconds, len(said) < len(words), left_out)

    def choose(
        self, image: PixelImage, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> ChoiceResult:
        """See the port: probabilities by a hash; what the caption of the same pixels names is likeliest."""
        started = time.monotonic()
        texts = check_choices(choices)
        self._wait(cancel, self._delay)
        named = set(_sentence(image, 0, "").split())
        weights = [_fraction(image, f"{question}\0{text}") + 10 * (text.lower() in named) for text in texts]
        whole = sum(weights)
        found = [
            Choice(text, weight / whole, 0.9 / len(named) if text.lower() in named else 1e-6)
            for text, weight in zip(texts, weights, strict=True)
        ]
        found.sort(key=lambda choice: -choice.probability)
        return ChoiceResult(tuple(found), f"{FAKE_MODEL}/answer", time.monotonic() - started)

    # ------------------------------------------------------------------------------------------ matching

    def score(
        self, images: Sequence[PixelImage], texts: Sequence[str], cancel: CancelToken
    ) -> list[MatchScore | None]:
        """See the port: figures by a hash of pixels and text."""
        scores: list[MatchScore | None] = []
        for image, text in zip(images, texts, strict=True):
            self._wait(cancel, self._delay)
            scores.append(_match(image, text))
        return scores

    def explain(self, image: PixelImage, text: str, cancel: CancelToken) -> Explanation:
        """See the port: each word is hottest at one place of a 4 x 4 grid."""
        self._wait(cancel, self._delay)
        words = []
        end = 0
        for word in text.split():
            start = text.index(word, end)
            end = start + len(word)
            hottest = int(_fraction(image, word) * 16)
            words.append(WordHeat(start, end, HeatMap(4, 4, tuple(float(i == hottest) for i in range(16)))))
        return Explanation(text, _match(image, text), tuple(words), f"{FAKE_MODEL}/retrieval")

    def embed_images(self, images: Sequence[PixelImage], cancel: CancelToken) -> list[tuple[float, ...]]:
        """See the port: the embedding of the caption of the same pixels."""
        embeddings = []
        for image in images:
            self._wait(cancel, self._delay)
            embeddings.append(_embedding(_sentence(image, 0, "")))
        return embeddings

    def embed_texts(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """See the port: which words a text has, by their hashes."""
        return [_embedding(text) for text in texts]

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
        raise ModelError(
            later("{model} is no model: a number of seconds is missing after fake:.").format(model=model)
        ) from None


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


def _fraction(image: PixelImage, text: str) -> float:
    """A number from 0 up to 1 that pixels and text decide."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass") + b"\0" + image.rgb).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _match(image: PixelImage, text: str) -> MatchScore:
    """A third each is sure, fair and unsure."""
    margin = 9 * _fraction(image, text) - 3
    sureness = Sureness.SURE if margin >= 3 else Sureness.FAIR if margin >= 0 else Sureness.UNSURE
    return MatchScore(1 / (1 + math.exp(-margin)), margin / 10, margin, sureness)


_EMBEDDING_SIZE = 16


def _embedding(text: str) -> tuple[float, ...]:
    sums = [0.0] * _EMBEDDING_SIZE
    for word in text.lower().split() or [""]:
        digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
        for place in range(_EMBEDDING_SIZE):
            sums[place] += digest[place] - 127.5
    length = math.sqrt(math.fsum(value * value for value in sums))
    return tuple(array.array("f", (value / length for value in sums)))  # float32, as a model's
