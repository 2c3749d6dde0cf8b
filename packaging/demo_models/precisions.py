"""How many captions of the demo captioner the smaller precisions leave as they are in fp32."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

from PIL import Image

from blipdesk.domain.jobs import CaptionOptions, PixelImage
from blipdesk.engine import precision as precisions
from blipdesk.engine.blip import BlipModel, load_model
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.vision_model import Generation
from demo_models.measure import MAX_NEW_TOKENS, fresh_scenes

EQUAL_BAR = 0.97
"""Share of captions that has to equal fp32's."""
_BATCH = 16


def agreement(folder: str, count: int = 500, first: int = 0) -> dict[str, float]:
    """Share of captions equal to fp32's, by precision that runs on this computer's processor.

    fp16 is among them: a processor multiplies it too, if slowly.

    Args:
        folder: Holds `demo-captioner`.
        count: Scenes.
        first: Seed of the first scene.
    """
    checkpoint = open_checkpoint(os.path.join(folder, "demo-captioner"), None)
    pictures = [picture for _, picture, _ in fresh_scenes(count, first)]
    names = dict.fromkeys((*precisions.usable("cpu"), "fp16"))
    texts = {name: _captions(load_model(checkpoint, "cpu", name), pictures) for name in names}
    return {
        name: sum(one == other for one, other in zip(found, texts["fp32"], strict=True)) / count
        for name, found in texts.items()
        if name != "fp32"
    }


def _captions(model: BlipModel, pictures: Sequence[Image.Image]) -> list[str]:
    generation = Generation.of(CaptionOptions(max_new_tokens=MAX_NEW_TOKENS))
    edge = model.image_size
    squares = [picture.convert("RGB").resize((edge, edge), Image.Resampling.BICUBIC) for picture in pictures]
    images = [PixelImage(edge, edge, square.tobytes()) for square in squares]
    texts: list[str] = []
    for place in range(0, len(images), _BATCH):
        encoded = model.encode(images[place : place + _BATCH])
        texts += [found[0].text for found in model.caption(encoded, generation, threading.Event())]
    return texts


def table(shares: dict[str, float]) -> str:
    """Lay the shares out as a table of lines."""
    lines = [f"{'captions equal to fp32':24}{'share':>9}  bar"]
    for name, share in shares.items():
        verdict = "met" if share >= EQUAL_BAR else "MISSED"
        lines.append(f"{name:24}{share:>9.1%}  {EQUAL_BAR:.0%} {verdict}")
    return "\n".join(lines)
