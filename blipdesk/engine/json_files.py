"""The JSON files of a checkpoint folder: anybody may have written them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.registry import MIB

GET_AGAIN = later("Get the checkpoint again, complete, and import that.")
"""The remedy where a file of it is damaged or missing."""
_LARGEST = 64 * MIB


def read_json(path: Path, key: str) -> dict[str, Any]:
    """A JSON object of a checkpoint folder, or :class:`ModelError`."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ModelError(
                later("The model {key} is damaged: {name} is far too large.").format(key=key, name=path.name),
                GET_AGAIN,
            )
        value = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ModelError(
            later("{parent} holds no model: {name} is missing.").format(parent=path.parent, name=path.name),
            GET_AGAIN,
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(
            later("The model {key} is damaged: {name} cannot be read.").format(key=key, name=path.name),
            GET_AGAIN,
        ) from error
    if not isinstance(value, dict):
        raise ModelError(
            later("The model {key} is damaged: {name} is no settings file.").format(key=key, name=path.name),
            GET_AGAIN,
        )
    return value
