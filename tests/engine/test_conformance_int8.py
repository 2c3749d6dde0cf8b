"""What every family keeps in 8 bits on a processor too, over the tiny checkpoints of all of them."""

import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from conformance import QUESTION, kinds, load, texts
from tiny_blip import NEVER, pictures
from tiny_models import KINDS

from blipdesk.engine import quantized, registry
from blipdesk.engine.vision_model import Generation, VisionModel, answerer, captioner, retriever

pytestmark = pytest.mark.skipif(not quantized.is_supported(), reason="torch has no 8-bit products here")


def _off(found: Sequence[float], exact: Sequence[float]) -> float:
    """How far numbers are off as a whole: in bf16 up to 0.1, these tiny models with their wild weights.

    Without VNNI units inputs have 7 bits, and they are twice as far off.
    """
    difference = torch.tensor(found) - torch.tensor(exact)
    off = float(difference.norm() / torch.tensor(exact).norm())
    return off if quantized._half_range() == 127 else off / 2


@pytest.fixture(scope="module")
def small(tiny: Callable[[str], Path]) -> Callable[[str], VisionModel]:
    """``small(kind)``: loaded in int8 once a run."""
    return functools.cache(lambda kind: load(tiny(kind), "int8"))


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_seen_nearly_as_in_fp32_alone_and_together(
    small: Callable[[str], VisionModel], model: Callable[[str], VisionModel], kind: str
) -> None:
    images = pictures(3, seed=2)
    together, exact = small(kind).encode(images).states, model(kind).encode(images).states
    assert together.dtype is torch.float32
    assert 0 < float((together - exact).norm() / exact.norm()) < 0.15
    for index, image in enumerate(images):
        torch.testing.assert_close(
            small(kind).encode([image]).states[0], together[index], atol=1e-4, rtol=1e-4
        )


@pytest.mark.parametrize("kind", kinds(registry.CAPTION))
@pytest.mark.parametrize("beams", [1, 3])
def test_captions_depend_on_the_picture_alone(
    small: Callable[[str], VisionModel], kind: str, beams: int
) -> None:
    loaded, images = captioner(small(kind)), pictures(4, seed=11)
    generation = Generation(prompt="a", max_new_tokens=6, num_beams=beams)
    together = texts(loaded, loaded.encode(images), generation)
    alone = [texts(loaded, loaded.encode([image]), generation)[0] for image in images]
    assert together == alone == texts(loaded, loaded.encode(images[::-1]), generation)[::-1]
    assert len({each[0] for each in together}) > 1


@pytest.mark.parametrize("kind", kinds(registry.ANSWER))
def test_answers_are_ranked_nearly_as_in_fp32(
    small: Callable[[str], VisionModel], model: Callable[[str], VisionModel], kind: str
) -> None:
    choices = ["yes", "no", "a red dog", "two"]
    images = pictures(1, seed=7)
    found, exact = (
        answerer(each).rank(each.encode(images), QUESTION, choices, NEVER)
        for each in (small(kind), model(kind))
    )
    assert _off(found, exact) < 0.25
    loaded = answerer(small(kind))
    alone = [loaded.rank(loaded.encode(images), QUESTION, [choice], NEVER)[0] for choice in choices]
    assert found == pytest.approx(alone, rel=1e-4, abs=1e-3)
    said = loaded.answer(loaded.encode(images), QUESTION, (), lambda _: None, NEVER)
    assert said.text and not said.stopped


@pytest.mark.parametrize("kind", kinds(registry.RETRIEVAL))
def test_texts_are_matched_nearly_as_in_fp32_and_explained(
    small: Callable[[str], VisionModel], model: Callable[[str], VisionModel], kind: str
) -> None:
    asked, images = ["a red dog", "two", "a blue dog on the house"], pictures(2, seed=4)
    loaded = retriever(small(kind))
    found, wanted = (
        [score for scores in each.match(each.encode(images), [asked, asked], NEVER) for score in scores]
        for each in (loaded, retriever(model(kind)))
    )
    assert _off([score.logit for score in found], [score.logit for score in wanted]) < 0.25
    assert _off([score.itc for score in found], [score.itc for score in wanted]) < 0.25
    ((alone,),) = loaded.match(loaded.encode(images[1:]), [asked[:1]], NEVER)
    assert (alone.logit, alone.itc) == pytest.approx((found[3].logit, found[3].itc), abs=1e-4)
    words = loaded.explain(loaded.encode(images[:1]), asked[2])
    assert len(words) == 6 and any(max(word.heat.values) > 0 for word in words)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith(("blip2-", "instruct"))])
def test_what_is_heavy_is_in_8_bits_and_the_rest_in_memory_of_its_own(
    tiny: Callable[[str], Path], copy_of: Callable[[Path], Path], kind: str
) -> None:
    """Nothing holds on to the file; the head, which shares its words, and what has gradients stay whole."""
    folder = copy_of(tiny(kind))
    module = cast("Any", load(folder, "int8"))._module
    parts = dict(module.named_modules())
    tower = [part for name, part in parts.items() if name.startswith("vision_model")]
    assert not any(isinstance(part, torch.nn.Linear) for part in tower)
    heads = {name for name, part in parts.items() if isinstance(part, torch.nn.Linear)}
    if registry.RETRIEVAL not in KINDS[kind][1]:
        assert heads == {"language_projection", "language_model.lm_head"}
    assert {weight.dtype for weight in module.parameters()} == {torch.float32}
    if sys.platform == "linux":
        assert str(folder) not in Path("/proc/self/maps").read_text("utf-8")
