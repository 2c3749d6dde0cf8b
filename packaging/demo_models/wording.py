"""What is said of training scenes to the retriever, and how it is spelled as tokens."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from transformers import BertTokenizer

from demo_models.claims import CHANGES, Claims, change, claims_of, some, words
from demo_models.models import PROMPTS
from demo_models.scenes import Scene

_PROMPTED = 0.1
"""Share of texts that open with a prompt, as conditional captions do."""
_FOREIGN = 0.08
"""Share of changes that take a word from outside the grammar."""


@dataclass(frozen=True)
class Texts:
    """Token ids of texts with what is known of each token.

    Attributes:
        ids: (texts, length), padded with 0.
        truth: (texts, length): whether the token's word holds of its scene; -1 unknown.
        group: (texts, length): number of the group in the scene that the word belongs to; -1 none.
    """

    ids: np.ndarray
    truth: np.ndarray
    group: np.ndarray


class Speller:
    """Turns claims into tokens."""

    def __init__(self, tokenizer: BertTokenizer) -> None:
        """Keep each word's pieces once they were looked up."""
        self._tokenizer = tokenizer
        self._pieces: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Return a word's token ids."""
        if word not in self._pieces:
            self._pieces[word] = self._tokenizer(word, add_special_tokens=False).input_ids
        return self._pieces[word]

    def spell(self, entries: list[tuple[str, Claims, Scene]]) -> Texts:
        """Spell texts (prompt, claims, scene that judges them) as rows of one length."""
        rows = [self._row(*entry) for entry in entries]
        length = max(len(row) for row in rows)
        table = np.full((3, len(rows), length), -1, np.int64)
        table[0] = 0
        for number, row in enumerate(rows):
            table[:, number, : len(row)] = np.array(row).T
        return Texts(*table)

    def _row(self, prompt: str, claims: Claims, scene: Scene) -> list[tuple[int, int, int]]:
        kinds = [group.kind for group in scene.groups]
        first, last = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        row = [(first, -1, -1), *((piece, -1, -1) for word in prompt.split() for piece in self.pieces(word))]
        for word in words(claims, scene):
            group = kinds.index(word.kind) if word.kind in kinds else -1
            row += [(piece, word.truth, group) for piece in self.pieces(word.text)]
        return [*row, (last, -1, -1)]


class Texter:
    """Chooses what is said of each scene of a batch."""

    def __init__(self, seed: int) -> None:
        """Choose by a seed."""
        self.rng = random.Random(seed)

    def prompt(self) -> str:
        """Return an opening, most often none."""
        return self.rng.choice(PROMPTS) if self.rng.random() < _PROMPTED else ""

    def wrong(self, claims: Claims, scene: Scene) -> Claims:
        """Change one claim; which one is chosen evenly among those that can be changed."""
        while True:
            foreign = self.rng.random() < _FOREIGN
            changed = change(claims, scene, self.rng.choice(CHANGES), self.rng, foreign=foreign)
            if changed is not None:
                return changed

    def choose(self, scene: Scene) -> list[Claims]:
        """Return what is said of a scene: all, some, and three times something that does not hold."""
        whole = claims_of(scene)
        part = some(whole, self.rng)
        worse = self.wrong(whole, scene)
        third = self.wrong(part if self.rng.random() < 0.6 else worse, scene)
        return [whole, part, self.wrong(whole, scene), worse, third]
