"""From the files of a checkpoint to a module on its device.  Imports torch; in the engine's process."""

from __future__ import annotations

import logging
import pickle
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine import own_code, placement, signs
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.json_files import GET_AGAIN
from blipdesk.engine.memory import free_memory
from blipdesk.engine.precision import torch_dtype

if TYPE_CHECKING:
    import torch

_log = logging.getLogger(__name__)

SPREAD = "spread"
"""As a device: on the NVIDIA card what fits there, the rest in the main memory."""
_LOOKED_AT = 1 << 24
"""Numbers that are looked at together for some that are none."""


def load_weights(model_class: Any, checkpoint: Checkpoint, device: str, precision: str) -> Any:
    """``from_pretrained``, strictly local and safe, with every weight accounted for.

    Returns:
        The module in evaluation mode on its device; for int8 on a processor each part is as it is stored,
        read-only (:mod:`blipdesk.engine.stored`), to be packed (:func:`~blipdesk.engine.linear.pack`) layer
        by layer and settled.

    Raises:
        ModelError: the file is damaged, or is of another model (missing weights would be random numbers).
    """
    import torch

    options: dict[str, Any] = {
        "local_files_only": True,
        "use_safetensors": not checkpoint.pickled,
        "weights_only": True,
        "dtype": torch_dtype(precision),
        "output_loading_info": True,
        **_placed(device, precision),
    }
    if getattr(model_class, "_supports_sdpa", False):
        options["attn_implementation"] = "sdpa"
    if checkpoint.own_class:
        model_class = own_code.load_class(checkpoint, model_class)
    try:
        if (device, precision) == ("cpu", "int8"):
            model, info = _as_stored(model_class, checkpoint, options)
        else:
            model, info = model_class.from_pretrained(str(checkpoint.path), **options)
    except pickle.UnpicklingError as error:
        raise ModelError(
            later(
                "The model {title} is not loaded: its weights file is damaged, or holds "
                "more than numbers, which could be program code."
            ).format(title=checkpoint.title),
            later("Get the version with model.safetensors."),
        ) from error
    except torch.OutOfMemoryError as error:
        raise ModelError(
            later("The model {title} does not fit into memory.").format(title=checkpoint.title),
            later("Choose a smaller one."),
        ) from error
    except Exception as error:
        # transformers, safetensors and torch raise a dozen types for a folder that does not fit.
        _log.exception("loading %s failed", checkpoint.path)
        raise ModelError(
            later("The model {title} cannot be loaded: {error}").format(
                title=checkpoint.title, error=_short(error)
            ),
            GET_AGAIN,
        ) from error
    missing = sorted([*info["missing_keys"], *(str(key) for key in info.get("mismatched_keys", ()))])
    if missing:
        raise ModelError(
            later(
                "The model {title} lacks {count} of its weights (such as {missing}): it holds something else."
            ).format(title=checkpoint.title, count=len(missing), missing=missing[0]),
            GET_AGAIN,
        )
    for name, parameter in model.named_parameters():
        if parameter.device.type != "meta" and not _holds_numbers(parameter):
            raise ModelError(
                later("The model {title} is damaged: {name} holds no numbers.").format(
                    title=checkpoint.title, name=name
                ),
                GET_AGAIN,
            )
        signs.give()  # a mapped file is read here
    model.eval().requires_grad_(False)
    if "device_map" in options:
        return model  # is where it belongs
    try:
        return model.to(device)
    except torch.OutOfMemoryError as error:
        raise ModelError(
            later("The model {title} does not fit into the memory of the {device} device.").format(
                title=checkpoint.title, device=device
            ),
            later("Choose the cpu device or a smaller model."),
        ) from error


def _as_stored(model_class: Any, checkpoint: Checkpoint, options: dict[str, Any]) -> tuple[Any, Any]:
    """``from_pretrained`` of numbers that stay in the type of their file, mapped."""
    from blipdesk.engine import stored

    config = model_class.config_class.from_pretrained(str(checkpoint.path), local_files_only=True)
    state = stored.read_state(checkpoint.path / name for name in checkpoint.weights)
    loaded: tuple[Any, Any] = model_class.from_pretrained(None, config=config, state_dict=state, **options)
    return loaded


def _holds_numbers(parameter: torch.Tensor) -> bool:
    """Whether all of it is finite; a part at a time, as the test takes more memory than what it tests."""
    import torch

    parts = torch.split(parameter.data.flatten(), _LOOKED_AT)
    return all(bool(torch.isfinite(part).all()) for part in parts)


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
