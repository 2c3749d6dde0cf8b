"""Captions and chats about scenes as the tokens that the tiny BLIP-2 learns from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import torch
from transformers import GPT2Tokenizer

from demo_models.chats import chat
from demo_models.models import PROMPTS
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
)

FACT_SIZES = (len(KINDS) + 1, len(COLOURS) + 1, MAX_COUNT + 1, len(SIDES) + 1)
"""How many kinds, colours, counts and sides there are, with none."""
NO_GROUP = (0,) * len(FACT_SIZES)
_PLACES, _COLOURS = tuple(BACKGROUNDS), tuple(COLOURS)


def facts(scenes: list[Scene]) -> tuple[torch.Tensor, torch.Tensor]:
    """Tell what the queries have to find.

    Args:
        scenes: A batch of scenes.

    Returns:
        Kind, colour, count and side of each group from the left, 0 where there is none, as (batch,
        `MAX_GROUPS`, 4); and the places' numbers (batch,).
    """
    found = torch.zeros(len(scenes), MAX_GROUPS, len(FACT_SIZES), dtype=torch.long)
    for row, scene in enumerate(scenes):
        for number, group in enumerate(scene.groups):
            found[row, number] = torch.tensor(numbers(scene, group))
    return found, torch.tensor([_PLACES.index(scene.background) for scene in scenes])


def numbers(scene: Scene, group: Group) -> tuple[int, ...]:
    """Return a group's kind, colour, count and side as numbers, of which 0 stands for none."""
    side = SIDES.index(scene.side[group.kind]) + 1 if group.kind in scene.side else 0
    return KINDS.index(group.kind) + 1, _COLOURS.index(group.colour) + 1, group.count, side


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
                        named.append(Spot(len(rows), column, present.get(kind, NO_GROUP)))
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
