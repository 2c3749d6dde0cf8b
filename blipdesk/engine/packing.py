"""Several texts about one picture as one sequence, in which none sees another.

A retrieval model is asked about many texts of one picture: candidates, and each one's mismatched variants.  A
row for each text would work the picture's keys and values out anew for every text: with BLIP base 16 billion
multiplications and additions, where 12 words of text take 2.4.  Packed into one row, the texts share them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

ROW_TOKENS = 768
"""Tokens of a row at most, longer single texts excepted: attention inside a row costs their square."""
_BATCH_TOKENS = 3072
_BATCH_ROWS = 32


@dataclass(frozen=True, slots=True)
class Row:
    """Texts of one picture that are read together, as (index of the text, its token ids)."""

    picture: int
    texts: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def length(self) -> int:
        """Tokens of all its texts."""
        return sum(len(ids) for _, ids in self.texts)


def rows_of(texts: Sequence[Sequence[Sequence[int]]], extra: int = 0) -> list[Row]:
    """Texts packed greedily, in order.

    Args:
        texts: for each picture the token ids of its texts.
        extra: further tokens that each text brings along (the Q-Former's queries).
    """
    rows: list[Row] = []
    for picture, of_picture in enumerate(texts):
        held: list[tuple[int, tuple[int, ...]]] = []
        used = 0
        for index, ids in enumerate(of_picture):
            if held and used + len(ids) + extra > ROW_TOKENS:
                rows.append(Row(picture, tuple(held)))
                held, used = [], 0
            held.append((index, tuple(ids)))
            used += len(ids) + extra
        if held:
            rows.append(Row(picture, tuple(held)))
    return rows


def batches_of(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows for one forward pass each, bounded in padded tokens and in number."""
    batch: list[Row] = []
    for row in rows:
        longest = max([row.length, *(other.length for other in batch)])
        if batch and (len(batch) == _BATCH_ROWS or longest * (len(batch) + 1) > _BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class Packed:
    """A batch of rows as tensors, (rows, length) each.

    ``positions`` restart with every text; ``owners`` number the texts of a row from 0, -1 is padding.
    """

    ids: torch.Tensor
    positions: torch.Tensor
    owners: torch.Tensor

    def starts(self) -> torch.Tensor:
        """(row, column) of each text's first token, in the order of rows and texts."""
        return ((self.positions == 0) & (self.owners >= 0)).nonzero()


def pack(rows: Sequence[Row], device: torch.device) -> Packed:
    """A batch of rows, padded at their ends."""
    import torch

    length = max(row.length for row in rows)
    ids, positions, owners = [], [], []
    for row in rows:
        rest = length - row.length
        ids.append([token for _, text in row.texts for token in text] + [0] * rest)
        positions.append([place for _, text in row.texts for place in range(len(text))] + [0] * rest)
        owners.append([owner for owner, (_, text) in enumerate(row.texts) for _ in text] + [-1] * rest)
    return Packed(*(torch.tensor(part, device=device) for part in (ids, positions, owners)))


def block_mask(owners: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """Additive attention mask (rows, 1, length, length): a token sees those of its own text only.

    Padding sees padding, so that no token sees nothing (whose softmax would be no number).
    """
    import torch

    apart = owners[:, None, :, None] != owners[:, None, None, :]
    mask = torch.zeros(apart.shape, dtype=dtype, device=owners.device)
    return mask.masked_fill_(apart, torch.finfo(dtype).min)
