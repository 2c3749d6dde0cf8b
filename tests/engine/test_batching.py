"""No photo is lost in a batch: memory, failures, degenerate texts, wrong sizes, cancel."""

import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import torch
from tiny_blip import NEVER, SIZE, pictures

from blipdesk.domain.errors import Cancelled, ProblemKind
from blipdesk.domain.jobs import CaptionOptions, EngineSettings, PixelImage
from blipdesk.domain.ports import CancelToken
from blipdesk.engine import LocalEngine, batching
from blipdesk.engine.batching import BatchRunner, DeviceLostError, check_device
from blipdesk.engine.registry import CAPTION
from blipdesk.engine.vision_model import Encoded, GeneratedText, Generation

Script = Callable[[Sequence[PixelImage], Generation], list[list[GeneratedText]]]


class ScriptedModel:
    """A model whose texts the test writes."""

    tasks = (CAPTION,)
    image_size = SIZE
    activation_bytes = 1

    def __init__(self, script: Script) -> None:
        self._script = script
        self.batches: list[int] = []
        self._images: Sequence[PixelImage] = ()

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        self._images = images
        return Encoded(torch.zeros(len(images), 1, 1), tuple(image.digest for image in images))

    def caption(
        self, encoded: Encoded, generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        if cancel.is_set():
            raise Cancelled
        self.batches.append(len(encoded))
        return self._script(self._images, generation)


def name(image: PixelImage) -> str:
    return "a dog like " + "".join(chr(97 + byte % 26) for byte in image.rgb[:6])


def texts(images: Sequence[PixelImage], generation: Generation) -> list[list[GeneratedText]]:
    return [[GeneratedText(name(image))] for image in images]


def test_results_keep_their_order_across_batches() -> None:
    images = pictures(7)
    model = ScriptedModel(texts)
    results = BatchRunner(model, 3).caption(images, CaptionOptions(), NEVER)
    assert [result.text for result in results] == [name(image) for image in images]
    assert model.batches == [3, 3, 1]


def test_out_of_memory_halves_the_batch_for_good() -> None:
    def script(images: Sequence[PixelImage], generation: Generation) -> list[list[GeneratedText]]:
        if len(images) > 2:
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return texts(images, generation)

    images = pictures(9)
    model = ScriptedModel(script)
    runner = BatchRunner(model, 8)
    results = runner.caption(images, CaptionOptions(), NEVER)
    assert [result.text for result in results] == [name(image) for image in images]
    assert runner.batch_size == 2
    assert model.batches == [8, 4, 2, 2, 2, 2, 1]


def test_a_smaller_batch_outlives_another_load_of_the_same_model(caption_folder: Path) -> None:
    engine = LocalEngine()
    engine.load(EngineSettings(model=str(caption_folder), batch_size=8))
    runner = engine._models.get(CAPTION).runner
    engine.load(EngineSettings(model=str(caption_folder), batch_size=8))
    assert engine._models.get(CAPTION).runner is runner
    engine.load(EngineSettings(model=str(caption_folder), batch_size=4))
    assert engine._models.get(CAPTION).runner is not runner
    engine.close()


def test_a_photo_the_model_fails_on_costs_only_itself() -> None:
    images = pictures(5)

    def script(batch: Sequence[PixelImage], generation: Generation) -> list[list[GeneratedText]]:
        if images[2] in batch:
            raise ValueError("bad numbers")
        return texts(batch, generation)

    results = BatchRunner(ScriptedModel(script), 5).caption(images, CaptionOptions(), NEVER)
    kinds = [result.problem.kind if result.problem else None for result in results]
    assert kinds == [None, None, ProblemKind.ENGINE, None, None]


def test_a_photo_that_alone_takes_too_much_memory_fails_alone() -> None:
    images = pictures(3)

    def script(batch: Sequence[PixelImage], generation: Generation) -> list[list[GeneratedText]]:
        if images[1] in batch:
            raise MemoryError
        return texts(batch, generation)

    results = BatchRunner(ScriptedModel(script), 3).caption(images, CaptionOptions(), NEVER)
    assert [result.problem is not None for result in results] == [False, True, False]


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("CUDA error: unspecified launch failure"),
        RuntimeError("CUDA error: device-side assert triggered"),
        torch.AcceleratorError("the device was reset"),
    ],
    ids=str,
)
def test_a_lost_card_blames_no_photo(error: Exception) -> None:
    def script(batch: Sequence[PixelImage], generation: Generation) -> list[list[GeneratedText]]:
        raise error

    model = ScriptedModel(script)
    with pytest.raises(DeviceLostError) as caught:
        BatchRunner(model, 4, can_move=True).caption(pictures(4), CaptionOptions(), NEVER)
    assert caught.value.remedy
    assert model.batches == [4], "nothing is tried again where nothing runs any more"


