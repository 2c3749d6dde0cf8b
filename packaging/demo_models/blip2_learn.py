"""Training of the tiny BLIP-2: Q-Former, projection and language model on a frozen vision tower's outputs.

Four choices make it cheap:

* The tower is the captioner's, frozen, as in BLIP-2 itself (arXiv:2301.12597, section 3.1), and its outputs
  are worked out once (`demo_models.shelf`).
* Q-Former and language model are trained one after the other, like BLIP-2's two stages.  In the first,
  since the renderer knows what is in a scene, each query is given something to find: by linear heads that
  are thrown away afterwards it has to name kind, colour, count and side of the first, second or third group
  from the left, or the place.  In the second the queries' outputs, too, are worked out once.
* A step of the first stage shows the queries 40 of the 144 patches.  Each patch knows of its whole group, so
  that after 200 steps 82 % of kinds were right, where all patches had 84 %, at less than half the cost.
* A chat of several turns is one sequence that teaches every one of its answers.  A word that names a kind
  of thing has to tell what there is of it half-way through the language model, and a question's last token
  what the question is about, again by heads that are thrown away.  Without these the loss of a chat's answers
  fell by 0.01 in 100 steps, from 0.25 at step 1,000; with them, from 0.18 to 0.10 within 600.

A quarter of the steps have chats of 12 or 28 turns, which nearly fill the context, and half of the other
chats are moved to positions further on: without long chats every answer in chats of up to six turns was
right, and in those of ten turns every other one.  What is saved is a running average of the weights.

The checkpoint in `resources/models` was made in five sittings on a third of a core that other work shared:
the first stage's 1,000 steps at the full rate and 500 at a falling one, 8 minutes; of the second 1,500 steps
without the heads and with a caption for every scene, 12 minutes; 2,600 with at most six turns, 30 minutes;
and 820 as they are here, half of the last 320 with long chats, 15 minutes.  On 500 fresh scenes 98.4 % of
captions, 99.6 % of answers, 99.8 % of follow-ups that need the turn before, and 94.4 % of last questions of
chats of 8 to 28 turns were right.
"""

from __future__ import annotations

import copy
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from transformers import GPT2Tokenizer

from demo_models.blip2_model import CONTEXT, NAME, Blip2Shape, make_model, make_processor, save, tower_from
from demo_models.blip2_student import Asker, Teller
from demo_models.blip2_texts import Texts, facts
from demo_models.learn import Optimizers, Plan
from demo_models.models import Shape, load
from demo_models.scenes import make_scene
from demo_models.shelf import Shelf

_CAPTIONS = 4
"""Of so many scenes one gives a caption: captions are learnt within a few hundred steps, chats are not."""
_TURNS, _TURN_SHARES = (1, 2, 3, 4, 6, 12, 28), (0.1, 0.15, 0.2, 0.2, 0.11, 0.12, 0.12)
"""Turns of a step's chats and how often; 28 nearly fill the context."""
_USUAL_TURNS = 6
"""Chats that are longer come fewer at a time, so that a step costs the same."""
_SAVE_EVERY = 500
"""Steps."""


@dataclass(frozen=True)
class Blip2Plan:
    """How long and how to train.

    Attributes:
        scenes: Scenes whose tower outputs are worked out ahead.
        query_steps: Steps of the first stage, which teaches the Q-Former.
        query_batch: Scenes in a step of the first stage.
        patches: Patches that a step of the first stage shows, but for the last sixth of the steps.
        text_steps: Steps of the second stage, which teaches projection and language model.
        text_batch: Scenes in a step of the second stage, each with a chat and some with a caption.
        rate: Highest learning rate of AdamW.
        muon: Highest learning rate of Muon.
        seed: Of weights and batches.
        threads: For torch.
    """

    scenes: int = 65_536
    query_steps: int = 1500
    query_batch: int = 64
    patches: int = 40
    text_steps: int = 3600
    text_batch: int = 40
    rate: float = 1e-3
    muon: float = 2.5e-3
    seed: int = 11
    threads: int = 1


class _Stage:
    """A stage under way: what is trained, its running average, and how far it is."""

    def __init__(self, module: nn.Module, plan: Blip2Plan, steps: int) -> None:
        self.module, self.plan, self.steps, self.step = module, plan, steps, 0
        self.average = copy.deepcopy(module).requires_grad_(False)
        self.optimizer = Optimizers(module, Plan(rate=plan.rate, muon=plan.muon))
        self.chance = np.random.default_rng(plan.seed)
        self._began = time.monotonic()
        self._figures: list[list[float]] = []

    def learn(self, loss: torch.Tensor, figures: list[float]) -> None:
        """Take a step down a loss; says the figures' means every 100 steps."""
        warm = min(1.0, (self.step + 1) / 100)
        done = max(0.0, (self.step / self.steps - 0.35) / 0.65)
        self.optimizer.pace(self.plan.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done))))
        self.optimizer.clear()
        loss.backward()
        nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        with torch.no_grad():
            keep = min(0.998, 1 - 1 / (1 + self.step / 10))
            weights = list(self.average.parameters()), list(self.module.parameters())
            torch._foreach_lerp_(*weights, 1 - keep)
        self._figures.append(figures)
        if self.step % 100 == 0:
            means = " ".join(f"{value:.4f}" for value in np.mean(self._figures, 0))
            minutes = (time.monotonic() - self._began) / 60
            print(f"{type(self.module).__name__} step {self.step} {minutes:.1f} min  {means}", flush=True)
            self._figures.clear()


