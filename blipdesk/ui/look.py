"""The look of the last window, in a small file of its own: theme, language and place.

The catalog keeps these settings, but it is opened after the first paint; without this file a person who
chose light would see a dark window flash at each start, and an English one turn
Japanese.  Losing the file costs nothing else.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

FIELDS = ("theme", "language", "geometry", "splitter")


def read_look(path: Path) -> dict[str, str]:
    """The fields that are there; nothing when the file is missing or damaged."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {name: stored[name] for name in FIELDS if isinstance(stored.get(name), str)}


def write_look(path: Path, look: Mapping[str, object]) -> None:
    """Keep the look for the next start; a disk that refuses costs only that."""
    with contextlib.suppress(OSError):
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps({name: look[name] for name in FIELDS if name in look}), "utf-8")
        partial.replace(path)
