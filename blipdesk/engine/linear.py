"""Matrix products with weights that are laid out for the processor once, at the load.

oneDNN's own layout saves it a copy of the weights at each product: with the 16 rows of a step of writing, the
vocabulary's product took 20 ms of one core before and 10 ms after in fp32, 8.6 and 4.9 ms in bf16 (AVX512).
The GELU behind a product is worked out while its result is still in the cache.

Imports torch: import this module inside functions.
"""

from __future__ import annotations

import functools
from typing import Any

import torch

_PICTURE_ROWS = 577
"""Rows that the layout is chosen for; with 16 rows it is as quick."""
_LOOKED_AT = ("crossattention.self.key", "crossattention.self.value")
"""Left as they are: :class:`~blipdesk.engine.attention.SharedLook` needs the matrices themselves."""
_WITH_GELU = {"fc1": ("activation_fn",), "dense": ("intermediate_act_fn", "transform_act_fn")}
"""Layers by name, and what the activation behind them is called."""


def pack(module: torch.nn.Module, precision: str) -> None:
    """Replace the linear layers inside a module on the processor by packed ones.

    ``precision`` ``int8`` makes 8-bit products of them; else they keep the type they have.  What is replaced
    cannot be trained or saved any more, and its memory is given back.
    """
    for place, part in list(module.named_modules()):
        for child, layer in list(part.named_children()):
            path = f"{place}.{child}"
            if isinstance(layer, torch.nn.Linear) and not path.endswith(_LOOKED_AT):
                after = [name for name in _WITH_GELU.get(child, ()) if _is_gelu(getattr(part, name, None))]
                setattr(part, child, packed(layer, precision, gelu=bool(after)))
                for activation in after:
                    setattr(part, activation, torch.nn.Identity())


def packed(layer: torch.nn.Linear, precision: str, gelu: bool = False) -> torch.nn.Module:
    """One layer, packed; with GELU after it where wanted."""
    if precision == "int8":
        from blipdesk.engine.quantized import Int8Linear

        return Int8Linear(layer, gelu)
    if _can_pack(layer.weight.dtype):
        return PackedLinear(layer, gelu)
    return torch.nn.Sequential(layer, torch.nn.GELU()) if gelu else layer


def _is_gelu(activation: Any) -> bool:
    from transformers.activations import GELUActivation

    return isinstance(activation, GELUActivation) and activation.act is torch.nn.functional.gelu


@functools.cache
def _can_pack(kind: torch.dtype) -> bool:
    """Whether oneDNN has a layout of its own for a type here; tried, as builds and processors differ."""
    try:
        PackedLinear(torch.nn.Linear(16, 16, dtype=kind))(torch.zeros(1, 16, dtype=kind))
    except (RuntimeError, AttributeError):
        return False
    return True


class PackedLinear(torch.nn.Module):
    """``torch.nn.Linear`` with weights in oneDNN's layout; optionally with GELU after it."""

    def __init__(self, layer: torch.nn.Linear, gelu: bool = False) -> None:
        super().__init__()
        weight = layer.weight.detach()
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight, _PICTURE_ROWS)
        self._bias = None if layer.bias is None else layer.bias.detach()
        self._after: tuple[str, list[float], str] = ("gelu", [], "none") if gelu else ("none", [], "")

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """(..., inputs) to (..., outputs)."""
        found: torch.Tensor = torch.ops.mkldnn._linear_pointwise(
            states, self._weight, self._bias, *self._after
        )
        return found
