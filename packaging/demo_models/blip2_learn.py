"""Training of the tiny BLIP-2: Q-Former, projection and language model on a frozen vision tower's outputs.

Four choices make it cheap:

* The tower is the captioner's, frozen, as in BLIP-2 itself (arXiv:2301.12597, section 3.1), and its outputs
  are worked out once (`demo_models.blip2_shelf`).
* Q-Former and language model are trained one after the other, like BLIP-2's two stages.  In the first,
  since the renderer knows what is in a scene, each query is given something to find: by linear heads that
  are thrown away afterwards it has to name kind, colour, count and side of the first, second or third group
  from the left, or the place.  In the second the queries' outputs, too, are worked out once.
* A step of the first stage shows the queries 40 of the 144 patches.  Each patch knows of its whole group, so
  that after 200 steps 82 % of kinds were right, where all patches had 84 %, at less than half the cost.
* A chat of several turns is one sequence that teaches every one of its answers.

Half of the chats are moved to positions further on, so that a long chat's turns, which come up last in the
512 positions, are read like the first.  What is saved is a running average of the weights.
"""

from __future__ import annotations

import copy
import math
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import Blip2ForConditionalGeneration, GPT2Tokenizer

from demo_models.blip2_model import CONTEXT, Blip2Shape, make_model, make_processor, save, tower_from
from demo_models.blip2_shelf import Shelf
from demo_models.chats import chat
from demo_models.learn import Optimizers, Plan
from demo_models.models import PROMPTS, Shape, load
from demo_models.scenes import (
    BACKGROUNDS,
    COLOURS,
    KINDS,
    MAX_COUNT,
    MAX_GROUPS,
    SIDES,
    Question,
    Scene,
    make_scene,
)

_ROLES = MAX_GROUPS + 1
"""What a query has to find: the first, second or third group, or the place."""
_HEADS = (len(KINDS) + 1, len(COLOURS) + 1, MAX_COUNT + 1, len(SIDES) + 1)
_SAVE_EVERY = 500
_TURNS, _TURN_SHARES = (1, 2, 3, 4, 6), (0.15, 0.25, 0.25, 0.25, 0.1)
_PLACES, _COLOURS = tuple(BACKGROUNDS), tuple(COLOURS)


@dataclass(frozen=True)
class Blip2Plan:
    """How long and how to train.

    Attributes:
        scenes: Scenes whose tower outputs are worked out ahead.
        query_steps: Steps of the first stage, which teaches the Q-Former.
        query_batch: Scenes in a step of the first stage.
        patches: Patches that a step of the first stage shows, but for the last sixth of the steps.
        text_steps: Steps of the second stage, which teaches projection and language model.
        text_batch: Scenes in a step of the second stage, each with a caption and a chat.
        rate: Highest learning rate of AdamW.
        muon: Highest learning rate of Muon.
        seed: Of weights and batches.
        threads: For torch.
    """

    scenes: int = 65_536
    query_steps: int = 3000
    query_batch: int = 64
    patches: int = 40
    text_steps: int = 3600
    text_batch: int = 32
    rate: float = 1e-3
    muon: float = 2.5e-3
    seed: int = 11
    threads: int = 1


def facts(scenes: list[Scene]) -> tuple[torch.Tensor, torch.Tensor]:
    """Tell what the queries have to find.

    Args:
        scenes: A batch of scenes.

    Returns:
        Kind, colour, count and side of each group from the left, 0 where there is none, as (batch,
        `MAX_GROUPS`, 4); and the places' numbers (batch,).
    """
    found = torch.zeros(len(scenes), MAX_GROUPS, len(_HEADS), dtype=torch.long)
    for row, scene in enumerate(scenes):
        sides = scene.side
        for number, group in enumerate(scene.groups):
            side = SIDES.index(sides[group.kind]) + 1 if group.kind in sides else 0
            values = (KINDS.index(group.kind) + 1, _COLOURS.index(group.colour) + 1, group.count, side)
            found[row, number] = torch.tensor(values)
    return found, torch.tensor([_PLACES.index(scene.background) for scene in scenes])


class Asker(nn.Module):
    """The Q-Former with the heads that teach its queries."""

    def __init__(self, model: Blip2ForConditionalGeneration) -> None:
        """Take a model's queries and Q-Former."""
        super().__init__()
        width = model.config.qformer_config.hidden_size
        self.query_tokens = model.query_tokens
        self.qformer = model.qformer
        self.group_heads = nn.Linear(width, sum(_HEADS))
        self.place_head = nn.Linear(width, len(_PLACES))

    def forward(self, embeds: torch.Tensor) -> torch.Tensor:
        """Let the queries read tower outputs; returns (batch, queries, width)."""
        queries = self.query_tokens.expand(len(embeds), -1, -1)
        output: torch.Tensor = self.qformer(
            query_embeds=queries, encoder_hidden_states=embeds.float()
        ).last_hidden_state
        return output

    def loss(
        self, queried: torch.Tensor, groups: torch.Tensor, places: torch.Tensor
    ) -> tuple[torch.Tensor, list[float]]:
        """Score what the queries know.

        Args:
            queried: Output of the queries.
            groups: From `facts`.
            places: From `facts`.

        Returns:
            The loss, and the share right of kind, colour, count and side.
        """
        loss, right = torch.zeros(()), [0.0] * len(_HEADS)
        for role in range(MAX_GROUPS):
            scores = self.group_heads(queried[:, role::_ROLES]).split(_HEADS, -1)
            for part, score in enumerate(scores):
                wanted = groups[:, role, part, None].expand(-1, score.shape[1])
                loss = loss + functional.cross_entropy(score.flatten(0, 1), wanted.flatten())
                right[part] += float((score.argmax(-1) == wanted).float().mean()) / MAX_GROUPS
        place = self.place_head(queried[:, MAX_GROUPS::_ROLES])
        wanted = places[:, None].expand(-1, place.shape[1])
        return loss / MAX_GROUPS + functional.cross_entropy(place.flatten(0, 1), wanted.flatten()), right


