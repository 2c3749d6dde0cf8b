"""What a family module provides: a loaded checkpoint behind a small port.

A family module has ``load_model(checkpoint, device, precision) -> VisionModel``.  A model encodes pictures
once; captions, answers, matches and embeddings are then asked of what :meth:`VisionModel.encode` gave, as
often as one likes.  The tasks a checkpoint can do are its :attr:`VisionModel.tasks`; :func:`captioner`,
:func:`answerer` and :func:`retriever` give the port of one task.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import CaptionOptions, PixelImage, Turn, WordHeat
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.wording import later
from blipdesk.engine.registry import ANSWER, CAPTION, RETRIEVAL, WORK
from blipdesk.engine.text import encodable

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Generation:
    """How text is generated: the run's options; the second try of a degenerate caption changes some."""

    prompt: str = ""
    candidates: int = 1
    num_beams: int = 1
    max_new_tokens: int = 30
    min_new_tokens: int = 0
    sampling: bool = False
    top_p: float = 0.9
    temperature: float = 1.0
    repetition_penalty: float = 1.0
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0

    @classmethod
    def of(cls, options: CaptionOptions) -> Generation:
        """The first try of a run with these options; N candidates need N beams, where they are not drawn."""
        candidates = max(1, options.candidates)
        longest = max(1, options.max_new_tokens)
        return cls(
            prompt=encodable(options.prompt.strip()),
            candidates=candidates,
            num_beams=1 if options.sampling else max(options.num_beams, candidates),
            max_new_tokens=longest,
            min_new_tokens=max(0, min(options.min_new_tokens, longest)),
            sampling=options.sampling,
            top_p=options.top_p,
            temperature=options.temperature,
            repetition_penalty=options.repetition_penalty,
            length_penalty=options.length_penalty,
        )

    def retry(self) -> Generation:
        """Other settings, for photos whose first text was degenerate: beams, and no word said twice."""
        return replace(
            self,
            sampling=False,
            num_beams=max(3, self.num_beams, self.candidates),
            repetition_penalty=max(1.5, self.repetition_penalty),
            no_repeat_ngram=3,
        )


@dataclass(frozen=True, slots=True)
class GeneratedText:
    """One decoded text, without its prompt, and its mean token log-probability where known."""

    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class GeneratedAnswer:
    """An answer; ``turns_left_out``: the oldest turns of the history that the model was not told of."""

    text: str
    stopped: bool = False
    turns_left_out: int = 0


@dataclass(frozen=True, slots=True)
class RawMatch:
    """How a text fits a picture: ``logit`` is the matching head's match less its mismatch logit."""

    logit: float
    itc: float
    """Cosine of the projected embeddings of picture and text."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Pictures encoded once for all their candidates and questions.

    ``states`` is what the family's texts look at, (pictures, tokens, width): the vision tower's states, or
    BLIP-2's visual tokens.  ``digests`` are the sha256 of the pictures' pixels.
    """

    states: torch.Tensor
    digests: tuple[bytes, ...]

    @property
    def nbytes(self) -> int:
        """Memory taken."""
        return int(self.states.numel() * self.states.element_size())

    def __len__(self) -> int:
        """Number of pictures."""
        return len(self.digests)

    def select(self, index: int) -> Encoded:
        """One picture of them, in memory of its own: the batch may be let go."""
        return Encoded(self.states[index : index + 1].clone(), self.digests[index : index + 1])

    @property
    def seeds(self) -> tuple[int, ...]:
        """A number per picture for drawing its words: neither batch nor order changes a sampled caption."""
        return tuple(int.from_bytes(digest[:6], "big") for digest in self.digests)

    @staticmethod
    def join(parts: Sequence[Encoded]) -> Encoded:
        """Several encodings of one model as one."""
        import torch

        digests = tuple(digest for part in parts for digest in part.digests)
        return Encoded(torch.cat([part.states for part in parts]), digests)


