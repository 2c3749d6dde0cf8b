"""Fused attention for BLIP's towers, which transformers 5.23 runs eager (BLIP has no sdpa class there).

:func:`install` replaces the ``forward`` of the attention modules in place; the modules keep their names and
weights.  :class:`SharedLook` is cross-attention that never works out keys and values.

Imports torch: family modules import this one inside functions.
"""

from __future__ import annotations

import copy
from functools import partial
from types import MethodType
from typing import Any

import torch
from torch.nn import functional

from blipdesk.engine import linear


def install(module: torch.nn.Module, look_kind: torch.dtype | None = None) -> None:
    """Let every attention of a BLIP run fused: vision tower, text encoder, cross-attention.

    ``look_kind``: the type in which patches look at each other, where it is not that of their states.  The
    attention maps that transformers' modules return beside their output become None.  The text
    attention takes no key-value cache: :mod:`blipdesk.engine.blip_decoder` generates.
    """
    from transformers.models.blip.modeling_blip import BlipAttention
    from transformers.models.blip.modeling_blip_text import BlipTextSelfAttention

    for part in module.modules():
        if isinstance(part, BlipAttention):
            vars(part)["forward"] = MethodType(partial(_vision_forward, look_kind=look_kind), part)
        elif isinstance(part, BlipTextSelfAttention):
            vars(part)["forward"] = MethodType(_text_forward, part)


def _vision_forward(
    self: Any, hidden_states: torch.Tensor, look_kind: torch.dtype | None, **_: Any
) -> tuple[torch.Tensor, None]:
    """``BlipAttention``: queries, keys and values are views of one product, and none is copied."""
    pictures, patches, width = hidden_states.shape
    split = self.qkv(hidden_states).view(pictures, patches, 3, self.num_heads, width // self.num_heads)
    query, key, value = split.to(look_kind or split.dtype).permute(2, 0, 3, 1, 4)
    seen = functional.scaled_dot_product_attention(query, key, value, scale=self.scale)
    return self.projection(seen.transpose(1, 2).flatten(2).to(hidden_states.dtype)), None


def _text_forward(
    self: Any,
    hidden_states: torch.Tensor,
    attention_mask: torch.Tensor | None = None,
    encoder_hidden_states: torch.Tensor | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """``BlipTextSelfAttention``; as there, a cross-attention has no mask: every patch of a picture counts."""
    source, mask = hidden_states, attention_mask
    if encoder_hidden_states is not None:
        source, mask = encoder_hidden_states, None
        if _worth_sharing(hidden_states.shape[1], source.shape, self.num_attention_heads):
            return SharedLook(self)(hidden_states, Pictures(source)), None
    heads = self.num_attention_heads
    seen = functional.scaled_dot_product_attention(
        split_heads(self.query(hidden_states), heads),
        split_heads(self.key(source), heads),
        split_heads(self.value(source), heads),
        attn_mask=mask,
    )
    return seen.transpose(1, 2).flatten(2), None


def split_heads(states: torch.Tensor, heads: int) -> torch.Tensor:
    """(rows, tokens, heads * width) as (rows, heads, tokens, width), without a copy."""
    return states.view(*states.shape[:2], heads, -1).transpose(1, 2)


def _worth_sharing(tokens: int, states: torch.Size, heads: int) -> bool:
    """True where :class:`SharedLook` takes fewer multiplications than keys and values would.

    Keys and values of a picture cost ``2 * patches * width**2`` whatever is asked; without them each token
    costs ``2 * heads * patches * width + 2 * width**2`` more.  With BLIP base that is 58 tokens.
    """
    patches, width = states[1], states[2]
    return tokens * (heads * patches + width) < patches * width


class SharedLook:
    """Cross-attention on states that many queries of all layers look at, without their keys and values.

    ``softmax(q (K x)^T) (V x)`` is worked out as ``V (softmax((q K) x^T) x)``: the keys' and values' matrices
    go to the few queries instead of the many states.  For 20 words of BLIP base about a picture of 577
    patches that is 6 billion multiplications instead of 16, and every layer reads the same 1.8 MB instead of
    3.5 MB of its own, so that the states of a batch stay in the processor's cache.  (The keys' bias adds the
    same to all of a query's scores, which softmax takes away again; the values' bias comes through as it is.)
    """

    def __init__(self, attention: Any, kind: torch.dtype | None = None) -> None:
        heads, width = attention.num_attention_heads, attention.attention_head_size
        self._query = attention.query
        self._heads, self._scale = heads, width**-0.5
        self._kind: torch.dtype = kind or attention.key.weight.dtype
        self._keys = attention.key.weight.to(self._kind).view(heads, width, -1)
        self._values = attention.value.weight.to(self._kind).view(heads, width, -1).transpose(1, 2)
        self._bias = attention.value.bias

    def __call__(self, hidden: torch.Tensor, pictures: Pictures) -> torch.Tensor:
        """What each token sees.

        Args:
            hidden: (pictures * rows, tokens, width), the rows of a picture one after another.
            pictures: what they look at.

        Returns:
            (pictures * rows, tokens, heads * head width).
        """
        heads, count = self._heads, len(pictures)
        query = (self._query(hidden) * self._scale).to(self._kind).view(-1, heads, self._keys.shape[1])
        looks = torch.bmm(query.transpose(0, 1), self._keys)
        looks = looks.view(heads, count, -1, looks.shape[2]).transpose(0, 1).flatten(1, 2)
        seen = pictures.seen(looks)
        seen = seen.view(count, heads, -1, seen.shape[2]).transpose(0, 1).flatten(1, 2)
        found = torch.bmm(seen, self._values).transpose(0, 1).reshape(*hidden.shape[:2], -1)
        return torch.add(found.to(hidden.dtype), self._bias)


class Pictures:
    """The states of pictures, (pictures, patches, width), that queries of many layers and steps look at."""

    def __init__(self, states: torch.Tensor) -> None:
        self._states = states

    def __len__(self) -> int:
        return len(self._states)

    def select(self, kept: torch.Tensor) -> Pictures:
        """Some of the pictures."""
        return Pictures(self._states[kept])

    def seen(self, looks: torch.Tensor) -> torch.Tensor:
        """The patches' states, mixed as each look at them asks, (pictures, looks, width) both."""
        scores = torch.bmm(looks, self._states.transpose(1, 2))
        return torch.bmm(scores.softmax(-1), self._states)


class PackedPictures(Pictures):
    """States laid out for the processor, as weights are: 240 times they are looked at for 20 words.

    Products of 12 looks at each of 8 pictures of 577 patches took 0.27 ms a picture on one core as a batch,
    and take 0.20 so; in bf16 0.15 and 0.10.
    """

    def __init__(self, states: torch.Tensor) -> None:
        super().__init__(states)
        self._packed = [(linear.lay_out(one), linear.lay_out(one.T.contiguous())) for one in states]

    def select(self, kept: torch.Tensor) -> Pictures:
        """See above; nothing is copied."""
        found = copy.copy(self)
        found._packed = [self._packed[index] for index in kept.tolist()]
        return found

    def __len__(self) -> int:
        return len(self._packed)

    def seen(self, looks: torch.Tensor) -> torch.Tensor:
        """See above."""
        return torch.stack(
            [
                linear.multiply(linear.multiply(look, patches).softmax(-1), channels)
                for look, (patches, channels) in zip(looks, self._packed, strict=True)
            ]
        )