class Teller(nn.Module):
    """Projection and language model."""

    def __init__(self, model: Blip2ForConditionalGeneration) -> None:
        """Take a model's parts."""
        super().__init__()
        self.language_projection = model.language_projection
        self.language_model = model.language_model

    def loss(
        self, queried: torch.Tensor, ids: torch.Tensor, targets: torch.Tensor, offset: int = 0
    ) -> torch.Tensor:
        """Score texts.

        Args:
            queried: Outputs of the queries (batch, queries, width).
            ids: Tokens from "</s>" on (batch, length), padded on the right, where none looks.
            targets: The token to come at each of them, or -100 (batch, length).
            offset: How much further on than right after the queries the text's positions begin.

        Returns:
            Mean cross-entropy.
        """
        decoder = self.language_model.model.decoder
        visual = self.language_projection(queried)
        inputs = torch.cat([visual, decoder.embed_tokens(ids)], 1)
        positions = torch.arange(inputs.shape[1])
        positions[visual.shape[1] :] += offset
        hidden = decoder(
            inputs_embeds=inputs, position_ids=positions[None], use_cache=False
        ).last_hidden_state
        wanted = targets >= 0
        scores = self.language_model.lm_head(hidden[:, visual.shape[1] :][wanted])
        return functional.cross_entropy(scores, targets[wanted])


class Texts:
    """Writes captions and chats about scenes as tokens with the token to come at each."""

    def __init__(self, tokenizer: GPT2Tokenizer, seed: int) -> None:
        """Choose by a seed."""
        self.tokenizer, self.rng = tokenizer, random.Random(seed)
        self.end = int(tokenizer.eos_token_id)
        self._ids = lru_cache(maxsize=65_536)(self._spell)

    def captions(self, scenes: list[Scene]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return tokens and targets of captions, a third of them after a prompt that is not itself learnt."""
        rows = []
        for scene in scenes:
            row = _Row(self.end)
            if self.rng.random() < 0.34:
                prompt = self._spelt_freely(self.rng.choice(PROMPTS))
                gap = self.rng.random() < 0.1
                row.read(self._ids(prompt + " " * gap))
                row.write(self._ids(scene.caption if gap else f" {scene.caption}"))
            else:
                row.write(self._ids(scene.caption))
            rows.append(row)
        return self._padded(rows)

    def chats(self, scenes: list[Scene], turns: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return tokens and targets of chats, of which every answer is learnt and no question."""
        rows = []
        for scene in scenes:
            row = _Row(self.end)
            for number, turn in enumerate(chat(scene, self.rng, turns)):
                row.read(self._ids(f"{'. ' if number else ''}Question: {self._asked(turn)} Answer:"))
                row.write(self._ids(f" {turn.answer}"))
            rows.append(row)
        return self._padded(rows)

    def _asked(self, turn: Question) -> str:
        text = turn.text.rstrip("?") if self.rng.random() < 0.12 else turn.text
        return self._spelt_freely(text)

    def _spelt_freely(self, text: str) -> str:
        return text[0].upper() + text[1:] if self.rng.random() < 0.2 else text

    def _spell(self, text: str) -> tuple[int, ...]:
        return tuple(self.tokenizer(text, add_special_tokens=False).input_ids)

    def _padded(self, rows: list[_Row]) -> tuple[torch.Tensor, torch.Tensor]:
        length = max(len(row.ids) for row in rows)
        ids = torch.full((len(rows), length), int(self.tokenizer.pad_token_id))
        targets = torch.full((len(rows), length), -100)
        for index, row in enumerate(rows):
            ids[index, : len(row.ids)] = torch.tensor(row.ids)
            targets[index, : len(row.ids)] = torch.tensor(row.targets)
        return ids, targets


class _Row:
    """One text in the making: what is read, and what is to come after each of its tokens."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.ids, self.targets = [end], [-100]

    def read(self, ids: tuple[int, ...]) -> None:
        """Add what is given to the model."""
        self.ids += ids
        self.targets += [-100] * len(ids)

    def write(self, ids: tuple[int, ...]) -> None:
        """Add what the model has to say, after which it has to end, though the text may go on."""
        self.targets[-1] = ids[0]
        self.ids += ids
        self.targets += [*ids[1:], self.end]


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


def train(plan: Blip2Plan, sizes: Blip2Shape, captioner: str, folder: str) -> None:
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
        save(finished.eval(), processor, os.path.join(folder, "demo-blip2"))


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
        told = teller.loss(seen, *texts.captions(scenes))
        ids, targets = texts.chats(scenes, int(stage.chance.choice(_TURNS, p=_TURN_SHARES)))
        room = CONTEXT - seen.shape[1] - ids.shape[1]
        offset = int(stage.chance.integers(0, room)) if stage.chance.random() < 0.5 else 0
        said = teller.loss(seen, ids, targets, offset)
        stage.learn(told + said, [told.item(), said.item()])
        if stage.step % _SAVE_EVERY == 0 or stage.step == plan.text_steps:
            yield stage.average.state_dict()