def has_size(image: PixelImage, size: int) -> bool:
    """Whether a picture is whole, and ``size`` x ``size``."""
    return (image.width, image.height, len(image.rgb)) == (size, size, size * size * 3)


def tower_bytes(vision: Any) -> int:
    """Estimated working memory of a photo in a vision tower's widest layer, bytes; ``vision``: its config."""
    patches = (int(vision.image_size) // int(vision.patch_size)) ** 2 + 1
    return 4 * patches * (8 * int(vision.hidden_size) + 2 * int(vision.intermediate_size))


def check_size(images: Sequence[PixelImage], size: int) -> None:
    """Refuse pictures that are not ``size`` x ``size``.

    Raises:
        ModelError: one is not.
    """
    if not all(has_size(image, size) for image in images):
        raise ModelError(later("The photo has to come as {size} x {size} pixels.").format(size=size))


class VisionModel(Protocol):
    """A loaded checkpoint; one call at a time."""

    tasks: tuple[str, ...]
    """What it can do: ``caption``, ``answer``, ``retrieval``."""
    image_size: int
    """Edge of the square input, pixels."""
    activation_bytes: int
    """Estimated working memory for each photo of a batch."""

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """Look at pictures of ``image_size``, in one batch.

        Raises:
            ModelError: one has another size.
            Exception: whatever the library raises; the caller halves the batch.
        """
        ...


class CaptionModel(VisionModel, Protocol):
    """A model that writes captions."""

    def caption(
        self, encoded: Encoded, generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """Texts for each picture, best first, in one batch.

        Raises:
            Cancelled: the token was set.
            Exception: whatever the library raises; the caller halves the batch.
        """
        ...


class AnswerModel(VisionModel, Protocol):
    """A model that answers questions about one picture."""

    def answer(
        self,
        encoded: Encoded,
        question: str,
        history: Sequence[Turn],
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> GeneratedAnswer:
        """The answer about the first picture; ``on_token`` gets the text so far after each token.

        ``history`` are the turns before, oldest first.  A set token ends the answer with what there is.
        """
        ...

    def rank(
        self, encoded: Encoded, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> list[float]:
        """The log-likelihood of each choice as the whole answer to a question.

        Raises:
            Cancelled: the token was set.
        """
        ...


class RetrievalModel(VisionModel, Protocol):
    """A model that says how well texts fit pictures."""

    def match(
        self, encoded: Encoded, texts: Sequence[Sequence[str]], cancel: CancelToken
    ) -> list[list[RawMatch]]:
        """For each picture how well each of its texts fits.

        Raises:
            Cancelled: the token was set.
        """
        ...

    def explain(self, encoded: Encoded, text: str) -> list[WordHeat]:
        """Where in the first picture each word of a text is seen, in the order of the words."""
        ...

    def image_features(self, encoded: Encoded) -> torch.Tensor:
        """Embeddings for search, (pictures, width) float32 of length 1."""
        ...

    def text_features(self, texts: Sequence[str]) -> torch.Tensor:
        """Embeddings of texts in the same space, (texts, width) float32 of length 1."""
        ...


def captioner(model: VisionModel) -> CaptionModel:
    """The model as one that writes captions, or :class:`ModelError`."""
    _check_task(model, CAPTION)
    return cast("CaptionModel", model)


def answerer(model: VisionModel) -> AnswerModel:
    """The model as one that answers questions, or :class:`ModelError`."""
    _check_task(model, ANSWER)
    return cast("AnswerModel", model)


def retriever(model: VisionModel) -> RetrievalModel:
    """The model as one that scores texts against pictures, or :class:`ModelError`."""
    _check_task(model, RETRIEVAL)
    return cast("RetrievalModel", model)


def _check_task(model: VisionModel, task: str) -> None:
    if task not in model.tasks:
        raise ModelError(later("This checkpoint cannot {work}.").format(work=WORK[task]))
