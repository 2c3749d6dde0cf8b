"""A photo is looked at once as long as memory allows, and never mistaken for another."""

from collections.abc import Sequence

import pytest
import torch
from tiny_blip import pictures

from blipdesk.domain.jobs import PixelImage
from blipdesk.engine.encodings import EncodingCache
from blipdesk.engine.vision_model import Encoded


class Looks:
    """A model whose encoding of a picture is its first bytes; counts its looks."""

    tasks = ("answer",)
    image_size = 32
    activation_bytes = 1

    def __init__(self) -> None:
        self.batches: list[int] = []

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        self.batches.append(len(images))
        states = torch.tensor([[list(image.rgb[:8])] for image in images], dtype=torch.float32)
        return Encoded(states, tuple(image.digest for image in images))


def first_bytes(encoded: Encoded) -> list[list[int]]:
    return [[int(value) for value in state[0]] for state in encoded.states]


def test_only_new_pictures_are_looked_at_and_order_is_kept() -> None:
    model, cache, images = Looks(), EncodingCache(1 << 20), pictures(4)
    assert len(cache.encode(model, "m", [images[1]])) == 1
    asked = [images[3], images[1], images[0], images[3]]
    encoded = cache.encode(model, "m", asked)
    assert first_bytes(encoded) == [list(image.rgb[:8]) for image in asked]
    for digest, image in zip(encoded.digests, asked, strict=True):
        assert digest is image.digest, "pixels are read once for it, by whoever asks first"
    assert model.batches == [1, 2]
    cache.encode(model, "m", images[:2])
    assert model.batches == [1, 2]


def test_the_longest_unused_goes_first_and_the_budget_holds() -> None:
    model, images = Looks(), pictures(4)
    cache = EncodingCache(3 * 32)  # 8 floats each
    cache.encode(model, "m", images[:3])
    cache.encode(model, "m", [images[0]])
    cache.encode(model, "m", [images[3]])  # pushes 1 out
    assert cache.nbytes == 3 * 32
    model.batches.clear()
    cache.encode(model, "m", [images[0], images[2], images[3]])
    assert model.batches == []
    cache.encode(model, "m", [images[1]])
    assert model.batches == [1]


def test_more_pictures_than_the_budget_holds_are_encoded_all_the_same() -> None:
    model, cache, images = Looks(), EncodingCache(40), pictures(3)
    encoded = cache.encode(model, "m", images)
    assert first_bytes(encoded) == [list(image.rgb[:8]) for image in images]
    assert cache.nbytes <= 40


def test_models_are_kept_apart_and_forgotten_apart() -> None:
    model, other, cache, images = Looks(), Looks(), EncodingCache(1 << 20), pictures(2)
    cache.encode(model, "a", images)
    cache.encode(other, "b", images)
    assert other.batches == [2]
    cache.forget("a")
    assert cache.nbytes == 2 * 32
    cache.encode(other, "b", images)
    cache.encode(model, "a", images[:1])
    assert (model.batches, other.batches) == ([2, 1], [2])


def test_a_failing_look_leaves_nothing_behind() -> None:
    class Fails(Looks):
        def encode(self, images: Sequence[PixelImage]) -> Encoded:
            raise RuntimeError("out of memory")

    cache, images = EncodingCache(1 << 20), pictures(1)
    with pytest.raises(RuntimeError):
        cache.encode(Fails(), "m", images)
    assert cache.nbytes == 0
