"""Measurement of the smaller precisions: how many captions of the demo models they leave as in fp32."""

from __future__ import annotations

import os
from collections.abc import Sequence
from threading import Event

from PIL import Image

from blipdesk.engine import blip, blip2
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.precision import usable
from blipdesk.engine.vision_model import CaptionModel, Generation
from demo_models.measure import MAX_NEW_TOKENS, Row, Score, fresh_scenes, see

EQUAL_BAR = 0.97
"""Share of captions that has to equal fp32's."""
_BATCH = 16
_CAPTIONERS = {"demo-captioner": blip.load_model, "demo-blip2": blip2.load_model}


def evaluate(folder: str, count: int = 500, first: int = 0) -> Score:
    """Measure the precisions that run on this computer's processor.

    fp16 is among them: a processor multiplies it too, if slowly.

    Args:
        folder: Holds `demo-captioner` and `demo-blip2`.
        count: Scenes.
        first: Seed of the first scene.

    Returns:
        Captions equal to fp32's under each precision, of each of the two.
    """
    pictures = [picture for _, picture, _ in fresh_scenes(count, first)]
    names = [name for name in (*usable("cpu"), "fp16") if name != "fp32"]
    kinds = [(key, name) for key in _CAPTIONERS for name in names]
    rows = (Row(f"{key} as in fp32: {name}", (f"{key} {name}",), EQUAL_BAR) for key, name in kinds)
    score = Score(tuple(rows))
    for key, load in _CAPTIONERS.items():
        checkpoint = open_checkpoint(os.path.join(folder, key), None)
        wanted = _captions(load(checkpoint, "cpu", "fp32"), pictures)
        for name in names:
            given = _captions(load(checkpoint, "cpu", name), pictures)
            for text, other in zip(wanted, given, strict=True):
                score.add(f"{key} {name}", text, other)
    return score


def _captions(model: CaptionModel, pictures: Sequence[Image.Image]) -> list[str]:
    generation = Generation(max_new_tokens=MAX_NEW_TOKENS)
    texts: list[str] = []
    for start in range(0, len(pictures), _BATCH):
        seen = see(model, pictures[start : start + _BATCH])
        texts += [found[0].text for found in model.caption(seen, generation, Event())]
    return texts
