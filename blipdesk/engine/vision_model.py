"""What a family module provides: a loaded checkpoint behind a small port.

A family module has ``load_model(checkpoint, device, precision) -> VisionModel``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from blipdesk.domain.jobs import CaptionOptions, PixelImage
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.text import encodable


@dataclass(frozen=True, slots=True)
class Generation:
    """How text is generated; the second try of a degenerate caption changes the last two."""

    prompt: str = ""
    candidates: int = 1
    num_beams: int = 1
    max_new_tokens: int = 30
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0

    @classmethod
    def of(cls, options: CaptionOptions) -> Generation:
        """The first try of a run with these options; N candidates need N beams."""
        candidates = max(1, options.candidates)
        return cls(
            prompt=encodable(options.prompt.strip()),
            candidates=candidates,
            num_beams=max(1, options.num_beams, candidates if candidates > 1 else 1),
            max_new_tokens=max(1, options.max_new_tokens),
        )

    def retry(self) -> Generation:
        """Other settings, for photos whose first text was degenerate."""
        return replace(self, num_beams=max(3, self.num_beams), repetition_penalty=1.5, no_repeat_ngram=3)


@dataclass(frozen=True, slots=True)
class GeneratedText:
    """One decoded text, without its prompt, and its mean token log-probability where known."""

    text: str
    score: float | None = None


class VisionModel(Protocol):
    """A loaded checkpoint; one call at a time."""

    image_size: int
    """Edge of the square input, pixels."""
    activation_bytes: int
    """Estimated working memory for each photo of a batch."""

    def caption(
        self, images: Sequence[PixelImage], generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """Texts for each image, best first, in one batch.

        Raises:
            Cancelled: the token was set.
            Exception: whatever the library raises; the caller halves the batch.
        """
        ...

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> tuple[str, bool]:
        """The answer and whether it was stopped; ``on_token`` gets the text so far."""
        ...