@pytest.mark.parametrize("words", ["out of memory", "no kernel image is available for execution"])
def test_a_card_that_lives_on_is_not_lost(words: str) -> None:
    check_device(torch.AcceleratorError(f"CUDA error: {words}"))


def test_memory_is_given_back_after_the_failed_batch_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frames of an error hold the tensors that took the memory."""
    alive: list[bool] = []
    taken: list[weakref.ref[torch.Tensor]] = []
    monkeypatch.setattr(batching, "give_memory_back", lambda: alive.append(taken[-1]() is not None))

    def script(batch: Sequence[PixelImage], generation: Generation) -> list[list[GeneratedText]]:
        states = torch.zeros(len(batch))
        taken.append(weakref.ref(states))
        if len(batch) > 1:
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return texts(batch, generation)

    assert len(BatchRunner(ScriptedModel(script), 4).caption(pictures(4), CaptionOptions(), NEVER)) == 4
    assert alive == [False, False]


def test_pictures_of_a_wrong_size_never_reach_the_model() -> None:
    good, other = pictures(1)[0], PixelImage(5, 5, bytes(75))
    short = PixelImage(SIZE, SIZE, b"123")
    model = ScriptedModel(texts)
    results = BatchRunner(model, 4).caption([other, good, short], CaptionOptions(), NEVER)
    assert [result.problem is not None for result in results] == [True, False, True]
    assert model.batches == [1]


@pytest.mark.parametrize("first", ["", ". . .", "dog " * 25])
def test_degenerate_text_is_tried_again_with_other_settings(first: str) -> None:
    images = pictures(3)
    seen: list[Generation] = []

    def script(batch: Sequence[PixelImage], generation: Generation) -> list[list[GeneratedText]]:
        seen.append(generation)
        if generation.repetition_penalty == 1.0:
            return [[GeneratedText(first if image == images[1] else name(image))] for image in batch]
        return [[GeneratedText("a cat on a mat")] for _ in batch]

    model = ScriptedModel(script)
    results = BatchRunner(model, 3).caption(images, CaptionOptions(), NEVER)
    assert [result.text for result in results] == [name(images[0]), "a cat on a mat", name(images[2])]
    assert model.batches == [3, 1]
    assert seen[1].num_beams > seen[0].num_beams


def test_text_that_stays_degenerate_is_a_problem_and_never_a_caption() -> None:
    model = ScriptedModel(lambda batch, generation: [[GeneratedText("...")] for _ in batch])
    (result,) = BatchRunner(model, 1).caption(pictures(1), CaptionOptions(), NEVER)
    assert result.text == "" and result.raw_text == "..."
    assert result.problem is not None and result.problem.kind is ProblemKind.DEGENERATE
    assert result.problem.message and result.problem.remedy


def test_candidates_are_cleaned_and_different() -> None:
    raw = ["an image of a dog", "a dog", "", "there is a dog on a mat"]
    model = ScriptedModel(
        lambda batch, generation: [[GeneratedText(text, -1.0) for text in raw] for _ in batch]
    )
    (result,) = BatchRunner(model, 1).caption(pictures(1), CaptionOptions(candidates=4), NEVER)
    assert [candidate.text for candidate in result.candidates] == ["a dog", "a dog on a mat"]
    assert (result.text, result.raw_text, result.keywords) == ("a dog", "an image of a dog", ("dog",))


def test_cancel_is_passed_on() -> None:
    class Set:
        def is_set(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        BatchRunner(ScriptedModel(texts), 2).caption(pictures(2), CaptionOptions(), Set())
