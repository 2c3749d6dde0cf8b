"""Measurement of the smaller precisions: how many captions of the demo captioner they leave as in fp32."""

from __future__ import annotations

import os
from collections.abc import Sequence
from threading import Event

from PIL import Image

from blipdesk.engine.blip import BlipModel, load_model
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.precision import usable
from blipdesk.engine.vision_model import Generation
from demo_models.measure import MAX_NEW_TOKENS, Row, Score, fresh_scenes, see

EQUAL_BAR = 0.97
"""Share of captions that has to equal fp32's."""
_BATCH = 16


def evaluate(folder: str, count: int = 500, first: int = 0) -> Score:
    """Measure the precisions that run on this computer's processor.

    fp16 is among them: a processor multiplies it too, if slowly.

    Args:
        folder: Holds `demo-captioner`.
        count: Scenes.
        first: Seed of the first scene.

    Returns:
        Captions equal to fp32's under each precision.
    """
    checkpoint = open_checkpoint(os.path.join(folder, "demo-captioner"), None)
    pictures = [picture for _, picture, _ in fresh_scenes(count, first)]
    wanted = _captions(load_model(checkpoint, "cpu", "fp32"), pictures)
    names = [name for name in (*usable("cpu"), "fp16") if name != "fp32"]
    score = Score(tuple(Row(f"captions as in fp32: {name}", (name,), EQUAL_BAR) for name in names))
    for name in names:
        given = _captions(load_model(checkpoint, "cpu", name), pictures)
        for text, other in zip(wanted, given, strict=True):
            score.add(name, text, other)
    return score


def _captions(model: BlipModel, pictures: Sequence[Image.Image]) -> list[str]:
    generation = Generation(max_new_tokens=MAX_NEW_TOKENS)
    texts: list[str] = []
    for start in range(0, len(pictures), _BATCH):
        seen = see(model, pictures[start : start + _BATCH])
        texts += [found[0].text for found in model.caption(seen, generation, Event())]
    return texts
