"""Which precisions a device has, which one is quickest, and what it can reach.  In the engine's process."""

from __future__ import annotations

import importlib.util
import os
import platform
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.registry import MIB

if TYPE_CHECKING:
    import torch

PRECISIONS = ("auto", "fp32", "bf16", "fp16", "int8")
_SMALL_WEIGHTS = 200 * MIB
"""Below this a smaller precision gains nothing worth a changed word."""
_WORTHWHILE = 1.3
"""A precision that is not so many times as quick as fp32 is not worth a changed word."""
_ROUNDS = 5
_BF16_ISAS = {"DEFAULT", "ALL", "AVX512_CORE_BF16", "AVX512_CORE_FP16", "AVX10_1_512"}


def torch_dtype(precision: str) -> torch.dtype:
    """The torch type that a precision's weights are loaded in; int8 is made of single precision."""
    import torch

    kinds = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16, "int8": torch.float32}
    return kinds[precision]


def cpu_has_bf16() -> bool:
    """True where the processor multiplies bf16 itself (AMX or AVX512_BF16); emulated bf16 is slow.

    oneDNN, which does the products, may be held to an older processor's instructions by its environment
    variable (oneDNN developer guide, "CPU dispatcher control").
    """
    import torch

    isa = (_held_to() or "DEFAULT").upper()
    if isa not in _BF16_ISAS and not isa.endswith("_AMX"):
        return False
    return _has_amx_tiles() or bool(getattr(torch.cpu, "_is_avx512_bf16_supported", bool)())


def _has_amx_tiles() -> bool:
    import torch

    return bool(getattr(torch.cpu, "_is_amx_tile_supported", bool)())


def attention_kind(precision: str) -> torch.dtype | None:
    """The type that attention is worked out in beside 8-bit products; None: that of the states, fp32.

    bf16 where the processor has AMX: torch's fused attention packs its operands for AMX in 16 bits alone
    (``cpublas::could_pack`` in its FlashAttentionKernel.cpp).  With AVX512_BF16 fp32 is quicker: 88 ms
    a picture of BLIP base, 104 in bf16 with the conversions (2 Zen 4 cores).
    """
    import torch

    held = _held_to().upper()
    amx = _has_amx_tiles() and (held in {"", "DEFAULT", "ALL"} or held.endswith("_AMX"))
    return torch.bfloat16 if precision == "int8" and amx else None


def _held_to() -> str:
    """The instructions that oneDNN is held to; empty where the environment names none."""
    return os.environ.get("ONEDNN_MAX_CPU_ISA") or os.environ.get("DNNL_MAX_CPU_ISA") or ""


def has_bitsandbytes() -> bool:
    """Whether int8 on an NVIDIA card (LLM.int8, arXiv:2208.07339) is installed."""
    return importlib.util.find_spec("bitsandbytes") is not None


def usable(device: str) -> list[str]:
    """The precisions that a device multiplies in itself, the safest first."""
    import torch

    if device == "cpu":
        from blipdesk.engine import quantized

        halves = ["bf16"] if cpu_has_bf16() else []
        return ["fp32", *halves, *(["int8"] if quantized.is_supported() else [])]
    if device == "mps":
        return ["fp32", "fp16"]
    halves = ["bf16", "fp16"] if torch.cuda.get_device_capability() >= (8, 0) else ["fp16"]
    return ["fp32", *halves, *(["int8"] if has_bitsandbytes() else [])]


def choose_precision(wanted: str, device: str, weight_bytes: int) -> str:
    """The precision to begin with; ``auto`` is one that is safe without a measurement.

    Args:
        wanted: a settings' precision.
        device: where the model will run.
        weight_bytes: size of the weight files.

    Raises:
        ModelError: the precision is unknown or cannot run here.
    """
    if wanted not in PRECISIONS:
        raise ModelError(
            later("{wanted} is no precision.").format(wanted=wanted),
            later("Precisions: {precisions}.").format(precisions=", ".join(PRECISIONS)),
        )
    if wanted == "bf16" and device == "cpu" and not cpu_has_bf16():
        raise ModelError(later("This processor has no bf16 units."), later("Choose auto or fp32."))
    if wanted == "int8" and device == "cuda" and not has_bitsandbytes():
        raise ModelError(
            later("The precision int8 needs the package bitsandbytes on an NVIDIA card."),
            later("Install it (pip install bitsandbytes), or choose auto, fp16 or fp32."),
        )
    if wanted == "int8" and device != "cuda" and "int8" not in usable(device):
        raise ModelError(
            later("The precision int8 does not run on {device}.").format(device=device),
            later("Choose auto or fp32."),
        )
    if wanted != "auto":
        return wanted
    if device == "cpu" or weight_bytes < _SMALL_WEIGHTS:
        return "fp32"
    return usable(device)[1]


