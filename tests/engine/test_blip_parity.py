"""In fp32 the engine's words are those of transformers' own processor and ``generate``."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from conformance import CountingToken
from PIL import Image
from tiny_blip import NEVER, pictures
from transformers import BlipForConditionalGeneration, BlipForQuestionAnswering, BlipProcessor

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.jobs import CaptionOptions, PixelImage
from blipdesk.engine.blip import BlipModel, load_model
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.precision import cpu_has_bf16
from blipdesk.engine.vision_model import Generation

ROOT = Path(__file__).parents[2]


def as_pillow(image: PixelImage) -> Image.Image:
    return Image.frombytes("RGB", (image.width, image.height), image.rgb)


@pytest.fixture(scope="module")
def captioner(caption_folder: Path) -> BlipModel:
    return load_model(open_checkpoint(str(caption_folder), None), "cpu", "fp32")


@pytest.fixture(scope="module")
def answerer(answer_folder: Path) -> BlipModel:
    return load_model(open_checkpoint(str(answer_folder), None), "cpu", "fp32")


@pytest.fixture(scope="module")
def plain(caption_folder: Path) -> tuple[Any, Any]:
    """The tutorial's way to load a checkpoint."""
    return (
        BlipProcessor.from_pretrained(caption_folder),
        BlipForConditionalGeneration.from_pretrained(caption_folder).eval(),
    )


def plain_captions(
    plain: tuple[Any, Any], images: list[PixelImage], prompt: str, **options: Any
) -> list[str]:
    processor, model = plain
    texts = {"text": [prompt] * len(images)} if prompt else {}
    inputs = processor(images=[as_pillow(image) for image in images], return_tensors="pt", **texts)
    ids = model.generate(**inputs, do_sample=False, **options)
    start = inputs["input_ids"].shape[1] - 1 if prompt else 1
    return [text.strip() for text in processor.batch_decode(ids[:, start:], skip_special_tokens=True)]


def test_pixels_equal_the_processors(captioner: BlipModel, plain: tuple[Any, Any]) -> None:
    images = pictures(3)
    expected = plain[0](images=[as_pillow(image) for image in images], return_tensors="pt")["pixel_values"]
    np.testing.assert_array_equal(captioner._table.batch(images).numpy(), expected.numpy())


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("beams", "prompt"), [(1, ""), (3, ""), (1, "a red"), (3, "a red")])
def test_captions_equal(
    captioner: BlipModel, plain: tuple[Any, Any], count: int, beams: int, prompt: str
) -> None:
    images = pictures(count, seed=count)
    generation = Generation.of(CaptionOptions(prompt=prompt, num_beams=beams, max_new_tokens=12))
    found = [texts[0].text for texts in captioner.caption(captioner.encode(images), generation, NEVER)]
    assert found == plain_captions(plain, images, prompt, num_beams=beams, max_new_tokens=12)
    assert all(found)


@pytest.mark.parametrize("beams", [1, 3])
def test_the_demo_captioner_equals_generate(beams: int) -> None:
    folder = ROOT / "resources/models/demo-captioner"
    model = load_model(open_checkpoint(str(folder), None), "cpu", "fp32")
    edge = model.image_size
    files = sorted((ROOT / "resources/samples").rglob("*.jpg"))[:16]
    squares = [
        Image.open(file).convert("RGB").resize((edge, edge), Image.Resampling.BICUBIC) for file in files
    ]
    images = [PixelImage(edge, edge, square.tobytes()) for square in squares]
    generation = Generation.of(CaptionOptions(num_beams=beams, max_new_tokens=24))
    found = [texts[0].text for texts in model.caption(model.encode(images), generation, NEVER)]
    demo = (
        BlipProcessor.from_pretrained(folder),
        BlipForConditionalGeneration.from_pretrained(folder).eval(),
    )
    assert found == plain_captions(demo, images, "", num_beams=beams, max_new_tokens=24)
    assert len(set(found)) > 8


def test_captions_do_not_depend_on_the_batch(captioner: BlipModel) -> None:
    images = pictures(5, seed=9)
    together = [texts[0].text for texts in captioner.caption(captioner.encode(images), Generation(), NEVER)]
    alone = [captioner.caption(captioner.encode([image]), Generation(), NEVER)[0][0].text for image in images]
    assert together == alone
    assert len(set(together)) > 1


