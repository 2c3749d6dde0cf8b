"""Matrix products in 8-bit integers on a processor, each row of the input with a step of its own.

Weights: symmetric, a step for each output channel.  Inputs: symmetric, a step for each row (token) at the
time of the product (vector-wise, as in LLM.int8, arXiv:2208.07339, section 2), so that neither the other
photos of a batch nor their order changes a word.  Sums are exact in 32 bits; everything between two products
stays in single precision.

A language model's inputs are two such rows, 16 bits.  In models of some billion weights a few channels of
the states are up to twenty times as large as the rest, of which one 8-bit step for the row leaves little; for
them LLM.int8 keeps those channels apart in 16 bits (the same paper, sections 3.2 and 4).

Imports torch: import this module inside functions.
"""

from __future__ import annotations

import functools

import torch

_BLOCK = 1 << 19
"""Numbers quantised at once: the passes over them find them in the processor's cache."""


class Int8Linear(torch.nn.Module):
    """``torch.nn.Linear`` with 8-bit weights, packed for the processor; optionally with GELU after it.

    With ``fine`` what 8 bits leave of a row goes through the product as a second row, in steps of its own:
    the weights, whose bytes bound a step of writing, are read once for both.

    A row through 2,560 by 10,240 weights took 2.8 ms of two cores with VNNI units so (2.2 without ``fine``,
    and 7.2 in fp32), sixteen rows 5.4 (3.3, 37.8); held to AVX2 a row took 9.0 (6.4 in fp32), sixteen 15.6
    (33.7): there it saves memory, and time of batches alone.
    """

    weight = None
    """T5's feed-forward asks for it, and leaves the states as they are where it is no tensor."""

    def __init__(self, layer: torch.nn.Linear, gelu: bool = False, fine: bool = False) -> None:
        super().__init__()
        levels, steps = _weight_levels(layer.weight.detach())
        self._weight = torch.ops.onednn.qlinear_prepack(levels, None)
        self._steps = steps
        self._zeros = torch.zeros(len(steps), dtype=torch.int32)
        self._bias = torch.zeros_like(steps)
        if layer.bias is not None:
            self._bias.copy_(layer.bias.detach())
        self._gelu, self._fine = gelu, fine

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """(..., inputs) to (..., outputs), float32."""
        rows = states.reshape(-1, states.shape[-1])
        half = _half_range()
        levels, steps = quantise(rows, half)
        if self._fine:
            rest = rows - levels.float().sub_(half + 1).mul_(steps)
            pairs = zip((levels, steps), quantise(rest, half), strict=True)
            levels, steps = (torch.cat(pair) for pair in pairs)
        found: torch.Tensor = torch.ops.onednn.qlinear_pointwise(
            levels, 1.0, half + 1, self._weight, self._steps, self._zeros,
            None, 1.0, 0, torch.float32, "none", [], "",
        )  # fmt: skip
        found.mul_(steps)
        if self._fine:
            found = found[: len(rows)].add_(found[len(rows) :])
        found.add_(self._bias)
        if self._gelu:
            torch.ops.aten.gelu_(found)
        return found.view(*states.shape[:-1], -1)


def _weight_levels(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A (outputs, inputs) matrix of any type in whole steps, int8, and the step of each output, float32."""
    levels = torch.empty(weight.shape, dtype=torch.int8)
    steps = torch.empty(len(weight))
    block = max(1, _BLOCK // weight.shape[1])
    for start in range(0, len(weight), block):
        part = weight[start : start + block].float()
        step = (part.abs().amax(1) / 127).clamp(min=1e-12)
        steps[start : start + block] = step
        levels[start : start + block] = (part / step[:, None]).round_()
    return levels, steps


def quantise(rows: torch.Tensor, half: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows in whole steps, each row's own.

    Args:
        rows: (rows, width) float32.
        half: steps from 0 to the largest number of a row.

    Returns:
        (rows, width) uint8, in which ``half + 1`` is 0; (rows, 1) float32, a row's step.
    """
    levels = torch.empty(rows.shape, dtype=torch.uint8)
    steps = torch.empty((len(rows), 1))
    block = max(1, _BLOCK // rows.shape[1])
    for start in range(0, len(rows), block):
        part = rows[start : start + block]
        step = torch.maximum(part.amax(1, True), -part.amin(1, True)).clamp_(min=1e-12).div_(half)
        steps[start : start + block] = step
        # Above 0 the conversion's cut is a rounding once half is added.
        levels[start : start + block] = part.mul(step.reciprocal()).add_(half + 1.5)
    return levels, steps


@functools.cache
def _half_range() -> int:
    """127, or 63 where pairs of products are summed in 16 bits that overflow (no VNNI units).

    oneDNN developer guide, "Nuances of int8 computations": below AVX512-VNNI a sum of two products of an
    unsigned and a signed byte saturates.  Tried rather than asked of the processor: oneDNN may be held to
    older instructions than it has.
    """
    weight = torch.ops.onednn.qlinear_prepack(torch.full((16, 64), 127, dtype=torch.int8), None)
    found = torch.ops.onednn.qlinear_pointwise(
        torch.full((16, 64), 255, dtype=torch.uint8), 1.0, 0, weight, torch.ones(16),
        torch.zeros(16, dtype=torch.int32), None, 1.0, 0, torch.float32, "none", [], "",
    )  # fmt: skip
    return 127 if bool((found == 255 * 127 * 64).all()) else 63


@functools.cache
def is_supported() -> bool:
    """Whether this build of torch multiplies in 8 bits on this processor."""
    try:
        return _half_range() > 0
    except (RuntimeError, AttributeError):  # torch without oneDNN, or oneDNN without this product
        return False
