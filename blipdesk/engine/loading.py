"""Loading checkpoints with torch: device, precision, weights, canary.  Runs in the engine's process."""

from __future__ import annotations

import contextlib
import importlib
import logging
import math
import os
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineSettings, PixelImage
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.registry import ANSWER, CAPTION, MIB
from blipdesk.engine.vision_model import Generation, VisionModel, answerer, captioner, retriever

if TYPE_CHECKING:
    import torch

_log = logging.getLogger(__name__)

DEVICES = ("auto", "cpu", "cuda", "mps")
PRECISIONS = ("auto", "fp32", "bf16", "fp16", "int8")
_SMALL_WEIGHTS = 200 * MIB
"""Below this a half precision gains nothing worth a changed word."""
_TINY_WEIGHTS = 32 * MIB
"""Below this more than one thread costs time."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A checkpoint in memory, with what became of ``auto``."""

    checkpoint: Checkpoint
    model: VisionModel
    device: str
    precision: str
    batch_size: int
    threads: int
    """torch threads that suit it; torch has one number for the whole process."""

    def use_threads(self) -> None:
        """Set torch to this model's number of threads; before each call, as two models may be loaded."""
        import torch

        if torch.get_num_threads() != self.threads:
            torch.set_num_threads(self.threads)


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
        raise ModelError(f"{wanted} is no device.", f"Devices: {', '.join(DEVICES)}.")
    available = {
        "cuda": bool(torch.cuda.is_available()),
        "mps": bool(torch.backends.mps.is_available()),
        "cpu": True,
    }
    if wanted == "auto":
        return next(name for name, is_there in available.items() if is_there)
    if not available[wanted]:
        raise ModelError(f"This computer has no {wanted} device that torch can use.", "Choose auto or cpu.")
    return wanted


def choose_precision(wanted: str, device: str, weight_bytes: int) -> list[str]:
    """Precisions to try in order, the last one always safe.

    Args:
        wanted: a settings' precision.
        device: where the model will run.
        weight_bytes: size of the weight files.

    Raises:
        ModelError: the precision is unknown or cannot run here.
    """
    if wanted not in PRECISIONS:
        raise ModelError(f"{wanted} is no precision.", f"Precisions: {', '.join(PRECISIONS)}.")
    if wanted == "int8":
        raise ModelError("The precision int8 comes in a later version.", "Choose auto, fp32, bf16 or fp16.")
    if wanted == "bf16" and device == "cpu" and not cpu_has_bf16():
        raise ModelError("This processor has no bf16 units.", "Choose auto or fp32.")
    if wanted != "auto":
        return [wanted]
    if weight_bytes < _SMALL_WEIGHTS:
        return ["fp32"]
    if device == "cuda":
        import torch

        return ["bf16" if torch.cuda.get_device_capability() >= (8, 0) else "fp16", "fp32"]
    if device == "mps":
        return ["fp16", "fp32"]
    # On a processor always fp32, although bf16 may be quicker (three photos with BLIP base on one with AMX,
    # load included: 26 s and 14 s).  bf16 changes words, and a choice by measured speed differs from start to
    # start on a busy computer, so that a photo captioned again would get other words for no visible reason.
    return ["fp32"]


def cpu_has_bf16() -> bool:
    """True where the processor multiplies bf16 itself (AMX or AVX512_BF16); emulated bf16 is slow."""
    import torch

    probes = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(bool(getattr(torch.cpu, probe, bool)()) for probe in probes)


def torch_dtype(precision: str) -> torch.dtype:
    """The torch type of a precision's name."""
    import torch

    return {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]


def load_checkpoint(checkpoint: Checkpoint, settings: EngineSettings, task: str) -> LoadedModel:
    """Load a checkpoint for a task and try it on the canary picture, at the best precision that works.

    Raises:
        ModelError: it cannot be loaded, or gives nothing usable at any precision.
    """
    import torch

    threads = threads_for(checkpoint.weight_bytes)
    torch.set_num_threads(threads)
    family = importlib.import_module(f"blipdesk.engine.{checkpoint.family.module}")
    device = choose_device(settings.device)
    failure: ModelError | None = None
    for precision in choose_precision(settings.precision, device, checkpoint.weight_bytes):
        try:
            with _utf8_path(checkpoint.path) as path:
                model: VisionModel = family.load_model(replace(checkpoint, path=path), device, precision)
            try_canary(model, checkpoint, task)
        except ModelError as error:
            _log.warning("%s at %s on %s: %s", checkpoint.key, precision, device, error)
            failure = error
            continue
        batch_size = settings.batch_size or automatic_batch_size(model, device)
        return LoadedModel(checkpoint, model, device, precision, batch_size, threads)
    raise failure or ModelError(f"The model {checkpoint.title} cannot run here.")


