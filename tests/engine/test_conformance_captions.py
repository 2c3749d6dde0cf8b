"""What every captioner keeps, over tiny checkpoints of all families that write captions."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from conformance import ODD, QUESTION, CountingToken, kinds, load, texts
from PIL import Image
from plain_models import Plain
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.jobs import PixelImage
from blipdesk.domain.resources import find_resources
from blipdesk.engine import registry
from blipdesk.engine.vision_model import CaptionModel, Generation, VisionModel, answerer, captioner

every_captioner = pytest.mark.parametrize("captions", kinds(registry.CAPTION), indirect=True)


@pytest.fixture
def captions(request: pytest.FixtureRequest, model: Callable[[str], VisionModel]) -> CaptionModel:
    return captioner(model(request.param))


@pytest.mark.parametrize("kind", kinds(registry.CAPTION))
@pytest.mark.parametrize(("beams", "prompt"), [(1, ""), (3, ""), (1, "a red"), (3, "a red")])
def test_captions_equal_transformers(
    model: Callable[[str], VisionModel], plain: Callable[[str], Plain], kind: str, beams: int, prompt: str
) -> None:
    """Word for word; and what they begin with is not in them.  An InstructBLIP is always told what to do."""
    told = "A short image description." if kind.startswith("instructblip") and not prompt else prompt
    loaded, images = captioner(model(kind)), pictures(3, seed=5)
    generation = Generation(prompt=prompt, num_beams=beams, max_new_tokens=8)
    found = [each[0] for each in texts(loaded, loaded.encode(images), generation)]
    assert found == plain(kind).captions(images, told, num_beams=beams, max_new_tokens=8)
    assert any(found)


def test_the_demo_blip2_equals_transformers() -> None:
    folder = find_resources() / "models" / "demo-blip2"
    loaded, plain = load(folder), Plain(folder, "blip2-opt")
    size = loaded.image_size
    images = []
    for sample in sorted((find_resources() / "samples").rglob("*.jpg")):
        picture = Image.open(sample).convert("RGB").resize((size, size))
        images.append(PixelImage(size, size, picture.tobytes()))
    for beams, prompt, count in ((1, "", 12), (1, "a picture of", 5), (3, "", 2)):
        generation = Generation(prompt=prompt, num_beams=beams, max_new_tokens=20)
        found = texts(captioner(loaded), loaded.encode(images[:count]), generation)
        expected = plain.captions(images[:count], prompt, num_beams=beams, max_new_tokens=20)
        assert [each[0] for each in found] == expected and len(set(expected)) == count
    said = answerer(loaded).answer(loaded.encode(images[:1]), QUESTION, (), lambda _: None, NEVER)
    assert said.text == plain.answer(images[0], QUESTION, 50)


@every_captioner
@pytest.mark.parametrize("sampling", [False, True])
def test_captions_depend_on_the_picture_alone(captions: CaptionModel, sampling: bool) -> None:
    """Not on the batch, the order, or what was drawn before."""
    images = pictures(4, seed=11)
    generation = Generation(prompt="a", max_new_tokens=6, sampling=sampling, temperature=1.3)
    together = texts(captions, captions.encode(images), generation)
    alone = [texts(captions, captions.encode([image]), generation)[0] for image in images]
    backwards = texts(captions, captions.encode(images[::-1]), generation)[::-1]
    assert together == alone == backwards
    assert len({each[0] for each in together}) > 1


@every_captioner
def test_candidates_by_beams_are_different_and_ordered(captions: CaptionModel) -> None:
    generation = Generation(prompt="a", candidates=3, num_beams=3, max_new_tokens=8)
    for found in captions.caption(captions.encode(pictures(2, seed=3)), generation, NEVER):
        scores = [text.score for text in found if text.score is not None]
        assert len(found) == len(scores) == 3
        assert scores == sorted(scores, reverse=True) and all(map(math.isfinite, scores))
        assert len({text.text for text in found}) >= 2


@every_captioner
@pytest.mark.parametrize("penalty", [-1.0, 2.0])
def test_a_length_penalty_steers_the_search_and_not_the_score(captions: CaptionModel, penalty: float) -> None:
    """A score is the mean log-probability of a token, whatever the beams were weighed by."""
    encoded = captions.encode(pictures(1, seed=3))
    plain = Generation(prompt="a", candidates=4, num_beams=4, max_new_tokens=6, min_new_tokens=6)
    (found,) = captions.caption(encoded, plain, NEVER)
    (again,) = captions.caption(encoded, replace(plain, length_penalty=penalty), NEVER)
    scores = {text.text: text.score for text in found}
    same = [text for text in again if text.text in scores]
    assert same
    assert [text.score for text in same] == pytest.approx([scores[text.text] for text in same], abs=1e-4)


@every_captioner
def test_drawn_candidates_are_ordered_and_the_same_again(captions: CaptionModel) -> None:
    encoded = captions.encode(pictures(2, seed=3))
    hot = Generation(prompt="a", candidates=4, sampling=True, top_p=1.0, temperature=3.0, max_new_tokens=6)
    first, again = (captions.caption(encoded, hot, NEVER) for _ in range(2))
    assert first == again
    assert any(len({text.text for text in found}) > 1 for found in first)
    for found in first:
        scores = [text.score or 0.0 for text in found]
        assert len(found) == 4 and scores == sorted(scores, reverse=True)
    cold = Generation(prompt="a", candidates=2, sampling=True, top_p=1e-9, max_new_tokens=6)
    greedy = Generation(prompt="a", max_new_tokens=6)
    likeliest = texts(captions, encoded, greedy)
    assert texts(captions, encoded, cold) == [each * 2 for each in likeliest]


@every_captioner
def test_lengths_are_kept(captions: CaptionModel) -> None:
    encoded = captions.encode(pictures(3, seed=8))
    short, long = (texts(captions, encoded, Generation(prompt="a", max_new_tokens=count)) for count in (2, 9))
    for (brief,), (whole,) in zip(short, long, strict=True):
        assert whole.startswith(brief.rstrip("\ufffd"))
    at_least = Generation(prompt="a", max_new_tokens=9, min_new_tokens=9)
    for (text,), (free,) in zip(texts(captions, encoded, at_least), long, strict=True):
        assert text.startswith(free.rstrip("\ufffd"))


@pytest.mark.parametrize("captions", ["blip-caption", "blip2-opt"], indirect=True)
def test_a_text_that_would_end_sooner_goes_on_to_its_shortest_length(captions: CaptionModel) -> None:
    """With these two some do; the other tiny models never end a text by themselves."""
    encoded = captions.encode(pictures(6, seed=8))
    free, at_least = (
        texts(captions, encoded, Generation(prompt="a", max_new_tokens=9, min_new_tokens=count))
        for count in (0, 9)
    )
    assert any(len(longer) > len(text) for (longer,), (text,) in zip(at_least, free, strict=True))


@every_captioner
def test_a_cancel_ends_captions_at_the_next_token(captions: CaptionModel) -> None:
    encoded, token = captions.encode(pictures(2)), CountingToken(3)
    with pytest.raises(Cancelled):
        captions.caption(encoded, Generation(max_new_tokens=12), token)
    assert token.asked == 3


@every_captioner
@pytest.mark.parametrize("prompt", ODD.values(), ids=ODD)
def test_any_prompt_gives_a_caption(captions: CaptionModel, prompt: str) -> None:
    ((found,),) = texts(captions, captions.encode(pictures(1)), Generation(prompt=prompt, max_new_tokens=4))
    assert isinstance(found, str) and len(found) < 200
