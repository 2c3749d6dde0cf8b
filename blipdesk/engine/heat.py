"""Heat maps of words over a photo: one layer's attention, weighted by what it does to the match logit.

Grad-CAM (Selvaraju et al., arXiv:1610.02391) on cross-attention, as in LAVIS's ``compute_gradcam``: the
attention of each word to each patch, times its positive gradient with respect to the match logit, mean over
the heads.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from blipdesk.domain.jobs import HeatMap, WordHeat

if TYPE_CHECKING:
    import torch

HEAT_LAYER = 0.5
"""Depth of the layer whose attention is shown: the 7th of 12, as in LAVIS, the 2nd of 3.

The last layer's would tell nothing of single words: there only the first token still reaches BLIP's head.
"""
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def depth(layers: int) -> int:
    """Index of the layer whose attention is shown."""
    return min(int(layers * HEAT_LAYER), max(0, layers - 2))


def cam(weights: torch.Tensor, gradient: torch.Tensor) -> torch.Tensor:
    """Attention (1, heads, from, to) times its positive gradient, mean over heads: (from, to) on the CPU."""
    return (weights.detach() * gradient.clamp(min=0))[0].float().mean(0).cpu()


def of_words(text: str, offsets: Sequence[tuple[int, int]], maps: torch.Tensor, grid: int) -> list[WordHeat]:
    """The heat of each word of a text, in order.

    Args:
        text: as it was tokenized; words beyond the model's positions have no heat.
        offsets: for each token its place in the text; special tokens are empty.
        maps: (tokens, grid * grid); those of a word's pieces are averaged.
        grid: patches along each edge.
    """
    found = []
    for word in _WORD.finditer(text):
        start, end = word.span()
        pieces = [index for index, (first, last) in enumerate(offsets) if start <= first < last <= end]
        if pieces:
            found.append(WordHeat(start, end, _scaled(maps[pieces].mean(0), grid)))
    return found


def _scaled(values: torch.Tensor, grid: int) -> HeatMap:
    top = float(values.max())
    scaled = values / top if top > 0 else values
    return HeatMap(grid, grid, tuple(float(value) for value in scaled))


@contextmanager
def in_the_open(*attentions: Any) -> Iterator[list[torch.Tensor]]:
    """Let attention modules work their weights out one by one, and give these, in the order of their use.

    The fused attention that the engine runs with does not have them.  Only for one text without padding:
    masks are left out.
    """
    seen: list[torch.Tensor] = []
    with ExitStack() as stack:
        for attention in attentions:
            stack.enter_context(_replaced(attention, seen))
        yield seen


@contextmanager
def _replaced(attention: Any, seen: list[torch.Tensor]) -> Iterator[None]:
    def forward(
        hidden_states: torch.Tensor,
        *_: Any,
        encoder_hidden_states: torch.Tensor | None = None,
        **__: Any,
    ) -> tuple[torch.Tensor, None]:
        heads, width = attention.num_attention_heads, attention.attention_head_size

        def split(states: torch.Tensor) -> torch.Tensor:
            return states.view(*states.shape[:2], heads, width).transpose(1, 2)

        source = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        query, key = split(attention.query(hidden_states)), split(attention.key(source))
        weights = (query @ key.transpose(-1, -2) / math.sqrt(width)).softmax(-1)
        if not weights.requires_grad:
            weights = weights.detach().requires_grad_()
        seen.append(weights)
        return (weights @ split(attention.value(source))).transpose(1, 2).flatten(2), None

    held = vars(attention).get("forward")
    attention.forward = forward
    try:
        yield
    finally:
        if held is None:
            del attention.forward
        else:
            attention.forward = held
