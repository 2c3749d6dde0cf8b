"""Training of the vision tower, the captioner and the answerer together on scenes drawn as they are needed.

Four choices make an hour on two cores enough:

* The renderer knows where everything is, so each patch is taught what lies under it (kind, colour, count of
  its group, place of the group from the left) by linear heads that are thrown away afterwards.
* The first steps show the tower windows of six by six patches around one thing, a quarter of the cost of a
  picture and nearly all of the meaning.  After a minute of training either way, windows named 38 % of the
  patches' kinds and whole pictures 11 %; after 700 steps, 2.5 minutes, windows named 91 %.
* Muon moves the matrices inside the layers: 38 % of kinds at step 300, where AdamW alone had 33 %.
* One vision tower serves both tasks: each step runs it once and then the caption decoder and the question
  encoder and answer decoder on its output.  BLIP shares weights between its tasks for the same reason
  (section 3.2 of arXiv:2201.12086).  The finished tower is saved into both checkpoints.

What is saved is a running average of the weights.  Captions were 85 % right 500 steps after the windows, most
of the rest wrong in a count; after 3,000 steps 98.2 % of captions and 99.6 % of answers were right on 500
fresh scenes.  The checkpoints in `resources/models` took 3,000 steps in 60 minutes on two cores that other
work shared, in four sittings (`--resume` at steps 750, 1,250 and 1,750; the pool held 50,000 pictures until
step 1,250, 32,000 until 1,750 and 16,000 from there).
"""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass

import numpy as np
import torch
from transformers import BertTokenizer

from demo_models.descent import Descent, Pace
from demo_models.models import PROMPTS, Shape, make_processor, make_tokenizer, normalise, save
from demo_models.pool import Pool
from demo_models.scenes import BACKGROUNDS, FIRST_TRAINING_SEED, Scene, make_scene, questions
from demo_models.student import Student, answer_loss, caption_loss, dense_labels, window_embeds, window_index

_ROOM = 8
"""Pixels by which pool pictures may be shifted in all."""


@dataclass(frozen=True)
class Plan:
    """How long and how to train.

    Attributes:
        window_steps: Steps that teach the vision tower windows around single things.
        window: Patches along a window's side.
        tower_steps: Steps that teach the vision tower alone, those with windows included.
        steps: Steps in all.
        batch: Scenes in a step.
        rate: Highest learning rate of AdamW.
        muon: Highest learning rate of Muon.
        asked: Questions about each scene in a step.
        pool: Pictures held at a time.
        ahead: Pictures drawn before the first step.
        fresh: New scenes a second once the pool is full.
        seed: Of weights and batches.
        threads: For torch.
    """

    window_steps: int = 750
    window: int = 6
    tower_steps: int = 850
    steps: int = 3000
    batch: int = 64
    rate: float = 1e-3
    muon: float = 2.5e-3
    asked: int = 2
    pool: int = 32_000
    ahead: int = 5_000
    fresh: float = 40.0
    seed: int = 7
    threads: int = 2


_PLACE_IDS = {name: index for index, name in enumerate(BACKGROUNDS)}


