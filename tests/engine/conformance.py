"""What the suites over every family's port share (``test_conformance*.py``)."""

import importlib
from pathlib import Path
from typing import Any, cast

from tiny_blip import NEVER
from tiny_models import KINDS

from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.vision_model import CaptionModel, Encoded, Generation, VisionModel

QUESTION = "what colour is this"
ODD = {
    "empty": "",
    "space": " ",
    "surrogate": "\ud800 dog",
    "nul": "\0",
    "scripts": "🐕\u200d🦺 красный 犬",
    "marks": "<image> </s> [SEP]",
    "long": "a dog " * 700,
}
"""Texts that a person may give, and that no family may fail on."""


def kinds(task: str) -> list[str]:
    """The tiny checkpoints that do a task."""
    return [kind for kind, (_, tasks) in KINDS.items() if task in tasks]


def load(folder: Path, precision: str = "fp32") -> VisionModel:
    """A checkpoint in its family's hands."""
    checkpoint = open_checkpoint(str(folder), None)
    family: Any = importlib.import_module(f"blipdesk.engine.{checkpoint.family.module}")
    return cast("VisionModel", family.load_model(checkpoint, "cpu", precision))


class CountingToken:
    """Set when it is asked for the n-th time."""

    def __init__(self, limit: int) -> None:
        self.asked = 0
        self._limit = limit

    def is_set(self) -> bool:
        self.asked += 1
        return self.asked >= self._limit


def texts(model: CaptionModel, encoded: Encoded, generation: Generation) -> list[list[str]]:
    """What a model writes about each picture."""
    return [[found.text for found in each] for each in model.caption(encoded, generation, NEVER)]
