"""Where BlipDesk keeps its data."""

from __future__ import annotations

import os
from pathlib import Path

from blipdesk.domain.paths import absolute_path


def default_data_dir() -> Path:
    """``BLIPDESK_DATA_DIR``, else the platform's folder for a user's program data."""
    if chosen := os.environ.get("BLIPDESK_DATA_DIR"):
        return Path(absolute_path(chosen))
    from platformdirs import user_data_path

    return user_data_path("BlipDesk", appauthor=False)
