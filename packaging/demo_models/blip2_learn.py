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
import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from transformers import GPT2Tokenizer

from demo_models.blip2_model import CONTEXT, NAME, Blip2Shape, make_model, make_processor, save
from demo_models.blip2_student import Asker, Teller
from demo_models.blip2_texts import Texts, facts
from demo_models.descent import Descent, Pace
from demo_models.models import Shape, load
from demo_models.scenes import make_scene
from demo_models.shelf import Shelf

_CAPTIONS = 4
"""Of so many scenes one gives a caption: captions are learnt within a few hundred steps, chats are not."""
_TURNS, _TURN_SHARES = (1, 2, 3, 4, 6, 12, 28), (0.1, 0.15, 0.2, 0.2, 0.11, 0.12, 0.12)
"""Turns of a step's chats and how often; 28 nearly fill the context."""
_USUAL_TURNS = 6
"""Chats that are longer come fewer at a time, so that a step costs the same."""


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

    def pace(self, steps: int) -> Pace:
        """Return a stage's pace."""
        return Pace(steps, self.rate, self.muon, held=0.35)


def train_blip2(plan: Blip2Plan, sizes: Blip2Shape, captioner: str, folder: str) -> None:
    """Train the model and save it.

    Args:
        plan: How long and how.
        sizes: Sizes of what comes after the tower.
        captioner: Folder of the captioner whose tower is taken.
        folder: Gets `shelf.bin`, `queries.pt` after the first stage, from which a later call goes on, and the
            checkpoint `demo-blip2` whenever saving is due in the second.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    os.makedirs(folder, exist_ok=True)
    shape = Shape()
    tower = load(captioner)[0].vision_model
    shelf = Shelf(os.path.join(folder, "shelf.bin"), shape, plan.scenes)
    shelf.fill(tower)
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
    descent = Descent(asker, plan.pace(plan.query_steps), "queries: loss kind colour count side")
    chance = np.random.default_rng(plan.seed)
    while not descent.done:
        indices = chance.integers(0, len(shelf), plan.query_batch)
        embeds = shelf.take(indices)
        if descent.step < plan.query_steps * 5 // 6:
            patches = 1 + chance.permutation(embeds.shape[1] - 1)[: plan.patches]
            embeds = embeds[:, [0, *patches]]
        scenes = [make_scene(shelf.seed(int(index))) for index in indices]
        loss, right = asker.loss(asker(embeds), *facts(scenes))
        descent.learn(loss, [loss.item(), *right])
    state: dict[str, torch.Tensor] = descent.average.state_dict()
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
        The averaged weights, whenever saving is due.
    """
    descent = Descent(teller, plan.pace(plan.text_steps), "texts: captions chats about")
    texts, chance = Texts(tokenizer, plan.seed), np.random.default_rng(plan.seed)
    while not descent.done:
        indices = chance.integers(0, len(queried), plan.text_batch)
        seen = queried[indices].float()
        scenes = [make_scene(shelf.seed(int(index))) for index in indices]
        captioned = plan.text_batch // _CAPTIONS
        told, _ = teller.loss(seen[:captioned], texts.captions(scenes[:captioned]))
        turns = int(chance.choice(_TURNS, p=_TURN_SHARES))
        held = plan.text_batch * _USUAL_TURNS // max(turns, _USUAL_TURNS)
        chats = texts.chats(scenes[:held], turns)
        room = CONTEXT - seen.shape[1] - chats.ids.shape[1]
        offset = int(chance.integers(0, room)) if chance.random() < 0.5 else 0
        said, about = teller.loss(seen[:held], chats, offset)
        descent.learn(told + said + about, [told.item(), said.item(), about.item()])
        if descent.due:
            yield descent.average.state_dict()
