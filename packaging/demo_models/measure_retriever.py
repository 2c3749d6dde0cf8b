"""Measurement of the retrieval checkpoint on scenes that it was never trained on.

Matching (ITM) is asked of each scene's caption and of the same caption with one claim changed; a pair is
right where the model calls the first a match and the second none.  Retrieval (ITC) looks for each picture's
caption among those of a hundred scenes, and for each caption's picture.  Heat maps are asked for each group's
noun in its scene's caption, and are right where the hottest patch lies on a thing of that group.  All of it
runs through the application's own engine.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from threading import Event

import numpy as np

from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.retrieval import RetrievalBlip, load_model
from blipdesk.engine.vision_model import Encoded
from demo_models.claims import CHANGES, change, claims_of
from demo_models.measure import Row, Score, fresh_scenes, see
from demo_models.scenes import Scene
from demo_models.student import dense_labels

MATCH_BAR, RECALL_BAR, MAP_BAR = 0.95, 0.90, 0.80
"""Shares of pairs told apart, of nearest neighbours right, and of heat maps on their thing, to be reached."""
GALLERY = 100
"""Scenes among which one is looked for."""
ONE_WORD = CHANGES[:4]
"""Changes that count for the bar; "order" changes no word."""
ROWS = (
    *(Row(f"matching: {what} changed", (f"match {what}",)) for what in CHANGES),
    Row("matching: one word changed", tuple(f"match {what}" for what in ONE_WORD), MATCH_BAR),
    Row(f"retrieval: caption of {GALLERY} for a picture", ("to text",), RECALL_BAR),
    Row(f"retrieval: picture of {GALLERY} for a caption", ("to picture",), RECALL_BAR),
    Row("heat map: hottest point on the thing", ("map",), MAP_BAR),
)


def load_matcher(folder: str) -> RetrievalBlip:
    """Load `demo-retriever` from a folder as the application does, in single precision."""
    return load_model(open_checkpoint(os.path.join(folder, "demo-retriever"), None), "cpu", "fp32")


def evaluate(folder: str, count: int = 500, first: int = 0) -> Score:
    """Measure the retrieval checkpoint.

    Args:
        folder: Holds `demo-retriever`.
        count: Scenes.
        first: Seed of the first scene.

    Returns:
        Right and asked under the kinds of `ROWS`.
    """
    score, matcher = Score(ROWS), load_matcher(folder)
    drawn = fresh_scenes(count, first)
    scenes = [scene for scene, _, _ in drawn]
    encoded = see(matcher, [picture for _, picture, _ in drawn])
    _measure_matching(score, matcher, scenes, encoded)
    _measure_retrieval(score, matcher, scenes, encoded)
    _measure_maps(score, matcher, scenes, encoded)
    return score


def _measure_matching(
    score: Score, matcher: RetrievalBlip, scenes: Sequence[Scene], encoded: Encoded
) -> None:
    changed: list[dict[str, str]] = []
    for scene in scenes:
        rng = random.Random(scene.seed)
        found = {what: change(claims_of(scene), scene, what, rng) for what in CHANGES}
        changed.append({what: claims.text for what, claims in found.items() if claims is not None})
    texts = [[scene.caption, *wrong.values()] for scene, wrong in zip(scenes, changed, strict=True)]
    for wrong, told, scene in zip(changed, matcher.match(encoded, texts, Event()), scenes, strict=True):
        for (what, text), match in zip(wrong.items(), told[1:], strict=True):
            given = f"match {told[0].logit > 0}, match {match.logit > 0}"
            score.add(f"match {what}", "match True, match False", given, f"{scene.caption} / {text}")


def _measure_retrieval(
    score: Score, matcher: RetrievalBlip, scenes: Sequence[Scene], encoded: Encoded
) -> None:
    pictures = matcher.image_features(encoded)
    for start in range(0, len(scenes) - GALLERY + 1, GALLERY):
        texts = [scene.caption for scene in scenes[start : start + GALLERY]]
        alike = pictures[start : start + GALLERY] @ matcher.text_features(texts).T
        for number, text in enumerate(texts):
            score.add("to text", text, texts[int(alike[number].argmax())])
            score.add("to picture", text, texts[int(alike[:, number].argmax())])


def _measure_maps(score: Score, matcher: RetrievalBlip, scenes: Sequence[Scene], encoded: Encoded) -> None:
    for index, scene in enumerate(scenes):
        caption = scene.caption
        words = matcher.explain(encoded.select(index), caption)
        maps = {caption[word.start : word.end]: word.heat for word in words}
        for group in scene.groups:
            heat = maps[group.noun]
            kinds, _, _, owners = dense_labels([scene], heat.width, np.zeros((1, 2)))[0]
            spot = max(range(len(heat.values)), key=heat.values.__getitem__)
            there = scene.groups[int(owners[spot])].noun if kinds[spot] else "background"
            score.add("map", group.noun, there if max(heat.values) > 0 else "nowhere", caption)
