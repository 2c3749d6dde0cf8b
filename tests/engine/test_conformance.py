"""What every family's port keeps: one suite over tiny checkpoints of all of them.

Here what all ports have; captions, answers and matching in the modules beside.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from conformance import load
from tiny_blip import SIZE, pictures
from tiny_models import KINDS

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import PixelImage
from blipdesk.engine import registry
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.vision_model import Encoded, VisionModel, answerer, captioner, retriever

every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
def test_the_family_and_its_tasks_are_read_from_the_folder(
    tiny: Callable[[str], Path], model: Callable[[str], VisionModel], kind: str
) -> None:
    module, tasks = KINDS[kind]
    checkpoint = open_checkpoint(str(tiny(kind)), None)
    assert (checkpoint.family.module, checkpoint.tasks) == (module, tasks)
    loaded = model(kind)
    assert loaded.tasks == tasks and loaded.image_size == SIZE and loaded.activation_bytes > 0
    ports = {registry.CAPTION: captioner, registry.ANSWER: answerer, registry.RETRIEVAL: retriever}
    for task, port in ports.items():
        if task in tasks:
            assert port(loaded) is loaded
        else:
            with pytest.raises(ModelError, match="cannot"):
                port(loaded)


@every_kind
def test_pictures_are_seen_alike_alone_and_together(model: Callable[[str], VisionModel], kind: str) -> None:
    loaded, images = model(kind), pictures(3, seed=2)
    together = loaded.encode(images)
    assert len(together) == 3 and len(set(together.digests)) == len(set(together.seeds)) == 3
    for index, image in enumerate(images):
        alone, part = loaded.encode([image]), together.select(index)
        torch.testing.assert_close(part.states, alone.states, atol=1e-4, rtol=1e-4)
        assert part.digests == alone.digests and part.nbytes * 3 == together.nbytes
    joined = Encoded.join([together.select(2), together.select(0)])
    assert joined.digests == (together.digests[2], together.digests[0])
    assert torch.equal(joined.states, together.states[[2, 0]])


@every_kind
@pytest.mark.parametrize(
    "picture",
    [PixelImage(SIZE + 1, SIZE + 1, bytes((SIZE + 1) ** 2 * 3)), PixelImage(SIZE, SIZE, b"short")],
    ids=["larger", "short"],
)
def test_pictures_of_another_size_are_refused(
    model: Callable[[str], VisionModel], kind: str, picture: PixelImage
) -> None:
    with pytest.raises(ModelError, match=f"{SIZE} x {SIZE}"):
        model(kind).encode([*pictures(1), picture])


@every_kind
@pytest.mark.parametrize("damage", ["cut", "without", "tokenizer"])
def test_damaged_checkpoints_are_refused(
    tiny: Callable[[str], Path], copy_of: Callable[[Path], Path], kind: str, damage: str
) -> None:
    from safetensors.torch import load_file, save_file

    folder = copy_of(tiny(kind))
    weights = folder / "model.safetensors"
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:-9])
    elif damage == "without":
        held = load_file(weights)
        gone = next(name for name in held if name.startswith("vision_model.encoder.layers.1"))
        save_file({name: value for name, value in held.items() if name != gone}, weights, {"format": "pt"})
    else:
        (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError):
        load(folder)
