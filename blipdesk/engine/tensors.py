"""From the files of a checkpoint to a module on its device.  Imports torch; in the engine's process."""

from __future__ import annotations

import logging
import pickle
import sys
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import ModelError
from blipdesk.engine import own_code, placement
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.memory import free_memory
from blipdesk.engine.precision import torch_dtype

if TYPE_CHECKING:
    import torch

_log = logging.getLogger(__name__)

SPREAD = "spread"
"""As a device: on the NVIDIA card what fits there, the rest in the main memory."""


def load_weights(model_class: Any, checkpoint: Checkpoint, device: str, precision: str) -> Any:
    """``from_pretrained``, strictly local and safe, with every weight accounted for.

    Returns:
        The module in evaluation mode on its device; for int8 on a processor in the files' own type, to be
        packed (:func:`~blipdesk.engine.linear.pack`) and settled layer by layer.

    Raises:
        ModelError: the file is damaged, or is of another model (missing weights would be random numbers).
    """
    import torch

    options: dict[str, Any] = {
        "local_files_only": True,
        "use_safetensors": not checkpoint.pickled,
        "weights_only": True,
        "dtype": _loaded_type(checkpoint, device, precision),
        "output_loading_info": True,
        **_placed(device, precision),
    }
    if getattr(model_class, "_supports_sdpa", False):
        options["attn_implementation"] = "sdpa"
    again = "Get the checkpoint again, complete, and import that."
    if checkpoint.own_class:
        model_class = own_code.load_class(checkpoint, model_class)
    try:
        model, info = model_class.from_pretrained(str(checkpoint.path), **options)
    except pickle.UnpicklingError as error:
        raise ModelError(
            f"The model {checkpoint.title} is not loaded: its weights file is damaged, or holds more than"
            " numbers, which could be program code.",
            "Get the version with model.safetensors.",
        ) from error
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
        if parameter.device.type != "meta" and not bool(torch.isfinite(parameter).all()):
            raise ModelError(f"The model {checkpoint.title} is damaged: {name} holds no numbers.", again)
    model.eval().requires_grad_(False)
    if "device_map" in options:
        return model  # is where it belongs
    try:
        return model.to(device)
    except torch.OutOfMemoryError as error:
        raise ModelError(
            f"The model {checkpoint.title} does not fit into the memory of the {device} device.",
            "Choose the cpu device or a smaller model.",
        ) from error


def _loaded_type(checkpoint: Checkpoint, device: str, precision: str) -> torch.dtype:
    """The type that weights are loaded in.

    What will be packed in 8 bits is loaded as it is stored: then it is no copy but the mapped file itself,
    whose pages the system takes back as it needs them, and the peak of the load is what stays of it.  Windows
    files are read, not mapped (transformers 5.23), and the peak is half precision at most.
    """
    import torch

    if (device, precision) != ("cpu", "int8") or checkpoint.pickled:
        return torch_dtype(precision)
    kinds = {"F16": torch.float16, "BF16": torch.bfloat16}
    exact = torch.bfloat16 if sys.platform == "win32" else torch.float32
    return kinds.get(placement.stored_type(checkpoint.path / name for name in checkpoint.weights), exact)


def _placed(device: str, precision: str) -> dict[str, Any]:
    """What ``from_pretrained`` is told of a card that takes a model in int8, or not as a whole.

    Only the language model goes to int8, by far the largest part: the rest is as exact as before.
    """
    if device == SPREAD:
        free = {name: free_memory(name) for name in ("cuda", "cpu")}
        return {"device_map": "auto", "max_memory": placement.shares(free)}
    if device == "cuda" and precision == "int8":
        import torch
        import transformers

        quantization: Any = transformers.BitsAndBytesConfig
        return {
            "dtype": torch.float16,
            "device_map": {"": 0},
            "quantization_config": quantization(
                load_in_8bit=True,
                llm_int8_skip_modules=["vision_model", "qformer", "language_projection", "lm_head"],
            ),
        }
    return {}


def _short(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0][:160]}." if text else f"{type(error).__name__}."