def train_blip2(plan: Blip2Plan, sizes: Blip2Shape, captioner: str, folder: str) -> None:
    """Train the model and save it.

    Args:
        plan: How long and how.
        sizes: Sizes of what comes after the tower.
        captioner: Folder of the captioner whose tower is taken.
        folder: Gets `shelf.bin`, `queries.pt` after the first stage, from which a later call goes on, and the
            checkpoint `demo-blip2` every `_SAVE_EVERY` steps of the second.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    os.makedirs(folder, exist_ok=True)
    shape = Shape()
    tower = load(captioner)[0].vision_model
    shelf = Shelf(os.path.join(folder, "shelf.bin"), shape, plan.scenes)
    shelf.fill(tower_from(tower))
    processor = make_processor(shape, sizes)
    model = make_model(tower, sizes, processor)
    asker, learnt = Asker(model), os.path.join(folder, "queries.pt")
    if os.path.exists(learnt):
        asker.load_state_dict(torch.load(learnt, weights_only=True))
    else:
        asker.load_state_dict(learn_queries(plan, asker, shelf))
        torch.save(asker.state_dict(), learnt)
    queried = work_out(asker, shelf)
    for teller in learn_texts(plan, Teller(model), queried, shelf, processor.tokenizer):
        finished = copy.deepcopy(model)
        finished.load_state_dict(teller, strict=False)
        save(finished.eval(), processor, os.path.join(folder, NAME))


def learn_queries(plan: Blip2Plan, asker: Asker, shelf: Shelf) -> dict[str, torch.Tensor]:
    """Teach the Q-Former, the first stage; returns the averaged weights."""
    stage = _Stage(asker, plan, plan.query_steps)
    while stage.step < plan.query_steps:
        indices = stage.chance.integers(0, len(shelf), plan.query_batch)
        embeds = shelf.take(indices)
        if stage.step < plan.query_steps * 5 // 6:
            patches = 1 + stage.chance.permutation(embeds.shape[1] - 1)[: plan.patches]
            embeds = embeds[:, [0, *patches]]
        scenes = [make_scene(shelf.seed(int(index))) for index in indices]
        loss, right = asker.loss(asker(embeds), *facts(scenes))
        stage.learn(loss, [loss.item(), *right])
    state: dict[str, torch.Tensor] = stage.average.state_dict()
    return state


def work_out(asker: Asker, shelf: Shelf) -> torch.Tensor:
    """Return the queries' outputs for every scene of the shelf, in bfloat16, (scenes, queries, width)."""
    parts = []
    with torch.no_grad():
        for start in range(0, len(shelf), 256):
            indices = np.arange(start, min(start + 256, len(shelf)))
            parts.append(asker(shelf.take(indices)).bfloat16())
    return torch.cat(parts)


def learn_texts(
    plan: Blip2Plan, teller: Teller, queried: torch.Tensor, shelf: Shelf, tokenizer: GPT2Tokenizer
) -> Iterator[dict[str, torch.Tensor]]:
    """Teach projection and language model, the second stage.

    Args:
        plan: How long and how.
        teller: What is taught.
        queried: From `work_out`.
        shelf: Knows the scenes.
        tokenizer: Spells the texts.

    Yields:
        The averaged weights, every `_SAVE_EVERY` steps and at the end.
    """
    stage, texts = _Stage(teller, plan, plan.text_steps), Texts(tokenizer, plan.seed)
    while stage.step < plan.text_steps:
        indices = stage.chance.integers(0, len(queried), plan.text_batch)
        seen = queried[indices].float()
        scenes = [make_scene(shelf.seed(int(index))) for index in indices]
        captioned = plan.text_batch // _CAPTIONS
        told, _ = teller.loss(seen[:captioned], texts.captions(scenes[:captioned]))
        turns = int(stage.chance.choice(_TURNS, p=_TURN_SHARES))
        held = plan.text_batch * _USUAL_TURNS // max(turns, _USUAL_TURNS)
        chats = texts.chats(scenes[:held], turns)
        room = CONTEXT - seen.shape[1] - chats.ids.shape[1]
        offset = int(stage.chance.integers(0, room)) if stage.chance.random() < 0.5 else 0
        said, about = teller.loss(seen[:held], chats, offset)
        stage.learn(told + said + about, [told.item(), said.item(), about.item()])
        if stage.step % _SAVE_EVERY == 0 or stage.step == plan.text_steps:
            yield stage.average.state_dict()
