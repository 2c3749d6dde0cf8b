"""Which precisions a device has, and what they can reach.  Runs in the engine's process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from blipdesk.domain.errors import ModelError

if TYPE_CHECKING:
    import torch

PRECISIONS = ("auto", "fp32", "bf16", "fp16", "int8")


def torch_dtype(precision: str) -> torch.dtype:
    """The torch type of a precision's name."""
    import torch

    return {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]


def cpu_has_bf16() -> bool:
    """True where the processor multiplies bf16 itself (AMX or AVX512_BF16); emulated bf16 is slow."""
    import torch

    probes = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(bool(getattr(torch.cpu, probe, bool)()) for probe in probes)


def usable(device: str) -> list[str]:
    """The precisions that a device multiplies in itself, the safest first."""
    import torch

    if device == "cpu":
        return ["fp32", "bf16"] if cpu_has_bf16() else ["fp32"]
    if device == "mps":
        return ["fp32", "fp16"]
    return ["fp32", "bf16", "fp16"] if torch.cuda.get_device_capability() >= (8, 0) else ["fp32", "fp16"]


def matmul_peak(device: str, precision: str, seconds: float = 0.3) -> float:
    """The best rate that a large matrix product reaches, in flop a second.

    (4616, 768) by (768, 3072): eight pictures through the wider layer of BLIP base.
    """
    import torch

    rows, width, inner = 4616, 768, 3072
    kind = torch_dtype(precision)
    left = torch.randn(rows, width, dtype=kind, device=device)
    layer = torch.nn.Linear(width, inner, device=device, dtype=kind)
    best = float("inf")
    end = time.perf_counter() + seconds
    with torch.inference_mode():
        while best == float("inf") or time.perf_counter() < end:
            began = time.perf_counter()
            layer(left)
            if device == "cuda":
                torch.cuda.synchronize()
            best = min(best, time.perf_counter() - began)
    return 2.0 * rows * width * inner / best


def refuse_unknown(precision: str) -> None:
    """Raise :class:`ModelError` for a name that is no precision."""
    if precision not in PRECISIONS:
        raise ModelError(f"{precision} is no precision.", f"Precisions: {', '.join(PRECISIONS)}.")
