"""Measurement of the checkpoints on scenes that they were never trained on."""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import torch
from PIL import Image
from transformers import BlipProcessor

from blipdesk.domain.jobs import PixelImage
from blipdesk.engine.vision_model import Encoded, VisionModel
from demo_models.draw import snapshot
from demo_models.models import load, tidy
from demo_models.scenes import EVALUATION_SEEDS, QUESTION_KINDS, Question, Scene, make_scene, questions

MAX_NEW_TOKENS = 24
CAPTION_BAR, ANSWER_BAR = 0.90, 0.92
"""Shares of captions exactly right and of answers right that a pair of checkpoints has to reach."""
_PART = 50
"""Pictures that a model is shown at a time."""


@dataclass(frozen=True)
class Row:
    """A line of the table: the kinds that it takes together, and the share of them that has to be right."""

    title: str
    kinds: tuple[str, ...]
    bar: float | None = None


PAIR_ROWS = (
    Row("captions, exactly right", ("caption",), CAPTION_BAR),
    *(Row(f"answers: {kind}", (kind,)) for kind in QUESTION_KINDS),
    Row("answers, all kinds", QUESTION_KINDS, ANSWER_BAR),
)


@dataclass
class Score:
    """Right and asked, with what went wrong.

    Attributes:
        rows: Lines of the table, with the bars to reach.
        right: How many were right, by kind.
        asked: How many were asked, by kind.
        wrong: What went wrong: a note, what was wanted and what was given.
    """

    rows: tuple[Row, ...] = PAIR_ROWS
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, kind: str, wanted: str, given: str, note: str = "") -> None:
        """Count one answer."""
        self.asked[kind] += 1
        self.right[kind] += wanted == given
        if wanted != given:
            self.wrong.append((note or kind, wanted, given))

    @property
    def good(self) -> bool:
        """True when every bar is reached; one that nothing was asked for is not."""
        return all(self.share(row.kinds) >= row.bar for row in self.rows if row.bar is not None)

    def share(self, kinds: Iterable[str]) -> float:
        """Return the share right over some kinds together."""
        names = list(kinds)
        return sum(self.right[name] for name in names) / max(1, sum(self.asked[name] for name in names))


class Reader:
    """Loads a pair of checkpoints and runs them as the application does, several pictures at a time."""

    def __init__(self, folder: str) -> None:
        """Load `demo-captioner` and `demo-answerer` from a folder."""
        self.captioner, self.processor = load(os.path.join(folder, "demo-captioner"))
        self.answerer, self.asker = load(os.path.join(folder, "demo-answerer"))

    def captions(self, pictures: Sequence[Image.Image], prompt: str = "", **options: float) -> list[str]:
        """Caption pictures, after a prompt where one is given: greedily, or by options of `generate`."""
        texts: list[str] = []
        for start in range(0, len(pictures), _PART):
            part = list(pictures[start : start + _PART])
            if prompt:
                inputs = self.processor(images=part, text=[prompt] * len(part), return_tensors="pt")
            else:
                inputs = self.processor(images=part, return_tensors="pt")
            ids = self.captioner.generate(**inputs, max_new_tokens=MAX_NEW_TOKENS, **options)
            texts += _words(self.processor, ids)
        return texts

    def answers(self, pairs: Sequence[tuple[Image.Image, str]]) -> list[str]:
        """Answer one question for each picture.

        Questions of equal length go together, so that none is padded and each gets the answer it gets by
        itself.
        """
        lengths: dict[int, list[int]] = defaultdict(list)
        for index, (_, text) in enumerate(pairs):
            lengths[len(self.asker.tokenizer(text).input_ids)].append(index)
        given = [""] * len(pairs)
        for members in lengths.values():
            for start in range(0, len(members), _PART):
                part = members[start : start + _PART]
                inputs = self.asker(
                    images=[pairs[index][0] for index in part],
                    text=[pairs[index][1] for index in part],
                    return_tensors="pt",
                )
                ids = self.answerer.generate(**inputs, max_new_tokens=MAX_NEW_TOKENS)
                for index, text in zip(part, _words(self.asker, ids), strict=True):
                    given[index] = text
        return given


def _words(processor: BlipProcessor, ids: torch.Tensor) -> list[str]:
    return [tidy(text) for text in processor.tokenizer.batch_decode(ids, skip_special_tokens=True)]


def fresh_scenes(count: int, first: int = 0) -> list[tuple[Scene, Image.Image, list[Question]]]:
    """Draw scenes for an evaluation, each with one question of each kind.

    Raises:
        ValueError: a seed is none of `EVALUATION_SEEDS`: a model may have been trained on its scene.
    """
    if first < EVALUATION_SEEDS.start or first + count > EVALUATION_SEEDS.stop:
        raise ValueError(f"seeds {first} to {first + count - 1} are not all kept for evaluation")
    scenes = [make_scene(first + index) for index in range(count)]
    return [(scene, snapshot(scene), questions(scene, random.Random(scene.seed))) for scene in scenes]


def see(model: VisionModel, pictures: Sequence[Image.Image]) -> Encoded:
    """Show a model of the application's engine pictures of its size."""
    images = [PixelImage(*picture.size, picture.tobytes()) for picture in pictures]
    parts = [images[start : start + _PART] for start in range(0, len(images), _PART)]
    return Encoded.join([model.encode(part) for part in parts])


def evaluate(folder: str, count: int = 500, first: int = 0) -> Score:
    """Measure a pair of checkpoints.

    Args:
        folder: Holds `demo-captioner` and `demo-answerer`.
        count: Scenes.
        first: Seed of the first scene.

    Returns:
        Exactly right captions under "caption" and answers under each question kind.
    """
    reader, score = Reader(folder), Score()
    drawn = fresh_scenes(count, first)
    for (scene, _, _), given in zip(
        drawn, reader.captions([picture for _, picture, _ in drawn]), strict=True
    ):
        score.add("caption", scene.caption, given)
    pairs = [(picture, question) for _, picture, asked in drawn for question in asked]
    answers = reader.answers([(picture, question.text) for picture, question in pairs])
    for (_, question), given in zip(pairs, answers, strict=True):
        score.add(question.kind, question.answer, given, question.text)
    return score


def table(score: Score) -> str:
    """Lay a score out as a table of lines."""
    wide = max(len(row.title) for row in score.rows)
    lines = [f"{'':{wide}}{'right':>7}{'of':>7}{'share':>9}  bar"]
    for row in score.rows:
        right = sum(score.right[kind] for kind in row.kinds)
        asked = sum(score.asked[kind] for kind in row.kinds)
        share = score.share(row.kinds)
        verdict = ""
        if row.bar is not None:
            found = "not asked" if not asked else "met" if share >= row.bar else "MISSED"
            verdict = f"{row.bar:.0%} {found}"
        lines.append(f"{row.title:{wide}}{right:>7}{asked:>7}{share:>9.1%}  {verdict}".rstrip())
    return "\n".join(lines)
