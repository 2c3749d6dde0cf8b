"""Running a batch so that no photo is lost: halved when memory runs out, one by one when something fails.

Also the way from generated to stored text: cleaned, degenerate ones tried again, keywords.  No torch here.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from blipdesk.domain.errors import Cancelled, ModelError, Problem, ProblemKind
from blipdesk.domain.freed import hand_back_freed
from blipdesk.domain.jobs import CaptionOptions, CaptionResult, PixelImage
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.values import Candidate
from blipdesk.domain.wording import later
from blipdesk.engine.keywords import extract_keywords
from blipdesk.engine.text import clean_caption, is_degenerate
from blipdesk.engine.vision_model import CaptionModel, GeneratedText, Generation, has_size

_log = logging.getLogger(__name__)

_P = TypeVar("_P")
_R = TypeVar("_R")

_NO_MEMORY = (
    "out of memory",  # CUDA, MPS, oneDNN
    "can't allocate memory",  # torch's allocator on Linux and macOS
    "not enough memory",  # and on Windows
    "bad_alloc",  # C++
    "alloc_failed",  # cuBLAS, cuDNN
)
_LIVES_ON = (
    "no kernel image",  # a card older than the library: nothing ran at all
    "invalid device function",
)
"""Errors of CUDA that, as those of memory, leave its context as it was."""
_FAILED = Problem(
    ProblemKind.ENGINE, later("The model failed on this photo."), later("Try again, or with another model.")
)
_DEGENERATE = Problem(
    ProblemKind.DEGENERATE,
    later("The model found no words for this photo."),
    later("Write the caption yourself, or try another model."),
)


class PhotoTooLargeError(ModelError):
    """One photo alone is too much memory for the model where it is; there is a smaller place for it."""

    def __init__(self) -> None:
        super().__init__(later("The model has no memory for a photo."), later("Close other programs."))


class DeviceLostError(ModelError):
    """The card runs nothing more in this process: whatever is asked of it fails as the last thing did.

    After a failed launch, a failed assertion or a resume from suspend "the process must be terminated and
    relaunched" (CUDA Runtime API, cudaError_t).
    """

    def __init__(self) -> None:
        super().__init__(
            later("The graphics card stopped working for the model."), later("Try again, or choose cpu.")
        )


class InBatches:
    """Work over any number of photos so that none is lost; remembers the batch size that memory allows.

    Attributes:
        batch_size: photos at a time; halved for good when memory runs out.

    Args:
        batch_size: to begin with.
        can_move: the model may go to a smaller place (:class:`PhotoTooLargeError`); else a photo that takes
            too much memory fails alone.
    """

    def __init__(self, batch_size: int, *, can_move: bool = False) -> None:
        self.batch_size = max(1, batch_size)
        self._can_move = can_move

    def in_batches(
        self, photos: Sequence[_P], work: Callable[[Sequence[_P]], Sequence[_R]], cancel: CancelToken
    ) -> list[_R | None]:
        """What the work makes of each photo, in order; None for one that it fails on.

        Raises:
            Cancelled: the token was set.
            DeviceLostError: nothing runs in this process any more.
            PhotoTooLargeError: the model has to go to a smaller place first.
        """
        results: list[_R | None] = []
        one_by_one = 0  # photos before this place are tried alone: their batch failed
        while (start := len(results)) < len(photos):
            if cancel.is_set():
                raise Cancelled
            part = photos[start : start + (1 if start < one_by_one else self.batch_size)]
            try:
                results += work(part)
            except Cancelled:
                raise
            except Exception as error:  # noqa: BLE001  (what a library raises costs one photo, not its batch)
                check_device(error)
                out_of_memory = is_out_of_memory(error)
                if len(part) == 1:
                    if out_of_memory and self._can_move:
                        raise PhotoTooLargeError from None
                    _log.exception("the model failed on one photo")
                    results.append(None)
                    continue
                if not out_of_memory:
                    _log.warning("a batch failed (%r): its photos are tried one by one", error)
            else:
                continue
            if out_of_memory:
                self.batch_size = max(1, len(part) // 2)
                _log.warning("out of memory: batches of %d from here on", self.batch_size)
                self._let_go()  # out here: the error's frames hold what the batch took
            else:
                one_by_one = start + len(part)
        return results

    def _let_go(self) -> None:
        """Make room after a batch that had none."""
        give_memory_back()


class BatchRunner(InBatches):
    """Captions any number of photos with one model."""

    def __init__(self, model: CaptionModel, batch_size: int, *, can_move: bool = False) -> None:
        super().__init__(batch_size, can_move=can_move)
        self._model = model

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """One result per photo, in order.

        Raises:
            Cancelled: the token was set.
            DeviceLostError: no photo can be captioned in this process any more.
            PhotoTooLargeError: the model has to go to a smaller place first.
        """
        generation = Generation.of(options)
        sound = [index for index, image in enumerate(images) if has_size(image, self._model.image_size)]
        texts = dict(zip(sound, self._run([images[i] for i in sound], generation, cancel), strict=True))
        again = [index for index in sound if _is_useless(texts[index])]
        if again:
            _log.info("%d photos gave degenerate text and are tried again", len(again))
            second = self._run([images[i] for i in again], generation.retry(), cancel)
            texts.update(zip(again, second, strict=True))
        return [_result(texts.get(index)) for index in range(len(images))]

    def _run(
        self, images: Sequence[PixelImage], generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText] | None]:
        return self.in_batches(
            images, lambda part: self._model.caption(self._model.encode(part), generation, cancel), cancel
        )


def is_out_of_memory(error: BaseException) -> bool:
    """True for what Python, torch and its libraries raise when an allocation fails."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or any(words in text for words in _NO_MEMORY)


def check_device(error: BaseException) -> None:
    """Raise :class:`DeviceLostError` where an error of a library means that the device is gone."""
    text = f"{type(error).__name__}: {error}".lower()
    lost = "cuda error" in text or "acceleratorerror" in text  # torch's class of them; older code has none
    if lost and not is_out_of_memory(error) and not any(w in text for w in _LIVES_ON):
        _log.error("the card is lost to this process: %s", error)
        raise DeviceLostError from None


def give_memory_back() -> None:
    """Let go of what nothing holds any more, on the device too, and hand it to the system.

    After BLIP base in bf16 gave way to the demo model the process still held 814 MiB, trimmed 422 (387 with
    the demo model alone).
    """
    gc.collect()
    hand_back_freed()
    torch = sys.modules.get("torch")
    if torch is None:
        return
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()


def _is_useless(texts: list[GeneratedText] | None) -> bool:
    return texts is not None and all(_degenerate(text.text) for text in texts)


def _degenerate(raw: str) -> bool:
    return is_degenerate(raw) or is_degenerate(clean_caption(raw))


def _result(texts: list[GeneratedText] | None) -> CaptionResult:
    """Clean the texts, drop degenerate and double ones, and take the best."""
    if texts is None:
        return CaptionResult(problem=_FAILED)
    candidates: dict[str, Candidate] = {}
    for text in texts:
        if not _degenerate(text.text):
            cleaned = clean_caption(text.text)
            candidates.setdefault(cleaned, Candidate(cleaned, text.text, text.score))
    if not candidates:
        return CaptionResult(raw_text=texts[0].text if texts else "", problem=_DEGENERATE)
    best = next(iter(candidates.values()))
    return CaptionResult(best.text, best.raw_text, tuple(candidates.values()), extract_keywords(best.text))
