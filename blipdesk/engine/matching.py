"""Scoring texts against pictures as both retrieval families do it: packed, in batches, each text once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.packing import Row, batches_of, rows_of
from blipdesk.engine.vision_model import RawMatch

if TYPE_CHECKING:
    import torch


def score(
    texts: Sequence[Sequence[str]],
    ids_of: Callable[[Sequence[str]], list[list[int]]],
    cosines_of: Callable[[Sequence[str]], torch.Tensor],
    margins_of: Callable[[Sequence[Row]], Sequence[float]],
    cancel: CancelToken,
    extra: int = 0,
) -> list[list[RawMatch]]:
    """The matches of each picture's texts, in order.

    Args:
        texts: for each picture the texts that it is scored against.
        ids_of: tokens of texts.
        cosines_of: ITC scores of every picture and text, (pictures, texts) on the CPU.
        margins_of: match less mismatch logits of all texts of some rows, in order.
        cancel: asked before each batch of rows.
        extra: further tokens that each text brings along.

    Raises:
        Cancelled: the token was set.
    """
    every = list(dict.fromkeys(text for of_picture in texts for text in of_picture))
    if not every:
        return [[] for _ in texts]
    place = {text: index for index, text in enumerate(every)}
    ids, cosines = ids_of(every), cosines_of(every)
    logits: dict[tuple[int, int], float] = {}
    packed = [[ids[place[text]] for text in of_picture] for of_picture in texts]
    for rows in batches_of(rows_of(packed, extra)):
        if cancel.is_set():
            raise Cancelled
        keys = [(row.picture, index) for row in rows for index, _ in row.texts]
        logits.update(zip(keys, margins_of(rows), strict=True))
    return [
        [
            RawMatch(logits[picture, index], float(cosines[picture, place[text]]))
            for index, text in enumerate(of_picture)
        ]
        for picture, of_picture in enumerate(texts)
    ]
