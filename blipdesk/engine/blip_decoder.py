"""BLIP's text decoder, one token at a time: image-grounded BERT (arXiv:2201.12086, section 3.1).

Works on the weights of transformers' ``BlipTextLMHeadModel``; in fp32 the tokens are those of its own
``generate``.  A picture's states are kept once for all rows that write about it.

Imports torch: family modules import this one inside functions.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from blipdesk.engine import linear
from blipdesk.engine.attention import PackedPictures, Pictures, SharedLook, split_heads
from blipdesk.engine.precision import cpu_has_bf16


class TextDecoder:
    """The weights, ready to write.  It takes the module over, which cannot run by itself any more."""

    def __init__(self, module: Any, precision: str) -> None:
        config = module.config
        self.positions = int(config.max_position_embeddings)
        """Tokens that fit, prompt included."""
        self._embeddings = module.bert.embeddings
        for layer in module.bert.encoder.layer:
            _join(layer.attention.self)
        self._head = module.cls.predictions
        if module.device.type == "cpu":
            linear.pack(module.bert, precision)
            if precision == "int8":
                linear.settle(module)
            # Words lie close together: a step of 8 bits between their scores would make other words of some.
            linear.pack(self._head, "fp32")
        self.look_kind = _look_kind(module, precision)
        """The type that pictures are looked at in."""
        self.layers = [_Layer(layer, self.look_kind) for layer in module.bert.encoder.layer]
        self.width = int(config.hidden_size)

    def embed(self, ids: torch.Tensor, start: int) -> torch.Tensor:
        """Tokens at the positions from ``start`` on, (rows, tokens, width)."""
        parts = self._embeddings
        places = parts.position_embeddings.weight[start : start + ids.shape[1]]
        found: torch.Tensor = parts.LayerNorm(parts.word_embeddings(ids) + places)
        return found

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """Scores of every word, float32."""
        found: torch.Tensor = self._head(hidden)
        return found.float()

    def session(self, states: torch.Tensor, longest: int) -> Session:
        """Start to write about pictures.

        Args:
            states: what the decoder looks at, (pictures, patches, width).
            longest: tokens at most, prompt included.
        """
        return Session(self, states, min(longest, self.positions))


def _look_kind(module: Any, precision: str) -> torch.dtype:
    """Half the bytes beside 8-bit products, where the processor has bf16: memory bounds the look."""
    own: torch.dtype = module.dtype
    return torch.bfloat16 if precision == "int8" and cpu_has_bf16() else own


class _Layer:
    """One layer: self-attention, a look at the picture, and two products; each added and normalised after."""

    def __init__(self, layer: Any, look_kind: torch.dtype) -> None:
        own, cross = layer.attention, layer.crossattention
        self.heads = own.self.num_attention_heads
        self._qkv = own.self.query
        self._own_out, self._own_norm = own.output.dense, own.output.LayerNorm
        self._look = SharedLook(cross.self, look_kind)
        cross.self.key = cross.self.value = None
        self._cross_out, self._cross_norm = cross.output.dense, cross.output.LayerNorm
        self._up = layer.intermediate
        self._down, self._norm = layer.output.dense, layer.output.LayerNorm

    def __call__(self, hidden: torch.Tensor, pictures: Pictures, cache: torch.Tensor) -> torch.Tensor:
        """Read tokens.

        Args:
            hidden: (rows, tokens, width).
            pictures: what the rows write about.
            cache: keys and values of the tokens so far, (2, rows, so far and these, width); those of these
                tokens are written into it.
        """
        _, tokens, width = hidden.shape
        query, key, value = self._qkv(hidden).split(width, 2)
        cache[0, :, -tokens:], cache[1, :, -tokens:] = key, value
        seen = functional.scaled_dot_product_attention(
            split_heads(query, self.heads),
            split_heads(cache[0], self.heads),
            split_heads(cache[1], self.heads),
            is_causal=tokens > 1,
        )
        hidden = self._own_norm(self._own_out(seen.transpose(1, 2).flatten(2)) + hidden)
        hidden = self._cross_norm(self._cross_out(self._look(hidden, pictures)) + hidden)
        found: torch.Tensor = self._norm(self._down(self._up(hidden)) + hidden)
        return found


def _join(attention: Any) -> None:
    """Make one layer of those of queries, keys and values."""
    layers = [attention.query, attention.key, attention.value]
    weight = torch.cat([layer.weight for layer in layers])
    joined = torch.nn.Linear(weight.shape[1], weight.shape[0], device="meta")
    joined.weight = torch.nn.Parameter(weight, requires_grad=False)
    joined.bias = torch.nn.Parameter(torch.cat([layer.bias for layer in layers]), requires_grad=False)
    attention.query, attention.key, attention.value = joined, None, None


class Session:
    """Implements :class:`~blipdesk.engine.generation.Decoder` for one batch of pictures."""

    def __init__(self, decoder: TextDecoder, states: torch.Tensor, longest: int) -> None:
        self._decoder = decoder
        looked_at = states.to(decoder.look_kind)
        packed = states.device.type == "cpu" and linear.can_lay_out(looked_at.dtype)
        self._pictures = PackedPictures(looked_at) if packed else Pictures(looked_at)
        self._kind, self._device = states.dtype, states.device
        self._length, self._longest = 0, longest
        self._rows = len(states)
        self._cache = self._room(self._rows)

    def _room(self, rows: int) -> torch.Tensor:
        """Keys and values of the texts, (layers, 2, rows, tokens, width), allocated once for all tokens."""
        decoder = self._decoder
        size = (len(decoder.layers), 2, rows, self._longest, decoder.width)
        return torch.empty(size, dtype=self._kind, device=self._device)

    def feed(self, ids: torch.Tensor) -> torch.Tensor:
        """See the port."""
        return self._decoder.logits(self.read(ids)[:, -1])

    def read(self, ids: torch.Tensor) -> torch.Tensor:
        """Append tokens, (rows, tokens), to an empty cache or one at a time; returns their hidden states."""
        start, self._length = self._length, self._length + ids.shape[1]
        hidden = self._decoder.embed(ids, start)
        for layer, cache in zip(self._decoder.layers, self._cache, strict=True):
            hidden = layer(hidden, self._pictures, cache[:, :, : self._length])
        return hidden

    def select(self, rows: torch.Tensor) -> None:
        """See the port."""
        each = self._rows // len(self._pictures)
        if len(rows) != len(self._pictures):
            self._pictures = self._pictures.select(rows[:, 0] // each)
        flat = rows.flatten()
        old, self._cache = self._cache, self._room(len(flat))
        self._cache[:, :, :, : self._length] = old[:, :, flat, : self._length]
        self._rows = len(flat)