class Batches:
    """Takes batches out of the pool and puts captions and questions to them."""

    def __init__(self, pool: Pool, plan: Plan, shape: Shape, tokenizer: BertTokenizer) -> None:
        """Draw from a pool by the plan's seed."""
        self.pool, self.plan, self.shape, self.tokenizer = pool, plan, shape, tokenizer
        self.chance, self.rng = np.random.default_rng(plan.seed), random.Random(plan.seed)
        self.start = tokenizer.vocab["[DEC]"]

    def take(self, size: int) -> tuple[torch.Tensor, list[Scene], np.ndarray]:
        """Return normalised pixels (batch, 3, side, side), their scenes and by how much each was shifted."""
        side = self.shape.image
        while True:
            slots = self.chance.integers(0, len(self.pool.pictures), size)
            seeds = self.pool.seeds[slots]
            if (seeds >= 0).all():
                break
        pictures = self.pool.pictures[slots]
        half = _ROOM // 2
        padded = np.pad(pictures, ((0, 0), (half, half), (half, half), (0, 0)), mode="edge")
        offsets = self.chance.integers(0, _ROOM + 1, (size, 2))
        moved = np.stack(
            [one[y : y + side, x : x + side] for one, (x, y) in zip(padded, offsets, strict=True)]
        )
        light = self.chance.uniform(0.92, 1.08, (size, 1, 1, 1)).astype(np.float32)
        scenes = [make_scene(int(seed)) for seed in seeds]
        return normalise(np.clip(moved * light, 0, 255)), scenes, (half - offsets) / side

    def windows(self, scenes: list[Scene], shifts: np.ndarray, across: int) -> np.ndarray:
        """Choose a window around one thing of each scene; returns first patch column and row, (batch, 2)."""
        side = self.shape.image // self.shape.patch
        things = [
            self.rng.choice([item for group in scene.groups for item in group.items]) for scene in scenes
        ]
        centres = (np.array([(item.x, item.y) for item in things]) + shifts) * side
        jitter = self.chance.uniform(-1.5, 1.5, centres.shape)
        corners: np.ndarray = np.clip(np.round(centres + jitter - across / 2), 0, side - across)
        return corners.astype(np.int64)

    def captions(self, scenes: list[Scene]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return ids and labels of captions, a quarter of them after a prompt that is not itself learnt."""
        prompts = [self.rng.choice(PROMPTS) + " " if self.rng.random() < 0.25 else "" for _ in scenes]
        texts = [prompt + scene.caption for prompt, scene in zip(prompts, scenes, strict=True)]
        ids = self._encode(texts)
        ids[:, 0] = self.start
        labels = ids.masked_fill(ids == 0, -100)
        for row, prompt in enumerate(prompts):
            labels[row, : 1 + len(prompt.split())] = -100
        return ids, labels

    def asked(self, scenes: list[Scene]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return ids of questions, ids of answers and their labels, `plan.asked` for each scene."""
        pairs = []
        for scene in scenes:
            every = questions(scene, self.rng)
            pairs += self.rng.sample(every, self.plan.asked)
        texts = [pair.text if self.rng.random() < 0.9 else pair.text.rstrip("?") for pair in pairs]
        answers = self._encode([pair.answer for pair in pairs])
        answers[:, 0] = self.start
        return self._encode(texts), answers, answers.masked_fill(answers == 0, -100)

    def _encode(self, texts: list[str]) -> torch.Tensor:
        ids: torch.Tensor = self.tokenizer(texts, padding=True, return_tensors="pt").input_ids
        return ids


def train(plan: Plan, shape: Shape, folder: str, *, resume: str = "") -> None:
    """Train both models and save them.

    Args:
        plan: How long and how.
        shape: Sizes of the models.
        folder: Gets `demo-captioner`, `demo-answerer` and `state.pt` whenever saving is due.
        resume: A `state.pt` to go on from.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    tokenizer = make_tokenizer()
    pace = Pace(plan.steps, plan.rate, plan.muon, warm=200, held=0.4)
    descent = Descent(Student(shape, tokenizer), pace, "tower kind colour count group caption answer")
    first = FIRST_TRAINING_SEED
    if resume:
        state = torch.load(resume, weights_only=True)
        descent.load_state_dict(state)
        first = state["next_seed"]
    pool = Pool(plan.pool, shape.image, plan.fresh, first)
    try:
        while pool.ready() < min(plan.pool, plan.ahead):
            time.sleep(0.5)
        _Course(plan, shape, descent, Batches(pool, plan, shape, tokenizer)).run(folder)
    finally:
        pool.close()


@dataclass(frozen=True)
class _Course:
    """One training under way: what is trained, how, and on what."""

    plan: Plan
    shape: Shape
    descent: Descent[Student]
    batches: Batches

    def run(self, folder: str) -> None:
        """Train to the plan's end."""
        while not self.descent.done:
            self.descent.learn(*self._score())
            if self.descent.due:
                self._save(folder)

    def _score(self) -> tuple[torch.Tensor, list[float]]:
        """Score a batch; returns its loss, and the parts of it and the shares right that `Descent` names."""
        plan, student, batches = self.plan, self.descent.module, self.batches
        side = self.shape.image // self.shape.patch
        alone = self.descent.step < plan.window_steps
        pixels, scenes, shifts = batches.take(plan.batch * (2 if alone else 1))
        labels = dense_labels(scenes, side, shifts)
        places = torch.tensor([_PLACE_IDS[scene.background] for scene in scenes])
        with torch.autocast("cpu", torch.bfloat16):
            tower = student.captioner.vision_model
            if alone:
                corners = batches.windows(scenes, shifts, plan.window)
                index = torch.from_numpy(window_index(corners, side, plan.window))
                labels = labels.gather(2, index[:, None].expand(-1, 4, -1))
                embeds = window_embeds(tower, pixels, corners, plan.window)
            else:
                embeds = tower(pixels).last_hidden_state
            loss, right = student.tower_loss(embeds, labels, places)
            told = asked = torch.zeros(())
            if self.descent.step >= plan.tower_steps:
                told = caption_loss(student, embeds, *batches.captions(scenes))
                asked = answer_loss(student, embeds, plan.asked, *batches.asked(scenes))
        return 0.5 * loss + told + asked, [loss.item(), *right, told.item(), asked.item()]

    def _save(self, folder: str) -> None:
        os.makedirs(folder, exist_ok=True)
        state = self.descent.state_dict()
        state["next_seed"] = int(self.batches.pool.seeds.max()) + 1
        torch.save(state, os.path.join(folder, "state.tmp"))
        os.replace(os.path.join(folder, "state.tmp"), os.path.join(folder, "state.pt"))
        processor = make_processor(self.shape, self.batches.tokenizer)
        for name in ("captioner", "answerer"):
            save(getattr(self.descent.average, name), processor, os.path.join(folder, f"demo-{name}"))