def is_worth_measuring(wanted: str, device: str, weight_bytes: int) -> bool:
    """Whether ``auto`` has something to choose from."""
    return wanted == "auto" and weight_bytes >= _SMALL_WEIGHTS and len(candidates(device)) > 1


def candidates(device: str) -> list[str]:
    """What ``auto`` chooses from by speed: on an NVIDIA card int8 saves memory, not time."""
    return [name for name in usable(device) if not (device == "cuda" and name == "int8")]


def machine(device: str) -> str:
    """What a measurement holds for: processor or card, torch, and what restricts them."""
    import torch

    parts = [device, f"torch {torch.__version__}"]
    if device == "cuda":
        parts.append(torch.cuda.get_device_name())
    else:
        capability = torch.backends.cpu.get_cpu_capability()
        parts += [_processor(), capability, f"{os.cpu_count()} cores", _held_to()]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration, IndexError):
        return platform.processor()


def fastest(milliseconds: Mapping[str, float]) -> str:
    """The quickest precision, or fp32 where that gains little.

    >>> fastest({"fp32": 30.0, "bf16": 26.0}), fastest({"fp32": 30.0, "bf16": 14.0, "int8": 9.0})
    ('fp32', 'int8')
    """
    best = min(milliseconds, key=lambda name: milliseconds[name])
    return best if milliseconds["fp32"] / milliseconds[best] >= _WORTHWHILE else "fp32"


def measure_layer(device: str, names: list[str], width: int, inner: int, rows: int = 577) -> dict[str, float]:
    """How long the matrix products of one transformer layer take, by precision.

    Nearly all of a caption's time is in such products.  The precisions take turns, and the shortest time of
    each counts: what else the computer does only ever adds to it.

    Args:
        device: where.
        names: precisions.
        width: of the states.
        inner: of the layer's middle.
        rows: tokens at once; a picture of BLIP's has 577.

    Returns:
        Milliseconds.
    """
    import torch

    layers = {name: _layer(device, name, width, inner) for name in names}
    states = {name: torch.randn(rows, width, device=device, dtype=torch_dtype(name)) for name in names}
    times: dict[str, list[float]] = {name: [] for name in names}
    with torch.inference_mode():
        for turn in range(_ROUNDS + 1):
            for name, layer in layers.items():
                began = time.perf_counter()
                layer(states[name])
                if device == "cuda":
                    torch.cuda.synchronize()
                if turn:  # the first one makes buffers
                    times[name].append((time.perf_counter() - began) * 1000)
    return {name: min(taken) for name, taken in times.items()}


def _layer(device: str, name: str, width: int, inner: int) -> torch.nn.Module:
    import torch

    from blipdesk.engine import linear

    sizes = ((width, 3 * width), (3 * width, width), (width, inner), (inner, width))
    products = [torch.nn.Linear(a, b, device=device, dtype=torch_dtype(name)) for a, b in sizes]
    layer = torch.nn.Sequential(*products).requires_grad_(False)
    if device == "cpu":
        linear.pack(layer, name)
    return layer


def matmul_peak(device: str, precision: str, seconds: float = 0.3) -> float:
    """The best rate that a large matrix product reaches, in flop a second.

    (4616, 768) by (768, 3072): eight pictures through the wider layer of BLIP base.
    """
    import torch

    from blipdesk.engine import linear

    rows, width, inner = 4616, 768, 3072
    kind = torch_dtype(precision)
    left = torch.randn(rows, width, dtype=kind, device=device)
    plain = torch.nn.Linear(width, inner, device=device, dtype=kind)
    layer = linear.packed(plain, precision) if device == "cpu" else plain
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
