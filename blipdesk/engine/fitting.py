"""Whether a model fits into this computer, said without torch: ``models list`` takes no time to start it."""

from __future__ import annotations

import contextlib
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from blipdesk.domain.children import CREATION_FLAGS
from blipdesk.domain.sizes import readable_size
from blipdesk.domain.wording import later
from blipdesk.engine.memory import free_memory
from blipdesk.engine.placement import has_int8
from blipdesk.engine.precision import has_bitsandbytes

_PATIENCE = 5.0
"""How long the graphics driver may take to answer, seconds."""
_BF16_UNITS = frozenset({"amx_bf16", "avx512_bf16"})


@dataclass(frozen=True, slots=True)
class Room:
    """Free memory, bytes, and what processor and graphics card can multiply."""

    processor: int
    graphics: int = 0
    has_bf16: bool = False
    has_int8: bool = False
    """8-bit products on the processor."""
    has_bitsandbytes: bool = False
    """The package that int8 on an NVIDIA card needs."""

    def fits(self, memory: Mapping[str, int], family: str) -> str:
        """Where and how a model fits, in words; empty where its needs are not known.

        Args:
            memory: bytes that it needs, by precision.
            family: its module, which says where it runs in int8.

        >>> room = Room(processor=6_000_000_000, has_bf16=True)
        >>> small, large = {"fp32": 5_000_000_000}, {"fp32": 8_000_000_000, "bf16": 4_000_000_000}
        >>> room.fits(small, "blip"), room.fits(large, "blip")
        ('fits', 'fits in bf16')
        >>> room.fits({"fp32": 30_000_000_000, "bf16": 15_000_000_000}, "blip2")
        'too large: needs 15.0 GB, 6.0 GB free'
        """
        lacking: list[tuple[int, int]] = []
        card = later("fits the graphics card"), later("fits the graphics card in {precision}")
        main = later("fits"), later("fits in {precision}")
        for (words, in_less), device, free, names in (
            (card, "cuda", self.graphics, ("fp32", "bf16", "fp16")),
            (main, "cpu", self.processor, ("fp32", "bf16") if self.has_bf16 else ("fp32",)),
        ):
            usable = (*names, "int8") if self._has_int8(family, device) else names
            needs = {name: memory[name] for name in usable if name in memory and free}
            for name, needed in needs.items():
                if needed <= free:
                    return words if name == "fp32" else in_less.format(precision=name)
            lacking += [(needed, -free) for needed in needs.values()]
        if not lacking:
            return ""
        needed, less_free = min(lacking)
        return later("too large: needs {needed}, {free} free").format(
            needed=readable_size(needed), free=readable_size(-less_free)
        )

    def _has_int8(self, family: str, device: str) -> bool:
        return has_int8(family, device) and (self.has_int8 if device == "cpu" else self.has_bitsandbytes)


def find_room() -> Room:
    """The memory that is free now."""
    return Room(
        processor=free_memory("cpu"),
        graphics=_free_on_graphics_card(),
        has_bf16=_has_bf16_units(),
        has_int8=_is_x86(),
        has_bitsandbytes=has_bitsandbytes(),
    )


def _is_x86() -> bool:
    """Where torch's wheels multiply in 8 bits for sure; elsewhere only torch knows, and is not asked."""
    return platform.machine().lower() in {"x86_64", "amd64"}


def _free_on_graphics_card() -> int:
    """Free memory of the roomiest NVIDIA card, asked of its driver; 0 where there is none."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return 0
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        answer = subprocess.run(
            [program, "--query-gpu=memory.free", "--format=csv,noheader,nounits"],
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
            text=True,
            creationflags=CREATION_FLAGS,
        ).stdout
        return max((int(line) for line in answer.split()), default=0) * 1024 * 1024
    return 0


def _has_bf16_units() -> bool:
    """Whether the processor says so of itself; where it cannot be asked, it counts as without."""
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.startswith("flags"):
                return bool(_BF16_UNITS & set(line.split()))
    return False
