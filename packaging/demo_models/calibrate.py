"""From which margin on a caption counts as sure, fair or unsure, measured on the demo scenes.

The matching head saturates: it gives nearly true captions a probability near 1 as well.  What the application
bands is therefore the margin: the caption's match logit less the highest among the same caption with one word
exchanged (`blipdesk.engine.sureness`).  Here captions of which the renderer knows whether they hold are put
through the application's own engine: for each scene its own caption, a shorter true one, two with one claim
changed, one with another or two, and what the demo captioner says when it draws its words at a high
temperature, which gives mistakes of a model's own kind.  Drawn sentences that break the grammar ("three blue
ball") are left out, since it says nothing of their truth.  Right and wrong captions are weighted to count the
same.

Two thresholds are chosen on one half of `CALIBRATION_SEEDS`, and counted on the other:

* sure: the lowest margin at and above which `SURE_SHARE` of captions are right;
* fair: the margin that parts right from wrong with the fewest errors, so that below it a caption is more
  likely wrong than right; no lower than 0, since a caption that one of its own mismatches beats is never more
  than unsure.

What carries over to other checkpoints: the margin compares a caption with its own mismatches in the same
picture, so what a checkpoint gives to every text alike falls out, and a negative margin means unsure.  What
does not: the unit.  A logit of the demo model need not weigh what one of Salesforce's does, so the shares are
shares on demo scenes; for other checkpoints the bands are an order, not a promise.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event

import numpy as np
import torch
from PIL import Image

from blipdesk.engine.sureness import margin, mismatches
from demo_models.claims import holds, read
from demo_models.draw import snapshot
from demo_models.measure import Reader, see
from demo_models.measure_retriever import load_matcher
from demo_models.scenes import CALIBRATION_SEEDS, Scene, make_scene
from demo_models.wording import Texter

SURE_SHARE = 0.995
"""Asked of all above the threshold together; those nearest to it are the worst.

At 98 % the threshold would fall to 0 and no caption would be fair, although one in six of those with margins
of 0 to 4 is wrong.
"""
SCENES = 500
"""In each half."""
_DRAWN = 3
"""Captions drawn from the captioner for each scene."""
_TEMPERATURE = 1.6


@dataclass(frozen=True)
class Sample:
    """Margins of captions, and whether each caption holds of its picture."""

    margins: np.ndarray
    right: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """One weight each, so that right and wrong captions weigh the same together."""
        counts = np.where(self.right, self.right.sum(), (~self.right).sum())
        weights: np.ndarray = 0.5 / counts
        return weights

    def share_right(self, chosen: np.ndarray) -> float:
        """Return the weighted share of right ones among some captions; 1 of none."""
        total = float(self.weights[chosen].sum())
        return float(self.weights[chosen & self.right].sum()) / total if total else 1.0


def calibrate(folder: str) -> str:
    """Choose both thresholds and write `sureness.json` beside the checkpoints.

    Args:
        folder: Holds `demo-captioner` and `demo-retriever`; gets the file.

    Returns:
        The file's text.
    """
    half = len(CALIBRATION_SEEDS) // 2
    fitted, checked = (gather(folder, CALIBRATION_SEEDS[start:][:SCENES]) for start in (0, half))
    sure, fair = choose(fitted)
    bands = {"sure": checked.margins >= sure, "unsure": checked.margins < fair}
    bands["fair"] = ~bands["sure"] & ~bands["unsure"]
    described = {
        "format": 1,
        "sure": sure,
        "fair": fair,
        "measured_on": "captions of drawn scenes, by demo-retriever",
        "checked": {
            name: {
                "right": int((inside & checked.right).sum()),
                "wrong": int((inside & ~checked.right).sum()),
                "share_right": round(checked.share_right(inside), 3),
            }
            for name, inside in sorted(bands.items())
        },
    }
    text = json.dumps(described, indent=2) + "\n"
    with open(os.path.join(folder, "sureness.json"), "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    return text


def choose(sample: Sample) -> tuple[float, float]:
    """Choose the thresholds of sure and fair, in steps of a tenth."""
    steps = np.arange(0.0, float(sample.margins.max()), 0.1)
    errors = [sample.weights[(sample.margins >= step) != sample.right].sum() for step in steps]
    fair = float(steps[int(np.argmin(errors))])
    pure = (step for step in steps if sample.share_right(sample.margins >= step) >= SURE_SHARE)
    return round(max(float(next(pure)), fair), 1), round(fair, 1)


def gather(folder: str, seeds: Sequence[int]) -> Sample:
    """Caption scenes rightly and wrongly and work out every caption's margin.

    Args:
        folder: Holds the checkpoints.
        seeds: Of the scenes.

    Raises:
        ValueError: a seed is none of `CALIBRATION_SEEDS`: models may have been trained or measured on it.
    """
    if not set(seeds) <= set(CALIBRATION_SEEDS):
        raise ValueError(f"seeds {seeds[0]} to {seeds[-1]} are not all kept for calibration")
    scenes = [make_scene(seed) for seed in seeds]
    pictures = [snapshot(scene) for scene in scenes]
    said = [_made(scene) for scene in scenes]
    for drawn in _drawn(folder, pictures):
        for scene, own, text in zip(scenes, said, drawn, strict=True):
            claims = read(text)
            if claims is not None:
                own.setdefault(text, holds(claims, scene))
    matcher = load_matcher(folder)
    asked = [[one for text in own for one in (text, *mismatches(text))] for own in said]
    margins, right = [], []
    for own, told in zip(said, matcher.match(see(matcher, pictures), asked, Event()), strict=True):
        logits = iter([match.logit for match in told])
        for text, true in own.items():
            margins.append(margin(next(logits), [next(logits) for _ in mismatches(text)]))
            right.append(true)
    return Sample(np.array(margins), np.array(right))


def _made(scene: Scene) -> dict[str, bool]:
    """Return captions of a scene and whether they hold: two true ones, two nearly true, one less so."""
    claims = Texter(scene.seed).choose(scene)
    return {said.text: holds(said, scene) for said in claims}


def _drawn(folder: str, pictures: Sequence[Image.Image]) -> Iterator[list[str]]:
    """Draw captions as the demo captioner does at a high temperature, one for each picture a time."""
    reader = Reader(folder)
    torch.manual_seed(7)
    for _ in range(_DRAWN):
        yield reader.captions(pictures, do_sample=True, temperature=_TEMPERATURE, top_k=0)
