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
from typing import NamedTuple

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
    PLURALS,
    SIDES,
    Group,
    Question,
    Scene,
    make_scene,
)

_ROLES = MAX_GROUPS + 1
"""What a query has to find: the first, second or third group, or the place."""
_HEADS = (len(KINDS) + 1, len(COLOURS) + 1, MAX_COUNT + 1, len(SIDES) + 1)
_NO_GROUP = (0,) * len(_HEADS)
_SAVE_EVERY = 500
_CAPTIONS = 4
"""Of so many scenes one gives a caption: captions are learnt within a few hundred steps, chats are not."""
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
        text_batch: Scenes in a step of the second stage, each with a chat and some with a caption.
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
        for number, group in enumerate(scene.groups):
            found[row, number] = torch.tensor(numbers(scene, group))
    return found, torch.tensor([_PLACES.index(scene.background) for scene in scenes])


def numbers(scene: Scene, group: Group) -> tuple[int, ...]:
    """Return a group's kind, colour, count and side as numbers, of which 0 stands for none."""
    side = SIDES.index(scene.side[group.kind]) + 1 if group.kind in scene.side else 0
    return KINDS.index(group.kind) + 1, _COLOURS.index(group.colour) + 1, group.count, side


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
    """Projection and language model, with heads that teach what a question is about."""

    def __init__(self, model: Blip2ForConditionalGeneration) -> None:
        """Take a model's parts."""
        super().__init__()
        self.language_projection = model.language_projection
        self.language_model = model.language_model
        width = model.config.text_config.hidden_size
        self.named_heads = nn.Linear(width, sum(_HEADS))
        self.meant_heads = nn.Linear(width, sum(_HEADS))

    def loss(self, queried: torch.Tensor, texts: Spelt, offset: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
        """Score texts.

        Args:
            queried: Outputs of the queries (batch, queries, width).
            texts: What is said of each.
            offset: How much further on than right after the queries the text's positions begin.

        Returns:
            Mean cross-entropy of the words, and of what the questions are about.
        """
        decoder = self.language_model.model.decoder
        visual = self.language_projection(queried)
        inputs = torch.cat([visual, decoder.embed_tokens(texts.ids)], 1)
        positions = torch.arange(inputs.shape[1])
        positions[visual.shape[1] :] += offset
        output = decoder(
            inputs_embeds=inputs, position_ids=positions[None], use_cache=False, output_hidden_states=True
        )
        hidden = [states[:, visual.shape[1] :] for states in output.hidden_states]
        wanted = texts.targets >= 0
        scores = self.language_model.lm_head(output.last_hidden_state[:, visual.shape[1] :][wanted])
        words = functional.cross_entropy(scores, texts.targets[wanted])
        half = len(decoder.layers) // 2
        about = _facts_loss(self.named_heads, hidden[half], texts.named)
        return words, about + _facts_loss(self.meant_heads, hidden[-2], texts.meant)


def _facts_loss(heads: nn.Linear, hidden: torch.Tensor, spots: list[Spot]) -> torch.Tensor:
    if not spots:
        return torch.zeros(())
    rows, columns = [spot.row for spot in spots], [spot.column for spot in spots]
    wanted = torch.tensor([spot.facts for spot in spots])
    scores = heads(hidden[rows, columns]).split(_HEADS, -1)
    parts = [functional.cross_entropy(score, wanted[:, part]) for part, score in enumerate(scores)]
    return torch.stack(parts).mean()


class Spot(NamedTuple):
    """A token that is about a group: its place in the batch, and the group's numbers as in `facts`."""

    row: int
    column: int
    facts: tuple[int, ...]


@dataclass
class Spelt:
    """Texts as tokens.

    Attributes:
        ids: Tokens from "</s>" on (batch, length), padded on the right, where none looks.
        targets: The token to come at each of them, or -100 (batch, length).
        named: Words of questions that name a group, or a kind of which there is none.
        meant: Last tokens of questions, with the group that is asked about.
    """

    ids: torch.Tensor
    targets: torch.Tensor
    named: list[Spot]
    meant: list[Spot]


class Texts:
    """Writes captions and chats about scenes as tokens with the token to come at each."""

    def __init__(self, tokenizer: GPT2Tokenizer, seed: int) -> None:
        """Choose by a seed."""
        self.tokenizer, self.rng = tokenizer, random.Random(seed)
        self.end = int(tokenizer.eos_token_id)
        self._ids = lru_cache(maxsize=65_536)(self._spell)
        words = {word: kind for kind, plural in PLURALS.items() for word in (kind, plural)}
        self._kinds = {self._ids(f" {word}")[0]: kind for word, kind in words.items()}

    def captions(self, scenes: list[Scene]) -> Spelt:
        """Spell captions, a third of them after a prompt that is not itself learnt."""
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
        return self._padded(rows, [], [])

    def chats(self, scenes: list[Scene], turns: int) -> Spelt:
        """Spell chats, of which every answer is learnt and no question."""
        rows: list[_Row] = []
        named: list[Spot] = []
        meant: list[Spot] = []
        for scene in scenes:
            row = _Row(self.end)
            present = {group.kind: numbers(scene, group) for group in scene.groups}
            for turn, subject in chat(scene, self.rng, turns):
                begin = len(row.ids)
                row.read(self._ids(f"{'. ' if begin > 1 else ''}Question: {self._asked(turn)} Answer:"))
                for column in range(begin, len(row.ids)):
                    kind = self._kinds.get(row.ids[column])
                    if kind:
                        named.append(Spot(len(rows), column, present.get(kind, _NO_GROUP)))
                if subject:
                    meant.append(Spot(len(rows), len(row.ids) - 1, numbers(scene, subject)))
                row.write(self._ids(f" {turn.answer}"))
            rows.append(row)
        return self._padded(rows, named, meant)

    def _asked(self, turn: Question) -> str:
        text = turn.text.rstrip("?") if self.rng.random() < 0.12 else turn.text
        return self._spelt_freely(text)

    def _spelt_freely(self, text: str) -> str:
        return text[0].upper() + text[1:] if self.rng.random() < 0.2 else text

    def _spell(self, text: str) -> tuple[int, ...]:
        return tuple(self.tokenizer(text, add_special_tokens=False).input_ids)

    def _padded(self, rows: list[_Row], named: list[Spot], meant: list[Spot]) -> Spelt:
        length = max(len(row.ids) for row in rows)
        ids = torch.full((len(rows), length), int(self.tokenizer.pad_token_id))
        targets = torch.full((len(rows), length), -100)
        for index, row in enumerate(rows):
            ids[index, : len(row.ids)] = torch.tensor(row.ids)
            targets[index, : len(row.ids)] = torch.tensor(row.targets)
        return Spelt(ids, targets, named, meant)


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
        captioned = plan.text_batch // _CAPTIONS
        told, _ = teller.loss(seen[:captioned], texts.captions(scenes[:captioned]))
        chats = texts.chats(scenes, int(stage.chance.choice(_TURNS, p=_TURN_SHARES)))
        room = CONTEXT - seen.shape[1] - chats.ids.shape[1]
        offset = int(stage.chance.integers(0, room)) if stage.chance.random() < 0.5 else 0
        said, about = teller.loss(seen, chats, offset)
        stage.learn(told + said + about, [told.item(), said.item(), about.item()])
        if stage.step % _SAVE_EVERY == 0 or stage.step == plan.text_steps:
            yield stage.average.state_dict()
