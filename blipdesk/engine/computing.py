"""What torch computes with here: its environment, the device, the threads."""

from __future__ import annotations

import os

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.cgroups import usable_cores
from blipdesk.engine.registry import MIB

DEVICES = ("auto", "cpu", "cuda", "mps")
_TINY_WEIGHTS = 32 * MIB
"""Below this more than one thread costs time."""

ENVIRONMENT = {
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "OMP_WAIT_POLICY": "PASSIVE",
}
"""What torch, transformers and tokenizers read at their import: offline, quiet, no forks.

Threads that wait for work sleep instead of spinning: on two busy cores 16 demo captions took 1.1 s so, and 10
to 33 s with spinning threads, which the scheduler takes for busy ones.
"""


def prepare_environment() -> None:
    """Set :data:`ENVIRONMENT` where the person did not; before torch is imported."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)


def choose_device(wanted: str) -> str:
    """``cuda``, ``mps`` or ``cpu`` for a settings' device.

    Raises:
        ModelError: the device is unknown or not in this computer.
    """
    import torch

    if wanted not in DEVICES:
        raise ModelError(
            later("{wanted} is no device.").format(wanted=wanted),
            later("Devices: {devices}.").format(devices=", ".join(DEVICES)),
        )
    available = {
        "cuda": bool(torch.cuda.is_available()),
        "mps": bool(torch.backends.mps.is_available()),
        "cpu": True,
    }
    if wanted == "auto":
        return next(name for name, is_there in available.items() if is_there)
    if not available[wanted]:
        raise ModelError(
            later("This computer has no {wanted} device that torch can use.").format(wanted=wanted),
            later("Choose auto or cpu."),
        )
    return wanted


def threads_for(weight_bytes: int) -> int:
    """As many torch threads as cores we may use (the process is nice); one for a tiny model.

    The demo models' matrices are too small to share: one thread takes 0.6 s for 16 captions, two take 1.1 s.
    """
    if weight_bytes < _TINY_WEIGHTS:
        return 1
    return usable_cores()
