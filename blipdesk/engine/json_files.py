"""The JSON files of a checkpoint folder: anybody may have written them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from blipdesk.domain.errors import ModelError
from blipdesk.engine.registry import MIB

GET_AGAIN = "Get the checkpoint again, complete, and import that."
"""The remedy where a file of it is damaged or missing."""
_LARGEST = 64 * MIB


def read_json(path: Path, key: str) -> dict[str, Any]:
    """A JSON object of a checkpoint folder, or :class:`ModelError`."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ModelError(f"The model {key} is damaged: {path.name} is far too large.", GET_AGAIN)
        value = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path.parent} holds no model: {path.name} is missing.", GET_AGAIN) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"The model {key} is damaged: {path.name} cannot be read.", GET_AGAIN) from error
    if not isinstance(value, dict):
        raise ModelError(f"The model {key} is damaged: {path.name} is no settings file.", GET_AGAIN)
    return value