def test_candidates_are_those_of_beam_search(captioner: BlipModel, plain: tuple[Any, Any]) -> None:
    images = pictures(2, seed=4)
    generation = Generation.of(CaptionOptions(candidates=3, max_new_tokens=10))
    found = captioner.caption(captioner.encode(images), generation, NEVER)
    expected = plain_captions(plain, images, "", num_beams=3, num_return_sequences=3, max_new_tokens=10)
    assert [text.text for texts in found for text in texts] == expected
    for texts in found:
        scores = [text.score for text in texts if text.score is not None]
        assert len(scores) == 3 and scores == sorted(scores, reverse=True)


def test_greedy_score_is_the_mean_log_probability(captioner: BlipModel, plain: tuple[Any, Any]) -> None:
    image = pictures(1, seed=1)
    generation = Generation.of(CaptionOptions(max_new_tokens=12))
    ((text,),) = captioner.caption(captioner.encode(image), generation, NEVER)
    processor, model = plain
    pixels = processor(images=as_pillow(image[0]), return_tensors="pt")["pixel_values"]
    ids = model.generate(pixel_values=pixels, max_new_tokens=12, do_sample=False)
    with torch.no_grad():
        logs = model(pixel_values=pixels, input_ids=ids[:, :-1]).logits.log_softmax(-1)
    expected = logs.gather(2, ids[:, 1:, None])[0, :, 0].mean()
    assert text.score == pytest.approx(float(expected), abs=1e-4)


@pytest.mark.parametrize("question", ["what colour is this", "is this a dog", "two three"])
def test_answers_equal(answerer: BlipModel, answer_folder: Path, question: str) -> None:
    processor = BlipProcessor.from_pretrained(answer_folder)
    model = BlipForQuestionAnswering.from_pretrained(answer_folder).eval()
    (image,) = pictures(1, seed=7)
    inputs = processor(images=as_pillow(image), text=question, return_tensors="pt")
    ids = model.generate(**inputs, max_new_tokens=20)[0]
    expected = processor.decode(ids, skip_special_tokens=True).strip()
    heard: list[str] = []
    said = answerer.answer(answerer.encode([image]), question, (), heard.append, NEVER)
    assert said.text == expected
    assert said.text and not said.stopped
    assert heard[-1] == expected and len(heard) > 1
    assert all(later.startswith(earlier) for earlier, later in pairwise(heard))


def test_a_cancel_takes_effect_at_the_next_token(captioner: BlipModel, answerer: BlipModel) -> None:
    (image,) = pictures(1)
    asked = CountingToken(3)
    with pytest.raises(Cancelled):
        captioner.caption(captioner.encode([image]), Generation(), asked)
    assert asked.asked == 3
    token = CountingToken(3)
    encoded = answerer.encode([image])
    part = answerer.answer(encoded, "what is this", (), lambda _: None, token)
    assert part.stopped
    whole = answerer.answer(encoded, "what is this", (), lambda _: None, NEVER)
    assert whole.text.startswith(part.text) and len(part.text) < len(whole.text)


def test_ranked_choices_have_the_decoders_own_likelihoods(answerer: BlipModel, answer_folder: Path) -> None:
    """Each choice alone through transformers' decoder; together and padded through ours."""
    processor = BlipProcessor.from_pretrained(answer_folder)
    model = BlipForQuestionAnswering.from_pretrained(answer_folder).eval()
    (image,) = pictures(1, seed=3)
    choices = ["yes", "a red house", "two", "the blue boat on the green house"] * 10
    found = answerer.rank(answerer.encode([image]), "what is this", choices, NEVER)
    inputs = processor(images=as_pillow(image), text="what is this", return_tensors="pt")
    for choice, likelihood in zip(choices[:4], found, strict=False):
        ids = processor.tokenizer(choice, return_tensors="pt")["input_ids"]
        ids[:, 0] = model.decoder_start_token_id
        with torch.no_grad():
            states = model.vision_model(pixel_values=inputs["pixel_values"]).last_hidden_state
            asked = model.text_encoder(input_ids=inputs["input_ids"], encoder_hidden_states=states)[0]
            logs = model.text_decoder(input_ids=ids, encoder_hidden_states=asked).logits.log_softmax(-1)
        expected = logs[:, :-1].gather(2, ids[:, 1:, None]).sum()
        assert likelihood == pytest.approx(float(expected), abs=1e-3)
    assert found[36:] == pytest.approx(found[:4], abs=1e-4)
    assert len({round(value, 2) for value in found}) == 4


def test_half_precision_runs_where_the_processor_has_it(caption_folder: Path) -> None:
    if not cpu_has_bf16():
        pytest.skip("this processor has no bf16 units")
    model = load_model(open_checkpoint(str(caption_folder), None), "cpu", "bf16")
    found = model.caption(model.encode(pictures(3)), Generation(), NEVER)
    assert all(texts[0].text for texts in found)