@contextlib.contextmanager
def _utf8_path(path: Path) -> Iterator[Path]:
    """A path to the same folder that safetensors and tokenizers can open: they take valid UTF-8 only."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        with tempfile.TemporaryDirectory(prefix="blipdesk-") as folder:
            link = Path(folder) / "model"
            link.symlink_to(path.absolute(), target_is_directory=True)
            yield link
    else:
        yield path


def threads_for(weight_bytes: int) -> int:
    """As many torch threads as cores we may use (the process is nice); one for a tiny model.

    The demo models' matrices are too small to share: one thread takes 0.6 s for 16 captions, two take 1.1 s.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return 1 if weight_bytes < _TINY_WEIGHTS else cores


def automatic_batch_size(model: VisionModel, device: str) -> int:
    """Photos per forward pass within a quarter of the memory that is free."""
    free = free_memory(device)
    largest = 64 if device == "cuda" else 16
    return max(1, min(largest, int(free / 4 / max(1, model.activation_bytes))))


def free_memory(device: str) -> int:
    """Bytes that can be taken on a device; an estimate of 4 GiB where nothing tells."""
    if device == "cuda":
        import torch

        return int(torch.cuda.mem_get_info()[0])
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            fields = dict(line.split(":", 1) for line in lines)
        return int(fields["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return 4096 * MIB


def try_canary(model: VisionModel, checkpoint: Checkpoint, task: str) -> None:
    """Run a flat and a striped picture: weights that give nothing at all are refused.

    Raises:
        ModelError: no text came out of either, or the library failed.
    """
    size = model.image_size
    flat = PixelImage(size, size, b"\x80" * (size * size * 3))
    stripes = PixelImage(
        size, size, (b"\x20\x60\xd0" * (size // 2) + b"\xe0\xb0\x10" * (size - size // 2)) * size
    )
    never = threading.Event()
    try:
        encoded = model.encode([flat, stripes])
        if task == CAPTION:
            texts = captioner(model).caption(encoded, replace(Generation(), max_new_tokens=8), never)
            words = [entry[0].text for entry in texts]
        elif task == ANSWER:
            asked = (encoded.select(0), encoded.select(1))
            words = [
                answerer(model).answer(one, "what is this?", (), lambda _: None, never).text for one in asked
            ]
        else:
            matches = retriever(model).match(encoded, [["a dog"], ["a dog"]], never)
            sound = all(math.isfinite(match.logit + match.itc) for (match,) in matches)
            words = ["numbers"] if sound else []
    except ModelError:
        raise
    except Exception as error:
        _log.exception("the canary failed")
        raise ModelError(
            f"The model {checkpoint.title} loads but does not run: {type(error).__name__}.",
            "Try another precision or device, or get the checkpoint again.",
        ) from error
    if not any(any(char.isalnum() for char in word) for word in words):
        raise ModelError(
            f"The model {checkpoint.title} loads but says nothing about a test picture.",
            "Its weights are damaged, or the precision does not suit it: try fp32.",
        )


def load_weights(model_class: Any, checkpoint: Checkpoint, device: str, precision: str) -> Any:
    """``from_pretrained``, strictly local and safe, with every weight accounted for.

    Returns:
        The module in evaluation mode on its device.

    Raises:
        ModelError: the file is damaged, or is of another model (missing weights would be random numbers).
    """
    import torch

    options: dict[str, Any] = {
        "local_files_only": True,
        "use_safetensors": True,
        "trust_remote_code": False,
        "dtype": torch_dtype(precision),
        "output_loading_info": True,
    }
    if getattr(model_class, "_supports_sdpa", False):
        options["attn_implementation"] = "sdpa"
    again = "Get the checkpoint again, complete, and import that."
    try:
        model, info = model_class.from_pretrained(str(checkpoint.path), **options)
    except torch.OutOfMemoryError as error:
        raise ModelError(
            f"The model {checkpoint.title} does not fit into memory.", "Choose a smaller one."
        ) from error
    except Exception as error:
        # transformers, safetensors and torch raise a dozen types for a folder that does not fit.
        _log.exception("loading %s failed", checkpoint.path)
        raise ModelError(f"The model {checkpoint.title} cannot be loaded: {_short(error)}", again) from error
    missing = sorted([*info["missing_keys"], *(str(key) for key in info.get("mismatched_keys", ()))])
    if missing:
        raise ModelError(
            f"The model {checkpoint.title} lacks {len(missing)} of its weights (such as {missing[0]}):"
            " it holds something else.",
            again,
        )
    for name, parameter in model.named_parameters():
        if not bool(torch.isfinite(parameter).all()):
            raise ModelError(f"The model {checkpoint.title} is damaged: {name} holds no numbers.", again)
    try:
        return model.eval().requires_grad_(False).to(device)
    except torch.OutOfMemoryError as error:
        raise ModelError(
            f"The model {checkpoint.title} does not fit into the memory of the {device} device.",
            "Choose the cpu device or a smaller model.",
        ) from error


def _short(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0][:160]}." if text else f"{type(error).__name__}."
