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

from blipdesk.domain.freed import hand_back_freed
from blipdesk.engine import signs
from blipdesk.engine.registry import MIB

_PICTURE_ROWS = 577
"""Rows that the layout is chosen for; with 16 rows it is as quick."""
_HANDED_BACK = 16 * MIB
"""Bytes of packed layers after which what they left is handed to the system: oneDNN's blocks, aligned, do not
fit into it, and BLIP base in fp32 from a half-precision file took 1,663 MiB instead of 951."""
_LOOKED_AT = ("crossattention.self.key", "crossattention.self.value")
"""Left as they are: :class:`~blipdesk.engine.attention.SharedLook` needs the matrices themselves."""
_WITH_GELU = {"fc1": ("activation_fn",), "dense": ("intermediate_act_fn", "transform_act_fn")}
"""Layers by name, and what the activation behind them is called."""


def pack(module: torch.nn.Module, precision: str, *, fine: bool = False) -> None:
    """Replace the linear layers inside a module on the processor by packed ones.

    ``precision`` ``int8`` makes 8-bit products of them, of a language model ``fine`` ones; else they keep the
    type they have.  What is replaced cannot be trained or saved any more, and its memory is given back at
    once.  A sign of life is given for each layer: a mapped file is read here.
    """
    freed = 0
    # Not the layers themselves: who holds them holds their memory.
    linears = [name for name, part in module.named_modules() if name and isinstance(part, torch.nn.Linear)]
    for path in linears:
        if path.endswith(_LOOKED_AT):
            continue
        place, _, child = path.rpartition(".")
        part = module.get_submodule(place)
        freed += part.get_parameter(f"{child}.weight").nbytes
        after = [name for name in _WITH_GELU.get(child, ()) if _is_gelu(getattr(part, name, None))]
        setattr(part, child, packed(getattr(part, child), precision, gelu=bool(after), fine=fine))
        for activation in after:
            setattr(part, activation, torch.nn.Identity())
        signs.give()
        if freed >= _HANDED_BACK:
            hand_back_freed()
            freed = 0


def settle(module: torch.nn.Module) -> None:
    """Bring what was not packed into single precision and memory of its own: no file is held any more."""
    for weight in (*module.parameters(), *module.buffers()):
        if weight.is_floating_point():
            weight.data = weight.data.to(torch.float32, copy=True)
            signs.give()


def packed(
    layer: torch.nn.Linear, precision: str, *, gelu: bool = False, fine: bool = False
) -> torch.nn.Module:
    """One layer, packed; with GELU after it where wanted."""
    if precision == "int8":
        from blipdesk.engine.quantized import Int8Linear

        return Int8Linear(layer, gelu, fine)
    if can_lay_out(layer.weight.dtype):
        return PackedLinear(layer, gelu)
    return torch.nn.Sequential(layer, torch.nn.GELU()) if gelu else layer


def _is_gelu(activation: Any) -> bool:
    from transformers.activations import GELUActivation

    return isinstance(activation, GELUActivation) and activation.act is torch.nn.functional.gelu


@functools.cache
def can_lay_out(kind: torch.dtype) -> bool:
    """Whether oneDNN has a layout for a type on this processor; tried, as builds and processors differ."""
    try:
        multiply(torch.zeros(1, 16, dtype=kind), lay_out(torch.zeros(16, 16, dtype=kind)))
    except (RuntimeError, AttributeError):
        return False
    return True


class PackedLinear(torch.nn.Module):
    """``torch.nn.Linear`` with weights in oneDNN's layout; optionally with GELU after it."""

    def __init__(self, layer: torch.nn.Linear, gelu: bool = False) -> None:
        super().__init__()
        weight = layer.weight.detach()
        self._weight = lay_out(weight)
        self._bias = None if layer.bias is None else layer.bias.detach()
        self._gelu = gelu

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """(..., inputs) to (..., outputs)."""
        return multiply(states, self._weight, self._bias, gelu=self._gelu)


def lay_out(matrix: torch.Tensor) -> torch.Tensor:
    """A (outputs, inputs) matrix in oneDNN's layout, for :func:`multiply` alone.

    Raises:
        RuntimeError: there is none for its type here (:func:`can_lay_out`).
    """
    found: torch.Tensor = torch.ops.mkldnn._reorder_linear_weight(matrix, _PICTURE_ROWS)
    return found


def multiply(
    states: torch.Tensor, matrix: torch.Tensor, bias: torch.Tensor | None = None, gelu: bool = False
) -> torch.Tensor:
    """``states @ matrix.T + bias``, with GELU after it where wanted."""
    name, algorithm = ("gelu", "none") if gelu else ("none", "")
    found: torch.Tensor = torch.ops.mkldnn._linear_pointwise(states, matrix, bias, name, [], algorithm)
    return found
